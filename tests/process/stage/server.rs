//! A program that stays up, until it is stopped, paused or killed.

use std::fs::{File, OpenOptions};
use std::path::PathBuf;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::time::Duration;

use super::{PATIENCE, Stage, until};

/// `zhanfu serve`, running.
pub(crate) struct Server {
    name: String,
    child: Child,
    log: PathBuf,
    has_web: bool,
    /// Where its web server listens, once it does.
    pub(crate) base: String,
}

/// Sends a signal to a process.
pub(crate) fn send_signal(id: u32, signal: &str) {
    let sent = Command::new("kill")
        .args([format!("-{signal}"), id.to_string()])
        .status()
        .unwrap();
    assert!(sent.success(), "SIG{signal} to {id}");
}

/// A port that nobody listens on now.
pub(crate) fn free_port() -> u16 {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    listener.local_addr().unwrap().port()
}

impl Stage {
    /// Starts `zhanfu serve` and waits until its web server listens, or its engine runs.
    pub(crate) async fn serve(&self, name: &str, args: &[&str]) -> Server {
        let mut server = self.start(name, args);
        server.is_up().await;
        server
    }

    /// Starts `zhanfu serve`.
    pub(crate) fn start(&self, name: &str, args: &[&str]) -> Server {
        let log = self.file(&format!("{name}.log"));
        let all: Vec<&str> = std::iter::once("serve")
            .chain(args.iter().copied())
            .collect();
        let file = File::create(&log).unwrap();
        let errors = OpenOptions::new().append(true).open(&log).unwrap();
        let child = self
            .program(&all)
            .stdout(Stdio::from(file))
            .stderr(Stdio::from(errors))
            .spawn()
            .unwrap();
        Server {
            name: name.to_owned(),
            child,
            log,
            has_web: !args.contains(&"engine"),
            base: String::new(),
        }
    }
}

impl Server {
    /// Waits until it says that it is up.
    pub(crate) async fn is_up(&mut self) {
        let name = self.name.clone();
        self.base = until(&format!("{name} is up"), PATIENCE, async || {
            if let Some(status) = self.child.try_wait().unwrap() {
                panic!("{name} ended with {status}:\n{}", self.said());
            }
            self.said().lines().find_map(|line| {
                let line: serde_json::Value = serde_json::from_str(line).ok()?;
                let message = line.get("message")?.as_str()?;
                if self.has_web && message == "the web server listens" {
                    Some(format!("http://{}", line.get("address")?.as_str()?))
                } else if !self.has_web && message == "the engine runs" {
                    Some(String::new())
                } else {
                    None
                }
            })
        })
        .await;
    }

    /// What it has said so far.
    pub(crate) fn said(&self) -> String {
        std::fs::read_to_string(&self.log).unwrap()
    }

    /// Whether it still runs.
    pub(crate) fn lives(&mut self) -> bool {
        self.child.try_wait().unwrap().is_none()
    }

    /// `kill -9`.
    pub(crate) fn kill(mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }

    /// Sends it a signal.
    pub(crate) fn signal(&self, signal: &str) {
        send_signal(self.child.id(), signal);
    }

    /// Asks it to end, and waits for it.
    pub(crate) async fn terminate(self, within: Duration) -> ExitStatus {
        self.signal("TERM");
        self.ends(within).await
    }

    /// Waits for its end.
    pub(crate) async fn ends(mut self, within: Duration) -> ExitStatus {
        let name = self.name.clone();
        until(&format!("{name} ends"), within, async || {
            self.child.try_wait().unwrap()
        })
        .await
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        if self.child.try_wait().is_ok_and(|ended| ended.is_none()) {
            drop(self.child.kill());
            drop(self.child.wait());
        }
        if std::thread::panicking() {
            let said = self.said();
            let lines: Vec<&str> = said
                .lines()
                .filter(|line| !line.contains("\"answered\""))
                .collect();
            let last = lines.len().saturating_sub(20);
            eprintln!("── {} said last:\n{}", self.name, lines[last..].join("\n"));
        }
    }
}

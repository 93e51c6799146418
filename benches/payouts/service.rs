//! `zhanfu serve` as a process of its own.

use std::fs::File;
use std::io::{Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::time::{Duration, Instant};

use crate::rig::Rig;
use crate::{Res, machine};

/// How long an orderly end may take.
const PATIENCE: Duration = Duration::from_secs(30);

/// A service that runs. It is killed when it is dropped.
pub(crate) struct Service {
    child: Child,
    address: String,
}

impl Service {
    /// Starts it and waits until it answers.
    pub(crate) fn start(rig: &Rig, database_url: &str, role: &str) -> Res<Self> {
        let address = free_address()?;
        let log = File::options()
            .create(true)
            .append(true)
            .open(rig.directory.join("service.log"))?;
        let child = Command::new(env!("CARGO_BIN_EXE_zhanfu"))
            .args(["serve", "--role", role])
            .envs(rig.variables(database_url))
            .env("ZHANFU_LISTEN", &address)
            .stdin(Stdio::null())
            .stdout(log)
            .stderr(Stdio::inherit())
            .spawn()?;
        let mut service = Self { child, address };
        if role != "engine" {
            service.wait_until_it_answers()?;
        }
        Ok(service)
    }

    pub(crate) fn address(&self) -> &str {
        &self.address
    }

    pub(crate) fn pid(&self) -> u32 {
        self.child.id()
    }

    pub(crate) fn cpu(&self) -> Res<Duration> {
        machine::cpu_of(self.pid())
    }

    /// Asks it to end, and waits until it has.
    pub(crate) fn stop(mut self) -> Res<()> {
        self.ask_to_stop()?;
        match self.wait()? {
            Some(status) if status.success() => Ok(()),
            Some(status) => Err(format!("the service ended with {status}").into()),
            None => {
                // the figures are there; that it does not end is another matter
                eprintln!("the service did not end within {PATIENCE:?} and is killed");
                self.child.kill()?;
                self.child.wait()?;
                Ok(())
            }
        }
    }

    fn wait(&mut self) -> Res<Option<ExitStatus>> {
        let until = Instant::now() + PATIENCE;
        while Instant::now() < until {
            if let Some(status) = self.child.try_wait()? {
                return Ok(Some(status));
            }
            std::thread::sleep(Duration::from_millis(50));
        }
        Ok(None)
    }

    fn ask_to_stop(&self) -> Res<()> {
        let asked = Command::new("kill").arg(self.pid().to_string()).status()?;
        if asked.success() {
            Ok(())
        } else {
            Err("the service could not be stopped".into())
        }
    }

    fn wait_until_it_answers(&mut self) -> Res<()> {
        let patience = Instant::now() + Duration::from_secs(30);
        while Instant::now() < patience {
            if let Some(status) = self.child.try_wait()? {
                return Err(format!("the service ended with {status}").into());
            }
            if self.is_alive().unwrap_or(false) {
                return Ok(());
            }
            std::thread::sleep(Duration::from_millis(50));
        }
        Err("the service does not answer".into())
    }

    fn is_alive(&self) -> std::io::Result<bool> {
        let mut stream = TcpStream::connect(&self.address)?;
        stream.write_all(b"GET /healthz HTTP/1.1\r\nHost: bench\r\nConnection: close\r\n\r\n")?;
        let mut answer = String::new();
        stream.read_to_string(&mut answer)?;
        Ok(answer.starts_with("HTTP/1.1 200"))
    }
}

impl Drop for Service {
    fn drop(&mut self) {
        if matches!(self.child.try_wait(), Ok(None)) {
            let ended = self.child.kill().and_then(|()| self.child.wait());
            if let Err(error) = ended {
                eprintln!("{error}");
            }
        }
    }
}

fn free_address() -> Res<String> {
    Ok(TcpListener::bind("127.0.0.1:0")?.local_addr()?.to_string())
}

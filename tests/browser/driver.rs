//! `ChromeDriver`: one process for each screen, on a port of its own, ended with it.

use std::io::{BufRead as _, BufReader, ErrorKind, Read as _, Write as _};
use std::net::TcpStream;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

/// How long the driver may take to end its browsers.
const GOODBYE: Duration = Duration::from_secs(10);

/// A running `ChromeDriver`.
pub(crate) struct Driver {
    child: Child,
    port: u16,
}

impl Driver {
    /// Starts one. It chooses a free port itself and says which.
    pub(crate) fn start() -> Self {
        let mut child = Command::new("chromedriver")
            .arg("--port=0")
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap_or_else(|error| {
                assert_ne!(
                    error.kind(),
                    ErrorKind::NotFound,
                    "the browser tests need chromedriver and Chromium: apt-get install chromium chromium-driver (Debian), or \
                     put both into PATH"
                );
                panic!("chromedriver does not start: {error}");
            });
        let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
        let port = lines
            .by_ref()
            .map_while(Result::ok)
            .find_map(|line| {
                let (_, rest) = line.split_once("started successfully on port ")?;
                rest.trim_end_matches('.').parse().ok()
            })
            .expect("chromedriver says on which port it listens");
        // it goes on writing now and then, and must never wait for a reader
        std::thread::spawn(move || lines.map_while(Result::ok).for_each(drop));
        Self { child, port }
    }

    /// Where it listens.
    pub(crate) fn url(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }

    /// Asks it to end its browsers and itself.
    fn shut_down(&self) -> std::io::Result<()> {
        let mut stream = TcpStream::connect(("127.0.0.1", self.port))?;
        stream.set_read_timeout(Some(GOODBYE))?;
        stream
            .write_all(b"GET /shutdown HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n")?;
        stream.read_to_end(&mut Vec::new())?;
        Ok(())
    }
}

impl Drop for Driver {
    fn drop(&mut self) {
        if self.shut_down().is_err() {
            drop(self.child.kill());
        }
        drop(self.child.wait());
    }
}

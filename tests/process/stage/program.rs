//! A program that runs to its end.

use std::io::Write as _;
use std::path::Path;
use std::process::{Command, Stdio};

use serde_json::Value as Json;

use super::Stage;

/// The program that is tested.
pub(crate) fn zhanfu_path() -> &'static Path {
    Path::new(env!("CARGO_BIN_EXE_zhanfu"))
}

/// How a program ended.
#[derive(Clone, Debug)]
pub(crate) struct Ran {
    pub(crate) code: Option<i32>,
    pub(crate) stdout: String,
    pub(crate) stderr: String,
}

impl Ran {
    /// Which has to have gone well.
    #[track_caller]
    pub(crate) fn done(self) -> Self {
        assert_eq!(self.code, Some(0), "{self:?}");
        self
    }

    /// Which has to be refused, with one line on stderr, and nothing but it. Gives the line.
    #[track_caller]
    pub(crate) fn refused(self) -> String {
        assert_eq!(self.code, Some(1), "{self:?}");
        let lines: Vec<&str> = self.stderr.lines().collect();
        let said: Vec<&&str> = lines
            .iter()
            .filter(|line| line.starts_with("error: "))
            .collect();
        assert_eq!(said.len(), 1, "one line says what to do: {self:?}");
        said[0].trim_start_matches("error: ").to_owned()
    }

    /// Which has to be wrong usage.
    #[track_caller]
    pub(crate) fn wrong_usage(self) -> Self {
        assert_eq!(self.code, Some(2), "{self:?}");
        self
    }

    /// The one JSON object on stdout.
    #[track_caller]
    pub(crate) fn json(&self) -> Json {
        serde_json::from_str(&self.stdout).unwrap_or_else(|_| panic!("not one JSON: {self:?}"))
    }

    /// The last line of stdout, which has to be JSON.
    #[track_caller]
    pub(crate) fn last_json(&self) -> Json {
        let line = self.stdout.lines().last().unwrap_or_default();
        serde_json::from_str(line).unwrap_or_else(|_| panic!("not JSON: {self:?}"))
    }
}

impl Stage {
    /// A program with the settings of this stage, and nothing else of the environment.
    pub(crate) fn program(&self, args: &[&str]) -> Command {
        let mut command = Command::new(zhanfu_path());
        command
            .args(args)
            .current_dir(&self.directory)
            .env_clear()
            .envs(&self.settings)
            .stdin(Stdio::null());
        command
    }

    /// Runs a program to its end.
    pub(crate) async fn run(&self, args: &[&str]) -> Ran {
        finish(self.program(args), None).await
    }

    /// Runs a program to its end, with this on its stdin.
    pub(crate) async fn run_with_stdin(&self, args: &[&str], stdin: &str) -> Ran {
        finish(self.program(args), Some(stdin.to_owned())).await
    }
}

/// Waits for the end of a program, whose life is bounded by the patience of the test.
pub(crate) async fn finish(mut command: Command, stdin: Option<String>) -> Ran {
    if stdin.is_some() {
        command.stdin(Stdio::piped());
    }
    command.stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().unwrap();
    let id = child.id();
    let ending = tokio::task::spawn_blocking(move || {
        if let Some(text) = stdin {
            // whoever does not read it does not want it
            drop(child.stdin.take().unwrap().write_all(text.as_bytes()));
        }
        child.wait_with_output().unwrap()
    });
    let Ok(output) = tokio::time::timeout(super::PATIENCE, ending).await else {
        super::server::send_signal(id, "KILL");
        panic!("{command:?} does not end");
    };
    let output = output.unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8_lossy(&bytes).into_owned();
    Ran {
        code: output.status.code(),
        stdout: text(output.stdout),
        stderr: text(output.stderr),
    }
}

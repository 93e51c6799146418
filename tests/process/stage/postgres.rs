//! A PostgreSQL that belongs to one test, which may kill it.

use std::path::{Path, PathBuf};
use std::process::Command;

use zhanfu::basics::Secret;
use zhanfu::db::DatabaseUrl;

/// A server of PostgreSQL; it is stopped and removed when it is dropped.
pub(crate) struct OwnPostgres {
    directory: PathBuf,
    port: u16,
}

fn script() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/postgres.sh")
}

/// Runs `tests/postgres.sh`. What a server says goes into its own log, so nobody waits for the end of a pipe that it holds.
fn run(args: &[&str], options: &str) -> String {
    let output = Command::new(script())
        .args(args)
        // what is acknowledged survives: the point of killing it
        .env("POSTGRES_FSYNC", "on")
        .env("POSTGRES_OPTIONS", options)
        .output()
        .unwrap();
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    assert!(
        output.status.success(),
        "tests/postgres.sh {args:?}: {}{}",
        text(&output.stdout),
        text(&output.stderr)
    );
    text(&output.stdout)
}

impl OwnPostgres {
    /// Starts one.
    pub(crate) fn start() -> Self {
        Self::start_with("")
    }

    /// Starts one with more options for the server.
    pub(crate) fn start_with(options: &str) -> Self {
        let said = run(&["start"], options);
        let value = |name: &str| {
            let found = said
                .split_whitespace()
                .find_map(|word| word.strip_prefix(name));
            found
                .unwrap_or_else(|| panic!("no {name} in {said}"))
                .to_owned()
        };
        let url = url::Url::parse(&value("TEST_POSTGRES_URL=")).unwrap();
        Self {
            directory: value("TEST_POSTGRES_DIR=").into(),
            port: url.port().unwrap(),
        }
    }

    /// Its address on a host name, with what follows the database's name.
    pub(crate) fn url(&self, database: &str) -> DatabaseUrl {
        self.url_at("127.0.0.1", database)
    }

    /// Its address by another host name.
    pub(crate) fn url_at(&self, host: &str, database: &str) -> DatabaseUrl {
        let port = self.port;
        DatabaseUrl::Postgres(Secret::new(format!(
            "postgres://postgres@{host}:{port}/{database}"
        )))
    }

    /// `pg_ctl -m immediate stop`: as if the power had failed, without the loss of what the system has not written yet.
    pub(crate) fn halt(&self) {
        run(&["halt", &self.directory.to_string_lossy()], "");
    }

    /// Starts it again, as it was started first.
    pub(crate) fn again(&self) {
        run(&["again", &self.directory.to_string_lossy()], "");
    }
}

impl Drop for OwnPostgres {
    fn drop(&mut self) {
        drop(
            Command::new(script())
                .arg("stop")
                .arg(&self.directory)
                .output(),
        );
    }
}

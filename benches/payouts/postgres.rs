//! A PostgreSQL of the benchmark's own, with fsync on.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Duration;

use diesel::connection::SimpleConnection as _;
use diesel::{Connection as _, PgConnection};

use crate::{Res, machine};

const SCRIPT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/postgres.sh");

/// A server; it is stopped and removed when it is dropped.
pub(crate) struct Postgres {
    base: String,
    directory: PathBuf,
}

impl Postgres {
    pub(crate) fn start() -> Res<Self> {
        let output = Command::new(SCRIPT)
            .arg("start")
            .env("POSTGRES_FSYNC", "on")
            .env(
                "POSTGRES_OPTIONS",
                "-c shared_buffers=512MB -c max_wal_size=4GB -c checkpoint_timeout=15min",
            )
            .stderr(Stdio::inherit())
            .output()?;
        let text = String::from_utf8(output.stdout)?;
        let value = |name: &str| {
            text.split_whitespace()
                .find_map(|word| word.strip_prefix(name)?.strip_prefix('='))
                .map(str::to_owned)
                .ok_or_else(|| format!("tests/postgres.sh said no {name}"))
        };
        let url = value("TEST_POSTGRES_URL")?;
        let (base, _) = url.rsplit_once('/').ok_or("no database in the address")?;
        Ok(Self {
            base: base.to_owned(),
            directory: value("TEST_POSTGRES_DIR")?.into(),
        })
    }

    /// A new, empty database.
    pub(crate) fn create(&self, name: &str) -> Res<String> {
        execute(&self.url("postgres"), &format!("CREATE DATABASE {name}"))?;
        Ok(self.url(name))
    }

    pub(crate) fn url(&self, name: &str) -> String {
        format!("{}/{name}", self.base)
    }

    /// The CPU time of the server, of all its processes that live.
    pub(crate) fn cpu(&self) -> Res<Duration> {
        let pid_file = std::fs::read_to_string(self.directory.join("data/postmaster.pid"))?;
        let pid = pid_file.lines().next().ok_or("an empty postmaster.pid")?;
        machine::cpu_of_family(pid.trim().parse()?)
    }

    fn stop(directory: &Path) {
        let stopped = Command::new(SCRIPT).arg("stop").arg(directory).status();
        if !stopped.is_ok_and(|status| status.success()) {
            eprintln!("PostgreSQL in {} was not stopped", directory.display());
        }
    }
}

impl Drop for Postgres {
    fn drop(&mut self) {
        Self::stop(&self.directory);
    }
}

/// Runs statements.
pub(crate) fn execute(url: &str, statements: &str) -> Res<()> {
    Ok(PgConnection::establish(url)?.batch_execute(statements)?)
}

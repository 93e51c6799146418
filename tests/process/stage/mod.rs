//! What a test with real processes needs: a directory, a database, the simulator, and the programs in it.

mod judge;
mod load;
mod postgres;
mod program;
mod server;
mod shop;
mod wait;

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::Arc;

use zhanfu::basics::Clock as _;
use zhanfu::basics::clock::SystemClock;
use zhanfu::db::{Database, DatabaseUrl};
use zhanfu::simulator::{self, KeySource, Simulator};

use crate::database::{On, fresh_directory, fresh_url, open, remove};

pub(crate) use load::{Load, http_client};
pub(crate) use postgres::OwnPostgres;
pub(crate) use program::{Ran, finish, zhanfu_path};
pub(crate) use server::{Server, free_port};
pub(crate) use shop::{API_KEY, PASSWORD, Shop};
pub(crate) use wait::{PATIENCE, until};

/// Everything that one test plays with.
pub(crate) struct Stage {
    pub(crate) directory: PathBuf,
    pub(crate) url: DatabaseUrl,
    pub(crate) simulator: Simulator,
    /// The settings of every program on this stage.
    pub(crate) settings: BTreeMap<String, String>,
    /// Opened when somebody looks: a program has to make the schema first.
    database: std::sync::OnceLock<Database>,
    /// A database on the server that all tests share is removed at the end.
    shared: bool,
}

impl Stage {
    /// A stage on a database of its own, with the schema and nothing in it.
    pub(crate) async fn on(on: On) -> Self {
        let directory = fresh_directory();
        let url = fresh_url(on, &directory);
        Self::over(directory, url, true).await
    }

    /// A stage on a SQLite file that is not there yet.
    pub(crate) async fn empty() -> Self {
        let directory = fresh_directory();
        let url = DatabaseUrl::Sqlite(directory.join("zhanfu.db"));
        Self::over(directory, url, true).await
    }

    /// A stage on a server of PostgreSQL that belongs to the test.
    pub(crate) async fn on_own(postgres: &OwnPostgres) -> Self {
        Self::over(fresh_directory(), postgres.url("postgres"), false).await
    }

    async fn over(directory: PathBuf, url: DatabaseUrl, shared: bool) -> Self {
        let mut settings = simulator::Settings::new(Arc::new(|| SystemClock.now().as_millis()));
        settings.keys = KeySource::WellKnown;
        let simulator = simulator::start(settings).await.unwrap();
        let ca = directory.join("wechat-ca.pem");
        std::fs::write(&ca, simulator.ca_pem()).unwrap();
        let file = |name: &str| directory.join(name).display().to_string();
        // paces at which a test can wait for a lease to end; a lease is at least ten seconds longer than a call
        let settings = [
            ("DATABASE_URL", address(&url)),
            ("MASTER_KEY_FILE", file("master.key")),
            ("LISTEN", "127.0.0.1:0".to_owned()),
            ("WECHAT_BASE_URL", simulator.base_url().to_owned()),
            ("WECHAT_CA_FILE", ca.display().to_string()),
            ("WECHAT_TIMEOUT", "1s".to_owned()),
            ("RETRY_MIN", "1s".to_owned()),
            ("RETRY_MAX", "3s".to_owned()),
            ("CONFIRM_AFTER", "2s".to_owned()),
            ("LEASE", "11s".to_owned()),
        ]
        .map(|(name, value)| (format!("ZHANFU_{name}"), value))
        .into();
        Self {
            directory,
            url,
            simulator,
            settings,
            database: std::sync::OnceLock::new(),
            shared,
        }
    }

    /// The same stage with another value of a setting.
    pub(crate) fn with(mut self, name: &str, value: &str) -> Self {
        self.set(name, value);
        self
    }

    /// Gives a setting another value, for the programs that are started from now on.
    pub(crate) fn set(&mut self, name: &str, value: &str) {
        self.settings
            .insert(format!("ZHANFU_{name}"), value.to_owned());
    }

    /// A file of this stage.
    pub(crate) fn file(&self, name: &str) -> PathBuf {
        self.directory.join(name)
    }

    /// Writes a file of this stage and gives its path.
    pub(crate) fn write(&self, name: &str, bytes: &[u8]) -> String {
        let path = self.file(name);
        std::fs::write(&path, bytes).unwrap();
        path.display().to_string()
    }

    /// The database, to look into it from outside.
    pub(crate) fn database(&self) -> &Database {
        self.database.get_or_init(|| open(&self.url))
    }

    /// Lets go of the database, before its file is copied or replaced.
    pub(crate) fn close_database(&mut self) {
        drop(self.database.take());
    }

    /// Cleans up after a test that has passed.
    pub(crate) fn strike(self) {
        let Self {
            directory,
            url,
            simulator,
            database,
            shared,
            ..
        } = self;
        drop((simulator, database));
        if shared {
            remove(&url);
        }
        std::fs::remove_dir_all(directory).unwrap();
    }
}

/// The address of a database, as a setting.
pub(crate) fn address(url: &DatabaseUrl) -> String {
    match url {
        DatabaseUrl::Sqlite(path) => format!("sqlite://{}", path.display()),
        DatabaseUrl::Postgres(address) => address.expose().clone(),
    }
}

//! Putting the house together: settings in, database, vault, rail and engine out.

use std::fs::{File, OpenOptions, TryLockError};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::basics::randomness::OsRandomness;
use crate::basics::{Clock, Randomness, clock::SystemClock};
use crate::beat_file::BeatFile;
use crate::config::Settings;
use crate::courier::{self, Courier};
use crate::db::{Database, DatabaseUrl, MigrateFault, OpenFault, PoolSizes, SchemaState};
use crate::engine::{Ceilings, Engine, Paces, Parts};
use crate::rails::Rail;
use crate::rails::wechat_v2::WechatV2;
use crate::vault::{StartFault, Vault};
use crate::web::State;
use crate::wire::https::CLIENTS_MOST;
use crate::wire::https_dialler::{CALL_MOST, DIAL_MOST};
use crate::wire::{
    Dialler, DiallerSetup, HttpsDialler, HttpsRemote, HttpsSetup, Roots, SetupFault, SystemNames,
};

/// Webhooks in flight at once in this process.
const WEBHOOKS_AT_ONCE: usize = 64;

/// What every command stands on.
pub struct Ground {
    /// The settings.
    pub settings: Settings,
    /// The database, with the schema of this program.
    pub database: Database,
    /// The vault, open.
    pub vault: Vault,
    /// The present.
    pub clock: Arc<dyn Clock>,
    /// Randomness.
    pub random: Arc<dyn Randomness>,
}

/// Whether the start may change the schema.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Schema {
    /// It has to fit already; a database without any schema is given one, because there is nothing that could be lost.
    MustFit,
    /// It is brought up to date.
    Migrate,
}

/// Why the start stops.
#[derive(Debug, thiserror::Error)]
pub enum AppFault {
    /// No database.
    #[error(transparent)]
    Open(#[from] OpenFault),
    /// The schema cannot be read or changed.
    #[error(transparent)]
    Migrate(#[from] MigrateFault),
    /// The database is older than this program.
    #[error(
        "the database is older than this program (missing: {0}); run zhanfu migrate, or serve with --migrate"
    )]
    SchemaBehind(String),
    /// The database is newer than this program.
    #[error("the database is newer than this program (it has {0}); run the newer program")]
    SchemaAhead(String),
    /// The vault stays shut.
    #[error(transparent)]
    Vault(#[from] StartFault),
    /// The PEM roots cannot be read.
    #[error("ZHANFU_WECHAT_CA_FILE {path} cannot be read: {source}")]
    CaFile {
        /// The file.
        path: String,
        /// What the system says.
        #[source]
        source: std::io::Error,
    },
    /// The wire cannot be set up.
    #[error("the calls to WeChat Pay cannot be set up: {0}")]
    Wire(#[from] SetupFault),
    /// Another engine works on this SQLite file.
    #[error(
        "another engine works on {0}; SQLite has room for one: stop it, or serve with --role web"
    )]
    EngineTaken(String),
    /// The lock file cannot be used.
    #[error("the lock file {path} cannot be used: {source}")]
    LockFile {
        /// The file.
        path: String,
        /// What the system says.
        #[source]
        source: std::io::Error,
    },
}

impl Ground {
    /// Opens database and vault.
    pub fn open(settings: Settings, schema: Schema) -> Result<Self, AppFault> {
        let random: Arc<dyn Randomness> = Arc::new(OsRandomness);
        let clock: Arc<dyn Clock> = Arc::new(SystemClock);
        let database =
            Database::open(&settings.database_url, PoolSizes::default(), random.clone())?;
        fit_schema(&database, schema)?;
        let vault = Vault::start(
            &database,
            &settings.master_key_file,
            random.clone(),
            clock.now(),
        )?;
        Ok(Self {
            settings,
            database,
            vault,
            clock,
            random,
        })
    }

    /// The wire to WeChat Pay.
    pub fn remote(&self) -> Result<HttpsRemote, AppFault> {
        let roots = match &self.settings.wechat_ca_file {
            None => Roots::BuiltIn,
            Some(path) => Roots::Pem(std::fs::read(path).map_err(|source| AppFault::CaFile {
                path: path.display().to_string(),
                source,
            })?),
        };
        Ok(HttpsRemote::new(HttpsSetup {
            base: self.settings.wechat_base_url.clone(),
            roots,
            timeout: self.settings.wechat_timeout,
            clients_most: CLIENTS_MOST,
        })?)
    }

    /// An engine over the wire to WeChat Pay. It does nothing until it is run.
    pub fn engine(&self) -> Result<Arc<Engine>, AppFault> {
        let remote = Arc::new(self.remote()?);
        let engine = self.engine_over(Arc::new(WechatV2::new(remote.clone())));
        engine.watch_wire(move || remote.figures());
        engine.remember_beats(Arc::new(BeatFile::at(self.beat_file())));
        Ok(engine)
    }

    /// Where the last beat is kept: beside the SQLite file, whose backup is made of the file alone, or beside the master key, which is kept
    /// apart from PostgreSQL anyway.
    fn beat_file(&self) -> PathBuf {
        if let Some(path) = &self.settings.heartbeat_file {
            return path.clone();
        }
        let beside = match &self.settings.database_url {
            DatabaseUrl::Sqlite(path) => path,
            DatabaseUrl::Postgres(_) => &self.settings.master_key_file,
        };
        let mut name = beside.as_os_str().to_owned();
        name.push(".heartbeat");
        PathBuf::from(name)
    }

    /// An engine over a given rail.
    pub fn engine_over(&self, rail: Arc<dyn Rail>) -> Arc<Engine> {
        Arc::new(Engine::new(Parts {
            database: self.database.clone(),
            vault: self.vault.clone(),
            clock: self.clock.clone(),
            random: self.random.clone(),
            rail,
            paces: Paces {
                retry_min: self.settings.retry_min,
                retry_max: self.settings.retry_max,
                confirm_after: self.settings.confirm_after,
                lease: self.settings.lease,
                call_timeout: self.settings.wechat_timeout,
                ceilings: Ceilings {
                    submissions: self.settings.wechat_submission_rate,
                    inquiries: self.settings.wechat_inquiry_rate,
                },
            },
            concurrency: self.settings.engine_concurrency,
        }))
    }

    /// A courier over the wire to tenants' servers. It does nothing until it is run.
    pub fn courier(&self) -> Result<Arc<Courier>, AppFault> {
        let dialler = HttpsDialler::new(DiallerSetup {
            roots: Roots::BuiltIn,
            names: Arc::new(SystemNames),
            connect_timeout: DIAL_MOST,
            timeout: CALL_MOST,
        })?;
        Ok(self.courier_over(Arc::new(dialler)))
    }

    /// A courier over a given wire.
    pub fn courier_over(&self, dialler: Arc<dyn Dialler>) -> Arc<Courier> {
        Arc::new(Courier::new(courier::Parts {
            database: self.database.clone(),
            vault: self.vault.clone(),
            clock: self.clock.clone(),
            random: self.random.clone(),
            dialler,
            concurrency: WEBHOOKS_AT_ONCE,
        }))
    }

    /// The web server's share.
    pub fn web_state(&self, engine: Arc<Engine>, courier: Arc<Courier>) -> State {
        State::new(
            self.database.clone(),
            self.vault.clone(),
            self.clock.clone(),
            self.random.clone(),
            engine,
            courier,
            self.settings.public_url.clone(),
            self.settings.trusted_proxies.clone(),
            self.settings.metrics_listen.is_some(),
        )
    }

    /// The right to run the engine: for ever with PostgreSQL, for one process at a time with a SQLite file.
    pub fn engine_lock(&self) -> Result<EngineLock, AppFault> {
        match &self.settings.database_url {
            DatabaseUrl::Postgres(_) => Ok(EngineLock(None)),
            DatabaseUrl::Sqlite(path) => lock(path),
        }
    }
}

/// Held while an engine works; the operating system lets go of it when the process ends, however it ends.
#[derive(Debug)]
pub struct EngineLock(#[expect(dead_code, reason = "the open file is the lock")] Option<File>);

fn lock(database: &Path) -> Result<EngineLock, AppFault> {
    let mut name = database.as_os_str().to_owned();
    name.push(".engine-lock");
    let path = PathBuf::from(name);
    let unusable = |source| AppFault::LockFile {
        path: path.display().to_string(),
        source,
    };
    let file = OpenOptions::new()
        .create(true)
        .truncate(false)
        .write(true)
        .open(&path)
        .map_err(unusable)?;
    match file.try_lock() {
        Ok(()) => Ok(EngineLock(Some(file))),
        Err(TryLockError::WouldBlock) => Err(AppFault::EngineTaken(database.display().to_string())),
        Err(TryLockError::Error(source)) => Err(unusable(source)),
    }
}

fn fit_schema(database: &Database, schema: Schema) -> Result<(), AppFault> {
    match database.schema_state()? {
        SchemaState::Current => Ok(()),
        SchemaState::Ahead(version) => Err(AppFault::SchemaAhead(version)),
        SchemaState::Behind(missing) => {
            if schema == Schema::Migrate || !database.has_schema()? {
                let run = database.migrate()?;
                tracing::info!(?run, "the database was brought up to date");
                Ok(())
            } else {
                Err(AppFault::SchemaBehind(missing.join(", ")))
            }
        }
    }
}

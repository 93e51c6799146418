//! The pools: writers and readers.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use tokio::sync::Semaphore;

use super::conn::{Manager, Purpose};
use super::{Backend, DatabaseUrl, Saboteur};
use crate::basics::clock::SystemClock;
use crate::basics::ids::Sequence;
use crate::basics::{Clock, Randomness};

/// How long a caller waits for a connection before it is told that there is none.
const CONNECTION_WAIT: Duration = Duration::from_secs(5);

/// How many connections a process keeps. PostgreSQL uses one pool for both kinds; SQLite has one writer, which is
/// all that SQLite can use.
#[derive(Clone, Copy, Debug)]
pub struct PoolSizes {
    /// Connections to PostgreSQL for everybody but the engine.
    pub postgres: u32,
    /// The engine's own connections to PostgreSQL: it claims, settles and tidies up, each one at a time, and never waits behind requests.
    pub postgres_engine: u32,
    /// Reading connections to SQLite.
    pub sqlite_readers: u32,
}

impl Default for PoolSizes {
    fn default() -> Self {
        Self {
            postgres: 16,
            postgres_engine: 4,
            sqlite_readers: 4,
        }
    }
}

/// A pool and the fair queue in front of it. SQLite's own busy handler is not fair: a writer was seen to wait for
/// eight seconds while others went past. The semaphore serves in order of arrival.
#[derive(Clone, Debug)]
pub(super) struct Lane {
    pub(super) pool: r2d2::Pool<Manager>,
    pub(super) gate: Arc<Semaphore>,
}

/// The database of this process. Clones share the pools.
#[derive(Clone)]
pub struct Database {
    pub(super) writers: Lane,
    pub(super) readers: Lane,
    engine: Lane,
    pub(super) random: Arc<dyn Randomness>,
    pub(super) sequence: Arc<Sequence>,
    pub(super) saboteur: Option<Arc<dyn Saboteur>>,
    pub(super) time: Option<Arc<dyn Clock>>,
    url: DatabaseUrl,
}

/// Why a database could not be opened.
#[derive(Debug, thiserror::Error)]
pub enum OpenFault {
    /// The directory of the SQLite file cannot be made.
    #[error("the directory {directory} of the database cannot be made")]
    Directory {
        /// The directory.
        directory: String,
        /// What the system says.
        #[source]
        source: std::io::Error,
    },
    /// No connection could be made.
    #[error("no connection to {url}: {source}")]
    Connect {
        /// The address, without its password.
        url: String,
        /// What the driver says.
        #[source]
        source: r2d2::Error,
    },
}

impl Database {
    /// Opens the pools and makes the first connection, so that a wrong address shows at once.
    pub fn open(
        url: &DatabaseUrl,
        sizes: PoolSizes,
        random: Arc<dyn Randomness>,
    ) -> Result<Self, OpenFault> {
        let connect = |source| OpenFault::Connect {
            url: url.without_password(),
            source,
        };
        let lane = |size: u32, purpose: Purpose| -> Result<Lane, r2d2::Error> {
            let pool = r2d2::Pool::builder()
                .max_size(size)
                .min_idle(Some(0))
                .test_on_check_out(false)
                .connection_timeout(CONNECTION_WAIT)
                .error_handler(Box::new(LogConnectFaults::default()))
                .build(Manager {
                    url: url.clone(),
                    purpose,
                })?;
            let permits = usize::try_from(size).unwrap_or(1);
            Ok(Lane {
                pool,
                gate: Arc::new(Semaphore::new(permits)),
            })
        };
        let (writers, readers, engine) = match url {
            DatabaseUrl::Postgres(_) => {
                let both = lane(sizes.postgres, Purpose::Write).map_err(connect)?;
                let engine = lane(sizes.postgres_engine, Purpose::Engine).map_err(connect)?;
                (both.clone(), both, engine)
            }
            DatabaseUrl::Sqlite(path) => {
                if let Some(directory) = path.parent().filter(|d| !d.as_os_str().is_empty()) {
                    std::fs::create_dir_all(directory).map_err(|source| OpenFault::Directory {
                        directory: directory.display().to_string(),
                        source,
                    })?;
                }
                let writer = lane(1, Purpose::Write).map_err(connect)?;
                let readers = lane(sizes.sqlite_readers, Purpose::Read).map_err(connect)?;
                (writer.clone(), readers, writer)
            }
        };
        // the writer first: it makes a missing file, a reader would not
        drop(writers.pool.get().map_err(connect)?);
        Ok(Self {
            writers,
            readers,
            engine,
            random,
            sequence: Arc::default(),
            saboteur: None,
            time: None,
            url: url.clone(),
        })
    }

    /// The same database, with somebody in the way. For simulations.
    pub fn sabotaged_by(self, saboteur: Arc<dyn Saboteur>) -> Self {
        Self {
            saboteur: Some(saboteur),
            ..self
        }
    }

    /// The same database, whose server's time is somebody's. For simulations.
    pub fn keeping_time(self, time: Arc<dyn Clock>) -> Self {
        Self {
            time: Some(time),
            ..self
        }
    }

    /// The same database by the engine's own connections: the statements that see many tenants, in batches, are few and known, so those
    /// connections keep one plan for each, by its index.
    pub fn for_the_engine(&self) -> Self {
        Self {
            writers: self.engine.clone(),
            ..self.clone()
        }
    }

    /// Which of the two databases it is.
    pub const fn backend(&self) -> Backend {
        match self.url {
            DatabaseUrl::Postgres(_) => Backend::Postgres,
            DatabaseUrl::Sqlite(_) => Backend::Sqlite,
        }
    }

    /// Its address.
    pub const fn url(&self) -> &DatabaseUrl {
        &self.url
    }
}

/// How long nothing more is said of connections that cannot be made, once it was said: the pool tries several times a second.
const SAID_EVERY: Duration = Duration::from_secs(10);

/// Says when connections cannot be made.
#[derive(Debug, Default)]
struct LogConnectFaults {
    /// When it was said last, by the monotonic clock.
    said: Mutex<Option<Duration>>,
}

impl<E: std::error::Error> r2d2::HandleError<E> for LogConnectFaults {
    fn handle_error(&self, error: E) {
        let now = SystemClock.monotonic();
        let mut said = self.said.lock().unwrap_or_else(PoisonError::into_inner);
        if said.is_none_or(|said| now.saturating_sub(said) >= SAID_EVERY) {
            *said = Some(now);
            tracing::warn!(%error, "a connection to the database could not be made");
        }
    }
}

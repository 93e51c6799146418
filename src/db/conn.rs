//! One connection, to either of the two databases.

use std::time::Duration;

use diesel::connection::SimpleConnection;
use diesel::r2d2::R2D2Connection;
use diesel::{Connection, ConnectionError, PgConnection, SqliteConnection};

use super::DatabaseUrl;

/// A connection. Statements are written once; the few that differ say so by a match.
#[derive(diesel::MultiConnection)]
pub enum Conn {
    /// PostgreSQL by libpq.
    Pg(PgConnection),
    /// SQLite, compiled in.
    Sqlite(SqliteConnection),
}

/// Which of the two databases this is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Backend {
    /// PostgreSQL.
    Postgres,
    /// SQLite.
    Sqlite,
}

impl Conn {
    /// Which database this connection goes to.
    pub const fn backend(&self) -> Backend {
        match self {
            Conn::Pg(_) => Backend::Postgres,
            Conn::Sqlite(_) => Backend::Sqlite,
        }
    }

    /// The words that lock the rows of a `SELECT` and pass over rows that another engine has locked. In
    /// SQLite the one writer has the whole database.
    pub const fn for_update_skip_locked(&self) -> &'static str {
        match self {
            Conn::Pg(_) => " FOR UPDATE SKIP LOCKED",
            Conn::Sqlite(_) => "",
        }
    }
}

/// Makes connections of one kind for a pool. The derived `Conn::establish` is never used: it tries one
/// back-end after the other and would turn an unreachable PostgreSQL into a new SQLite file.
#[derive(Debug)]
pub(super) struct Manager {
    pub(super) url: DatabaseUrl,
    pub(super) purpose: Purpose,
}

/// What a connection is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Purpose {
    /// Reading and writing.
    Write,
    /// Reading alone.
    Read,
    /// The engine's batches.
    Engine,
}

/// How long a SQLite writer waits for another process (a command beside the running server).
const SQLITE_BUSY: Duration = Duration::from_secs(5);

/// Session settings of PostgreSQL: a statement, a lock and a forgotten transaction all end by themselves, so
/// that one of them cannot hold up every shop. Milliseconds.
const PG_SESSION: &str = "SET statement_timeout = 15000; SET lock_timeout = 5000; \
     SET idle_in_transaction_session_timeout = 30000; SET TIME ZONE 'UTC'; \
     SET client_min_messages = warning; SET jit = off;";

/// Each of the engine's statements has one good plan, by the index that was made for it, on a table of ten payouts and of ten million. Left to
/// itself, the planner would read a small table whole, keep that plan, and find out when the table has grown.
const PG_ENGINE: &str = "SET plan_cache_mode = force_generic_plan; SET enable_seqscan = off; \
     SET enable_hashjoin = off; SET enable_mergejoin = off;";

impl r2d2::ManageConnection for Manager {
    type Connection = Conn;
    type Error = ConnectionError;

    fn connect(&self) -> Result<Conn, ConnectionError> {
        match &self.url {
            DatabaseUrl::Postgres(url) => {
                let mut conn = PgConnection::establish(url.expose())?;
                conn.batch_execute(PG_SESSION)
                    .map_err(ConnectionError::CouldntSetupConfiguration)?;
                if self.purpose == Purpose::Engine {
                    conn.batch_execute(PG_ENGINE)
                        .map_err(ConnectionError::CouldntSetupConfiguration)?;
                }
                Ok(Conn::Pg(conn))
            }
            DatabaseUrl::Sqlite(path) => {
                let mut conn = SqliteConnection::establish(&path.to_string_lossy())?;
                // FULL: what was acknowledged survives a power cut; NORMAL in WAL mode may lose it
                let session = format!(
                    "PRAGMA busy_timeout = {}; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; \
                     PRAGMA foreign_keys = ON; PRAGMA trusted_schema = OFF; PRAGMA query_only = {};",
                    SQLITE_BUSY.as_millis(),
                    if self.purpose == Purpose::Read {
                        "ON"
                    } else {
                        "OFF"
                    }
                );
                conn.batch_execute(&session)
                    .map_err(ConnectionError::CouldntSetupConfiguration)?;
                Ok(Conn::Sqlite(conn))
            }
        }
    }

    /// No round trip on check-out: a dead connection shows at its first statement, and the transaction is
    /// then run again on another one.
    fn is_valid(&self, _: &mut Conn) -> Result<(), ConnectionError> {
        Ok(())
    }

    fn has_broken(&self, conn: &mut Conn) -> bool {
        match conn {
            Conn::Pg(pg) => pg.is_broken(),
            Conn::Sqlite(sqlite) => sqlite.is_broken(),
        }
    }
}

//! The only way to begin a transaction, by name.
//!
//! `write` runs its body in one transaction: `BEGIN IMMEDIATE` in SQLite, `READ COMMITTED` with row locks in
//! PostgreSQL. An error of the body rolls everything back. A fault that may pass (deadlock, serialization, busy, a
//! connection lost before COMMIT) runs the body again, so a body touches nothing but the database.
//!
//! A caller that is dropped while it waits (a browser went away) does not stop the transaction: it runs on its own
//! thread and commits whole or not at all.

use std::error::Error as StdError;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::time::Duration;

use diesel::connection::TransactionManager;
use diesel::{Connection, SqliteConnection};

use super::pool::Lane;
use super::{Backend, Conn, Database, DbFault, Point};
use crate::basics::ids::Sequence;
use crate::basics::{Id, Randomness, TenantId, Timestamp};

/// How often a transaction is run in all before its fault is reported.
const RUNS: u32 = 10;

/// The first pause before another run; it doubles up to [`LONGEST_PAUSE`], with jitter.
const FIRST_PAUSE: Duration = Duration::from_millis(1);
const LONGEST_PAUSE: Duration = Duration::from_millis(64);

/// Whose rows a transaction may touch.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scope {
    /// One tenant's.
    Tenant(TenantId),
    /// Those of more than one tenant: the engine's claim, sign-in, the operator.
    AcrossTenants,
}

/// An open transaction.
pub struct Tx<'c> {
    conn: &'c mut Conn,
    random: &'c dyn Randomness,
    sequence: &'c Sequence,
}

type Transactions = <Conn as Connection>::TransactionManager;

impl Tx<'_> {
    /// The connection, for the statements of a room's store.
    pub const fn conn(&mut self) -> &mut Conn {
        self.conn
    }

    /// Which of the two databases it is.
    pub const fn backend(&self) -> Backend {
        self.conn.backend()
    }

    /// A new id, greater than those that this process has made before.
    pub fn fresh_id<I: Id>(&self, now: Timestamp) -> I {
        self.sequence.fresh(now, self.random)
    }
}

impl Database {
    /// Runs `body` in a transaction that may write. `name` says in the log which one it was.
    pub async fn write<T, E, F>(&self, name: &'static str, scope: Scope, body: F) -> Result<T, E>
    where
        F: FnMut(&mut Tx<'_>) -> Result<T, E> + Send + 'static,
        T: Send + 'static,
        E: From<DbFault> + StdError + Send + 'static,
    {
        let database = self.clone();
        on_a_database_thread(&self.writers, move || {
            database.write_blocking(name, scope, body)
        })
        .await
    }

    /// Runs `body` on a connection that cannot write. In PostgreSQL each of its statements stands for itself, so
    /// what has to fit together belongs into one statement or into [`Database::read_snapshot_blocking`].
    pub async fn read<T, E, F>(&self, name: &'static str, scope: Scope, body: F) -> Result<T, E>
    where
        F: FnMut(&mut Tx<'_>) -> Result<T, E> + Send + 'static,
        T: Send + 'static,
        E: From<DbFault> + StdError + Send + 'static,
    {
        let database = self.clone();
        on_a_database_thread(&self.readers, move || {
            database.read_blocking(name, scope, body)
        })
        .await
    }

    /// [`Database::write`] on the calling thread, for commands.
    pub fn write_blocking<T, E, F>(
        &self,
        name: &'static str,
        _scope: Scope,
        mut body: F,
    ) -> Result<T, E>
    where
        F: FnMut(&mut Tx<'_>) -> Result<T, E>,
        E: From<DbFault> + StdError + 'static,
    {
        self.again_while_it_may_pass(name, || {
            self.struck(name, Point::Begin)?;
            let mut conn = self.writers.pool.get().map_err(DbFault::NoConnection)?;
            begin(&mut conn)?;
            let result = self.run_body(&mut conn, &mut body);
            if result.is_err() {
                roll_back(&mut conn, name);
            } else if let Err(fault) = self.struck(name, Point::Commit) {
                roll_back(&mut conn, name);
                return Err(fault.into());
            } else {
                commit(&mut conn)?;
                self.struck(name, Point::Answer)?;
            }
            result
        })
    }

    /// [`Database::read`] on the calling thread, for commands.
    pub fn read_blocking<T, E, F>(
        &self,
        name: &'static str,
        _scope: Scope,
        mut body: F,
    ) -> Result<T, E>
    where
        F: FnMut(&mut Tx<'_>) -> Result<T, E>,
        E: From<DbFault> + StdError + 'static,
    {
        self.again_while_it_may_pass(name, || {
            let mut conn = self.readers.pool.get().map_err(DbFault::NoConnection)?;
            self.run_body(&mut conn, &mut body)
        })
    }

    /// Runs `body` on one snapshot of the whole database: what it reads fits together.
    pub fn read_snapshot_blocking<T, E, F>(
        &self,
        name: &'static str,
        _scope: Scope,
        mut body: F,
    ) -> Result<T, E>
    where
        F: FnMut(&mut Tx<'_>) -> Result<T, E>,
        E: From<DbFault> + StdError + 'static,
    {
        self.again_while_it_may_pass(name, || {
            let mut conn = self.readers.pool.get().map_err(DbFault::NoConnection)?;
            Transactions::begin_transaction(&mut *conn).map_err(DbFault::from)?;
            if let Conn::Pg(pg) = &mut *conn {
                use diesel::connection::SimpleConnection as _;
                pg.batch_execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
                    .map_err(DbFault::from)?;
            }
            let result = self.run_body(&mut conn, &mut body);
            roll_back(&mut conn, name);
            result
        })
    }

    fn run_body<T, E>(
        &self,
        conn: &mut Conn,
        body: &mut impl FnMut(&mut Tx<'_>) -> Result<T, E>,
    ) -> Result<T, E>
    where
        E: From<DbFault>,
    {
        let mut tx = Tx {
            conn,
            random: &*self.random,
            sequence: &self.sequence,
        };
        catch_unwind(AssertUnwindSafe(|| body(&mut tx))).unwrap_or_else(|_| {
            tracing::error!("a transaction was stopped by a panic");
            Err(DbFault::Panicked.into())
        })
    }

    /// What a simulation has in store for a transaction.
    fn struck(&self, name: &'static str, point: Point) -> Result<(), DbFault> {
        let strike = self
            .saboteur
            .as_ref()
            .and_then(|saboteur| saboteur.strike(name, point));
        strike.map_or(Ok(()), |strike| Err(strike.fault(point)))
    }

    fn again_while_it_may_pass<T, E>(
        &self,
        name: &'static str,
        mut run: impl FnMut() -> Result<T, E>,
    ) -> Result<T, E>
    where
        E: From<DbFault> + StdError + 'static,
    {
        let mut pause = FIRST_PAUSE;
        for past in 1..RUNS {
            match run() {
                Err(error) if DbFault::within(&error).is_some_and(DbFault::may_pass) => {
                    tracing::debug!(transaction = name, past, %error, "running the transaction again");
                    std::thread::sleep(self.jitter(pause));
                    pause = pause.saturating_mul(2).min(LONGEST_PAUSE);
                }
                done => return done,
            }
        }
        run()
    }

    /// Between half of `pause` and the whole of it, so that two that met do not meet again.
    fn jitter(&self, pause: Duration) -> Duration {
        let mut byte = [0];
        self.random.fill(&mut byte);
        let [byte] = byte;
        let half = pause.checked_div(2).unwrap_or(pause);
        half.saturating_add(
            half.saturating_mul(byte.into())
                .checked_div(256)
                .unwrap_or_default(),
        )
    }
}

/// Runs blocking work on its own thread once the lane has room.
async fn on_a_database_thread<T, E>(
    lane: &Lane,
    work: impl FnOnce() -> Result<T, E> + Send + 'static,
) -> Result<T, E>
where
    T: Send + 'static,
    E: From<DbFault> + Send + 'static,
{
    // the gate is never closed; should it be, the pool itself still bounds the work
    let permit = lane.gate.clone().acquire_owned().await.ok();
    let span = tracing::Span::current();
    tokio::task::spawn_blocking(move || {
        let _entered = span.entered();
        let result = work();
        drop(permit);
        result
    })
    .await
    .unwrap_or_else(|_| Err(DbFault::Panicked.into()))
}

fn begin(conn: &mut Conn) -> Result<(), DbFault> {
    match conn {
        Conn::Pg(_) => Transactions::begin_transaction(conn)?,
        // IMMEDIATE: a transaction that reads first and writes later would otherwise fail at once with
        // BUSY_SNAPSHOT, and no timeout helps against that
        Conn::Sqlite(sqlite) => {
            <SqliteConnection as Connection>::TransactionManager::begin_transaction_sql(
                sqlite,
                "BEGIN IMMEDIATE",
            )?;
        }
    }
    Ok(())
}

fn commit(conn: &mut Conn) -> Result<(), DbFault> {
    Transactions::commit_transaction(conn).map_err(|error| DbFault::from(error).during_commit())
}

fn roll_back(conn: &mut Conn, name: &'static str) {
    if let Err(error) = Transactions::rollback_transaction(conn) {
        // the pool throws the connection away, and the server rolls back with it
        tracing::debug!(transaction = name, %error, "rolling back failed");
    }
}

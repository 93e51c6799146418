//! The database's time, for engines on several machines.
//!
//! Leases are compared between machines, so they are measured by one clock: the database's. It is not asked each time. Its distance from this
//! machine's monotonic clock is measured now and then, and in between the monotonic clock carries it on: no step of this machine's wall clock
//! can lengthen or shorten a lease.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::Duration;

use diesel::QueryableByName;
use diesel::sql_types::BigInt;

use super::{Backend, Database, DbFault, Scope, sql};
use crate::basics::{Clock, Timestamp};

/// The time of PostgreSQL's server; with SQLite, whose file one machine owns, this machine's.
pub struct DatabaseClock {
    /// Wall time of the database at the beginning of this machine's monotonic clock, in milliseconds.
    beginning_millis: AtomicI64,
    machine: Arc<dyn Clock>,
    database: Database,
}

#[derive(QueryableByName)]
struct Millis {
    #[diesel(sql_type = BigInt)]
    millis: i64,
}

impl DatabaseClock {
    /// A clock of this machine that was set by the database just now.
    pub fn set_by(database: &Database, machine: Arc<dyn Clock>) -> Result<Self, DbFault> {
        let clock = Self {
            beginning_millis: AtomicI64::new(0),
            machine,
            database: database.clone(),
        };
        clock.set()?;
        Ok(clock)
    }

    /// Sets it by the database again. The answer is taken for the middle of the time that asking took.
    pub fn set(&self) -> Result<(), DbFault> {
        let asked = self.machine.monotonic();
        let wall = self.wall()?.as_millis();
        let took = self.machine.monotonic().saturating_sub(asked);
        let middle = asked.saturating_add(took.checked_div(2).unwrap_or_default());
        let beginning = wall.saturating_sub(i64::try_from(middle.as_millis()).unwrap_or(0));
        self.beginning_millis.store(beginning, Ordering::SeqCst);
        Ok(())
    }

    fn wall(&self) -> Result<Timestamp, DbFault> {
        if let Some(time) = &self.database.time {
            return Ok(time.now());
        }
        match self.database.backend() {
            Backend::Sqlite => Ok(self.machine.now()),
            Backend::Postgres => self.database.read_blocking(
                "the database's time",
                Scope::AcrossTenants,
                |tx| {
                    let row: Option<Millis> = sql(
                        "SELECT CAST(EXTRACT(EPOCH FROM clock_timestamp()) * 1000 AS BIGINT) AS millis",
                    )
                    .find(tx)?;
                    row.map(|row| Timestamp::from_millis(row.millis))
                        .ok_or(DbFault::Damaged {
                            table: "none",
                            what: "no time",
                        })
                },
            ),
        }
    }
}

impl Clock for DatabaseClock {
    fn now(&self) -> Timestamp {
        let beginning = Timestamp::from_millis(self.beginning_millis.load(Ordering::SeqCst));
        beginning.plus(self.machine.monotonic())
    }

    fn monotonic(&self) -> Duration {
        self.machine.monotonic()
    }
}

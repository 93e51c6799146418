//! The heartbeat: how it is noticed that an older database was put back.
//!
//! Engines count beats in the database and keep the last number outside of it. A database that knows fewer beats than its engine remembers is an
//! older one, put back from a backup: what it calls queued may have been paid since. Then nothing is sent until an operator says so, and
//! everything that the database believes unsent is asked about first (`laws.md` INV-32).

use std::sync::{Mutex, PoisonError};

use diesel::QueryableByName;
use diesel::sql_types::BigInt;

use super::worker::Engine;
use crate::audit::By;
use crate::basics::Timestamp;
use crate::batches;
use crate::db::{DbFault, Scope, Tx, sql};
use crate::payouts::{self, Lane, LaneState};

/// A beat: of which database, and its number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Beat {
    /// What this database calls itself, from its making on: another one is not an older one.
    pub of: [u8; 16],
    /// The number.
    pub number: i64,
}

/// Where the last beat is kept: anywhere but in the database.
pub trait BeatMemory: Send + Sync {
    /// The last beat, when there was one.
    fn last(&self) -> Option<Beat>;

    /// Keeps a beat. One that cannot be kept is no reason to stop.
    fn keep(&self, beat: Beat);
}

/// Keeps the last beat for as long as the process lives.
#[derive(Debug, Default)]
pub struct InMemory(Mutex<Option<Beat>>);

impl BeatMemory for InMemory {
    fn last(&self) -> Option<Beat> {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn keep(&self, beat: Beat) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = Some(beat);
    }
}

impl Engine {
    /// One beat. True when it showed that an older database was put back.
    pub async fn beat(&self) -> Result<bool, DbFault> {
        let memory = self.memory();
        let last = memory.last();
        let now = self.now();
        let (beat, was_put_back) = self
            .desk()
            .database
            .write("beat", Scope::AcrossTenants, move |tx| count(tx, last, now))
            .await?;
        memory.keep(beat);
        if was_put_back {
            tracing::error!(
                "an older database was put back: nothing is sent, everything is asked about; compare with the fund statements, then say \
                 zhanfu lane open --platform"
            );
        }
        Ok(was_put_back)
    }
}

#[derive(QueryableByName)]
struct Row {
    #[diesel(sql_type = diesel::sql_types::Binary)]
    id: Vec<u8>,
    #[diesel(sql_type = BigInt)]
    beat: i64,
}

fn count(tx: &mut Tx<'_>, last: Option<Beat>, now: Timestamp) -> Result<(Beat, bool), DbFault> {
    let damaged = || DbFault::Damaged {
        table: "heartbeat",
        what: "no name of its own",
    };
    let counted: Option<Row> =
        sql("UPDATE heartbeat SET beat = beat + 1, at = $1 RETURNING id, beat")
            .bind(now)
            .find(tx)?;
    let row = counted.ok_or_else(damaged)?;
    let beat = Beat {
        of: row.id.try_into().map_err(|_| damaged())?,
        number: row.beat,
    };
    let Some(last) = last.filter(|last| last.of == beat.of && last.number >= beat.number) else {
        return Ok((beat, false));
    };
    put_back(tx, &By::ENGINE, now)?;
    let beat = Beat {
        number: last.number.saturating_add(1),
        ..beat
    };
    sql("UPDATE heartbeat SET beat = $1")
        .bind(beat.number)
        .execute(tx)?;
    Ok((beat, true))
}

/// An older database was put back: nothing is sent before an operator opens the platform's lane, and what the database calls unsent is
/// asked about first. Running batches are paused: lines whose payouts were lost would become payouts again. Gives how many payouts are
/// asked about.
pub fn put_back(tx: &mut Tx<'_>, by: &By, now: Timestamp) -> Result<usize, DbFault> {
    let lane = Lane {
        state: LaneState::Restored,
        code: "database_put_back".to_owned(),
        since: now,
        probe_at: None,
        probes: 0,
    };
    payouts::close_lane(tx, payouts::platform(), &lane, by, now)?;
    pause_batches(tx, by, now)?;
    payouts::doubt_all(tx, now)
}

/// How many batches one look finds.
const BATCHES: i64 = 100;

fn pause_batches(tx: &mut Tx<'_>, by: &By, now: Timestamp) -> Result<(), DbFault> {
    loop {
        let running = batches::list_running(tx, BATCHES)?;
        if running.is_empty() {
            return Ok(());
        }
        for (tenant, batch) in running {
            match batches::pause(tx, tenant, batch, by, now) {
                Ok(_) => {}
                Err(batches::ApproveError::Db(fault)) => return Err(fault),
                // it was running a statement ago, and this transaction is alone with it
                Err(
                    batches::ApproveError::NotFound
                    | batches::ApproveError::NotNow(_)
                    | batches::ApproveError::NothingToPay
                    | batches::ApproveError::Changed
                    | batches::ApproveError::NotAPerson,
                ) => {
                    return Err(DbFault::Damaged {
                        table: "batches",
                        what: "a running batch that cannot be paused",
                    });
                }
            }
        }
    }
}

//! The queries about tries: whoever tries to sign in is nobody's yet.

use diesel::QueryableByName;
use diesel::sql_types::BigInt;

use super::TryKey;
use crate::basics::Timestamp;
use crate::db::{Backend, DbFault, Tx, sql};

/// How many old counts one try clears away, so that its cost is bounded.
const CLEARED_AT_ONCE: i64 = 50;

/// Tries that failed.
#[derive(QueryableByName)]
pub(super) struct Count {
    #[diesel(sql_type = BigInt)]
    pub(super) failures: i64,
    #[diesel(sql_type = BigInt)]
    pub(super) last_at: Timestamp,
}

/// The count of a key, which nobody else changes until the transaction ends.
pub(super) fn find_locked(tx: &mut Tx<'_>, key: &TryKey, now: Timestamp) -> Result<Count, DbFault> {
    sql("INSERT INTO sign_in_tries (key, failures, last_at) VALUES ($1, 0, $2) ON CONFLICT DO NOTHING")
        .bind(key.as_bytes().as_slice())
        .bind(now)
        .execute(tx)?;
    let locked = match tx.backend() {
        Backend::Postgres => {
            "SELECT failures, last_at FROM sign_in_tries WHERE key = $1 FOR UPDATE"
        }
        Backend::Sqlite => "SELECT failures, last_at FROM sign_in_tries WHERE key = $1",
    };
    let count: Option<Count> = sql(locked).bind(key.as_bytes().as_slice()).find(tx)?;
    // no row: somebody gave the right answer in between
    Ok(count.unwrap_or(Count {
        failures: 0,
        last_at: now,
    }))
}

pub(super) fn put(
    tx: &mut Tx<'_>,
    key: &TryKey,
    failures: i64,
    now: Timestamp,
) -> Result<(), DbFault> {
    sql("UPDATE sign_in_tries SET failures = $2, last_at = $3 WHERE key = $1")
        .bind(key.as_bytes().as_slice())
        .bind(failures)
        .bind(now)
        .execute(tx)?;
    Ok(())
}

pub(super) fn delete(tx: &mut Tx<'_>, key: &TryKey) -> Result<(), DbFault> {
    sql("DELETE FROM sign_in_tries WHERE key = $1")
        .bind(key.as_bytes().as_slice())
        .execute(tx)?;
    Ok(())
}

pub(super) fn clear_older(tx: &mut Tx<'_>, than: Timestamp) -> Result<(), DbFault> {
    let skip = tx.conn().for_update_skip_locked();
    sql(
        "DELETE FROM sign_in_tries WHERE key IN (SELECT key FROM sign_in_tries WHERE last_at < $1 \
         ORDER BY last_at LIMIT $2",
    )
    .bind(than)
    .bind(CLEARED_AT_ONCE)
    .push(skip)
    .push(")")
    .execute(tx)?;
    Ok(())
}

#[cfg(test)]
pub(super) fn count(tx: &mut Tx<'_>) -> Result<usize, DbFault> {
    let rows: Vec<Count> = sql("SELECT failures, last_at FROM sign_in_tries").load(tx)?;
    Ok(rows.len())
}

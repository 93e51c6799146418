//! The queries about known browsers: they are a person's, whatever tenants the person is a member of.

use diesel::QueryableByName;
use diesel::sql_types::BigInt;

use super::BrowserToken;
use crate::basics::{PersonId, Timestamp};
use crate::db::{DbFault, Tx, sql};

/// How many browsers of a person are known; the one that was not seen for longest makes room.
const MOST: i64 = 20;

#[derive(QueryableByName)]
struct Seen {
    #[diesel(sql_type = BigInt)]
    #[expect(dead_code, reason = "that there is one is the answer")]
    seen_at: Timestamp,
}

/// Whether the person has signed in in this browser.
pub(in crate::people) fn knows(
    tx: &mut Tx<'_>,
    person: PersonId,
    browser: &BrowserToken,
) -> Result<bool, DbFault> {
    let seen: Option<Seen> =
        sql("SELECT seen_at FROM known_browsers WHERE token_hash = $1 AND person_id = $2")
            .bind(browser.hash().as_slice())
            .bind(person)
            .find(tx)?;
    Ok(seen.is_some())
}

/// Whether it was known. It was seen now.
pub(super) fn touch(
    tx: &mut Tx<'_>,
    person: PersonId,
    browser: &BrowserToken,
    now: Timestamp,
) -> Result<bool, DbFault> {
    let rows =
        sql("UPDATE known_browsers SET seen_at = $3 WHERE token_hash = $1 AND person_id = $2")
            .bind(browser.hash().as_slice())
            .bind(person)
            .bind(now)
            .execute(tx)?;
    Ok(rows == 1)
}

pub(super) fn insert(
    tx: &mut Tx<'_>,
    person: PersonId,
    browser: &BrowserToken,
    now: Timestamp,
) -> Result<(), DbFault> {
    sql("INSERT INTO known_browsers (token_hash, person_id, created_at, seen_at) VALUES ($1, $2, $3, $3)")
        .bind(browser.hash().as_slice())
        .bind(person)
        .bind(now)
        .execute(tx)?;
    sql(
        "DELETE FROM known_browsers WHERE person_id = $1 AND token_hash NOT IN \
         (SELECT token_hash FROM known_browsers WHERE person_id = $1 ORDER BY seen_at DESC LIMIT $2)",
    )
    .bind(person)
    .bind(MOST)
    .execute(tx)?;
    Ok(())
}

/// Forgets all browsers of a person but one.
pub(in crate::people) fn forget_others(
    tx: &mut Tx<'_>,
    person: PersonId,
    kept: Option<&BrowserToken>,
) -> Result<(), DbFault> {
    let kept = kept.map(BrowserToken::hash).unwrap_or_default();
    sql("DELETE FROM known_browsers WHERE person_id = $1 AND token_hash <> $2")
        .bind(person)
        .bind(kept.as_slice())
        .execute(tx)?;
    Ok(())
}

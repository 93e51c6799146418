//! The queries about a person's sessions and password: they are the person's, in whatever tenant they act.

use diesel::QueryableByName;
use diesel::sql_types::{BigInt, Binary, Text};

use crate::basics::{PersonId, SessionId, TenantId, Timestamp};
use crate::db::{DbFault, Tx, sql};
use crate::people::password::PasswordHash;
use crate::people::session::{SESSION_ABSOLUTE, SESSION_IDLE};

/// How many sessions a list shows; nobody has so many.
const MOST: i64 = 100;

/// A session that lives.
#[derive(Clone, Debug, QueryableByName)]
pub struct OpenSession {
    /// Which.
    #[diesel(sql_type = Binary)]
    pub id: SessionId,
    /// In which tenant.
    #[diesel(sql_type = Binary)]
    pub tenant_id: TenantId,
    /// Since when.
    #[diesel(sql_type = BigInt)]
    pub created_at: Timestamp,
    /// When it was used last, to the minute.
    #[diesel(sql_type = BigInt)]
    pub last_seen_at: Timestamp,
    /// From which network address it began.
    #[diesel(sql_type = Text)]
    pub address: String,
    /// In which browser, by its own word.
    #[diesel(sql_type = Text)]
    pub user_agent: String,
}

/// The sessions of a person that live, the one that was used last first.
pub fn list_sessions(
    tx: &mut Tx<'_>,
    person: PersonId,
    now: Timestamp,
) -> Result<Vec<OpenSession>, DbFault> {
    sql(
        "SELECT s.id, s.tenant_id, s.created_at, s.last_seen_at, s.address, s.user_agent FROM sessions s \
         WHERE s.person_id = $1 AND s.tenant_id IS NOT NULL AND s.created_at > $2 AND s.last_seen_at > $3 AND s.ended_at IS NULL \
         ORDER BY s.last_seen_at DESC, s.id DESC LIMIT $4",
    )
    .bind(person)
    .bind(now.minus(SESSION_ABSOLUTE))
    .bind(now.minus(SESSION_IDLE))
    .bind(MOST)
    .load(tx)
}

/// Whether it was a session of this person that lived.
pub(super) fn end(
    tx: &mut Tx<'_>,
    person: PersonId,
    session: SessionId,
    now: Timestamp,
) -> Result<bool, DbFault> {
    let rows = sql(
        "UPDATE sessions SET ended_at = $3 WHERE person_id = $1 AND id = $2 AND ended_at IS NULL \
         AND created_at > $4",
    )
    .bind(person)
    .bind(session)
    .bind(now)
    .bind(now.minus(SESSION_ABSOLUTE))
    .execute(tx)?;
    Ok(rows == 1)
}

/// How many sessions of the person were ended: all but one.
pub(super) fn end_others(
    tx: &mut Tx<'_>,
    person: PersonId,
    kept: SessionId,
    now: Timestamp,
) -> Result<usize, DbFault> {
    sql(
        "UPDATE sessions SET ended_at = $3 WHERE person_id = $1 AND id <> $2 AND ended_at IS NULL \
         AND created_at > $4",
    )
    .bind(person)
    .bind(kept)
    .bind(now)
    .bind(now.minus(SESSION_ABSOLUTE))
    .execute(tx)
}

pub(super) fn put_password(
    tx: &mut Tx<'_>,
    person: PersonId,
    hash: &PasswordHash,
) -> Result<(), DbFault> {
    sql("UPDATE people SET password_hash = $2 WHERE id = $1")
        .bind(person)
        .bind(hash.as_str())
        .execute(tx)?;
    Ok(())
}

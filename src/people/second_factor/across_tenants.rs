//! The queries about second factors: they are a person's, whatever tenants the person is a member of.

use diesel::QueryableByName;
use diesel::sql_types::{BigInt, Binary, Nullable};

use super::codes::RecoveryCode;
use crate::basics::{PersonId, Timestamp};
use crate::db::{Backend, DbFault, Tx, sql};

/// The second factor of a person, as it is kept.
#[derive(Clone, Debug, QueryableByName)]
pub(super) struct Row {
    #[diesel(sql_type = BigInt)]
    pub(super) version: i64,
    #[diesel(sql_type = Binary)]
    pub(super) sealed_seed: Vec<u8>,
    #[diesel(sql_type = BigInt)]
    pub(super) begun_at: Timestamp,
    #[diesel(sql_type = Nullable<BigInt>)]
    pub(super) confirmed_at: Option<Timestamp>,
}

/// How it stands with a person's second factor.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// There is none.
    Off,
    /// A seed was handed out and is not confirmed.
    Begun,
    /// It is asked for at every sign-in.
    On {
        /// Since when.
        since: Timestamp,
        /// How many recovery codes are left.
        codes_left: i64,
    },
}

#[derive(QueryableByName)]
struct Count {
    #[diesel(sql_type = BigInt)]
    count: i64,
}

pub(super) fn find(tx: &mut Tx<'_>, person: PersonId) -> Result<Option<Row>, DbFault> {
    sql(
        "SELECT version, sealed_seed, begun_at, confirmed_at FROM second_factors WHERE person_id = $1",
    )
    .bind(person)
    .find(tx)
}

/// The same, and nobody else changes it until the transaction ends.
pub(super) fn find_locked(tx: &mut Tx<'_>, person: PersonId) -> Result<Option<Row>, DbFault> {
    if tx.backend() == Backend::Postgres {
        sql("SELECT 1 FROM second_factors WHERE person_id = $1 FOR UPDATE")
            .bind(person)
            .execute(tx)?;
    }
    find(tx, person)
}

/// Whether the person has a second factor that counts.
pub(in crate::people) fn has_one(tx: &mut Tx<'_>, person: PersonId) -> Result<bool, DbFault> {
    Ok(find(tx, person)?.is_some_and(|row| row.confirmed_at.is_some()))
}

/// How it stands with a person's second factor.
pub fn standing(tx: &mut Tx<'_>, person: PersonId) -> Result<Standing, DbFault> {
    let Some(row) = find(tx, person)? else {
        return Ok(Standing::Off);
    };
    match row.confirmed_at {
        None => Ok(Standing::Begun),
        Some(since) => Ok(Standing::On {
            since,
            codes_left: count_codes(tx, person)?,
        }),
    }
}

/// Keeps a seed that is not confirmed yet, in place of an earlier one.
pub(super) fn put_begun(
    tx: &mut Tx<'_>,
    person: PersonId,
    version: i64,
    sealed: &[u8],
    now: Timestamp,
) -> Result<(), DbFault> {
    sql(
        "INSERT INTO second_factors (person_id, version, sealed_seed, begun_at, confirmed_at, last_step) \
         VALUES ($1, $2, $3, $4, NULL, 0) ON CONFLICT (person_id) DO UPDATE \
         SET version = $2, sealed_seed = $3, begun_at = $4, last_step = 0 \
         WHERE second_factors.confirmed_at IS NULL",
    )
    .bind(person)
    .bind(version)
    .bind(sealed)
    .bind(now)
    .execute(tx)?;
    Ok(())
}

/// From now on it counts.
pub(super) fn confirm(
    tx: &mut Tx<'_>,
    person: PersonId,
    step: i64,
    now: Timestamp,
) -> Result<(), DbFault> {
    sql("UPDATE second_factors SET confirmed_at = $2, last_step = $3 WHERE person_id = $1")
        .bind(person)
        .bind(now)
        .bind(step)
        .execute(tx)?;
    Ok(())
}

/// Whether the step was not used before, nor one after it. From now on it is.
pub(super) fn use_step(tx: &mut Tx<'_>, person: PersonId, step: i64) -> Result<bool, DbFault> {
    let rows =
        sql("UPDATE second_factors SET last_step = $2 WHERE person_id = $1 AND last_step < $2")
            .bind(person)
            .bind(step)
            .execute(tx)?;
    Ok(rows == 1)
}

pub(super) fn delete(tx: &mut Tx<'_>, person: PersonId) -> Result<(), DbFault> {
    delete_codes(tx, person)?;
    sql("DELETE FROM second_factors WHERE person_id = $1")
        .bind(person)
        .execute(tx)?;
    Ok(())
}

pub(super) fn replace_codes(
    tx: &mut Tx<'_>,
    person: PersonId,
    codes: &[RecoveryCode],
    now: Timestamp,
) -> Result<(), DbFault> {
    delete_codes(tx, person)?;
    let rows: Vec<_> = codes
        .iter()
        .map(|code| {
            [
                person.into(),
                code.hash().as_slice().into(),
                now.into(),
                Option::<Timestamp>::None.into(),
            ]
        })
        .collect();
    sql("INSERT INTO recovery_codes (person_id, code_hash, created_at, used_at) VALUES ")
        .rows(rows)
        .execute(tx)?;
    Ok(())
}

/// Whether it is a recovery code of the person that was not used before. From now on it is.
pub(super) fn use_code(
    tx: &mut Tx<'_>,
    person: PersonId,
    hash: &[u8; 32],
    now: Timestamp,
) -> Result<bool, DbFault> {
    let rows = sql("UPDATE recovery_codes SET used_at = $3 \
         WHERE person_id = $1 AND code_hash = $2 AND used_at IS NULL")
    .bind(person)
    .bind(hash.as_slice())
    .bind(now)
    .execute(tx)?;
    Ok(rows == 1)
}

pub(super) fn count_codes(tx: &mut Tx<'_>, person: PersonId) -> Result<i64, DbFault> {
    let row: Option<Count> = sql(
        "SELECT COUNT(*) AS count FROM recovery_codes WHERE person_id = $1 AND used_at IS NULL",
    )
    .bind(person)
    .find(tx)?;
    Ok(row.map_or(0, |row| row.count))
}

fn delete_codes(tx: &mut Tx<'_>, person: PersonId) -> Result<(), DbFault> {
    sql("DELETE FROM recovery_codes WHERE person_id = $1")
        .bind(person)
        .execute(tx)?;
    Ok(())
}

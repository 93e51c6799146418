//! The queries about past sign-ins: they are a person's, whatever tenants the person is a member of.

use diesel::QueryableByName;
use diesel::sql_types::{BigInt, Text};

use super::{PastSignIn, SignInOutcome};
use crate::basics::{AuditId, PersonId, Timestamp};
use crate::db::{DbFault, Tx, sql};
use crate::people::session::Client;

/// How many are kept of each person: strangers who try an address fill no disk.
const KEPT: i64 = 200;

#[derive(QueryableByName)]
struct Row {
    #[diesel(sql_type = BigInt)]
    at: Timestamp,
    #[diesel(sql_type = Text)]
    outcome: String,
    #[diesel(sql_type = Text)]
    address: String,
    #[diesel(sql_type = Text)]
    user_agent: String,
}

/// Notes one, and lets go of the oldest.
pub(in crate::people) fn insert(
    tx: &mut Tx<'_>,
    person: PersonId,
    outcome: SignInOutcome,
    client: &Client,
    now: Timestamp,
) -> Result<(), DbFault> {
    let id: AuditId = tx.fresh_id(now);
    let user_agent: String = client.user_agent.chars().take(200).collect();
    sql(
        "INSERT INTO sign_ins (person_id, id, at, outcome, address, user_agent) \
         VALUES ($1, $2, $3, $4, $5, $6)",
    )
    .bind(person)
    .bind(id)
    .bind(now)
    .bind(outcome.as_str())
    .bind(client.address.as_str())
    .bind(user_agent)
    .execute(tx)?;
    sql("DELETE FROM sign_ins WHERE person_id = $1 AND id < \
         (SELECT id FROM sign_ins WHERE person_id = $1 ORDER BY id DESC LIMIT 1 OFFSET $2)")
    .bind(person)
    .bind(KEPT - 1)
    .execute(tx)?;
    Ok(())
}

/// The latest of a person, newest first.
pub fn list(tx: &mut Tx<'_>, person: PersonId, most: i64) -> Result<Vec<PastSignIn>, DbFault> {
    let rows: Vec<Row> = sql(
        "SELECT at, outcome, address, user_agent FROM sign_ins WHERE person_id = $1 \
         ORDER BY id DESC LIMIT $2",
    )
    .bind(person)
    .bind(most)
    .load(tx)?;
    rows.into_iter()
        .map(|row| {
            Ok(PastSignIn {
                at: row.at,
                outcome: SignInOutcome::parse(&row.outcome).ok_or(DbFault::Damaged {
                    table: "sign_ins",
                    what: "unknown outcome",
                })?,
                address: row.address,
                user_agent: row.user_agent,
            })
        })
        .collect()
}

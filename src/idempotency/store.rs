//! The queries of kept answers.

use diesel::QueryableByName;
use diesel::sql_types::{BigInt, Binary, Text};

use super::call::{Call, LookUp, StoredAnswer};
use crate::basics::{TenantId, Timestamp};
use crate::db::{DbFault, Tx, sql};

#[derive(QueryableByName)]
struct Row {
    #[diesel(sql_type = Binary)]
    fingerprint: Vec<u8>,
    #[diesel(sql_type = BigInt)]
    status: i64,
    #[diesel(sql_type = Text)]
    body: String,
}

/// What is known of this call.
pub fn look_up(tx: &mut Tx<'_>, tenant: TenantId, call: &Call) -> Result<LookUp, DbFault> {
    let row: Option<Row> = sql("SELECT fingerprint, status, body FROM idempotency_keys \
         WHERE tenant_id = $1 AND route = $2 AND key = $3")
    .bind(tenant)
    .bind(call.route)
    .bind(call.key.as_str())
    .find(tx)?;
    let Some(row) = row else {
        return Ok(LookUp::New);
    };
    if row.fingerprint != call.fingerprint {
        return Ok(LookUp::Reused);
    }
    let status = u16::try_from(row.status).map_err(|_| DbFault::Damaged {
        table: "idempotency_keys",
        what: "unknown status",
    })?;
    Ok(LookUp::Answered(StoredAnswer {
        status,
        body: row.body,
    }))
}

/// Keeps the answer in the transaction of what it tells. False when another call with this key came first: then the
/// whole transaction has to be undone, and the other's answer is the answer.
pub fn keep(
    tx: &mut Tx<'_>,
    tenant: TenantId,
    call: &Call,
    answer: &StoredAnswer,
    now: Timestamp,
) -> Result<bool, DbFault> {
    let rows = sql(
        "INSERT INTO idempotency_keys (tenant_id, route, key, fingerprint, status, body, \
         created_at) VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT DO NOTHING",
    )
    .bind(tenant)
    .bind(call.route)
    .bind(call.key.as_str())
    .bind(call.fingerprint.as_slice())
    .bind(i64::from(answer.status))
    .bind(answer.body.as_str())
    .bind(now)
    .execute(tx)?;
    Ok(rows == 1)
}

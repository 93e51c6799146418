//! The queries of findings.

use super::model::{Finding, Kind};
use crate::basics::{FindingId, PayoutId, TenantId, Timestamp};
use crate::db::{DbFault, Tx, sql};
use diesel::QueryableByName;
use diesel::sql_types::{BigInt, Binary, Text};
use serde_json::Value as Json;

/// Whether it was not there before.
pub(super) fn insert(
    tx: &mut Tx<'_>,
    tenant: TenantId,
    payout: PayoutId,
    kind: Kind,
    details: &Json,
    now: Timestamp,
) -> Result<bool, DbFault> {
    let id: FindingId = tx.fresh_id(now);
    let rows = sql(
        "INSERT INTO findings (tenant_id, id, payout_id, kind, details, found_at) \
         VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT DO NOTHING",
    )
    .bind(tenant)
    .bind(id)
    .bind(payout)
    .bind(kind.as_str())
    .bind(details.to_string())
    .bind(now)
    .execute(tx)?;
    Ok(rows == 1)
}

#[derive(QueryableByName)]
struct Row {
    #[diesel(sql_type = Binary)]
    id: FindingId,
    #[diesel(sql_type = Binary)]
    payout_id: PayoutId,
    #[diesel(sql_type = Text)]
    kind: String,
    #[diesel(sql_type = Text)]
    details: String,
    #[diesel(sql_type = BigInt)]
    found_at: Timestamp,
}

/// How many are read at once.
const MOST: i64 = 200;

/// The findings that nobody has resolved, oldest first.
pub fn list_open(tx: &mut Tx<'_>, tenant: TenantId) -> Result<Vec<Finding>, DbFault> {
    let damaged = |what| DbFault::Damaged {
        table: "findings",
        what,
    };
    let rows: Vec<Row> = sql(
        "SELECT id, payout_id, kind, details, found_at FROM findings \
         WHERE tenant_id = $1 AND resolved_at IS NULL ORDER BY id LIMIT $2",
    )
    .bind(tenant)
    .bind(MOST)
    .load(tx)?;
    rows.into_iter()
        .map(|row| {
            Ok(Finding {
                id: row.id,
                payout: row.payout_id,
                kind: Kind::parse(&row.kind).ok_or_else(|| damaged("unknown kind"))?,
                details: row.details,
                found_at: row.found_at,
            })
        })
        .collect()
}

#[derive(QueryableByName)]
struct ClosedRow {
    #[diesel(sql_type = Binary)]
    payout_id: PayoutId,
}

/// The payout of the finding, when it was open.
pub(super) fn close(
    tx: &mut Tx<'_>,
    tenant: TenantId,
    id: FindingId,
    resolution: &str,
    by: &str,
    now: Timestamp,
) -> Result<Option<PayoutId>, DbFault> {
    let row: Option<ClosedRow> = sql(
        "UPDATE findings SET resolved_at = $3, resolved_by = $4, resolution = $5 \
         WHERE tenant_id = $1 AND id = $2 AND resolved_at IS NULL RETURNING payout_id",
    )
    .bind(tenant)
    .bind(id)
    .bind(now)
    .bind(by)
    .bind(resolution)
    .find(tx)?;
    Ok(row.map(|row| row.payout_id))
}

/// Whether a finding of this kind about this payout was open.
pub(super) fn close_kind(
    tx: &mut Tx<'_>,
    tenant: TenantId,
    payout: PayoutId,
    kind: Kind,
    resolution: &str,
    by: &str,
    now: Timestamp,
) -> Result<bool, DbFault> {
    let rows = sql(
        "UPDATE findings SET resolved_at = $4, resolved_by = $5, resolution = $6 \
         WHERE tenant_id = $1 AND payout_id = $2 AND kind = $3 AND resolved_at IS NULL",
    )
    .bind(tenant)
    .bind(payout)
    .bind(kind.as_str())
    .bind(now)
    .bind(by)
    .bind(resolution)
    .execute(tx)?;
    Ok(rows == 1)
}

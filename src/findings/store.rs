//! The queries of findings.

use super::model::{Finding, Kind, Resolved};
use crate::basics::page::{Page, PageSize};
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

impl Row {
    fn into_finding(self) -> Result<Finding, DbFault> {
        Ok(Finding {
            id: self.id,
            payout: self.payout_id,
            kind: Kind::parse(&self.kind).ok_or(DbFault::Damaged {
                table: "findings",
                what: "unknown kind",
            })?,
            details: self.details,
            found_at: self.found_at,
        })
    }
}

/// How many are read at once.
const MOST: i64 = 200;

/// The findings that nobody has resolved, oldest first.
pub fn list_open(tx: &mut Tx<'_>, tenant: TenantId) -> Result<Vec<Finding>, DbFault> {
    let rows: Vec<Row> = sql(
        "SELECT id, payout_id, kind, details, found_at FROM findings \
         WHERE tenant_id = $1 AND resolved_at IS NULL ORDER BY id LIMIT $2",
    )
    .bind(tenant)
    .bind(MOST)
    .load(tx)?;
    rows.into_iter().map(Row::into_finding).collect()
}

#[derive(QueryableByName)]
struct ResolvedRow {
    #[diesel(embed)]
    finding: Row,
    #[diesel(sql_type = BigInt)]
    resolved_at: Timestamp,
    #[diesel(sql_type = Text)]
    resolved_by: String,
    #[diesel(sql_type = Text)]
    resolution: String,
}

/// The findings that were resolved, newest first, from the one after `before` on.
pub fn list_resolved(
    tx: &mut Tx<'_>,
    tenant: TenantId,
    before: Option<FindingId>,
    size: PageSize,
) -> Result<Page<Resolved, FindingId>, DbFault> {
    let mut query = sql(
        "SELECT id, payout_id, kind, details, found_at, resolved_at, resolved_by, resolution \
         FROM findings WHERE ",
    )
    .push_with("tenant_id = ? AND resolved_at IS NOT NULL", [tenant.into()]);
    if let Some(before) = before {
        query = query.push_with(" AND id < ?", [before.into()]);
    }
    let rows: Vec<ResolvedRow> = query
        .push_with(
            " ORDER BY id DESC LIMIT ?",
            [size.rows().saturating_add(1).into()],
        )
        .load(tx)?;
    let resolved = rows
        .into_iter()
        .map(|resolved| {
            Ok(Resolved {
                finding: resolved.finding.into_finding()?,
                at: resolved.resolved_at,
                by: resolved.resolved_by,
                resolution: resolved.resolution,
            })
        })
        .collect::<Result<Vec<_>, DbFault>>()?;
    Ok(Page::from_one_more(resolved, size, |one| one.finding.id))
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

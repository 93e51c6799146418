//! The queries of commissions within one tenant.

use diesel::QueryableByName;
use diesel::sql_types::{BigInt, Nullable, Text};

use super::model::{Commission, CommissionState};
use crate::basics::{CommissionId, Description, ExternalId, Fen, RecipientId, TenantId, Timestamp};
use crate::db::{DbFault, Tx, sql};

pub(super) const COLUMNS: &str = "id, recipient_id, amount_fen, order_no, description, \
     given_available_at, available_at, state, created_at, reversed_at, reverse_reason";

#[derive(QueryableByName)]
pub(super) struct Row {
    #[diesel(sql_type = Text)]
    id: CommissionId,
    #[diesel(sql_type = Text)]
    recipient_id: RecipientId,
    #[diesel(sql_type = BigInt)]
    amount_fen: Fen,
    #[diesel(sql_type = Nullable<Text>)]
    order_no: Option<ExternalId>,
    #[diesel(sql_type = Nullable<Text>)]
    description: Option<Description>,
    #[diesel(sql_type = Nullable<BigInt>)]
    given_available_at: Option<Timestamp>,
    #[diesel(sql_type = BigInt)]
    available_at: Timestamp,
    #[diesel(sql_type = Text)]
    state: String,
    #[diesel(sql_type = BigInt)]
    created_at: Timestamp,
    #[diesel(sql_type = Nullable<BigInt>)]
    reversed_at: Option<Timestamp>,
    #[diesel(sql_type = Nullable<Text>)]
    reverse_reason: Option<String>,
}

impl Row {
    pub(super) fn into_commission(self) -> Result<Commission, DbFault> {
        Ok(Commission {
            id: self.id,
            recipient: self.recipient_id,
            amount: self.amount_fen,
            order_no: self.order_no,
            description: self.description,
            given_available_at: self.given_available_at,
            available_at: self.available_at,
            state: CommissionState::parse(&self.state).ok_or(DbFault::Damaged {
                table: "commissions",
                what: "unknown state",
            })?,
            created_at: self.created_at,
            reversed_at: self.reversed_at,
            reverse_reason: self.reverse_reason,
        })
    }
}

/// The commission, when the tenant has one of this id.
pub fn find(
    tx: &mut Tx<'_>,
    tenant: TenantId,
    id: &CommissionId,
) -> Result<Option<Commission>, DbFault> {
    let row: Option<Row> = sql(format!(
        "SELECT {COLUMNS} FROM commissions WHERE tenant_id = $1 AND id = $2"
    ))
    .bind(tenant)
    .bind(id)
    .find(tx)?;
    row.map(Row::into_commission).transpose()
}

/// Whether the id was free.
pub(super) fn insert(
    tx: &mut Tx<'_>,
    tenant: TenantId,
    commission: &Commission,
) -> Result<bool, DbFault> {
    let rows = sql(
        "INSERT INTO commissions (tenant_id, id, recipient_id, amount_fen, order_no, \
         description, given_available_at, available_at, state, created_at) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) ON CONFLICT DO NOTHING",
    )
    .bind(tenant)
    .bind(&commission.id)
    .bind(&commission.recipient)
    .bind(commission.amount)
    .bind(commission.order_no.as_ref())
    .bind(commission.description.as_ref())
    .bind(commission.given_available_at)
    .bind(commission.available_at)
    .bind(commission.state.as_str())
    .bind(commission.created_at)
    .execute(tx)?;
    Ok(rows == 1)
}

/// Whether it still was in the state it was seen in.
pub(super) fn mark_reversed(
    tx: &mut Tx<'_>,
    tenant: TenantId,
    id: &CommissionId,
    from: CommissionState,
    reason: Option<&str>,
    now: Timestamp,
) -> Result<bool, DbFault> {
    let rows = sql(
        "UPDATE commissions SET state = 'reversed', reversed_at = $4, reverse_reason = $5 \
         WHERE tenant_id = $1 AND id = $2 AND state = $3",
    )
    .bind(tenant)
    .bind(id)
    .bind(from.as_str())
    .bind(now)
    .bind(reason)
    .execute(tx)?;
    Ok(rows == 1)
}

pub(super) fn mature_of_recipient(
    tx: &mut Tx<'_>,
    tenant: TenantId,
    recipient: &RecipientId,
    now: Timestamp,
    most: i64,
) -> Result<Vec<Commission>, DbFault> {
    let rows: Vec<Row> = sql(format!(
        "UPDATE commissions SET state = 'available' WHERE tenant_id = $1 AND state = 'pending' AND id IN \
         (SELECT id FROM commissions WHERE tenant_id = $1 AND recipient_id = $2 AND state = 'pending' \
          AND available_at <= $3 ORDER BY available_at LIMIT $4) RETURNING {COLUMNS}"
    ))
    .bind(tenant)
    .bind(recipient)
    .bind(now)
    .bind(most)
    .load(tx)?;
    rows.into_iter().map(Row::into_commission).collect()
}

#[derive(QueryableByName)]
struct Sum {
    #[diesel(sql_type = BigInt)]
    fen: Fen,
}

pub(super) fn sum_due(
    tx: &mut Tx<'_>,
    tenant: TenantId,
    recipient: &RecipientId,
    now: Timestamp,
) -> Result<Fen, DbFault> {
    let sum: Option<Sum> = sql(
        "SELECT CAST(COALESCE(SUM(amount_fen), 0) AS BIGINT) AS fen FROM commissions \
         WHERE tenant_id = $1 AND recipient_id = $2 AND state = 'pending' AND available_at <= $3",
    )
    .bind(tenant)
    .bind(recipient)
    .bind(now)
    .find(tx)?;
    Ok(sum.map_or(Fen::ZERO, |sum| sum.fen))
}

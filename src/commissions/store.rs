//! The queries of commissions within one tenant.

use diesel::QueryableByName;
use diesel::sql_types::{BigInt, Binary, Nullable, Text};

use super::correct::{Correction, CorrectionState};
use super::model::{Commission, CommissionState};
use crate::basics::page::{Page, PageSize};
use crate::basics::{
    CommissionId, CorrectionId, Description, ExternalId, Fen, PersonId, RecipientId, TenantId,
    Timestamp,
};
use crate::db::{DbFault, Tx, sql};

pub(super) const COLUMNS: &str = "id, recipient_id, amount_fen, reversed_fen, order_no, description, \
     given_available_at, available_at, state, created_at, reversed_at, reverse_reason";

#[derive(QueryableByName)]
pub(super) struct Row {
    #[diesel(sql_type = Text)]
    id: CommissionId,
    #[diesel(sql_type = Text)]
    recipient_id: RecipientId,
    #[diesel(sql_type = BigInt)]
    amount_fen: Fen,
    #[diesel(sql_type = BigInt)]
    reversed_fen: Fen,
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
            reversed: self.reversed_fen,
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

/// Whether it still was as it was seen.
pub(super) fn mark_reversed(
    tx: &mut Tx<'_>,
    tenant: TenantId,
    seen: &Commission,
    reason: Option<&str>,
    now: Timestamp,
) -> Result<bool, DbFault> {
    let rows = sql(
        "UPDATE commissions SET state = 'reversed', reversed_fen = amount_fen, reversed_at = $5, \
         reverse_reason = $6 WHERE tenant_id = $1 AND id = $2 AND state = $3 AND reversed_fen = $4",
    )
    .bind(tenant)
    .bind(&seen.id)
    .bind(seen.state.as_str())
    .bind(seen.reversed)
    .bind(now)
    .bind(reason)
    .execute(tx)?;
    Ok(rows == 1)
}

/// Whether it still was as it was seen.
pub(super) fn mark_reduced(
    tx: &mut Tx<'_>,
    tenant: TenantId,
    seen: &Commission,
    reversed: Fen,
) -> Result<bool, DbFault> {
    let rows = sql("UPDATE commissions SET reversed_fen = $5 \
         WHERE tenant_id = $1 AND id = $2 AND state = $3 AND reversed_fen = $4")
    .bind(tenant)
    .bind(&seen.id)
    .bind(seen.state.as_str())
    .bind(seen.reversed)
    .bind(reversed)
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
        "SELECT CAST(COALESCE(SUM(amount_fen - reversed_fen), 0) AS BIGINT) AS fen FROM commissions \
         WHERE tenant_id = $1 AND recipient_id = $2 AND state = 'pending' AND available_at <= $3",
    )
    .bind(tenant)
    .bind(recipient)
    .bind(now)
    .find(tx)?;
    Ok(sum.map_or(Fen::ZERO, |sum| sum.fen))
}

const CORRECTION_COLUMNS: &str = "id, recipient_id, amount_fen, reason, state, asked_at, asked_by, \
     asked_by_person, decided_at, decided_by";

#[derive(QueryableByName)]
struct CorrectionRow {
    #[diesel(sql_type = Binary)]
    id: CorrectionId,
    #[diesel(sql_type = Text)]
    recipient_id: RecipientId,
    #[diesel(sql_type = BigInt)]
    amount_fen: Fen,
    #[diesel(sql_type = Text)]
    reason: String,
    #[diesel(sql_type = Text)]
    state: String,
    #[diesel(sql_type = BigInt)]
    asked_at: Timestamp,
    #[diesel(sql_type = Text)]
    asked_by: String,
    #[diesel(sql_type = Binary)]
    asked_by_person: PersonId,
    #[diesel(sql_type = Nullable<BigInt>)]
    decided_at: Option<Timestamp>,
    #[diesel(sql_type = Nullable<Text>)]
    decided_by: Option<String>,
}

impl CorrectionRow {
    fn into_correction(self) -> Result<Correction, DbFault> {
        Ok(Correction {
            id: self.id,
            recipient: self.recipient_id,
            amount: self.amount_fen,
            reason: self.reason,
            state: CorrectionState::parse(&self.state).ok_or(DbFault::Damaged {
                table: "corrections",
                what: "unknown state",
            })?,
            asked_at: self.asked_at,
            asked_by: self.asked_by,
            asked_by_person: self.asked_by_person,
            decided_at: self.decided_at,
            decided_by: self.decided_by,
        })
    }
}

pub(super) fn insert_correction(
    tx: &mut Tx<'_>,
    tenant: TenantId,
    correction: &Correction,
) -> Result<(), DbFault> {
    sql("INSERT INTO corrections (tenant_id, id, recipient_id, amount_fen, reason, state, asked_at, \
         asked_by, asked_by_person) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)")
    .bind(tenant)
    .bind(correction.id)
    .bind(&correction.recipient)
    .bind(correction.amount)
    .bind(correction.reason.as_str())
    .bind(correction.state.as_str())
    .bind(correction.asked_at)
    .bind(correction.asked_by.as_str())
    .bind(correction.asked_by_person)
    .execute(tx)?;
    Ok(())
}

pub(super) fn find_correction(
    tx: &mut Tx<'_>,
    tenant: TenantId,
    id: CorrectionId,
) -> Result<Option<Correction>, DbFault> {
    let row: Option<CorrectionRow> = sql(format!(
        "SELECT {CORRECTION_COLUMNS} FROM corrections WHERE tenant_id = $1 AND id = $2"
    ))
    .bind(tenant)
    .bind(id)
    .find(tx)?;
    row.map(CorrectionRow::into_correction).transpose()
}

/// Whether it still waited.
pub(super) fn mark_decided(
    tx: &mut Tx<'_>,
    tenant: TenantId,
    decided: &Correction,
) -> Result<bool, DbFault> {
    let rows = sql(
        "UPDATE corrections SET state = $3, decided_at = $4, decided_by = $5 \
         WHERE tenant_id = $1 AND id = $2 AND state = 'asked'",
    )
    .bind(tenant)
    .bind(decided.id)
    .bind(decided.state.as_str())
    .bind(decided.decided_at)
    .bind(decided.decided_by.as_deref())
    .execute(tx)?;
    Ok(rows == 1)
}

/// The corrections that wait for another member, oldest first, up to a hundred.
pub fn list_open_corrections(
    tx: &mut Tx<'_>,
    tenant: TenantId,
) -> Result<Vec<Correction>, DbFault> {
    let rows: Vec<CorrectionRow> = sql(format!(
        "SELECT {CORRECTION_COLUMNS} FROM corrections WHERE tenant_id = $1 AND state = 'asked' \
         ORDER BY id LIMIT 100"
    ))
    .bind(tenant)
    .load(tx)?;
    rows.into_iter()
        .map(CorrectionRow::into_correction)
        .collect()
}

/// One recipient's corrections, newest first.
pub fn list_corrections(
    tx: &mut Tx<'_>,
    tenant: TenantId,
    recipient: &RecipientId,
    before: Option<CorrectionId>,
    size: PageSize,
) -> Result<Page<Correction, CorrectionId>, DbFault> {
    let mut query = sql(format!(
        "SELECT {CORRECTION_COLUMNS} FROM corrections WHERE "
    ))
    .push_with(
        "tenant_id = ? AND recipient_id = ?",
        [tenant.into(), recipient.into()],
    );
    if let Some(before) = before {
        query = query.push_with(" AND id < ?", [before.into()]);
    }
    let rows: Vec<CorrectionRow> = query
        .push_with(
            " ORDER BY id DESC LIMIT ?",
            [size.rows().saturating_add(1).into()],
        )
        .load(tx)?;
    let rows = rows
        .into_iter()
        .map(CorrectionRow::into_correction)
        .collect::<Result<_, _>>()?;
    Ok(Page::from_one_more(rows, size, |one: &Correction| one.id))
}

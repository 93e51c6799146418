//! The queries of payouts within one tenant.

use std::collections::BTreeSet;

use diesel::QueryableByName;
use diesel::sql_types::{BigInt, Binary, Bool, Nullable, Text};

use super::model::{Kind, Payout, SentWith, Status, Step, Work};
use crate::basics::{
    AppId, ChannelId, Day, Description, ExternalId, Fen, MerchantNumber, OpenId, PayoutId,
    PersonId, RecipientId, TenantId, Timestamp,
};
use crate::db::{Backend, DbFault, Tx, Value, sql};
use crate::outbox::HAS_LISTENERS;

pub(super) const COLUMNS: &str = "id, kind, recipient_id, external_id, openid, checks_name, amount_fen, \
     description, status, reason_code, not_before, planned_on, approvals_needed, rail, channel_id, \
     channel_version, app_id, merchant_number, payment_no, created_at, submitted_at, finished_at, step, \
     due_at, fence, attempts, tries, last_sent_at, may_have_been_sent, request_attempt, suspected_code, \
     not_found_times, not_found_at";

#[derive(QueryableByName)]
pub(super) struct Row {
    #[diesel(sql_type = Binary)]
    id: PayoutId,
    #[diesel(sql_type = Text)]
    kind: String,
    #[diesel(sql_type = Text)]
    recipient_id: RecipientId,
    #[diesel(sql_type = Nullable<Text>)]
    external_id: Option<ExternalId>,
    #[diesel(sql_type = Text)]
    openid: OpenId,
    #[diesel(sql_type = Bool)]
    checks_name: bool,
    #[diesel(sql_type = BigInt)]
    amount_fen: Fen,
    #[diesel(sql_type = Text)]
    description: Description,
    #[diesel(sql_type = Text)]
    status: String,
    #[diesel(sql_type = Nullable<Text>)]
    reason_code: Option<String>,
    #[diesel(sql_type = Nullable<BigInt>)]
    not_before: Option<Timestamp>,
    #[diesel(sql_type = BigInt)]
    planned_on: Day,
    #[diesel(sql_type = BigInt)]
    approvals_needed: i64,
    #[diesel(sql_type = Text)]
    rail: String,
    #[diesel(sql_type = Nullable<Binary>)]
    channel_id: Option<ChannelId>,
    #[diesel(sql_type = Nullable<BigInt>)]
    channel_version: Option<i64>,
    #[diesel(sql_type = Nullable<Text>)]
    app_id: Option<AppId>,
    #[diesel(sql_type = Nullable<Text>)]
    merchant_number: Option<MerchantNumber>,
    #[diesel(sql_type = Nullable<Text>)]
    payment_no: Option<String>,
    #[diesel(sql_type = BigInt)]
    created_at: Timestamp,
    #[diesel(sql_type = Nullable<BigInt>)]
    submitted_at: Option<Timestamp>,
    #[diesel(sql_type = Nullable<BigInt>)]
    finished_at: Option<Timestamp>,
    #[diesel(sql_type = Nullable<Text>)]
    step: Option<String>,
    #[diesel(sql_type = Nullable<BigInt>)]
    due_at: Option<Timestamp>,
    #[diesel(sql_type = BigInt)]
    fence: i64,
    #[diesel(sql_type = BigInt)]
    attempts: i64,
    #[diesel(sql_type = BigInt)]
    tries: i64,
    #[diesel(sql_type = Nullable<BigInt>)]
    last_sent_at: Option<Timestamp>,
    #[diesel(sql_type = Bool)]
    may_have_been_sent: bool,
    #[diesel(sql_type = Nullable<BigInt>)]
    request_attempt: Option<i64>,
    #[diesel(sql_type = Nullable<Text>)]
    suspected_code: Option<String>,
    #[diesel(sql_type = BigInt)]
    not_found_times: i64,
    #[diesel(sql_type = Nullable<BigInt>)]
    not_found_at: Option<Timestamp>,
}

impl Row {
    pub(super) fn into_payout(self) -> Result<Payout, DbFault> {
        let damaged = |what| DbFault::Damaged {
            table: "payouts",
            what,
        };
        let next = match (self.step, self.due_at) {
            (None, None) => None,
            (Some(step), Some(due_at)) => Some((
                Step::parse(&step).ok_or_else(|| damaged("unknown step"))?,
                due_at,
            )),
            (Some(_), None) | (None, Some(_)) => return Err(damaged("a step without its time")),
        };
        let sent_with = match (
            self.channel_id,
            self.channel_version,
            self.app_id,
            self.merchant_number,
        ) {
            (None, None, None, None) => None,
            (Some(channel), Some(version), Some(app_id), Some(merchant_number)) => Some(SentWith {
                channel,
                version,
                app_id,
                merchant_number,
            }),
            _ => return Err(damaged("half of the settings it was sent with")),
        };
        Ok(Payout {
            id: self.id,
            kind: Kind::parse(&self.kind).ok_or_else(|| damaged("unknown kind"))?,
            recipient: self.recipient_id,
            external_id: self.external_id,
            openid: self.openid,
            checks_name: self.checks_name,
            amount: self.amount_fen,
            description: self.description,
            status: Status::parse(&self.status).ok_or_else(|| damaged("unknown status"))?,
            reason_code: self.reason_code,
            not_before: self.not_before,
            planned_on: self.planned_on,
            approvals_needed: self.approvals_needed,
            rail: self.rail,
            sent_with,
            payment_no: self.payment_no,
            created_at: self.created_at,
            submitted_at: self.submitted_at,
            finished_at: self.finished_at,
            work: Work {
                next,
                fence: self.fence,
                attempts: self.attempts,
                tries: self.tries,
                last_sent_at: self.last_sent_at,
                may_have_been_sent: self.may_have_been_sent,
                request_attempt: self.request_attempt,
                suspected_code: self.suspected_code,
                not_found_times: self.not_found_times,
                not_found_at: self.not_found_at,
            },
        })
    }
}

fn find_with(
    tx: &mut Tx<'_>,
    tenant: TenantId,
    condition: &str,
    value: Value,
) -> Result<Option<Payout>, DbFault> {
    let row: Option<Row> = sql(format!(
        "SELECT {COLUMNS} FROM payouts WHERE tenant_id = $1 AND {condition}"
    ))
    .bind(tenant)
    .bind(value)
    .find(tx)?;
    row.map(Row::into_payout).transpose()
}

/// The payout, when the tenant has one of this id.
pub fn find(tx: &mut Tx<'_>, tenant: TenantId, id: PayoutId) -> Result<Option<Payout>, DbFault> {
    find_with(tx, tenant, "id = $2", id.into())
}

/// The payouts of these ids that the tenant has, newest first.
pub fn list_all(
    tx: &mut Tx<'_>,
    tenant: TenantId,
    ids: &[PayoutId],
) -> Result<Vec<Payout>, DbFault> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let mut query = sql(format!("SELECT {COLUMNS} FROM payouts WHERE "))
        .push_with("tenant_id = ?", [tenant.into()])
        .push(" AND id IN (");
    for (number, id) in ids.iter().enumerate() {
        query = query.push_with(if number == 0 { "?" } else { ", ?" }, [(*id).into()]);
    }
    let rows: Vec<Row> = query.push(") ORDER BY id DESC").load(tx)?;
    rows.into_iter().map(Row::into_payout).collect()
}

/// The payout of the storefront's own number.
pub fn find_by_external_id(
    tx: &mut Tx<'_>,
    tenant: TenantId,
    external_id: &ExternalId,
) -> Result<Option<Payout>, DbFault> {
    find_with(tx, tenant, "external_id = $2", external_id.into())
}

/// The payout, and nobody else changes it until the transaction ends.
pub(super) fn find_locked(
    tx: &mut Tx<'_>,
    tenant: TenantId,
    id: PayoutId,
) -> Result<Option<Payout>, DbFault> {
    let condition = match tx.backend() {
        Backend::Postgres => "id = $2 FOR UPDATE",
        Backend::Sqlite => "id = $2",
    };
    find_with(tx, tenant, condition, id.into())
}

/// The oldest payouts that wait for a member, for the page and the inbox.
pub fn list_in_review(
    tx: &mut Tx<'_>,
    tenant: TenantId,
    most: i64,
) -> Result<Vec<Payout>, DbFault> {
    let rows: Vec<Row> = sql(format!(
        "SELECT {COLUMNS} FROM payouts WHERE tenant_id = $1 AND status = 'in_review' ORDER BY id LIMIT $2"
    ))
    .bind(tenant)
    .bind(most)
    .load(tx)?;
    rows.into_iter().map(Row::into_payout).collect()
}

/// A change of a payout, as it was written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Saved {
    /// How often the payout was changed, this time included.
    pub(super) changes: i64,
    /// Somebody wants to be told.
    pub(super) has_listeners: bool,
}

#[derive(QueryableByName)]
pub(super) struct SavedColumns {
    #[diesel(sql_type = BigInt)]
    changes: i64,
    #[diesel(sql_type = BigInt)]
    listeners: i64,
}

impl From<SavedColumns> for Saved {
    fn from(row: SavedColumns) -> Self {
        Self {
            changes: row.changes,
            has_listeners: row.listeners == 1,
        }
    }
}

/// Writes a payout down. Nothing when its id or the storefront's own number was taken.
pub(super) fn insert(
    tx: &mut Tx<'_>,
    tenant: TenantId,
    payout: &Payout,
) -> Result<Option<Saved>, DbFault> {
    let row: Option<SavedColumns> = sql("INSERT INTO payouts (tenant_id, id, kind, recipient_id, external_id, openid, \
         checks_name, amount_fen, description, status, reason_code, not_before, planned_on, \
         approvals_needed, rail, created_at, step, due_at, fence, attempts, tries, may_have_been_sent, \
         not_found_times) VALUES ")
    .rows([[
        tenant.into(),
        payout.id.into(),
        payout.kind.as_str().into(),
        (&payout.recipient).into(),
        payout.external_id.as_ref().into(),
        (&payout.openid).into(),
        payout.checks_name.into(),
        payout.amount.into(),
        (&payout.description).into(),
        payout.status.as_str().into(),
        payout.reason_code.clone().into(),
        payout.not_before.into(),
        payout.planned_on.into(),
        payout.approvals_needed.into(),
        payout.rail.as_str().into(),
        payout.created_at.into(),
        payout.work.next.map(|(step, _)| step.as_str()).into(),
        payout.work.next.map(|(_, due_at)| due_at).into(),
        payout.work.fence.into(),
        payout.work.attempts.into(),
        payout.work.tries.into(),
        payout.work.may_have_been_sent.into(),
        payout.work.not_found_times.into(),
    ]])
    .push(" ON CONFLICT DO NOTHING RETURNING changes, ")
    .push(HAS_LISTENERS)
    .find(tx)?;
    Ok(row.map(Saved::from))
}

/// Writes what can change of a payout, when nobody has changed it since it was read with `seen_fence`.
pub(super) fn save(
    tx: &mut Tx<'_>,
    tenant: TenantId,
    payout: &Payout,
    seen_fence: i64,
) -> Result<Saved, DbFault> {
    let saved = super::across_tenants::save_all(tx, &[(tenant, payout, seen_fence)])?;
    // the row is locked by this transaction, so nobody can have come between
    saved.into_values().next().ok_or(DbFault::Damaged {
        table: "payouts",
        what: "a locked payout changed",
    })
}

/// What the rail has held is due now, not at its next try: what it was held for is mended. What waits for a day of its own stays.
pub fn bring_forward(tx: &mut Tx<'_>, tenant: TenantId, now: Timestamp) -> Result<(), DbFault> {
    sql("UPDATE payouts SET due_at = $1 WHERE tenant_id = $2 AND step = 'submit' AND status = 'queued' \
         AND due_at > $1 AND due_at < $3 AND submitted_at IS NOT NULL")
    .bind(now)
    .bind(tenant)
    .bind(now.day().end())
    .execute(tx)?;
    Ok(())
}

#[derive(QueryableByName)]
struct ApprovalRow {
    #[diesel(sql_type = Binary)]
    person_id: PersonId,
}

pub(super) fn list_approvals(
    tx: &mut Tx<'_>,
    tenant: TenantId,
    id: PayoutId,
) -> Result<Vec<PersonId>, DbFault> {
    let rows: Vec<ApprovalRow> =
        sql("SELECT person_id FROM approvals WHERE tenant_id = $1 AND payout_id = $2 ORDER BY at")
            .bind(tenant)
            .bind(id)
            .load(tx)?;
    Ok(rows.into_iter().map(|row| row.person_id).collect())
}

pub(super) fn insert_approval(
    tx: &mut Tx<'_>,
    tenant: TenantId,
    id: PayoutId,
    person: PersonId,
    now: Timestamp,
) -> Result<(), DbFault> {
    sql("INSERT INTO approvals (tenant_id, payout_id, person_id, at) VALUES ($1, $2, $3, $4)")
        .bind(tenant)
        .bind(id)
        .bind(person)
        .bind(now)
        .execute(tx)?;
    Ok(())
}

#[derive(QueryableByName)]
pub(super) struct DecisionRow {
    #[diesel(sql_type = Binary)]
    pub(super) person: PersonId,
    #[diesel(sql_type = Text)]
    pub(super) verdict: String,
    #[diesel(sql_type = Nullable<Text>)]
    pub(super) payment_no: Option<String>,
    #[diesel(sql_type = Text)]
    pub(super) evidence: String,
    #[diesel(sql_type = BigInt)]
    pub(super) at: Timestamp,
}

pub(super) fn list_decisions(
    tx: &mut Tx<'_>,
    tenant: TenantId,
    id: PayoutId,
) -> Result<Vec<DecisionRow>, DbFault> {
    sql(
        "SELECT person_id AS person, verdict, payment_no, evidence, at FROM decisions \
         WHERE tenant_id = $1 AND payout_id = $2 ORDER BY at",
    )
    .bind(tenant)
    .bind(id)
    .load(tx)
}

pub(super) fn insert_decision(
    tx: &mut Tx<'_>,
    tenant: TenantId,
    id: PayoutId,
    person: PersonId,
    said: &(String, Option<String>),
    evidence: &str,
    now: Timestamp,
) -> Result<(), DbFault> {
    let (verdict, payment_no) = said;
    sql("INSERT INTO decisions (tenant_id, payout_id, person_id, verdict, payment_no, evidence, at) \
         VALUES ($1, $2, $3, $4, $5, $6, $7)")
    .bind(tenant)
    .bind(id)
    .bind(person)
    .bind(verdict.as_str())
    .bind(payment_no.clone())
    .bind(evidence)
    .bind(now)
    .execute(tx)?;
    Ok(())
}

/// How many numbers one statement asks about.
const ASKED_AT_ONCE: usize = 500;

#[derive(QueryableByName)]
struct NumberRow {
    #[diesel(sql_type = Text)]
    external_id: ExternalId,
}

/// Which of these numbers belong to payouts.
pub fn external_ids_taken(
    tx: &mut Tx<'_>,
    tenant: TenantId,
    numbers: BTreeSet<ExternalId>,
) -> Result<BTreeSet<ExternalId>, DbFault> {
    let numbers: Vec<ExternalId> = numbers.into_iter().collect();
    let mut taken = BTreeSet::new();
    for some in numbers.chunks(ASKED_AT_ONCE) {
        let rows: Vec<NumberRow> = sql("SELECT external_id FROM payouts WHERE ")
            .push_with("tenant_id = ?", [tenant.into()])
            .push(" AND external_id IN ")
            .list(some, ASKED_AT_ONCE)
            .load(tx)?;
        taken.extend(rows.into_iter().map(|row| row.external_id));
    }
    Ok(taken)
}

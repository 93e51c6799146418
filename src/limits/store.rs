//! The queries of limits and their counters.

use diesel::QueryableByName;
use diesel::sql_types::{BigInt, Nullable, Text};

use super::rule::{Limits, Policy, WhenDayIsFull};
use crate::basics::{Day, Fen, RecipientId, TenantId};
use crate::db::{DbFault, Tx, sql};

/// The scope of a counter that counts the whole tenant. No recipient's id is empty.
const WHOLE_TENANT: &str = "";

/// Gives a new tenant the limits of the contract.
pub fn insert_defaults(tx: &mut Tx<'_>, tenant: TenantId) -> Result<(), DbFault> {
    sql("INSERT INTO limit_policies (tenant_id, transfer_min, transfer_max, recipient_day_amount, \
         recipient_day_count, tenant_day_amount, tenant_day_count, review_above, second_review_above, \
         when_day_is_full, version) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, 1)")
    .bind(tenant)
    .bind_all(Limits::DEFAULTS.numbers())
    .bind(WhenDayIsFull::Refuse.as_str())
    .execute(tx)?;
    Ok(())
}

#[derive(QueryableByName)]
struct PolicyRow {
    #[diesel(sql_type = Nullable<BigInt>)]
    transfer_min: Option<i64>,
    #[diesel(sql_type = Nullable<BigInt>)]
    transfer_max: Option<i64>,
    #[diesel(sql_type = Nullable<BigInt>)]
    recipient_day_amount: Option<i64>,
    #[diesel(sql_type = Nullable<BigInt>)]
    recipient_day_count: Option<i64>,
    #[diesel(sql_type = Nullable<BigInt>)]
    tenant_day_amount: Option<i64>,
    #[diesel(sql_type = Nullable<BigInt>)]
    tenant_day_count: Option<i64>,
    #[diesel(sql_type = Nullable<BigInt>)]
    review_above: Option<i64>,
    #[diesel(sql_type = Nullable<BigInt>)]
    second_review_above: Option<i64>,
    #[diesel(sql_type = Nullable<BigInt>)]
    cap_transfer_min: Option<i64>,
    #[diesel(sql_type = Nullable<BigInt>)]
    cap_transfer_max: Option<i64>,
    #[diesel(sql_type = Nullable<BigInt>)]
    cap_recipient_day_amount: Option<i64>,
    #[diesel(sql_type = Nullable<BigInt>)]
    cap_recipient_day_count: Option<i64>,
    #[diesel(sql_type = Nullable<BigInt>)]
    cap_tenant_day_amount: Option<i64>,
    #[diesel(sql_type = Nullable<BigInt>)]
    cap_tenant_day_count: Option<i64>,
    #[diesel(sql_type = Nullable<BigInt>)]
    cap_review_above: Option<i64>,
    #[diesel(sql_type = Nullable<BigInt>)]
    cap_second_review_above: Option<i64>,
    #[diesel(sql_type = Text)]
    when_day_is_full: String,
    #[diesel(sql_type = BigInt)]
    version: i64,
}

/// The tenant's limits; every tenant has them.
pub fn load_policy(tx: &mut Tx<'_>, tenant: TenantId) -> Result<Policy, DbFault> {
    let damaged = |what| DbFault::Damaged {
        table: "limit_policies",
        what,
    };
    let row: Option<PolicyRow> = sql("SELECT * FROM limit_policies WHERE tenant_id = $1")
        .bind(tenant)
        .find(tx)?;
    let row = row.ok_or_else(|| damaged("a tenant without limits"))?;
    Ok(Policy {
        own: Limits::new([
            row.transfer_min,
            row.transfer_max,
            row.recipient_day_amount,
            row.recipient_day_count,
            row.tenant_day_amount,
            row.tenant_day_count,
            row.review_above,
            row.second_review_above,
        ]),
        caps: Limits::new([
            row.cap_transfer_min,
            row.cap_transfer_max,
            row.cap_recipient_day_amount,
            row.cap_recipient_day_count,
            row.cap_tenant_day_amount,
            row.cap_tenant_day_count,
            row.cap_review_above,
            row.cap_second_review_above,
        ]),
        when_day_is_full: WhenDayIsFull::parse(&row.when_day_is_full)
            .ok_or_else(|| damaged("unknown when_day_is_full"))?,
        version: row.version,
    })
}

/// Whether the row still had the version that the change was made from.
pub(super) fn update_policy(
    tx: &mut Tx<'_>,
    tenant: TenantId,
    policy: &Policy,
    from_version: i64,
) -> Result<bool, DbFault> {
    let rows = sql("UPDATE limit_policies SET transfer_min = $3, transfer_max = $4, \
         recipient_day_amount = $5, recipient_day_count = $6, tenant_day_amount = $7, \
         tenant_day_count = $8, review_above = $9, second_review_above = $10, when_day_is_full = $11, \
         version = $12 WHERE tenant_id = $1 AND version = $2")
    .bind(tenant)
    .bind(from_version)
    .bind_all(policy.own.numbers())
    .bind(policy.when_day_is_full.as_str())
    .bind(policy.version)
    .execute(tx)?;
    Ok(rows == 1)
}

/// What one counter has.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Used {
    pub(super) amount: Fen,
    pub(super) payouts: i64,
}

/// The counters of one day that one payout touches.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct DayUsage {
    pub(super) recipient: Used,
    pub(super) tenant: Used,
}

#[derive(QueryableByName)]
struct UsageRow {
    #[diesel(sql_type = Text)]
    scope: String,
    #[diesel(sql_type = BigInt)]
    amount_fen: Fen,
    #[diesel(sql_type = BigInt)]
    payouts: i64,
}

fn collect(rows: Vec<UsageRow>) -> DayUsage {
    let mut usage = DayUsage::default();
    for row in rows {
        let used = Used {
            amount: row.amount_fen,
            payouts: row.payouts,
        };
        if row.scope == WHOLE_TENANT {
            usage.tenant = used;
        } else {
            usage.recipient = used;
        }
    }
    usage
}

/// Adds one payout to both counters and says what they are now. The rows are locked in the order in which they are
/// written here.
pub(super) fn add_usage(
    tx: &mut Tx<'_>,
    tenant: TenantId,
    recipient: &RecipientId,
    day: Day,
    amount: Fen,
) -> Result<DayUsage, DbFault> {
    let rows = sql("INSERT INTO limit_usage (tenant_id, day, scope, amount_fen, payouts) VALUES ")
        .rows([recipient.as_str(), WHOLE_TENANT].map(|scope| {
            [
                tenant.into(),
                day.into(),
                scope.into(),
                amount.into(),
                1_i64.into(),
            ]
        }))
        .push(
            " ON CONFLICT (tenant_id, day, scope) DO UPDATE SET \
             amount_fen = limit_usage.amount_fen + excluded.amount_fen, \
             payouts = limit_usage.payouts + excluded.payouts \
             RETURNING scope, amount_fen, payouts",
        )
        .load(tx)?;
    Ok(collect(rows))
}

/// Takes one payout off both counters, the recipient's first, like [`add_usage`].
pub(super) fn take_usage(
    tx: &mut Tx<'_>,
    tenant: TenantId,
    recipient: &RecipientId,
    day: Day,
    amount: Fen,
) -> Result<(), DbFault> {
    for scope in [recipient.as_str(), WHOLE_TENANT] {
        sql(
            "UPDATE limit_usage SET amount_fen = amount_fen - $4, payouts = payouts - 1 \
             WHERE tenant_id = $1 AND day = $2 AND scope = $3",
        )
        .bind(tenant)
        .bind(day)
        .bind(scope)
        .bind(amount)
        .execute(tx)?;
    }
    Ok(())
}

/// What a day has used so far.
pub(super) fn find_usage(
    tx: &mut Tx<'_>,
    tenant: TenantId,
    recipient: Option<&RecipientId>,
    day: Day,
) -> Result<DayUsage, DbFault> {
    let rows = sql("SELECT scope, amount_fen, payouts FROM limit_usage \
         WHERE tenant_id = $1 AND day = $2 AND scope IN ($3, $4)")
    .bind(tenant)
    .bind(day)
    .bind(WHOLE_TENANT)
    .bind(recipient.map_or(WHOLE_TENANT, RecipientId::as_str))
    .load(tx)?;
    Ok(collect(rows))
}

//! The queries of rules and orders within one tenant.

use diesel::QueryableByName;
use diesel::sql_types::{BigInt, Binary, Nullable, Text};

use super::model::{Earned, Level, Order, Refund, Reward, Rule};
use crate::audit::By;
use crate::basics::{
    CommissionId, Fen, ItemKey, OrderId, RecipientId, RefundId, RuleId, TenantId, Timestamp,
};
use crate::db::{Backend, DbFault, Tx, Value, sql};

const RULE_COLUMNS: &str = "id, key, level, basis_points, fixed_fen, freeze_days, valid_from, valid_to, \
     created_by, ended_by";

#[derive(QueryableByName)]
struct RuleRow {
    #[diesel(sql_type = Binary)]
    id: RuleId,
    #[diesel(sql_type = Text)]
    key: String,
    #[diesel(sql_type = BigInt)]
    level: i64,
    #[diesel(sql_type = Nullable<BigInt>)]
    basis_points: Option<i64>,
    #[diesel(sql_type = Nullable<BigInt>)]
    fixed_fen: Option<Fen>,
    #[diesel(sql_type = BigInt)]
    freeze_days: i64,
    #[diesel(sql_type = BigInt)]
    valid_from: Timestamp,
    #[diesel(sql_type = Nullable<BigInt>)]
    valid_to: Option<Timestamp>,
    #[diesel(sql_type = Text)]
    created_by: String,
    #[diesel(sql_type = Nullable<Text>)]
    ended_by: Option<String>,
}

fn damaged(what: &'static str) -> DbFault {
    DbFault::Damaged {
        table: "commission_rules",
        what,
    }
}

/// The empty key is for everything that has no rule of its own.
fn read_key(text: &str) -> Result<Option<ItemKey>, DbFault> {
    if text.is_empty() {
        return Ok(None);
    }
    ItemKey::parse(text)
        .map(Some)
        .map_err(|_| damaged("a key that is none"))
}

fn key_text(key: Option<&ItemKey>) -> &str {
    key.map_or("", ItemKey::as_str)
}

impl RuleRow {
    fn into_rule(self) -> Result<Rule, DbFault> {
        let reward = match (self.basis_points, self.fixed_fen) {
            (Some(share), None) => u16::try_from(share)
                .map(Reward::Share)
                .map_err(|_| damaged("a share beyond all"))?,
            (None, Some(amount)) => Reward::Amount(amount),
            _ => return Err(damaged("a rule gives a share or an amount")),
        };
        Ok(Rule {
            id: self.id,
            key: read_key(&self.key)?,
            level: Level::from_number(self.level).ok_or(damaged("unknown level"))?,
            reward,
            freeze_days: u16::try_from(self.freeze_days).map_err(|_| damaged("frozen too long"))?,
            valid_from: self.valid_from,
            valid_to: self.valid_to,
            created_by: self.created_by,
            ended_by: self.ended_by,
        })
    }
}

fn into_rules(rows: Vec<RuleRow>) -> Result<Vec<Rule>, DbFault> {
    rows.into_iter().map(RuleRow::into_rule).collect()
}

#[derive(QueryableByName)]
struct Count {
    #[diesel(sql_type = BigInt)]
    rows: i64,
}

/// How many rules are in force now or later.
pub(super) fn count_rules(
    tx: &mut Tx<'_>,
    tenant: TenantId,
    now: Timestamp,
) -> Result<i64, DbFault> {
    let count: Option<Count> = sql(
        "SELECT COUNT(*) AS rows FROM commission_rules WHERE tenant_id = $1 \
         AND (valid_to IS NULL OR valid_to > $2)",
    )
    .bind(tenant)
    .bind(now)
    .find(tx)?;
    Ok(count.map_or(0, |count| count.rows))
}

/// The rules for these keys that hold at an instant.
pub(super) fn list_rules_of(
    tx: &mut Tx<'_>,
    tenant: TenantId,
    keys: &[Option<ItemKey>],
    at: Timestamp,
) -> Result<Vec<Rule>, DbFault> {
    let mut query = sql(format!(
        "SELECT {RULE_COLUMNS} FROM commission_rules WHERE "
    ))
    .push_with(
        "tenant_id = ? AND valid_from <= ? AND (valid_to IS NULL OR valid_to > ?) AND key IN (",
        [tenant.into(), at.into(), at.into()],
    );
    for (place, key) in keys.iter().enumerate() {
        let text = if place == 0 { "?" } else { ", ?" };
        query = query.push_with(text, [key_text(key.as_ref()).into()]);
    }
    into_rules(query.push(")").load(tx)?)
}

/// All rules: those in force and to come first, then the ended ones, each by key and level; up to `most`.
pub fn list_rules(
    tx: &mut Tx<'_>,
    tenant: TenantId,
    now: Timestamp,
    most: i64,
) -> Result<Vec<Rule>, DbFault> {
    let rows = sql(format!(
        "SELECT {RULE_COLUMNS} FROM commission_rules WHERE tenant_id = $1 \
         ORDER BY CASE WHEN valid_to IS NULL OR valid_to > $2 THEN 0 ELSE 1 END, key, level, valid_from DESC \
         LIMIT $3"
    ))
    .bind(tenant)
    .bind(now)
    .bind(most)
    .load(tx)?;
    into_rules(rows)
}

pub(super) fn insert_rule(
    tx: &mut Tx<'_>,
    tenant: TenantId,
    rule: &Rule,
    now: Timestamp,
) -> Result<(), DbFault> {
    let (share, amount) = match rule.reward {
        Reward::Share(share) => (Some(i64::from(share)), None),
        Reward::Amount(amount) => (None, Some(amount)),
    };
    sql("INSERT INTO commission_rules (tenant_id, id, key, level, basis_points, fixed_fen, freeze_days, \
         valid_from, valid_to, created_at, created_by) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)")
    .bind(tenant)
    .bind(rule.id)
    .bind(key_text(rule.key.as_ref()))
    .bind(rule.level.number())
    .bind(share)
    .bind(amount.map(Fen::fen))
    .bind(i64::from(rule.freeze_days))
    .bind(rule.valid_from)
    .bind(rule.valid_to)
    .bind(now)
    .bind(rule.created_by.as_str())
    .execute(tx)?;
    Ok(())
}

/// Ends what is in force for a key and level at `at`.
pub(super) fn end_rules(
    tx: &mut Tx<'_>,
    tenant: TenantId,
    key: Option<&ItemKey>,
    level: Level,
    at: Timestamp,
    by: &By,
) -> Result<(), DbFault> {
    sql(
        "UPDATE commission_rules SET valid_to = $4, ended_by = $5 WHERE tenant_id = $1 AND key = $2 \
         AND level = $3 AND valid_from <= $4 AND (valid_to IS NULL OR valid_to > $4)",
    )
    .bind(tenant)
    .bind(key_text(key))
    .bind(level.number())
    .bind(at)
    .bind(by.text())
    .execute(tx)?;
    Ok(())
}

/// Ends one rule, when it is in force or to come.
pub(super) fn end_rule(
    tx: &mut Tx<'_>,
    tenant: TenantId,
    id: RuleId,
    by: &By,
    now: Timestamp,
) -> Result<Option<Rule>, DbFault> {
    let row: Option<RuleRow> = sql(format!(
        "UPDATE commission_rules SET valid_to = CASE WHEN valid_from > $3 THEN valid_from ELSE $3 END, \
         ended_by = $4 WHERE tenant_id = $1 AND id = $2 AND (valid_to IS NULL OR valid_to > $3) \
         RETURNING {RULE_COLUMNS}"
    ))
    .bind(tenant)
    .bind(id)
    .bind(now)
    .bind(by.text())
    .find(tx)?;
    row.map(RuleRow::into_rule).transpose()
}

#[derive(QueryableByName)]
struct OrderRow {
    #[diesel(sql_type = Text)]
    id: OrderId,
    #[diesel(sql_type = Binary)]
    fingerprint: Vec<u8>,
    #[diesel(sql_type = BigInt)]
    amount_fen: Fen,
    #[diesel(sql_type = Nullable<Text>)]
    buyer: Option<RecipientId>,
    #[diesel(sql_type = BigInt)]
    paid_at: Timestamp,
    #[diesel(sql_type = BigInt)]
    commission_fen: Fen,
    #[diesel(sql_type = BigInt)]
    refunded_fen: Fen,
    #[diesel(sql_type = BigInt)]
    taken_back_fen: Fen,
    #[diesel(sql_type = BigInt)]
    created_at: Timestamp,
}

impl OrderRow {
    fn into_order(self) -> Result<Order, DbFault> {
        Ok(Order {
            id: self.id,
            fingerprint: self.fingerprint.try_into().map_err(|_| DbFault::Damaged {
                table: "orders",
                what: "a fingerprint of another length",
            })?,
            amount: self.amount_fen,
            buyer: self.buyer,
            paid_at: self.paid_at,
            commission: self.commission_fen,
            refunded: self.refunded_fen,
            taken_back: self.taken_back_fen,
            created_at: self.created_at,
        })
    }
}

/// The order, when the tenant has one of this id.
pub fn find(tx: &mut Tx<'_>, tenant: TenantId, id: &OrderId) -> Result<Option<Order>, DbFault> {
    let row: Option<OrderRow> = sql(
        "SELECT id, fingerprint, amount_fen, buyer, paid_at, commission_fen, refunded_fen, taken_back_fen, \
         created_at FROM orders WHERE tenant_id = $1 AND id = $2",
    )
    .bind(tenant)
    .bind(id)
    .find(tx)?;
    row.map(OrderRow::into_order).transpose()
}

/// The same, and nobody else refunds it until the transaction ends.
pub(super) fn find_locked(
    tx: &mut Tx<'_>,
    tenant: TenantId,
    id: &OrderId,
) -> Result<Option<Order>, DbFault> {
    if tx.backend() == Backend::Postgres {
        sql("SELECT 1 FROM orders WHERE tenant_id = $1 AND id = $2 FOR UPDATE")
            .bind(tenant)
            .bind(id)
            .execute(tx)?;
    }
    find(tx, tenant, id)
}

/// Whether the id was free.
pub(super) fn insert(tx: &mut Tx<'_>, tenant: TenantId, order: &Order) -> Result<bool, DbFault> {
    let rows = sql(
        "INSERT INTO orders (tenant_id, id, fingerprint, amount_fen, buyer, paid_at, commission_fen, \
         refunded_fen, taken_back_fen, created_at) VALUES ($1, $2, $3, $4, $5, $6, $7, 0, 0, $8) \
         ON CONFLICT DO NOTHING",
    )
    .bind(tenant)
    .bind(&order.id)
    .bind(order.fingerprint.to_vec())
    .bind(order.amount)
    .bind(order.buyer.as_ref())
    .bind(order.paid_at)
    .bind(order.commission)
    .bind(order.created_at)
    .execute(tx)?;
    Ok(rows == 1)
}

pub(super) fn insert_earned<'a>(
    tx: &mut Tx<'_>,
    tenant: TenantId,
    order: &OrderId,
    earned: impl Iterator<Item = &'a Earned>,
) -> Result<(), DbFault> {
    let rows: Vec<[Value; 6]> = earned
        .map(|one| {
            [
                tenant.into(),
                order.into(),
                (&one.commission).into(),
                key_text(one.key.as_ref()).into(),
                one.level.number().into(),
                one.rule.into(),
            ]
        })
        .collect();
    if rows.is_empty() {
        return Ok(());
    }
    sql(
        "INSERT INTO order_commissions (tenant_id, order_id, commission_id, key, level, rule_id) VALUES ",
    )
    .rows(rows)
    .execute(tx)?;
    Ok(())
}

#[derive(QueryableByName)]
struct EarnedRow {
    #[diesel(sql_type = Text)]
    commission_id: CommissionId,
    #[diesel(sql_type = Text)]
    key: String,
    #[diesel(sql_type = BigInt)]
    level: i64,
    #[diesel(sql_type = Binary)]
    rule_id: RuleId,
}

/// What an order has earned, in a fixed order. It is bounded by the items of an order.
pub fn list_earned(
    tx: &mut Tx<'_>,
    tenant: TenantId,
    order: &OrderId,
) -> Result<Vec<Earned>, DbFault> {
    let rows: Vec<EarnedRow> = sql(
        "SELECT commission_id, key, level, rule_id FROM order_commissions \
         WHERE tenant_id = $1 AND order_id = $2 ORDER BY level, key, commission_id",
    )
    .bind(tenant)
    .bind(order)
    .load(tx)?;
    rows.into_iter()
        .map(|row| {
            Ok(Earned {
                commission: row.commission_id,
                key: read_key(&row.key)?,
                level: Level::from_number(row.level).ok_or(damaged("unknown level"))?,
                rule: row.rule_id,
            })
        })
        .collect()
}

pub(super) fn update_refunded(
    tx: &mut Tx<'_>,
    tenant: TenantId,
    order: &OrderId,
    refunded: Fen,
    taken_back: Fen,
) -> Result<(), DbFault> {
    sql(
        "UPDATE orders SET refunded_fen = $3, taken_back_fen = $4 WHERE tenant_id = $1 AND id = $2",
    )
    .bind(tenant)
    .bind(order)
    .bind(refunded)
    .bind(taken_back)
    .execute(tx)?;
    Ok(())
}

#[derive(QueryableByName)]
struct RefundRow {
    #[diesel(sql_type = BigInt)]
    amount_fen: Fen,
    #[diesel(sql_type = BigInt)]
    reversed_fen: Fen,
    #[diesel(sql_type = BigInt)]
    created_at: Timestamp,
}

pub(super) fn find_refund(
    tx: &mut Tx<'_>,
    tenant: TenantId,
    order: &OrderId,
    id: &RefundId,
) -> Result<Option<Refund>, DbFault> {
    let row: Option<RefundRow> = sql(
        "SELECT amount_fen, reversed_fen, created_at FROM order_refunds \
         WHERE tenant_id = $1 AND order_id = $2 AND id = $3",
    )
    .bind(tenant)
    .bind(order)
    .bind(id)
    .find(tx)?;
    Ok(row.map(|row| Refund {
        order: order.clone(),
        id: id.clone(),
        amount: row.amount_fen,
        reversed: row.reversed_fen,
        created_at: row.created_at,
    }))
}

pub(super) fn insert_refund(
    tx: &mut Tx<'_>,
    tenant: TenantId,
    refund: &Refund,
) -> Result<(), DbFault> {
    sql(
        "INSERT INTO order_refunds (tenant_id, order_id, id, amount_fen, reversed_fen, created_at) \
         VALUES ($1, $2, $3, $4, $5, $6)",
    )
    .bind(tenant)
    .bind(&refund.order)
    .bind(&refund.id)
    .bind(refund.amount)
    .bind(refund.reversed)
    .bind(refund.created_at)
    .execute(tx)?;
    Ok(())
}

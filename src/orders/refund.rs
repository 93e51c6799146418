//! An order is refunded, whole or in part: what it has earned is taken back in proportion.
//!
//! After each refund, what was taken back of the order's commissions is their share of all that was refunded so far, rounded down; after
//! a whole refund it is everything. What one refund takes back is split over the commissions by largest remainder, so that the parts
//! sum up.

use serde_json::json;

use super::model::{Order, Refund};
use super::store;
use crate::audit::{self, By, Event, EventKind, Object};
use crate::basics::{CommissionId, Done, Fen, OrderId, RefundId, TenantId, Timestamp};
use crate::commissions::{self, ReverseError};
use crate::db::{DbFault, Tx};

/// Why an order is not refunded.
#[derive(Debug, thiserror::Error)]
pub enum RefundError {
    /// The tenant has no such order.
    #[error("there is no such order")]
    NotFound,
    /// Another refund was told under this id before.
    #[error("a refund {0} of this order with another amount exists")]
    Conflict(RefundId),
    /// More than is left of the order.
    #[error("only {left} of the order are left to be refunded")]
    TooMuch {
        /// What is left.
        left: Fen,
    },
    /// A commission is not taken back.
    #[error(transparent)]
    Reverse(#[from] ReverseError),
    /// The database failed.
    #[error("the database failed")]
    Db(#[from] DbFault),
}

/// Refunds a part of an order, or all of it. Told again with the same amount it changes nothing.
pub fn refund(
    tx: &mut Tx<'_>,
    tenant: TenantId,
    order: &OrderId,
    id: &RefundId,
    amount: Fen,
    by: &By,
    now: Timestamp,
) -> Result<Done<Refund>, RefundError> {
    let before = store::find_locked(tx, tenant, order)?.ok_or(RefundError::NotFound)?;
    if let Some(told) = store::find_refund(tx, tenant, order, id)? {
        return if told.amount == amount {
            Ok(Done::Already(told))
        } else {
            Err(RefundError::Conflict(id.clone()))
        };
    }
    let left = before.amount.minus(before.refunded).unwrap_or(Fen::ZERO);
    if amount > left {
        return Err(RefundError::TooMuch { left });
    }
    let refunded = before
        .refunded
        .plus(amount)
        .map_err(|_| RefundError::TooMuch { left })?;
    let target = share_of_refunded(&before, refunded);
    let due = target.minus(before.taken_back).unwrap_or(Fen::ZERO);
    let cause = format!("{order}/{id}");
    let mut reversed = Fen::ZERO;
    for (commission, part) in parts(tx, tenant, order, due)? {
        let taken = commissions::reduce(tx, tenant, &commission, part, &cause, by, now)?;
        reversed = reversed.plus(taken).unwrap_or(reversed);
    }
    store::update_refunded(tx, tenant, order, refunded, target)?;
    let refund = Refund {
        order: order.clone(),
        id: id.clone(),
        amount,
        reversed,
        created_at: now,
    };
    store::insert_refund(tx, tenant, &refund)?;
    let event = Event {
        kind: EventKind::OrderRefunded,
        object: Object::Order(order.clone()),
        details: json!({ "refund": id, "amount_fen": amount, "reversed_fen": reversed }),
    };
    audit::record(tx, tenant, event, by, now)?;
    Ok(Done::Now(refund))
}

/// What is to be taken back of an order's commissions once so much of it is refunded: a whole refund takes everything.
fn share_of_refunded(order: &Order, refunded: Fen) -> Fen {
    order.commission.part_rounded_down(refunded, order.amount)
}

/// What each commission gives of `due`: in proportion to what is left of it, and never more.
fn parts(
    tx: &mut Tx<'_>,
    tenant: TenantId,
    order: &OrderId,
    due: Fen,
) -> Result<Vec<(CommissionId, Fen)>, DbFault> {
    let mut left = Vec::new();
    for earned in store::list_earned(tx, tenant, order)? {
        if let Some(commission) = commissions::find(tx, tenant, &earned.commission)? {
            left.push((commission.id.clone(), commission.remaining()));
        }
    }
    let weights: Vec<Fen> = left.iter().map(|(_, remaining)| *remaining).collect();
    let all = Fen::sum(weights.iter().copied()).unwrap_or(due);
    let parts = due.min(all).split_by_largest_remainder(&weights);
    Ok(left
        .into_iter()
        .zip(parts)
        .map(|((id, _), part)| (id, part))
        .collect())
}

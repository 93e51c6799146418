//! Letting a payout through and counting it in one step.

use super::rule::{LimitName, Policy};
use super::store::{self, Used};
use crate::basics::{Day, Fen, RecipientId, TenantId, Timestamp};
use crate::db::{DbFault, Tx};

/// A limit that does not let a payout through.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the limit {} of {limit} does not let this through: {used} used, {remaining} left", name.as_str())]
pub struct LimitExceeded {
    /// Which one.
    pub name: LimitName,
    /// Its number, in the limit's unit.
    pub limit: i64,
    /// What the day has used before this payout.
    pub used: i64,
    /// What is left; never below zero.
    pub remaining: i64,
    /// When the counter starts anew; none for a limit of one payout.
    pub resets_at: Option<Timestamp>,
}

/// Why nothing is reserved.
#[derive(Debug, thiserror::Error)]
pub enum ReserveError {
    /// A limit does not let it through.
    #[error(transparent)]
    Exceeded(#[from] LimitExceeded),
    /// The database failed.
    #[error("the database failed")]
    Db(#[from] DbFault),
}

/// Counts a payout on a day, unless a limit refuses it. On a refusal the counters have moved already: the caller
/// rolls back, or calls [`release`].
///
/// The recipient's row is locked before the tenant's, by everyone, and the tenant's last of all: a busy shop's
/// requests wait for each other only from here to their commit.
pub fn reserve(
    tx: &mut Tx<'_>,
    tenant: TenantId,
    recipient: &RecipientId,
    amount: Fen,
    policy: &Policy,
    day: Day,
) -> Result<(), ReserveError> {
    let used = store::add_usage(tx, tenant, recipient, day, amount)?;
    judge_day(policy, amount, day, &used).map_err(ReserveError::Exceeded)
}

/// Gives back what a payout had reserved on its day.
pub fn release(
    tx: &mut Tx<'_>,
    tenant: TenantId,
    recipient: &RecipientId,
    amount: Fen,
    day: Day,
) -> Result<(), DbFault> {
    store::take_usage(tx, tenant, recipient, day, amount)
}

/// Counts a payout on another day than it was planned for, because it is sent on that day. Refused when that day
/// has no room; then nothing has moved.
pub fn move_to_day(
    tx: &mut Tx<'_>,
    tenant: TenantId,
    recipient: &RecipientId,
    amount: Fen,
    policy: &Policy,
    from: Day,
    to: Day,
) -> Result<(), ReserveError> {
    match reserve(tx, tenant, recipient, amount, policy, to) {
        Ok(()) => Ok(release(tx, tenant, recipient, amount, from)?),
        Err(ReserveError::Exceeded(exceeded)) => {
            release(tx, tenant, recipient, amount, to)?;
            Err(exceeded.into())
        }
        Err(ReserveError::Db(fault)) => Err(fault.into()),
    }
}

/// Whether one payout of this amount may ever pass, on the emptiest of days.
pub(super) fn judge_amount(policy: &Policy, amount: Fen) -> Result<(), LimitExceeded> {
    let of_one = |name, limit| LimitExceeded {
        name,
        limit,
        used: 0,
        remaining: limit,
        resets_at: None,
    };
    if let Some(limit) = policy.in_force(LimitName::TransferMin)
        && amount.fen() < limit
    {
        return Err(of_one(LimitName::TransferMin, limit));
    }
    if let Some(limit) = policy.in_force(LimitName::TransferMax)
        && amount.fen() > limit
    {
        return Err(of_one(LimitName::TransferMax, limit));
    }
    Ok(())
}

/// Whether a day's limits can hold this amount at all.
pub(super) fn could_ever_fit(policy: &Policy, amount: Fen, day: Day) -> Result<(), LimitExceeded> {
    let alone = Used { amount, payouts: 1 };
    judge_day(
        policy,
        amount,
        day,
        &store::DayUsage {
            recipient: alone,
            tenant: alone,
        },
    )
}

/// Judges counters that already include the payout.
fn judge_day(
    policy: &Policy,
    amount: Fen,
    day: Day,
    after: &store::DayUsage,
) -> Result<(), LimitExceeded> {
    let checks = [
        (
            LimitName::RecipientDayAmount,
            after.recipient.amount.fen(),
            amount.fen(),
        ),
        (LimitName::RecipientDayCount, after.recipient.payouts, 1),
        (
            LimitName::TenantDayAmount,
            after.tenant.amount.fen(),
            amount.fen(),
        ),
        (LimitName::TenantDayCount, after.tenant.payouts, 1),
    ];
    for (name, after, added) in checks {
        if let Some(limit) = policy.in_force(name)
            && after > limit
        {
            let used = after.saturating_sub(added);
            let remaining = limit.saturating_sub(used).max(0);
            return Err(LimitExceeded {
                name,
                limit,
                used,
                remaining,
                resets_at: Some(day.end()),
            });
        }
    }
    Ok(())
}

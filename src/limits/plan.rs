//! Finding the day on which a payout goes out.

use super::reserve::{LimitExceeded, ReserveError, could_ever_fit, judge_amount, release, reserve};
use super::rule::{LimitName, Policy, WhenDayIsFull};
use crate::basics::{Day, Fen, RecipientId, TenantId, Timestamp};
use crate::db::Tx;

/// How many days ahead a payout may be queued. Beyond that a shop has a different problem than a full day.
const DAYS_AHEAD: u32 = 30;

/// The day that a payout holds room on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Planned {
    /// The day.
    pub day: Day,
    /// The limit because of which it is not today.
    pub waits_for: Option<LimitName>,
}

impl Planned {
    /// The instant before which it is not sent, when it waits.
    pub fn not_before(&self) -> Option<Timestamp> {
        self.waits_for.map(|_| self.day.start())
    }
}

/// Whether a payout of this amount could pass on the emptiest of days. It costs nothing, so it is asked before anything is held.
pub fn could_pass(policy: &Policy, amount: Fen, now: Timestamp) -> Result<(), LimitExceeded> {
    judge_amount(policy, amount)?;
    could_ever_fit(policy, amount, now.day())
}

/// Reserves room today, or, when the tenant has chosen to queue, on the next day with room. A payout that could
/// never fit is refused either way.
pub fn plan(
    tx: &mut Tx<'_>,
    tenant: TenantId,
    recipient: &RecipientId,
    amount: Fen,
    policy: &Policy,
    now: Timestamp,
) -> Result<Planned, ReserveError> {
    could_pass(policy, amount, now)?;
    let mut day = now.day();
    let mut first_refusal: Option<LimitExceeded> = None;
    for _ in 0..=DAYS_AHEAD {
        match (
            reserve(tx, tenant, recipient, amount, policy, day),
            policy.when_day_is_full,
        ) {
            (Ok(()), _) => {
                return Ok(Planned {
                    day,
                    waits_for: first_refusal.map(|refusal| refusal.name),
                });
            }
            (Err(ReserveError::Exceeded(refusal)), WhenDayIsFull::Queue) => {
                release(tx, tenant, recipient, amount, day)?;
                first_refusal.get_or_insert(refusal);
                day = day.next();
            }
            (Err(error), _) => return Err(error),
        }
    }
    // the loop runs at least once, so there is a refusal
    match first_refusal {
        Some(refusal) => Err(refusal.into()),
        None => Ok(Planned {
            day,
            waits_for: None,
        }),
    }
}

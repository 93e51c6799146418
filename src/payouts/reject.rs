//! A member rejects a payout that waits in review.

use serde_json::json;

use super::give_back::give_back;
use super::model::{NoSuchWay, Payout, Status};
use super::store;
use super::tally::count_ended;
use super::tell::tell;
use crate::audit::{self, By, Event, EventKind, Object};
use crate::basics::{Done, PayoutId, TenantId, Timestamp};
use crate::db::{DbFault, Tx};
use crate::outbox::Kind;

/// Why a rejection is not taken.
#[derive(Debug, thiserror::Error)]
pub enum RejectError {
    /// The tenant has no such payout.
    #[error("there is no such payout")]
    NotFound,
    /// It does not wait for approval, or no longer.
    #[error("the payout is {}, not in review", .0.as_str())]
    NotInReview(Status),
    /// Only people reject.
    #[error("only a member can reject")]
    NotAPerson,
    /// The recipient will ask why.
    #[error("a rejection needs a reason of 1 to 200 characters")]
    NoReason,
    /// A way that no payout may go.
    #[error(transparent)]
    NoSuchWay(#[from] NoSuchWay),
    /// The database failed.
    #[error("the database failed")]
    Db(#[from] DbFault),
}

/// Rejects, and gives the money and the room back.
pub fn reject(
    tx: &mut Tx<'_>,
    tenant: TenantId,
    id: PayoutId,
    reason: &str,
    by: &By,
    now: Timestamp,
) -> Result<Done<Payout>, RejectError> {
    if by.person().is_none() {
        return Err(RejectError::NotAPerson);
    }
    let reason = reason.trim();
    if !(1..=200).contains(&reason.chars().count()) {
        return Err(RejectError::NoReason);
    }
    let mut payout = store::find_locked(tx, tenant, id)?.ok_or(RejectError::NotFound)?;
    let seen_fence = payout.work.fence;
    if payout.status == Status::Rejected {
        return Ok(Done::Already(payout));
    }
    if payout.status != Status::InReview {
        return Err(RejectError::NotInReview(payout.status));
    }
    if payout.work.may_have_been_sent {
        // an older database was put back: in what it has lost, this may have been approved and paid
        return Err(RejectError::NotInReview(Status::Processing));
    }
    payout.finish(Status::Rejected, now)?;
    payout.reason_code = Some("rejected".to_owned());
    let saved = store::save(tx, tenant, &payout, seen_fence)?;
    let event = Event {
        kind: EventKind::PayoutRejected,
        object: Object::Payout(id),
        details: json!({ "reason": reason }),
    };
    audit::record(tx, tenant, event, by, now)?;
    tell(tx, tenant, &payout, Kind::PayoutRejected, saved, now)?;
    give_back(tx, tenant, &payout, now)?;
    count_ended(tx, &[(tenant, &payout)])?;
    Ok(Done::Now(payout))
}

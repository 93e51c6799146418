//! 立即查询: a member wants to know now what became of a payout, and not when the engine would ask by itself.

use serde_json::json;

use super::attempt::is_under_way;
use super::model::{Payout, Status, Step};
use super::store;
use crate::audit::{self, By, Event, EventKind, Object};
use crate::basics::{Done, PayoutId, TenantId, Timestamp};
use crate::db::{DbFault, Tx};

/// Why the rail is not asked now.
#[derive(Debug, thiserror::Error)]
pub enum AskNowError {
    /// The tenant has no such payout.
    #[error("there is no such payout")]
    NotFound,
    /// Nothing of it is open at the rail.
    #[error("the payout is {}, there is nothing to ask about", .0.as_str())]
    NothingToAsk(Status),
    /// A call for it is under way this moment. Two at once for one number never happen: their answers could contradict each other.
    #[error("a call for this payout is under way")]
    UnderWay,
    /// The database failed.
    #[error("the database failed")]
    Db(#[from] DbFault),
}

/// Makes the next question due. The answer is judged as every other.
pub fn ask_now(
    tx: &mut Tx<'_>,
    tenant: TenantId,
    id: PayoutId,
    by: &By,
    now: Timestamp,
) -> Result<Done<Payout>, AskNowError> {
    let mut payout = store::find_locked(tx, tenant, id)?.ok_or(AskNowError::NotFound)?;
    let seen_fence = payout.work.fence;
    let open = match payout.status {
        Status::Processing | Status::AwaitingRecipient => payout.work.next,
        Status::InReview
        | Status::Queued
        | Status::Succeeded
        | Status::Failed
        | Status::Rejected
        | Status::Cancelled => None,
    };
    let Some((step, due_at)) = open else {
        return Err(AskNowError::NothingToAsk(payout.status));
    };
    if due_at <= now || step == Step::Submit {
        return Ok(Done::Already(payout));
    }
    if is_under_way(tx, tenant, &payout)? {
        return Err(AskNowError::UnderWay);
    }
    payout.work.next = Some((Step::Inquire, now));
    store::save(tx, tenant, &payout, seen_fence)?;
    let event = Event {
        kind: EventKind::PayoutAsked,
        object: Object::Payout(id),
        details: json!({}),
    };
    audit::record(tx, tenant, event, by, now)?;
    Ok(Done::Now(payout))
}

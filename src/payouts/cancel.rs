//! A payout is called off before anything of it can have reached the rail.

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

/// Why a payout is not cancelled.
#[derive(Debug, thiserror::Error)]
pub enum CancelError {
    /// The tenant has no such payout.
    #[error("there is no such payout")]
    NotFound,
    /// It was sent, or may have been, or is final.
    #[error("the payout is {} and can no longer be cancelled", .0.as_str())]
    NotCancellable(Status),
    /// A way that no payout may go.
    #[error(transparent)]
    NoSuchWay(#[from] NoSuchWay),
    /// The database failed.
    #[error("the database failed")]
    Db(#[from] DbFault),
}

/// Cancels, and gives the money and the room back. Done again it changes nothing.
pub fn cancel(
    tx: &mut Tx<'_>,
    tenant: TenantId,
    id: PayoutId,
    by: &By,
    now: Timestamp,
) -> Result<Done<Payout>, CancelError> {
    let mut payout = store::find_locked(tx, tenant, id)?.ok_or(CancelError::NotFound)?;
    let seen_fence = payout.work.fence;
    if payout.status == Status::Cancelled {
        return Ok(Done::Already(payout));
    }
    if !payout.can_be_cancelled() {
        return Err(CancelError::NotCancellable(payout.status));
    }
    payout.finish(Status::Cancelled, now)?;
    payout.reason_code = Some("cancelled".to_owned());
    let saved = store::save(tx, tenant, &payout, seen_fence)?;
    let event = Event {
        kind: EventKind::PayoutCancelled,
        object: Object::Payout(id),
        details: json!({}),
    };
    audit::record(tx, tenant, event, by, now)?;
    tell(tx, tenant, &payout, Kind::PayoutCancelled, saved, now)?;
    give_back(tx, tenant, &payout, now)?;
    count_ended(tx, &[(tenant, &payout)])?;
    Ok(Done::Now(payout))
}

//! 立即重试: a member lets a payout that waits for its time be tried at once, under the number it has.

use serde_json::json;

use super::lane::{LaneState, find_lane, platform};
use super::model::{Payout, Status, Step};
use super::store;
use crate::audit::{self, By, Event, EventKind, Object};
use crate::basics::{Done, PayoutId, TenantId, Timestamp};
use crate::db::{DbFault, Tx};

/// Why a payout is not tried now.
#[derive(Debug, thiserror::Error)]
pub enum HurryError {
    /// The tenant has no such payout.
    #[error("there is no such payout")]
    NotFound,
    /// It does not wait to be sent. What may have been sent is asked about and never hurried.
    #[error("the payout is {} and does not wait to be sent", .0.as_str())]
    NotWaiting(Status),
    /// All payouts of the tenant wait: the trouble has to be mended first.
    #[error("no payout is sent at the moment: {}", .0.as_str())]
    LaneClosed(LaneState),
    /// The database failed.
    #[error("the database failed")]
    Db(#[from] DbFault),
}

/// Makes it due. The limits of the day are counted when it is sent, as for every other: when there is no room, it waits again.
pub fn hurry(
    tx: &mut Tx<'_>,
    tenant: TenantId,
    id: PayoutId,
    by: &By,
    now: Timestamp,
) -> Result<Done<Payout>, HurryError> {
    let mut payout = store::find_locked(tx, tenant, id)?.ok_or(HurryError::NotFound)?;
    let seen_fence = payout.work.fence;
    let due_at = match (payout.status, payout.work.next) {
        (Status::Queued, Some((Step::Submit, due_at))) => due_at,
        (status, _) => return Err(HurryError::NotWaiting(status)),
    };
    for lane in [platform(), tenant] {
        if let Some(lane) = find_lane(tx, lane)? {
            return Err(HurryError::LaneClosed(lane.state));
        }
    }
    if due_at <= now {
        return Ok(Done::Already(payout));
    }
    payout.not_before = None;
    payout.work.next = Some((Step::Submit, now));
    store::save(tx, tenant, &payout, seen_fence)?;
    let event = Event {
        kind: EventKind::PayoutHurried,
        object: Object::Payout(id),
        details: json!({ "code": payout.reason_code }),
    };
    audit::record(tx, tenant, event, by, now)?;
    Ok(Done::Now(payout))
}

//! A member approves a payout that waits in review.

use serde_json::json;

use super::fingerprint::Fingerprint;
use super::model::{NoSuchWay, Payout, Status, Step};
use super::store;
use super::tell::tell;
use crate::audit::{self, By, Event, EventKind, Object};
use crate::basics::{Done, PayoutId, PersonId, TenantId, Timestamp};
use crate::db::{DbFault, Tx};
use crate::limits::{self, LimitExceeded, Policy, ReserveError};
use crate::outbox::Kind;

/// Why an approval is not taken.
#[derive(Debug, thiserror::Error)]
pub enum ApproveError {
    /// The tenant has no such payout.
    #[error("there is no such payout")]
    NotFound,
    /// It does not wait for approval, or no longer.
    #[error("the payout is {}, not in review", .0.as_str())]
    NotInReview(Status),
    /// Only people approve.
    #[error("only a member can approve")]
    NotAPerson,
    /// It is not what the person has looked at.
    #[error("the payout is not what was looked at")]
    Changed,
    /// This person has approved it already; the second approval has to be another person's.
    #[error("the same person cannot approve twice")]
    SamePerson,
    /// The day on which it would be sent has no room.
    #[error(transparent)]
    LimitExceeded(#[from] LimitExceeded),
    /// A way that no payout may go.
    #[error(transparent)]
    NoSuchWay(#[from] NoSuchWay),
    /// The database failed.
    #[error("the database failed")]
    Db(#[from] DbFault),
}

/// Approves what was looked at: an approval is bound to the `seen` facts, when there is a page that showed them. With the last
/// approval that is needed the payout is queued; its room in the limits moves to today.
pub fn approve(
    tx: &mut Tx<'_>,
    tenant: TenantId,
    id: PayoutId,
    seen: Option<&Fingerprint>,
    policy: &Policy,
    by: &By,
    now: Timestamp,
) -> Result<Done<Payout>, ApproveError> {
    let person = by.person().ok_or(ApproveError::NotAPerson)?;
    let mut payout = store::find_locked(tx, tenant, id)?.ok_or(ApproveError::NotFound)?;
    let seen_fence = payout.work.fence;
    let given = store::list_approvals(tx, tenant, id)?;
    if payout.status != Status::InReview {
        return if given.contains(&person) && payout.status != Status::Rejected {
            Ok(Done::Already(payout))
        } else {
            Err(ApproveError::NotInReview(payout.status))
        };
    }
    if given.contains(&person) {
        return Err(ApproveError::SamePerson);
    }
    let fingerprint = Fingerprint::of(tenant, &payout);
    if seen.is_some_and(|seen| *seen != fingerprint) {
        return Err(ApproveError::Changed);
    }
    store::insert_approval(tx, tenant, id, person, now)?;
    let approvals = i64::try_from(given.len())
        .unwrap_or(i64::MAX)
        .saturating_add(1);
    let event = Event {
        kind: EventKind::PayoutApproved,
        object: Object::Payout(id),
        details: json!({
            "approvals": approvals,
            "needed": payout.approvals_needed,
            "seen": fingerprint.to_string(),
        }),
    };
    audit::record(tx, tenant, event, by, now)?;
    if approvals < payout.approvals_needed {
        return Ok(Done::Now(payout));
    }
    let today = now.day();
    if payout.planned_on < today {
        // what waited over midnight goes out today and counts today
        limits::move_to_day(
            tx,
            tenant,
            &payout.recipient,
            payout.amount,
            policy,
            payout.planned_on,
            today,
        )
        .map_err(|error| match error {
            ReserveError::Exceeded(exceeded) => ApproveError::LimitExceeded(exceeded),
            ReserveError::Db(fault) => ApproveError::Db(fault),
        })?;
        payout.planned_on = today;
        payout.not_before = None;
        payout.reason_code = None;
    }
    payout.queue(payout.not_before.unwrap_or(now).max(now))?;
    if payout.work.may_have_been_sent {
        // an older database was put back, and this is still asked about; a question under way finds its fence gone
        payout.work.next = Some((Step::Inquire, now));
        payout.work.fence = payout.work.fence.saturating_add(1);
    }
    let saved = store::save(tx, tenant, &payout, seen_fence)?;
    tell(tx, tenant, &payout, Kind::PayoutQueued, saved, now)?;
    Ok(Done::Now(payout))
}

/// Who has approved a payout so far.
pub fn approvals_given(
    tx: &mut Tx<'_>,
    tenant: TenantId,
    id: PayoutId,
) -> Result<Vec<PersonId>, DbFault> {
    store::list_approvals(tx, tenant, id)
}

//! Keeping a member out.

use serde_json::json;

use super::{MemberError, load_locked, store};
use crate::audit::{self, Actor, By, Event, EventKind, Object};
use crate::basics::{Done, MemberId, TenantId, Timestamp};
use crate::db::Tx;

/// From now on the member does not sign in here, and the sessions that live end.
pub fn disable(
    tx: &mut Tx<'_>,
    tenant: TenantId,
    member: MemberId,
    by: &By,
    now: Timestamp,
) -> Result<Done<()>, MemberError> {
    let (line, is_last_owner) = load_locked(tx, tenant, member)?;
    if line.disabled_at.is_some() {
        return Ok(Done::Already(()));
    }
    if is_last_owner {
        return Err(MemberError::LastOwner);
    }
    if matches!(by.actor, Actor::Member { person, .. } if person == line.person) {
        return Err(MemberError::Oneself);
    }
    store::put_disabled(tx, tenant, member, Some(now))?;
    let ended = store::end_sessions(tx, tenant, line.person, now)?;
    let event = Event {
        kind: EventKind::MemberDisabled,
        object: Object::Member(member),
        details: json!({ "email": line.email, "sessions_ended": ended }),
    };
    audit::record(tx, tenant, event, by, now)?;
    Ok(Done::Now(()))
}

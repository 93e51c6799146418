//! Letting a member in again.

use serde_json::json;

use super::{MemberError, load_locked, store};
use crate::audit::{self, By, Event, EventKind, Object};
use crate::basics::{Done, MemberId, TenantId, Timestamp};
use crate::db::Tx;

/// From now on the member may sign in again, in the role that they had.
pub fn enable(
    tx: &mut Tx<'_>,
    tenant: TenantId,
    member: MemberId,
    by: &By,
    now: Timestamp,
) -> Result<Done<()>, MemberError> {
    let (line, _) = load_locked(tx, tenant, member)?;
    if line.disabled_at.is_none() {
        return Ok(Done::Already(()));
    }
    store::put_disabled(tx, tenant, member, None)?;
    let event = Event {
        kind: EventKind::MemberEnabled,
        object: Object::Member(member),
        details: json!({ "email": line.email, "role": line.role.as_str() }),
    };
    audit::record(tx, tenant, event, by, now)?;
    Ok(Done::Now(()))
}

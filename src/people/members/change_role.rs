//! Giving a member another role. It holds from the member's next request.

use serde_json::json;

use super::{MemberError, load_locked, store};
use crate::audit::{self, By, Event, EventKind, Object};
use crate::basics::{Done, MemberId, TenantId, Timestamp};
use crate::db::Tx;
use crate::people::model::Role;

/// Changes the role of a member.
pub fn change_role(
    tx: &mut Tx<'_>,
    tenant: TenantId,
    member: MemberId,
    role: Role,
    by: &By,
    now: Timestamp,
) -> Result<Done<()>, MemberError> {
    let (line, is_last_owner) = load_locked(tx, tenant, member)?;
    if line.role == role {
        return Ok(Done::Already(()));
    }
    if is_last_owner {
        return Err(MemberError::LastOwner);
    }
    store::put_role(tx, tenant, member, role)?;
    let event = Event {
        kind: EventKind::MemberRoleChanged,
        object: Object::Member(member),
        details: json!({ "email": line.email, "role": [line.role.as_str(), role.as_str()] }),
    };
    audit::record(tx, tenant, event, by, now)?;
    Ok(Done::Now(()))
}

//! Ending the sessions of a member.

use serde_json::json;

use super::{MemberError, load_locked, store};
use crate::audit::{self, By, Event, EventKind, Object};
use crate::basics::{MemberId, TenantId, Timestamp};
use crate::db::Tx;

/// Ends all sessions of a member in this tenant; how many there were.
pub fn end_sessions(
    tx: &mut Tx<'_>,
    tenant: TenantId,
    member: MemberId,
    by: &By,
    now: Timestamp,
) -> Result<usize, MemberError> {
    let (line, _) = load_locked(tx, tenant, member)?;
    let ended = store::end_sessions(tx, tenant, line.person, now)?;
    if ended > 0 {
        let event = Event {
            kind: EventKind::SessionsEnded,
            object: Object::Member(member),
            details: json!({ "email": line.email, "sessions": ended }),
        };
        audit::record(tx, tenant, event, by, now)?;
    }
    Ok(ended)
}

//! Ending one's own sessions elsewhere.

use serde_json::json;

use super::across_tenants;
use crate::audit::{self, By, Event, EventKind, Object};
use crate::basics::{SessionId, Timestamp};
use crate::db::{DbFault, Tx};
use crate::people::session::SignedIn;

/// Ends one session of the person; whether there was one. Another person's session is not there.
pub fn end_own_session(
    tx: &mut Tx<'_>,
    who: &SignedIn,
    session: SessionId,
    by: &By,
    now: Timestamp,
) -> Result<bool, DbFault> {
    let ended = across_tenants::end(tx, who.person, session, now)?;
    if ended {
        record(tx, who, 1, by, now)?;
    }
    Ok(ended)
}

/// Ends all sessions of the person but this one; how many there were.
pub fn end_other_sessions(
    tx: &mut Tx<'_>,
    who: &SignedIn,
    by: &By,
    now: Timestamp,
) -> Result<usize, DbFault> {
    let ended = across_tenants::end_others(tx, who.person, who.session, now)?;
    if ended > 0 {
        record(tx, who, ended, by, now)?;
    }
    Ok(ended)
}

fn record(
    tx: &mut Tx<'_>,
    who: &SignedIn,
    sessions: usize,
    by: &By,
    now: Timestamp,
) -> Result<(), DbFault> {
    let event = Event {
        kind: EventKind::SessionsEnded,
        object: Object::Member(who.member),
        details: json!({ "sessions": sessions }),
    };
    audit::record(tx, who.tenant, event, by, now)
}

//! A member has events sent again: one, or those of a time.

use serde_json::json;

use super::store;
use crate::audit::{self, By, Event, EventKind, Object};
use crate::basics::{EndpointId, EventId, TenantId, Timestamp, ids};
use crate::db::{DbFault, Tx};

/// How many events one replay sends again; a longer time takes several.
pub const REPLAY_MOST: i64 = 10_000;

/// Why nothing is sent again.
#[derive(Debug, thiserror::Error)]
pub enum ReplayError {
    /// The tenant has no such endpoint, or the endpoint no such event.
    #[error("there is no such endpoint or event")]
    NotFound,
    /// The time ends before it begins.
    #[error("the time ends before it begins")]
    Backwards,
    /// The database failed.
    #[error("the database failed")]
    Db(#[from] DbFault),
}

/// Which events of a time are sent again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Which {
    /// Those whose schedule is over without success.
    Failed,
    /// Those that were delivered, too.
    All,
}

impl Which {
    const fn as_str(self) -> &'static str {
        match self {
            Which::Failed => "failed",
            Which::All => "all",
        }
    }

    const fn condition(self) -> &'static str {
        match self {
            Which::Failed => "state = 'failed'",
            Which::All => "state <> 'waiting'",
        }
    }
}

/// Sends one event again, at once, also one that waits for its next try.
pub fn replay(
    tx: &mut Tx<'_>,
    tenant: TenantId,
    endpoint: EndpointId,
    event: EventId,
    by: &By,
    now: Timestamp,
) -> Result<(), ReplayError> {
    store::find_endpoint(tx, tenant, endpoint)?.ok_or(ReplayError::NotFound)?;
    if !store::send_again(tx, tenant, endpoint, event, now)? {
        return Err(ReplayError::NotFound);
    }
    let record = Event {
        kind: EventKind::EndpointReplayed,
        object: Object::Endpoint(endpoint),
        details: json!({ "event": event }),
    };
    audit::record(tx, tenant, record, by, now)?;
    Ok(())
}

/// Sends the events from one instant up to another again, the oldest [`REPLAY_MOST`] of them. Gives how many.
pub fn replay_range(
    tx: &mut Tx<'_>,
    tenant: TenantId,
    endpoint: EndpointId,
    from: Timestamp,
    to: Timestamp,
    which: Which,
    by: &By,
    now: Timestamp,
) -> Result<usize, ReplayError> {
    if to <= from {
        return Err(ReplayError::Backwards);
    }
    store::find_endpoint(tx, tenant, endpoint)?.ok_or(ReplayError::NotFound)?;
    let (first, end) = (ids::first_of(from), ids::first_of(to));
    let states = which.condition();
    let count =
        store::send_range_again(tx, tenant, endpoint, first, end, states, REPLAY_MOST, now)?;
    let record = Event {
        kind: EventKind::EndpointReplayed,
        object: Object::Endpoint(endpoint),
        details: json!({ "from": from, "to": to, "which": which.as_str(), "events": count }),
    };
    audit::record(tx, tenant, record, by, now)?;
    Ok(count)
}

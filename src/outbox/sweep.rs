//! What is old goes: events are kept for 30 days.

use std::time::Duration;

use super::across_tenants::{self, SweptEndpoint};
use crate::basics::{EndpointId, Timestamp, ids};
use crate::db::{DbFault, Tx};

/// How long an event is kept, delivered or given up.
const KEPT_FOR: Duration = Duration::from_hours(30 * 24);

/// How long one is kept that may be told only once: as long as it is there, it is not told again.
const KEPT_LONGEST: Duration = Duration::from_hours(400 * 24);

/// How long what waits for a disabled endpoint is kept.
const WAITS_FOR: Duration = Duration::from_hours(90 * 24);

/// How many endpoints one sweep looks at, and how many events of each it removes: the transaction stays short.
const ENDPOINTS: i64 = 50;
const EVENTS: i64 = 200;

/// What one sweep did.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Swept {
    /// Events that went.
    pub events: usize,
    /// Where the next sweep begins; none when it begins anew.
    pub after: Option<EndpointId>,
}

/// Sweeps some endpoints, from the one after `after` on.
pub fn sweep(tx: &mut Tx<'_>, after: Option<EndpointId>, now: Timestamp) -> Result<Swept, DbFault> {
    let endpoints = across_tenants::list_for_sweeping(tx, after, ENDPOINTS)?;
    let mut events = 0_usize;
    for endpoint in &endpoints {
        events = events.saturating_add(sweep_one(tx, endpoint, now)?);
    }
    let saw_all = i64::try_from(endpoints.len()).unwrap_or(i64::MAX) < ENDPOINTS;
    let last = endpoints.last().map(|endpoint| endpoint.id);
    Ok(Swept {
        events,
        after: last.filter(|_| !saw_all),
    })
}

fn sweep_one(tx: &mut Tx<'_>, endpoint: &SweptEndpoint, now: Timestamp) -> Result<usize, DbFault> {
    let older_than = |age| ids::first_of(now.minus(age));
    let mut delete =
        |end, condition| across_tenants::delete_deliveries(tx, endpoint, end, condition, EVENTS);
    if endpoint.removed_at.is_some() {
        let end = ids::first_of(now.plus(KEPT_FOR));
        let count = delete(end, "1 = 1")?;
        if count == 0 {
            across_tenants::delete_endpoint(tx, endpoint)?;
        }
        return Ok(count);
    }
    let over = delete(older_than(KEPT_FOR), "due_at IS NULL AND told_once IS NULL")?;
    let waiting = delete(
        older_than(WAITS_FOR),
        "due_at IS NOT NULL AND told_once IS NULL",
    )?;
    let once = delete(older_than(KEPT_LONGEST), "told_once IS NOT NULL")?;
    Ok(over.saturating_add(waiting).saturating_add(once))
}

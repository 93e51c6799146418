//! The rail has answered about a payout that had been in doubt for long.

use super::model::Kind;
use super::store;
use crate::audit::{self, By, Event, EventKind, Object};
use crate::basics::{PayoutId, TenantId, Timestamp};
use crate::db::{DbFault, Tx};
use serde_json::json;

/// How a finding is resolved that closes by itself.
pub const ANSWERED: &str = "the rail has answered";

/// Closes the finding that somebody was told of, if there is one. Nobody has to say how: the payout says it.
pub fn answered(
    tx: &mut Tx<'_>,
    tenant: TenantId,
    payout: PayoutId,
    by: &By,
    now: Timestamp,
) -> Result<bool, DbFault> {
    let kind = Kind::InDoubtForADay;
    if !store::close_kind(tx, tenant, payout, kind, ANSWERED, by.text(), now)? {
        return Ok(false);
    }
    let event = Event {
        kind: EventKind::FindingResolved,
        object: Object::Payout(payout),
        details: json!({ "kind": kind.as_str(), "resolution": ANSWERED }),
    };
    audit::record(tx, tenant, event, by, now)?;
    Ok(true)
}

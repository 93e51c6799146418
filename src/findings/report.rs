//! Reporting a finding.

use serde_json::{Value as Json, json};

use super::model::Kind;
use super::store;
use crate::audit::{self, By, Event, EventKind, Object};
use crate::basics::{PayoutId, TenantId, Timestamp};
use crate::db::{DbFault, Tx};

/// Reports it, unless it was reported before. True when it is new.
pub fn report(
    tx: &mut Tx<'_>,
    tenant: TenantId,
    payout: PayoutId,
    kind: Kind,
    details: &Json,
    by: &By,
    now: Timestamp,
) -> Result<bool, DbFault> {
    if !store::insert(tx, tenant, payout, kind, details, now)? {
        return Ok(false);
    }
    let event = Event {
        kind: EventKind::FindingReported,
        object: Object::Payout(payout),
        details: json!({ "kind": kind.as_str(), "facts": details }),
    };
    audit::record(tx, tenant, event, by, now)?;
    Ok(true)
}

//! An endpoint is called again.

use serde_json::json;

use super::change::EndpointError;
use super::store;
use crate::audit::{self, By, Event, EventKind, Object};
use crate::basics::{Done, EndpointId, TenantId, Timestamp};
use crate::db::Tx;

/// Enables an endpoint. What has happened while it was disabled is sent now.
pub fn enable(
    tx: &mut Tx<'_>,
    tenant: TenantId,
    id: EndpointId,
    by: &By,
    now: Timestamp,
) -> Result<Done<()>, EndpointError> {
    let endpoint = store::find_locked(tx, tenant, id)?.ok_or(EndpointError::NotFound)?;
    if endpoint.disabled.is_none() {
        return Ok(Done::Already(()));
    }
    store::update_disabled(tx, tenant, id, None)?;
    let event = Event {
        kind: EventKind::EndpointEnabled,
        object: Object::Endpoint(id),
        details: json!({}),
    };
    audit::record(tx, tenant, event, by, now)?;
    Ok(Done::Now(()))
}

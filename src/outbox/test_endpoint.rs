//! A member asks for a test: an event that says nothing, to one endpoint.

use serde_json::json;

use super::change::EndpointError;
use super::store;
use crate::audit::{self, By, Event, EventKind, Object};
use crate::basics::{EndpointId, EventId, TenantId, Timestamp};
use crate::db::Tx;

/// Sends a test to an endpoint, whatever it has asked for. A disabled one gets it when it is enabled again.
pub fn test_endpoint(
    tx: &mut Tx<'_>,
    tenant: TenantId,
    id: EndpointId,
    by: &By,
    now: Timestamp,
) -> Result<EventId, EndpointError> {
    store::find_endpoint(tx, tenant, id)?.ok_or(EndpointError::NotFound)?;
    let facts = json!({ "endpoint_id": id, "message": "a test; nothing has happened" });
    let event = store::insert_test(tx, tenant, id, &facts, now)?;
    let record = Event {
        kind: EventKind::EndpointTested,
        object: Object::Endpoint(id),
        details: json!({ "event": event }),
    };
    audit::record(tx, tenant, record, by, now)?;
    Ok(event)
}

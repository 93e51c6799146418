//! An endpoint is not called any more: because a member says so, or because it does not answer.

use serde_json::json;

use super::change::EndpointError;
use super::endpoint::Because;
use super::store;
use crate::audit::{self, By, Event, EventKind, Object};
use crate::basics::{Done, EndpointId, TenantId, Timestamp};
use crate::db::Tx;

/// Disables an endpoint. What happens from now on waits for it.
pub fn disable(
    tx: &mut Tx<'_>,
    tenant: TenantId,
    id: EndpointId,
    because: Because,
    by: &By,
    now: Timestamp,
) -> Result<Done<()>, EndpointError> {
    let endpoint = store::find_locked(tx, tenant, id)?.ok_or(EndpointError::NotFound)?;
    if endpoint.disabled.is_some() {
        return Ok(Done::Already(()));
    }
    store::update_disabled(tx, tenant, id, Some((now, because)))?;
    let event = Event {
        kind: EventKind::EndpointDisabled,
        object: Object::Endpoint(id),
        details: json!({ "because": because.as_str() }),
    };
    audit::record(tx, tenant, event, by, now)?;
    Ok(Done::Now(()))
}

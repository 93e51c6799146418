//! A member removes an endpoint.

use super::change::EndpointError;
use super::register::details;
use super::store;
use crate::audit::{self, By, Event, EventKind, Object};
use crate::basics::{EndpointId, TenantId, Timestamp};
use crate::db::Tx;

/// Removes an endpoint: it is told and sent nothing any more, and its place is free.
pub fn remove(
    tx: &mut Tx<'_>,
    tenant: TenantId,
    id: EndpointId,
    by: &By,
    now: Timestamp,
) -> Result<(), EndpointError> {
    let endpoint = store::find_locked(tx, tenant, id)?.ok_or(EndpointError::NotFound)?;
    store::mark_removed(tx, tenant, id, now)?;
    let event = Event {
        kind: EventKind::EndpointRemoved,
        object: Object::Endpoint(id),
        details: details(&endpoint.wish),
    };
    audit::record(tx, tenant, event, by, now)?;
    Ok(())
}

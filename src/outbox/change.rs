//! A member changes what an endpoint is called, where it is, or what it wants to be told.

use super::endpoint::Wish;
use super::register::details;
use super::store;
use crate::audit::{self, By, Event, EventKind, Object};
use crate::basics::{Done, EndpointId, TenantId, Timestamp};
use crate::db::{DbFault, Tx};

/// Why something is not done to an endpoint.
#[derive(Debug, thiserror::Error)]
pub enum EndpointError {
    /// The tenant has no such endpoint.
    #[error("there is no such endpoint")]
    NotFound,
    /// The database failed.
    #[error("the database failed")]
    Db(#[from] DbFault),
}

/// Changes an endpoint. Events that wait go to where it is then.
pub fn change(
    tx: &mut Tx<'_>,
    tenant: TenantId,
    id: EndpointId,
    wish: &Wish,
    by: &By,
    now: Timestamp,
) -> Result<Done<()>, EndpointError> {
    let endpoint = store::find_locked(tx, tenant, id)?.ok_or(EndpointError::NotFound)?;
    if endpoint.wish == *wish {
        return Ok(Done::Already(()));
    }
    store::update_wish(tx, tenant, id, wish)?;
    let event = Event {
        kind: EventKind::EndpointChanged,
        object: Object::Endpoint(id),
        details: details(wish),
    };
    audit::record(tx, tenant, event, by, now)?;
    Ok(Done::Now(()))
}

//! Taking an invitation back.

use serde_json::json;

use super::store;
use crate::audit::{self, By, Event, EventKind, Object};
use crate::basics::{InvitationId, TenantId, Timestamp};
use crate::db::{DbFault, Tx};

/// Makes the link void; whether there was an open one.
pub fn withdraw(
    tx: &mut Tx<'_>,
    tenant: TenantId,
    id: InvitationId,
    by: &By,
    now: Timestamp,
) -> Result<bool, DbFault> {
    let Some(email) = store::withdraw(tx, tenant, id, now)? else {
        return Ok(false);
    };
    let event = Event {
        kind: EventKind::InvitationWithdrawn,
        object: Object::Tenant(tenant),
        details: json!({ "email": email }),
    };
    audit::record(tx, tenant, event, by, now)?;
    Ok(true)
}

//! A person has looked into a finding.

use super::store;
use crate::audit::{self, By, Event, EventKind, Object};
use crate::basics::{FindingId, TenantId, Timestamp};
use crate::db::{DbFault, Tx};
use serde_json::json;

/// Why a finding is not resolved.
#[derive(Debug, thiserror::Error)]
pub enum ResolveError {
    /// There is no such open finding.
    #[error("there is no such open finding")]
    NotFound,
    /// How it was resolved has to be said.
    #[error("say in 5 to 500 characters how it was resolved")]
    NoResolution,
    /// The database failed.
    #[error("the database failed")]
    Db(#[from] DbFault),
}

/// Closes a finding with a word on how.
pub fn resolve(
    tx: &mut Tx<'_>,
    tenant: TenantId,
    id: FindingId,
    resolution: &str,
    by: &By,
    now: Timestamp,
) -> Result<(), ResolveError> {
    let resolution = resolution.trim();
    if !(5..=500).contains(&resolution.chars().count()) {
        return Err(ResolveError::NoResolution);
    }
    let payout =
        store::close(tx, tenant, id, resolution, by.text(), now)?.ok_or(ResolveError::NotFound)?;
    let event = Event {
        kind: EventKind::FindingResolved,
        object: Object::Payout(payout),
        details: json!({ "resolution": resolution }),
    };
    audit::record(tx, tenant, event, by, now)?;
    Ok(())
}

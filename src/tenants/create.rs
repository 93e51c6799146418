//! Making a tenant.

use serde_json::json;

use super::model::TenantName;
use super::store;
use crate::audit::{self, By, Event, EventKind, Object};
use crate::basics::{TenantId, TenantSlug, Timestamp};
use crate::db::{DbFault, Tx};

/// What a tenant starts with.
#[derive(Clone, Debug)]
pub struct NewTenant {
    /// Its short name in commands; unique.
    pub slug: TenantSlug,
    /// Its name for people.
    pub name: TenantName,
}

/// Why a tenant is not made.
#[derive(Debug, thiserror::Error)]
pub enum CreateError {
    /// Another tenant has this slug.
    #[error("a tenant with the slug {0} exists; choose another slug")]
    SlugTaken(TenantSlug),
    /// The database failed.
    #[error("the database failed")]
    Db(#[from] DbFault),
}

/// Makes a tenant. Its owner, limits and channel are made by their own rooms in the same transaction.
pub fn create(
    tx: &mut Tx<'_>,
    new: &NewTenant,
    by: &By,
    now: Timestamp,
) -> Result<TenantId, CreateError> {
    let id: TenantId = tx.fresh_id(now);
    if !store::insert(tx, id, new, now)? {
        return Err(CreateError::SlugTaken(new.slug.clone()));
    }
    let event = Event {
        kind: EventKind::TenantCreated,
        object: Object::Tenant(id),
        details: json!({ "slug": new.slug, "name": new.name.as_str() }),
    };
    audit::record(tx, id, event, by, now)?;
    Ok(id)
}

//! A member gives an endpoint a new secret.

use serde_json::json;

use super::endpoint::OLD_SECRET_HOLDS;
use super::sign::SigningSecret;
use super::{place, store};
use crate::audit::{self, By, Event, EventKind, Object};
use crate::basics::{EndpointId, Randomness, TenantId, Timestamp};
use crate::db::{DbFault, Tx};
use crate::vault::{Vault, VaultFault};

/// Why a secret is not rotated.
#[derive(Debug, thiserror::Error)]
pub enum RotateError {
    /// The tenant has no such endpoint.
    #[error("there is no such endpoint")]
    NotFound,
    /// The vault failed.
    #[error("the secret could not be sealed")]
    Vault(#[from] VaultFault),
    /// The database failed.
    #[error("the database failed")]
    Db(#[from] DbFault),
}

/// Makes a new secret and gives it out for the only time. For 24 hours everything is signed with the old one as well, so that the
/// receiver can be changed in between.
pub fn rotate(
    tx: &mut Tx<'_>,
    vault: &Vault,
    tenant: TenantId,
    id: EndpointId,
    by: &By,
    random: &dyn Randomness,
    now: Timestamp,
) -> Result<SigningSecret, RotateError> {
    store::find_locked(tx, tenant, id)?.ok_or(RotateError::NotFound)?;
    let version = store::load_secret_version(tx, tenant, id)?.saturating_add(1);
    let secret = SigningSecret::fresh(random);
    let row = id.to_string();
    let sealed = vault.seal(tx, &place(tenant, &row, version), secret.bytes(), now)?;
    let old_until = now.plus(OLD_SECRET_HOLDS);
    store::update_secret(tx, tenant, id, version, sealed, old_until, now)?;
    let event = Event {
        kind: EventKind::EndpointSecretRotated,
        object: Object::Endpoint(id),
        details: json!({ "old_one_holds_until": old_until }),
    };
    audit::record(tx, tenant, event, by, now)?;
    Ok(secret)
}

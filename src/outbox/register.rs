//! A member registers an endpoint.

use serde_json::{Value as Json, json};

use super::endpoint::Wish;
use super::sign::SigningSecret;
use super::{place, store};
use crate::audit::{self, By, Event, EventKind, Object};
use crate::basics::{EndpointId, Randomness, TenantId, Timestamp};
use crate::db::{DbFault, Tx};
use crate::vault::{Vault, VaultFault};

/// Why an endpoint is not registered.
#[derive(Debug, thiserror::Error)]
pub enum RegisterError {
    /// All places for endpoints are taken.
    #[error("a site has ten endpoints at the most; remove one that is no longer needed")]
    TooMany,
    /// The vault failed.
    #[error("the secret could not be sealed")]
    Vault(#[from] VaultFault),
    /// The database failed.
    #[error("the database failed")]
    Db(#[from] DbFault),
}

/// What two who register at once may take from each other: after so many tries the places are taken.
const TRIES: usize = 10;

/// Registers an endpoint, and gives its secret out for the only time.
pub fn register(
    tx: &mut Tx<'_>,
    vault: &Vault,
    tenant: TenantId,
    wish: &Wish,
    by: &By,
    random: &dyn Randomness,
    now: Timestamp,
) -> Result<(EndpointId, SigningSecret), RegisterError> {
    const FIRST: i64 = 1;
    let id: EndpointId = tx.fresh_id(now);
    let secret = SigningSecret::fresh(random);
    let row = id.to_string();
    let sealed = vault.seal(tx, &place(tenant, &row, FIRST), secret.bytes(), now)?;
    let mut found_a_place = false;
    for _ in 0..TRIES {
        if store::insert_endpoint(tx, tenant, id, wish, sealed.clone(), by.text(), now)? {
            found_a_place = true;
            break;
        }
    }
    if !found_a_place {
        return Err(RegisterError::TooMany);
    }
    let event = Event {
        kind: EventKind::EndpointRegistered,
        object: Object::Endpoint(id),
        details: details(wish),
    };
    audit::record(tx, tenant, event, by, now)?;
    Ok((id, secret))
}

/// What the log says of a wish. Path and query of an address can carry a secret of the tenant's, so it says the host.
pub(super) fn details(wish: &Wish) -> Json {
    json!({
        "name": wish.name.as_str(),
        "to": wish.url.origin(),
        "wants": wish.wants.stored().trim(),
    })
}

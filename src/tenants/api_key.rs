//! Storefront keys: `zfk_` and 32 random bytes. They are shown once and kept as a hash.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::json;
use sha2::{Digest as _, Sha256};
use zeroize::Zeroizing;

use super::model::{TenantName, TenantState};
use super::store;
use crate::audit::{self, By, Event, EventKind, Object};
use crate::basics::{ApiKeyId, Done, Randomness, Secret, TenantId, Timestamp, mask, randomness};
use crate::db::{DbFault, Tx};

const PREFIX: &str = "zfk_";

/// Who a storefront key speaks for.
#[derive(Clone, Debug)]
pub struct Caller {
    /// The tenant. Nothing else in a request names one.
    pub tenant: TenantId,
    /// The key.
    pub key: ApiKeyId,
    /// Whether the tenant's money moves.
    pub state: TenantState,
}

/// A key as a caller presents it, hashed at once.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PresentedKey([u8; 32]);

impl PresentedKey {
    /// Takes a text that has the form of a key.
    pub fn parse(text: &str) -> Option<Self> {
        let rest = text.strip_prefix(PREFIX)?;
        let bytes = Zeroizing::new(URL_SAFE_NO_PAD.decode(rest).ok()?);
        (bytes.len() == 32).then(|| Self(Sha256::digest(text.as_bytes()).into()))
    }

    /// Its hash, which the database knows. A key has 256 random bits, so a plain hash is enough and a
    /// look-up by it tells an attacker nothing by its time.
    pub(super) const fn hash(&self) -> &[u8; 32] {
        &self.0
    }
}

/// Makes a key and gives it out, for the only time.
pub fn create_api_key(
    tx: &mut Tx<'_>,
    tenant: TenantId,
    name: &TenantName,
    by: &By,
    random: &dyn Randomness,
    now: Timestamp,
) -> Result<(ApiKeyId, Secret<String>), DbFault> {
    let bytes = Zeroizing::new(randomness::bytes::<32>(random));
    let key = Secret::new(format!("{PREFIX}{}", URL_SAFE_NO_PAD.encode(*bytes)));
    let id: ApiKeyId = tx.fresh_id(now);
    let hash: [u8; 32] = Sha256::digest(key.expose().as_bytes()).into();
    store::insert_api_key(
        tx,
        tenant,
        id,
        name,
        &hash,
        &mask::tail(key.expose()),
        by,
        now,
    )?;
    let event = Event {
        kind: EventKind::ApiKeyCreated,
        object: Object::ApiKey(id),
        details: json!({ "name": name.as_str() }),
    };
    audit::record(tx, tenant, event, by, now)?;
    Ok((id, key))
}

/// A key as members see it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ListedKey {
    /// Its id.
    pub id: ApiKeyId,
    /// What people call it.
    pub name: String,
    /// Its last characters.
    pub tail: String,
    /// When it was made.
    pub created_at: Timestamp,
    /// By whom.
    pub created_by: String,
    /// When it was revoked.
    pub revoked_at: Option<Timestamp>,
}

/// Why a key is not revoked.
#[derive(Debug, thiserror::Error)]
pub enum RevokeError {
    /// The tenant has no such key.
    #[error("there is no such key")]
    NotFound,
    /// The database failed.
    #[error("the database failed")]
    Db(#[from] DbFault),
}

/// Revokes a key: from now on nobody gets in with it. Done again it changes nothing.
pub fn revoke_api_key(
    tx: &mut Tx<'_>,
    tenant: TenantId,
    id: ApiKeyId,
    by: &By,
    now: Timestamp,
) -> Result<Done<()>, RevokeError> {
    let found = store::find_api_key(tx, tenant, id)?.ok_or(RevokeError::NotFound)?;
    if found.revoked_at.is_some() || !store::mark_revoked(tx, tenant, id, now)? {
        return Ok(Done::Already(()));
    }
    let event = Event {
        kind: EventKind::ApiKeyRevoked,
        object: Object::ApiKey(id),
        details: json!({ "name": found.name }),
    };
    audit::record(tx, tenant, event, by, now)?;
    Ok(Done::Now(()))
}

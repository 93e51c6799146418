//! Making a recipient known, or changing one.

use serde_json::json;

use super::model::Recipient;
use super::store;
use crate::audit::{self, By, Event, EventKind, Object};
use crate::basics::{OpenId, RealName, RecipientId, TenantId, Timestamp, mask};
use crate::db::{DbFault, Tx};
use crate::ledger;
use crate::vault::{Place, Vault, VaultFault};

/// What the storefront says of a recipient. It says all of it each time: a name that is left out is no name.
#[derive(Clone, Debug)]
pub struct NewRecipient {
    /// The storefront's own id.
    pub id: RecipientId,
    /// Who that is under the tenant's AppID.
    pub openid: OpenId,
    /// The name that WeChat Pay shall check.
    pub real_name: Option<RealName>,
}

/// What putting did.
#[derive(Clone, Debug)]
pub enum Done {
    /// The recipient is new.
    Created(Recipient),
    /// The recipient was known; now it is as said.
    Updated(Recipient),
}

/// Why a recipient is not put.
#[derive(Debug, thiserror::Error)]
pub enum PutError {
    /// The vault failed.
    #[error("the name could not be sealed or opened")]
    Vault(#[from] VaultFault),
    /// The database failed.
    #[error("the database failed")]
    Db(#[from] DbFault),
}

fn place(tenant: TenantId, id: &RecipientId, version: i64) -> Place<'_> {
    Place {
        tenant,
        table: "recipients",
        column: "sealed_name",
        row: id.as_str(),
        version,
    }
}

/// Makes a recipient known with empty accounts, or changes the openid and name of a known one.
pub fn put(
    tx: &mut Tx<'_>,
    vault: &Vault,
    tenant: TenantId,
    new: &NewRecipient,
    by: &By,
    now: Timestamp,
) -> Result<Done, PutError> {
    let known = store::find_locked(tx, tenant, &new.id)?;
    if let Some(known) = &known
        && known.openid == new.openid
        && open_name(tx, vault, tenant, known)? == new.real_name
    {
        return Ok(Done::Updated(known.clone()));
    }
    let version = known
        .as_ref()
        .map_or(1, |known| known.version.saturating_add(1));
    let sealed_name = match &new.real_name {
        None => None,
        Some(name) => {
            let place = place(tenant, &new.id, version);
            Some(vault.seal(tx, &place, name.as_str().as_bytes(), now)?)
        }
    };
    let created_at = known.as_ref().map_or(now, |known| known.created_at);
    let recipient = Recipient {
        id: new.id.clone(),
        openid: new.openid.clone(),
        sealed_name,
        version,
        created_at,
    };
    let details = json!({
        "openid": mask::openid(new.openid.as_str()),
        "has_real_name": recipient.has_real_name(),
    });
    let object = Object::Recipient(new.id.clone());
    if known.is_some() {
        store::update(tx, tenant, &recipient, now)?;
        let event = Event {
            kind: EventKind::RecipientChanged,
            object,
            details,
        };
        audit::record(tx, tenant, event, by, now)?;
        Ok(Done::Updated(recipient))
    } else {
        store::insert(tx, tenant, &recipient, now)?;
        ledger::open_accounts(tx, tenant, &recipient.id)?;
        let event = Event {
            kind: EventKind::RecipientCreated,
            object,
            details,
        };
        audit::record(tx, tenant, event, by, now)?;
        Ok(Done::Created(recipient))
    }
}

/// The recipient's name, when there is one.
pub fn open_name(
    tx: &mut Tx<'_>,
    vault: &Vault,
    tenant: TenantId,
    recipient: &Recipient,
) -> Result<Option<RealName>, VaultFault> {
    let Some(sealed) = &recipient.sealed_name else {
        return Ok(None);
    };
    let place = place(tenant, &recipient.id, recipient.version);
    let plain = vault.open(tx, &place, sealed)?;
    let damaged = || DbFault::Damaged {
        table: "recipients",
        what: "a name that is no name",
    };
    let text = std::str::from_utf8(plain.expose()).map_err(|_| damaged())?;
    Ok(Some(RealName::parse(text).map_err(|_| damaged())?))
}

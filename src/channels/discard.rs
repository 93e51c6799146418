//! Throwing a stored certificate away: 移除.

use serde_json::json;

use super::{certificates, shelf, store};
use crate::audit::{self, By, Event, EventKind, Object};
use crate::basics::{CertificateId, TenantId, Timestamp};
use crate::db::{DbFault, Tx};

/// Why a certificate is not thrown away.
#[derive(Debug, thiserror::Error)]
pub enum DiscardError {
    /// The tenant has no such certificate on its shelf.
    #[error("there is no such certificate")]
    NotFound,
    /// It is in use.
    #[error("the certificate is in use")]
    InUse,
    /// The database failed.
    #[error("the database failed")]
    Db(#[from] DbFault),
}

/// Takes a certificate off the shelf. The one in use stays.
pub fn discard(
    tx: &mut Tx<'_>,
    tenant: TenantId,
    certificate: CertificateId,
    by: &By,
    now: Timestamp,
) -> Result<(), DiscardError> {
    let settings = store::load_settings_locked(tx, tenant)?;
    if settings
        .certificate
        .as_ref()
        .is_some_and(|in_use| in_use.id == certificate)
    {
        return Err(DiscardError::InUse);
    }
    let shelf = shelf::load_shelf(tx, tenant, &settings, now)?;
    let thrown = shelf.find(certificate).ok_or(DiscardError::NotFound)?;
    certificates::set_discarded(tx, tenant, certificate, now)?;
    let event = Event {
        kind: EventKind::CertificateDiscarded,
        object: Object::Certificate(certificate),
        details: json!({ "serial": thrown.facts.serial }),
    };
    audit::record(tx, tenant, event, by, now)?;
    Ok(())
}

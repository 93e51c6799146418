//! Taking a stored certificate into use: 启用 and 恢复使用.

use serde_json::json;

use super::model::{Settings, StoredCertificate};
use super::{certificates, shelf, store};
use crate::audit::{self, By, Event, EventKind, Object};
use crate::basics::{CertificateId, Done, TenantId, Timestamp};
use crate::db::{DbFault, Tx};

/// Why a certificate is not taken into use.
#[derive(Debug, thiserror::Error)]
pub enum ActivateError {
    /// The tenant has no such certificate for its merchant number, or its days are over.
    #[error("there is no such certificate")]
    NotFound,
    /// Somebody else saved in the meantime.
    #[error("the settings were changed by somebody else in the meantime; look at them again")]
    Changed,
    /// No check has found it good, and the one in use works.
    #[error("the certificate was not checked yet")]
    NotProved,
    /// Its time is over, or has not come.
    #[error("the certificate is not valid today")]
    NotValid,
    /// The database failed.
    #[error("the database failed")]
    Db(#[from] DbFault),
}

/// Makes a new version with this certificate. One that waits has to be proved first, unless nothing works without it; one that was in use
/// lately need not be. The certificate that was in use until now is kept.
pub fn activate(
    tx: &mut Tx<'_>,
    tenant: TenantId,
    certificate: CertificateId,
    seen_version: i64,
    by: &By,
    now: Timestamp,
) -> Result<Done<Settings>, ActivateError> {
    let before = store::load_settings_locked(tx, tenant)?;
    if before
        .certificate
        .as_ref()
        .is_some_and(|in_use| in_use.id == certificate)
    {
        return Ok(Done::Already(before));
    }
    let shelf = shelf::load_shelf(tx, tenant, &before, now)?;
    let chosen = shelf.find(certificate).ok_or(ActivateError::NotFound)?;
    if before.version != seen_version {
        return Err(ActivateError::Changed);
    }
    if !chosen.is_valid(now) {
        return Err(ActivateError::NotValid);
    }
    let served_before = chosen.retired_at.is_some();
    if !served_before && chosen.proved_at.is_none() && before.has_valid_certificate(now) {
        return Err(ActivateError::NotProved);
    }
    let mut after = Settings {
        version: before.version.saturating_add(1),
        saved_at: now,
        saved_by: by.text().to_owned(),
        ..before.clone()
    };
    exchange(tx, tenant, &mut after, chosen.clone(), now)?;
    store::insert_version(tx, tenant, &after)?;
    let event = Event {
        kind: EventKind::CertificateActivated,
        object: Object::Certificate(certificate),
        details: json!({
            "serial": chosen.facts.serial,
            "instead_of": before.certificate.as_ref().map(|old| &old.facts.serial),
            "served_before": served_before,
            "version": after.version,
        }),
    };
    audit::record(tx, tenant, event, by, now)?;
    Ok(Done::Now(after))
}

/// Puts a certificate in the place of the one in use, which is kept.
pub(super) fn exchange(
    tx: &mut Tx<'_>,
    tenant: TenantId,
    settings: &mut Settings,
    certificate: StoredCertificate,
    now: Timestamp,
) -> Result<(), DbFault> {
    if let Some(old) = &settings.certificate {
        certificates::set_retired(tx, tenant, old.id, Some(now))?;
    }
    if certificate.retired_at.is_some() {
        certificates::set_retired(tx, tenant, certificate.id, None)?;
    }
    settings.certificate = Some(StoredCertificate {
        retired_at: None,
        ..certificate
    });
    Ok(())
}

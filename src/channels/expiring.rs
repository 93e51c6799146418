//! The certificate in use whose end is near, of one tenant. Those of all tenants are in `across_tenants`.

use super::certificate::expiry::{self, ExpiryNotice};
use super::model::Settings;
use super::store;
use crate::basics::{CertificateId, TenantId, Timestamp};
use crate::db::{DbFault, Tx};

/// A certificate in use whose end has to be announced.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Expiring {
    /// The tenant.
    pub tenant: TenantId,
    /// The certificate.
    pub certificate: CertificateId,
    /// Its serial.
    pub serial: String,
    /// The merchant number.
    pub merchant_number: String,
    /// Its last instant.
    pub not_after: Timestamp,
    /// Which notice applies now.
    pub notice: ExpiryNotice,
    /// The whole days that are left.
    pub days_left: u64,
}

impl Settings {
    /// What has to be said about the end of the certificate in use, if anything.
    pub fn expiring(&self, tenant: TenantId, now: Timestamp) -> Option<Expiring> {
        let certificate = self.certificate.as_ref()?;
        let not_after = certificate.facts.not_after;
        Some(Expiring {
            tenant,
            certificate: certificate.id,
            serial: certificate.facts.serial.clone(),
            merchant_number: certificate.facts.merchant_number.clone(),
            not_after,
            notice: expiry::notice(not_after, now)?,
            days_left: expiry::days_left(not_after, now),
        })
    }
}

/// What has to be said about the end of a tenant's certificate, for pages.
pub fn find_expiring(
    tx: &mut Tx<'_>,
    tenant: TenantId,
    now: Timestamp,
) -> Result<Option<Expiring>, DbFault> {
    Ok(store::load_settings(tx, tenant)?.expiring(tenant, now))
}

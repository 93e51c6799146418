//! The certificates beside the one in use: those that wait to be taken into use, and those that were in use lately.

use std::time::Duration;

use super::certificates;
use super::model::{Settings, StoredCertificate};
use crate::basics::{CertificateId, TenantId, Timestamp};
use crate::db::{DbFault, Tx};

/// How long a certificate that was taken out of use can be used again: as long as WeChat Pay keeps an exchanged one valid.
pub const KEPT: Duration = Duration::from_hours(14 * 24);

/// How many certificates may wait: WeChat Pay lets a merchant have three valid ones.
pub const MOST_WAITING: usize = 3;

/// What is stored beside the certificate in use, newest first.
#[derive(Clone, Debug, Default)]
pub struct Shelf {
    /// Never in use yet.
    pub waiting: Vec<StoredCertificate>,
    /// Taken out of use less than [`KEPT`] ago.
    pub retired: Vec<StoredCertificate>,
}

impl Shelf {
    /// A certificate on the shelf.
    pub fn find(&self, id: CertificateId) -> Option<&StoredCertificate> {
        self.waiting
            .iter()
            .chain(&self.retired)
            .find(|certificate| certificate.id == id)
    }
}

impl StoredCertificate {
    /// Until when it can be used again, when it was taken out of use.
    pub fn kept_until(&self) -> Option<Timestamp> {
        self.retired_at.map(|at| at.plus(KEPT))
    }
}

/// The shelf of the merchant number in force. Those of another number are not on it: they come back with their number.
pub fn load_shelf(
    tx: &mut Tx<'_>,
    tenant: TenantId,
    settings: &Settings,
    now: Timestamp,
) -> Result<Shelf, DbFault> {
    let Some(number) = &settings.merchant_number else {
        return Ok(Shelf::default());
    };
    let in_use = settings
        .certificate
        .as_ref()
        .map(|certificate| certificate.id);
    let mut shelf = Shelf::default();
    for certificate in certificates::list_certificates(tx, tenant, settings.channel, number)? {
        if Some(certificate.id) == in_use {
            continue;
        }
        match certificate.kept_until() {
            None => shelf.waiting.push(certificate),
            Some(until) if now < until => shelf.retired.push(certificate),
            Some(_) => {}
        }
    }
    Ok(shelf)
}

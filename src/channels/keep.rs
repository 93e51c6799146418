//! Keeping an uploaded certificate: in use at once, or beside the one in use.

use serde_json::json;

use super::certificate::MerchantIdentity;
use super::model::{Settings, StoredCertificate};
use super::save::{CertificateUse, Uploaded};
use super::{activate, certificates, shelf};
use crate::audit::{self, By, Event, EventKind, Object};
use crate::basics::{CertificateId, MerchantNumber, TenantId, Timestamp};
use crate::db::{DbFault, Tx};
use crate::vault::{Vault, VaultFault};

/// Why an uploaded certificate is not kept.
#[derive(Debug, thiserror::Error)]
pub enum KeepError {
    /// The certificate was read for another merchant number than the one that will hold.
    #[error("the certificate is of merchant {certificate}, the settings are of {settings}")]
    OtherMerchant {
        /// The certificate's.
        certificate: String,
        /// The settings'.
        settings: String,
    },
    /// So many wait already that nobody can tell them apart.
    #[error("{most} certificates wait already; throw away what is not needed")]
    TooManyWaiting {
        /// How many may.
        most: usize,
    },
    /// The vault failed.
    #[error("the private key could not be sealed")]
    Vault(#[from] VaultFault),
    /// The database failed.
    #[error("the database failed")]
    Db(#[from] DbFault),
}

/// Keeps it. The same certificate again takes the place of the earlier copy, which mends a copy that no longer opens.
pub(super) fn keep(
    tx: &mut Tx<'_>,
    vault: &Vault,
    tenant: TenantId,
    settings: &mut Settings,
    identity: &MerchantIdentity,
    wanted: CertificateUse,
    by: &By,
    now: Timestamp,
) -> Result<Uploaded, KeepError> {
    let facts = &identity.facts;
    let number = settings
        .merchant_number
        .as_ref()
        .map(MerchantNumber::as_str)
        .unwrap_or_default();
    if facts.merchant_number != number {
        return Err(KeepError::OtherMerchant {
            certificate: facts.merchant_number.clone(),
            settings: number.to_owned(),
        });
    }
    drop_copies(tx, tenant, settings, identity, now)?;
    let is_the_same = settings
        .certificate
        .as_ref()
        .is_some_and(|in_use| in_use.facts.fingerprint_sha256 == identity.facts.fingerprint_sha256);
    let kept = match wanted {
        CertificateUse::AtOnce => Uploaded::InUse,
        CertificateUse::WhenProved if is_the_same || !settings.has_valid_certificate(now) => {
            Uploaded::InUse
        }
        CertificateUse::WhenProved => Uploaded::Waiting,
    };
    let waiting = shelf::load_shelf(tx, tenant, settings, now)?.waiting.len();
    if kept == Uploaded::Waiting && waiting >= shelf::MOST_WAITING {
        return Err(KeepError::TooManyWaiting {
            most: shelf::MOST_WAITING,
        });
    }
    let id: CertificateId = tx.fresh_id(now);
    let stored = StoredCertificate {
        id,
        facts: facts.clone(),
        uploaded_at: now,
        uploaded_by: by.text().to_owned(),
        proved_at: None,
        retired_at: None,
    };
    certificates::insert_certificate(tx, vault, tenant, settings.channel, &stored, identity, now)?;
    let event = Event {
        kind: EventKind::CertificateUploaded,
        object: Object::Certificate(id),
        details: json!({
            "serial": facts.serial,
            "fingerprint_sha256": facts.fingerprint_sha256,
            "not_after": facts.not_after,
            "in_use": kept == Uploaded::InUse,
        }),
    };
    audit::record(tx, tenant, event, by, now)?;
    if kept == Uploaded::InUse {
        activate::exchange(tx, tenant, settings, stored, now)?;
    }
    Ok(kept)
}

/// Takes earlier copies of the same certificate out of sight.
fn drop_copies(
    tx: &mut Tx<'_>,
    tenant: TenantId,
    settings: &Settings,
    identity: &MerchantIdentity,
    now: Timestamp,
) -> Result<(), DbFault> {
    let Some(number) = &settings.merchant_number else {
        return Ok(());
    };
    for earlier in certificates::list_certificates(tx, tenant, settings.channel, number)? {
        if earlier.facts.fingerprint_sha256 == identity.facts.fingerprint_sha256 {
            certificates::set_discarded(tx, tenant, earlier.id, now)?;
        }
    }
    Ok(())
}

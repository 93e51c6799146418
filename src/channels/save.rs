//! Saving the settings: the page's 保存 and 上传, and the command.

use serde_json::{Map, Value as Json, json};

use super::certificate::MerchantIdentity;
use super::model::{SecretName, Settings, StoredCertificate};
use super::{certificates, store};
use crate::audit::{self, By, Event, EventKind, Object};
use crate::basics::{
    ApiKey, ApiV3Key, AppId, AppSecret, CertificateId, MerchantNumber, TenantId, Timestamp,
};
use crate::db::{DbFault, Tx};
use crate::vault::{Vault, VaultFault};

/// What is to be different. What is `None` stays: an empty secret field keeps the secret.
#[derive(Default)]
pub struct SettingsChange {
    /// The AppID.
    pub app_id: Option<AppId>,
    /// The AppSecret.
    pub app_secret: Option<AppSecret>,
    /// The merchant number.
    pub merchant_number: Option<MerchantNumber>,
    /// The `v2` API key.
    pub api_key: Option<ApiKey>,
    /// The `v3` API key.
    pub api_v3_key: Option<ApiV3Key>,
    /// A certificate that was read for the merchant number that will hold.
    pub certificate: Option<MerchantIdentity>,
    /// The version that the change was made from, when somebody looked at one first.
    pub seen_version: Option<i64>,
}

/// What a save did that its author should know.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SaveWarning {
    /// The merchant number changed, and the old one's certificate was taken out of use.
    CertificateDropped,
}

/// What holds after a save.
#[derive(Clone, Debug)]
pub struct Saved {
    /// The settings in force.
    pub settings: Settings,
    /// What their author should know.
    pub warnings: Vec<SaveWarning>,
}

/// Why settings are not saved.
#[derive(Debug, thiserror::Error)]
pub enum SaveError {
    /// Somebody else saved in the meantime.
    #[error("the settings were changed by somebody else in the meantime; look at them again")]
    Changed,
    /// The certificate was read for another merchant number than the one that will hold.
    #[error("the certificate is of merchant {certificate}, the settings are of {settings}")]
    OtherMerchant {
        /// The certificate's.
        certificate: String,
        /// The settings'.
        settings: String,
    },
    /// The vault failed.
    #[error("a secret could not be sealed")]
    Vault(#[from] VaultFault),
    /// The database failed.
    #[error("the database failed")]
    Db(#[from] DbFault),
}

/// Saves a new version when anything is different.
pub fn save(
    tx: &mut Tx<'_>,
    vault: &Vault,
    tenant: TenantId,
    change: &SettingsChange,
    by: &By,
    now: Timestamp,
) -> Result<Saved, SaveError> {
    let before = store::load_settings_locked(tx, tenant)?;
    if change
        .seen_version
        .is_some_and(|seen| seen != before.version)
    {
        return Err(SaveError::Changed);
    }
    let mut after = Settings {
        version: before.version.saturating_add(1),
        saved_at: now,
        saved_by: by.text().to_owned(),
        ..before.clone()
    };
    let mut details = Map::new();
    if let Some(app_id) = change
        .app_id
        .as_ref()
        .filter(|new| Some(*new) != before.app_id.as_ref())
    {
        details.insert("app_id".into(), json!([before.app_id, app_id]));
        after.app_id = Some(app_id.clone());
    }
    let mut warnings = Vec::new();
    let new_number = change.merchant_number.as_ref();
    if let Some(number) = new_number.filter(|new| Some(*new) != before.merchant_number.as_ref()) {
        details.insert(
            "merchant_number".into(),
            json!([before.merchant_number, number]),
        );
        after.merchant_number = Some(number.clone());
        if after.certificate.take().is_some() && change.certificate.is_none() {
            warnings.push(SaveWarning::CertificateDropped);
        }
    }
    let secrets = [
        (
            SecretName::AppSecret,
            change.app_secret.as_ref().map(AppSecret::expose),
            &mut after.app_secret,
        ),
        (
            SecretName::ApiKey,
            change.api_key.as_ref().map(ApiKey::expose),
            &mut after.api_key,
        ),
        (
            SecretName::ApiV3Key,
            change.api_v3_key.as_ref().map(ApiV3Key::expose),
            &mut after.api_v3_key,
        ),
    ];
    for (name, plain, state) in secrets {
        if let Some(plain) = plain {
            let set =
                store::insert_secret(tx, vault, tenant, before.channel, name, plain, by, now)?;
            details.insert(name.as_str().into(), json!("set"));
            *state = Some(set);
        }
    }
    if let Some(identity) = &change.certificate {
        after.certificate = Some(take_certificate(
            tx, vault, tenant, &after, identity, by, now,
        )?);
        details.insert("certificate".into(), json!(identity.facts.serial));
    }
    if details.is_empty() {
        return Ok(Saved {
            settings: before,
            warnings,
        });
    }
    store::insert_version(tx, tenant, &after)?;
    let event = Event {
        kind: EventKind::ChannelSaved,
        object: Object::Channel(before.channel),
        details: Json::Object(details),
    };
    audit::record(tx, tenant, event, by, now)?;
    Ok(Saved {
        settings: after,
        warnings,
    })
}

fn take_certificate(
    tx: &mut Tx<'_>,
    vault: &Vault,
    tenant: TenantId,
    settings: &Settings,
    identity: &MerchantIdentity,
    by: &By,
    now: Timestamp,
) -> Result<StoredCertificate, SaveError> {
    let number = settings
        .merchant_number
        .as_ref()
        .map(MerchantNumber::as_str)
        .unwrap_or_default();
    if identity.facts.merchant_number != number {
        return Err(SaveError::OtherMerchant {
            certificate: identity.facts.merchant_number.clone(),
            settings: number.to_owned(),
        });
    }
    let id: CertificateId = tx.fresh_id(now);
    let stored = StoredCertificate {
        id,
        facts: identity.facts.clone(),
        uploaded_at: now,
        uploaded_by: by.text().to_owned(),
    };
    certificates::insert_certificate(tx, vault, tenant, settings.channel, &stored, identity, now)?;
    let event = Event {
        kind: EventKind::CertificateUploaded,
        object: Object::Certificate(id),
        details: json!({
            "serial": identity.facts.serial,
            "fingerprint_sha256": identity.facts.fingerprint_sha256,
            "not_after": identity.facts.not_after,
        }),
    };
    audit::record(tx, tenant, event, by, now)?;
    Ok(stored)
}

//! Saving the settings: the page's 保存 and 上传, and the command.

use serde_json::{Map, Value as Json, json};

use super::certificate::MerchantIdentity;
use super::keep::{self, KeepError};
use super::model::{SecretName, Settings};
use super::{certificates, store};
use crate::audit::{self, By, Event, EventKind, Object};
use crate::basics::{ApiKey, ApiV3Key, AppId, AppSecret, MerchantNumber, TenantId, Timestamp};
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
    /// What becomes of it.
    pub certificate_use: CertificateUse,
    /// The version that the change was made from, when somebody looked at one first.
    pub seen_version: Option<i64>,
}

/// What becomes of an uploaded certificate.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum CertificateUse {
    /// It takes the place of the one in use.
    #[default]
    AtOnce,
    /// It is kept beside the one in use until somebody takes it into use; when none is in use that works, it is taken at once.
    WhenProved,
}

/// Where an uploaded certificate is now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Uploaded {
    /// In use.
    InUse,
    /// Beside the one in use.
    Waiting,
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
    /// Where the uploaded certificate is, when one was uploaded.
    pub uploaded: Option<Uploaded>,
}

/// Why settings are not saved.
#[derive(Debug, thiserror::Error)]
pub enum SaveError {
    /// Somebody else saved in the meantime.
    #[error("the settings were changed by somebody else in the meantime; look at them again")]
    Changed,
    /// The uploaded certificate cannot be kept.
    #[error(transparent)]
    Certificate(#[from] KeepError),
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
        if let Some(old) = after.certificate.take() {
            certificates::set_retired(tx, tenant, old.id, Some(now))?;
            if change.certificate.is_none() {
                warnings.push(SaveWarning::CertificateDropped);
            }
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
    let mut uploaded = None;
    if let Some(identity) = &change.certificate {
        let kept = keep::keep(
            tx,
            vault,
            tenant,
            &mut after,
            identity,
            change.certificate_use,
            by,
            now,
        )?;
        if kept == Uploaded::InUse {
            details.insert("certificate".into(), json!(identity.facts.serial));
        }
        uploaded = Some(kept);
    }
    if details.is_empty() {
        return Ok(Saved {
            settings: before,
            warnings,
            uploaded,
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
        uploaded,
    })
}

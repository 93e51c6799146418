//! The versions of the settings: who, when, and what changed. Never a secret's value.

use super::store::{self, VersionFacts};
use crate::basics::page::{Page, PageSize};
use crate::basics::{ChannelId, TenantId, Timestamp};
use crate::db::{DbFault, Tx};

/// What one version changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Change {
    /// The channel was opened, empty.
    Opened,
    /// The AppID.
    AppId {
        /// Before.
        from: Option<String>,
        /// After.
        to: Option<String>,
    },
    /// The merchant number.
    MerchantNumber {
        /// Before.
        from: Option<String>,
        /// After.
        to: Option<String>,
    },
    /// The AppSecret was set.
    AppSecret,
    /// The API key was set.
    ApiKey,
    /// The APIv3 key was set.
    ApiV3Key,
    /// The certificate in use, by serial.
    Certificate {
        /// Before.
        from: Option<String>,
        /// After.
        to: Option<String>,
    },
}

/// One version.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct VersionChange {
    /// Its number.
    pub version: i64,
    /// When it was saved.
    pub at: Timestamp,
    /// By whom.
    pub by: String,
    /// What it changed.
    pub changes: Vec<Change>,
}

/// The versions older than `before`, newest first.
pub fn list_changes(
    tx: &mut Tx<'_>,
    tenant: TenantId,
    channel: ChannelId,
    before: Option<i64>,
    size: PageSize,
) -> Result<Page<VersionChange, i64>, DbFault> {
    let rows = store::list_versions(tx, tenant, channel, before, size.rows().saturating_add(1))?;
    let older = rows.iter().skip(1).map(Some).chain(std::iter::once(None));
    let changes: Vec<VersionChange> = rows
        .iter()
        .zip(older)
        .map(|(this, older)| VersionChange {
            version: this.version,
            at: this.created_at,
            by: this.created_by.clone(),
            changes: compare(older, this),
        })
        .collect();
    Ok(Page::from_one_more(changes, size, |change| change.version))
}

/// The last row of a page has its older one beside it, because one more was read; only the very first version has none.
fn compare(older: Option<&VersionFacts>, this: &VersionFacts) -> Vec<Change> {
    let Some(older) = older else {
        return vec![Change::Opened];
    };
    let mut changes = Vec::new();
    if older.app_id != this.app_id {
        changes.push(Change::AppId {
            from: older.app_id.clone(),
            to: this.app_id.clone(),
        });
    }
    if older.merchant_number != this.merchant_number {
        changes.push(Change::MerchantNumber {
            from: older.merchant_number.clone(),
            to: this.merchant_number.clone(),
        });
    }
    if older.app_secret_version != this.app_secret_version {
        changes.push(Change::AppSecret);
    }
    if older.api_key_version != this.api_key_version {
        changes.push(Change::ApiKey);
    }
    if older.api_v3_key_version != this.api_v3_key_version {
        changes.push(Change::ApiV3Key);
    }
    if older.certificate_id != this.certificate_id {
        changes.push(Change::Certificate {
            from: older.serial.clone(),
            to: this.serial.clone(),
        });
    }
    changes
}

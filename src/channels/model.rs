//! What a tenant's settings are.

use super::certificate::CertificateFacts;
use crate::basics::{AppId, CertificateId, ChannelId, MerchantNumber, Timestamp};

/// The rail of 企业付款到零钱, by its name in the database and the API.
pub const WECHAT_V2: &str = "wechat_v2";

/// A secret of a channel, by its name in the database.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum SecretName {
    AppSecret,
    ApiKey,
    ApiV3Key,
}

impl SecretName {
    pub(super) const fn as_str(self) -> &'static str {
        match self {
            SecretName::AppSecret => "app_secret",
            SecretName::ApiKey => "api_key",
            SecretName::ApiV3Key => "api_v3_key",
        }
    }
}

/// What may be known of a secret that is set.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SecretState {
    /// Which of the secrets of this name it is.
    pub(super) version: i64,
    /// When it was set.
    pub set_at: Timestamp,
    /// By whom.
    pub set_by: String,
}

/// A certificate that was uploaded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredCertificate {
    /// Its id.
    pub id: CertificateId,
    /// What is read from it.
    pub facts: CertificateFacts,
    /// When it was uploaded.
    pub uploaded_at: Timestamp,
    /// By whom.
    pub uploaded_by: String,
    /// When a check last found it good, if one did.
    pub proved_at: Option<Timestamp>,
    /// When it was last taken out of use, if it was in use before.
    pub retired_at: Option<Timestamp>,
}

impl StoredCertificate {
    /// Whether `now` is within its time.
    pub fn is_valid(&self, now: Timestamp) -> bool {
        self.facts.not_before <= now && now < self.facts.not_after
    }
}

/// What has to be there before a payout can be sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Missing {
    /// The AppID.
    AppId,
    /// The merchant number.
    MerchantNumber,
    /// The API key.
    ApiKey,
    /// The certificate.
    Certificate,
}

impl Missing {
    /// Its name in commands and in the API.
    pub const fn as_str(self) -> &'static str {
        match self {
            Missing::AppId => "app_id",
            Missing::MerchantNumber => "mch_id",
            Missing::ApiKey => "api_key",
            Missing::Certificate => "certificate",
        }
    }
}

/// A tenant's settings as of one version.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Settings {
    /// The channel.
    pub channel: ChannelId,
    /// Its version.
    pub version: i64,
    /// The AppID.
    pub app_id: Option<AppId>,
    /// The merchant number.
    pub merchant_number: Option<MerchantNumber>,
    /// The AppSecret.
    pub app_secret: Option<SecretState>,
    /// The `v2` API key.
    pub api_key: Option<SecretState>,
    /// The `v3` API key.
    pub api_v3_key: Option<SecretState>,
    /// The certificate in use.
    pub certificate: Option<StoredCertificate>,
    /// When this version was saved.
    pub saved_at: Timestamp,
    /// By whom.
    pub saved_by: String,
}

impl Settings {
    /// What is missing before a payout can be sent.
    pub fn missing(&self) -> Vec<Missing> {
        let all = [
            (Missing::AppId, self.app_id.is_some()),
            (Missing::MerchantNumber, self.merchant_number.is_some()),
            (Missing::ApiKey, self.api_key.is_some()),
            (Missing::Certificate, self.certificate.is_some()),
        ];
        all.into_iter()
            .filter(|(_, is_there)| !is_there)
            .map(|(what, _)| what)
            .collect()
    }

    /// Whether there is a certificate in use whose time is now.
    pub fn has_valid_certificate(&self, now: Timestamp) -> bool {
        self.certificate
            .as_ref()
            .is_some_and(|certificate| certificate.is_valid(now))
    }

    /// Whether a payout can be sent at `now`: nothing is missing and the certificate is valid.
    pub fn is_ready(&self, now: Timestamp) -> bool {
        self.missing().is_empty() && self.has_valid_certificate(now)
    }
}

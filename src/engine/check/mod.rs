//! 一键检测: whether a channel would pay, without paying.
//!
//! Each step is tried only when the one before it passed. The last one asks WeChat Pay about a number that does not exist: the
//! answer `NOT_FOUND` proves certificate, signature, product and IP whitelist at once. What is found is said in both languages, because
//! it is kept and read later.

mod note;
mod words;

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::explain::Language;
use super::worker::Engine;
use crate::basics::{CertificateId, ChannelId, Fen, OpenId, PayoutId, TenantId, Timestamp, ids};
use crate::channels::certificate::expiry;
use crate::channels::{self, CredentialFault, Settings, StoredCertificate};
use crate::db::{DbFault, Scope};
use crate::rails::{Credential, Doubt, Inquiry, Nonce, PartnerTradeNo, Question, Words};
use crate::wire::WireFault;

pub use note::{PastCheck, find_past_check, note_check};

/// A step of the check.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CheckName {
    /// Nothing is missing.
    SettingsComplete,
    /// The certificate is valid, and for how long.
    CertificateValid,
    /// The sealed key and API key open.
    SecretsOpen,
    /// The TLS handshake with the certificate succeeds.
    Connection,
    /// WeChat Pay accepts signature, product and address.
    WechatAccepts,
}

impl CheckName {
    /// The steps, in their order.
    pub const ALL: [CheckName; 5] = [
        CheckName::SettingsComplete,
        CheckName::CertificateValid,
        CheckName::SecretsOpen,
        CheckName::Connection,
        CheckName::WechatAccepts,
    ];

    /// Its name in commands.
    pub const fn as_str(self) -> &'static str {
        match self {
            CheckName::SettingsComplete => "settings_complete",
            CheckName::CertificateValid => "certificate_valid",
            CheckName::SecretsOpen => "secrets_open",
            CheckName::Connection => "connection",
            CheckName::WechatAccepts => "wechat_accepts",
        }
    }

    /// The step of a name.
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|name| name.as_str() == text)
    }
}

/// A sentence that was put together, in both languages.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Said {
    /// Simplified Chinese.
    pub zh: String,
    /// English.
    pub en: String,
}

impl Said {
    /// In the reader's language.
    pub fn to(&self, language: Language) -> &str {
        match language {
            Language::Chinese => &self.zh,
            Language::English => &self.en,
        }
    }

    fn with(self, zh: &str, en: &str) -> Self {
        Self {
            zh: self.zh + zh,
            en: self.en + en,
        }
    }
}

impl From<Words> for Said {
    fn from(words: Words) -> Self {
        Self {
            zh: words.zh.to_owned(),
            en: words.en.to_owned(),
        }
    }
}

/// What one step found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CheckOutcome {
    /// Which step.
    pub name: CheckName,
    /// Whether it passed.
    pub ok: bool,
    /// What was found.
    pub detail: Said,
    /// What to do; empty when it passed.
    pub remedy: Said,
}

/// What the whole check found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CheckReport {
    /// The channel that was checked.
    pub channel: ChannelId,
    /// The version of its settings.
    pub version: i64,
    /// The certificate that was checked, when there was one.
    pub certificate: Option<CertificateId>,
    /// Whether that is the one in use.
    pub is_in_use: bool,
    /// The steps, up to the first that failed.
    pub checks: Vec<CheckOutcome>,
}

impl CheckReport {
    /// Whether every step was tried and passed.
    pub fn is_ok(&self) -> bool {
        is_ok(&self.checks)
    }

    fn passed(&mut self, name: CheckName, detail: impl Into<Said>) {
        self.checks.push(CheckOutcome {
            name,
            ok: true,
            detail: detail.into(),
            remedy: Said::default(),
        });
    }

    fn failed(&mut self, name: CheckName, detail: impl Into<Said>, remedy: Words) {
        self.checks.push(CheckOutcome {
            name,
            ok: false,
            detail: detail.into(),
            remedy: remedy.into(),
        });
    }
}

fn is_ok(outcomes: &[CheckOutcome]) -> bool {
    outcomes.len() == CheckName::ALL.len() && outcomes.iter().all(|outcome| outcome.ok)
}

/// Why nothing was checked.
#[derive(Debug, thiserror::Error)]
pub enum CheckError {
    /// The tenant has no such certificate beside the one in use.
    #[error("there is no such certificate")]
    NoSuchCertificate,
    /// The database failed.
    #[error("the database failed")]
    Db(#[from] DbFault),
}

impl Engine {
    /// Checks a tenant's channel: as it is in force, or with another of its stored certificates. It pays nothing and changes nothing.
    pub async fn check(
        &self,
        tenant: TenantId,
        certificate: Option<CertificateId>,
    ) -> Result<CheckReport, CheckError> {
        let now = self.now();
        let settings = self.settings_to_check(tenant, certificate, now).await?;
        let mut report = CheckReport {
            channel: settings.channel,
            version: settings.version,
            certificate: settings.certificate.as_ref().map(|stored| stored.id),
            is_in_use: certificate.is_none(),
            checks: Vec::new(),
        };
        if !complete(&mut report, &settings) || !certificate_valid(&mut report, &settings, now) {
            return Ok(report);
        }
        if let Some(credential) = self.open(&mut report, tenant, certificate).await? {
            self.ask(&mut report, &credential).await;
        }
        Ok(report)
    }

    /// The settings in force; with the other certificate in its place when one is to be tried.
    async fn settings_to_check(
        &self,
        tenant: TenantId,
        certificate: Option<CertificateId>,
        now: Timestamp,
    ) -> Result<Settings, CheckError> {
        self.desk()
            .database
            .read(
                "settings to check",
                Scope::Tenant(tenant),
                move |tx| -> Result<_, CheckError> {
                    let settings = channels::load_settings(tx, tenant)?;
                    let Some(id) = certificate else {
                        return Ok(settings);
                    };
                    let beside = channels::load_shelf(tx, tenant, &settings, now)?;
                    let stored: Option<StoredCertificate> = beside.find(id).cloned();
                    let certificate = Some(stored.ok_or(CheckError::NoSuchCertificate)?);
                    Ok(Settings {
                        certificate,
                        ..settings
                    })
                },
            )
            .await
    }

    async fn open(
        &self,
        report: &mut CheckReport,
        tenant: TenantId,
        certificate: Option<CertificateId>,
    ) -> Result<Option<Arc<Credential>>, DbFault> {
        let credentials = self.desk().credentials.clone();
        let (channel, version) = (report.channel, report.version);
        let opened = self
            .desk()
            .database
            .read("open a credential", Scope::Tenant(tenant), move |tx| {
                match certificate {
                    None => credentials.open(tx, tenant, channel, version),
                    // opened for this once: it may never come into use
                    Some(id) => channels::open_credential_with(
                        tx,
                        credentials.vault(),
                        tenant,
                        channel,
                        version,
                        id,
                    )
                    .map(Arc::new),
                }
            })
            .await;
        let why = match opened {
            Ok(credential) => {
                report.passed(CheckName::SecretsOpen, words::OPENED);
                return Ok(Some(credential));
            }
            Err(CredentialFault::Db(fault)) => return Err(fault),
            Err(CredentialFault::Incomplete) => words::INCOMPLETE,
            Err(CredentialFault::Vault(fault)) => {
                tracing::error!(%tenant, error = ?fault, "a credential does not open");
                words::SEALED
            }
        };
        report.failed(CheckName::SecretsOpen, why, words::RE_ENTER);
        Ok(None)
    }

    async fn ask(&self, report: &mut CheckReport, credential: &Credential) {
        let random = &*self.desk().random;
        let nobody: PayoutId = ids::fresh(self.now(), random);
        let Ok(openid) = OpenId::parse("nobody") else {
            return;
        };
        let question = Question {
            credential,
            partner_trade_no: &PartnerTradeNo::from(nobody),
            amount: Fen::new(1),
            openid: &openid,
            nonce: &Nonce::fresh(random),
        };
        let reply = self.desk().rail.inquire(question).await;
        let (reached, code, text) = match &reply.verdict {
            Inquiry::NotFound | Inquiry::Paid(_) | Inquiry::Failed { .. } | Inquiry::Processing => {
                report.passed(CheckName::Connection, words::CONNECTED);
                report.passed(CheckName::WechatAccepts, words::ACCEPTED);
                return;
            }
            Inquiry::Held(answer) => {
                let at_the_front = matches!(
                    &reply.exchange.fault,
                    Some(WireFault::CertificateRefused(_))
                );
                (!at_the_front, answer.code.clone(), answer.text.clone())
            }
            Inquiry::Unanswered(Doubt::Code(answer)) => {
                (true, answer.code.clone(), answer.text.clone())
            }
            Inquiry::Unanswered(doubt) => (
                reply.exchange.http_status.is_some(),
                doubt.code().to_owned(),
                doubt.to_string(),
            ),
        };
        let name = if reached {
            report.passed(CheckName::Connection, words::CONNECTED);
            CheckName::WechatAccepts
        } else {
            CheckName::Connection
        };
        let explanation = words::explain(&code, &text);
        let (zh, en) = if text.is_empty() {
            (format!("（{code}）"), format!(" ({code})"))
        } else {
            (format!("（{code}：{text}）"), format!(" ({code}: {text})"))
        };
        let detail = Said::from(explanation.meaning).with(&zh, &en);
        report.failed(name, detail, explanation.remedy);
    }
}

fn complete(report: &mut CheckReport, settings: &Settings) -> bool {
    let missing: Vec<Words> = settings.missing().into_iter().map(words::missing).collect();
    if missing.is_empty() {
        report.passed(CheckName::SettingsComplete, words::COMPLETE);
        return true;
    }
    let zh: Vec<&str> = missing.iter().map(|words| words.zh).collect();
    let en: Vec<&str> = missing.iter().map(|words| words.en).collect();
    let detail = Said::from(words::MISSING).with(
        &format!("：{}", zh.join("、")),
        &format!(": {}", en.join(", ")),
    );
    report.failed(CheckName::SettingsComplete, detail, words::FILL_IN);
    false
}

fn certificate_valid(report: &mut CheckReport, settings: &Settings, now: Timestamp) -> bool {
    let Some(certificate) = &settings.certificate else {
        return false;
    };
    let (from, until) = (certificate.facts.not_before, certificate.facts.not_after);
    if certificate.is_valid(now) {
        let days = expiry::days_left(until, now);
        let detail = Said::from(words::VALID_UNTIL).with(
            &format!(" {}（{}：{days}）", until.day(), words::DAYS_LEFT.zh),
            &format!(" {} ({}: {days})", until.day(), words::DAYS_LEFT.en),
        );
        report.passed(CheckName::CertificateValid, detail);
        return true;
    }
    let range = format!(" {} – {}", from.day(), until.day());
    let detail = Said::from(words::VALIDITY).with(&range, &range);
    report.failed(CheckName::CertificateValid, detail, words::NEW_CERTIFICATE);
    false
}

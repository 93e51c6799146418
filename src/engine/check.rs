//! 一键检测: whether a channel would pay, without paying.
//!
//! Each step is tried only when the one before it passed. The last one asks WeChat Pay about a number that does not exist: the
//! answer `NOT_FOUND` proves certificate, signature, product and IP whitelist at once.

use std::time::Duration;

use super::explain::Language;
use super::worker::Engine;
use crate::basics::{Fen, OpenId, PayoutId, TenantId, Timestamp, ids};
use crate::channels::{self, CredentialFault, Settings};
use crate::db::{DbFault, Scope};
use crate::rails::wechat_v2::codes;
use crate::rails::{Call, Credential, Doubt, Inquiry, Nonce, PartnerTradeNo, Question, Words};

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
}

/// What one step found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CheckOutcome {
    /// Which step.
    pub name: CheckName,
    /// Whether it passed.
    pub ok: bool,
    /// What was found.
    pub detail: String,
    /// What to do; empty when it passed.
    pub remedy: String,
}

/// What the whole check found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CheckReport {
    /// The steps, up to the first that failed.
    pub checks: Vec<CheckOutcome>,
}

impl CheckReport {
    /// Whether every step was tried and passed.
    pub fn is_ok(&self) -> bool {
        self.checks.len() == 5 && self.checks.iter().all(|check| check.ok)
    }
}

/// The notes of one check, in one language.
struct Notes {
    language: Language,
    checks: Vec<CheckOutcome>,
}

impl Notes {
    fn say(&self, words: Words) -> String {
        match self.language {
            Language::Chinese => words.zh.to_owned(),
            Language::English => words.en.to_owned(),
        }
    }

    fn passed(&mut self, name: CheckName, detail: String) {
        self.checks.push(CheckOutcome {
            name,
            ok: true,
            detail,
            remedy: String::new(),
        });
    }

    fn failed(&mut self, name: CheckName, detail: String, remedy: Words) {
        let remedy = self.say(remedy);
        self.checks.push(CheckOutcome {
            name,
            ok: false,
            detail,
            remedy,
        });
    }
}

const COMPLETE: Words = Words {
    zh: "各项已填写",
    en: "nothing is missing",
};
const FILL_IN: Words = Words {
    zh: "请在「微信支付配置」补全后保存",
    en: "fill them in on 微信支付配置 and save",
};
const NEW_CERTIFICATE: Words = Words {
    zh: "请在商户平台 账户中心 → API安全 申请新证书,下载后在此上传",
    en: "request a new certificate on the merchant platform (账户中心 → API安全) and upload it",
};
const OPENED: Words = Words {
    zh: "密钥可正常读取",
    en: "the sealed secrets open",
};
const RE_ENTER: Words = Words {
    zh: "请重新填写商户API密钥并重新上传证书;如仍失败请联系平台",
    en: "enter the API key and upload the certificate again; ask the platform if that does not help",
};
const CONNECTED: Words = Words {
    zh: "已用商户证书与微信支付建立安全连接",
    en: "the TLS handshake with the certificate succeeded",
};
const ACCEPTED: Words = Words {
    zh: "微信支付已接受证书、签名、产品权限与IP白名单",
    en: "WeChat Pay accepts certificate, signature, product and IP whitelist",
};

impl Engine {
    /// Checks a tenant's channel. It pays nothing and changes nothing.
    pub async fn check(
        &self,
        tenant: TenantId,
        language: Language,
    ) -> Result<CheckReport, DbFault> {
        let mut notes = Notes {
            language,
            checks: Vec::new(),
        };
        let now = self.now();
        let settings = self
            .desk()
            .database
            .read(
                "settings to check",
                Scope::Tenant(tenant),
                move |tx| -> Result<_, DbFault> { channels::load_settings(tx, tenant) },
            )
            .await?;
        if !complete(&mut notes, &settings) || !certificate_valid(&mut notes, &settings, now) {
            return Ok(CheckReport {
                checks: notes.checks,
            });
        }
        if let Some(credential) = self.open(&mut notes, tenant, &settings).await? {
            self.ask(&mut notes, &credential).await;
        }
        Ok(CheckReport {
            checks: notes.checks,
        })
    }

    async fn open(
        &self,
        notes: &mut Notes,
        tenant: TenantId,
        settings: &Settings,
    ) -> Result<Option<std::sync::Arc<Credential>>, DbFault> {
        let credentials = self.desk().credentials.clone();
        let (channel, version) = (settings.channel, settings.version);
        let opened = self
            .desk()
            .database
            .read("open a credential", Scope::Tenant(tenant), move |tx| {
                credentials.open(tx, tenant, channel, version)
            })
            .await;
        match opened {
            Ok(credential) => {
                let detail = notes.say(OPENED);
                notes.passed(CheckName::SecretsOpen, detail);
                Ok(Some(credential))
            }
            Err(CredentialFault::Db(fault)) => Err(fault),
            Err(fault @ (CredentialFault::Incomplete | CredentialFault::Vault(_))) => {
                tracing::error!(%tenant, error = ?fault, "a credential does not open");
                notes.failed(CheckName::SecretsOpen, fault.to_string(), RE_ENTER);
                Ok(None)
            }
        }
    }

    async fn ask(&self, notes: &mut Notes, credential: &Credential) {
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
                let (connected, accepted) = (notes.say(CONNECTED), notes.say(ACCEPTED));
                notes.passed(CheckName::Connection, connected);
                notes.passed(CheckName::WechatAccepts, accepted);
                return;
            }
            Inquiry::Held(answer) => {
                let at_the_front = matches!(
                    &reply.exchange.fault,
                    Some(crate::wire::WireFault::CertificateRefused(_))
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
            let connected = notes.say(CONNECTED);
            notes.passed(CheckName::Connection, connected);
            CheckName::WechatAccepts
        } else {
            CheckName::Connection
        };
        let explanation = codes::explain(Call::Inquiry, &code, &text);
        let meaning = notes.say(explanation.meaning);
        let detail = if text.is_empty() {
            format!("{code}: {meaning}")
        } else {
            format!("{code}: {meaning} ({text})")
        };
        notes.failed(name, detail, explanation.remedy);
    }
}

fn complete(notes: &mut Notes, settings: &Settings) -> bool {
    let missing: Vec<&str> = settings
        .missing()
        .iter()
        .map(|what| what.as_str())
        .collect();
    if missing.is_empty() {
        let detail = notes.say(COMPLETE);
        notes.passed(CheckName::SettingsComplete, detail);
        return true;
    }
    let what = notes.say(Words {
        zh: "缺少",
        en: "missing",
    });
    let detail = format!("{what}: {}", missing.join(", "));
    notes.failed(CheckName::SettingsComplete, detail, FILL_IN);
    false
}

fn certificate_valid(notes: &mut Notes, settings: &Settings, now: Timestamp) -> bool {
    let Some(certificate) = &settings.certificate else {
        return false;
    };
    let (from, until) = (certificate.facts.not_before, certificate.facts.not_after);
    if from <= now && now < until {
        let days = until.since(now).as_secs() / Duration::from_hours(24).as_secs();
        let text = notes.say(Words {
            zh: "有效期至",
            en: "valid until",
        });
        let left = notes.say(Words {
            zh: "剩余天数",
            en: "days left",
        });
        notes.passed(
            CheckName::CertificateValid,
            format!("{text} {} ({left}: {days})", until.day()),
        );
        return true;
    }
    let text = notes.say(Words {
        zh: "证书有效期",
        en: "the certificate is valid",
    });
    let detail = format!("{text} {} – {}", from.day(), until.day());
    notes.failed(CheckName::CertificateValid, detail, NEW_CERTIFICATE);
    false
}

//! The parts of the page in the reader's words.

use super::look::Look;
use crate::basics::{CertificateId, Timestamp};
use crate::channels::certificate::expiry::{self, ExpiryNotice};
use crate::channels::{Expiring, SecretState, StoredCertificate, VersionChange};
use crate::engine::{CheckName, CheckOutcome, Language, PastCheck};
use crate::web::text::{self, WechatPay};

/// A certificate.
pub(super) struct CertificateLine {
    pub(super) id: CertificateId,
    pub(super) serial: String,
    /// Its end, to tell it from others.
    pub(super) short: String,
    pub(super) merchant_number: String,
    pub(super) subject: String,
    pub(super) organization: String,
    pub(super) company: String,
    pub(super) issuer: String,
    pub(super) is_foreign: bool,
    pub(super) from: String,
    pub(super) until: String,
    pub(super) fingerprint: String,
    pub(super) key_bits: u32,
    pub(super) uploaded_at: String,
    pub(super) uploaded_by: String,
    /// The badge about its end: a class and words.
    pub(super) end: (&'static str, String),
    /// How it served the last calls.
    pub(super) calls: String,
    pub(super) is_proved: bool,
    pub(super) is_valid: bool,
    /// What happens to it next, when it is not in use.
    pub(super) means: String,
    pub(super) check: Option<CheckLine>,
}

impl CertificateLine {
    /// The line of a certificate.
    pub(super) fn of(
        w: &'static WechatPay,
        certificate: &StoredCertificate,
        look: &Look,
        language: Language,
        now: Timestamp,
    ) -> Self {
        let facts = &certificate.facts;
        let uses = look
            .uses
            .iter()
            .find(|uses| uses.certificate == certificate.id);
        let check = look
            .checks_beside
            .iter()
            .find(|(id, _)| *id == certificate.id)
            .map(|(_, past)| CheckLine::of(w, past, look.settings.version, language));
        Self {
            id: certificate.id,
            serial: facts.serial.clone(),
            short: text::tail(&facts.serial),
            merchant_number: facts.merchant_number.clone(),
            subject: facts.subject.clone(),
            organization: facts.organization.clone(),
            company: facts.organizational_unit.clone(),
            issuer: facts.issuer.clone(),
            is_foreign: !facts.is_from_wechat(),
            from: facts.not_before.shanghai(),
            until: facts.not_after.shanghai(),
            fingerprint: facts.fingerprint_sha256.clone(),
            key_bits: facts.key_bits,
            uploaded_at: certificate.uploaded_at.shanghai(),
            uploaded_by: person(w, &certificate.uploaded_by),
            end: end(w, certificate, now),
            calls: uses.map_or_else(
                || w.no_calls.to_owned(),
                |uses| (w.calls)(uses.calls, &uses.last_at.shanghai()),
            ),
            is_proved: certificate.proved_at.is_some(),
            is_valid: certificate.is_valid(now),
            means: match certificate.kept_until() {
                Some(until) => (w.retired_means)(&until.shanghai()),
                None if certificate.proved_at.is_some() => w.proved_means.to_owned(),
                None => w.waits_means.to_owned(),
            },
            check,
        }
    }
}

fn end(
    w: &'static WechatPay,
    certificate: &StoredCertificate,
    now: Timestamp,
) -> (&'static str, String) {
    let not_after = certificate.facts.not_after;
    let left = || (w.days_left)(expiry::days_left(not_after, now));
    match expiry::notice(not_after, now) {
        None => ("good", left()),
        Some(ExpiryNotice::Within90Days | ExpiryNotice::Within30Days) => ("warn", left()),
        Some(ExpiryNotice::Within7Days | ExpiryNotice::Within1Day) => ("bad", left()),
        Some(ExpiryNotice::Expired) => ("bad", w.expired.to_owned()),
    }
}

/// What has to be said about the end of the certificate in use: how urgent, and the sentence.
pub(super) fn expiring(w: &'static WechatPay, expiring: &Expiring) -> (&'static str, String) {
    let look = match expiring.notice {
        ExpiryNotice::Within90Days | ExpiryNotice::Within30Days => "warn",
        ExpiryNotice::Within7Days | ExpiryNotice::Within1Day | ExpiryNotice::Expired => "bad",
    };
    (look, (w.expiring)(expiring.notice, expiring.days_left))
}

/// Somebody by the name that columns like `set_by` keep.
pub(super) fn person(w: &'static WechatPay, by: &str) -> String {
    match by {
        "command_line" => w.command_line.to_owned(),
        name => name.to_owned(),
    }
}

/// That a secret is set, when and by whom.
pub(super) fn secret(w: &'static WechatPay, state: Option<&SecretState>) -> Option<String> {
    state.map(|state| {
        let by = person(w, &state.set_by);
        format!("{} · {} · {by}", w.set, state.set_at.shanghai())
    })
}

/// A check that was made.
pub(super) struct CheckLine {
    pub(super) is_good: bool,
    /// The settings have changed since.
    pub(super) is_stale: bool,
    pub(super) at: String,
    pub(super) by: String,
    pub(super) steps: Vec<StepLine>,
}

/// One step of it.
pub(super) struct StepLine {
    pub(super) name: &'static str,
    /// `None` when it was not tried.
    pub(super) ok: Option<bool>,
    pub(super) detail: String,
    pub(super) remedy: String,
}

impl CheckLine {
    /// The line of a check.
    pub(super) fn of(
        w: &'static WechatPay,
        past: &PastCheck,
        version: i64,
        language: Language,
    ) -> Self {
        let steps = CheckName::ALL
            .into_iter()
            .map(|name| {
                let outcome = past.outcomes.iter().find(|outcome| outcome.name == name);
                StepLine::of(w, name, outcome, language)
            })
            .collect();
        Self {
            is_good: past.is_ok(),
            is_stale: past.version != version,
            at: past.at.shanghai(),
            by: person(w, &past.by),
            steps,
        }
    }
}

impl StepLine {
    fn of(
        w: &'static WechatPay,
        name: CheckName,
        outcome: Option<&CheckOutcome>,
        language: Language,
    ) -> Self {
        let (ok, detail, remedy) = outcome.map_or_else(
            || (None, w.check_skipped.to_owned(), String::new()),
            |outcome| {
                (
                    Some(outcome.ok),
                    outcome.detail.to(language).to_owned(),
                    outcome.remedy.to(language).to_owned(),
                )
            },
        );
        Self {
            name: (w.step)(name),
            ok,
            detail,
            remedy,
        }
    }
}

/// A version and what it changed.
pub(super) struct ChangeLine {
    pub(super) version: i64,
    pub(super) at: String,
    pub(super) by: String,
    pub(super) what: Vec<String>,
}

impl ChangeLine {
    /// The line of a version.
    pub(super) fn of(w: &'static WechatPay, change: &VersionChange) -> Self {
        Self {
            version: change.version,
            at: change.at.shanghai(),
            by: person(w, &change.by),
            what: change.changes.iter().map(w.change).collect(),
        }
    }
}

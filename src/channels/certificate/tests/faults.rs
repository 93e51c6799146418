//! The words: every fault and warning has a code of its own, a sentence and a remedy.

use std::collections::BTreeSet;

use super::super::{CertificateWarning, Damage, LooksLike, Weakness};
use super::*;

fn every_fault() -> Vec<CertificateFault> {
    use CertificateFault as F;
    let file = || "apiclient_cert.p12".to_owned();
    let number = || OURS.to_owned();
    vec![
        F::NothingUploaded,
        F::TooManyFiles { count: 5 },
        F::TooLarge {
            file: file(),
            limit_kib: 64,
        },
        F::NotAPackage {
            file: file(),
            looks_like: LooksLike::WebPage,
        },
        F::Damaged {
            file: file(),
            detail: Damage::Empty,
        },
        F::TooManyEntries { limit: 16 },
        F::Bomb,
        F::NestedArchive { file: file() },
        F::EncryptedZip { file: file() },
        F::UnsupportedCompression { file: file() },
        F::SymlinkEntry { file: file() },
        F::DuplicateEntry { file: file() },
        F::WrongPassword {
            file: file(),
            merchant: number(),
        },
        F::WorkTooHigh { file: file() },
        F::TooManyBags { file: file() },
        F::UnsupportedProtection { file: file() },
        F::NoCertificate,
        F::NoKey,
        F::KeyInCertificatePlace { file: file() },
        F::CertificateInKeyPlace { file: file() },
        F::MoreThanOneKey,
        F::MoreThanOneCertificate,
        F::TooManyCertificates { limit: 5 },
        F::PemAndP12Disagree,
        F::EncryptedKey { file: file() },
        F::PublicKey { file: file() },
        F::SigningRequest { file: file() },
        F::PlatformCertificate { file: file() },
        F::NotRsa { file: file() },
        F::KeyTooShort { bits: 1024 },
        F::KeyTooLong { bits: 8192 },
        F::KeyLengthUnusual { bits: 2560 },
        F::WeakKey {
            weakness: Weakness::Roca,
        },
        F::KeyInconsistent,
        F::KeyDoesNotMatch,
        F::AnotherMerchant {
            found: number(),
            expected: number(),
        },
        F::NotAMerchantCertificate { name: number() },
        F::Expired { since: today() },
        F::NotYetValid { from: today() },
    ]
}

#[test]
fn every_fault_has_a_code_of_its_own_a_sentence_and_a_remedy() {
    let faults = every_fault();
    let codes: BTreeSet<&str> = faults.iter().map(CertificateFault::code).collect();
    assert_eq!(codes.len(), faults.len());
    for fault in faults {
        let (sentence, remedy) = (fault.to_string(), fault.remedy());
        assert!(
            sentence.len() > 10 && !sentence.ends_with('.'),
            "{sentence}"
        );
        assert!(remedy.ends_with('.'), "{remedy}");
        // a line break in the source must not become a gap in the text
        assert!(
            !remedy.contains("  ") && !sentence.contains("  "),
            "{sentence} {remedy}"
        );
        let (sentence, remedy) = (fault.chinese(), fault.chinese_remedy());
        assert!(
            has_chinese(&sentence) && !sentence.ends_with('。'),
            "{sentence}"
        );
        assert!(
            has_chinese(remedy) && remedy.ends_with('。') && !remedy.contains("  "),
            "{remedy}"
        );
    }
}

fn has_chinese(text: &str) -> bool {
    text.chars()
        .filter(|c| ('\u{4e00}'..='\u{9fff}').contains(c))
        .count()
        > 3
}

#[test]
fn every_kind_of_damage_is_said_in_both_languages() {
    let english: BTreeSet<String> = Damage::ALL.iter().map(ToString::to_string).collect();
    let chinese: BTreeSet<&str> = Damage::ALL.iter().map(|damage| damage.chinese()).collect();
    assert_eq!(
        (english.len(), chinese.len()),
        (Damage::ALL.len(), Damage::ALL.len())
    );
}

#[test]
fn every_warning_has_a_code_of_its_own_a_sentence_and_a_remedy() {
    let warnings = [
        CertificateWarning::UnknownIssuer {
            issuer: "Somebody".to_owned(),
        },
        CertificateWarning::ExpiresSoon { days: 7 },
        CertificateWarning::P12NotUsed { reason: "damaged" },
    ];
    let codes: BTreeSet<&str> = warnings.iter().map(CertificateWarning::code).collect();
    assert_eq!(codes.len(), warnings.len());
    for warning in warnings {
        assert!(warning.remedy().ends_with('.') && !warning.to_string().is_empty());
        assert!(has_chinese(&warning.chinese()) && warning.chinese_remedy().ends_with('。'));
    }
    let said = |days| CertificateWarning::ExpiresSoon { days }.to_string();
    assert_eq!(said(0), "the certificate expires within a day");
    assert_eq!(said(1), "the certificate expires in one day");
    assert_eq!(said(30), "the certificate expires in 30 days");
}

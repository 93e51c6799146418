//! Whose certificate it is, since when and until when.

use super::super::CertificateWarning;
use super::super::expiry::{ExpiryNotice, days_left, notice};
use super::*;

#[test]
fn the_facts_are_those_that_openssl_reads_from_the_file() {
    let identity = accepted(upload_fixtures(&[
        "apiclient_cert.pem",
        "apiclient_key.pem",
    ]));
    let facts = identity.facts;
    assert_eq!(facts.serial, "0DDE55AD98ED71D6EDD4A4A16996DE7B47773A8C");
    assert_eq!(facts.organization, "微信商户系统");
    assert_eq!(facts.organizational_unit, "深圳站付测试有限公司");
    assert_eq!(
        facts.subject,
        "C=CN, L=ShenZhen, O=微信商户系统, OU=深圳站付测试有限公司, CN=1900000109"
    );
    assert_eq!(
        facts.issuer,
        "C=CN, O=Tenpay.com, OU=Tenpay.com CA Center, CN=Tenpay.com Root CA"
    );
    assert_eq!(facts.not_before, at("2026-01-01T00:00:00Z"));
    assert_eq!(facts.not_after, at("2030-12-31T00:00:00Z"));
    assert_eq!(facts.key_bits, 2048);
    assert_eq!(facts.fingerprint_sha256.len(), 64);
    assert_eq!(identity.warnings, []);
    assert_eq!(format!("{:?}", identity.key), "[REDACTED]");
}

#[test]
fn a_serial_is_shown_with_all_its_forty_digits() {
    let identity = accepted(upload_fixtures(&[
        "short_serial_cert.pem",
        "apiclient_key.pem",
    ]));
    assert_eq!(identity.facts.serial, format!("{}A1", "0".repeat(38)));
}

#[test]
fn another_merchants_certificate_is_refused_and_says_whose_it_is() {
    let said = refused(
        upload_fixtures(&["other_cert.pem", "other_key.pem"]),
        "another_merchant",
    );
    assert!(said.contains("1900000110") && said.contains(OURS), "{said}");
    // also when something else is wrong with it
    refused(upload_fixtures(&["other_cert.pem"]), "another_merchant");
    refused(
        upload_fixtures(&["other_cert.pem", "apiclient_key.pem"]),
        "another_merchant",
    );
}

#[test]
fn a_certificate_that_is_no_merchants_is_refused() {
    let said = refused(
        upload_fixtures(&["unnumbered_cert.pem", "apiclient_key.pem"]),
        "not_a_merchant_certificate",
    );
    assert!(said.contains("shop.example.com"), "{said}");
}

#[test]
fn a_certificate_with_two_common_names_is_no_merchants() {
    refused(
        upload_fixtures(&["two_names_cert.pem", "apiclient_key.pem"]),
        "not_a_merchant_certificate",
    );
}

#[test]
fn wechat_pays_own_certificate_is_refused_by_name() {
    refused(
        upload_fixtures(&["platform_cert.pem"]),
        "platform_certificate",
    );
    refused(
        upload_fixtures(&["platform_cert.pem", "other_key.pem"]),
        "platform_certificate",
    );
}

#[test]
fn an_expired_certificate_is_refused_and_says_since_when() {
    let said = refused(
        upload_fixtures(&["expired_cert.pem", "apiclient_key.pem"]),
        "expired",
    );
    assert!(said.contains("2026-01-01 08:00:00"), "{said}");
}

#[test]
fn a_certificate_of_the_future_is_refused_and_says_from_when() {
    let said = refused(
        upload_fixtures(&["future_cert.pem", "apiclient_key.pem"]),
        "not_yet_valid",
    );
    assert!(said.contains("2027-01-01 08:00:00"), "{said}");
}

#[test]
fn the_first_and_the_last_instant_are_part_of_the_validity() {
    let (certificate, key) = (fixture("apiclient_cert.pem"), fixture("apiclient_key.pem"));
    let files: [(&str, &[u8]); 2] = [("c.pem", &certificate), ("k.pem", &key)];
    accepted(upload_at(&files, at("2026-01-01T00:00:00Z")));
    accepted(upload_at(&files, at("2030-12-31T00:00:00Z")));
    refused(
        upload_at(&files, at("2025-12-31T23:59:59.999Z")),
        "not_yet_valid",
    );
    refused(upload_at(&files, at("2030-12-31T00:00:00.001Z")), "expired");
}

#[test]
fn a_certificate_that_ends_soon_is_accepted_with_a_warning() {
    let (certificate, key) = (fixture("apiclient_cert.pem"), fixture("apiclient_key.pem"));
    let files: [(&str, &[u8]); 2] = [("c.pem", &certificate), ("k.pem", &key)];
    let identity = accepted(upload_at(&files, at("2030-12-01T12:00:00Z")));
    assert_eq!(
        identity.warnings,
        [CertificateWarning::ExpiresSoon { days: 29 }]
    );
}

#[test]
fn a_stranger_among_issuers_is_accepted_with_a_warning() {
    let identity = accepted(upload_fixtures(&[
        "self_signed_cert.pem",
        "apiclient_key.pem",
    ]));
    let [warning] = identity.warnings.as_slice() else {
        panic!("{:?}", identity.warnings)
    };
    assert_eq!(warning.code(), "unknown_issuer");
    assert!(warning.to_string().contains(OURS));
    assert!(!warning.remedy().is_empty());
}

#[test]
fn the_notice_follows_the_days_that_are_left() {
    let end = at("2030-12-31T00:00:00Z");
    let cases = [
        ("2030-10-01T23:59:59Z", None),
        ("2030-10-02T00:00:00Z", Some(ExpiryNotice::Within90Days)),
        ("2030-11-30T23:59:59Z", Some(ExpiryNotice::Within90Days)),
        ("2030-12-01T00:00:00Z", Some(ExpiryNotice::Within30Days)),
        ("2030-12-24T00:00:00Z", Some(ExpiryNotice::Within7Days)),
        ("2030-12-30T00:00:00Z", Some(ExpiryNotice::Within1Day)),
        ("2030-12-31T00:00:00Z", Some(ExpiryNotice::Within1Day)),
        ("2030-12-31T00:00:00.001Z", Some(ExpiryNotice::Expired)),
        ("2099-01-01T00:00:00Z", Some(ExpiryNotice::Expired)),
    ];
    for (now, expected) in cases {
        assert_eq!(notice(end, at(now)), expected, "{now}");
    }
    assert!(ExpiryNotice::Within90Days < ExpiryNotice::Expired);
    assert_eq!(days_left(end, at("2030-12-29T12:00:00Z")), 1);
    assert_eq!(days_left(end, at("2031-12-29T12:00:00Z")), 0);
}

#[test]
fn a_clock_out_of_its_mind_makes_no_panic() {
    for millis in [i64::MIN, -1, 0, i64::MAX] {
        let now = Timestamp::from_millis(millis);
        notice(at("2030-12-31T00:00:00Z"), now);
        notice(now, at("2030-12-31T00:00:00Z"));
        notice(now, now);
    }
}

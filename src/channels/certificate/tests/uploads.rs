//! The upload as a whole: how many files, how large, which of them count.

use super::super::CertificateWarning;
use super::*;

#[test]
fn nothing_and_only_empty_files_are_nothing() {
    refused(upload(&[]), "nothing_uploaded");
    refused(
        upload(&[("a.p12", b""), ("b.pem", b" \r\n")]),
        "nothing_uploaded",
    );
}

#[test]
fn an_empty_file_beside_a_certificate_is_named() {
    let certificate = fixture("apiclient_cert.pem");
    let said = refused(
        upload(&[("c.pem", &certificate), ("apiclient_key.pem", b"")]),
        "damaged",
    );
    assert!(
        said.contains("apiclient_key.pem") && said.contains("empty"),
        "{said}"
    );
}

#[test]
fn half_a_pair_is_refused_and_says_which_half_is_missing() {
    refused(upload_fixtures(&["apiclient_cert.pem"]), "no_key");
    refused(upload_fixtures(&["apiclient_key.pem"]), "no_certificate");
    refused(upload_fixtures(&["root.pem"]), "no_key");
    refused(
        upload_fixtures(&["root.pem", "apiclient_key.pem"]),
        "no_certificate",
    );
}

#[test]
fn more_than_four_files_are_refused() {
    let five = [
        "apiclient_cert.pem",
        "apiclient_key.pem",
        "root.pem",
        "legacy.p12",
        "pub_key.pem",
    ];
    refused(upload_fixtures(&five), "too_many_files");
    accepted(upload_fixtures(&five[..4]));
}

#[test]
fn files_beyond_the_limits_are_refused_before_they_are_read() {
    let mut large = fixture("legacy.p12");
    large.resize(64 * 1024 + 1, 0);
    assert!(refused(upload(&[("a.p12", &large)]), "too_large").contains("64 KiB"));
    let huge = vec![0; 256 * 1024 + 1];
    assert!(refused(upload(&[("a.zip", &huge)]), "too_large").contains("256 KiB"));
    let half = vec![b'x'; 129 * 1024];
    refused(upload(&[("a.txt", &half), ("b.txt", &half)]), "too_large");
}

#[test]
fn two_keys_and_two_merchant_certificates_are_refused() {
    refused(
        upload_fixtures(&["apiclient_cert.pem", "apiclient_key.pem", "other_key.pem"]),
        "more_than_one_key",
    );
    for other in ["renewed_cert.pem", "other_cert.pem", "mixed_cert.pem"] {
        refused(
            upload_fixtures(&["apiclient_cert.pem", "apiclient_key.pem", other]),
            "more_than_one_certificate",
        );
    }
    refused(
        upload_fixtures(&["legacy.p12", "mixed.p12"]),
        "more_than_one_key",
    );
}

#[test]
fn the_same_certificate_and_key_twice_are_one() {
    accepted(upload_fixtures(&[
        "apiclient_cert.pem",
        "apiclient_key.pem",
        "key_pkcs1.pem",
        "apiclient_cert.pem",
    ]));
    accepted(upload_fixtures(&["legacy.p12", "modern.p12"]));
}

#[test]
fn more_than_five_certificates_are_refused() {
    let names = [
        "renewed_cert.pem",
        "unnumbered_cert.pem",
        "expired_cert.pem",
        "future_cert.pem",
        "root.pem",
        "two_names_cert.pem",
        "apiclient_key.pem",
    ];
    let text: Vec<u8> = names.iter().flat_map(|name| fixture(name)).collect();
    refused(upload(&[("a.pem", &text)]), "too_many_certificates");
}

#[test]
fn pem_files_and_p12_of_one_identity_are_accepted() {
    let identity = accepted(upload_fixtures(&[
        "apiclient_cert.pem",
        "apiclient_key.pem",
        "legacy.p12",
    ]));
    assert_eq!(identity.warnings, []);
    // old packages hold the root beside the p12
    accepted(upload_fixtures(&["legacy.p12", "root.pem"]));
    accepted(upload_fixtures(&["legacy.p12", "apiclient_cert.pem"]));
}

#[test]
fn pem_files_and_p12_of_two_identities_are_refused() {
    for names in [
        &["apiclient_cert.pem", "apiclient_key.pem", "mixed.p12"][..],
        &["renewed_cert.pem", "apiclient_key.pem", "legacy.p12"],
        &["other_cert.pem", "legacy.p12"],
        &["other_key.pem", "legacy.p12"],
        &["apiclient_cert.pem", "other_key.pem", "legacy.p12"],
    ] {
        refused(upload_fixtures(names), "pem_and_p12_disagree");
    }
}

#[test]
fn the_pem_pair_is_taken_when_the_p12_beside_it_cannot_be_read() {
    let identity = accepted(upload_fixtures(&[
        "apiclient_cert.pem",
        "apiclient_key.pem",
        "rc4.p12",
    ]));
    let reason = "unsupported_protection";
    assert_eq!(
        identity.warnings,
        [CertificateWarning::P12NotUsed { reason }]
    );
}

#[test]
fn the_p12_is_taken_when_the_pem_files_beside_it_cannot_be_read() {
    let identity = accepted(upload_fixtures(&[
        "apiclient_cert.pem",
        "key_encrypted_pkcs8.pem",
        "legacy.p12",
    ]));
    assert_eq!(identity.warnings, []);
}

#[test]
fn file_names_in_a_fault_are_cut_and_cannot_steer_a_terminal() {
    let name = format!("../../etc/\u{1b}[31m\u{202e}{}.p12", "x".repeat(500));
    let said = refused(upload(&[(&name, b"hello")]), "not_a_package");
    assert!(
        !said.contains('\u{1b}') && !said.contains('\u{202e}') && !said.contains("etc"),
        "{said}"
    );
    assert!(said.chars().count() < 120, "{said}");
}

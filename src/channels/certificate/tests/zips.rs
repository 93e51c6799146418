//! The certificate tool's ZIP, as it is, packed again, and meant badly.

use super::zip_maker::{Entry, deflated, zip};
use super::*;

/// 证书使用说明.txt as a Chinese Windows writes it.
const READ_ME_IN_GBK: &[u8] = b"\xd6\xa4\xca\xe9\xca\xb9\xd3\xc3\xcb\xb5\xc3\xf7.txt";

fn stored(name: &str, file: &str) -> Entry {
    Entry::stored(name.as_bytes(), &fixture(file))
}

/// The certificate tool's package: flat, with a read-me.
pub(super) fn official() -> Vec<u8> {
    zip(&[
        stored("apiclient_cert.p12", "legacy.p12"),
        stored("apiclient_cert.pem", "apiclient_cert.pem"),
        stored("apiclient_key.pem", "apiclient_key.pem"),
        Entry::stored(READ_ME_IN_GBK, "说明".as_bytes()),
    ])
}

fn open(bytes: &[u8]) -> Result<MerchantIdentity, CertificateFault> {
    upload(&[("cert.zip", bytes)])
}

#[test]
fn the_certificate_tools_package_is_read() {
    assert_eq!(accepted(open(&official())).warnings, []);
    let certificate = fixture("apiclient_cert.pem");
    let key = fixture("apiclient_key.pem");
    let p12 = fixture("legacy.p12");
    accepted(open(&deflated(&[
        ("1900000109_20261123_cert/apiclient_cert.p12", &p12),
        ("1900000109_20261123_cert/apiclient_cert.pem", &certificate),
        ("1900000109_20261123_cert/apiclient_key.pem", &key),
        (
            "1900000109_20261123_cert/证书使用说明.txt",
            "说明".as_bytes(),
        ),
    ])));
    accepted(open(&deflated(&[("a.p12", &p12)])));
    accepted(open(&deflated(&[
        ("apiclient_cert.pem.txt", &certificate),
        ("APICLIENT_KEY.PEM", &key),
    ])));
}

#[test]
fn names_in_gbk_and_in_utf_8_are_read() {
    for folder in ["证书".as_bytes(), b"\xd6\xa4\xca\xe9"] {
        let name = |file: &str| [folder, b"/", file.as_bytes()].concat();
        accepted(open(&zip(&[
            Entry::stored(&name("apiclient_cert.pem"), &fixture("apiclient_cert.pem")),
            Entry::stored(&name("apiclient_key.pem"), &fixture("apiclient_key.pem")),
        ])));
    }
    // a Chinese base name: 商户.p12 in GBK
    accepted(open(&zip(&[Entry::stored(
        b"\xc9\xcc\xbb\xa7.p12",
        &fixture("legacy.p12"),
    )])));
}

#[test]
fn a_package_packed_again_on_a_mac_is_read() {
    let mut directory = stored("cert/", "legacy.p12");
    directory.content.clear();
    directory.mode = 0o040_755;
    directory.checksum = 0;
    let shadow = |name: &str| Entry::stored(name.as_bytes(), b"\0\x05\x16\x07\0\x02\0\0Mac OS X");
    accepted(open(&zip(&[
        directory,
        shadow("cert/.DS_Store"),
        shadow("__MACOSX/cert/._.DS_Store"),
        stored("cert/apiclient_key.pem", "apiclient_key.pem"),
        shadow("__MACOSX/cert/._apiclient_key.pem"),
        stored("cert/apiclient_cert.p12", "legacy.p12"),
        shadow("__MACOSX/cert/._apiclient_cert.p12"),
        stored("cert/apiclient_cert.pem", "apiclient_cert.pem"),
        shadow("__MACOSX/cert/._apiclient_cert.pem"),
        shadow("cert/._apiclient_cert.pem"),
    ])));
}

#[test]
fn a_path_that_leads_out_of_the_archive_is_only_a_name() {
    accepted(open(&zip(&[
        stored("../../../etc/apiclient_cert.pem", "apiclient_cert.pem"),
        stored("C:\\Windows\\apiclient_key.pem", "apiclient_key.pem"),
    ])));
}

#[test]
fn within_a_zip_the_same_rules_hold_for_what_belongs_together() {
    let package = |p12: &str, certificate: &str, key: &str| {
        zip(&[
            stored("apiclient_cert.p12", p12),
            stored("apiclient_cert.pem", certificate),
            stored("apiclient_key.pem", key),
        ])
    };
    let (certificate, key) = ("apiclient_cert.pem", "apiclient_key.pem");
    refused(
        open(&package("mixed.p12", certificate, key)),
        "pem_and_p12_disagree",
    );
    refused(
        open(&package("legacy.p12", "renewed_cert.pem", key)),
        "pem_and_p12_disagree",
    );
    accepted(open(&package(
        "legacy.p12",
        certificate,
        "key_encrypted_pkcs8.pem",
    )));
    refused(
        open(&package("other.p12", "other_cert.pem", "other_key.pem")),
        "another_merchant",
    );
    refused(open(&zip(&[stored("a.pem", certificate)])), "no_key");
    refused(open(&zip(&[stored("a.pem", key)])), "no_certificate");
    refused(
        open(&zip(&[Entry::stored(READ_ME_IN_GBK, b"x")])),
        "no_certificate",
    );
    refused(open(&zip(&[])), "no_certificate");
}

#[test]
fn a_bomb_is_refused_before_it_grows() {
    let zeros = vec![0; 4 * 1024 * 1024];
    let bomb = deflated(&[("apiclient_cert.p12", &zeros)]);
    refused(open(&bomb), "bomb");
    // small, but thin: more than a hundred bytes out of one
    refused(
        open(&deflated(&[("apiclient_cert.p12", &zeros[..60 * 1024])])),
        "bomb",
    );
    // thick, but too large
    let noise: Vec<u8> = (0..70 * 1024_u32)
        .map(|i| i.wrapping_mul(2_654_435_761).to_be_bytes()[0])
        .collect();
    refused(open(&zip(&[Entry::stored(b"a.p12", &noise)])), "bomb");
    // each small enough, all together too large
    let many: Vec<Entry> = (0..5)
        .map(|i| Entry::stored(format!("{i}.p12").as_bytes(), &noise[..60 * 1024]))
        .collect();
    refused(open(&zip(&many[..4])), "not_a_package");
    refused(open(&zip(&many)), "too_large");
}

#[test]
fn a_header_that_lies_about_the_size_is_not_believed() {
    let zeros = vec![0; 1024 * 1024];
    let mut liar = deflated(&[("apiclient_cert.p12", &zeros)]);
    let size = 1_048_576_u32.to_le_bytes();
    let places: Vec<usize> = liar
        .windows(4)
        .enumerate()
        .filter(|(_, window)| *window == size)
        .map(|(place, _)| place)
        .collect();
    assert!(!places.is_empty());
    for place in places {
        liar[place..place + 4].copy_from_slice(&100_u32.to_le_bytes());
    }
    let fault = open(&liar).unwrap_err();
    assert!(["bomb", "damaged"].contains(&fault.code()), "{fault}");
    let mut entry = stored("apiclient_cert.p12", "legacy.p12");
    entry.claimed_size = Some(u32::MAX - 1);
    let said = open(&zip(&[entry])).map(|identity| identity.facts.merchant_number);
    assert!(said.is_ok() || said.is_err_and(|fault| fault.code() == "damaged"));
}

#[test]
fn too_many_entries_are_refused_from_the_table_of_contents() {
    let empty: Vec<Entry> = (0..2_500)
        .map(|i| Entry::stored(format!("{i}").as_bytes(), b""))
        .collect();
    refused(open(&zip(&empty)), "too_many_entries");
    refused(open(&zip(&empty[..17])), "too_many_entries");
    refused(open(&zip(&empty[..16])), "no_certificate");
}

#[test]
fn an_archive_in_the_archive_is_refused() {
    let inner = official();
    refused(
        open(&zip(&[Entry::stored(b"cert.zip", &inner)])),
        "nested_archive",
    );
    refused(
        open(&zip(&[Entry::stored(b"cert.p12", &inner)])),
        "nested_archive",
    );
    refused(
        open(&zip(&[Entry::stored(b"cert.RAR", b"Rar!\x1a\x07\x01\0")])),
        "nested_archive",
    );
    refused(
        open(&zip(&[Entry::stored(b"cert.pem", b"\x1f\x8b\x08\0")])),
        "nested_archive",
    );
}

#[test]
fn encrypted_entries_links_devices_and_strange_methods_are_refused() {
    let plain = stored("apiclient_cert.p12", "legacy.p12");
    let mut encrypted = plain.clone();
    encrypted.flags = 1;
    refused(open(&zip(&[encrypted])), "encrypted_zip");
    let mut aes = plain.clone();
    (aes.flags, aes.method) = (1, 99);
    refused(open(&zip(&[aes])), "encrypted_zip");
    for method in [1, 6, 9, 12, 14, 93, 95, 98] {
        let mut strange = plain.clone();
        strange.method = method;
        refused(open(&zip(&[strange])), "unsupported_compression");
    }
    for mode in [0o120_777, 0o020_666, 0o060_660, 0o010_644, 0o140_755] {
        let mut special = plain.clone();
        special.mode = mode;
        refused(open(&zip(&[special])), "symlink_entry");
    }
}

#[test]
fn an_entry_twice_is_refused() {
    let key = stored("apiclient_key.pem", "apiclient_key.pem");
    let certificate = stored("apiclient_cert.pem", "apiclient_cert.pem");
    refused(
        open(&zip(&[certificate.clone(), key.clone(), key.clone()])),
        "duplicate_entry",
    );
    let elsewhere = stored("old/APIclient_key.pem", "other_key.pem");
    refused(
        open(&zip(&[certificate, key, elsewhere])),
        "duplicate_entry",
    );
}

#[test]
fn a_zip_that_was_cut_or_changed_is_damaged() {
    let whole = official();
    for length in [4, 30, 100, whole.len() / 2, whole.len() - 1] {
        refused(open(&whole[..length]), "damaged");
    }
    let mut entry = stored("apiclient_cert.p12", "legacy.p12");
    entry.checksum ^= 1;
    refused(open(&zip(&[entry])), "damaged");
}

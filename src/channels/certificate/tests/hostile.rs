//! No input panics, and none is accepted that is not the merchant's certificate with its key.

use std::hint::black_box;

use proptest::prelude::*;

use super::super::{der, der_kind, p12, p12_budget, pem, sniff};
use super::*;

const FILES: [&str; 17] = [
    "legacy.p12",
    "modern.p12",
    "no_mac.p12",
    "triple_des.p12",
    "mixed_ciphers.p12",
    "ec.p12",
    "root_only.p12",
    "apiclient_cert.pem",
    "apiclient_key.pem",
    "key_pkcs1.pem",
    "key_encrypted_pkcs8.pem",
    "key_encrypted_traditional.pem",
    "request.csr",
    "pub_key.pem",
    "exponent_3_key.pem",
    "platform_cert.pem",
    "two_names_cert.pem",
];

/// Reads a file alone, and beside a good pair; an accepted one must be our merchant's.
fn survive(name: &str, bytes: &[u8]) {
    let key = fixture("apiclient_key.pem");
    let certificate = fixture("apiclient_cert.pem");
    for files in [
        &[(name, bytes)][..],
        &[(name, bytes), ("apiclient_key.pem", key.as_slice())],
        &[
            (name, bytes),
            ("apiclient_cert.pem", certificate.as_slice()),
        ],
    ] {
        match upload(files) {
            Ok(identity) => assert_eq!(identity.facts.merchant_number, OURS),
            Err(fault) => assert!(!fault.to_string().is_empty() && !fault.remedy().is_empty()),
        }
    }
}

fn any_file() -> impl Strategy<Value = Vec<u8>> {
    prop_oneof![
        4 => prop::sample::select(FILES.to_vec()).prop_map(fixture),
        1 => Just(zips::official()),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn random_bytes_do_no_harm(bytes in prop::collection::vec(any::<u8>(), 0..3000)) {
        survive("a.p12", &bytes);
    }

    #[test]
    fn random_bytes_behind_a_true_beginning_do_no_harm(
        beginning in prop::sample::select(vec![
            &b"PK\x03\x04"[..], b"PK\x05\x06", b"\x30\x82\x02\x00\x02\x01\x03\x30\x80",
            b"\x30\x82\x02\x00", b"-----BEGIN CERTIFICATE-----\n", b"\xff\xfe-\0-\0",
        ]),
        rest in prop::collection::vec(any::<u8>(), 0..1000),
    ) {
        survive("a", &[beginning, &rest].concat());
    }

    #[test]
    fn a_cut_file_does_no_harm(file in any_file(), at in any::<prop::sample::Index>()) {
        survive("a", &file[..at.index(file.len())]);
    }

    #[test]
    fn a_flipped_byte_does_no_harm(file in any_file(), at in any::<prop::sample::Index>(), flip in 1_u8..) {
        let mut file = file;
        let place = at.index(file.len());
        file[place] ^= flip;
        survive("a", &file);
    }

    #[test]
    fn bytes_moved_about_do_no_harm(
        file in any_file(), from in any::<prop::sample::Index>(), to in any::<prop::sample::Index>(),
        length in 0_usize..200,
    ) {
        let mut file = file;
        let (from, to) = (from.index(file.len()), to.index(file.len()));
        let piece: Vec<u8> = file[from..].iter().take(length).copied().collect();
        file.splice(to..to, piece);
        survive("a", &file);
    }

    #[test]
    fn a_name_does_no_harm(name in ".{0,300}") {
        survive(&name, b"-----BEGIN CERTIFICATE-----\n-----END CERTIFICATE-----\n");
    }
}

/// What reads untrusted bytes first is tried at every length and with every byte changed.
#[test]
fn every_cut_and_every_changed_byte_do_no_harm_to_the_first_look() {
    for name in FILES {
        let file = fixture(name);
        for place in 0..file.len() {
            look(&file[..place]);
            let mut file = file.clone();
            file[place] ^= 1 << (place % 8);
            look(&file);
        }
    }
}

fn look(bytes: &[u8]) {
    if der::check(bytes).is_ok() {
        black_box(der_kind::of(bytes));
    }
    // refusing is as good as admitting; only the way there is tried
    black_box(p12::from_outside(bytes, &mut p12_budget::Budget::full()).is_ok());
    if let sniff::Format::Pem(text) = sniff::format(bytes) {
        black_box(pem::read(&text).is_ok());
    }
}

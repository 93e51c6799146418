//! The p12: old and new encryptions, and how much work one may ask for.

use aes_gcm::aes::Aes256;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use cbc::cipher::block_padding::Pkcs7;
use cbc::cipher::{BlockModeEncrypt, KeyIvInit};
use ring::pbkdf2;

use super::super::der::{tag, write};
use super::super::p12::{from_outside, open};
use super::super::p12_budget::{Budget, Refusal};
use super::*;

#[test]
fn a_p12_with_the_old_encryption_of_the_certificate_tool_is_read() {
    let identity = accepted(upload_fixtures(&["legacy.p12"]));
    let pem = accepted(upload_fixtures(&[
        "apiclient_cert.pem",
        "apiclient_key.pem",
    ]));
    assert_eq!(identity.facts, pem.facts);
    assert_eq!(identity.key.expose(), pem.key.expose());
    // the root in the file is not part of the chain that is sent
    assert_eq!(identity.chain, pem.chain);
    assert_eq!(identity.chain.len(), 1);
}

#[test]
fn a_p12_with_any_encryption_that_openssl_offers_is_read() {
    for name in [
        "modern.p12",
        "mixed_ciphers.p12",
        "triple_des.p12",
        "rc2_128.p12",
        "no_mac.p12",
    ] {
        accepted(upload_fixtures(&[name]));
    }
}

#[test]
fn the_name_of_a_p12_does_not_matter() {
    let bytes = fixture("legacy.p12");
    for name in ["apiclient_cert.pem", "证书 (1).pfx", "-", ""] {
        accepted(upload(&[(name, &bytes)]));
    }
}

#[test]
fn a_p12_that_the_merchant_number_does_not_open_is_refused() {
    let said = refused(upload_fixtures(&["other.p12"]), "wrong_password");
    assert!(said.contains(OURS), "{said}");
    refused(upload_fixtures(&["empty_password.p12"]), "wrong_password");
    let (bytes, number) = (fixture("no_mac.p12"), merchant("1900000110"));
    let file = UploadedFile {
        name: "no_mac.p12",
        bytes: &bytes,
    };
    refused(read(&[file], &number, today()), "wrong_password");
}

#[test]
fn a_p12_that_holds_another_merchants_key_is_refused() {
    let (bytes, number) = (fixture("mixed.p12"), merchant("1900000110"));
    let file = UploadedFile {
        name: "mixed.p12",
        bytes: &bytes,
    };
    refused(read(&[file], &number, today()), "wrong_password");
    let bytes = fixture("other.p12");
    let file = UploadedFile {
        name: "other.p12",
        bytes: &bytes,
    };
    assert_eq!(
        read(&[file], &number, today())
            .unwrap()
            .facts
            .merchant_number,
        "1900000110"
    );
}

#[test]
fn a_p12_without_a_key_is_refused() {
    refused(upload_fixtures(&["certificate_only.p12"]), "no_key");
    refused(upload_fixtures(&["root_only.p12"]), "no_key");
}

#[test]
fn an_encryption_that_is_not_known_is_told_from_a_wrong_password() {
    refused(upload_fixtures(&["rc4.p12"]), "unsupported_protection");
}

#[test]
fn a_p12_in_pem_clothes_and_a_pem_in_p12_clothes_are_read() {
    let pem = fixture("apiclient_cert.pem");
    let key = fixture("apiclient_key.pem");
    accepted(upload(&[("apiclient_cert.p12", &[pem, key].concat())]));
    let body = STANDARD.encode(fixture("legacy.p12"));
    let lines: Vec<&str> = body
        .as_bytes()
        .chunks(64)
        .map(|line| std::str::from_utf8(line).unwrap())
        .collect();
    let text = format!(
        "-----BEGIN PKCS12-----\n{}\n-----END PKCS12-----\n",
        lines.join("\n")
    );
    accepted(upload(&[("a.pem", text.as_bytes())]));
}

// ── how much work ──

fn oid(text: &str) -> Vec<u8> {
    let arcs: Vec<u32> = text.split('.').map(|arc| arc.parse().unwrap()).collect();
    let mut body = vec![u8::try_from(arcs[0] * 40 + arcs[1]).unwrap()];
    for arc in &arcs[2..] {
        let mut digits = vec![u8::try_from(arc & 0x7f).unwrap()];
        let mut rest = arc >> 7;
        while rest > 0 {
            digits.insert(0, 0x80 | u8::try_from(rest & 0x7f).unwrap());
            rest >>= 7;
        }
        body.extend(digits);
    }
    write(tag::OID, &[&body])
}

fn number(value: u64) -> Vec<u8> {
    let digits: Vec<u8> = value
        .to_be_bytes()
        .into_iter()
        .skip_while(|d| *d == 0)
        .collect();
    match digits.first() {
        None => write(tag::INTEGER, &[&[0]]),
        Some(0x80..) => write(tag::INTEGER, &[&[0], &digits]),
        Some(_) => write(tag::INTEGER, &[&digits]),
    }
}

fn sequence(parts: &[Vec<u8>]) -> Vec<u8> {
    let parts: Vec<&[u8]> = parts.iter().map(Vec::as_slice).collect();
    write(tag::SEQUENCE, &parts)
}

fn octets(body: &[u8]) -> Vec<u8> {
    write(tag::OCTET_STRING, &[body])
}

fn explicit(body: &[u8]) -> Vec<u8> {
    write(tag::CONTEXT_0, &[body])
}

/// Triple DES, with so many rounds.
fn triple_des(rounds: Vec<u8>) -> Vec<u8> {
    sequence(&[
        oid("1.2.840.113549.1.12.1.3"),
        sequence(&[octets(&[7; 8]), rounds]),
    ])
}

fn pbes2(derivation: Vec<u8>) -> Vec<u8> {
    let aes = sequence(&[oid("2.16.840.1.101.3.4.1.42"), octets(&[7; 16])]);
    sequence(&[oid("1.2.840.113549.1.5.13"), sequence(&[derivation, aes])])
}

fn by_pbkdf2(rounds: u64) -> Vec<u8> {
    let prf = sequence(&[oid("1.2.840.113549.2.9"), vec![0x05, 0x00]]);
    let parameters = sequence(&[octets(&[7; 8]), number(rounds), prf]);
    pbes2(sequence(&[oid("1.2.840.113549.1.5.12"), parameters]))
}

fn scrypt(n: u64, r: u64, p: u64) -> Vec<u8> {
    let parameters = sequence(&[octets(&[7; 8]), number(n), number(r), number(p)]);
    pbes2(sequence(&[oid("1.3.6.1.4.1.11591.4.11"), parameters]))
}

fn bag(kind: u32, value: &[u8]) -> Vec<u8> {
    sequence(&[
        oid(&format!("1.2.840.113549.1.12.10.1.{kind}")),
        explicit(value),
    ])
}

fn key_bag(algorithm: Vec<u8>) -> Vec<u8> {
    bag(2, &sequence(&[algorithm, octets(&[9; 32])]))
}

fn data(bags: &[Vec<u8>]) -> Vec<u8> {
    sequence(&[
        oid("1.2.840.113549.1.7.1"),
        explicit(&octets(&sequence(bags))),
    ])
}

fn sealed(algorithm: Vec<u8>, size: usize) -> Vec<u8> {
    sealed_as(algorithm, &vec![9; size])
}

fn sealed_as(algorithm: Vec<u8>, bytes: &[u8]) -> Vec<u8> {
    let info = sequence(&[
        oid("1.2.840.113549.1.7.1"),
        algorithm,
        write(tag::CONTEXT_0_PRIMITIVE, &[bytes]),
    ]);
    let value = sequence(&[number(0), info]);
    sequence(&[oid("1.2.840.113549.1.7.6"), explicit(&value)])
}

fn mac(rounds: &[u8]) -> Vec<u8> {
    let algorithm = sequence(&[oid("1.3.14.3.2.26"), vec![0x05, 0x00]]);
    let digest = sequence(&[algorithm, octets(&[9; 20])]);
    let parts = [digest, octets(&[7; 8]), rounds.to_vec()];
    sequence(&parts)
}

fn p12(safes: &[Vec<u8>], mac: Option<Vec<u8>>) -> Vec<u8> {
    let safes = sequence(&[
        oid("1.2.840.113549.1.7.1"),
        explicit(&octets(&sequence(safes))),
    ]);
    let mut parts = vec![number(3), safes];
    parts.extend(mac);
    sequence(&parts)
}

fn admitted(bytes: &[u8]) -> Result<(), Refusal> {
    from_outside(bytes, &mut Budget::full())
}

/// A key in the clear.
fn open_key(name: &str) -> Vec<u8> {
    bag(1, &der_of(name))
}

fn certificate(name: &str) -> Vec<u8> {
    let value = explicit(&octets(&der_of(name)));
    bag(3, &sequence(&[oid("1.2.840.113549.1.9.22.1"), value]))
}

fn der_of(name: &str) -> Vec<u8> {
    let text = String::from_utf8(fixture(name)).unwrap();
    let lines: String = text.lines().filter(|line| !line.starts_with('-')).collect();
    STANDARD.decode(lines).unwrap()
}

#[test]
fn a_p12_with_two_keys_is_refused() {
    let ours = [
        certificate("apiclient_cert.pem"),
        open_key("apiclient_key.pem"),
    ];
    let theirs = [certificate("other_cert.pem"), open_key("other_key.pem")];
    accepted(upload(&[("a.p12", &p12(&[data(&ours)], None))]));
    let both = p12(&[data(&ours), data(&theirs)], None);
    refused(upload(&[("a.p12", &both)]), "more_than_one_key");
    let one_key = p12(&[data(&ours), data(&theirs[..1])], None);
    refused(upload(&[("a.p12", &one_key)]), "more_than_one_certificate");
}

#[test]
fn a_p12_with_a_key_alone_lacks_the_certificate() {
    let bytes = p12(&[data(&[open_key("apiclient_key.pem")])], None);
    refused(upload(&[("apiclient_cert.p12", &bytes)]), "no_certificate");
}

#[test]
fn real_files_ask_for_little_work() {
    for name in [
        "legacy.p12",
        "modern.p12",
        "triple_des.p12",
        "rc2_128.p12",
        "ec.p12",
    ] {
        assert_eq!(admitted(&fixture(name)), Ok(()), "{name}");
    }
    assert_eq!(admitted(&fixture("no_mac.p12")), Ok(()));
}

#[test]
fn a_mac_of_two_thousand_million_rounds_is_refused_at_once() {
    let bytes = p12(
        &[data(&[])],
        Some(mac(&number(i32::MAX.unsigned_abs().into()))),
    );
    refused(upload(&[("a.p12", &bytes)]), "work_too_high");
    for rounds in [1_000_001, u64::MAX] {
        let bytes = p12(&[data(&[])], Some(mac(&number(rounds))));
        assert_eq!(admitted(&bytes), Err(Refusal::WorkTooHigh));
    }
    let enormous = write(tag::INTEGER, &[&[0x7f; 40]]);
    assert_eq!(
        admitted(&p12(&[data(&[])], Some(mac(&enormous)))),
        Err(Refusal::WorkTooHigh)
    );
    assert_eq!(
        admitted(&p12(&[data(&[])], Some(mac(&number(1_000_000))))),
        Ok(())
    );
    // rounds left out are one
    assert_eq!(admitted(&p12(&[data(&[])], Some(mac(&[])))), Ok(()));
}

#[test]
fn forty_bags_of_a_million_rounds_are_refused_at_once() {
    let bags: Vec<Vec<u8>> = (0..40)
        .map(|_| key_bag(triple_des(number(1_000_000))))
        .collect();
    let bytes = p12(&[data(&bags)], Some(mac(&number(2048))));
    refused(upload(&[("a.p12", &bytes)]), "work_too_high");
    let light: Vec<Vec<u8>> = (0..5).map(|_| key_bag(triple_des(number(1)))).collect();
    refused(
        upload(&[("a.p12", &p12(&[data(&light)], None))]),
        "too_many_bags",
    );
    let spread: Vec<Vec<u8>> = (0..5).map(|_| sealed(by_pbkdf2(1), 32)).collect();
    assert_eq!(admitted(&p12(&spread, None)), Err(Refusal::TooManyBags));
    assert_eq!(admitted(&p12(&spread[..4], None)), Ok(()));
}

#[test]
fn the_rounds_of_all_parts_and_of_all_files_are_added_up() {
    let million = || key_bag(by_pbkdf2(1_000_000));
    let two = p12(&[data(&[million(), million()])], None);
    assert_eq!(admitted(&two), Ok(()));
    let with_mac = p12(&[data(&[million(), million()])], Some(mac(&number(1))));
    assert_eq!(admitted(&with_mac), Err(Refusal::WorkTooHigh));
    let in_two_safes = p12(
        &[data(&[million()]), sealed(triple_des(number(999_999)), 32)],
        Some(mac(&number(2))),
    );
    assert_eq!(admitted(&in_two_safes), Err(Refusal::WorkTooHigh));
    let mut budget = Budget::full();
    assert_eq!(from_outside(&two, &mut budget), Ok(()));
    let light = p12(&[data(&[key_bag(by_pbkdf2(1))])], None);
    assert_eq!(from_outside(&light, &mut budget), Err(Refusal::WorkTooHigh));
}

#[test]
fn rounds_that_are_zero_negative_or_not_shortest_are_refused() {
    for rounds in [
        number(0),
        write(tag::INTEGER, &[&[0xff]]),
        write(tag::INTEGER, &[&[0x80, 0, 0, 0]]),
        write(tag::INTEGER, &[&[0, 1]]),
        write(tag::INTEGER, &[]),
    ] {
        let in_mac = p12(&[data(&[])], Some(mac(&rounds)));
        assert_eq!(admitted(&in_mac), Err(Refusal::Damaged), "{rounds:?}");
        let in_bag = p12(&[data(&[key_bag(triple_des(rounds.clone()))])], None);
        assert_eq!(admitted(&in_bag), Err(Refusal::Damaged), "{rounds:?}");
    }
}

#[test]
fn secrets_bags_within_bags_and_unknown_encryptions_are_refused() {
    let inner = sequence(&[key_bag(by_pbkdf2(1_000_000))]);
    for strange in [
        bag(5, &inner),
        bag(6, &inner),
        bag(99, &inner),
        sequence(&[oid("1.2.3"), explicit(&inner)]),
        key_bag(scrypt(1 << 20, 8, 1)),
        key_bag(sequence(&[oid("1.2.3"), sequence(&[])])),
        key_bag(pbes2(sequence(&[oid("1.2.3"), sequence(&[octets(&[1])])]))),
    ] {
        assert_eq!(
            admitted(&p12(&[data(&[strange])], None)),
            Err(Refusal::UnsupportedProtection)
        );
    }
    let enveloped = sequence(&[oid("1.2.840.113549.1.7.3"), explicit(&sequence(&[]))]);
    assert_eq!(
        admitted(&p12(&[enveloped], None)),
        Err(Refusal::UnsupportedProtection)
    );
}

/// AES-256 with a key from so many rounds: the algorithm and the sealed bytes.
fn aes(plain: &[u8], rounds: u32) -> (Vec<u8>, Vec<u8>) {
    let mut key = [0; 32];
    let count = std::num::NonZeroU32::new(rounds).unwrap();
    pbkdf2::derive(
        pbkdf2::PBKDF2_HMAC_SHA256,
        count,
        &[7; 8],
        OURS.as_bytes(),
        &mut key,
    );
    let cipher = cbc::Encryptor::<Aes256>::new_from_slices(&key, &[7; 16]).unwrap();
    (
        by_pbkdf2(rounds.into()),
        cipher.encrypt_padded_vec::<Pkcs7>(plain),
    )
}

fn sealed_bags(bags: &[Vec<u8>]) -> Vec<u8> {
    let (algorithm, bytes) = aes(&sequence(bags), 1);
    sealed_as(algorithm, &bytes)
}

fn sealed_key(rounds: u32) -> Vec<u8> {
    let (algorithm, bytes) = aes(&der_of("apiclient_key.pem"), rounds);
    bag(2, &sequence(&[algorithm, octets(&bytes)]))
}

#[test]
fn work_hidden_inside_an_encrypted_part_is_counted() {
    let certificate = certificate("apiclient_cert.pem");
    accepted(upload(&[(
        "a.p12",
        &p12(&[sealed_bags(&[certificate, sealed_key(10)])], None),
    )]));
    // four encrypted keys in an encrypted part are five encrypted parts
    let many = p12(
        &[sealed_bags(&[
            sealed_key(1),
            sealed_key(1),
            sealed_key(1),
            sealed_key(1),
        ])],
        None,
    );
    assert_eq!(admitted(&many), Ok(()));
    refused(upload(&[("a.p12", &many)]), "too_many_bags");
    let heavy = p12(&[sealed_bags(&[key_bag(by_pbkdf2(1_000_001))])], None);
    assert_eq!(admitted(&heavy), Ok(()));
    refused(upload(&[("a.p12", &heavy)]), "work_too_high");
    // what other files have used up is gone
    let light = p12(&[sealed_bags(&[sealed_key(10)])], None);
    let number = merchant(OURS);
    let mut budget = Budget::full();
    budget.spend(1_000_000).unwrap();
    budget.spend(999_990).unwrap();
    let fault = open("a.p12", &light, &number, &mut budget).err().unwrap();
    assert_eq!(fault.code(), "work_too_high");
    let bags_in_bags = p12(&[sealed_bags(&[bag(6, &sequence(&[sealed_key(1)]))])], None);
    refused(
        upload(&[("a.p12", &bags_in_bags)]),
        "unsupported_protection",
    );
}

#[test]
fn lengths_that_are_indefinite_or_not_shortest_are_refused() {
    let good = fixture("modern.p12");
    assert_eq!(&good[..2], [0x30, 0x82]);
    let mut indefinite = good.clone();
    indefinite.splice(1..4, [0x80]);
    indefinite.extend([0, 0]);
    refused(upload(&[("a.p12", &indefinite)]), "damaged");
    let mut long = good.clone();
    long.splice(1..2, [0x83, 0]);
    refused(upload(&[("a.p12", &long)]), "damaged");
    let mut behind = good;
    behind.push(0);
    refused(upload(&[("a.p12", &behind)]), "damaged");
}

#[test]
fn ten_thousand_levels_are_refused_and_cost_no_stack() {
    let mut nested = Vec::new();
    for _ in 0..10_000 {
        nested = write(tag::SEQUENCE, &[&nested]);
    }
    assert_eq!(admitted(&nested), Err(Refusal::Damaged));
    refused(upload(&[("a.p12", &nested)]), "damaged");
    let inside = p12(&[data(&[bag(3, &nested)])], None);
    assert_eq!(admitted(&inside), Err(Refusal::Damaged));
}

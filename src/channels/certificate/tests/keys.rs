//! The private key: its wrapping, its strength, its certificate.

use ring::rsa::KeyPair;

use super::super::der::{tag, write};
use super::super::private_key::PrivateKey;
use super::super::weak_key::{Weakness, is_roca, refuse};
use super::super::{proof, x509::Certificate};
use super::*;

#[test]
fn a_key_in_pkcs1_and_in_pkcs8_gives_the_same_stored_key() {
    let pkcs8 = accepted(upload_fixtures(&[
        "apiclient_cert.pem",
        "apiclient_key.pem",
    ]));
    let pkcs1 = accepted(upload_fixtures(&["apiclient_cert.pem", "key_pkcs1.pem"]));
    assert_eq!(pkcs8.key.expose(), pkcs1.key.expose());
    assert!(KeyPair::from_pkcs8(pkcs8.key.expose()).is_ok());
}

#[test]
fn the_stored_key_is_what_the_tls_library_takes() {
    let identity = accepted(upload_fixtures(&["legacy.p12"]));
    let key = rustls::pki_types::PrivateKeyDer::try_from(identity.key.expose().clone()).unwrap();
    let chain = identity.chain.into_iter().map(Into::into).collect();
    let provider = rustls::crypto::ring::default_provider();
    rustls::sign::CertifiedKey::from_der(chain, key, &provider).unwrap();
}

#[test]
fn a_key_of_4096_bits_is_accepted() {
    let identity = accepted(upload_fixtures(&["long_cert.pem", "long_key.pem"]));
    assert_eq!(identity.facts.key_bits, 4096);
}

#[test]
fn a_key_of_another_certificate_is_refused() {
    refused(
        upload_fixtures(&["apiclient_cert.pem", "other_key.pem"]),
        "key_does_not_match",
    );
    refused(
        upload_fixtures(&["mixed_cert.pem", "apiclient_key.pem"]),
        "key_does_not_match",
    );
}

#[test]
fn a_key_with_a_passphrase_is_refused_with_a_hint() {
    for key in ["key_encrypted_pkcs8.pem", "key_encrypted_traditional.pem"] {
        refused(
            upload_fixtures(&["apiclient_cert.pem", key]),
            "encrypted_key",
        );
        refused(upload_fixtures(&[key]), "encrypted_key");
    }
}

#[test]
fn a_key_that_is_not_rsa_is_refused() {
    refused(upload_fixtures(&["ec_cert.pem", "ec_key.pem"]), "not_rsa");
    refused(upload_fixtures(&["ec.p12"]), "not_rsa");
}

#[test]
fn a_short_key_an_odd_length_and_a_small_exponent_are_refused() {
    refused(
        upload_fixtures(&["short_cert.pem", "short_key.pem"]),
        "key_too_short",
    );
    refused(
        upload_fixtures(&["odd_length_cert.pem", "odd_length_key.pem"]),
        "key_length_unusual",
    );
    refused(
        upload_fixtures(&["exponent_3_cert.pem", "exponent_3_key.pem"]),
        "weak_key",
    );
}

/// A key of these numbers, of which only some matter to a check.
fn made(version: u8, modulus: &[u8], exponent: &[u8], p: &[u8], q: &[u8]) -> PrivateKey {
    let number = |digits: &[u8]| write(tag::INTEGER, &[&[0], digits]);
    let high = |digits: &[u8]| {
        if digits[0] < 0x80 {
            write(tag::INTEGER, &[digits])
        } else {
            number(digits)
        }
    };
    let one = [0x02, 0x01, 0x01];
    let parts = [
        write(tag::INTEGER, &[&[version]]),
        high(modulus),
        high(exponent),
        one.to_vec(),
        high(p),
        high(q),
        one.to_vec(),
        one.to_vec(),
        one.to_vec(),
    ];
    let parts: Vec<&[u8]> = parts.iter().map(Vec::as_slice).collect();
    PrivateKey::from_pkcs1(&write(tag::SEQUENCE, &parts)).unwrap()
}

/// An odd modulus of so many bytes.
fn modulus(bytes: usize) -> Vec<u8> {
    let mut digits = vec![0x9d; bytes];
    *digits.last_mut().unwrap() = 0x01;
    digits
}

const F4: [u8; 3] = [1, 0, 1];
const P: [u8; 20] = [0xd1; 20];
const Q: [u8; 20] = [0xe3; 20];

fn code(key: &PrivateKey) -> &'static str {
    refuse(key).err().map_or("fine", |fault| fault.code())
}

fn weakness(key: &PrivateKey) -> Option<Weakness> {
    match refuse(key) {
        Err(CertificateFault::WeakKey { weakness }) => Some(weakness),
        _ => None,
    }
}

#[test]
fn every_length_outside_2048_to_4096_bits_is_refused() {
    assert_eq!(code(&made(0, &modulus(64), &F4, &P, &Q)), "key_too_short");
    assert_eq!(code(&made(0, &modulus(128), &F4, &P, &Q)), "key_too_short");
    let mut bits_2047 = modulus(256);
    bits_2047[0] = 0x7f;
    assert_eq!(code(&made(0, &bits_2047, &F4, &P, &Q)), "key_too_short");
    assert_eq!(code(&made(0, &modulus(256), &F4, &P, &Q)), "fine");
    assert_eq!(code(&made(0, &modulus(384), &F4, &P, &Q)), "fine");
    assert_eq!(code(&made(0, &modulus(512), &F4, &P, &Q)), "fine");
    assert_eq!(code(&made(0, &modulus(513), &F4, &P, &Q)), "key_too_long");
    assert_eq!(code(&made(0, &modulus(2048), &F4, &P, &Q)), "key_too_long");
}

#[test]
fn an_exponent_that_is_small_even_or_huge_is_refused() {
    let bad: [&[u8]; 6] = [
        &[1],
        &[3],
        &[1, 0, 0],
        &[1, 0, 2],
        // 2^33 + 1
        &[2, 0, 0, 0, 1],
        &[0x7f; 64],
    ];
    for exponent in bad {
        let key = made(0, &modulus(256), exponent, &P, &Q);
        assert_eq!(weakness(&key), Some(Weakness::Exponent), "{exponent:?}");
    }
    let largest = [1, 0xff, 0xff, 0xff, 0xff];
    assert_eq!(code(&made(0, &modulus(256), &largest, &P, &Q)), "fine");
}

#[test]
fn an_even_modulus_close_primes_and_more_than_two_primes_are_refused() {
    let mut even = modulus(256);
    even[255] = 0x02;
    assert_eq!(
        weakness(&made(0, &even, &F4, &P, &Q)),
        Some(Weakness::EvenModulus)
    );
    let mut near = P;
    near[19] ^= 0x06;
    assert_eq!(
        weakness(&made(0, &modulus(256), &F4, &P, &near)),
        Some(Weakness::ClosePrimes)
    );
    assert_eq!(
        weakness(&made(1, &modulus(256), &F4, &P, &Q)),
        Some(Weakness::ManyPrimes)
    );
}

#[test]
fn a_modulus_from_the_faulty_chip_is_recognised_and_others_are_not() {
    // A power of 65537 is a power of it modulo every prime, which is what the faulty chip's moduli are.
    let mut power = vec![1_u8];
    for _ in 0..120 {
        // times 65537 is: shifted by two bytes, plus itself
        let mut sum = power.clone();
        sum.extend([0, 0]);
        let mut carry = 0_u16;
        let length = sum.len();
        for (place, digit) in sum.iter_mut().rev().enumerate() {
            let other = if place < length - 2 {
                power[length - 3 - place]
            } else {
                0
            };
            let total = u16::from(*digit) + u16::from(other) + carry;
            *digit = total.to_be_bytes()[1];
            carry = total >> 8;
        }
        assert_eq!(carry, 0);
        power = sum;
    }
    assert!(is_roca(&power));
    for name in [
        "apiclient_cert.pem",
        "other_cert.pem",
        "long_cert.pem",
        "root.pem",
    ] {
        let public = parsed(name).public_key.unwrap();
        assert!(!is_roca(&public.modulus), "{name}");
    }
    assert_eq!(refuse(&key_of("apiclient_key.pem")), Ok(()));
}

#[test]
fn the_key_of_wechat_pays_tutorial_is_refused() {
    // its modulus, from the public documentation (wechatpay-reference.md, annex A.1)
    let modulus = hex::decode(TUTORIAL_MODULUS).unwrap();
    assert_eq!(
        weakness(&made(0, &modulus, &F4, &P, &Q)),
        Some(Weakness::Published)
    );
}

#[test]
fn a_key_whose_numbers_do_not_fit_together_is_refused() {
    let certificate = parsed("apiclient_cert.pem");
    let public = certificate.public_key.as_ref().unwrap();
    let good = key_of("apiclient_key.pem");
    assert_eq!(proof::prove(&good, public), Ok(()));
    let mixed = made(0, &good.modulus, &good.exponent, &P, &Q);
    assert_eq!(
        proof::prove(&mixed, public),
        Err(CertificateFault::KeyInconsistent)
    );
    // a whole key, but of another certificate
    let other = key_of("other_key.pem");
    assert_eq!(
        proof::prove(&other, public),
        Err(CertificateFault::KeyDoesNotMatch)
    );
}

#[test]
fn a_key_does_not_show_itself() {
    assert_eq!(format!("{:?}", key_of("apiclient_key.pem")), "[REDACTED]");
    let file = UploadedFile {
        name: "apiclient_key.pem",
        bytes: b"secret",
    };
    assert_eq!(format!("{file:?}"), "\"apiclient_key.pem\" (6 bytes)");
}

fn der_of(name: &str) -> Vec<u8> {
    let text = String::from_utf8(fixture(name)).unwrap();
    let [super::super::pem::Block::Der(der)] = &super::super::pem::read(&text).unwrap()[..] else {
        panic!("{name} has not one block")
    };
    der.to_vec()
}

fn parsed(name: &str) -> Certificate {
    Certificate::parse(&der_of(name)).unwrap()
}

fn key_of(name: &str) -> PrivateKey {
    PrivateKey::from_pkcs8(&der_of(name)).unwrap()
}

const TUTORIAL_MODULUS: &str = "\
    a6da66faabc80c287ff708d4dba49008adbaa206240610eb6319c06b0d896db06ca75a036c72a4fb5af7f353\
    5e0541b61c4140b94f85afbdaee68b77c8a773a05fc56a303340d2a79b9ebdfc3deea4aa22f266016924f5e5\
    48a0f23f2aa145b5536d7b2cbd231079529c757795c6834d7a83a53451e017f3f48a8e80980567cfe84df128\
    992ae3acb61e7fcd44cb1afb6483105c428a10aed5e145ca4b4fbf7c3b221bf71789d873b7c51b4cbf6fa97a\
    b1336f880c89b23be14073fb64046e792e6cf13eda3536ad166e767344cff04f3addd08ffc3657afc6d15ba6\
    18387af9478c5348efe1aba91f3b562130b80249f497b94108dcb796097c5456899e4231";

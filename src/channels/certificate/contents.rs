//! Everything that the files hold, sorted: certificates, keys, and what was there instead of them.

use std::borrow::Cow;

use zeroize::{Zeroize, Zeroizing};

use super::CertificateFault;
use super::der_kind::{self, DerKind};
use super::p12::{self, Opened};
use super::p12_budget::Budget;
use super::part::{Part, Place};
use super::pem::{self, Block, PemFault};
use super::private_key::{KeyFault, PrivateKey};
use super::sniff::{self, Format, LooksLike};
use super::x509::Certificate;
use crate::basics::MerchantNumber;

/// A thing, and the file that it was in.
#[derive(Debug)]
pub(super) struct Found<T> {
    pub(super) file: String,
    pub(super) place: Place,
    pub(super) it: T,
}

/// What one group of files holds.
#[derive(Debug, Default)]
pub(super) struct Contents {
    pub(super) certificates: Vec<Found<Certificate>>,
    pub(super) keys: Vec<Found<PrivateKey>>,
    /// Something else, where a certificate or a key was to be expected.
    instead: Vec<Found<CertificateFault>>,
}

/// The two groups: loose certificates and keys (PEM, DER), and those in p12 files.
#[derive(Debug, Default)]
pub(super) struct Sorted {
    pub(super) loose: Contents,
    pub(super) sealed: Contents,
}

/// Reads every part by its content.
pub(super) fn sort(parts: &[Part], merchant: &MerchantNumber) -> Sorted {
    let mut sorted = Sorted::default();
    let mut budget = Budget::full();
    for part in parts {
        for der in blocks(part, &mut sorted.loose) {
            if der_kind::of(&der) == DerKind::Pkcs12 {
                match p12::open(&part.file, &der, merchant, &mut budget) {
                    Ok(opened) => sorted.sealed.take_opened(part, &opened),
                    Err(fault) => sorted.sealed.note(part, fault),
                }
            } else {
                sorted.loose.take(part, &der);
            }
        }
    }
    sorted
}

/// The DER in a file; what is no DER is noted.
fn blocks(part: &Part, loose: &mut Contents) -> Vec<Zeroizing<Vec<u8>>> {
    match sniff::format(&part.bytes) {
        Format::Der => return vec![part.bytes.clone()],
        Format::Pem(text) => return pem_blocks(part, text, loose),
        Format::Empty => loose.note(part, damaged(part, "it is empty")),
        Format::Foreign(looks_like) => loose.note(part, not_a_package(part, looks_like)),
        // a ZIP was opened before, and one inside another was refused
        Format::Zip => loose.note(part, not_a_package(part, LooksLike::OtherArchive)),
    }
    Vec::new()
}

fn pem_blocks(part: &Part, text: Cow<'_, str>, loose: &mut Contents) -> Vec<Zeroizing<Vec<u8>>> {
    let read = pem::read(&text);
    if let Cow::Owned(mut copy) = text {
        copy.zeroize();
    }
    let mut ders = Vec::new();
    match read {
        Ok(blocks) => {
            for block in blocks {
                match block {
                    Block::Der(der) => ders.push(der),
                    Block::Encrypted => loose.note(part, encrypted(part)),
                    Block::Foreign => loose.note(part, not_a_package(part, LooksLike::ForeignKey)),
                }
            }
        }
        Err(PemFault::Damaged(detail)) => loose.note(part, damaged(part, detail)),
    }
    ders
}

impl Contents {
    /// Nothing at all: no such file was in the upload.
    pub(super) const fn is_absent(&self) -> bool {
        self.certificates.is_empty() && self.keys.is_empty() && self.instead.is_empty()
    }

    /// Neither a certificate nor a key.
    pub(super) const fn is_empty(&self) -> bool {
        self.certificates.is_empty() && self.keys.is_empty()
    }

    /// What explains best why something is missing.
    pub(super) fn instead(&self) -> Option<CertificateFault> {
        self.instead
            .iter()
            .filter(|found| {
                self.is_empty() || found.place != Place::Unsaid || !is_no_package(found)
            })
            .min_by_key(|found| distance(found))
            .map(|found| found.it.clone())
    }

    fn note(&mut self, part: &Part, fault: CertificateFault) {
        self.instead.push(found(part, fault));
    }

    fn take_opened(&mut self, part: &Part, opened: &Opened) {
        for der in &opened.certificates {
            self.take_certificate(part, der);
        }
        for der in &opened.keys {
            self.take_key(part, PrivateKey::from_pkcs8(der));
        }
    }

    fn take(&mut self, part: &Part, der: &[u8]) {
        let file = part.file.clone();
        match der_kind::of(der) {
            DerKind::Certificate => self.take_certificate(part, der),
            DerKind::Pkcs1Key => self.take_key(part, PrivateKey::from_pkcs1(der)),
            DerKind::Pkcs8Key => self.take_key(part, PrivateKey::from_pkcs8(der)),
            DerKind::OtherKey => self.note(part, CertificateFault::NotRsa { file }),
            DerKind::EncryptedKey => self.note(part, encrypted(part)),
            DerKind::PublicKey => self.note(part, CertificateFault::PublicKey { file }),
            DerKind::SigningRequest => self.note(part, CertificateFault::SigningRequest { file }),
            DerKind::Pkcs12 | DerKind::Unknown => {
                self.note(
                    part,
                    damaged(part, "it is neither a certificate nor a private key"),
                );
            }
        }
    }

    fn take_certificate(&mut self, part: &Part, der: &[u8]) {
        match Certificate::parse(der) {
            Ok(certificate) => self.certificates.push(found(part, certificate)),
            Err(_) => self.note(part, damaged(part, "the certificate in it cannot be read")),
        }
    }

    fn take_key(&mut self, part: &Part, key: Result<PrivateKey, KeyFault>) {
        match key {
            Ok(key) => self.keys.push(found(part, key)),
            Err(KeyFault::NotRsa) => {
                let file = part.file.clone();
                self.note(part, CertificateFault::NotRsa { file });
            }
            Err(KeyFault::Damaged) => {
                self.note(part, damaged(part, "the private key in it cannot be read"));
            }
        }
    }
}

/// How far a thing is from what was wanted: a key that cannot be used is nearest, a read-me is farthest.
fn distance(found: &Found<CertificateFault>) -> u8 {
    if matches!(
        found.it,
        CertificateFault::EncryptedKey { .. } | CertificateFault::NotRsa { .. }
    ) {
        0
    } else if matches!(found.it, CertificateFault::SigningRequest { .. }) {
        2
    } else if matches!(found.it, CertificateFault::PublicKey { .. }) {
        3
    } else if is_no_package(found) {
        if found.place == Place::Unsaid { 5 } else { 4 }
    } else {
        1
    }
}

fn is_no_package(found: &Found<CertificateFault>) -> bool {
    matches!(found.it, CertificateFault::NotAPackage { .. })
}

fn found<T>(part: &Part, it: T) -> Found<T> {
    Found {
        file: part.file.clone(),
        place: part.place,
        it,
    }
}

fn damaged(part: &Part, detail: &'static str) -> CertificateFault {
    CertificateFault::Damaged {
        file: part.file.clone(),
        detail,
    }
}

fn encrypted(part: &Part) -> CertificateFault {
    CertificateFault::EncryptedKey {
        file: part.file.clone(),
    }
}

fn not_a_package(part: &Part, looks_like: LooksLike) -> CertificateFault {
    CertificateFault::NotAPackage {
        file: part.file.clone(),
        looks_like,
    }
}

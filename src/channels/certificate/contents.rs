//! Everything that the files hold, sorted: certificates, keys, and what was there instead of them.

use std::borrow::Cow;

use zeroize::{Zeroize, Zeroizing};

use super::der_kind::{self, DerKind};
use super::p12;
use super::p12_budget::Budget;
use super::part::{Part, Place, Source};
use super::pem::{self, Block, PemFault};
use super::private_key::{KeyFault, PrivateKey};
use super::sniff::{self, Format, LooksLike};
use super::x509::Certificate;
use super::{CertificateFault, Damage};
use crate::basics::MerchantNumber;

/// A thing, and where it was.
#[derive(Debug)]
pub(super) struct Found<T> {
    pub(super) source: Source,
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
                sorted
                    .sealed
                    .open_p12(&part.source, &der, merchant, &mut budget);
            } else {
                sorted.loose.take(&part.source, &der);
            }
        }
    }
    sorted
}

/// The DER in a file; what is no DER is noted.
fn blocks(part: &Part, loose: &mut Contents) -> Vec<Zeroizing<Vec<u8>>> {
    let source = &part.source;
    let instead = match sniff::format(&part.bytes) {
        Format::Der => return vec![part.bytes.clone()],
        Format::Pem(text) => return pem_blocks(source, text, loose),
        Format::Empty => damaged(source, Damage::Empty),
        Format::Foreign(looks_like) => not_a_package(source, looks_like),
        // a ZIP was opened before, and one inside another was refused
        Format::Zip => not_a_package(source, LooksLike::OtherArchive),
    };
    loose.note(source, instead);
    Vec::new()
}

fn pem_blocks(
    source: &Source,
    text: Cow<'_, str>,
    loose: &mut Contents,
) -> Vec<Zeroizing<Vec<u8>>> {
    let read = pem::read(&text);
    if let Cow::Owned(mut copy) = text {
        copy.zeroize();
    }
    let blocks = match read {
        Ok(blocks) => blocks,
        Err(PemFault::Damaged(detail)) => {
            loose.note(source, damaged(source, detail));
            return Vec::new();
        }
    };
    let mut ders = Vec::new();
    for block in blocks {
        match block {
            Block::Der(der) => ders.push(der),
            Block::Encrypted => loose.note(source, encrypted(source)),
            Block::Foreign => loose.note(source, not_a_package(source, LooksLike::ForeignKey)),
        }
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
                self.is_empty() || found.source.place != Place::Unsaid || !is_no_package(found)
            })
            .min_by_key(|found| distance(found))
            .map(|found| found.it.clone())
    }

    fn note(&mut self, source: &Source, fault: CertificateFault) {
        self.instead.push(found(source, fault));
    }

    fn open_p12(
        &mut self,
        source: &Source,
        der: &[u8],
        merchant: &MerchantNumber,
        budget: &mut Budget,
    ) {
        // its name says “cert”, and it is the place for both
        let place = Place::Unsaid;
        let source = &Source {
            place,
            ..source.clone()
        };
        match p12::open(&source.file, der, merchant, budget) {
            Ok(opened) => {
                for der in &opened.certificates {
                    self.take_certificate(source, der);
                }
                for der in &opened.keys {
                    self.take_key(source, PrivateKey::from_pkcs8(der));
                }
            }
            Err(fault) => self.note(source, fault),
        }
    }

    fn take(&mut self, source: &Source, der: &[u8]) {
        let file = source.file.clone();
        match der_kind::of(der) {
            DerKind::Certificate => self.take_certificate(source, der),
            DerKind::Pkcs1Key => self.take_key(source, PrivateKey::from_pkcs1(der)),
            DerKind::Pkcs8Key => self.take_key(source, PrivateKey::from_pkcs8(der)),
            DerKind::OtherKey => self.note(source, CertificateFault::NotRsa { file }),
            DerKind::EncryptedKey => self.note(source, encrypted(source)),
            DerKind::PublicKey => self.note(source, CertificateFault::PublicKey { file }),
            DerKind::SigningRequest => self.note(source, CertificateFault::SigningRequest { file }),
            DerKind::Pkcs12 | DerKind::Unknown => {
                self.note(source, damaged(source, Damage::NeitherCertificateNorKey));
            }
        }
    }

    fn take_certificate(&mut self, source: &Source, der: &[u8]) {
        match Certificate::parse(der) {
            Ok(certificate) => self.certificates.push(found(source, certificate)),
            Err(_) => self.note(source, damaged(source, Damage::CertificateUnreadable)),
        }
    }

    fn take_key(&mut self, source: &Source, key: Result<PrivateKey, KeyFault>) {
        match key {
            Ok(key) => self.keys.push(found(source, key)),
            Err(KeyFault::NotRsa) => {
                let file = source.file.clone();
                self.note(source, CertificateFault::NotRsa { file });
            }
            Err(KeyFault::Damaged) => {
                self.note(source, damaged(source, Damage::KeyUnreadable));
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
        if found.source.place == Place::Unsaid {
            5
        } else {
            4
        }
    } else {
        1
    }
}

fn is_no_package(found: &Found<CertificateFault>) -> bool {
    matches!(found.it, CertificateFault::NotAPackage { .. })
}

fn found<T>(source: &Source, it: T) -> Found<T> {
    Found {
        source: source.clone(),
        it,
    }
}

fn damaged(source: &Source, detail: Damage) -> CertificateFault {
    CertificateFault::Damaged {
        file: source.file.clone(),
        detail,
    }
}

fn encrypted(source: &Source) -> CertificateFault {
    CertificateFault::EncryptedKey {
        file: source.file.clone(),
    }
}

fn not_a_package(source: &Source, looks_like: LooksLike) -> CertificateFault {
    CertificateFault::NotAPackage {
        file: source.file.clone(),
        looks_like,
    }
}

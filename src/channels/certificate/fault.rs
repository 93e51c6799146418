//! What can be wrong with an upload: one variant a fault, a sentence for a person, a code for pages and scripts.
//!
//! What the merchant does next is in [`super::remedy`].

use crate::basics::Timestamp;

use super::damage::Damage;
use super::sniff::LooksLike;
use super::weak_key::Weakness;

/// Why an upload was refused. File names in it are cut and cleaned for display.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CertificateFault {
    // ── the upload as a whole ──
    /// No file, or only empty ones.
    #[error("nothing was uploaded")]
    NothingUploaded,
    /// More files than a certificate ever has.
    #[error("{count} files were uploaded; a certificate comes in four files at the most")]
    TooManyFiles {
        /// How many.
        count: usize,
    },
    /// A file, or all files together, are larger than any certificate package.
    #[error("{file} is larger than {limit_kib} KiB, which no certificate package is")]
    TooLarge {
        /// The file.
        file: String,
        /// The limit that it broke.
        limit_kib: usize,
    },
    /// Something else altogether.
    #[error("{file} is {looks_like}, not a certificate package")]
    NotAPackage {
        /// The file.
        file: String,
        /// What its content says that it is.
        looks_like: LooksLike,
    },
    /// The right kind of file, but broken.
    #[error("{file} is damaged: {detail}")]
    Damaged {
        /// The file.
        file: String,
        /// Where reading stopped.
        detail: Damage,
    },

    // ── the ZIP ──
    /// More entries than the certificate tool ever writes.
    #[error("the ZIP has more than {limit} entries")]
    TooManyEntries {
        /// The limit.
        limit: usize,
    },
    /// It would inflate to far more than a certificate package holds.
    #[error("the ZIP inflates to far more than a certificate package holds")]
    Bomb,
    /// An archive inside the archive.
    #[error("{file} is an archive inside the ZIP")]
    NestedArchive {
        /// The entry.
        file: String,
    },
    /// The ZIP asks for a password.
    #[error("{file} in the ZIP is encrypted")]
    EncryptedZip {
        /// The entry.
        file: String,
    },
    /// A compression that neither the certificate tool nor an ordinary computer uses.
    #[error("{file} in the ZIP is compressed by an unusual method")]
    UnsupportedCompression {
        /// The entry.
        file: String,
    },
    /// A symbolic link or a device.
    #[error("{file} in the ZIP is a link or a device, not a file")]
    SymlinkEntry {
        /// The entry.
        file: String,
    },
    /// Two entries of one name: which of them a program reads is chance.
    #[error("{file} holds two files of the same name")]
    DuplicateEntry {
        /// The ZIP.
        file: String,
    },

    // ── the p12 ──
    /// It does not open with the merchant number.
    #[error(
        "{file} does not open with the merchant number {merchant}, so it most likely belongs to another merchant"
    )]
    WrongPassword {
        /// The file.
        file: String,
        /// The number that was tried.
        merchant: String,
    },
    /// Opening it would keep the processor busy for no good reason.
    #[error("{file} demands far more computing to open than a certificate does")]
    WorkTooHigh {
        /// The file.
        file: String,
    },
    /// More encrypted parts than a certificate and a key need.
    #[error("{file} has more parts than a certificate with its key")]
    TooManyBags {
        /// The file.
        file: String,
    },
    /// An encryption that this program does not know.
    #[error("{file} is protected by a method that is not supported")]
    UnsupportedProtection {
        /// The file.
        file: String,
    },

    // ── what is in it ──
    /// No certificate anywhere.
    #[error("there is no merchant certificate in the upload")]
    NoCertificate,
    /// No private key anywhere.
    #[error("there is no private key in the upload")]
    NoKey,
    /// The file that should hold the certificate holds a key.
    #[error("{file} holds a private key where the certificate should be")]
    KeyInCertificatePlace {
        /// The file.
        file: String,
    },
    /// The file that should hold the key holds a certificate.
    #[error("{file} holds a certificate where the private key should be")]
    CertificateInKeyPlace {
        /// The file.
        file: String,
    },
    /// Several different private keys.
    #[error("the upload holds more than one private key")]
    MoreThanOneKey,
    /// Several certificates that could be meant.
    #[error("the upload holds more than one merchant certificate")]
    MoreThanOneCertificate,
    /// More certificates than any chain has.
    #[error("the upload holds more than {limit} certificates")]
    TooManyCertificates {
        /// The limit.
        limit: usize,
    },
    /// The PEM files and the p12 are two different identities.
    #[error("the PEM files and the p12 file do not belong together")]
    PemAndP12Disagree,
    /// The key asks for a passphrase.
    #[error("the private key in {file} is encrypted with a passphrase")]
    EncryptedKey {
        /// The file.
        file: String,
    },
    /// WeChat Pay's public key, which is for another purpose.
    #[error(
        "{file} is a public key (WeChat Pay's pub_key.pem, perhaps), not the merchant's certificate or private key"
    )]
    PublicKey {
        /// The file.
        file: String,
    },
    /// The request for a certificate (证书请求串), from before there was one.
    #[error("{file} is a certificate signing request, not the certificate")]
    SigningRequest {
        /// The file.
        file: String,
    },
    /// WeChat Pay's own certificate, which is for another purpose.
    #[error("{file} is WeChat Pay's platform certificate, not the merchant's")]
    PlatformCertificate {
        /// The file.
        file: String,
    },

    // ── the key ──
    /// An elliptic curve, or something else.
    #[error("{file} holds a key that is not RSA")]
    NotRsa {
        /// The file.
        file: String,
    },
    /// Too short to be safe.
    #[error("the RSA key has {bits} bits; 2048 is the least")]
    KeyTooShort {
        /// Its length.
        bits: usize,
    },
    /// Longer than TLS libraries take.
    #[error("the RSA key has {bits} bits; 4096 is the most")]
    KeyTooLong {
        /// Its length.
        bits: usize,
    },
    /// A length between the usual ones, which the TLS library refuses.
    #[error("the RSA key has {bits} bits; only 2048, 3072 and 4096 can be used")]
    KeyLengthUnusual {
        /// Its length.
        bits: usize,
    },
    /// Long enough, and yet weak.
    #[error("the RSA key is weak: {weakness}")]
    WeakKey {
        /// What is wrong with it.
        weakness: Weakness,
    },
    /// Its numbers do not fit together.
    #[error("the private key is damaged: its numbers do not fit together")]
    KeyInconsistent,
    /// It belongs to another certificate.
    #[error("the private key does not belong to the certificate")]
    KeyDoesNotMatch,

    // ── the certificate ──
    /// Another merchant's.
    #[error("the certificate belongs to merchant {found}, not to {expected}")]
    AnotherMerchant {
        /// The number in the certificate.
        found: String,
        /// The number of the settings.
        expected: String,
    },
    /// Not a merchant's at all.
    #[error("the certificate is for “{name}”, which is not a merchant number")]
    NotAMerchantCertificate {
        /// Its common name.
        name: String,
    },
    /// Its time is over.
    #[error("the certificate expired on {} (Beijing time)", since.shanghai())]
    Expired {
        /// Its last instant.
        since: Timestamp,
    },
    /// Its time has not come.
    #[error("the certificate is not valid before {} (Beijing time)", from.shanghai())]
    NotYetValid {
        /// Its first instant.
        from: Timestamp,
    },
}

impl CertificateFault {
    /// A short name that never changes, for pages, scripts and the audit record.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::NothingUploaded => "nothing_uploaded",
            Self::TooManyFiles { .. } => "too_many_files",
            Self::TooLarge { .. } => "too_large",
            Self::NotAPackage { .. } => "not_a_package",
            Self::Damaged { .. } => "damaged",
            Self::TooManyEntries { .. } => "too_many_entries",
            Self::Bomb => "bomb",
            Self::NestedArchive { .. } => "nested_archive",
            Self::EncryptedZip { .. } => "encrypted_zip",
            Self::UnsupportedCompression { .. } => "unsupported_compression",
            Self::SymlinkEntry { .. } => "symlink_entry",
            Self::DuplicateEntry { .. } => "duplicate_entry",
            Self::WrongPassword { .. } => "wrong_password",
            Self::WorkTooHigh { .. } => "work_too_high",
            Self::TooManyBags { .. } => "too_many_bags",
            Self::UnsupportedProtection { .. } => "unsupported_protection",
            Self::NoCertificate => "no_certificate",
            Self::NoKey => "no_key",
            Self::KeyInCertificatePlace { .. } => "key_in_certificate_place",
            Self::CertificateInKeyPlace { .. } => "certificate_in_key_place",
            Self::MoreThanOneKey => "more_than_one_key",
            Self::MoreThanOneCertificate => "more_than_one_certificate",
            Self::TooManyCertificates { .. } => "too_many_certificates",
            Self::PemAndP12Disagree => "pem_and_p12_disagree",
            Self::EncryptedKey { .. } => "encrypted_key",
            Self::PublicKey { .. } => "public_key",
            Self::SigningRequest { .. } => "signing_request",
            Self::PlatformCertificate { .. } => "platform_certificate",
            Self::NotRsa { .. } => "not_rsa",
            Self::KeyTooShort { .. } => "key_too_short",
            Self::KeyTooLong { .. } => "key_too_long",
            Self::KeyLengthUnusual { .. } => "key_length_unusual",
            Self::WeakKey { .. } => "weak_key",
            Self::KeyInconsistent => "key_inconsistent",
            Self::KeyDoesNotMatch => "key_does_not_match",
            Self::AnotherMerchant { .. } => "another_merchant",
            Self::NotAMerchantCertificate { .. } => "not_a_merchant_certificate",
            Self::Expired { .. } => "expired",
            Self::NotYetValid { .. } => "not_yet_valid",
        }
    }
}

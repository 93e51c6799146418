//! Reads an upload and judges it.

use sha2::{Digest, Sha256};

use super::contents::{self, Sorted};
use super::pair::{self, Pair};
use super::x509::Certificate;
use super::{CertificateFault, CertificateWarning, expiry, part, proof, weak_key};
use crate::basics::{MerchantNumber, Secret, Timestamp};

/// The authorities that issue merchant certificates: today's, and the one from before June 2018.
const WECHAT_ISSUERS: [&str; 2] = ["Tenpay.com Root CA", "MMPaymchCA"];

/// One file as it arrived.
#[derive(Clone, Copy)]
pub struct UploadedFile<'a> {
    /// The name that the browser or the command line gave; it decides nothing that the content can decide.
    pub name: &'a str,
    /// The content.
    pub bytes: &'a [u8],
}

impl std::fmt::Debug for UploadedFile<'_> {
    /// The content may be a key.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{:?} ({} bytes)", self.name, self.bytes.len())
    }
}

/// A certificate with its key, ready to be sealed and stored.
#[derive(Debug)]
pub struct MerchantIdentity {
    /// What may be shown.
    pub facts: CertificateFacts,
    /// DER, the merchant's own certificate first.
    pub chain: Vec<Vec<u8>>,
    /// PKCS#8 DER.
    pub key: Secret<Vec<u8>>,
    /// What should be shown.
    pub warnings: Vec<CertificateWarning>,
}

/// What a certificate says about itself. Nothing in it is secret.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CertificateFacts {
    /// Upper-case hexadecimal, 40 digits with the zeros in front, as WeChat Pay's v3 header wants it.
    pub serial: String,
    /// The whole subject, for display.
    pub subject: String,
    /// The common name.
    pub merchant_number: String,
    /// `O` of the subject; WeChat Pay writes 微信商户系统. Empty when there is none.
    pub organization: String,
    /// `OU` of the subject: the company's name. Empty when there is none.
    pub organizational_unit: String,
    /// The whole issuer, for display.
    pub issuer: String,
    /// Its first instant.
    pub not_before: Timestamp,
    /// Its last instant.
    pub not_after: Timestamp,
    /// SHA-256 of the certificate's DER, lower-case hexadecimal.
    pub fingerprint_sha256: String,
    /// The length of the RSA modulus.
    pub key_bits: u32,
}

impl CertificateFacts {
    /// Whether WeChat Pay issued it, by what it says.
    pub fn is_from_wechat(&self) -> bool {
        self.issuer
            .split(", ")
            .filter_map(|part| part.strip_prefix("CN="))
            .any(|name| WECHAT_ISSUERS.contains(&name))
    }
}

/// Reads one to four files that together are one merchant certificate with its key: the certificate tool's ZIP, the
/// p12, the PEM pair, or any of them side by side. The merchant number opens the p12.
pub fn read(
    files: &[UploadedFile<'_>],
    merchant: &MerchantNumber,
    now: Timestamp,
) -> Result<MerchantIdentity, CertificateFault> {
    let parts = part::unpack(files)?;
    let sorted = contents::sort(&parts, merchant);
    let (pair, note) = pair::choose(&sorted).map_err(|fault| explain(fault, &sorted, merchant))?;
    judge(&pair, merchant, now)?;
    let mut warnings: Vec<CertificateWarning> = note.into_iter().collect();
    warnings.extend(look_closer(pair.leaf, now));
    Ok(MerchantIdentity {
        facts: facts(&pair),
        chain: std::iter::once(pair.leaf)
            .chain(pair.above.iter().copied())
            .map(|certificate| certificate.der.clone())
            .collect(),
        key: pair.key.pkcs8(),
        warnings,
    })
}

/// The checks, in the order in which a merchant can act on them: whose it is, whether it can be used, whether it is
/// the right pair, whether it is the right time.
fn judge(
    pair: &Pair<'_>,
    merchant: &MerchantNumber,
    now: Timestamp,
) -> Result<(), CertificateFault> {
    is_theirs(pair.leaf, merchant)?;
    weak_key::refuse(pair.key)?;
    proof::prove(pair.key, pair.public)?;
    if now > pair.leaf.not_after {
        return Err(CertificateFault::Expired {
            since: pair.leaf.not_after,
        });
    }
    if now < pair.leaf.not_before {
        return Err(CertificateFault::NotYetValid {
            from: pair.leaf.not_before,
        });
    }
    Ok(())
}

fn is_theirs(leaf: &Certificate, merchant: &MerchantNumber) -> Result<(), CertificateFault> {
    match leaf.merchant_number() {
        Some(found) if found == *merchant => Ok(()),
        Some(found) => Err(CertificateFault::AnotherMerchant {
            found: found.as_str().to_owned(),
            expected: merchant.as_str().to_owned(),
        }),
        None => Err(CertificateFault::NotAMerchantCertificate {
            name: leaf.subject.common_name(),
        }),
    }
}

/// “The key does not match” and “there is no key” help little when the certificate is another merchant's anyway.
fn explain(
    fault: CertificateFault,
    sorted: &Sorted,
    merchant: &MerchantNumber,
) -> CertificateFault {
    if !matches!(
        fault,
        CertificateFault::KeyDoesNotMatch | CertificateFault::NoKey
    ) {
        return fault;
    }
    let Sorted { loose, sealed } = sorted;
    loose
        .certificates
        .iter()
        .chain(&sealed.certificates)
        .filter(|found| !found.it.is_authority || found.it.merchant_number().is_some())
        .find_map(|found| is_theirs(&found.it, merchant).err())
        .unwrap_or(fault)
}

fn look_closer(leaf: &Certificate, now: Timestamp) -> Vec<CertificateWarning> {
    let mut warnings = Vec::new();
    let issuer = leaf.issuer.common_name();
    if !WECHAT_ISSUERS.contains(&issuer.as_str()) {
        warnings.push(CertificateWarning::UnknownIssuer { issuer });
    }
    if expiry::notice(leaf.not_after, now).is_some() {
        warnings.push(CertificateWarning::ExpiresSoon {
            days: expiry::days_left(leaf.not_after, now),
        });
    }
    warnings
}

fn facts(pair: &Pair<'_>) -> CertificateFacts {
    let leaf = pair.leaf;
    CertificateFacts {
        serial: leaf.serial.clone(),
        subject: leaf.subject.text.clone(),
        merchant_number: leaf.subject.common_name(),
        organization: leaf.subject.organization.clone(),
        organizational_unit: leaf.subject.organizational_unit.clone(),
        issuer: leaf.issuer.text.clone(),
        not_before: leaf.not_before,
        not_after: leaf.not_after,
        fingerprint_sha256: hex::encode(Sha256::digest(&leaf.der)),
        key_bits: u32::try_from(pair.key.bits()).unwrap_or(u32::MAX),
    }
}

//! One key and its certificate, out of everything that the upload holds.

use super::CertificateFault;
use super::contents::{Contents, Found, Sorted};
use super::part::Place;
use super::private_key::PrivateKey;
use super::warning::CertificateWarning;
use super::x509::{Certificate, PublicKey};

/// A certificate and three above it are more than WeChat Pay has; five is the limit of `security.md` §6.
const MAX_CERTIFICATES: usize = 5;

/// A key and the certificates, the merchant's own first.
#[derive(Debug)]
pub(super) struct Pair<'a> {
    pub(super) key: &'a PrivateKey,
    pub(super) leaf: &'a Certificate,
    pub(super) public: &'a PublicKey,
    /// Those that issued it, each the issuer of the one before; without the root, which the other side has.
    pub(super) above: Vec<&'a Certificate>,
}

/// Chooses between the PEM files and the p12: the PEM pair when it is complete, else the p12, and neither when the
/// two are different identities.
pub(super) fn choose(
    sorted: &Sorted,
) -> Result<(Pair<'_>, Option<CertificateWarning>), CertificateFault> {
    let Sorted { loose, sealed } = sorted;
    if sealed.is_absent() {
        return Ok((pair(loose)?, None));
    }
    match (pair(loose), pair(sealed)) {
        (Ok(pem), Ok(p12)) if pem.leaf.der == p12.leaf.der => Ok((pem, None)),
        (Ok(_), Ok(_)) => Err(CertificateFault::PemAndP12Disagree),
        (Ok(pem), Err(fault)) => {
            let reason = fault.code();
            Ok((pem, Some(CertificateWarning::P12NotUsed { reason })))
        }
        (Err(_), Ok(p12)) if contradicts(loose, &p12) => Err(CertificateFault::PemAndP12Disagree),
        (Err(_), Ok(p12)) => Ok((p12, None)),
        (Err(fault), Err(_)) if !loose.is_empty() => Err(fault),
        (Err(_), Err(fault)) => Err(fault),
    }
}

/// Incomplete PEM files that do not belong to the p12 beside them.
fn contradicts(loose: &Contents, p12: &Pair<'_>) -> bool {
    let other_key = |found: &Found<PrivateKey>| found.it.modulus != p12.key.modulus;
    let other_certificate = |found: &Found<Certificate>| {
        found.it.merchant_number().is_some() && found.it.der != p12.leaf.der
    };
    loose.keys.iter().any(other_key) || loose.certificates.iter().any(other_certificate)
}

fn pair(contents: &Contents) -> Result<Pair<'_>, CertificateFault> {
    let certificates = distinct(&contents.certificates)?;
    let key = the_key(contents)?;
    let mut leaves = certificates
        .iter()
        .filter_map(|found| Some((&found.it, found.it.public_key.as_ref()?)))
        .filter(|(_, public)| belongs(key, public));
    let merchants: Vec<&Certificate> = certificates
        .iter()
        .map(|found| &found.it)
        .filter(|certificate| certificate.merchant_number().is_some())
        .collect();
    let Some((leaf, public)) = leaves.next() else {
        return Err(mismatch(&certificates, &merchants));
    };
    if leaves.next().is_some() || merchants.iter().any(|other| other.der != leaf.der) {
        return Err(CertificateFault::MoreThanOneCertificate);
    }
    Ok(Pair {
        key,
        leaf,
        public,
        above: above(leaf, &certificates),
    })
}

/// The one key, or the best explanation why there is none.
fn the_key(contents: &Contents) -> Result<&PrivateKey, CertificateFault> {
    let Contents {
        certificates, keys, ..
    } = contents;
    let mut distinct: Vec<&PrivateKey> = Vec::new();
    for Found { it: key, .. } in keys {
        if !distinct.iter().any(|known| known.modulus == key.modulus) {
            distinct.push(key);
        }
    }
    if certificates.is_empty() {
        if let Some(found) = keys
            .iter()
            .find(|found| found.source.place == Place::Certificate)
        {
            let file = found.source.file.clone();
            return Err(CertificateFault::KeyInCertificatePlace { file });
        }
        return Err(contents
            .instead()
            .unwrap_or(CertificateFault::NoCertificate));
    }
    match distinct.as_slice() {
        [only] => Ok(only),
        [_, _, ..] => Err(CertificateFault::MoreThanOneKey),
        [] => {
            if let Some(found) = certificates
                .iter()
                .find(|found| found.source.place == Place::Key)
            {
                let file = found.source.file.clone();
                return Err(CertificateFault::CertificateInKeyPlace { file });
            }
            if let Some(found) = certificates.iter().find(|found| found.it.is_platforms()) {
                let file = found.source.file.clone();
                return Err(CertificateFault::PlatformCertificate { file });
            }
            Err(contents.instead().unwrap_or(CertificateFault::NoKey))
        }
    }
}

/// The PEM file and the PEM bundle often hold the same certificate twice.
fn distinct(all: &[Found<Certificate>]) -> Result<Vec<&Found<Certificate>>, CertificateFault> {
    let mut distinct: Vec<&Found<Certificate>> = Vec::new();
    for found in all {
        if !distinct.iter().any(|known| known.it.der == found.it.der) {
            distinct.push(found);
        }
    }
    if distinct.len() > MAX_CERTIFICATES {
        return Err(CertificateFault::TooManyCertificates {
            limit: MAX_CERTIFICATES,
        });
    }
    Ok(distinct)
}

fn belongs(key: &PrivateKey, public: &PublicKey) -> bool {
    key.modulus == public.modulus && key.exponent == public.exponent
}

/// Why no certificate belongs to the key. Whose certificate it is has been asked before this is shown.
fn mismatch(certificates: &[&Found<Certificate>], merchants: &[&Certificate]) -> CertificateFault {
    match merchants {
        [_] => CertificateFault::KeyDoesNotMatch,
        [_, _, ..] => CertificateFault::MoreThanOneCertificate,
        [] => match certificates.iter().find(|found| !found.it.is_authority) {
            Some(found) if found.it.is_platforms() => CertificateFault::PlatformCertificate {
                file: found.source.file.clone(),
            },
            Some(_) => CertificateFault::KeyDoesNotMatch,
            None => CertificateFault::NoCertificate,
        },
    }
}

/// The chain above the leaf. Bounded: every step uses up one of at most five certificates.
fn above<'a>(
    leaf: &'a Certificate,
    certificates: &[&'a Found<Certificate>],
) -> Vec<&'a Certificate> {
    let mut chain = Vec::new();
    let mut last = leaf;
    for _ in certificates {
        let next = certificates
            .iter()
            .map(|found| &found.it)
            .find(|candidate| {
                candidate.subject.raw == last.issuer.raw
                    && candidate.subject.raw != candidate.issuer.raw
                    && candidate.der != last.der
            });
        let Some(next) = next else { break };
        chain.push(next);
        last = next;
    }
    chain
}

//! A p12 (PKCS#12, RFC 7292), opened with the merchant number. This file is the only one that knows the p12 crate.
//!
//! WeChat Pay's certificate tool writes the encryptions of OpenSSL 1 (RC2 with 40 bits for the certificate, triple
//! DES for the key, SHA-1 for the check; `wechatpay-reference.md` §5.4); a p12 that was exported again has AES.

use p12_keystore::Pkcs12Archive;
use p12_keystore::error::Error;
use zeroize::Zeroizing;

use super::CertificateFault;
use super::p12_work::{self, Budget, Mac, Refusal};
use crate::basics::MerchantNumber;

/// What was inside: DER, in the order of the file.
#[derive(Debug)]
pub(super) struct Opened {
    pub(super) certificates: Vec<Vec<u8>>,
    pub(super) keys: Vec<Zeroizing<Vec<u8>>>,
}

/// Opens it, if it asks for no more work than the budget has left.
pub(super) fn open(
    file: &str,
    bytes: &[u8],
    merchant: &MerchantNumber,
    budget: &mut Budget,
) -> Result<Opened, CertificateFault> {
    let mac = p12_work::admit(bytes, budget).map_err(|refusal| refused(refusal, file))?;
    let archive = Pkcs12Archive::from_pkcs12(bytes, merchant.as_str())
        .map_err(|error| fault(&error, mac, file, merchant))?;
    Ok(Opened {
        certificates: archive
            .certs
            .iter()
            .map(|bag| bag.cert.as_der().to_vec())
            .collect(),
        keys: archive
            .keys
            .iter()
            .map(|bag| Zeroizing::new(bag.key.as_der().to_vec()))
            .collect(),
    })
}

fn refused(refusal: Refusal, file: &str) -> CertificateFault {
    let file = file.to_owned();
    match refusal {
        Refusal::Damaged => CertificateFault::Damaged {
            file,
            detail: "it is not a complete p12 in DER",
        },
        Refusal::WorkTooHigh => CertificateFault::WorkTooHigh { file },
        Refusal::TooManyBags => CertificateFault::TooManyBags { file },
        Refusal::UnsupportedProtection => CertificateFault::UnsupportedProtection { file },
    }
}

/// With a check of the password, that check tells a wrong one from everything else. Without it a wrong password
/// shows as nonsense after decrypting, and nonsense is then most likely a wrong password.
fn fault(error: &Error, mac: Mac, file: &str, merchant: &MerchantNumber) -> CertificateFault {
    let file = file.to_owned();
    match (error, mac) {
        (Error::UnsupportedEncryptionScheme | Error::UnsupportedMacAlgorithm, _)
        | (Error::Pkcs5Error(_), Mac::Present) => CertificateFault::UnsupportedProtection { file },
        (Error::MacError(_), _) | (_, Mac::Absent) => CertificateFault::WrongPassword {
            file,
            merchant: merchant.as_str().to_owned(),
        },
        (_, Mac::Present) => CertificateFault::Damaged {
            file,
            detail: "its content cannot be read",
        },
    }
}

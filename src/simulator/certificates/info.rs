//! What the front reads from a client certificate.

use sha2::{Digest as _, Sha256};

use crate::simulator::shared_text::SharedText;

/// A client certificate as the front sees it. In a simulation without sockets it is made by hand.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CertificateInfo {
    /// `CN` of the subject: the merchant number.
    pub common_name: String,
    /// Serial number, 40 upper-case hexadecimal digits.
    pub serial: String,
    /// SHA-256 of the certificate, lower-case hexadecimal.
    pub fingerprint: SharedText,
    /// First instant of validity, milliseconds since 1970.
    pub not_before_ms: i64,
    /// Last instant of validity, milliseconds since 1970.
    pub not_after_ms: i64,
    /// Who issued it.
    pub origin: Origin,
}

/// Who issued a client certificate.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Origin {
    /// The simulator's own merchant authority.
    Tenpay,
    /// Anybody else.
    Foreign,
}

impl CertificateInfo {
    /// A certificate of ours for a merchant, valid for ever: for simulations without sockets.
    pub fn fitting(mchid: &str) -> Self {
        Self {
            common_name: mchid.to_owned(),
            serial: "0".repeat(40),
            fingerprint: hex::encode(Sha256::digest(mchid)).into(),
            not_before_ms: i64::MIN,
            not_after_ms: i64::MAX,
            origin: Origin::Tenpay,
        }
    }

    /// Reads a certificate; `None` when it is none, or names nobody.
    pub fn read(der: &[u8], origin: Origin) -> Option<Self> {
        let (_, certificate) = x509_parser::parse_x509_certificate(der).ok()?;
        let common_name = certificate
            .subject()
            .iter_common_name()
            .next()?
            .as_str()
            .ok()?;
        let validity = certificate.validity();
        let serial = hex::encode_upper(certificate.raw_serial());
        let serial = serial
            .strip_prefix("00")
            .filter(|rest| rest.len() >= 40)
            .unwrap_or(&serial);
        Some(Self {
            common_name: common_name.to_owned(),
            serial: format!("{serial:0>40}"),
            fingerprint: hex::encode(Sha256::digest(der)).into(),
            not_before_ms: validity.not_before.timestamp().saturating_mul(1000),
            not_after_ms: validity.not_after.timestamp().saturating_mul(1000),
            origin,
        })
    }

    /// Something that was presented and cannot be read as a certificate of a merchant.
    pub(super) fn unreadable(der: &[u8]) -> Self {
        Self {
            common_name: String::new(),
            serial: "0".repeat(40),
            fingerprint: hex::encode(Sha256::digest(der)).into(),
            not_before_ms: i64::MAX,
            not_after_ms: i64::MIN,
            origin: Origin::Foreign,
        }
    }

    /// Whether the front lets it pass at this instant.
    pub(in crate::simulator) fn is_accepted_at(&self, now_ms: i64) -> bool {
        self.origin == Origin::Tenpay
            && self.not_before_ms <= now_ms
            && now_ms <= self.not_after_ms.saturating_add(999)
    }
}

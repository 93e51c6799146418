//! A certificate, read once: everything that is judged or shown, from the file and from nowhere else.
//!
//! `wechatpay-reference.md` §5.3 says what WeChat Pay writes into it.

use encoding_rs::{GBK, UTF_8, UTF_16BE};
use x509_parser::der_parser::asn1_rs::Tag;
use x509_parser::oid_registry::{
    OID_PKCS1_RSAENCRYPTION, OID_X509_COMMON_NAME, OID_X509_COUNTRY_NAME, OID_X509_LOCALITY_NAME,
    OID_X509_ORGANIZATION_NAME, OID_X509_ORGANIZATIONAL_UNIT, OID_X509_STATE_OR_PROVINCE_NAME, Oid,
};
use x509_parser::prelude::{FromDer, X509Certificate};
use x509_parser::x509::{AttributeTypeAndValue, SubjectPublicKeyInfo, X509Name};

use super::der::{Reader, tag};
use super::part::clean;
use crate::basics::{MerchantNumber, Timestamp};

/// WeChat Pay's serials have 20 bytes; the v3 header wants all 40 digits, zeros in front included.
const SERIAL_DIGITS: usize = 40;
/// A name of ours has about 80 characters; a longer one is cut for display.
const MAX_NAME: usize = 300;

/// The bytes are not one certificate.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct NotACertificate;

/// A certificate of any kind: a merchant's, an authority's, WeChat Pay's own.
#[derive(Clone, Debug)]
pub(super) struct Certificate {
    pub(super) der: Vec<u8>,
    pub(super) serial: String,
    pub(super) subject: Name,
    pub(super) issuer: Name,
    pub(super) not_before: Timestamp,
    pub(super) not_after: Timestamp,
    pub(super) is_authority: bool,
    /// None when the key is not RSA.
    pub(super) public_key: Option<PublicKey>,
}

/// A subject or an issuer.
#[derive(Clone, Debug)]
pub(super) struct Name {
    /// Exactly as it is in the file, for comparing.
    pub(super) raw: Vec<u8>,
    /// For display, in the order of the file: `C=CN, …, CN=1900000109`.
    pub(super) text: String,
    /// There should be one; more than one is a trick.
    pub(super) common_names: Vec<String>,
    pub(super) organization: String,
    pub(super) organizational_unit: String,
}

/// An RSA public key, the numbers without zeros in front.
#[derive(Clone, Debug)]
pub(super) struct PublicKey {
    pub(super) modulus: Vec<u8>,
    pub(super) exponent: Vec<u8>,
    /// Both as PKCS#1 wraps them, for verifying.
    pub(super) pkcs1: Vec<u8>,
}

impl Certificate {
    pub(super) fn parse(der: &[u8]) -> Result<Self, NotACertificate> {
        let (rest, parsed) = X509Certificate::from_der(der).map_err(|_| NotACertificate)?;
        if !rest.is_empty() {
            return Err(NotACertificate);
        }
        let validity = parsed.validity();
        Ok(Self {
            der: der.to_vec(),
            serial: serial(parsed.raw_serial()),
            subject: name(parsed.subject()),
            issuer: name(parsed.issuer()),
            not_before: Timestamp::from_seconds(validity.not_before.timestamp()),
            not_after: Timestamp::from_seconds(validity.not_after.timestamp()),
            is_authority: parsed.is_ca(),
            public_key: public_key(parsed.public_key()),
        })
    }

    /// The merchant number that the certificate is for, when it is a merchant's. Whether it calls itself an authority is
    /// not asked: OpenSSL's self-signed certificates, which people test with, all do.
    pub(super) fn merchant_number(&self) -> Option<MerchantNumber> {
        match self.subject.common_names.as_slice() {
            [only] => MerchantNumber::parse(only).ok(),
            _ => None,
        }
    }

    /// WeChat Pay's own certificate (`wechatpay_….pem`), which signs its answers.
    pub(super) fn is_platforms(&self) -> bool {
        !self.is_authority && self.subject.common_name().starts_with("Tenpay.com")
    }
}

impl Name {
    /// The first common name, for display.
    pub(super) fn common_name(&self) -> String {
        clean(
            self.common_names.first().map_or("", String::as_str),
            MAX_NAME,
        )
    }
}

fn serial(raw: &[u8]) -> String {
    let digits = match raw {
        // the byte that keeps a DER integer positive is no part of the number
        [0, digits @ ..] if !digits.is_empty() => digits,
        _ => raw,
    };
    format!("{:0>SERIAL_DIGITS$}", hex::encode_upper(digits))
}

fn name(name: &X509Name<'_>) -> Name {
    let all = |oid: &Oid<'static>| -> Vec<String> {
        name.iter_attributes()
            .filter(|attribute| attribute.attr_type() == oid)
            .map(text)
            .collect()
    };
    let first =
        |oid: &Oid<'static>| clean(&all(oid).into_iter().next().unwrap_or_default(), MAX_NAME);
    let parts: Vec<String> = name
        .iter_attributes()
        .map(|attribute| format!("{}={}", short(attribute.attr_type()), text(attribute)))
        .collect();
    Name {
        raw: name.as_raw().to_vec(),
        text: clean(&parts.join(", "), MAX_NAME),
        common_names: all(&OID_X509_COMMON_NAME),
        organization: first(&OID_X509_ORGANIZATION_NAME),
        organizational_unit: first(&OID_X509_ORGANIZATIONAL_UNIT),
    }
}

fn short(oid: &Oid<'_>) -> String {
    let known = [
        (&OID_X509_COMMON_NAME, "CN"),
        (&OID_X509_COUNTRY_NAME, "C"),
        (&OID_X509_LOCALITY_NAME, "L"),
        (&OID_X509_STATE_OR_PROVINCE_NAME, "ST"),
        (&OID_X509_ORGANIZATION_NAME, "O"),
        (&OID_X509_ORGANIZATIONAL_UNIT, "OU"),
    ];
    known
        .into_iter()
        .find(|(known, _)| *known == oid)
        .map_or_else(|| oid.to_id_string(), |(_, short)| short.to_owned())
}

/// Old certificates wrote Chinese names as UTF-16, or as GBK under a wrong label.
fn text(attribute: &AttributeTypeAndValue<'_>) -> String {
    let value = attribute.attr_value();
    let encoding = if value.tag() == Tag::BmpString {
        UTF_16BE
    } else if std::str::from_utf8(value.data).is_ok() {
        UTF_8
    } else {
        GBK
    };
    encoding
        .decode_without_bom_handling(value.data)
        .0
        .into_owned()
}

fn public_key(spki: &SubjectPublicKeyInfo<'_>) -> Option<PublicKey> {
    if spki.algorithm.algorithm != OID_PKCS1_RSAENCRYPTION {
        return None;
    }
    let pkcs1: &[u8] = &spki.subject_public_key.data;
    let mut numbers = Reader::new(pkcs1).enter(tag::SEQUENCE).ok()?;
    let modulus = numbers.positive().ok()?.to_vec();
    let exponent = numbers.positive().ok()?.to_vec();
    numbers.end().ok()?;
    Some(PublicKey {
        modulus,
        exponent,
        pkcs1: pkcs1.to_vec(),
    })
}

//! What a piece of DER is, told by its shape and not by the label or the file name around it.

use super::der::{NotDer, Reader, tag};

/// The things that merchants upload, on purpose or by mistake.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum DerKind {
    Pkcs12,
    Certificate,
    SigningRequest,
    /// An RSA key by itself.
    Pkcs1Key,
    /// A key of any kind in the usual wrapping.
    Pkcs8Key,
    /// An elliptic curve or DSA key by itself.
    OtherKey,
    EncryptedKey,
    PublicKey,
    Unknown,
}

/// Looks at the first few elements; the rest may still be broken.
pub(super) fn of(bytes: &[u8]) -> DerKind {
    classify(bytes).unwrap_or(DerKind::Unknown)
}

fn classify(bytes: &[u8]) -> Result<DerKind, NotDer> {
    let mut outer = Reader::new(bytes).enter(tag::SEQUENCE)?;
    let first = outer.next()?;
    let second = outer.next()?;
    Ok(match (first.tag, second.tag) {
        (tag::INTEGER, tag::SEQUENCE) => match (first.body, Reader::new(second.body).peek()) {
            ([3], Some(tag::OID)) => DerKind::Pkcs12,
            ([0 | 1], Some(tag::OID)) => DerKind::Pkcs8Key,
            _ => DerKind::Unknown,
        },
        // an elliptic curve key: SEQUENCE { 1, OCTET STRING, … }
        (tag::INTEGER, tag::OCTET_STRING) => DerKind::OtherKey,
        (tag::INTEGER, tag::INTEGER) => {
            // RSA has nine numbers, DSA six, a public RSA key two
            let mut numbers = 2;
            while outer.peek() == Some(tag::INTEGER) {
                outer.next()?;
                numbers += 1;
            }
            match numbers {
                9.. => DerKind::Pkcs1Key,
                2 => DerKind::PublicKey,
                _ => DerKind::OtherKey,
            }
        }
        (tag::SEQUENCE, tag::BIT_STRING) => DerKind::PublicKey,
        (tag::SEQUENCE, tag::OCTET_STRING) => DerKind::EncryptedKey,
        (tag::SEQUENCE, tag::SEQUENCE) => {
            // both are signed: SEQUENCE { what, algorithm, signature }
            let mut inner = Reader::new(first.body);
            if inner.peek() == Some(tag::CONTEXT_0) {
                return Ok(DerKind::Certificate);
            }
            inner.take(tag::INTEGER)?;
            // next is the algorithm in an old certificate, the subject in a request
            match inner.enter(tag::SEQUENCE)?.peek() {
                Some(tag::OID) => DerKind::Certificate,
                _ => DerKind::SigningRequest,
            }
        }
        _ => DerKind::Unknown,
    })
}

//! The private key, out of either wrapping and into one: PKCS#8.

use zeroize::Zeroizing;

use super::der::{self, NotDer, Reader, tag};
use crate::basics::Secret;

/// 1.2.840.113549.1.1.1
const RSA: &[u8] = &[0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x01, 0x01];

/// Why some DER is not a key for us.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum KeyFault {
    Damaged,
    NotRsa,
}

impl From<NotDer> for KeyFault {
    fn from(_: NotDer) -> Self {
        Self::Damaged
    }
}

/// Two primes, as everybody makes keys, or more, as hardly any program can use them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Primes {
    Two,
    More,
}

/// An RSA private key. The numbers have no zeros in front.
pub(super) struct PrivateKey {
    /// `SEQUENCE { version, modulus, exponent, … }` (RFC 8017 A.1.2)
    pub(super) pkcs1: Zeroizing<Vec<u8>>,
    pub(super) modulus: Vec<u8>,
    pub(super) exponent: Vec<u8>,
    pub(super) p: Zeroizing<Vec<u8>>,
    pub(super) q: Zeroizing<Vec<u8>>,
    pub(super) primes: Primes,
}

impl std::fmt::Debug for PrivateKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("[REDACTED]")
    }
}

impl PrivateKey {
    /// Out of `PRIVATE KEY` (PKCS#8), with attributes behind it or without.
    pub(super) fn from_pkcs8(bytes: &[u8]) -> Result<Self, KeyFault> {
        let mut outer = Reader::new(bytes);
        let mut info = outer.enter(tag::SEQUENCE)?;
        outer.end()?;
        info.take(tag::INTEGER)?;
        let algorithm = info.enter(tag::SEQUENCE)?.take(tag::OID)?;
        if algorithm != RSA {
            return Err(KeyFault::NotRsa);
        }
        Self::from_pkcs1(info.take(tag::OCTET_STRING)?)
    }

    /// Out of `RSA PRIVATE KEY` (PKCS#1).
    pub(super) fn from_pkcs1(bytes: &[u8]) -> Result<Self, KeyFault> {
        let mut outer = Reader::new(bytes);
        let mut numbers = outer.enter(tag::SEQUENCE)?;
        outer.end()?;
        let primes = match numbers.take(tag::INTEGER)? {
            [0] => Primes::Two,
            [1] => Primes::More,
            _ => return Err(KeyFault::Damaged),
        };
        let modulus = numbers.positive()?.to_vec();
        let exponent = numbers.positive()?.to_vec();
        numbers.positive()?;
        let p = Zeroizing::new(numbers.positive()?.to_vec());
        let q = Zeroizing::new(numbers.positive()?.to_vec());
        for _ in ["d mod (p-1)", "d mod (q-1)", "1/q mod p"] {
            numbers.positive()?;
        }
        if primes == Primes::Two {
            numbers.end()?;
        }
        Ok(Self {
            pkcs1: Zeroizing::new(bytes.to_vec()),
            modulus,
            exponent,
            p,
            q,
            primes,
        })
    }

    /// In the one form that is stored: version 0, the RSA algorithm, no attributes.
    pub(super) fn pkcs8(&self) -> Secret<Vec<u8>> {
        let algorithm = der::write(
            tag::SEQUENCE,
            &[&der::write(tag::OID, &[RSA]), &[0x05, 0x00]],
        );
        let key = Zeroizing::new(der::write(tag::OCTET_STRING, &[&self.pkcs1]));
        Secret::new(der::write(
            tag::SEQUENCE,
            &[&[0x02, 0x01, 0x00], &algorithm, &key],
        ))
    }

    /// The length of the modulus.
    pub(super) fn bits(&self) -> usize {
        let unused = self
            .modulus
            .first()
            .map_or(0, |first| first.leading_zeros());
        self.modulus
            .len()
            .saturating_mul(8)
            .saturating_sub(usize::try_from(unused).unwrap_or(0))
    }
}

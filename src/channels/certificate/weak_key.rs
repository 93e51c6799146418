//! Keys that must not be trusted with money, though they work.
//!
//! The pair of a key and a certificate is proved elsewhere ([`super::proof`]); here the key alone is looked at.

use std::fmt;

use sha2::{Digest, Sha256};

use super::CertificateFault;
use super::private_key::{Primes, PrivateKey};

const LEAST_BITS: usize = 2048;
const MOST_BITS: usize = 4096;
/// The TLS library takes no lengths between these.
const USUAL_BITS: [usize; 3] = [2048, 3072, 4096];
const LEAST_EXPONENT: u64 = 65_537;
/// 33 bits, the most that the TLS library takes.
const MOST_EXPONENT: u64 = (1 << 33) - 1;
/// Two random primes agree in their first 12 bytes never; in a key that Fermat's method factors they do.
const CLOSE_BYTES: usize = 12;

/// SHA-256 of the modulus of keys whose private half is printed somewhere. The first is the key of WeChat Pay's own
/// signature tutorial, which people paste into configurations.
const PUBLISHED: [&str; 1] = ["aa3b8907b8d6db049963b4c78db5df2177c3e51a2aaeb96f41377c8a218b7ca9"];

/// Primes at which the moduli of a faulty Infineon chip (CVE-2017-15361, “ROCA”) show themselves: modulo each of them such
/// a modulus is a power of 65537. That all are by chance happens once in 200 million keys.
const ROCA_PRIMES: [u32; 17] = [
    11, 13, 17, 19, 37, 53, 61, 71, 73, 79, 97, 103, 107, 109, 127, 151, 157,
];

/// Why a key is weak.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Weakness {
    /// The public exponent is even, smaller than 65537 or longer than 33 bits.
    Exponent,
    /// The modulus is even, so its factors are known.
    EvenModulus,
    /// It has more than two primes.
    ManyPrimes,
    /// Its primes are so close that the modulus can be factored.
    ClosePrimes,
    /// A faulty chip made it (ROCA).
    Roca,
    /// Its private half is printed in public documentation.
    Published,
}

impl fmt::Display for Weakness {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Exponent => "its public exponent is not an odd number from 65537 to 2^33",
            Self::EvenModulus => "its modulus is even",
            Self::ManyPrimes => "it has more than two primes",
            Self::ClosePrimes => "its two primes are too close to each other",
            Self::Roca => "it was made by a faulty chip (ROCA, CVE-2017-15361)",
            Self::Published => "it is the example key of a public document",
        })
    }
}

/// Refuses a key that is too short, too long or weak.
pub(super) fn refuse(key: &PrivateKey) -> Result<(), CertificateFault> {
    let bits = key.bits();
    if bits < LEAST_BITS {
        return Err(CertificateFault::KeyTooShort { bits });
    }
    if bits > MOST_BITS {
        return Err(CertificateFault::KeyTooLong { bits });
    }
    match weakness(key) {
        Some(weakness) => Err(CertificateFault::WeakKey { weakness }),
        None if USUAL_BITS.contains(&bits) => Ok(()),
        None => Err(CertificateFault::KeyLengthUnusual { bits }),
    }
}

fn weakness(key: &PrivateKey) -> Option<Weakness> {
    let checks = [
        (key.primes == Primes::More, Weakness::ManyPrimes),
        (is_even(&key.modulus), Weakness::EvenModulus),
        (!is_good_exponent(&key.exponent), Weakness::Exponent),
        (are_close(&key.p, &key.q), Weakness::ClosePrimes),
        (is_roca(&key.modulus), Weakness::Roca),
        (is_published(&key.modulus), Weakness::Published),
    ];
    checks
        .into_iter()
        .find(|(weak, _)| *weak)
        .map(|(_, weakness)| weakness)
}

fn is_even(number: &[u8]) -> bool {
    number.last().is_none_or(|last| last % 2 == 0)
}

fn is_good_exponent(exponent: &[u8]) -> bool {
    let value = exponent.iter().try_fold(0_u64, |sum, digit| {
        sum.checked_mul(256)?.checked_add(u64::from(*digit))
    });
    value.is_some_and(|value| (LEAST_EXPONENT..=MOST_EXPONENT).contains(&value))
        && !is_even(exponent)
}

fn are_close(p: &[u8], q: &[u8]) -> bool {
    p.len() == q.len() && p.iter().zip(q).take(CLOSE_BYTES).all(|(p, q)| p == q)
}

pub(super) fn is_roca(modulus: &[u8]) -> bool {
    ROCA_PRIMES.iter().all(|prime| {
        let remainder = modulus.iter().fold(0_u32, |rest, digit| {
            (rest * 256 + u32::from(*digit)) % prime
        });
        let mut power = 1;
        (0..*prime).any(|_| {
            let hit = power == remainder;
            power = power * 65_537 % prime;
            hit
        })
    })
}

fn is_published(modulus: &[u8]) -> bool {
    PUBLISHED.contains(&hex::encode(Sha256::digest(modulus)).as_str())
}

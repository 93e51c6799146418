//! RSA keys of 2048 bits, made when they are first needed.
//!
//! Making one takes a good part of a second, so tests take the well-known keys instead.

use base64::Engine as _;
use rsa::pkcs8::EncodePrivateKey as _;
use rsa::rand_core::{TryCryptoRng, TryRng};

use super::CertificateFault;

const KEY_BITS: usize = 2048;

/// Where merchants' and the authority's keys come from.
#[derive(Debug, Clone, Default)]
pub enum KeySource {
    /// Each is made by itself, from the operating system's randomness.
    #[default]
    Generated,
    /// The [`WELL_KNOWN_KEYS`] in turn: instant, reproducible, and of course worth nothing.
    WellKnown,
    /// These PKCS#8 PEM keys in turn.
    Given(Vec<String>),
}

/// RSA keys for tests, published with the source. Never give one of them to anything real.
pub const WELL_KNOWN_KEYS: &[&str] = &[
    include_str!("test_only_key_1.pem"),
    include_str!("test_only_key_2.pem"),
    include_str!("test_only_key_3.pem"),
    include_str!("test_only_key_4.pem"),
];

impl KeySource {
    /// The `turn`-th key as PKCS#8 DER.
    pub(super) fn key(&self, turn: usize) -> Result<Vec<u8>, CertificateFault> {
        match self {
            Self::Generated => generate(),
            Self::WellKnown => pick(WELL_KNOWN_KEYS, turn),
            Self::Given(keys) => pick(keys, turn),
        }
    }
}

fn pick<S: AsRef<str>>(keys: &[S], turn: usize) -> Result<Vec<u8>, CertificateFault> {
    let index = turn
        .checked_rem(keys.len())
        .ok_or(CertificateFault::NoKey)?;
    let pem = keys.get(index).ok_or(CertificateFault::NoKey)?.as_ref();
    let encoded: String = pem.lines().filter(|line| !line.starts_with('-')).collect();
    base64::engine::general_purpose::STANDARD
        .decode(encoded)
        .map_err(|_| CertificateFault::BadKey)
}

fn generate() -> Result<Vec<u8>, CertificateFault> {
    let key = rsa::PrivateKey::new(&mut SystemRandomness, KEY_BITS)
        .map_err(|_| CertificateFault::NoKey)?;
    let der = key.to_pkcs8_der().map_err(|_| CertificateFault::BadKey)?;
    Ok(der.as_bytes().to_vec())
}

/// The operating system's randomness, in the shape the search for primes wants.
struct SystemRandomness;

impl TryRng for SystemRandomness {
    type Error = getrandom::Error;

    fn try_next_u32(&mut self) -> Result<u32, Self::Error> {
        getrandom::u32()
    }

    fn try_next_u64(&mut self) -> Result<u64, Self::Error> {
        getrandom::u64()
    }

    fn try_fill_bytes(&mut self, into: &mut [u8]) -> Result<(), Self::Error> {
        getrandom::fill(into)
    }
}

impl TryCryptoRng for SystemRandomness {}

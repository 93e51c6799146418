//! How one part of a p12 is encrypted, and opening it.
//!
//! Two families: the old one of PKCS#12 itself (RFC 7292, appendix C), which WeChat Pay's certificate tool uses, and
//! PBES2 (RFC 8018 §6.2), which today's OpenSSL uses. The ciphers are other people's; here they are chosen.

use std::num::NonZeroU32;

use aes_gcm::aes::{Aes128, Aes192, Aes256};
use cbc::Decryptor;
use cbc::cipher::block_padding::Pkcs7;
use cbc::cipher::{BlockCipherDecrypt, BlockModeDecrypt, KeyInit, KeyIvInit};
use des::{TdesEde2, TdesEde3};
use rc2::Rc2;
use ring::digest::SHA1_FOR_LEGACY_USE_ONLY;
use ring::pbkdf2;
use zeroize::Zeroizing;

use super::der::{Reader, tag};
use super::p12_budget::Refusal;
use super::p12_derive::{Password, Purpose, derive};

/// 1.2.840.113549.1.12.1.x: the old family; the last number chooses.
const PBE: &[u8] = &[0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x0c, 0x01];
/// 1.2.840.113549.1.5.x: PBES2 (13) and its PBKDF2 (12).
const PBES2: &[u8] = &[0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x05, 0x0d];
const PBKDF2: &[u8] = &[0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x05, 0x0c];
/// 1.2.840.113549.2.x: HMAC with a hash.
const HMAC: &[u8] = &[0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x02];
/// 2.16.840.1.101.3.4.1.x: AES with a mode.
const AES: &[u8] = &[0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x01];
/// 1.2.840.113549.3.7
const TRIPLE_DES: &[u8] = &[0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x03, 0x07];

/// How a part is encrypted.
pub(super) struct Seal<'a> {
    cipher: Cipher,
    salt: &'a [u8],
    pub(super) rounds: u64,
    derivation: Derivation<'a>,
}

#[derive(Clone, Copy)]
enum Cipher {
    Rc2 { key_bytes: usize },
    TripleDes,
    TwoKeyTripleDes,
    Aes128,
    Aes192,
    Aes256,
}

enum Derivation<'a> {
    /// Key and initial vector both come from the password.
    Pkcs12,
    /// The key comes from the password, the initial vector is in the file.
    Pbkdf2 {
        hash: pbkdf2::Algorithm,
        initial_vector: &'a [u8],
    },
}

impl<'a> Seal<'a> {
    /// Reads `SEQUENCE { algorithm, parameters }`.
    pub(super) fn parse(mut algorithm: Reader<'a>) -> Result<Self, Refusal> {
        let id = algorithm.take(tag::OID)?;
        if let Some(number) = id.strip_prefix(PBE) {
            return Self::parse_old(number, algorithm.enter(tag::SEQUENCE)?);
        }
        if id == PBES2 {
            return Self::parse_pbes2(algorithm.enter(tag::SEQUENCE)?);
        }
        Err(Refusal::UnsupportedProtection)
    }

    /// `SEQUENCE { salt, rounds }`
    fn parse_old(number: &[u8], mut parameters: Reader<'a>) -> Result<Self, Refusal> {
        let cipher = match number {
            [3] => Cipher::TripleDes,
            [4] => Cipher::TwoKeyTripleDes,
            [5] => Cipher::Rc2 { key_bytes: 16 },
            [6] => Cipher::Rc2 { key_bytes: 5 },
            // 1 and 2 are RC4, which no tool writes
            _ => return Err(Refusal::UnsupportedProtection),
        };
        let salt = parameters.take(tag::OCTET_STRING)?;
        let rounds = parameters.small()?;
        parameters.end()?;
        Ok(Self {
            cipher,
            salt,
            rounds,
            derivation: Derivation::Pkcs12,
        })
    }

    /// `SEQUENCE { SEQUENCE { PBKDF2, SEQUENCE { salt, rounds, length?, hash? } }, SEQUENCE { cipher, initial vector } }`
    fn parse_pbes2(mut parameters: Reader<'a>) -> Result<Self, Refusal> {
        let mut derivation = parameters.enter(tag::SEQUENCE)?;
        let mut encryption = parameters.enter(tag::SEQUENCE)?;
        parameters.end()?;
        // scrypt is the other choice, which no tool makes for a p12
        if derivation.take(tag::OID)? != PBKDF2 {
            return Err(Refusal::UnsupportedProtection);
        }
        let mut derivation = derivation.enter(tag::SEQUENCE)?;
        let salt = derivation.take(tag::OCTET_STRING)?;
        let rounds = derivation.small()?;
        let cipher = encryption.take(tag::OID)?;
        let cipher = match (cipher.strip_prefix(AES), cipher) {
            (Some([2]), _) => Cipher::Aes128,
            (Some([22]), _) => Cipher::Aes192,
            (Some([42]), _) => Cipher::Aes256,
            (_, TRIPLE_DES) => Cipher::TripleDes,
            _ => return Err(Refusal::UnsupportedProtection),
        };
        if derivation.peek() == Some(tag::INTEGER)
            && derivation.small()? != u64::try_from(cipher.key_bytes()).unwrap_or(0)
        {
            return Err(Refusal::Damaged);
        }
        let hash = if derivation.is_at_end() {
            pbkdf2::PBKDF2_HMAC_SHA1
        } else {
            let id = derivation.enter(tag::SEQUENCE)?.take(tag::OID)?;
            match id.strip_prefix(HMAC) {
                Some([7]) => pbkdf2::PBKDF2_HMAC_SHA1,
                Some([9]) => pbkdf2::PBKDF2_HMAC_SHA256,
                Some([10]) => pbkdf2::PBKDF2_HMAC_SHA384,
                Some([11]) => pbkdf2::PBKDF2_HMAC_SHA512,
                _ => return Err(Refusal::UnsupportedProtection),
            }
        };
        let initial_vector = encryption.take(tag::OCTET_STRING)?;
        Ok(Self {
            cipher,
            salt,
            rounds,
            derivation: Derivation::Pbkdf2 {
                hash,
                initial_vector,
            },
        })
    }

    /// Decrypts; None when the result is nonsense. The caller has paid for the rounds.
    pub(super) fn open(&self, sealed: &[u8], password: &Password) -> Option<Zeroizing<Vec<u8>>> {
        let length = self.cipher.key_bytes();
        match &self.derivation {
            Derivation::Pkcs12 => {
                let made = |purpose, length| {
                    let hash = &SHA1_FOR_LEGACY_USE_ONLY;
                    derive(hash, password, self.salt, purpose, self.rounds, length)
                };
                let key = made(Purpose::Key, length);
                // both old ciphers have blocks of eight bytes
                let initial_vector = made(Purpose::InitialVector, 8);
                self.cipher.decrypt(&key, &initial_vector, sealed)
            }
            Derivation::Pbkdf2 {
                hash,
                initial_vector,
            } => {
                let rounds = NonZeroU32::new(u32::try_from(self.rounds).ok()?)?;
                let mut key = vec![0; length];
                pbkdf2::derive(*hash, rounds, self.salt, &password.plain, &mut key);
                self.cipher.decrypt(&key, initial_vector, sealed)
            }
        }
    }
}

impl Cipher {
    const fn key_bytes(self) -> usize {
        match self {
            Self::Rc2 { key_bytes } => key_bytes,
            Self::TripleDes | Self::Aes192 => 24,
            Self::TwoKeyTripleDes | Self::Aes128 => 16,
            Self::Aes256 => 32,
        }
    }

    fn decrypt(
        self,
        key: &[u8],
        initial_vector: &[u8],
        sealed: &[u8],
    ) -> Option<Zeroizing<Vec<u8>>> {
        match self {
            Self::Rc2 { .. } => cbc::<Rc2>(key, initial_vector, sealed),
            Self::TripleDes => cbc::<TdesEde3>(key, initial_vector, sealed),
            Self::TwoKeyTripleDes => cbc::<TdesEde2>(key, initial_vector, sealed),
            Self::Aes128 => cbc::<Aes128>(key, initial_vector, sealed),
            Self::Aes192 => cbc::<Aes192>(key, initial_vector, sealed),
            Self::Aes256 => cbc::<Aes256>(key, initial_vector, sealed),
        }
    }
}

fn cbc<C: BlockCipherDecrypt + KeyInit>(
    key: &[u8],
    initial_vector: &[u8],
    sealed: &[u8],
) -> Option<Zeroizing<Vec<u8>>> {
    Decryptor::<C>::new_from_slices(key, initial_vector)
        .ok()?
        .decrypt_padded_vec::<Pkcs7>(sealed)
        .ok()
        .map(Zeroizing::new)
}

//! Passwords: argon2id with the crate's defaults (19 MiB, two passes, one lane), OWASP's minimum.
//!
//! Hashing costs tens of milliseconds of a core, so callers run it off the asynchronous threads and bound how many
//! run at once.

use std::collections::HashSet;
use std::sync::LazyLock;

use argon2::Argon2;
use argon2::password_hash::phc;
use argon2::password_hash::{PasswordHasher as _, PasswordVerifier as _};

use crate::basics::{Randomness, Secret, randomness};

/// A password that somebody typed. Shorter than 8 characters is refused when it is set; longer than 256 bytes is
/// refused before anything is computed.
#[derive(Clone, Debug)]
pub struct Password(Secret<String>);

/// Why a password is not taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PasswordFault {
    /// Fewer than 8 characters.
    #[error("a password has at least 8 characters")]
    TooShort,
    /// More than 256 bytes.
    #[error("a password has at most 256 bytes")]
    TooLong,
    /// It is one that everybody tries first.
    #[error("this password is among those that are tried first; choose another")]
    TooCommon,
    /// It is the address, the shop's name or the merchant number.
    #[error("the password is the address, the shop's name or the merchant number; choose another")]
    Known,
}

/// What is kept of a password: a PHC string.
#[derive(Clone, Debug)]
pub struct PasswordHash(String);

/// The passwords that are tried first: some 3,000, in lower case and in order. Most are the frequent ones of at least eight
/// characters out of zxcvbn's list (MIT); to them come those of Chinese sites.
static COMMON: &str = include_str!("common_passwords.txt");

/// Whether a password in lower case is among those that are tried first.
fn is_common(lower: &str) -> bool {
    static SET: LazyLock<HashSet<&'static str>> = LazyLock::new(|| COMMON.lines().collect());
    let few_characters = lower.chars().collect::<HashSet<_>>().len() <= 2;
    few_characters || SET.contains(lower)
}

impl Password {
    const MOST_BYTES: usize = 256;

    /// What somebody types to sign in. Only its size is checked.
    pub fn typed(text: &str) -> Result<Self, PasswordFault> {
        if text.len() > Self::MOST_BYTES {
            return Err(PasswordFault::TooLong);
        }
        Ok(Self(Secret::new(text.to_owned())))
    }

    /// What somebody chooses as a new password. `known` is what everybody knows of them: their address, the name of their shop,
    /// its merchant number.
    pub fn chosen(text: &str, known: &[&str]) -> Result<Self, PasswordFault> {
        let password = Self::typed(text)?;
        if text.chars().count() < 8 {
            return Err(PasswordFault::TooShort);
        }
        let lower = text.to_lowercase();
        if is_common(&lower) {
            return Err(PasswordFault::TooCommon);
        }
        let parts = known.iter().flat_map(|whole| {
            let local = whole.split_once('@').map(|(local, _)| local);
            std::iter::once(*whole).chain(local)
        });
        for part in parts.map(str::trim).filter(|part| !part.is_empty()) {
            if lower == part.to_lowercase() {
                return Err(PasswordFault::Known);
            }
        }
        Ok(password)
    }

    /// Hashes it with a fresh salt. Slow on purpose.
    #[expect(
        clippy::expect_used,
        reason = "argon2 fails only for lengths that are constants here"
    )]
    pub fn hash(&self, random: &dyn Randomness) -> PasswordHash {
        let salt: [u8; 16] = randomness::bytes(random);
        let hash: phc::PasswordHash = Argon2::default()
            .hash_password_with_salt(self.0.expose().as_bytes(), &salt)
            .expect("the default parameters are valid");
        PasswordHash(hash.to_string())
    }

    /// Whether it is the password of this hash. Slow on purpose.
    pub fn matches(&self, hash: &PasswordHash) -> bool {
        phc::PasswordHash::new(&hash.0).is_ok_and(|hash| {
            Argon2::default()
                .verify_password(self.0.expose().as_bytes(), &hash)
                .is_ok()
        })
    }
}

impl PasswordHash {
    /// Takes a stored PHC string.
    pub(super) const fn stored(text: String) -> Self {
        Self(text)
    }

    /// The PHC string.
    pub(super) fn as_str(&self) -> &str {
        &self.0
    }
}

/// A hash that no password matches, so that an unknown address costs as much time as a known one.
pub fn unknown_person_hash() -> PasswordHash {
    PasswordHash(
        "$argon2id$v=19$m=19456,t=2,p=1$bm9ib2R5IGhhcyB0aGlz$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"
            .to_owned(),
    )
}

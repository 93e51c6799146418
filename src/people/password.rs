//! Passwords: argon2id with the crate's defaults (19 MiB, two passes, one lane), OWASP's minimum.
//!
//! Hashing costs tens of milliseconds of a core, so callers run it off the asynchronous threads and bound how many
//! run at once.

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
}

/// What is kept of a password: a PHC string.
#[derive(Clone, Debug)]
pub struct PasswordHash(String);

/// Tried first by everyone who guesses; a longer list comes with member management.
const COMMON: [&str; 20] = [
    "12345678",
    "123456789",
    "1234567890",
    "11111111",
    "00000000",
    "88888888",
    "66666666",
    "password",
    "password1",
    "qwertyui",
    "qwerty123",
    "1q2w3e4r",
    "abcd1234",
    "a1234567",
    "abc12345",
    "iloveyou",
    "admin123",
    "5201314520",
    "woaini1314",
    "123123123",
];

impl Password {
    const MOST_BYTES: usize = 256;

    /// What somebody types to sign in. Only its size is checked.
    pub fn typed(text: &str) -> Result<Self, PasswordFault> {
        if text.len() > Self::MOST_BYTES {
            return Err(PasswordFault::TooLong);
        }
        Ok(Self(Secret::new(text.to_owned())))
    }

    /// What somebody chooses as a new password.
    pub fn chosen(text: &str) -> Result<Self, PasswordFault> {
        if text.chars().count() < 8 {
            return Err(PasswordFault::TooShort);
        }
        if COMMON.contains(&text.to_lowercase().as_str()) {
            return Err(PasswordFault::TooCommon);
        }
        Self::typed(text)
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

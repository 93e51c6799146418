//! What somebody types: a code of the moment or a recovery code.

use sha2::{Digest as _, Sha256};

use super::base32;
use super::totp::in_groups;
use crate::basics::{Randomness, Secret, randomness};

/// How many recovery codes a person has at first.
pub const RECOVERY_CODES: usize = 10;

/// Bytes of a recovery code: 120 random bits, so that a plain hash of it is enough.
const BYTES: usize = 15;

/// Characters of a recovery code, without what stands between its groups.
const LETTERS: usize = 24;

/// A new recovery code, as it is shown once.
#[derive(Clone, Debug)]
pub struct RecoveryCode(Secret<String>);

impl RecoveryCode {
    /// A new one.
    pub(super) fn fresh(random: &dyn Randomness) -> Self {
        Self(Secret::new(base32::encode(&randomness::bytes::<BYTES>(
            random,
        ))))
    }

    /// The text for the page, in groups of four.
    pub fn text(&self) -> Secret<String> {
        Secret::new(in_groups(self.0.expose(), '-'))
    }

    /// What is kept of it.
    pub(super) fn hash(&self) -> [u8; 32] {
        Sha256::digest(self.0.expose().as_bytes()).into()
    }
}

/// What somebody typed, when it has the form of a code.
#[derive(Clone, Debug)]
pub enum TypedCode {
    /// Six digits.
    OfTheMoment(Secret<String>),
    /// A recovery code, hashed at once.
    Recovery([u8; 32]),
}

impl TypedCode {
    /// Takes a text. Blanks and hyphens do not count, digits may be full-width, letters small.
    pub fn parse(text: &str) -> Option<Self> {
        if text.len() > 200 {
            return None;
        }
        let plain: String = text
            .chars()
            .filter(|c| !c.is_whitespace() && *c != '-')
            .map(|c| narrow(c).to_ascii_uppercase())
            .collect();
        if plain.len() == 6 && plain.bytes().all(|b| b.is_ascii_digit()) {
            return Some(Self::OfTheMoment(Secret::new(plain)));
        }
        let is_recovery = plain.len() == LETTERS && plain.chars().all(base32::is_of_it);
        is_recovery.then(|| Self::Recovery(Sha256::digest(plain.as_bytes()).into()))
    }
}

/// A full-width letter or digit as its plain one: Chinese input methods make them.
fn narrow(c: char) -> char {
    u32::from(c)
        .checked_sub(0xFEE0)
        .filter(|code| (0x21..=0x7E).contains(code))
        .and_then(char::from_u32)
        .unwrap_or(c)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::basics::randomness::OsRandomness;

    #[test]
    fn codes_are_taken_as_people_type_them() {
        for text in ["123456", " 123 456 ", "123-456", "１２３４５６"] {
            let typed = TypedCode::parse(text).unwrap();
            assert!(
                matches!(&typed, TypedCode::OfTheMoment(code) if code.expose() == "123456"),
                "{text}"
            );
        }
        for text in ["", "12345", "1234567", "12345a", "密码"] {
            assert!(TypedCode::parse(text).is_none(), "{text}");
        }
    }

    #[test]
    fn a_recovery_code_is_found_again_however_it_is_typed() {
        let code = RecoveryCode::fresh(&OsRandomness);
        let shown = code.text();
        assert_eq!(shown.expose().len(), 29);
        for text in [
            shown.expose().clone(),
            shown.expose().to_lowercase(),
            shown.expose().replace('-', " "),
        ] {
            assert!(
                matches!(TypedCode::parse(&text), Some(TypedCode::Recovery(hash)) if hash == code.hash())
            );
        }
        assert!(!format!("{code:?}").contains(code.0.expose()));
    }
}

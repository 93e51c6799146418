//! A random token that a browser or a link holds, and of which the database knows the hash.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use sha2::{Digest as _, Sha256};

use crate::basics::{Randomness, Secret, randomness};

/// 32 random bytes as text. A plain hash of so many random bits is enough, and a look-up by it tells nothing by its time.
#[derive(Clone, Debug)]
pub(super) struct Token(Secret<String>);

impl Token {
    pub(super) fn fresh(random: &dyn Randomness) -> Self {
        Self(Secret::new(
            URL_SAFE_NO_PAD.encode(randomness::bytes::<32>(random)),
        ))
    }

    /// Takes a text that has the right form.
    pub(super) fn parse(text: &str) -> Option<Self> {
        if text.len() != 43 {
            return None;
        }
        let bytes = URL_SAFE_NO_PAD.decode(text).ok()?;
        (bytes.len() == 32).then(|| Self(Secret::new(text.to_owned())))
    }

    pub(super) fn expose(&self) -> &str {
        self.0.expose()
    }

    pub(super) fn hash(&self) -> [u8; 32] {
        Sha256::digest(self.0.expose().as_bytes()).into()
    }
}

/// Gives a kind of token its own type.
macro_rules! tokens {
    ($($(#[$doc:meta])+ $name:ident;)+) => {$(
        $(#[$doc])+
        #[derive(Clone, Debug)]
        pub struct $name($crate::people::token::Token);

        impl $name {
            /// A new one, of 32 random bytes.
            pub(in crate::people) fn fresh(random: &dyn $crate::basics::Randomness) -> Self {
                Self($crate::people::token::Token::fresh(random))
            }

            /// Takes a text that has the right form.
            pub fn parse(text: &str) -> Option<Self> {
                $crate::people::token::Token::parse(text).map(Self)
            }

            /// The text that the other side holds.
            pub fn expose(&self) -> &str {
                self.0.expose()
            }

            /// What the database knows.
            pub(in crate::people) fn hash(&self) -> [u8; 32] {
                self.0.hash()
            }
        }
    )+};
}

pub(super) use tokens;

//! What makes a call the same call.

use std::time::Duration;

use sha2::{Digest as _, Sha256};

/// For how long an answer is kept (the contract asks for at least 30 days).
pub(super) const KEPT: Duration = Duration::from_hours(24 * 31);

/// An `Idempotency-Key`: 1 to 255 visible ASCII characters. A structured-field string in double quotes is taken without
/// them, as the IETF draft writes it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct IdempotencyKey(String);

impl IdempotencyKey {
    /// Takes the header's text when it has the right form.
    pub fn parse(text: &str) -> Option<Self> {
        let text = text
            .strip_prefix('"')
            .and_then(|rest| rest.strip_suffix('"'))
            .unwrap_or(text);
        let fits =
            (1..=255).contains(&text.len()) && text.bytes().all(|b| (0x20..0x7F).contains(&b));
        fits.then(|| Self(text.to_owned()))
    }

    /// The key.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// A call that may be made again.
#[derive(Clone, Debug)]
pub struct Call {
    /// The route, so that one key serves two routes independently.
    pub route: &'static str,
    /// The caller's key.
    pub key: IdempotencyKey,
    /// SHA-256 over the route and the body in canonical form (RFC 8785): order and blanks of the JSON do not count.
    pub fingerprint: [u8; 32],
}

impl Call {
    /// A call of a route with this body, which is given in canonical form.
    pub fn new(route: &'static str, key: IdempotencyKey, canonical_body: &[u8]) -> Self {
        let mut hash = Sha256::new();
        hash.update(route.as_bytes());
        hash.update([0]);
        hash.update(canonical_body);
        Self {
            route,
            key,
            fingerprint: hash.finalize().into(),
        }
    }
}

/// An answer that was given.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredAnswer {
    /// Its HTTP status.
    pub status: u16,
    /// Its body.
    pub body: String,
}

/// What is known of a call.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LookUp {
    /// Nothing: it is the first one.
    New,
    /// It was answered.
    Answered(StoredAnswer),
    /// The key was used with another body.
    Reused,
}

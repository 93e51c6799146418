//! Signing by the Standard Webhooks scheme 1.0: an HMAC over id, time and the very bytes of the body.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use hmac::{Hmac, KeyInit as _, Mac as _};
use sha2::Sha256;
use zeroize::Zeroizing;

use crate::basics::{EventId, Randomness, Secret, Timestamp, randomness};

const PREFIX: &str = "whsec_";

/// What an endpoint and we both know: 32 random bytes.
#[derive(Clone, Debug)]
pub struct SigningSecret(Secret<[u8; 32]>);

impl SigningSecret {
    /// A new one.
    pub fn fresh(random: &dyn Randomness) -> Self {
        Self(Secret::new(randomness::bytes(random)))
    }

    /// One that was sealed.
    pub(super) fn stored(bytes: &[u8]) -> Option<Self> {
        bytes.try_into().ok().map(|bytes| Self(Secret::new(bytes)))
    }

    pub(super) const fn bytes(&self) -> &[u8; 32] {
        self.0.expose()
    }

    /// How it is shown, the one time: as every library of the scheme takes it.
    pub fn text(&self) -> Secret<String> {
        let encoded = Zeroizing::new(STANDARD.encode(self.bytes()));
        Secret::new(format!("{PREFIX}{}", encoded.as_str()))
    }

    fn signature(&self, id: &str, seconds: i64, body: &[u8]) -> String {
        #[expect(clippy::expect_used, reason = "HMAC takes keys of any length")]
        let mut mac = Hmac::<Sha256>::new_from_slice(self.bytes()).expect("any key fits");
        mac.update(format!("{id}.{seconds}.").as_bytes());
        mac.update(body);
        format!("v1,{}", STANDARD.encode(mac.finalize().into_bytes()))
    }
}

/// The headers of one delivery. While two secrets hold, it carries a signature by each.
pub fn sign(
    secrets: &[SigningSecret],
    id: EventId,
    at: Timestamp,
    body: &[u8],
) -> [(&'static str, String); 3] {
    let id = id.to_string();
    let seconds = at.as_millis().div_euclid(1_000);
    let signatures: Vec<String> = secrets
        .iter()
        .map(|secret| secret.signature(&id, seconds, body))
        .collect();
    [
        ("webhook-id", id),
        ("webhook-timestamp", seconds.to_string()),
        ("webhook-signature", signatures.join(" ")),
    ]
}

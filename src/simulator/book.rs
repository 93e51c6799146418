//! The book: what was really paid, and everything the front has seen. This is the judge's evidence.

use std::borrow::Cow;

use serde::{Serialize, Serializer};

use super::arrival::Endpoint;
use super::shared_text::SharedText;

/// A copy of the book at one instant.
#[derive(Debug, Clone, Serialize)]
pub struct Book {
    /// Every movement of money, in the order in which it happened.
    pub movements: Vec<Movement>,
    /// Totals of each merchant, by merchant number.
    pub merchants: Vec<MerchantTotals>,
    /// Sum of all movements, in fen.
    pub paid_fen: i64,
    /// Requests answered with a refusal; the oldest of at most [`super::KEPT_REFUSALS`].
    pub refusals: Vec<Refusal>,
    /// Refusals in all.
    pub refusals_total: u64,
    /// Requests whose certificate did not fit their merchant number; capped like the refusals.
    pub certificate_mismatches: Vec<Mismatch>,
    /// Mismatches in all.
    pub certificate_mismatches_total: u64,
    /// Every order number seen, with its requests.
    pub numbers: Vec<NumberSeen>,
    /// Requests whose number could be read.
    pub requests_total: u64,
    /// What happened below the requests.
    pub wire: WireCounts,
}

/// Money that reached a payee.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Movement {
    /// Who paid.
    pub mchid: SharedText,
    /// The merchant's order number.
    pub partner_trade_no: String,
    /// The AppID of the request.
    pub app_id: String,
    /// Who was paid.
    pub openid: String,
    /// How much, in fen.
    pub amount_fen: i64,
    /// WeChat Pay's number.
    pub payment_no: String,
    /// When, milliseconds since 1970.
    pub at_ms: i64,
    /// When, Beijing time.
    pub at: String,
    /// Requests seen for this number so far, queries included.
    pub requests: u32,
    /// SHA-256 of the client certificate of the paying request.
    pub certificate_fingerprint: Option<SharedText>,
}

/// Totals of one merchant, in fen.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct MerchantTotals {
    /// The merchant.
    pub mchid: SharedText,
    /// What is left.
    pub balance_fen: i64,
    /// What was paid.
    pub paid_fen: i64,
    /// How many payouts.
    pub paid_count: u64,
    /// Accepted, neither paid nor failed yet.
    pub pending_fen: i64,
    /// Refused requests.
    pub refused_count: u64,
}

/// A request that was answered with a refusal.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Refusal {
    /// When, milliseconds since 1970.
    pub at_ms: i64,
    /// Which call; none when the path was unknown.
    pub endpoint: Option<Endpoint>,
    /// Whose, as far as it could be read.
    pub mchid: Option<String>,
    /// Which number, as far as it could be read.
    pub partner_trade_no: Option<String>,
    /// The `err_code`, or the title of the page.
    pub code: String,
    /// The text that went with it.
    pub text: String,
}

/// A request whose certificate belongs to another merchant.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Mismatch {
    /// When, milliseconds since 1970.
    pub at_ms: i64,
    /// The merchant number in the request.
    pub mchid: String,
    /// The merchant number in the certificate.
    pub common_name: String,
    /// SHA-256 of the certificate.
    pub certificate_fingerprint: SharedText,
    /// The order number, if there was one.
    pub partner_trade_no: Option<String>,
}

/// Everything that was asked about one number.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct NumberSeen {
    /// The merchant.
    pub mchid: SharedText,
    /// The number.
    pub partner_trade_no: String,
    /// Its requests; the first [`super::KEPT_REQUESTS`] of them.
    pub requests: Vec<RequestSeen>,
    /// How many there were.
    pub total: u32,
}

/// One request as it arrived.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct RequestSeen {
    /// When, milliseconds since 1970.
    pub at_ms: i64,
    /// Which call.
    pub endpoint: Endpoint,
    /// SHA-256 of the body.
    pub body_sha256: Digest,
    /// SHA-256 of the client certificate.
    pub certificate_fingerprint: Option<SharedText>,
    /// What was ruled: `SUCCESS`, `PROCESSING`, `FOUND`, an `err_code`, or, because of a fault,
    /// `NOT_CARRIED_OUT` or `HELD_BACK` (it is noted again when it arrives).
    pub ruling: Cow<'static, str>,
    /// The fault that changed the answer, if any.
    pub fault: Option<&'static str>,
    /// Whether this request made money move.
    pub booked: bool,
}

/// A SHA-256, shown in lower-case hexadecimal.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Digest(pub [u8; 32]);

impl Serialize for Digest {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&hex::encode(self.0))
    }
}

/// What happened below the requests.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct WireCounts {
    /// TCP connections accepted.
    pub connections: u64,
    /// Full TLS handshakes completed.
    pub full_handshakes: u64,
    /// Resumed TLS handshakes completed.
    pub resumed_handshakes: u64,
    /// Handshakes that were refused or failed.
    pub failed_handshakes: u64,
}

//! What goes out: an order to pay, its number, and a question about it.

use std::fmt;
use std::net::Ipv4Addr;

use crate::basics::{
    AppId, Description, Fen, Id, MerchantNumber, NameFault, OpenId, PayoutId, Randomness, Secret,
    randomness,
};

use super::Credential;

/// The number by which the remote side knows a payment: 1 to 32 letters and digits. One payout has one number
/// for its whole life; sending the number again is what makes trying again safe.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct PartnerTradeNo(String);

/// A text that is not a merchant's order number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("an order number is 1 to 32 letters and digits")]
pub struct NotATradeNo;

impl PartnerTradeNo {
    /// Takes a number that was stored.
    pub fn parse(text: &str) -> Result<Self, NotATradeNo> {
        if is_short_and_plain(text) {
            Ok(Self(text.to_owned()))
        } else {
            Err(NotATradeNo)
        }
    }

    /// The number.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl From<PayoutId> for PartnerTradeNo {
    /// The payout's 32 hexadecimal digits. Nothing random goes in, so that a restored database numbers its
    /// payouts as it did before.
    fn from(payout: PayoutId) -> Self {
        Self(payout.as_uuid().simple().to_string())
    }
}

impl fmt::Display for PartnerTradeNo {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// The random text in a request: 1 to 32 letters and digits.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Nonce(String);

/// A text that is not a nonce.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a nonce is 1 to 32 letters and digits")]
pub struct NotANonce;

impl Nonce {
    /// A new one: 128 random bits in 32 hexadecimal digits.
    pub fn fresh(random: &dyn Randomness) -> Self {
        Self(hex::encode(randomness::bytes::<16>(random)))
    }

    /// Takes a given one.
    pub fn parse(text: &str) -> Result<Self, NotANonce> {
        if is_short_and_plain(text) {
            Ok(Self(text.to_owned()))
        } else {
            Err(NotANonce)
        }
    }

    /// The text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

fn is_short_and_plain(text: &str) -> bool {
    (1..=32).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_alphanumeric())
}

/// An order to pay one person once.
#[derive(Clone)]
pub struct Order {
    /// Its number.
    pub partner_trade_no: PartnerTradeNo,
    /// The app whose user is paid; the credential's.
    pub app_id: AppId,
    /// The account that pays; the credential's.
    pub merchant_number: MerchantNumber,
    /// Who is paid.
    pub openid: OpenId,
    /// When given, the remote side compares it with the payee's verified name and refuses a mismatch.
    pub real_name: Option<Secret<String>>,
    /// How much.
    pub amount: Fen,
    /// What the payee reads.
    pub description: Description,
    /// The machine or user that caused the order. Not an IPv6 address: the field has room for 32 characters and
    /// such an address may take 39. It is not what an IP whitelist looks at.
    pub caller_ip: Ipv4Addr,
}

impl fmt::Debug for Order {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Order")
            .field("partner_trade_no", &self.partner_trade_no)
            .field("amount", &self.amount)
            .finish_non_exhaustive()
    }
}

/// Why an order cannot be written down as a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ComposeError {
    /// Nothing, or less, is to be paid.
    #[error("an order pays at least 1 fen")]
    Amount,
    /// The order was made for another merchant number or app than the credential's.
    #[error("the order and the credential name different merchants")]
    OtherMerchant,
    /// The real name has no acceptable form.
    #[error(transparent)]
    RealName(#[from] NameFault),
    /// A text has a character that XML cannot carry.
    #[error("a text of the order has a character that cannot be sent")]
    Text,
}

/// The exact bytes of a request. They name the payee, so `Debug` shows only how many there are.
#[derive(Clone, PartialEq, Eq)]
pub struct RequestBytes(Vec<u8>);

impl RequestBytes {
    /// Bytes as they came out of [`super::Rail::compose`], perhaps by way of the database.
    pub fn stored(bytes: Vec<u8>) -> Self {
        Self(bytes)
    }

    /// The bytes.
    pub fn as_bytes(&self) -> &[u8] {
        &self.0
    }
}

impl fmt::Debug for RequestBytes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "RequestBytes({})", self.0.len())
    }
}

/// Why stored bytes cannot be signed again.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ResignError {
    /// They are not bytes that this rail composed.
    #[error("the stored request is not one that was composed here")]
    NotOurs,
    /// They belong to another merchant number or app than the credential's.
    #[error("the stored request and the credential name different merchants")]
    OtherMerchant,
}

/// Stored bytes on their way.
#[derive(Clone, Copy, Debug)]
pub struct Submission<'a> {
    /// What to pay with. It must be the merchant's that the bytes name.
    pub credential: &'a Credential,
    /// The order that the caller means; bytes with another number are not sent.
    pub partner_trade_no: &'a PartnerTradeNo,
    /// What to send.
    pub request: &'a RequestBytes,
}

/// What became of a payment? The amount and the payee are what our own book says; an answer that says otherwise
/// is not believed.
#[derive(Clone, Copy)]
pub struct Question<'a> {
    /// Whom to ask as.
    pub credential: &'a Credential,
    /// The order's number.
    pub partner_trade_no: &'a PartnerTradeNo,
    /// How much it was.
    pub amount: Fen,
    /// Who was to be paid.
    pub openid: &'a OpenId,
    /// The random text of this question.
    pub nonce: &'a Nonce,
}

impl fmt::Debug for Question<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Question")
            .field("partner_trade_no", &self.partner_trade_no)
            .field("amount", &self.amount)
            .finish_non_exhaustive()
    }
}

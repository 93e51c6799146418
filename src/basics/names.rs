//! Names and numbers that come from outside, parsed at the door and trusted below.
//!
//! Their forms are those of `wechatpay-reference.md` §2.1 and §5.1 and of the contract.

use std::fmt;
use std::str::FromStr;

use diesel::sql_types::Text;
use diesel::{AsExpression, FromSqlRow};
use zeroize::{Zeroize, ZeroizeOnDrop};

/// What is wrong with a text that should have been one of these names. The sentence says what is expected.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NameFault {
    /// Not an AppID.
    #[error("an AppID is wx followed by 16 hexadecimal digits")]
    AppId,
    /// Not an AppSecret.
    #[error("an AppSecret is 16 to 64 letters and digits")]
    AppSecret,
    /// Not a merchant number.
    #[error("a merchant number (商户号) is 8 to 10 digits")]
    MerchantNumber,
    /// Not an `APIv2` key; its length is said because a missing or doubled character is the usual cause.
    #[error("an API key is exactly 32 letters and digits; this has {length} characters")]
    ApiKey {
        /// How many characters came.
        length: usize,
    },
    /// Not an `APIv3` key.
    #[error("an APIv3 key is exactly 32 letters and digits; this has {length} characters")]
    ApiV3Key {
        /// How many characters came.
        length: usize,
    },
    /// Not an openid.
    #[error("an openid is 1 to 64 of A-Z a-z 0-9 _ -")]
    OpenId,
    /// Not an id of a storefront.
    #[error("an id is 1 to 64 of A-Z a-z 0-9 _ . : -")]
    StorefrontId,
    /// Not a description.
    #[error(
        "a description is 1 to 100 bytes of UTF-8 (33 Chinese characters), without control \
         characters and without emoji"
    )]
    Description,
    /// Not a real name.
    #[error("a real name is 1 to 64 bytes of UTF-8, without control characters and without emoji")]
    RealName,
    /// Not an e-mail address.
    #[error("an e-mail address looks like name@example.com")]
    EmailAddress,
    /// Not a tenant's slug.
    #[error("a slug is 1 to 40 of a-z 0-9 -, and starts and ends with a letter or digit")]
    TenantSlug,
}

fn is_made_of(
    text: &str,
    lengths: std::ops::RangeInclusive<usize>,
    allowed: fn(u8) -> bool,
) -> bool {
    lengths.contains(&text.len()) && text.bytes().all(allowed)
}

fn is_storefront_id(text: &str) -> bool {
    is_made_of(text, 1..=64, |b| {
        b.is_ascii_alphanumeric() || b"_.:-".contains(&b)
    })
}

/// WeChat answers `SIGN_ERROR` or drops characters when a text has control characters or characters
/// outside the basic plane (§1.3), so they never get in.
fn is_plain_text(text: &str, most_bytes: usize) -> bool {
    (1..=most_bytes).contains(&text.len())
        && text.trim() == text
        && text.chars().all(|c| !c.is_control() && c < '\u{FFFE}')
}

macro_rules! names {
    ($($(#[$doc:meta])+ $name:ident($fault:expr) if $check:expr;)+) => {$(
        $(#[$doc])+
        #[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, AsExpression, FromSqlRow)]
        #[diesel(sql_type = Text)]
        pub struct $name(String);

        impl $name {
            /// Takes the text when it has the right form.
            pub fn parse(text: &str) -> Result<Self, NameFault> {
                let check: fn(&str) -> bool = $check;
                if check(text) { Ok(Self(text.to_owned())) } else { Err($fault) }
            }

            /// The text.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl FromStr for $name {
            type Err = NameFault;
            fn from_str(text: &str) -> Result<Self, NameFault> {
                Self::parse(text)
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }

        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(&self.0)
            }
        }
    )+};
}

names! {
    /// The id of an app at WeChat, bound to the merchant number.
    AppId(NameFault::AppId) if |text| {
        text.strip_prefix("wx").is_some_and(|hex| is_made_of(hex, 16..=16, |b| b.is_ascii_hexdigit()))
    };
    /// The merchant number (商户号) at WeChat Pay.
    MerchantNumber(NameFault::MerchantNumber) if |text| {
        is_made_of(text, 8..=10, |b| b.is_ascii_digit())
    };
    /// A user of one AppID.
    OpenId(NameFault::OpenId) if |text| {
        is_made_of(text, 1..=64, |b| b.is_ascii_alphanumeric() || b == b'_' || b == b'-')
    };
    /// A recipient, by the storefront's own id.
    RecipientId(NameFault::StorefrontId) if is_storefront_id;
    /// A commission, by the storefront's own id.
    CommissionId(NameFault::StorefrontId) if is_storefront_id;
    /// An order (订单), by the storefront's own id.
    OrderId(NameFault::StorefrontId) if is_storefront_id;
    /// A refund of an order, by the storefront's own id.
    RefundId(NameFault::StorefrontId) if is_storefront_id;
    /// What a rule of commissions is for: a product or a category, as the storefront calls it.
    ItemKey(NameFault::StorefrontId) if is_storefront_id;
    /// The storefront's own number of a payout, or of an order.
    ExternalId(NameFault::StorefrontId) if is_storefront_id;
    /// The remark that the recipient reads in WeChat.
    Description(NameFault::Description) if |text| is_plain_text(text, 100);
    /// The name on the recipient's identity card.
    RealName(NameFault::RealName) if |text| is_plain_text(text, 64);
    /// An e-mail address in lower case; good enough to sign in with, proved by nothing.
    EmailAddress(NameFault::EmailAddress) if |text| {
        text.len() <= 254
            && text.split_once('@').is_some_and(|(local, domain)| {
                !local.is_empty()
                    && domain.contains('.')
                    && !domain.starts_with('.')
                    && !domain.ends_with('.')
                    && !domain.contains('@')
            })
            && text.bytes().all(|b| b.is_ascii_graphic() && !b.is_ascii_uppercase())
    };
    /// A tenant's short name in commands and addresses.
    TenantSlug(NameFault::TenantSlug) if |text| {
        is_made_of(text, 1..=40, |b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
            && !text.starts_with('-')
            && !text.ends_with('-')
    };
}

macro_rules! secret_names {
    ($($(#[$doc:meta])+ $name:ident($fault:expr) if $check:expr;)+) => {$(
        $(#[$doc])+
        #[derive(Clone, Zeroize, ZeroizeOnDrop)]
        pub struct $name(String);

        impl $name {
            /// Takes the text when it has the right form.
            pub fn parse(text: &str) -> Result<Self, NameFault> {
                let check: fn(&str) -> bool = $check;
                let fault: fn(&str) -> NameFault = $fault;
                if check(text) { Ok(Self(text.to_owned())) } else { Err(fault(text)) }
            }

            /// The secret text.
            pub fn expose(&self) -> &str {
                &self.0
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("[REDACTED]")
            }
        }
    )+};
}

secret_names! {
    /// The 32 characters that sign `v2` calls (商户API密钥).
    ApiKey(|text| NameFault::ApiKey { length: text.chars().count() }) if |text| {
        is_made_of(text, 32..=32, |b| b.is_ascii_alphanumeric())
    };
    /// The 32 characters that decrypt `v3` callbacks (on the page `APIv3密钥`).
    ApiV3Key(|text| NameFault::ApiV3Key { length: text.chars().count() }) if |text| {
        is_made_of(text, 32..=32, |b| b.is_ascii_alphanumeric())
    };
    /// The app's secret at WeChat; no payment uses it.
    AppSecret(|_| NameFault::AppSecret) if |text| {
        is_made_of(text, 16..=64, |b| b.is_ascii_alphanumeric())
    };
}

//! Words: the nouns that every room uses.
//!
//! - **What it is:** parsed, unit-carrying values: money in fen, instants and days, ids, names, secrets.
//! - **What it promises:** a value that exists is valid; nothing below a door validates again.
//! - **What it does not do:** no input or output, no tables, no async.
//! - **Who comes in:** everybody.
//! - **Where to start:** [`money::Fen`].

pub mod capitals;
pub mod clock;
pub mod done;
pub mod ids;
pub mod mask;
pub mod money;
pub mod names;
pub mod page;
pub mod randomness;
pub mod secret;
mod stored_names;

pub use clock::{Clock, Day, Timestamp};
pub use done::Done;
pub use ids::{
    ApiKeyId, AttemptId, AuditId, BatchId, CertificateId, ChannelId, CorrectionId, EndpointId,
    EventId, FindingId, Id, InvitationId, MemberId, PayoutId, PersonId, PostingId, RuleId,
    SessionId, TenantId,
};
pub use money::Fen;
pub use names::{
    ApiKey, ApiV3Key, AppId, AppSecret, CommissionId, Description, EmailAddress, ExternalId,
    ItemKey, MerchantNumber, NameFault, OpenId, OrderId, RealName, RecipientId, RefundId,
    TenantSlug,
};
pub use randomness::Randomness;
pub use secret::Secret;
pub(crate) use stored_names::stored_names;

#[cfg(test)]
mod tests;

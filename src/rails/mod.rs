//! The outside world's protocols of paying; no tables, no tenants.
//!
//! - **What it is:** the trait [`Rail`] and what is said across it: an [`Order`] goes out, an [`Outcome`] or an
//!   [`Inquiry`] comes back, each with the [`Exchange`] that it was judged from.
//! - **What it promises:** "paid" and "failed" are said only where the remote side said so about this very
//!   payment; everything else is a doubt, never an `Err`. Stored bytes are sent unchanged. Judging is pure:
//!   status and bytes in, verdict out.
//! - **What it does not do:** it decides nothing about trying again, keeps nothing and reads no clock.
//! - **Who comes in:** the engine composes, submits and inquires; `channels` uses the credential types.
//! - **Where to start:** [`outcome`], which says why there are three outcomes and not two.

pub mod credential;
pub mod exchange;
pub mod explanation;
pub mod order;
pub mod outcome;
pub mod wechat_v2;

pub use credential::Credential;
pub use exchange::{Exchange, Reply};
pub use explanation::{Call, Explanation, Words};
pub use order::{
    ComposeError, Nonce, NotANonce, NotATradeNo, Order, PartnerTradeNo, Question, RequestBytes,
    ResignError, Submission,
};
pub use outcome::{Answer, Doubt, Inquiry, Outcome, Payment, Unsent};

use crate::wire::BoxFuture;

/// A remote product that pays.
pub trait Rail: Send + Sync {
    /// Makes the exact bytes of a submission. Nothing is sent: the caller stores them first, and from then on
    /// sends these bytes and no others for this order.
    fn compose(
        &self,
        order: &Order,
        credential: &Credential,
        nonce: &Nonce,
    ) -> Result<RequestBytes, ComposeError>;

    /// Sends stored bytes once, unchanged, and judges the answer.
    fn submit<'a>(&'a self, submission: Submission<'a>) -> BoxFuture<'a, Reply<Outcome>>;

    /// Asks once what became of a payment. It changes nothing at the remote side.
    fn inquire<'a>(&'a self, question: Question<'a>) -> BoxFuture<'a, Reply<Inquiry>>;

    /// The same request signed with the credential's present key, for bytes that were signed with a wrong one:
    /// every parameter stays, the signature alone changes.
    fn resign(
        &self,
        stored: &RequestBytes,
        credential: &Credential,
    ) -> Result<RequestBytes, ResignError>;

    /// What may be kept and shown of bytes that were sent or received.
    fn redact(&self, bytes: &[u8]) -> String;

    /// What a code means and what to do about it. `text` is what the remote side wrote beside it.
    fn explain(&self, call: Call, code: &str, text: &str) -> Explanation;
}

#[cfg(test)]
mod tests;

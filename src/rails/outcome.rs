//! Why there are three outcomes and not two.
//!
//! A payment call looks as if it could end in two ways: paid or not paid. It ends in three, because the answer
//! can be lost after the money has moved, and because the remote side itself sometimes does not know yet. A
//! program with two outcomes has to call that third one "failed". It then pays again under a new number, and
//! pays twice, or it gives the balance back, and the recipient is paid and has the balance too. Both have
//! happened, in public, to systems with two outcomes.
//!
//! So the third outcome has a name, [`Outcome::Unknown`], and it is what everything is that was not positively
//! recognised: a timeout, a broken body, a code nobody has published yet. It is not an `Err`, so that `?` cannot
//! carry it past the place where it must be dealt with, by asking under the same number.
//!
//! The finer words beside it change only what the engine does while nothing is decided:
//!
//! | word | the money | what helps |
//! |---|---|---|
//! | [`Outcome::NotSent`] | cannot have moved | sending the same bytes |
//! | [`Outcome::Paid`] | has moved | nothing more to do |
//! | [`Outcome::Refused`] | should not have moved | asking, before anybody is told |
//! | [`Outcome::PutOff`] | should not have moved | the same bytes later, when the limit allows |
//! | [`Outcome::Held`] | should not have moved | the tenant's settings, then the same bytes |
//! | [`Outcome::Unknown`] | perhaps | asking |
//!
//! "Failed" is not among them: a submission never proves it. Only an [`Inquiry::Failed`] does.

use crate::basics::Timestamp;
use crate::wire::{BadAnswer, MaybeSent, NeverSent};

/// What one submission came to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// Not one byte reached the remote side.
    NotSent(Unsent),
    /// Paid, and the answer is about this very payment.
    Paid(Payment),
    /// A listed refusal of this payment. Still to be confirmed by asking.
    Refused(Answer),
    /// A limit, or the merchant's balance: not now, perhaps later with the same number.
    PutOff(Answer),
    /// The tenant's settings have to change before any payment of the tenant can pass.
    Held(Answer),
    /// It may have been paid.
    Unknown(Doubt),
}

/// What one question came to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Inquiry {
    /// Paid: number, app, merchant, amount and payee are ours.
    Paid(Payment),
    /// Failed for good: nothing was paid under this number and nothing will be.
    Failed {
        /// The remote side's words, for people; perhaps empty.
        reason: String,
    },
    /// Under way.
    Processing,
    /// No such order; or not yet, or no longer. Not a failure.
    NotFound,
    /// The question was refused because of the tenant's settings. Says nothing about the payment.
    Held(Answer),
    /// No answer that can be believed. Says nothing about the payment.
    Unanswered(Doubt),
}

/// A payment as the remote side records it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Payment {
    /// The remote side's number of it. A paid submission always has one; an inquiry without it is believed all
    /// the same, because nothing else could ever settle that payout.
    pub payment_no: Option<String>,
    /// When it was paid; none when the text was missing or unreadable, which must not spoil a paid order.
    pub paid_at: Option<Timestamp>,
}

/// What the remote side said, or the sign by which we know what it meant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answer {
    /// The remote code in capitals, or a word of ours in small letters where there is no code, see
    /// `wechat_v2::codes`.
    pub code: String,
    /// The remote side's words beside it, bounded, with openids masked. For people, never for decisions.
    pub text: String,
}

/// Why a submission did not leave.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Unsent {
    /// The wire could not.
    #[error(transparent)]
    Wire(#[from] NeverSent),
    /// A text has a character that cannot be sent.
    #[error("a text of the request has a character that cannot be sent")]
    Text,
    /// The stored bytes are not a request of this rail.
    #[error("the stored request cannot be read")]
    Unreadable,
    /// The stored bytes name another merchant number or app than the credential.
    #[error("the stored request and the credential name different merchants")]
    OtherMerchant,
    /// The stored bytes have another number than the order that was meant.
    #[error("the stored request has another order number")]
    OtherNumber,
}

impl Unsent {
    /// A stable word for it, see `wechat_v2::codes`.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Wire(NeverSent::ServerNotTrusted(_)) => "server_not_trusted",
            Self::Wire(NeverSent::Identity(_)) => "certificate_unusable",
            Self::Wire(
                NeverSent::NameNotFound
                | NeverSent::NotConnected(_)
                | NeverSent::ConnectTimeout
                | NeverSent::Handshake(_),
            ) => "not_connected",
            Self::Wire(NeverSent::NotARequest)
            | Self::Text
            | Self::Unreadable
            | Self::OtherMerchant
            | Self::OtherNumber => "request_unusable",
        }
    }
}

/// Why nothing is known.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Doubt {
    /// A question that did not leave; what it asked about stays as unknown as it was.
    #[error("not asked: {0}")]
    NotAsked(Unsent),
    /// No answer.
    #[error(transparent)]
    NoAnswer(#[from] MaybeSent),
    /// An answer that could not be taken in.
    #[error(transparent)]
    BadAnswer(#[from] BadAnswer),
    /// An HTTP status that no answer to this call has.
    #[error("HTTP status {0}")]
    Status(u16),
    /// A body that is not what this rail speaks.
    #[error("the answer is unreadable: {0}")]
    Unreadable(String),
    /// An answer without a part that it must have.
    #[error("the answer has no usable {0}")]
    Missing(&'static str),
    /// An answer whose parts contradict each other.
    #[error("the answer contradicts itself")]
    Contradiction,
    /// An answer about something else: this part of it is not ours. Somebody has to look at this.
    #[error("the answer is about another payment: its {0} is not ours")]
    Mismatch(&'static str),
    /// A code that leaves the result open, or one that is not in the table.
    #[error("{} {}", .0.code, .0.text)]
    Code(Answer),
    /// Words without a code.
    #[error("no code, only words: {0}")]
    Words(String),
}

impl Doubt {
    /// Whether a person has to look: this does not happen while both sides work.
    pub fn is_alarming(&self) -> bool {
        match self {
            Self::Mismatch(_) | Self::Contradiction => true,
            Self::NotAsked(_)
            | Self::NoAnswer(_)
            | Self::BadAnswer(_)
            | Self::Status(_)
            | Self::Unreadable(_)
            | Self::Missing(_)
            | Self::Code(_)
            | Self::Words(_) => false,
        }
    }

    /// A stable word for it: the remote code, or one of ours in small letters.
    pub fn code(&self) -> &str {
        match self {
            Self::NotAsked(unsent) => unsent.code(),
            Self::NoAnswer(_) => "no_answer",
            Self::BadAnswer(_) | Self::Unreadable(_) | Self::Missing(_) => "unreadable_answer",
            Self::Status(_) => "http_status",
            Self::Contradiction | Self::Mismatch(_) => "answer_about_another_payment",
            Self::Code(answer) => &answer.code,
            Self::Words(_) => "words_without_code",
        }
    }
}

//! What a payout is, and which way it may go.

use std::time::Duration;

use crate::basics::stored_names;
use crate::basics::{
    AppId, ChannelId, Day, Description, ExternalId, Fen, MerchantNumber, OpenId, PayoutId,
    RecipientId, Timestamp,
};
use crate::ledger::postings::Source;

stored_names! {
    /// Where a payout's money comes from.
    Kind {
        /// Out of the recipient's balance.
        Withdrawal = "withdrawal",
        /// Directly from the shop; no balance is involved.
        Direct = "direct",
    }

    /// Where a payout stands (`contract.md`).
    Status {
        /// Waits for a member's approval.
        InReview = "in_review",
        /// Waits to be sent.
        Queued = "queued",
        /// Sent, or perhaps sent: the outcome is not yet known.
        Processing = "processing",
        /// The recipient has to confirm (`wechat_v3`).
        AwaitingRecipient = "awaiting_recipient",
        /// Paid. Final.
        Succeeded = "succeeded",
        /// Refused for good, and nothing was paid. Final.
        Failed = "failed",
        /// Rejected by a member. Final.
        Rejected = "rejected",
        /// Cancelled before anything was sent. Final.
        Cancelled = "cancelled",
    }

    /// What the engine does next with a payout.
    Step {
        /// Send its request.
        Submit = "submit",
        /// Ask what became of it.
        Inquire = "inquire",
        /// Ask once more about one that is final, the day after: does the rail say the same?
        Recheck = "recheck",
    }
}

impl Kind {
    /// Where the ledger takes the money from.
    pub const fn source(self) -> Source {
        match self {
            Kind::Withdrawal => Source::Balance,
            Kind::Direct => Source::Direct,
        }
    }
}

impl Status {
    /// It never changes again.
    pub const fn is_final(self) -> bool {
        match self {
            Status::Succeeded | Status::Failed | Status::Rejected | Status::Cancelled => true,
            Status::InReview | Status::Queued | Status::Processing | Status::AwaitingRecipient => {
                false
            }
        }
    }

    /// Which way a payout may go. Staying where it is, is no way.
    pub const fn may_become(self, next: Status) -> bool {
        use Status::{
            AwaitingRecipient, Cancelled, Failed, InReview, Processing, Queued, Rejected, Succeeded,
        };
        match self {
            InReview => matches!(next, Queued | Rejected | Cancelled),
            Queued => matches!(next, Processing | Cancelled | Failed),
            Processing => matches!(next, Succeeded | Failed | Queued | AwaitingRecipient),
            AwaitingRecipient => matches!(next, Succeeded | Failed | Cancelled),
            Succeeded | Failed | Rejected | Cancelled => false,
        }
    }
}

/// The settings that a payout was first sent with. It keeps the AppID and merchant number for life, because its order
/// number is known to WeChat Pay under them alone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SentWith {
    /// The channel.
    pub channel: ChannelId,
    /// The channel's version when the request was written.
    pub version: i64,
    /// The AppID.
    pub app_id: AppId,
    /// The merchant number.
    pub merchant_number: MerchantNumber,
}

/// The engine's part of a payout.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Work {
    /// What comes next, and from when on. None while people decide, and at the end.
    pub next: Option<(Step, Timestamp)>,
    /// Grows with every claim; a write with an old fence changes nothing.
    pub fence: i64,
    /// How many attempts there were.
    pub attempts: i64,
    /// How many times in a row the present step was tried; the pause before the next try grows with it.
    pub tries: i64,
    /// When the request was last sent, or may have been.
    pub last_sent_at: Option<Timestamp>,
    /// An order may exist at the rail: nothing but an answer from the rail may release the money.
    pub may_have_been_sent: bool,
    /// The attempt that keeps the request's bytes.
    pub request_attempt: Option<i64>,
    /// A definite refusal that is still to be confirmed by asking.
    pub suspected_code: Option<String>,
    /// How many times, properly spaced, the rail said since the last send that it knows no such order.
    pub not_found_times: i64,
    /// When it last said so.
    pub not_found_at: Option<Timestamp>,
}

/// One payout.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Payout {
    /// Its id; its order number is made of it.
    pub id: PayoutId,
    /// Where its money comes from.
    pub kind: Kind,
    /// Who is paid.
    pub recipient: RecipientId,
    /// The storefront's own number.
    pub external_id: Option<ExternalId>,
    /// Who that is at WeChat, as it was when the payout was accepted.
    pub openid: OpenId,
    /// Whether WeChat Pay shall check the name.
    pub checks_name: bool,
    /// How much.
    pub amount: Fen,
    /// What the recipient reads.
    pub description: Description,
    /// Where it stands.
    pub status: Status,
    /// Why it stands there: a code of ours or of the rail.
    pub reason_code: Option<String>,
    /// It is not sent before.
    pub not_before: Option<Timestamp>,
    /// The day on which it holds room in the limits.
    pub planned_on: Day,
    /// How many different members have to approve it.
    pub approvals_needed: i64,
    /// The product that pays it.
    pub rail: String,
    /// The settings that it was first sent with.
    pub sent_with: Option<SentWith>,
    /// WeChat Pay's own number, once it is paid.
    pub payment_no: Option<String>,
    /// When it was accepted.
    pub created_at: Timestamp,
    /// When it was first sent, or may have been.
    pub submitted_at: Option<Timestamp>,
    /// When it became final.
    pub finished_at: Option<Timestamp>,
    /// The engine's part.
    pub work: Work,
}

/// A call and the writing down of its answer take less than this.
const UNDER_WAY_MOST: Duration = Duration::from_mins(1);

/// The reason of a payout that waits for people.
pub const NEEDS_DECISION: &str = "needs_decision";

/// A way that no payout may go. It is a fault of ours, and stops the change.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a payout that is {} cannot become {}", from.as_str(), to.as_str())]
pub struct NoSuchWay {
    /// Where it stands.
    pub from: Status,
    /// Where it should have gone.
    pub to: Status,
}

impl Payout {
    /// Lets the payout wait to be sent, from `at` on.
    pub fn queue(&mut self, at: Timestamp) -> Result<(), NoSuchWay> {
        self.go(Status::Queued)?;
        self.work.next = Some((Step::Submit, at));
        Ok(())
    }

    /// Ends the payout.
    pub fn finish(&mut self, status: Status, now: Timestamp) -> Result<(), NoSuchWay> {
        self.go(status)?;
        self.finished_at = Some(now);
        self.not_before = None;
        self.work.next = None;
        Ok(())
    }

    /// Goes to another status, or stays in one that is not final.
    pub fn go(&mut self, to: Status) -> Result<(), NoSuchWay> {
        if (self.status != to || to.is_final()) && !self.status.may_become(to) {
            return Err(NoSuchWay {
                from: self.status,
                to,
            });
        }
        self.status = to;
        Ok(())
    }

    /// It waits for a day on which a limit of the tenant's has room for it.
    pub fn waits_for_a_limit(&self) -> bool {
        self.status == Status::Queued
            && self
                .reason_code
                .as_deref()
                .is_some_and(|code| code.starts_with("limit_"))
    }

    /// Whether it was sent and nobody knows what became of it. While its call may still be under way it is simply being sent.
    pub fn is_in_doubt(&self, now: Timestamp) -> bool {
        let under_way = self
            .work
            .last_sent_at
            .is_some_and(|sent| now.since(sent) < UNDER_WAY_MOST);
        self.status == Status::Processing && (self.reason_code.is_some() || !under_way)
    }

    /// The rail no longer says what became of it, so two people decide.
    pub fn needs_decision(&self) -> bool {
        self.status == Status::Processing && self.reason_code.as_deref() == Some(NEEDS_DECISION)
    }

    /// Nothing of it has reached the rail, and no engine is about to send it. What the rail has put off or held it has seen: giving the money
    /// back on its word alone, without asking, would be paying twice should the word be wrong.
    pub const fn can_be_cancelled(&self) -> bool {
        matches!(self.status, Status::InReview | Status::Queued)
            && self.submitted_at.is_none()
            && !self.work.may_have_been_sent
    }
}

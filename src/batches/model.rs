//! What a batch is.

use crate::basics::stored_names;
use crate::basics::{
    BatchId, Description, ExternalId, Fen, MemberId, PayoutId, PersonId, RecipientId, Timestamp,
};

stored_names! {
    /// Where a batch stands.
    BatchState {
        /// Read and checked; waits for a member's approval.
        Checked = "checked",
        /// Its lines become payouts, one after the other.
        Running = "running",
        /// A member has stopped it for now.
        Paused = "paused",
        /// Every line has become a payout or says why not.
        Done = "done",
        /// A member does not want it.
        Discarded = "discarded",
    }

    /// Where a line of it stands.
    LineState {
        /// Something is wrong with it; it becomes nothing.
        Wrong = "wrong",
        /// It waits.
        Waiting = "waiting",
        /// It has become a payout.
        Made = "made",
        /// It could not become a payout.
        Refused = "refused",
    }

    /// What is wrong with a line, or why it could not become a payout.
    LineFault {
        /// The recipient's id has no acceptable form.
        RecipientId = "recipient_id",
        /// There is no such recipient.
        UnknownRecipient = "unknown_recipient",
        /// The amount is no amount in yuan.
        Amount = "amount",
        /// The amount is below the limit of one payout.
        TransferMin = "transfer_min",
        /// The amount is above the limit of one payout.
        TransferMax = "transfer_max",
        /// The description has no acceptable form.
        Description = "description",
        /// The number has no acceptable form.
        ExternalId = "external_id",
        /// The number stands in the file twice.
        ExternalIdTwice = "external_id_twice",
        /// The number belongs to another payout.
        ExternalIdTaken = "external_id_taken",
        /// The day's limit has no room.
        LimitExceeded = "limit_exceeded",
        /// The balance would not fit into 64 bits of fen.
        TooLarge = "too_large",
    }
}

/// One batch.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Batch {
    /// Its id.
    pub id: BatchId,
    /// The file's name, for people.
    pub file_name: String,
    /// Where it stands.
    pub state: BatchState,
    /// How many lines the file has.
    pub lines: i64,
    /// How many of them are right.
    pub good_lines: i64,
    /// What those pay together.
    pub good: Fen,
    /// When it was taken.
    pub created_at: Timestamp,
    /// By whom.
    pub created_by: String,
    /// The person.
    pub created_by_person: PersonId,
    /// Who approved it, and when.
    pub approved: Option<Approved>,
    /// When its lines began to become payouts.
    pub started_at: Option<Timestamp>,
    /// When all had.
    pub finished_at: Option<Timestamp>,
}

/// Who approved a batch.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Approved {
    /// When.
    pub at: Timestamp,
    /// Their name.
    pub by: String,
    /// The person.
    pub person: PersonId,
    /// The membership.
    pub member: MemberId,
}

/// One line of a batch.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// Its number in the file; the header is 1.
    pub number: i64,
    /// Who is to be paid, as the file says.
    pub recipient: String,
    /// How much; nothing when the file says no amount.
    pub amount: Fen,
    /// What the recipient reads.
    pub description: String,
    /// The shop's own number.
    pub external_id: Option<String>,
    /// Where it stands.
    pub state: LineState,
    /// What is wrong, or why it was refused.
    pub fault: Option<LineFault>,
    /// What it has become.
    pub payout: Option<PayoutId>,
}

/// A line that is right.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct GoodLine {
    pub(super) recipient: RecipientId,
    pub(super) amount: Fen,
    pub(super) description: Description,
    pub(super) external_id: Option<ExternalId>,
}

/// How far a batch is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Progress {
    /// Lines that wait.
    pub waiting: i64,
    /// Lines that became payouts.
    pub made: i64,
    /// What those pay together.
    pub made_amount: Fen,
    /// Lines that could not.
    pub refused: i64,
    /// Lines that were wrong from the beginning.
    pub wrong: i64,
}

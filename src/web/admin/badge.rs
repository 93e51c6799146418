//! How a payout's status looks: a colour, a picture and a word, never the colour alone.

use crate::basics::Timestamp;
use crate::payouts::{Payout, Status};
use crate::web::text::StatusWords;

/// A status for the eye and for the ear.
#[derive(Clone, Copy, Debug)]
pub(in crate::web) struct Badge {
    /// The colour's name in the style sheet.
    pub(in crate::web) class: &'static str,
    /// The picture's name in the sprite.
    pub(in crate::web) icon: &'static str,
    /// The word.
    pub(in crate::web) word: &'static str,
    /// What must not be done meanwhile.
    pub(in crate::web) warning: Option<&'static str>,
}

impl Badge {
    /// The badge of a payout as it stands.
    pub(in crate::web) fn of(payout: &Payout, t: &StatusWords, now: Timestamp) -> Self {
        if payout.needs_decision() {
            return Self {
                warning: Some(t.do_not_pay_again),
                ..Self::new("bad", "warn", t.undecided)
            };
        }
        if payout.is_in_doubt(now) {
            return Self {
                warning: Some(t.do_not_pay_again),
                ..Self::new("warn", "question", t.in_doubt)
            };
        }
        let word = word(payout.status, t);
        match payout.status {
            Status::InReview => Self::new("warn", "wait", word),
            Status::Queued => Self::new("info", "hourglass", word),
            Status::Processing => Self::new("info", "send", word),
            Status::AwaitingRecipient => Self::new("info", "wait", word),
            Status::Succeeded => Self::new("good", "ok", word),
            Status::Failed => Self::new("bad", "bad", word),
            Status::Rejected | Status::Cancelled => Self::new("", "ban", word),
        }
    }

    const fn new(class: &'static str, icon: &'static str, word: &'static str) -> Self {
        Self {
            class,
            icon,
            word,
            warning: None,
        }
    }
}

/// The word for a status.
pub(in crate::web) const fn word(status: Status, t: &StatusWords) -> &'static str {
    match status {
        Status::InReview => t.in_review,
        Status::Queued => t.queued,
        Status::Processing => t.processing,
        Status::AwaitingRecipient => t.awaiting_recipient,
        Status::Succeeded => t.succeeded,
        Status::Failed => t.failed,
        Status::Rejected => t.rejected,
        Status::Cancelled => t.cancelled,
    }
}

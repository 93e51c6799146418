//! One payout in a list.

use crate::basics::{Timestamp, mask};
use crate::engine::{self, Language};
use crate::payouts::{Kind, Payout, Status};
use crate::web::admin::badge::Badge;
use crate::web::text::Text;

/// Why a payout stands where it stands.
pub(super) struct Reason {
    /// The code: ours or the rail's.
    pub(super) code: String,
    /// What it means.
    pub(super) message: String,
    /// What to do.
    pub(super) remedy: String,
}

impl Reason {
    /// The reason of a payout, in the reader's language.
    pub(super) fn of(payout: &Payout, language: Language) -> Option<Self> {
        payout.reason_code.as_ref().map(|code| {
            let explained = engine::explain(code, language);
            Self {
                code: code.clone(),
                message: explained.message,
                remedy: explained.remedy,
            }
        })
    }
}

/// One line.
pub(super) struct Line {
    /// The payout's id.
    pub(super) id: String,
    /// When it was accepted.
    pub(super) created_at: String,
    /// Who is paid.
    pub(super) recipient: String,
    /// Who that is at WeChat, masked.
    pub(super) openid: String,
    /// How much, with two decimals.
    pub(super) amount: String,
    /// Withdrawal or direct.
    pub(super) kind: &'static str,
    /// What the recipient reads.
    pub(super) description: String,
    /// Where it stands.
    pub(super) badge: Badge,
    /// Why.
    pub(super) reason: Option<Reason>,
    /// The storefront's number.
    pub(super) external_id: Option<String>,
    /// It waits in review.
    pub(super) in_review: bool,
    /// It needs two people.
    pub(super) needs_two: bool,
}

/// For whom lines are written.
#[derive(Clone, Copy)]
pub(super) struct Reader {
    /// The words.
    pub(super) t: &'static Text,
    /// The language.
    pub(super) language: Language,
    /// When.
    pub(super) now: Timestamp,
}

impl Line {
    /// A payout as a line.
    pub(super) fn of(payout: &Payout, reader: Reader) -> Self {
        let t = reader.t;
        Self {
            id: payout.id.to_string(),
            created_at: payout.created_at.shanghai(),
            recipient: payout.recipient.to_string(),
            openid: mask::openid(payout.openid.as_str()),
            amount: payout.amount.yuan(),
            kind: kind_word(payout.kind, t),
            description: payout.description.to_string(),
            badge: Badge::of(payout, &t.status, reader.now),
            reason: Reason::of(payout, reader.language),
            external_id: payout.external_id.as_ref().map(ToString::to_string),
            in_review: payout.status == Status::InReview,
            needs_two: payout.approvals_needed > 1,
        }
    }
}

/// The word for a kind.
pub(super) const fn kind_word(kind: Kind, t: &Text) -> &'static str {
    match kind {
        Kind::Withdrawal => t.status.withdrawal,
        Kind::Direct => t.status.direct,
    }
}

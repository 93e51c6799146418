//! A payout ended without being paid: its money is free again.

use crate::basics::{Fen, PayoutId, RecipientId};
use crate::ledger::{Posting, PostingKind};

use super::Source;

/// Gives held money back.
pub fn payout_released(
    payout: &PayoutId,
    recipient: &RecipientId,
    amount: Fen,
    to: Source,
) -> Posting {
    Posting {
        kind: PostingKind::PayoutReleased,
        recipient: recipient.clone(),
        debit: to.held(),
        credit: to.origin(),
        amount,
        source: payout.to_string(),
    }
}

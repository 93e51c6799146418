//! A payout was accepted: its money is held until the outcome is known.

use crate::basics::{Fen, PayoutId, RecipientId};
use crate::ledger::{Posting, PostingKind};

use super::Source;

/// Holds the money of a payout.
pub fn payout_held(
    payout: &PayoutId,
    recipient: &RecipientId,
    amount: Fen,
    from: Source,
) -> Posting {
    Posting {
        kind: PostingKind::PayoutHeld,
        recipient: recipient.clone(),
        debit: from.origin(),
        credit: from.held(),
        amount,
        source: payout.to_string(),
    }
}

//! A payout was paid: what was held has left through the merchant's WeChat Pay account.

use crate::basics::{Fen, PayoutId, RecipientId};
use crate::ledger::{Posting, PostingKind};

use super::Source;

/// The held money is gone.
pub fn payout_settled(
    payout: &PayoutId,
    recipient: &RecipientId,
    amount: Fen,
    from: Source,
) -> Posting {
    Posting {
        kind: PostingKind::PayoutSettled,
        recipient: recipient.clone(),
        debit: from.held(),
        credit: from.paid(),
        amount,
        source: payout.to_string(),
    }
}

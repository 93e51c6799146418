//! A commission's waiting time is over: it can be withdrawn.

use crate::basics::{CommissionId, Fen, RecipientId};
use crate::ledger::{Account, Posting, PostingKind};

/// Moves a commission from pending to available.
pub fn commission_matured(
    commission: &CommissionId,
    recipient: &RecipientId,
    amount: Fen,
) -> Posting {
    Posting {
        kind: PostingKind::CommissionMatured,
        recipient: recipient.clone(),
        debit: Account::Pending,
        credit: Account::Available,
        amount,
        source: commission.to_string(),
    }
}

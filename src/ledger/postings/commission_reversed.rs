//! A commission was taken back, wherever its money stands.

use crate::basics::{CommissionId, Fen, RecipientId};
use crate::ledger::{Account, Posting, PostingKind};

use super::Maturity;

/// Takes a commission back. What was withdrawn already leaves the balance below zero, and later commissions fill it.
pub fn commission_reversed(
    commission: &CommissionId,
    recipient: &RecipientId,
    amount: Fen,
    maturity: Maturity,
) -> Posting {
    Posting {
        kind: PostingKind::CommissionReversed,
        recipient: recipient.clone(),
        debit: maturity.account(),
        credit: Account::CommissionCost,
        amount,
        source: commission.to_string(),
    }
}

//! A balance was corrected by hand: two members have agreed on it, and the reason is in the log.

use crate::basics::{CorrectionId, Fen, RecipientId};
use crate::ledger::{Account, Posting, PostingKind};

/// Which way a balance is corrected.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Direction {
    /// The shop owes more.
    Up,
    /// The shop owes less; what was withdrawn already leaves the balance below zero.
    Down,
}

/// Corrects what a recipient can withdraw.
pub fn balance_corrected(
    correction: &CorrectionId,
    recipient: &RecipientId,
    amount: Fen,
    direction: Direction,
) -> Posting {
    let (debit, credit) = match direction {
        Direction::Up => (Account::CommissionCost, Account::Available),
        Direction::Down => (Account::Available, Account::CommissionCost),
    };
    Posting {
        kind: PostingKind::BalanceCorrected,
        recipient: recipient.clone(),
        debit,
        credit,
        amount,
        source: correction.to_string(),
    }
}

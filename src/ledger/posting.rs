//! One movement of money.

use super::Account;
use crate::basics::{Fen, RecipientId};

/// What happened. Each has its file in `postings/`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PostingKind {
    /// A commission was earned.
    CommissionEarned,
    /// A commission's waiting time is over.
    CommissionMatured,
    /// A commission was taken back, whole or what was left of it.
    CommissionReversed,
    /// A part of a commission was taken back.
    CommissionReduced,
    /// A balance was corrected by hand.
    BalanceCorrected,
    /// A payout was accepted, and its money is held.
    PayoutHeld,
    /// A payout ended without being paid, and its money is free again.
    PayoutReleased,
    /// A payout was paid.
    PayoutSettled,
}

impl PostingKind {
    /// Its name in the database and in the API.
    pub const fn as_str(self) -> &'static str {
        match self {
            PostingKind::CommissionEarned => "commission_earned",
            PostingKind::CommissionMatured => "commission_matured",
            PostingKind::CommissionReversed => "commission_reversed",
            PostingKind::CommissionReduced => "commission_reduced",
            PostingKind::BalanceCorrected => "balance_corrected",
            PostingKind::PayoutHeld => "payout_held",
            PostingKind::PayoutReleased => "payout_released",
            PostingKind::PayoutSettled => "payout_settled",
        }
    }
}

/// A movement of one amount from one account to another of the same recipient. It balances because it cannot do
/// otherwise: there is one amount, and it stands on both sides. Only the files of `postings/` make one.
#[derive(Clone, Debug)]
pub struct Posting {
    pub(super) kind: PostingKind,
    pub(super) recipient: RecipientId,
    pub(super) debit: Account,
    pub(super) credit: Account,
    pub(super) amount: Fen,
    /// The commission or payout: with the kind it makes the posting unique, so that nothing is posted twice.
    pub(super) source: String,
}

impl Posting {
    /// How much this adds to an account; negative when it takes away.
    pub(super) fn change_of(&self, account: Account) -> Fen {
        let debited = account == self.debit;
        let credited = account == self.credit;
        if debited == credited {
            Fen::ZERO
        } else if debited == account.grows_by_debit() {
            self.amount
        } else {
            // an amount is positive, so its negative always exists
            Fen::ZERO.minus(self.amount).unwrap_or(Fen::ZERO)
        }
    }
}

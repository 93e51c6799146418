//! A commission was earned: it costs the shop, and the shop owes it.

use crate::basics::{CommissionId, Fen, RecipientId};
use crate::ledger::{Account, Posting, PostingKind};

use super::Maturity;

/// The shop owes the recipient a commission, at once or from a later day on.
pub fn commission_earned(
    commission: &CommissionId,
    recipient: &RecipientId,
    amount: Fen,
    maturity: Maturity,
) -> Posting {
    Posting {
        kind: PostingKind::CommissionEarned,
        recipient: recipient.clone(),
        debit: Account::CommissionCost,
        credit: maturity.account(),
        amount,
        source: commission.to_string(),
    }
}

//! A part of a commission was taken back: its order was refunded in part.

use crate::basics::{CommissionId, Fen, RecipientId};
use crate::ledger::{Account, Posting, PostingKind};

use super::Maturity;

/// Takes a part of a commission back. `cause` names what did it, so that it does it once: a refund of an order.
pub fn commission_reduced(
    commission: &CommissionId,
    cause: &str,
    recipient: &RecipientId,
    amount: Fen,
    maturity: Maturity,
) -> Posting {
    Posting {
        kind: PostingKind::CommissionReduced,
        recipient: recipient.clone(),
        debit: maturity.account(),
        credit: Account::CommissionCost,
        amount,
        source: format!("{commission}/{cause}"),
    }
}

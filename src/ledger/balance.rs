//! What a recipient's accounts hold.

use crate::basics::Fen;

use super::Account;

/// The balances of one recipient's accounts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Balance {
    /// See [`Account::CommissionCost`].
    pub commission_cost: Fen,
    /// See [`Account::Pending`].
    pub pending: Fen,
    /// See [`Account::Available`].
    pub available: Fen,
    /// See [`Account::Held`].
    pub held: Fen,
    /// See [`Account::Paid`].
    pub paid: Fen,
    /// See [`Account::DirectCost`].
    pub direct_cost: Fen,
    /// See [`Account::DirectHeld`].
    pub direct_held: Fen,
    /// See [`Account::DirectPaid`].
    pub direct_paid: Fen,
}

impl Balance {
    /// What one account holds.
    pub const fn of(&self, account: Account) -> Fen {
        match account {
            Account::CommissionCost => self.commission_cost,
            Account::Pending => self.pending,
            Account::Available => self.available,
            Account::Held => self.held,
            Account::Paid => self.paid,
            Account::DirectCost => self.direct_cost,
            Account::DirectHeld => self.direct_held,
            Account::DirectPaid => self.direct_paid,
        }
    }
}

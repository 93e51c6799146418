//! The accounts of one recipient in one shop's book.
//!
//! They are the recipient's own sub-accounts, and not one account for the whole shop, so that two payments of a busy
//! shop never wait for the same row. The shop's totals are sums over its recipients.

use std::fmt;

/// An account. What a commission has cost the shop is always what the shop still owes plus what it has paid.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Account {
    /// What the recipient's commissions have cost the shop (an expense: it grows on the debit side).
    CommissionCost,
    /// Earned, and not yet to be withdrawn (a liability, like the next three).
    Pending,
    /// To be withdrawn now. Below zero when a commission was taken back after it had been withdrawn.
    Available,
    /// On its way out: a withdrawal that is not settled.
    Held,
    /// Paid out of the balance through the merchant's WeChat Pay account.
    Paid,
    /// What direct payouts have cost the shop (an expense: it grows on the debit side).
    DirectCost,
    /// On its way out: a direct payout that is not settled.
    DirectHeld,
    /// Paid directly through the merchant's WeChat Pay account.
    DirectPaid,
}

impl Account {
    /// All of them, in the order of the balance row.
    pub const ALL: [Account; 8] = [
        Account::CommissionCost,
        Account::Pending,
        Account::Available,
        Account::Held,
        Account::Paid,
        Account::DirectCost,
        Account::DirectHeld,
        Account::DirectPaid,
    ];

    /// Its name in the database.
    pub const fn as_str(self) -> &'static str {
        match self {
            Account::CommissionCost => "commission_cost",
            Account::Pending => "pending",
            Account::Available => "available",
            Account::Held => "held",
            Account::Paid => "paid",
            Account::DirectCost => "direct_cost",
            Account::DirectHeld => "direct_held",
            Account::DirectPaid => "direct_paid",
        }
    }

    /// The account of a stored name.
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL
            .into_iter()
            .find(|account| account.as_str() == text)
    }

    /// Grows by debits; the others grow by credits.
    pub const fn grows_by_debit(self) -> bool {
        match self {
            Account::CommissionCost | Account::DirectCost => true,
            Account::Pending
            | Account::Available
            | Account::Held
            | Account::Paid
            | Account::DirectHeld
            | Account::DirectPaid => false,
        }
    }
}

impl fmt::Display for Account {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

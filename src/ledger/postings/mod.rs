//! All that can happen to money. One file for each.
//!
//! | posting | debit | credit |
//! |---|---|---|
//! | commission earned | commission cost | pending or available |
//! | commission matured | pending | available |
//! | commission reversed | pending or available | commission cost |
//! | commission reduced | pending or available | commission cost |
//! | balance corrected upwards | commission cost | available |
//! | balance corrected downwards | available | commission cost |
//! | payout held (withdrawal) | available | held |
//! | payout held (direct) | direct cost | direct held |
//! | payout released (withdrawal) | held | available |
//! | payout released (direct) | direct held | direct cost |
//! | payout settled (withdrawal) | held | paid |
//! | payout settled (direct) | direct held | direct paid |

mod balance_corrected;
mod commission_earned;
mod commission_matured;
mod commission_reduced;
mod commission_reversed;
mod payout_held;
mod payout_released;
mod payout_settled;

pub use balance_corrected::{Direction, balance_corrected};
pub use commission_earned::commission_earned;
pub use commission_matured::commission_matured;
pub use commission_reduced::commission_reduced;
pub use commission_reversed::commission_reversed;
pub use payout_held::payout_held;
pub use payout_released::payout_released;
pub use payout_settled::payout_settled;

use super::Account;

/// Whether a commission's money may be withdrawn yet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Maturity {
    /// Not before its day.
    Pending,
    /// Now.
    Available,
}

impl Maturity {
    const fn account(self) -> Account {
        match self {
            Maturity::Pending => Account::Pending,
            Maturity::Available => Account::Available,
        }
    }
}

/// Where a payout's money comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Source {
    /// The recipient's balance.
    Balance,
    /// The shop, without any balance.
    Direct,
}

impl Source {
    const fn origin(self) -> Account {
        match self {
            Source::Balance => Account::Available,
            Source::Direct => Account::DirectCost,
        }
    }

    const fn held(self) -> Account {
        match self {
            Source::Balance => Account::Held,
            Source::Direct => Account::DirectHeld,
        }
    }

    const fn paid(self) -> Account {
        match self {
            Source::Balance => Account::Paid,
            Source::Direct => Account::DirectPaid,
        }
    }
}

//! Commissions (提成): money that a recipient has earned.
//!
//! - **What it is:** earning, taking back whole or in part, the waiting time before a commission can be withdrawn, and
//!   corrections by hand.
//! - **What it promises:** the same commission is earned once, however often it is told; its money is in the ledger in the
//!   same transaction.
//! - **What it does not do:** it pays nothing.
//! - **Who comes in:** the storefront's door, the worker that lets commissions mature.
//! - **Where to start:** [`earn()`].

mod across_tenants;
mod correct;
mod earn;
mod mature;
mod model;
mod reduce;
mod reverse;
mod store;

pub use correct::{
    CorrectError, Correction, CorrectionState, CorrectionVerdict, LONGEST_REASON, ask_correction,
    decide_correction,
};
pub use earn::{EarnError, NewCommission, earn};
pub use mature::{MatureError, due_amount, mature_due, mature_of_recipient};
pub use model::{Commission, CommissionState};
pub use reduce::reduce;
pub use reverse::{ReverseError, reverse};
pub use store::{find, list_corrections, list_open_corrections};

#[cfg(test)]
mod tests;

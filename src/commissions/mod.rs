//! Commissions (提成): money that a recipient has earned.
//!
//! - **What it is:** earning, taking back, and the waiting time before a commission can be withdrawn.
//! - **What it promises:** the same commission is earned once, however often it is told; its money is in the ledger in the
//!   same transaction.
//! - **What it does not do:** it pays nothing.
//! - **Who comes in:** the storefront's door, the worker that lets commissions mature.
//! - **Where to start:** [`earn()`].

mod across_tenants;
mod earn;
mod mature;
mod model;
mod reverse;
mod store;

pub use earn::{EarnError, NewCommission, earn};
pub use mature::{MatureError, due_amount, mature_due, mature_of_recipient};
pub use model::{Commission, CommissionState};
pub use reverse::{ReverseError, reverse};
pub use store::find;

#[cfg(test)]
mod tests;

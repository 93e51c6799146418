//! The ledger: where every fen of a shop's people came from and went.
//!
//! - **What it is:** double entry. A posting moves one amount from a debit account to a credit account of one
//!   recipient, so it cannot be out of balance; the files of [`postings`] are all that can happen to money.
//! - **What it promises:** balances change in the transaction of their posting; the database refuses a balance row
//!   that does not add up; one event is posted once.
//! - **What it does not do:** it does not decide whether money may move; the verbs do.
//! - **Who comes in:** commissions, payouts, the engine.
//! - **Where to start:** [`account::Account`], then the list of `postings/`.

mod account;
mod balance;
mod posting;
pub mod postings;
mod prove;
mod store;

pub use account::Account;
pub use balance::Balance;
pub use posting::{Posting, PostingKind};
pub use prove::{Proof, prove};
pub use store::{
    Entry, Movement, PostError, find_balance, list_entries, list_movements, open_accounts, post,
    post_all,
};

#[cfg(test)]
mod tests;

//! Reconciling: what WeChat Pay says, our record of the calls, the payout and the ledger are compared.
//!
//! - **What it is:** a comparison of one payout with its postings and its attempts, and what follows from a difference.
//! - **What it promises:** a difference becomes a finding once, and one that breaks a law of money stops the tenant's lane in the same
//!   transaction.
//! - **What it does not do:** it corrects nothing; people do.
//! - **Who comes in:** `settle`, for every payout that is asked about once more the day after; `zhanfu reconcile`, for all of them.
//! - **Where to start:** `compare`.

mod compare;
mod records;
mod report;
mod run;

pub(super) use compare::compare;
pub(super) use records::records;
pub(super) use report::found;
pub use run::{Examined, reconcile_some};

//! Payouts (付款单): one instruction to pay one recipient once.
//!
//! - **What it is:** what a payout is, and everything that people can do with one.
//! - **What it promises:** accepting one holds its money and its room in the limits in the same transaction; a final payout
//!   never changes again; what may have been sent is never cancelled here.
//! - **What it does not do:** it sends nothing; the engine does.
//! - **Who comes in:** the storefront's door, the members' pages, the engine.
//! - **Where to start:** [`model::Status`], then the verbs: `withdraw`, `pay_directly`, `approve`, `reject`, `cancel`.

mod accept;
mod across_tenants;
mod approve;
mod attempt;
mod cancel;
mod give_back;
mod list;
pub mod model;
mod pay_directly;
mod reject;
mod store;
mod withdraw;

pub use accept::{AcceptError, Request};
pub use across_tenants::{
    DueTenants, Figures, figures, find_due_tenants, finish_attempts, insert_attempts, lock_due,
    lock_to_settle, save_all, wake_tenant,
};
pub use approve::{ApproveError, approvals_given, approve};
pub use attempt::{Attempt, AttemptKind, FinishedAttempt, NewAttempt, list_attempts, load_request};
pub use cancel::{CancelError, cancel};
pub use give_back::give_back;
pub use list::{Filter, list};
pub use model::{Kind, Payout, SentWith, Status, Step, Work};
pub use pay_directly::pay_directly;
pub use reject::{RejectError, reject};
pub use store::{find, find_by_external_id, list_in_review};
pub use withdraw::withdraw;

#[cfg(test)]
mod tests;

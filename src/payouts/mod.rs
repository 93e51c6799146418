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
mod ask_now;
mod attempt;
mod cancel;
mod decide;
mod fingerprint;
mod give_back;
mod hurry;
mod lane;
mod list;
pub mod model;
mod pay_directly;
mod rail_limit;
mod reject;
mod store;
mod tally;
mod tell;
mod withdraw;

pub use accept::{AcceptError, Request};
pub use across_tenants::{
    DueTenant, DueTenants, Figures, Quota, Sending, Words, doubt_all, figures, find_due_first,
    find_due_tenants, finish_attempts, insert_attempts, list_words, lock_due, save_all,
};
pub use approve::{ApproveError, approvals_given, approve};
pub use ask_now::{AskNowError, ask_now};
pub use attempt::{
    Attempt, AttemptKind, FinishedAttempt, NewAttempt, list_attempts, list_requests, load_request,
};
pub use cancel::{CancelError, cancel};
pub use decide::{DecideError, Decision, Verdict, decide, decisions_given};
pub use fingerprint::Fingerprint;
pub use give_back::give_back;
pub use hurry::{HurryError, hurry};
pub use lane::{
    Lane, LaneState, close_lane, find_lane, open_lane, plan_probe, platform, take_probe,
};
pub use list::{Filter, Slice, Sought, Start, browse, count_waiting, list};
pub use model::{Kind, Payout, SentWith, Status, Step, Work};
pub use pay_directly::pay_directly;
pub use rail_limit::{RailLimit, list_rail_limits, note_rail_limit};
pub use reject::{RejectError, reject};
pub use store::{
    Saved, bring_forward, external_ids_taken, find, find_by_external_id, list_all, list_in_review,
};
pub use tally::{DayTally, count_ended, list_days};
pub use tell::{Told, tell_all, tell_limit};
pub use withdraw::withdraw;

#[cfg(test)]
mod tests;

//! Limits (提现额度配置): how much a tenant lets go out.
//!
//! - **What it is:** each tenant's rules with the platform's caps over them, and counters of what each day has used.
//! - **What it promises:** a payout is let through and counted in one step, under a row lock, so no number of requests at
//!   once can pass a limit together; the cost does not grow with history.
//! - **What it does not do:** it does not know what a payout is, and WeChat Pay's own limits are not counted here.
//! - **Who comes in:** payouts (reserve, release, move), the settings page and command, the API's `GET /limits`.
//! - **Where to start:** [`rule`], then [`reserve()`].

mod change;
mod plan;
mod preset;
mod replay;
mod reserve;
pub mod rule;
mod standing;
mod store;

pub use change::{ChangeError, LimitChange, change};
pub use plan::{Planned, could_pass, plan};
pub use preset::Preset;
pub use replay::{Past, Replay, replay};
pub use reserve::{LimitExceeded, ReserveError, move_to_day, release, reserve};
pub use rule::{LimitName, Limits, Policy, Unit, WhenDayIsFull};
pub use standing::{Standing, standings};
pub use store::{insert_defaults, load_policy};

#[cfg(test)]
mod tests;

//! The payout engine.
//!
//! - **What it is:** it claims due payouts, writes their requests down, sends them, settles what comes back, and asks about what
//!   does not.
//! - **What it promises:** nothing is sent that was not written down and committed before; a payout is sent under one number
//!   and with the same bytes for its whole life; money is released only after a refusal that was confirmed by asking; a
//!   process that lost its claim writes nothing; one tenant's trouble does not slow another.
//! - **What it does not do:** it accepts no payout and cancels none; the rooms do.
//! - **Who comes in:** `app` runs it, doors wake it and let it check a channel.
//! - **Where to start:** [`worker`], then `claim` → `prepare` → `call` → `settle`; what an answer leads to is in `judge`.

mod beat;
mod call;
mod check;
mod claim;
mod clerk;
mod credentials;
mod explain;
mod figures;
mod housekeeping;
mod judge;
mod lanes;
mod pace;
mod passed;
mod prepare;
mod rates;
mod reconcile;
mod settle;
mod show;
mod worker;

pub use beat::{Beat, BeatMemory, InMemory, put_back};
pub use call::Answered;
pub use check::{
    CheckError, CheckName, CheckOutcome, CheckReport, PastCheck, Said, find_past_check, note_check,
};
pub use explain::{Explained, Language, explain, explain_answer};
pub use figures::{Watched, watch};
pub use lanes::{balance_filled, settings_mended};
pub use pace::Paces;
pub use prepare::{PrepareFault, Prepared};
pub use rates::Ceilings;
pub use reconcile::{Examined, reconcile_some};
pub use worker::{Engine, Parts, Stepped};

use crate::basics::PayoutId;
use crate::rails::PartnerTradeNo;

/// The order number of a payout: what WeChat Pay knows it by.
pub fn partner_trade_no(payout: PayoutId) -> String {
    PartnerTradeNo::from(payout).to_string()
}

#[cfg(test)]
mod tests;

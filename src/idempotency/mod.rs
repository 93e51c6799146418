//! Idempotency: the same call again gives the first answer.
//!
//! - **What it is:** the answers of the storefront's money-moving calls, kept by their `Idempotency-Key`.
//! - **What it promises:** an answer is kept in the transaction of what it tells, so a key is never without its payout nor a
//!   payout without its key; calls with one key at the same time make one payout.
//! - **What it does not do:** it keeps nothing of a refused call: a corrected one may use the key again.
//! - **Who comes in:** the storefront's door.
//! - **Where to start:** [`Call`], [`look_up`].

mod across_tenants;
mod call;
mod store;

pub use across_tenants::purge;
pub use call::{Call, IdempotencyKey, LookUp, StoredAnswer};
pub use store::{keep, look_up};

//! The outbox: what we owe tenants' own servers (webhooks).
//!
//! - **What it is:** the endpoints that a tenant has registered, and the events on their way to them.
//! - **What it promises:** an event is written in the transaction of the change that it tells, so none is lost and none is
//!   told of what did not happen; it is delivered at least once; who asks for nothing costs nothing.
//! - **What it does not do:** it sends nothing; the courier does. It does not promise an order: each event of a payout carries its
//!   sequence.
//! - **Who comes in:** the verbs of payouts, the engine, the courier, the developers' page.
//! - **Where to start:** [`Event`], [`tell_all`].

mod across_tenants;
mod event;
mod store;

pub use across_tenants::tell_all;
pub use event::{Event, Kind};
pub use store::{HAS_LISTENERS, tell};

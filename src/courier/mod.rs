//! The courier: it carries what the outbox owes to tenants' own servers.
//!
//! - **What it is:** a worker beside the engine. It claims due deliveries, writes their bodies, signs and sends them, and settles
//!   what came back.
//! - **What it promises:** what it dies with is sent again when its lease is over; no call is made inside of a transaction; an
//!   endpoint that is slow or dead does not delay the others; nothing but the public internet is dialled.
//! - **What it does not do:** it writes no event of a payout, and an answer changes nothing but the delivery.
//! - **Who comes in:** `app` runs it, the developers' page lets it check an address.
//! - **Where to start:** [`worker`], then `compose`.

mod compose;
mod figures;
mod remind;
mod round;
mod worker;

pub use compose::compose;
pub use worker::{CannotDial, Courier, Parts, Prepared, Stepped};

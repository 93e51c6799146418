//! The storefront's API, as a shop's developer meets it.

mod boundary;
mod cancelling;
mod commissions;
mod docs;
mod doors;
mod idempotency;
mod limits;
mod lists;
mod malformed;
mod money;
mod orders;
mod payouts;
mod recipients;

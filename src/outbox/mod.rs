//! The outbox: what we owe tenants' own servers (webhooks).
//!
//! - **What it is:** the endpoints that a tenant has registered, and the events on their way to them.
//! - **What it promises:** an event is written in the transaction of the change that it tells, so none is lost and none is
//!   told of what did not happen; it is delivered at least once, signed by the Standard Webhooks scheme; who asks for nothing costs
//!   nothing.
//! - **What it does not do:** it sends nothing; the courier does. It does not promise an order: each event of a payout carries its
//!   sequence.
//! - **Who comes in:** the verbs of payouts, the engine, the courier, the developers' page.
//! - **Where to start:** [`Event`] and [`tell_all`]; then [`register()`], [`claim()`] and [`settle()`].

mod across_tenants;
mod change;
mod claim;
mod delivery;
mod disable;
mod enable;
mod endpoint;
mod event;
mod register;
mod remove;
mod replay;
mod rotate;
mod settle;
mod sign;
mod store;
mod sweep;
mod test_endpoint;

pub use across_tenants::{DueEndpoint, find_due_endpoints, tell_all};
pub use change::{EndpointError, change};
pub use claim::{Claimed, Correspondent, Quota, claim, correspondent};
pub use delivery::{Delivery, Outcome, SCHEDULE, State, Try, Verdict};
pub use disable::disable;
pub use enable::enable;
pub use endpoint::{
    Because, ENDPOINTS_MOST, Endpoint, EndpointName, MAY_FAIL_FOR, OLD_SECRET_HOLDS, Wants, Wish,
};
pub use event::{Event, Kind};
pub use register::{RegisterError, register};
pub use remove::remove;
pub use replay::{REPLAY_MOST, ReplayError, Which, replay, replay_range};
pub use rotate::{RotateError, rotate};
pub use settle::{Settled, Tried, settle};
pub use sign::{SigningSecret, sign};
pub use store::{
    Counts, DeliveryFilter, HAS_LISTENERS, count_open, find_delivery, find_endpoint,
    list_deliveries, list_endpoints, list_tries, tell,
};
pub use sweep::{Swept, sweep};
pub use test_endpoint::test_endpoint;

pub use crate::wire::{Target, TargetFault};

use crate::basics::TenantId;
use crate::vault::Place;

/// Where an endpoint's secret of a version belongs. It keeps its place when a newer one comes.
const fn place(tenant: TenantId, endpoint: &str, version: i64) -> Place<'_> {
    Place {
        tenant,
        table: "webhook_endpoints",
        column: "sealed_secret",
        row: endpoint,
        version,
    }
}

#[cfg(test)]
mod tests;

//! Findings: what does not fit together.
//!
//! - **What it is:** differences between what we know and what the rail says, each reported once and resolved by a person.
//! - **What it promises:** a finding is never lost and never deleted.
//! - **What it does not do:** it stops no money; who reports it decides that.
//! - **Who comes in:** the engine's reconciling, the pages, `zhanfu reconcile`.
//! - **Where to start:** [`Kind`].

mod across_tenants;
mod answered;
mod model;
mod report;
mod resolve;
mod store;

pub use across_tenants::count_open;
pub use answered::{ANSWERED, answered};
pub use model::{Finding, Kind, Resolved};
pub use report::report;
pub use resolve::{ResolveError, resolve};
pub use store::{list_open, list_resolved};

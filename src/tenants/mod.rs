//! Tenants (站点): the shops, each with its own merchant account, and their storefronts' keys.
//!
//! - **What it is:** the list of tenants and the keys by which their storefronts call.
//! - **What it promises:** a key names exactly one tenant, and is kept as a hash only.
//! - **What it does not do:** it knows nothing of money and settings.
//! - **Who comes in:** commands, the storefront's guard, the operator's pages.
//! - **Where to start:** [`create()`], [`authenticate`].

mod across_tenants;
mod api_key;
mod create;
mod model;
mod store;

pub use across_tenants::{authenticate, find_by_slug, list};
pub use api_key::{Caller, ListedKey, PresentedKey, RevokeError, create_api_key, revoke_api_key};
pub use create::{CreateError, NewTenant, create};
pub use model::{Tenant, TenantName, TenantState};
pub use store::{list_api_keys, load, take_turns};

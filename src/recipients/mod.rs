//! Recipients (收款人): the people a shop pays.
//!
//! - **What it is:** a recipient by the storefront's own id, with the openid and, when the shop wants it checked, the name.
//! - **What it promises:** names are sealed; a change of openid or name is on record; everyone known has accounts.
//! - **What it does not do:** it holds no balance; the ledger does.
//! - **Who comes in:** the storefront's door, payouts' door, the engine for a name to check.
//! - **Where to start:** [`put()`].

mod model;
mod put;
mod store;

pub use model::Recipient;
pub use put::{Done, NewRecipient, PutError, open_name, put};
pub use store::{find, known_of, list_by_openid};

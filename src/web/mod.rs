//! HTTP in, HTTP out.
//!
//! - **What it is:** the doors: the storefront's API, the members' pages, health.
//! - **What it promises:** everything that comes in is parsed and judged field by field here; a tenant comes out of a key or a
//!   session and of nothing else; every door is in one table with who may enter.
//! - **What it does not do:** it knows no rule of money and calls no remote side.
//! - **Who comes in:** `app`.
//! - **Where to start:** [`doors`], then [`problem`].

mod admin;
mod api_docs;
mod assets;
mod choices;
mod device;
pub mod doors;
mod form;
mod form_body;
mod guard;
mod hashing;
mod health;
mod join;
mod page;
pub mod problem;
mod qr;
mod refusal;
mod rights;
mod sign_in;
mod state;
mod storefront;
mod text;
mod theme;
mod throttle;
mod turns;

pub use doors::configure;
pub use guard::request_scope;
pub use health::exposition;
pub use state::State;

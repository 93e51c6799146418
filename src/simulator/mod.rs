//! WeChat Pay's v2 payouts, as the reference describes them, for tests, `zhanfu demo` and
//! `zhanfu simulator`.
//!
//! - **What it is:** the independent judge of our payout engine: a TLS server that asks for client
//!   certificates and answers `transfers` and `gettransferinfo`, a book of what was really paid,
//!   and every fault of the wire and of WeChat Pay on demand.
//! - **What it promises:** money moves in one place (`state::State::settle`) and is in the book
//!   the moment it moves, whatever the client gets to see; the same seed and the same requests give
//!   the same answers; time comes in from outside. Only certificates differ from run to run.
//! - **What it does not do:** share code with the rest of the house, not even signatures; keep
//!   anything beyond its own life; speak v3, bank cards or Alipay.
//! - **Who comes in:** `app`, `commands` and tests.
//! - **Where to start:** [`start()`] with [`Settings`] for the server, [`Gateway`] for a simulation
//!   without sockets, [`faults`] for what can go wrong, [`Book`] for what has happened, [`control`]
//!   for the calls of the control port.

mod answer;
mod arrival;
mod beijing;
pub mod book;
pub mod certificates;
mod chance;
pub mod codes;
pub mod control;
pub mod faults;
mod gateway;
mod handle;
mod journal;
mod judge;
mod merchant;
mod order;
mod premises;
mod render;
mod reply;
mod server;
mod settings;
mod shared_text;
mod sign;
mod start;
mod state;
mod xml;

pub use answer::{Answer, Delivery, Ending, Pace, Reply};
pub use arrival::{Arrival, Endpoint};
pub use book::Book;
pub use certificates::{
    CertificateInfo, Issuer, KeySource, Package, PackageOptions, Protection, ServerCertificate,
    Validity, WELL_KNOWN_KEYS,
};
pub use gateway::Gateway;
pub use journal::{KEPT_NUMBERS, KEPT_REFUSALS, KEPT_REQUESTS};
pub use merchant::{LimitNames, Limits, Merchant, MerchantFault, Payee, Verification};
pub use render::Variety;
pub use settings::{Now, Settings};
pub use shared_text::SharedText;
pub use sign::sign;
pub use start::{Simulator, start};
pub use state::MAX_ORDERS;

#[cfg(test)]
mod tests;

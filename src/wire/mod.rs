//! HTTPS to the outside world, one TLS client for each tenant's credential.
//!
//! - **What it is:** the port [`Remote`] (bytes in, bytes out), which simulations replace, and [`HttpsRemote`],
//!   which production uses.
//! - **What it promises:** a request leaves at most once; it leaves only over a connection that was made with
//!   its own tenant's certificate; the server's chain and host name are always verified, and nothing can switch
//!   that off; a fault says [`WireFault::NeverSent`] only where that is provable.
//! - **What it does not do:** it never tries again, follows no redirect, uses no proxy and knows no protocol
//!   above HTTP.
//! - **Who comes in:** `rails` posts; the roof builds the one [`HttpsRemote`].
//! - **Where to start:** [`fault`] for what an error proves, then [`HttpsRemote`].

pub mod fault;
pub mod figures;
pub mod https;
pub mod identity;
#[cfg(feature = "sandbox")]
pub mod loopback;
pub mod remote;

mod proof;
mod tls;

pub use fault::{BadAnswer, CertificateAlert, IdentityFault, MaybeSent, NeverSent, WireFault};
pub use figures::{Figures, WireFigures};
pub use https::{HttpsRemote, HttpsSetup, SetupFault};
pub use identity::ClientIdentity;
pub use remote::{BoxFuture, Remote, Request, Response};
pub use tls::Roots;

#[cfg(test)]
mod tests;

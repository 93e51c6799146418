//! HTTPS to the outside world: to WeChat Pay by one TLS client for each tenant's credential, to tenants' own servers by one
//! that dials nothing but the public internet.
//!
//! - **What it is:** the ports [`Remote`] and [`Dialler`] (bytes in, bytes out), which simulations replace, and [`HttpsRemote`]
//!   and [`HttpsDialler`], which production uses.
//! - **What it promises:** a request leaves at most once; it leaves only over a connection that was made with
//!   its own tenant's certificate; the server's chain and host name are always verified, and nothing can switch
//!   that off; a fault says [`WireFault::NeverSent`] only where that is provable.
//! - **What it does not do:** it never tries again, follows no redirect, uses no proxy and knows no protocol
//!   above HTTP.
//! - **Who comes in:** `rails` posts, the courier dials; the roof builds the one [`HttpsRemote`] and the one [`HttpsDialler`].
//! - **Where to start:** [`fault`] for what an error proves, then [`HttpsRemote`].

pub mod address_guard;
pub mod dialler;
pub mod fault;
pub mod figures;
pub mod https;
pub mod https_dialler;
pub mod identity;
#[cfg(feature = "sandbox")]
pub mod loopback;
pub mod remote;

mod names;
mod proof;
mod tls;

pub use address_guard::{Target, TargetFault, is_public};
pub use dialler::{Blocked, DialFault, Dialler, Letter, Receipt};
pub use fault::{BadAnswer, CertificateAlert, IdentityFault, MaybeSent, NeverSent, WireFault};
pub use figures::{Figures, WireFigures};
pub use https::{HttpsRemote, HttpsSetup, SetupFault};
pub use https_dialler::{DiallerSetup, HttpsDialler};
pub use identity::ClientIdentity;
pub use names::{Names, SystemNames};
pub use remote::{BoxFuture, Remote, Request, Response};
pub use tls::Roots;

#[cfg(test)]
mod tests;

//! The port to tenants' own servers: one POST to an address that a tenant has chosen. A simulation puts a world of its own behind it.

use std::net::IpAddr;

use super::{BoxFuture, Target, WireFault};

/// One POST.
#[derive(Clone, Copy)]
pub struct Letter<'a> {
    /// Where to.
    pub to: &'a Target,
    /// The headers beside those that HTTP needs.
    pub headers: &'a [(&'static str, String)],
    /// The exact bytes that leave.
    pub body: &'a [u8],
}

/// What the other side said.
#[derive(Clone, PartialEq, Eq)]
pub struct Receipt {
    /// The HTTP status.
    pub status: u16,
    /// How the body begins; it may have been longer, or never have ended.
    pub beginning: Vec<u8>,
}

impl std::fmt::Debug for Receipt {
    /// Without the body: whose it is, we do not know.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Receipt")
            .field("status", &self.status)
            .field("beginning_bytes", &self.beginning.len())
            .finish()
    }
}

/// Why there is no receipt.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum DialFault {
    /// The name stands for an address that is not of the public internet; nothing was connected to.
    #[error(transparent)]
    Blocked(#[from] Blocked),
    /// The wire failed.
    #[error(transparent)]
    Wire(#[from] WireFault),
}

/// An address that is not dialled.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0} is an address of a private or reserved network, or of this machine")]
pub struct Blocked(pub IpAddr);

/// The other side of the wire.
pub trait Dialler: Send + Sync {
    /// Sends a letter once, or not at all, and follows no redirect. When the returned future is dropped early, it may have been sent.
    fn post<'a>(&'a self, letter: Letter<'a>) -> BoxFuture<'a, Result<Receipt, DialFault>>;

    /// Whether an address could be dialled now: its name is known and stands for public addresses only. Nothing is connected to.
    fn could_dial<'a>(&'a self, to: &'a Target) -> BoxFuture<'a, Result<(), DialFault>>;
}

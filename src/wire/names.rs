//! What names stand for, and which of it may be dialled.

use std::io;
use std::net::{IpAddr, SocketAddr, UdpSocket};
use std::sync::Arc;

use reqwest::dns::{Addrs, Name, Resolve, Resolving};
use url::Host;

use super::address_guard::is_public;
use super::{Blocked, BoxFuture, Target};

/// Where names are looked up.
pub trait Names: Send + Sync {
    /// The addresses of a name. A port of 0 stands for the port of the call.
    fn look_up<'a>(&'a self, host: &'a str) -> BoxFuture<'a, io::Result<Vec<SocketAddr>>>;
}

/// The system's names.
#[derive(Clone, Copy, Debug, Default)]
pub struct SystemNames;

impl Names for SystemNames {
    fn look_up<'a>(&'a self, host: &'a str) -> BoxFuture<'a, io::Result<Vec<SocketAddr>>> {
        Box::pin(async move { Ok(tokio::net::lookup_host((host, 0)).await?.collect()) })
    }
}

/// Why a target has no address.
#[derive(Debug, thiserror::Error)]
pub(super) enum NoAddress {
    /// Nobody knows the name.
    #[error("the name was not found")]
    Unknown(#[source] io::Error),
    /// It stands for what may not be dialled.
    #[error(transparent)]
    Blocked(#[from] Blocked),
}

/// Names, guarded: it is the HTTP client's own resolver, so the address that is judged is the one that is dialled.
#[derive(Clone)]
pub(super) struct GuardedNames {
    names: Arc<dyn Names>,
    /// Addresses of this machine that a test listens on.
    exempt: Arc<[SocketAddr]>,
}

impl GuardedNames {
    pub(super) fn new(names: Arc<dyn Names>, exempt: Vec<SocketAddr>) -> Self {
        Self {
            names,
            exempt: exempt.into(),
        }
    }

    /// Whether a target may be dialled, as of now.
    pub(super) async fn judge(&self, to: &Target) -> Result<(), NoAddress> {
        match to.host() {
            Host::Domain(name) => self.addresses(name).await.map(|_| ()),
            // a number needs no resolver, and the client asks none
            Host::Ipv4(ip) => Ok(allow(ip.into())?),
            Host::Ipv6(ip) => Ok(allow(ip.into())?),
        }
    }

    /// The addresses of a name. One that may not be dialled spoils all: a name with one public and one private address is an attempt.
    async fn addresses(&self, host: &str) -> Result<Vec<SocketAddr>, NoAddress> {
        let found = self.names.look_up(host).await.map_err(NoAddress::Unknown)?;
        if found.is_empty() {
            return Err(NoAddress::Unknown(io::ErrorKind::NotFound.into()));
        }
        for address in &found {
            if !self.exempt.contains(address) {
                allow(address.ip())?;
            }
        }
        Ok(found)
    }
}

impl Resolve for GuardedNames {
    fn resolve(&self, name: Name) -> Resolving {
        let this = self.clone();
        Box::pin(async move {
            let found = this.addresses(name.as_str()).await?;
            Ok(Box::new(found.into_iter()) as Addrs)
        })
    }
}

fn allow(ip: IpAddr) -> Result<(), Blocked> {
    if is_public(ip) && !is_this_machine(ip) {
        Ok(())
    } else {
        Err(Blocked(ip))
    }
}

/// Whether a public address is one of this machine's own. Connecting a UDP socket sends nothing; the system only chooses from which
/// address it would speak, and to itself it speaks from the very same.
fn is_this_machine(ip: IpAddr) -> bool {
    let any: SocketAddr = match ip {
        IpAddr::V4(_) => ([0, 0, 0, 0], 0).into(),
        IpAddr::V6(_) => ([0_u16; 8], 0).into(),
    };
    let spoken_from = || -> io::Result<IpAddr> {
        let socket = UdpSocket::bind(any)?;
        socket.connect((ip, 9))?;
        Ok(socket.local_addr()?.ip())
    };
    // no route to it: then it is not ours, and dialling fails by itself
    spoken_from().is_ok_and(|from| from == ip)
}

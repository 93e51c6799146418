//! What the simulator is started with.

use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::sync::Arc;

use super::certificates::KeySource;
use super::faults::Rule;
use super::merchant::Merchant;
use super::render::Variety;

/// Where the simulator gets its time: milliseconds since 1970.
pub type Now = Arc<dyn Fn() -> i64 + Send + Sync>;

/// What the simulator is started with.
#[derive(Clone)]
pub struct Settings {
    /// Where the TLS server listens; port 0 takes a free one.
    pub address: SocketAddr,
    /// Where the control port listens, if at all; loopback only.
    pub control: Option<SocketAddr>,
    /// The seed of everything left to chance.
    pub seed: u64,
    /// How much answers vary.
    pub variety: Variety,
    /// The time.
    pub now: Now,
    /// Where certificate keys come from.
    pub keys: KeySource,
    /// Merchants registered at the start.
    pub merchants: Vec<Merchant>,
    /// Rules in force at the start.
    pub faults: Vec<Rule>,
}

impl Settings {
    /// A free port of 127.0.0.1, no control port, seed 0, generated keys, nobody registered.
    pub fn new(now: Now) -> Self {
        Self {
            address: SocketAddr::new(IpAddr::V4(Ipv4Addr::LOCALHOST), 0),
            control: None,
            seed: 0,
            variety: Variety::Seeded,
            now,
            keys: KeySource::Generated,
            merchants: Vec::new(),
            faults: Vec::new(),
        }
    }
}

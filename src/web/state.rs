//! What every handler may use.

use std::sync::Arc;

use ipnet::IpNet;
use tokio::sync::Semaphore;
use url::Url;

use super::admin::home::RememberedBalances;
use super::hashing::Hashing;
use super::throttle::AddressThrottle;
use crate::basics::{Clock, Randomness};
use crate::courier::Courier;
use crate::db::Database;
use crate::engine::Engine;
use crate::vault::Vault;
use crate::web::storefront::UnderWay;
use crate::web::turns::Turns;

/// How many uploaded certificates are read at once: a p12 may take a core for a second.
const READINGS_AT_ONCE: usize = 2;

/// How many uploads a tenant may make in a minute. A person who tries one file after the other makes fewer.
const UPLOADS_A_MINUTE: u32 = 30;

/// How many checks a tenant may make in a minute; each asks WeChat Pay once.
const CHECKS_A_MINUTE: u32 = 30;

/// The web server's share of the process. Clones share it.
#[derive(Clone)]
pub struct State {
    /// The database.
    pub database: Database,
    /// The vault; doors hand it to verbs and do not open anything themselves.
    pub vault: Vault,
    /// The present.
    pub clock: Arc<dyn Clock>,
    /// Randomness for tokens.
    pub random: Arc<dyn Randomness>,
    /// The engine, to wake it and for 一键检测.
    pub engine: Arc<Engine>,
    /// The courier, to check an address.
    pub courier: Arc<Courier>,
    /// How browsers reach this server.
    pub public_url: Arc<Url>,
    /// The key that cursors of lists are authenticated with.
    pub cursor_key: Arc<[u8; 32]>,
    /// The key that forms' tokens are made with.
    pub form_key: Arc<[u8; 32]>,
    /// `/metrics` is served on a listener of its own.
    pub metrics_elsewhere: bool,
    /// Bounds the password hashes that are computed at once.
    pub(in crate::web) hashing: Hashing,
    /// Bounds how often one network address may try to sign in.
    pub(in crate::web) sign_in_throttle: Arc<AddressThrottle>,
    /// The proxies in front of this server.
    pub trusted_proxies: Arc<[IpNet]>,
    /// The calls with an `Idempotency-Key` that are at work.
    pub(in crate::web) under_way: UnderWay,
    /// Bounds the uploaded certificates that are read at once.
    pub reading: Arc<Semaphore>,
    /// Bounds each tenant's uploads.
    pub(super) uploads: Arc<Turns>,
    /// Bounds each tenant's checks.
    pub(super) checks: Arc<Turns>,
    /// The sums of the shops that were looked at lately.
    pub(in crate::web) balances: RememberedBalances,
}

impl State {
    /// Puts the share together.
    pub fn new(
        database: Database,
        vault: Vault,
        clock: Arc<dyn Clock>,
        random: Arc<dyn Randomness>,
        engine: Arc<Engine>,
        courier: Arc<Courier>,
        public_url: Url,
        trusted_proxies: Vec<IpNet>,
        metrics_elsewhere: bool,
    ) -> Self {
        let cursor_key = Arc::new(vault.derive_key("list cursors v1"));
        let form_key = Arc::new(vault.derive_key("form tokens v1"));
        Self {
            database,
            vault,
            clock,
            random,
            engine,
            courier,
            public_url: Arc::new(public_url),
            cursor_key,
            form_key,
            metrics_elsewhere,
            hashing: Hashing::new(),
            sign_in_throttle: Arc::new(AddressThrottle::new()),
            trusted_proxies: trusted_proxies.into(),
            under_way: UnderWay::default(),
            reading: Arc::new(Semaphore::new(READINGS_AT_ONCE)),
            uploads: Arc::new(Turns::a_minute(UPLOADS_A_MINUTE)),
            checks: Arc::new(Turns::a_minute(CHECKS_A_MINUTE)),
            balances: RememberedBalances::new(),
        }
    }

    /// Whether browsers reach this server by https.
    pub fn is_secure(&self) -> bool {
        self.public_url.scheme() == "https"
    }
}

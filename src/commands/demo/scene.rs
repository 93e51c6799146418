//! The stage: simulator, database, vault, engine, and two shops.

use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use super::past::DemoClock;
use super::shop::{self, Shop};
use crate::app::{Ground, Schema};
use crate::basics::Clock as _;
use crate::commands::output::Refused;
use crate::config::Settings;
use crate::engine::Engine;
use crate::simulator::{self, Simulator};
use crate::wire::loopback::Loopback;

/// Everything that the demo plays with.
pub(super) struct Scene {
    pub(super) ground: Ground,
    pub(super) engine: Arc<Engine>,
    pub(super) simulator: Simulator,
    pub(super) clock: Arc<DemoClock>,
    pub(super) shops: Vec<Shop>,
    pub(super) http: Loopback,
    pub(super) base: String,
}

impl Scene {
    /// Sets the stage in a fresh directory, for a web server at this address, with a clock that is so far behind.
    pub(super) async fn open(
        directory: &Path,
        web: SocketAddr,
        behind: Duration,
    ) -> Result<Self, Refused> {
        let clock = Arc::new(DemoClock::default());
        clock.set_behind(behind);
        let of_simulator = clock.clone();
        let simulator = simulator::start(simulator::Settings::new(Arc::new(move || {
            of_simulator.now().as_millis()
        })))
        .await
        .map_err(|error| Refused(format!("the simulator does not start: {error}")))?;
        let ca_file = directory.join("wechat-ca.pem");
        std::fs::write(&ca_file, simulator.ca_pem()).map_err(|error| {
            Refused(format!("{} cannot be written: {error}", ca_file.display()))
        })?;
        let base = format!("http://{web}");
        let settings = settings(directory, &base, simulator.base_url(), &ca_file)?;
        let mut ground =
            Ground::open(settings, Schema::Migrate).map_err(|fault| Refused::because(&fault))?;
        ground.clock = clock.clone();
        let engine = ground.engine().map_err(|fault| Refused::because(&fault))?;
        let http = Loopback::new(&base).map_err(|fault| Refused::because(&fault))?;
        let mut shops = Vec::new();
        for plan in shop::PLANS {
            shops.push(shop::open(&ground, &simulator, plan, directory)?);
        }
        Ok(Self {
            ground,
            engine,
            simulator,
            clock,
            shops,
            http,
            base,
        })
    }
}

/// The settings of the demo: its own files, the simulator, and paces at which one can watch.
fn settings(
    directory: &Path,
    public_url: &str,
    wechat: &str,
    ca_file: &Path,
) -> Result<Settings, Refused> {
    let file = |name: &str| directory.join(name).display().to_string();
    let variables: BTreeMap<String, String> = [
        ("DATABASE_URL", format!("sqlite://{}", file("zhanfu.db"))),
        ("MASTER_KEY_FILE", file("master.key")),
        ("PUBLIC_URL", public_url.to_owned()),
        ("WECHAT_BASE_URL", wechat.to_owned()),
        ("WECHAT_CA_FILE", ca_file.display().to_string()),
        ("WECHAT_TIMEOUT", "2s".to_owned()),
        ("RETRY_MIN", "1s".to_owned()),
        ("RETRY_MAX", "10s".to_owned()),
        ("CONFIRM_AFTER", "2s".to_owned()),
        ("LEASE", "15s".to_owned()),
    ]
    .into_iter()
    .map(|(name, value)| (format!("ZHANFU_{name}"), value))
    .collect();
    Settings::from_variables(&variables).map_err(|fault| Refused::because(&fault))
}

//! What every section stands on: a directory, a runtime, and WeChat Pay simulated in this process.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use tokio::runtime::Runtime;
use zhanfu::app::{Ground, Schema};
use zhanfu::basics::Clock as _;
use zhanfu::basics::clock::SystemClock;
use zhanfu::config::Settings;
use zhanfu::simulator::{self, KeySource, Simulator};

use crate::{Args, Res};

/// The rig. Its directory goes with it, unless it is to be kept.
pub(crate) struct Rig {
    pub(crate) directory: PathBuf,
    pub(crate) runtime: Runtime,
    pub(crate) simulator: Simulator,
    pub(crate) ca_file: PathBuf,
    keep: bool,
}

impl Rig {
    pub(crate) fn open(args: &Args) -> Res<Self> {
        let now = SystemClock.now().as_millis();
        let directory = args.directory.join(format!("zhanfu-bench-{now}"));
        std::fs::create_dir_all(&directory)?;
        let runtime = tokio::runtime::Builder::new_multi_thread()
            .worker_threads(2)
            .enable_all()
            .build()?;
        let mut settings = simulator::Settings::new(Arc::new(|| SystemClock.now().as_millis()));
        settings.keys = KeySource::WellKnown;
        let simulator = runtime.block_on(simulator::start(settings))?;
        let ca_file = directory.join("wechat-ca.pem");
        std::fs::write(&ca_file, simulator.ca_pem())?;
        Ok(Self {
            directory,
            runtime,
            simulator,
            ca_file,
            keep: args.keep,
        })
    }

    /// The variables of a service on this database.
    pub(crate) fn variables(&self, database_url: &str) -> BTreeMap<String, String> {
        let path = |path: &Path| path.display().to_string();
        [
            ("DATABASE_URL", database_url.to_owned()),
            ("MASTER_KEY_FILE", path(&self.directory.join("master.key"))),
            ("WECHAT_BASE_URL", self.simulator.base_url().to_owned()),
            ("WECHAT_CA_FILE", path(&self.ca_file)),
            // the simulator takes what it gets; what WeChat documents would be the figure
            ("WECHAT_SUBMISSION_RATE", "100000".to_owned()),
        ]
        .into_iter()
        .map(|(name, value)| (format!("ZHANFU_{name}"), value))
        .collect()
    }

    /// The ground that the service will stand on, for setting it up.
    pub(crate) fn ground(&self, database_url: &str) -> Res<Ground> {
        let settings = Settings::from_variables(&self.variables(database_url))?;
        Ok(Ground::open(settings, Schema::Migrate)?)
    }

    /// The address of a new SQLite file.
    pub(crate) fn sqlite_url(&self, name: &str) -> String {
        format!("sqlite://{}", self.directory.join(name).display())
    }
}

impl Drop for Rig {
    fn drop(&mut self) {
        if self.keep {
            println!("files are in {}", self.directory.display());
        } else if let Err(error) = std::fs::remove_dir_all(&self.directory) {
            eprintln!("{} stays: {error}", self.directory.display());
        }
    }
}

//! The house: everything that a test needs, in one process, on loopback.

use std::collections::BTreeMap;
use std::net::TcpListener;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use actix_web::middleware::from_fn;
use actix_web::{App, HttpServer};
use reqwest::Method;
use zhanfu::app::Ground;
use zhanfu::basics::clock::ManualClock;
use zhanfu::basics::randomness::OsRandomness;
use zhanfu::basics::{Clock as _, Timestamp};
use zhanfu::config::Settings;
use zhanfu::courier::Courier;
use zhanfu::db::{DatabaseUrl, Saboteur};
use zhanfu::engine::Engine;
use zhanfu::simulator::{self, KeySource, Simulator};
use zhanfu::vault::Vault;

use super::database::{On, fresh_directory, fresh_url, open, remove};
use super::{Answer, Outside, Shop, conscience};

/// 2026-11-23, noon in Shanghai.
pub const NOON: Timestamp = Timestamp::from_seconds(1_795_406_400);

pub struct House {
    pub on: On,
    pub clock: Arc<ManualClock>,
    pub ground: Ground,
    pub engine: Arc<Engine>,
    pub courier: Arc<Courier>,
    /// Tenants' own servers.
    pub outside: Arc<Outside>,
    pub simulator: Simulator,
    pub directory: PathBuf,
    pub base: String,
    pub http: reqwest::Client,
    url: DatabaseUrl,
    server: actix_web::dev::ServerHandle,
}

/// What is different about a house.
#[derive(Default)]
pub struct Plan {
    /// Settings without their prefix; they win over the house's own.
    pub settings: Vec<(&'static str, String)>,
    /// Somebody who strikes its transactions.
    pub saboteur: Option<Arc<dyn Saboteur>>,
}

impl House {
    pub async fn open(on: On) -> Self {
        Self::built(on, Plan::default()).await
    }

    /// A house with something different about it.
    pub async fn built(on: On, plan: Plan) -> Self {
        let directory = fresh_directory();
        let url = fresh_url(on, &directory);
        let clock = Arc::new(ManualClock::at(NOON));
        let simulator = start_simulator(clock.clone()).await;
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let base = format!("http://{}", listener.local_addr().unwrap());
        let ca_file = directory.join("ca.pem");
        std::fs::write(&ca_file, simulator.ca_pem()).unwrap();
        let database_url = match &url {
            DatabaseUrl::Sqlite(path) => format!("sqlite://{}", path.display()),
            DatabaseUrl::Postgres(address) => address.expose().clone(),
        };
        let key_file = directory.join("master.key");
        let (key_file, ca_file) = (key_file.to_string_lossy(), ca_file.to_string_lossy());
        let mut variables: Vec<(&str, &str)> = vec![
            ("DATABASE_URL", &database_url),
            ("PUBLIC_URL", &base),
            // each visitor says by X-Forwarded-For where they are
            ("TRUSTED_PROXIES", "127.0.0.1"),
            ("MASTER_KEY_FILE", &key_file),
            ("WECHAT_BASE_URL", simulator.base_url()),
            ("WECHAT_CA_FILE", &ca_file),
            ("WECHAT_TIMEOUT", "5s"),
        ];
        let wanted = plan.settings.iter();
        variables.extend(wanted.map(|(name, value)| (*name, value.as_str())));
        let settings = settings(&variables);
        let database = match plan.saboteur {
            None => open(&url),
            Some(saboteur) => open(&url).sabotaged_by(saboteur),
        };
        let random = Arc::new(OsRandomness);
        let vault = Vault::start(
            &database,
            &settings.master_key_file,
            random.clone(),
            clock.now(),
        )
        .unwrap();
        let ground = Ground {
            settings,
            database,
            vault,
            clock: clock.clone(),
            random,
        };
        let engine = ground.engine().unwrap();
        let outside = Outside::new();
        let courier = ground.courier_over(outside.clone());
        let server = serve(listener, &ground, engine.clone(), courier.clone());
        let http = http_client();
        Self {
            on,
            clock,
            ground,
            engine,
            courier,
            outside,
            simulator,
            directory,
            base,
            http,
            url,
            server,
        }
    }

    /// A shop that is ready to pay, with 1,000,000 yuan at WeChat Pay.
    pub fn shop(&self, slug: &str) -> Shop {
        Shop::open(self, slug, true)
    }

    /// A shop whose settings are empty.
    pub fn empty_shop(&self, slug: &str) -> Shop {
        Shop::open(self, slug, false)
    }

    /// Lets the engine do all that is due now.
    pub async fn run(&self) {
        for _ in 0..1_000 {
            let stepped = self.engine.step().await.unwrap();
            if stepped.called == 0 && stepped.put_aside == 0 {
                return;
            }
        }
        panic!("the engine does not come to rest");
    }

    /// Moves the clock and lets the engine do all that is due then.
    pub async fn after(&self, time: Duration) {
        self.clock.advance(time);
        self.run().await;
    }

    /// Lets the courier send all webhooks that are due now, and gives how many it tried.
    pub async fn deliver(&self) -> usize {
        let mut tried = 0;
        for _ in 0..10_000 {
            match self.courier.step().await.unwrap().tried {
                0 => return tried,
                some => tried += some,
            }
        }
        panic!("the courier does not come to rest");
    }

    /// A request without any key.
    pub async fn get(&self, path: &str) -> Answer {
        Answer::of(self.request(Method::GET, path)).await
    }

    /// A request that a test makes up itself.
    pub fn request(&self, method: Method, path: &str) -> reqwest::RequestBuilder {
        self.http.request(method, format!("{}{path}", self.base))
    }

    /// Where it listens, for tests that write their own bytes.
    pub fn address(&self) -> &str {
        self.base.trim_start_matches("http://")
    }

    /// The same house after its process died and another one started: new connections, new memory, another address.
    pub fn restarted(&self) -> (String, actix_web::dev::ServerHandle) {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let base = format!("http://{}", listener.local_addr().unwrap());
        let database = open(&self.url);
        let vault = Vault::start(
            &database,
            &self.ground.settings.master_key_file,
            self.ground.random.clone(),
            self.clock.now(),
        )
        .unwrap();
        let ground = Ground {
            settings: self.ground.settings.clone(),
            database,
            vault,
            clock: self.clock.clone(),
            random: self.ground.random.clone(),
        };
        let courier = ground.courier_over(self.outside.clone());
        let server = serve(listener, &ground, ground.engine().unwrap(), courier);
        (base, server)
    }

    /// Checks the laws, and cleans up.
    pub async fn conscience(self) {
        self.server.stop(false).await;
        conscience::examine(&self);
        let Self {
            ground,
            engine,
            courier,
            url,
            directory,
            ..
        } = self;
        drop((ground, engine, courier));
        remove(&url);
        std::fs::remove_dir_all(directory).unwrap();
    }
}

/// Settings with these variables, all others by default.
pub fn settings(variables: &[(&str, &str)]) -> Settings {
    let variables: BTreeMap<String, String> = variables
        .iter()
        .map(|(name, value)| (format!("ZHANFU_{name}"), (*value).to_owned()))
        .collect();
    Settings::from_variables(&variables).unwrap()
}

pub async fn start_simulator(clock: Arc<ManualClock>) -> Simulator {
    let mut settings = simulator::Settings::new(Arc::new(move || clock.now().as_millis()));
    settings.keys = KeySource::WellKnown;
    simulator::start(settings).await.unwrap()
}

pub fn http_client() -> reqwest::Client {
    // HTTP only; the client wants a provider all the same
    let _another_test_was_first = rustls::crypto::ring::default_provider().install_default();
    #[expect(clippy::disallowed_methods, reason = "the test's own client")]
    let builder = reqwest::Client::builder();
    builder
        .no_proxy()
        .redirect(reqwest::redirect::Policy::none())
        .build()
        .unwrap()
}

fn serve(
    listener: TcpListener,
    ground: &Ground,
    engine: Arc<Engine>,
    courier: Arc<Courier>,
) -> actix_web::dev::ServerHandle {
    let state = ground.web_state(engine, courier);
    let server = HttpServer::new(move || {
        let state = state.clone();
        App::new()
            .app_data(actix_web::web::Data::new(state.clone()))
            .wrap(from_fn(zhanfu::web::request_scope))
            .configure(move |config| zhanfu::web::configure(config, state))
    })
    .workers(1)
    .disable_signals()
    .listen(listener)
    .unwrap()
    .run();
    let handle = server.handle();
    tokio::spawn(server);
    handle
}

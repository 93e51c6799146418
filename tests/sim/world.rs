//! The world of one run: a database, WeChat Pay, some shops, and engines that come and go.

use std::path::PathBuf;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use zhanfu::audit::{Actor, By};
use zhanfu::basics::clock::{Clock, ManualClock};
use zhanfu::basics::ids::fresh;
use zhanfu::basics::{
    ApiKey, ApiKeyId, AppId, CommissionId, EmailAddress, Fen, MerchantNumber, OpenId, PayoutId,
    PersonId, RecipientId, TenantId, TenantSlug, Timestamp,
};
use zhanfu::channels::certificate::{self, UploadedFile};
use zhanfu::channels::{self, SettingsChange};
use zhanfu::commissions::{self, NewCommission};
use zhanfu::db::{
    Database, DatabaseClock, DatabaseUrl, DbFault, Point, Saboteur, Scope, Strike, Tx,
};
use zhanfu::engine::{BeatMemory, Ceilings, Engine, InMemory, Paces, Parts};
use zhanfu::limits;
use zhanfu::people::{self, Password, Role};
use zhanfu::rails::wechat_v2::WechatV2;
use zhanfu::recipients::{self, NewRecipient};
use zhanfu::simulator::{Gateway, Merchant, Variety};
use zhanfu::tenants::{self, NewTenant, TenantName};
use zhanfu::vault::Vault;

use super::chance::Chance;
use super::database::{self, On};
use super::remote::SimRemote;

/// 2026-11-23, ten in the evening in Shanghai: midnight is near.
pub(crate) const EVENING: Timestamp = Timestamp::from_seconds(1_795_442_400);

pub(crate) const API_KEY: &str = "192006250b4c09247ec02edce69f6a2d";

/// A certificate for whoever needs one; its owner is not looked at here.
const CERTIFICATE: &[u8] =
    include_bytes!("../../src/channels/certificate/fixtures/apiclient_cert.pem");
const KEY: &[u8] = include_bytes!("../../src/channels/certificate/fixtures/apiclient_key.pem");
const CERTIFIED: &str = "1900000109";

pub(crate) struct Shop {
    pub tenant: TenantId,
    pub mchid: String,
    pub app_id: String,
    pub recipients: Vec<RecipientId>,
    pub people: Vec<By>,
}

/// A process with an engine: its own view of the database, which can be struck.
pub(crate) struct Process {
    pub engine: Engine,
    pub striker: Arc<Striker>,
    pub machine: Arc<Machine>,
    /// The database's time, as this machine carries it on.
    pub clock: Arc<DatabaseClock>,
}

/// A machine whose wall clock is wrong, and is set by somebody now and then. Only its monotonic clock runs as it should.
pub(crate) struct Machine {
    truth: Arc<ManualClock>,
    wrong_by_millis: Mutex<i64>,
}

impl Machine {
    /// Somebody sets the machine's clock, to another wrong time.
    pub(crate) fn step(&self, wrong_by_millis: i64) {
        *self.wrong_by_millis.lock().unwrap() = wrong_by_millis;
    }
}

impl Clock for Machine {
    fn now(&self) -> Timestamp {
        let wrong_by = *self.wrong_by_millis.lock().unwrap();
        Timestamp::from_millis(self.truth.now().as_millis() + wrong_by)
    }

    fn monotonic(&self) -> Duration {
        self.truth.monotonic()
    }
}

/// Strikes a process's transactions.
pub(crate) struct Striker {
    chance: Chance,
    permille: Mutex<u32>,
    dead: Mutex<bool>,
    /// When set, the process dies at this point of its life.
    cut_at: Mutex<Option<u64>>,
    points: Mutex<u64>,
}

impl Striker {
    pub(crate) fn new(chance: Chance, permille: u32) -> Arc<Self> {
        Arc::new(Self {
            chance,
            permille: Mutex::new(permille),
            dead: Mutex::new(false),
            cut_at: Mutex::new(None),
            points: Mutex::new(0),
        })
    }

    pub(crate) fn heal(&self) {
        *self.permille.lock().unwrap() = 0;
    }

    pub(crate) fn cut_at(&self, point: u64) {
        *self.cut_at.lock().unwrap() = Some(point);
    }

    pub(crate) fn points(&self) -> u64 {
        *self.points.lock().unwrap()
    }

    pub(crate) fn is_dead(&self) -> bool {
        *self.dead.lock().unwrap()
    }

    /// One more point of the process's life. True when it is its last.
    pub(crate) fn pass(&self) -> bool {
        let mut points = self.points.lock().unwrap();
        *points += 1;
        if *self.cut_at.lock().unwrap() == Some(*points) {
            *self.dead.lock().unwrap() = true;
        }
        self.is_dead()
    }
}

impl Saboteur for Striker {
    fn strike(&self, _: &'static str, _: Point) -> Option<Strike> {
        if self.is_dead() || self.pass() {
            return Some(Strike::Dead);
        }
        if !self.chance.permille(*self.permille.lock().unwrap()) {
            return None;
        }
        Some(if self.chance.permille(500) {
            Strike::Busy
        } else {
            Strike::Dead
        })
    }
}

pub(crate) struct World {
    pub clock: Arc<ManualClock>,
    pub database: Database,
    pub gateway: Arc<Gateway>,
    pub remote: Arc<SimRemote>,
    pub shops: Vec<Shop>,
    pub chance: Chance,
    pub paces: Paces,
    /// What the machines remember of the heartbeat, outside of the database.
    pub memory: Arc<InMemory>,
    vault: Vault,
    on: On,
    url: DatabaseUrl,
    backup: Option<Backup>,
    directory: PathBuf,
    numbers: Mutex<u64>,
}

/// A copy of the database, and the beat up to which it knows.
struct Backup {
    url: DatabaseUrl,
    beat: Option<i64>,
}

impl World {
    pub(crate) fn open(on: On, seed: u64, shops: usize) -> Self {
        let chance = Chance::of(seed);
        let clock = Arc::new(ManualClock::at(EVENING));
        let directory = database::fresh_directory();
        let url = database::fresh_url(on, &directory);
        let database =
            database::open_with(&url, Arc::new(chance.fork())).keeping_time(clock.clone());
        let key_file = directory.join("master.key");
        let vault =
            Vault::start(&database, &key_file, Arc::new(chance.fork()), clock.now()).unwrap();
        let gateway = Arc::new(Gateway::new(seed, Variety::Seeded));
        let remote = Arc::new(SimRemote::new(
            gateway.clone(),
            clock.clone(),
            chance.fork(),
            database.clone(),
        ));
        let paces = Paces {
            retry_min: Duration::from_secs(15),
            retry_max: Duration::from_mins(30),
            confirm_after: Duration::from_mins(5),
            lease: Duration::from_mins(1),
            call_timeout: Duration::from_secs(10),
            ceilings: Ceilings::DOCUMENTED,
        };
        let mut world = Self {
            clock,
            database,
            gateway,
            remote,
            shops: Vec::new(),
            chance,
            paces,
            memory: Arc::new(InMemory::default()),
            vault,
            on,
            url,
            backup: None,
            directory,
            numbers: Mutex::new(0),
        };
        for number in 0..shops {
            let shop = world.make_shop(number);
            world.shops.push(shop);
        }
        world
    }

    pub(crate) fn close(self) {
        let Self {
            database,
            remote,
            vault,
            url,
            backup,
            directory,
            ..
        } = self;
        drop((database, remote, vault));
        database::remove(&url);
        if let Some(backup) = backup {
            database::remove(&backup.url);
        }
        std::fs::remove_dir_all(directory).unwrap();
    }

    pub(crate) fn now(&self) -> Timestamp {
        self.clock.now()
    }

    /// Makes a backup. No process may be running.
    pub(crate) fn back_up(&mut self) {
        self.disconnect();
        let url = database::copy(self.on, &self.url, &self.directory.join("backup"));
        if let Some(old) = self.backup.take() {
            database::remove(&old.url);
        }
        let beat = self.memory.last().map(|beat| beat.number);
        self.backup = Some(Backup { url, beat });
        self.connect();
    }

    /// Whether there is a backup that an engine has beaten since.
    pub(crate) fn has_old_backup(&self) -> bool {
        let now = self.memory.last().map(|beat| beat.number);
        self.backup.as_ref().is_some_and(|backup| backup.beat < now)
    }

    /// Puts the backup back. No process may be running. What WeChat Pay knows stays as it is.
    pub(crate) fn put_back(&mut self) {
        let Some(backup) = self.backup.take() else {
            return;
        };
        self.disconnect();
        database::remove(&self.url);
        self.url = backup.url;
        self.connect();
        self.remote.forget_bodies();
    }

    /// Lets go of every connection.
    fn disconnect(&mut self) {
        let nothing = DatabaseUrl::Sqlite(self.directory.join("nothing.db"));
        self.use_database(&nothing);
    }

    fn connect(&mut self) {
        let url = self.url.clone();
        self.use_database(&url);
        // a new process opens the vault anew: the keys that it knew may not be in this database
        let key_file = self.directory.join("master.key");
        let random = Arc::new(self.chance.fork());
        self.vault = Vault::start(&self.database, &key_file, random, self.clock.now()).unwrap();
    }

    fn use_database(&mut self, url: &DatabaseUrl) {
        let random = Arc::new(self.chance.fork());
        self.database = database::open_with(url, random).keeping_time(self.clock.clone());
        self.remote.set_witness(self.database.clone());
    }

    /// Starts a process, on a machine whose wall clock is up to five minutes wrong.
    pub(crate) fn process(&self, permille: u32) -> Process {
        let striker = Striker::new(self.chance.fork(), permille);
        let machine = Arc::new(Machine {
            truth: self.clock.clone(),
            wrong_by_millis: Mutex::new(self.chance.either_way(300_000)),
        });
        let clock = Arc::new(DatabaseClock::set_by(&self.database, machine.clone()).unwrap());
        let engine = Engine::new(Parts {
            database: self.database.clone().sabotaged_by(striker.clone()),
            vault: self.vault.clone(),
            clock: clock.clone(),
            random: Arc::new(self.chance.fork()),
            rail: Arc::new(WechatV2::new(self.remote.clone())),
            paces: self.paces,
            concurrency: 16,
        });
        engine.remember_beats(self.memory.clone());
        Process {
            engine,
            striker,
            machine,
            clock,
        }
    }

    /// Runs a body in a transaction that must not meet a fault of the machine.
    pub(crate) fn in_tx<T>(&self, mut body: impl FnMut(&mut Tx<'_>) -> T) -> T {
        self.database
            .write_blocking("world", Scope::AcrossTenants, |tx| {
                Ok::<_, DbFault>(body(tx))
            })
            .unwrap()
    }

    fn make_shop(&self, number: usize) -> Shop {
        let mchid = format!("19000001{number:02}");
        let app_id = format!("wxd930ea5d5a258f{number:02x}");
        let merchant = Merchant::new(&mchid, &app_id, API_KEY);
        self.gateway.add_merchant(merchant).unwrap();
        let now = self.now();
        let by = By::COMMAND_LINE;
        let new = NewTenant {
            slug: TenantSlug::parse(&format!("shop-{number}")).unwrap(),
            name: TenantName::parse("店").unwrap(),
        };
        let tenant = self.in_tx(|tx| {
            let id = tenants::create(tx, &new, &by, now).unwrap();
            limits::insert_defaults(tx, id).unwrap();
            channels::open_channel(tx, id, &by, now).unwrap();
            id
        });
        let people = (0..2)
            .map(|person| self.make_person(tenant, number, person))
            .collect();
        let shop = Shop {
            tenant,
            mchid,
            app_id,
            recipients: Vec::new(),
            people,
        };
        self.configure(&shop, API_KEY);
        let recipients = (0..4)
            .map(|person| self.make_recipient(&shop, person))
            .collect();
        Shop { recipients, ..shop }
    }

    fn make_person(&self, tenant: TenantId, shop: usize, number: usize) -> By {
        let email = EmailAddress::parse(&format!("p{number}@s{shop}.example.com")).unwrap();
        let now = self.now();
        self.in_tx(|tx| {
            // one hash for all: nobody signs in here
            let hash = cheap_hash();
            let member = people::add_member(
                tx,
                tenant,
                &email,
                &hash,
                Role::Owner,
                &By::COMMAND_LINE,
                now,
            )
            .unwrap();
            let person: PersonId = people::find_candidate(tx, &email, None)
                .unwrap()
                .unwrap()
                .person;
            By {
                actor: Actor::Member { person, member },
                name: email.to_string(),
                request: None,
            }
        })
    }

    fn make_recipient(&self, shop: &Shop, number: usize) -> RecipientId {
        let id = RecipientId::parse(&format!("u{number}")).unwrap();
        let new = NewRecipient {
            id: id.clone(),
            openid: OpenId::parse(&format!("o-{}-{number}", shop.mchid)).unwrap(),
            real_name: None,
        };
        let now = self.now();
        self.in_tx(|tx| {
            recipients::put(tx, &self.vault, shop.tenant, &new, &By::COMMAND_LINE, now).unwrap();
        });
        id
    }

    /// Saves the settings of a shop, perhaps with a wrong key.
    pub(crate) fn configure(&self, shop: &Shop, api_key: &str) {
        self.configure_as(shop, &shop.mchid, &shop.app_id, api_key);
    }

    /// Saves settings for another merchant number or AppID than the shop's own.
    pub(crate) fn configure_as(&self, shop: &Shop, mchid: &str, app_id: &str, api_key: &str) {
        let number = MerchantNumber::parse(CERTIFIED).unwrap();
        let files = [
            UploadedFile {
                name: "apiclient_cert.pem",
                bytes: CERTIFICATE,
            },
            UploadedFile {
                name: "apiclient_key.pem",
                bytes: KEY,
            },
        ];
        let now = self.now();
        let mut identity = certificate::read(&files, &number, now).unwrap();
        mchid.clone_into(&mut identity.facts.merchant_number);
        let change = SettingsChange {
            app_id: Some(AppId::parse(app_id).unwrap()),
            merchant_number: Some(MerchantNumber::parse(mchid).unwrap()),
            api_key: Some(ApiKey::parse(api_key).unwrap()),
            certificate: Some(identity),
            ..SettingsChange::default()
        };
        self.in_tx(|tx| {
            let by = By::COMMAND_LINE;
            channels::save(tx, &self.vault, shop.tenant, &change, &by, now).unwrap();
            zhanfu::engine::settings_mended(tx, shop.tenant, &by, now).unwrap();
        });
    }

    pub(crate) fn earn(&self, shop: &Shop, recipient: &RecipientId, amount: Fen) {
        let now = self.now();
        let new = NewCommission {
            id: CommissionId::parse(&format!("c{}", self.number())).unwrap(),
            recipient: recipient.clone(),
            amount,
            order_no: None,
            description: None,
            available_at: None,
        };
        self.in_tx(|tx| {
            commissions::earn(tx, shop.tenant, &new, &storefront(), now).unwrap();
        });
    }

    pub(crate) fn number(&self) -> u64 {
        let mut number = self.numbers.lock().unwrap();
        *number += 1;
        *number
    }

    /// The fence of a payout, as the database has it.
    pub(crate) fn fence(&self, payout: PayoutId) -> i64 {
        self.shops
            .iter()
            .find_map(|shop| {
                self.in_tx(|tx| zhanfu::payouts::find(tx, shop.tenant, payout).unwrap())
            })
            .map(|payout| payout.work.fence)
            .unwrap()
    }
}

pub(crate) fn storefront() -> By {
    let key: ApiKeyId = fresh(EVENING, &zhanfu::basics::randomness::OsRandomness);
    By {
        actor: Actor::Storefront(key),
        name: "shop".to_owned(),
        request: None,
    }
}

fn cheap_hash() -> zhanfu::people::PasswordHash {
    use std::sync::OnceLock;
    static HASH: OnceLock<zhanfu::people::PasswordHash> = OnceLock::new();
    HASH.get_or_init(|| {
        Password::chosen("correct horse battery", &[])
            .unwrap()
            .hash(&zhanfu::basics::randomness::OsRandomness)
    })
    .clone()
}

//! The remote side: WeChat Pay's simulator without sockets, behind a network that loses, doubles and delays.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use sha2::{Digest as _, Sha256};
use zhanfu::basics::Clock;
use zhanfu::basics::clock::ManualClock;
use zhanfu::db::{Database, DbFault, Scope, sql};
use zhanfu::simulator::{Arrival, CertificateInfo, Delivery, Gateway, Pace};
use zhanfu::wire::{BoxFuture, MaybeSent, NeverSent, Remote, Request, Response, WireFault};

use super::chance::Chance;
use super::world::Striker;

/// How bad the network is, in thousandths of the calls.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Network {
    pub never_sent: u32,
    pub lost_request: u32,
    pub lost_answer: u32,
    pub doubled: u32,
    pub late: u32,
}

#[derive(diesel::QueryableByName)]
struct Count {
    #[diesel(sql_type = diesel::sql_types::BigInt)]
    n: i64,
}

/// A request that the network still has, long after its sender gave up.
struct Wandering {
    arrives_at: i64,
    path: String,
    body: Vec<u8>,
}

pub(crate) struct SimRemote {
    pub gateway: Arc<Gateway>,
    clock: Arc<ManualClock>,
    chance: Chance,
    network: Mutex<Network>,
    wandering: Mutex<Vec<Wandering>>,
    /// Where the law is looked up that what is sent was written down before.
    witness: Mutex<Database>,
    /// The process whose life a call is part of, when it is to die in one.
    mortal: Mutex<Option<Arc<Striker>>>,
    /// Bodies of submissions by number, without their signature: they may never differ.
    bodies: Mutex<BTreeMap<String, String>>,
}

impl SimRemote {
    pub(crate) fn new(
        gateway: Arc<Gateway>,
        clock: Arc<ManualClock>,
        chance: Chance,
        witness: Database,
    ) -> Self {
        Self {
            gateway,
            clock,
            chance,
            network: Mutex::new(Network::default()),
            wandering: Mutex::new(Vec::new()),
            witness: Mutex::new(witness),
            mortal: Mutex::new(None),
            bodies: Mutex::new(BTreeMap::new()),
        }
    }

    /// Another database is looked into from now on.
    pub(crate) fn set_witness(&self, witness: Database) {
        *self.witness.lock().unwrap() = witness;
    }

    /// An older database was put back: it has lost bytes that were sent, and writes others for the same number.
    pub(crate) fn forget_bodies(&self) {
        self.bodies.lock().unwrap().clear();
    }

    pub(crate) fn set_network(&self, network: Network) {
        *self.network.lock().unwrap() = network;
    }

    /// Delivers what has wandered long enough. Nobody waits for the answers.
    pub(crate) fn deliver_wandering(&self) {
        let now = self.clock.now().as_millis();
        let due: Vec<Wandering> = {
            let mut wandering = self.wandering.lock().unwrap();
            let (due, left) = wandering.drain(..).partition(|it| it.arrives_at <= now);
            *wandering = left;
            due
        };
        for it in due {
            self.arrive(&it.path, &it.body, now);
        }
    }

    fn arrive(&self, path: &str, body: &[u8], now: i64) -> Delivery {
        // the certificate is the one that fits the merchant of the request: mixing them up is tried on the real wire
        let text = String::from_utf8_lossy(body);
        let mchid = element(&text, "mchid")
            .or_else(|| element(&text, "mch_id"))
            .unwrap_or_default();
        let info = CertificateInfo::fitting(&mchid);
        let arrival = Arrival {
            certificate: Some(&info),
            source: None,
            content_type: Some("text/xml; charset=utf-8"),
            path,
            body,
        };
        self.gateway.answer(&arrival, now).delivery
    }

    /// From now on, calls are points of this process's life.
    pub(crate) fn dies_with(&self, striker: Arc<Striker>) {
        *self.mortal.lock().unwrap() = Some(striker);
    }

    pub(crate) fn let_live(&self) {
        *self.mortal.lock().unwrap() = None;
    }

    /// One more point of the calling process's life. True when it is dead.
    fn passes_away(&self) -> bool {
        self.mortal
            .lock()
            .unwrap()
            .as_ref()
            .is_some_and(|striker| striker.pass())
    }

    fn post_now(&self, request: Request<'_>) -> Result<Response, WireFault> {
        if self.passes_away() {
            // nobody hears this any more
            return Err(WireFault::MaybeSent(MaybeSent::ConnectionLost));
        }
        let network = *self.network.lock().unwrap();
        if self.chance.permille(network.never_sent) {
            return Err(WireFault::NeverSent(NeverSent::ConnectTimeout));
        }
        self.check_sent(request.path, request.body);
        let now = self.clock.now().as_millis();
        if self.chance.permille(network.lost_request) {
            if self.chance.permille(network.late) {
                // it is not lost: it arrives when nobody expects it any more
                let late = i64::try_from(self.chance.within(1_000..1_800_000)).unwrap();
                self.wandering.lock().unwrap().push(Wandering {
                    arrives_at: now + late,
                    path: request.path.to_owned(),
                    body: request.body.to_vec(),
                });
            }
            return Err(WireFault::MaybeSent(MaybeSent::Timeout));
        }
        let delivery = self.arrive(request.path, request.body, now);
        if self.chance.permille(network.doubled) {
            self.arrive(request.path, request.body, now);
        }
        if self.passes_away() || self.chance.permille(network.lost_answer) {
            return Err(WireFault::MaybeSent(MaybeSent::ConnectionLost));
        }
        match delivery {
            Delivery::Reply(reply) if reply.pace == Pace::Whole && reply.delay_ms < 10_000 => {
                Ok(Response {
                    status: reply.status,
                    content_type: Some(reply.content_type.to_owned()),
                    body: reply.body,
                })
            }
            Delivery::Reply(_) => Err(WireFault::MaybeSent(MaybeSent::Timeout)),
            Delivery::End { .. } => Err(WireFault::MaybeSent(MaybeSent::ConnectionLost)),
        }
    }

    /// What leaves was written down and committed before (INV-04), and a number is sent with the same parameters for ever.
    fn check_sent(&self, path: &str, body: &[u8]) {
        if !path.ends_with("/transfers") {
            return;
        }
        let digest = Sha256::digest(body).to_vec();
        let witness = self.witness.lock().unwrap().clone();
        let written = witness
            .read_blocking("witness", Scope::AcrossTenants, |tx| {
                sql("SELECT COUNT(*) AS n FROM attempts \
                     WHERE request_sha256 = $1 AND kind = 'submission' AND finished_at IS NULL")
                .bind(digest.clone())
                .find::<Count>(tx)
            })
            .map_err(|fault: DbFault| fault)
            .unwrap()
            .map_or(0, |count| count.n);
        assert!(written > 0, "a request was sent that was not written down");
        let text = String::from_utf8_lossy(body).into_owned();
        let number = element(&text, "partner_trade_no").unwrap();
        let signature = element(&text, "sign").unwrap();
        let parameters = text.replace(&signature, "");
        let mut bodies = self.bodies.lock().unwrap();
        let first = bodies
            .entry(number.clone())
            .or_insert_with(|| parameters.clone());
        assert_eq!(
            *first, parameters,
            "{number} was sent with other parameters"
        );
    }

    /// How long a wandering request may still be under way.
    pub(crate) const WANDERS: Duration = Duration::from_mins(30);
}

fn element(xml: &str, name: &str) -> Option<String> {
    let (_, rest) = xml.split_once(&format!("<{name}>"))?;
    let (text, _) = rest.split_once(&format!("</{name}>"))?;
    Some(
        text.trim_start_matches("<![CDATA[")
            .trim_end_matches("]]>")
            .to_owned(),
    )
}

impl Remote for SimRemote {
    fn post<'a>(&'a self, request: Request<'a>) -> BoxFuture<'a, Result<Response, WireFault>> {
        Box::pin(async move { self.post_now(request) })
    }
}

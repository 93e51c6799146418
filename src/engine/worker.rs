//! The engine as a whole: one round for tests, an endless run for production.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex, OnceLock};
use std::time::Duration;

use tokio::sync::{Notify, OwnedSemaphorePermit, Semaphore, mpsc, watch};
use tokio::task::JoinSet;

use super::beat::{BeatMemory, InMemory};
use super::call::{Answered, call};
use super::claim::{self, Round, SharedRound};
use super::clerk;
use super::credentials::Credentials;
use super::figures::{Figures, Watched};
use super::housekeeping::{self, Tidied};
use super::pace::Paces;
use super::passed::Passed;
use super::prepare::{Desk, Harvest, PrepareFault, Prepared, PreparedCall};
use super::rates::Rates;
use super::settle::Cashier;
use crate::basics::{Clock, Randomness, Timestamp};
use crate::db::Database;
use crate::rails::Rail;
use crate::vault::Vault;
use crate::wire;

/// How many payouts one transaction claims at the most, and how many outcomes one settles.
const BATCH: usize = 32;

/// How long the engine lets work gather before it begins a transaction that is not full. A payout that is alone waits no longer for it than
/// WeChat Pay takes to answer; when many come, their claims and outcomes are written together.
const GATHER: Duration = Duration::from_millis(20);

/// How long the engine waits for a wake-up before it looks by itself: payouts become due by time, and other processes accept some.
const LOOK_AT_LEAST_EVERY: Duration = Duration::from_secs(1);

/// How long it waits when all that is due is held up by how fast a merchant may be called: then a few calls may be made again.
const THROTTLED_PAUSE: Duration = Duration::from_millis(50);

/// So many calls are worth a transaction of their own.
const WORTH_A_ROUND: usize = 4;

/// How often housekeeping is done.
const TIDY_EVERY: Duration = Duration::from_secs(2);

/// How often the clerk looks for approved batches when there was nothing to do.
const LOOK_FOR_BATCHES_EVERY: Duration = Duration::from_millis(500);

/// How long a stop waits for calls under way.
const DRAIN: Duration = Duration::from_secs(25);

/// What an engine is made of.
pub struct Parts {
    /// The database.
    pub database: Database,
    /// The vault.
    pub vault: Vault,
    /// The present.
    pub clock: Arc<dyn Clock>,
    /// Randomness for nonces and jitter.
    pub random: Arc<dyn Randomness>,
    /// The product that pays.
    pub rail: Arc<dyn Rail>,
    /// When to try again and when to ask.
    pub paces: Paces,
    /// Remote calls in flight at once.
    pub concurrency: usize,
}

/// The engine of this process.
pub struct Engine {
    desk: Desk,
    cashier: Cashier,
    clock: Arc<dyn Clock>,
    figures: Arc<Figures>,
    wake: Notify,
    places: Arc<Semaphore>,
    concurrency: usize,
    round: SharedRound,
    wire: OnceLock<ReadWire>,
    memory: OnceLock<Arc<dyn BeatMemory>>,
}

/// Reads what the wire has done.
type ReadWire = Box<dyn Fn() -> wire::Figures + Send + Sync>;

/// How much is left to do after a round.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Load {
    /// Perhaps something, at once.
    More,
    /// A little was there; more will have come in a moment, and can be claimed together.
    Gathering,
    /// Something, as soon as a merchant may be called again.
    Throttled,
    /// Nothing that is due.
    None,
}

/// What one round did.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Stepped {
    /// Payouts that were called with.
    pub called: usize,
    /// Payouts that were taken up and put aside again.
    pub put_aside: usize,
}

impl Engine {
    /// Puts an engine together. It does nothing until it is run or stepped.
    pub fn new(parts: Parts) -> Self {
        let figures = Arc::new(Figures::new());
        let database = parts.database.for_the_engine();
        let desk = Desk {
            database: database.clone(),
            credentials: Arc::new(Credentials::new(parts.vault)),
            rail: parts.rail.clone(),
            random: parts.random.clone(),
            paces: parts.paces,
        };
        let cashier = Cashier {
            database,
            rail: parts.rail,
            random: parts.random,
            paces: parts.paces,
            figures: figures.clone(),
            passed: Arc::new(Passed::default()),
        };
        Self {
            desk,
            cashier,
            clock: parts.clock,
            figures,
            wake: Notify::new(),
            places: Arc::new(Semaphore::new(parts.concurrency)),
            concurrency: parts.concurrency,
            round: Arc::new(Mutex::new(Round {
                after: None,
                is_long: false,
                under_way: BTreeMap::new(),
                called: BTreeSet::new(),
                rates: Rates::new(parts.paces.ceilings),
                at: Duration::ZERO,
            })),
            wire: OnceLock::new(),
            memory: OnceLock::new(),
        }
    }

    /// Says that something may be due: a payout was accepted or approved, settings were saved.
    pub fn wake(&self) {
        self.wake.notify_one();
    }

    /// The metrics as Prometheus reads them.
    pub fn exposition(&self, watched: Option<&Watched>, now: Timestamp) -> String {
        let wire = self.wire.get().map(|read| read());
        self.figures.exposition(watched, wire, now)
    }

    /// From now on the metrics show what the wire does: how many handshakes there were for how many requests.
    pub fn watch_wire(&self, read: impl Fn() -> wire::Figures + Send + Sync + 'static) {
        if self.wire.set(Box::new(read)).is_err() {
            tracing::debug!("the wire is watched already");
        }
    }

    /// From now on the last beat is kept there.
    pub fn remember_beats(&self, memory: Arc<dyn BeatMemory>) {
        if self.memory.set(memory).is_err() {
            tracing::debug!("beats are remembered already");
        }
    }

    /// Where the last beat is kept: with the process, unless there is a better place.
    pub(super) fn memory(&self) -> Arc<dyn BeatMemory> {
        self.memory
            .get_or_init(|| Arc::new(InMemory::default()))
            .clone()
    }

    /// The desk, for the check of a channel.
    pub(super) const fn desk(&self) -> &Desk {
        &self.desk
    }

    /// The present.
    pub(super) fn now(&self) -> Timestamp {
        self.clock.now()
    }

    /// One round: claims what is due, calls, settles, and comes back when all of it is done.
    pub async fn step(&self) -> Result<Stepped, PrepareFault> {
        let (prepared, put_aside) = self.claim_some(BATCH).await?;
        let mut answered = Vec::new();
        for prepared in prepared {
            answered.extend(self.call(prepared).await);
        }
        let called = answered.len();
        if called > 0 {
            self.settle(answered).await;
        }
        Ok(Stepped { called, put_aside })
    }

    /// The first third of a round: claims up to `room` calls and says how many payouts were put aside without one.
    pub async fn claim_some(&self, room: usize) -> Result<(Vec<Prepared>, usize), PrepareFault> {
        let harvest = self.claim(room).await?;
        Ok((harvest.prepared, harvest.put_aside))
    }

    /// Housekeeping once, for tests and for the run.
    pub async fn tidy(&self) {
        match housekeeping::tidy(&self.desk.database, self.clock.now()).await {
            Ok(Tidied {
                matured: 0,
                forgotten: 0,
            }) => {}
            Ok(tidied) => tracing::debug!(?tidied, "housekeeping"),
            Err(error) => tracing::warn!(?error, "housekeeping failed"),
        }
    }

    /// Makes some payouts of approved batches, for tests and for the run, and says how many lines were dealt with.
    pub async fn work_on_batches(&self) -> usize {
        match clerk::work(&self.desk.database, self.clock.now()).await {
            Ok(0) => 0,
            Ok(dealt) => {
                self.wake();
                dealt
            }
            Err(error) => {
                tracing::warn!(?error, "batches could not be worked on");
                0
            }
        }
    }

    /// What is done beside the payouts, however busy those are: housekeeping, and batches.
    async fn do_chores(self: Arc<Self>, mut stop: watch::Receiver<bool>) {
        let mut tidy = tokio::time::interval(TIDY_EVERY);
        tidy.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
        let mut batches = tokio::time::interval(LOOK_FOR_BATCHES_EVERY);
        batches.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
        while !*stop.borrow() {
            tokio::select! {
                _ = tidy.tick() => {
                    self.tidy().await;
                    self.beat_or_say().await;
                }
                _ = batches.tick() => if self.work_on_batches().await > 0 {
                    batches.reset_immediately();
                },
                changed = stop.changed() => if changed.is_err() { break },
            }
        }
    }

    /// Runs until `stop` says so. Then it claims nothing more, lets calls under way end for up to 25 seconds, and settles them. What is
    /// still open then is asked about after its lease.
    pub async fn run(self: Arc<Self>, mut stop: watch::Receiver<bool>) {
        let (outcomes, inbox) = mpsc::channel::<Answered>(self.concurrency.max(BATCH));
        let settling = tokio::spawn(self.clone().settle_all(inbox));
        self.begin(&mut stop).await;
        let chores = tokio::spawn(self.clone().do_chores(stop.clone()));
        let mut calls: JoinSet<()> = JoinSet::new();
        while !*stop.borrow() {
            while calls.try_join_next().is_some() {}
            let pause = match self.start_calls(&mut calls, &outcomes).await {
                Load::More => continue,
                Load::Gathering => GATHER,
                Load::Throttled => THROTTLED_PAUSE,
                Load::None => LOOK_AT_LEAST_EVERY,
            };
            tokio::select! {
                // what is accepted while calls gather, gathers with them
                () = self.wake.notified(), if pause > GATHER => {}
                () = tokio::time::sleep(pause) => {}
                changed = stop.changed() => if changed.is_err() { break },
            }
        }
        let drained =
            tokio::time::timeout(DRAIN, async { while calls.join_next().await.is_some() {} });
        if drained.await.is_err() {
            tracing::warn!(
                open = calls.len(),
                "calls are still under way; they will be asked about"
            );
            calls.abort_all();
        }
        drop(outcomes);
        for (what, task) in [("settling", settling), ("chores", chores)] {
            if let Err(error) = task.await {
                tracing::error!(%error, what, "a part of the engine stopped");
            }
        }
    }

    /// Nothing is done before the first beat: should an older database have been put back, nothing may be sent.
    async fn begin(&self, stop: &mut watch::Receiver<bool>) {
        while !*stop.borrow() && !self.beat_or_say().await {
            tokio::select! {
                () = tokio::time::sleep(LOOK_AT_LEAST_EVERY) => {}
                _ = stop.changed() => {}
            }
        }
    }

    /// One beat; false when it failed.
    async fn beat_or_say(&self) -> bool {
        let beaten = self.beat().await;
        if let Err(error) = &beaten {
            tracing::warn!(?error, "the heartbeat failed");
        }
        beaten.is_ok()
    }

    /// Claims as much as there is room for and starts the calls.
    async fn start_calls(
        self: &Arc<Self>,
        calls: &mut JoinSet<()>,
        outcomes: &mpsc::Sender<Answered>,
    ) -> Load {
        let places = self.free_places().await;
        let room = places.len();
        let harvest = match self.claim(room).await {
            Ok(harvest) => harvest,
            Err(fault) => {
                tracing::error!(error = ?fault, "payouts could not be claimed");
                return Load::None;
            }
        };
        let claimed = harvest.prepared.len();
        for (prepared, place) in harvest.prepared.into_iter().zip(places) {
            let (engine, outcomes) = (self.clone(), outcomes.clone());
            calls.spawn(async move {
                let answered = engine.call(prepared).await;
                drop(place);
                if let Some(answered) = answered
                    && outcomes.send(answered).await.is_err()
                {
                    tracing::error!("an outcome came after the end; it will be asked about");
                }
            });
        }
        if claimed >= room || !harvest.saw_all {
            Load::More
        } else if harvest.throttled && claimed < WORTH_A_ROUND {
            Load::Throttled
        } else if claimed > 0 || harvest.put_aside > 0 {
            Load::Gathering
        } else {
            Load::None
        }
    }

    /// Room for a batch of calls; when there is not so much, and none comes free for a while, what there is, at least for one.
    async fn free_places(&self) -> Vec<OwnedSemaphorePermit> {
        let half = u32::try_from(BATCH.min(self.concurrency).div_ceil(2)).unwrap_or(1);
        let gathered = self.places.clone().acquire_many_owned(half);
        let mut places: Vec<OwnedSemaphorePermit> =
            match tokio::time::timeout(GATHER, gathered).await {
                Ok(Ok(mut many)) => (1..half)
                    .map_while(|_| many.split(1))
                    .collect::<Vec<_>>()
                    .into_iter()
                    .chain([many])
                    .collect(),
                // the semaphore is never closed
                Ok(Err(_)) | Err(_) => self
                    .places
                    .clone()
                    .acquire_owned()
                    .await
                    .into_iter()
                    .collect(),
            };
        while places.len() < BATCH {
            let Ok(place) = self.places.clone().try_acquire_owned() else {
                break;
            };
            places.push(place);
        }
        places
    }

    async fn settle_all(self: Arc<Self>, mut inbox: mpsc::Receiver<Answered>) {
        let mut batch = Vec::with_capacity(BATCH);
        while inbox.recv_many(&mut batch, BATCH).await > 0 {
            let more = async {
                while batch.len() < BATCH {
                    let room = BATCH.saturating_sub(batch.len());
                    if inbox.recv_many(&mut batch, room).await == 0 {
                        break;
                    }
                }
            };
            // when the time is over, the batch is not full, and that is all
            let _full_or_not = tokio::time::timeout(GATHER, more).await;
            self.settle(std::mem::take(&mut batch)).await;
        }
    }

    /// The last third of a round: writes down what came back.
    pub async fn settle(&self, answered: Vec<Answered>) {
        let settled = self.cashier.settle(answered, self.clock.now()).await;
        let now = self.clock.monotonic();
        claim::with(&self.round, |round| {
            for merchant in &settled.too_fast {
                round.rates.slow_down(merchant, now);
            }
        });
    }

    async fn claim(&self, room: usize) -> Result<Harvest, PrepareFault> {
        let at = self.clock.monotonic();
        claim::with(&self.round, |round| {
            round.at = at;
            round.rates.forget_full(at);
        });
        let room = i64::try_from(room).unwrap_or(i64::MAX);
        let harvest = self
            .desk
            .prepare(&self.round, room, self.cap(), self.clock.now())
            .await?;
        claim::with(&self.round, |round| {
            round.after = harvest.after;
            round.is_long = harvest.is_long;
            for prepared in &harvest.prepared {
                let (submissions, inquiries) = match prepared.call {
                    PreparedCall::Submit(_) => (1, 0),
                    PreparedCall::Inquire(_) => (0, 1),
                };
                let merchant = &prepared.credential.merchant_number;
                round
                    .rates
                    .spend(prepared.tenant, merchant, submissions, inquiries, at);
            }
        });
        self.figures
            .claimed
            .inc_by(u64::try_from(harvest.prepared.len()).unwrap_or(0));
        self.figures
            .put_aside
            .inc_by(u64::try_from(harvest.put_aside).unwrap_or(0));
        Ok(harvest)
    }

    /// The most calls of one tenant at once: three quarters of all, so that a slow remote side for one leaves room for others.
    fn cap(&self) -> i64 {
        let cap = self
            .concurrency
            .saturating_sub(self.concurrency.checked_div(4).unwrap_or(0))
            .max(1);
        i64::try_from(cap).unwrap_or(i64::MAX)
    }

    /// The second third of a round: makes a call, unless its claim has grown too old.
    pub async fn call(&self, prepared: Prepared) -> Option<Answered> {
        let began = self.clock.monotonic();
        match call(&*self.desk.rail, prepared, began).await {
            Ok(answered) => {
                let took = self.clock.monotonic().saturating_sub(began);
                self.figures.call_seconds.observe(took.as_secs_f64());
                Some(answered)
            }
            Err(prepared) => {
                tracing::warn!(payout = %prepared.payout.id, "a claim grew too old to call with it");
                self.figures.leases_lost.inc();
                None
            }
        }
    }
}

//! The courier as a whole: one round for tests, an endless run for production.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use tokio::sync::watch;
use tokio::task::JoinSet;

use super::compose::compose;
use super::figures::Figures;
use super::remind::remind;
use super::round::{Place, SharedRound, share_out, with};
use crate::basics::{Clock, EndpointId, Randomness, Timestamp, randomness};
use crate::db::{Database, DbFault, Scope};
use crate::outbox::{
    self, Claimed, Correspondent, Outcome, Settled, State, Target, Tried, Verdict,
};
use crate::vault::Vault;
use crate::wire::{DialFault, Dialler, Letter};

/// How long a courier that died holds its deliveries.
const LEASE: Duration = Duration::from_mins(1);

/// A call that begins later than this after its claim could outlive it: a call takes 15 seconds, and its outcome has to be written.
const BEGIN_WITHIN: Duration = Duration::from_secs(35);

/// How long the courier waits before it looks again when it has nothing to do.
const LOOK_EVERY: Duration = Duration::from_secs(1);

/// How often old events are swept away, and how often ends of certificates are looked for.
const SWEEP_EVERY: Duration = Duration::from_secs(30);
const REMIND_EVERY: Duration = Duration::from_hours(1);

/// How many endpoints one look sees.
const ENDPOINTS: i64 = 256;

/// How long a stop waits for calls under way.
const DRAIN: Duration = Duration::from_secs(20);

/// What a courier is made of.
pub struct Parts {
    /// The database.
    pub database: Database,
    /// The vault.
    pub vault: Vault,
    /// The present.
    pub clock: Arc<dyn Clock>,
    /// Randomness for jitter.
    pub random: Arc<dyn Randomness>,
    /// The wire to tenants' servers.
    pub dialler: Arc<dyn Dialler>,
    /// Calls in flight at once.
    pub concurrency: usize,
}

/// The courier of this process.
pub struct Courier {
    parts: Parts,
    figures: Figures,
    round: SharedRound,
}

/// A claimed delivery, ready to be sent. Its claim is committed.
pub struct Prepared {
    claimed: Claimed,
    correspondent: Arc<Correspondent>,
    begin_before: Duration,
    place: Place,
}

/// Why an address cannot be dialled.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CannotDial {
    /// Its name stands for an address of a private or reserved network, or of this machine.
    #[error("the name stands for an address that is not of the public internet")]
    NotPublic,
    /// Nobody knows its name.
    #[error("the name was not found")]
    NameNotFound,
}

/// What one round did.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Stepped {
    /// Deliveries that were tried.
    pub tried: usize,
    /// Those of them that were delivered.
    pub delivered: usize,
}

impl Courier {
    /// Puts a courier together. It does nothing until it is run or stepped.
    pub fn new(parts: Parts) -> Self {
        Self {
            parts,
            figures: Figures::new(),
            round: SharedRound::default(),
        }
    }

    /// Whether an address could be dialled now: the developers' page asks before it saves one.
    pub async fn could_dial(&self, to: &Target) -> Result<(), CannotDial> {
        match self.parts.dialler.could_dial(to).await {
            Ok(()) => Ok(()),
            Err(DialFault::Blocked(_)) => Err(CannotDial::NotPublic),
            Err(DialFault::Wire(_)) => Err(CannotDial::NameNotFound),
        }
    }

    /// The metrics as Prometheus reads them, without the end.
    pub fn exposition(&self) -> String {
        self.figures.exposition()
    }

    /// One round: claims what is due, sends it, settles, and comes back when all of it is done.
    pub async fn step(&self) -> Result<Stepped, DbFault> {
        let prepared = self.claim(self.parts.concurrency).await?;
        let calls = prepared.into_iter().map(|prepared| self.call(prepared));
        let tried: Vec<Tried> = futures_util::future::join_all(calls)
            .await
            .into_iter()
            .flatten()
            .collect();
        let stepped = Stepped {
            tried: tried.len(),
            delivered: tried
                .iter()
                .filter(|one| one.state == State::Delivered)
                .count(),
        };
        self.settle(tried).await?;
        Ok(stepped)
    }

    /// The first third of a round: claims up to `room` deliveries.
    pub async fn claim(&self, room: usize) -> Result<Vec<Prepared>, DbFault> {
        let now = self.parts.clock.now();
        let round = with(&self.round, |round| round.clone());
        let after = round.after;
        // a look that finds nothing begins no transaction that writes
        let due = self
            .parts
            .database
            .read(
                "endpoints with due webhooks",
                Scope::AcrossTenants,
                move |tx| outbox::find_due_endpoints(tx, after, now, ENDPOINTS),
            )
            .await?;
        let saw_all = i64::try_from(due.len()).unwrap_or(i64::MAX) < ENDPOINTS;
        let last = due.last().map(|endpoint| endpoint.id);
        with(&self.round, |round| {
            round.after = last.filter(|_| !saw_all);
        });
        let count = |number: usize| i64::try_from(number).unwrap_or(i64::MAX);
        let shares = share_out(&due, &round, count(self.parts.concurrency), count(room));
        if shares.quotas.is_empty() {
            return Ok(Vec::new());
        }
        let begin_before = self.parts.clock.monotonic().saturating_add(BEGIN_WITHIN);
        let (vault, quotas) = (self.parts.vault.clone(), shares.quotas);
        let (claimed, correspondents) = self
            .parts
            .database
            .write(
                "claim webhooks",
                Scope::AcrossTenants,
                move |tx| -> Result<_, DbFault> {
                    let claimed = outbox::claim(tx, &quotas, now.plus(LEASE), now)?;
                    let mut correspondents: BTreeMap<EndpointId, Arc<Correspondent>> =
                        BTreeMap::new();
                    for endpoint in &due {
                        if claimed.iter().any(|one| one.endpoint == endpoint.id) {
                            let correspondent = outbox::correspondent(tx, &vault, endpoint, now)?;
                            correspondents.insert(endpoint.id, Arc::new(correspondent));
                        }
                    }
                    Ok((claimed, correspondents))
                },
            )
            .await?;
        Ok(claimed
            .into_iter()
            .filter_map(|claimed| {
                let is_troubled = shares.troubled.contains(&claimed.endpoint);
                Some(Prepared {
                    correspondent: correspondents.get(&claimed.endpoint)?.clone(),
                    place: Place::take(&self.round, claimed.endpoint, is_troubled),
                    begin_before,
                    claimed,
                })
            })
            .collect())
    }

    /// The second third of a round: signs and sends, unless the claim has grown too old.
    pub async fn call(&self, prepared: Prepared) -> Option<Tried> {
        let Prepared {
            claimed,
            correspondent,
            begin_before,
            place,
        } = prepared;
        let (at, began) = (self.parts.clock.now(), self.parts.clock.monotonic());
        if began >= begin_before {
            tracing::warn!(event = %claimed.delivery.event, "a claim grew too old to send it");
            self.figures.claims_too_old.inc();
            return None;
        }
        let verdict = self.send(&claimed, &correspondent, at).await;
        let took = self.parts.clock.monotonic().saturating_sub(began);
        place.took(took);
        self.figures.tried(verdict.outcome);
        let step = match claimed.delivery.state {
            State::Waiting { step, .. } => step,
            State::Delivered | State::Failed => 0,
        };
        let [lengthen_by] = randomness::bytes::<1>(&*self.parts.random);
        let state = State::after(verdict.outcome, step, lengthen_by, self.parts.clock.now());
        Some(Tried {
            tenant: claimed.tenant,
            endpoint: claimed.endpoint,
            event: claimed.delivery.event,
            fence: claimed.fence,
            number: claimed.number,
            step,
            at,
            took,
            verdict,
            state,
        })
    }

    async fn send(
        &self,
        claimed: &Claimed,
        correspondent: &Correspondent,
        at: Timestamp,
    ) -> Verdict {
        if correspondent.secrets.is_empty() {
            return Verdict::unanswered(Outcome::Unsigned);
        }
        let body = compose(&claimed.delivery);
        let headers = outbox::sign(&correspondent.secrets, claimed.delivery.event, at, &body);
        let letter = Letter {
            to: &correspondent.url,
            headers: &headers,
            body: &body,
        };
        Verdict::of(&self.parts.dialler.post(letter).await)
    }

    /// The last third of a round: writes down what came back.
    pub async fn settle(&self, tried: Vec<Tried>) -> Result<Settled, DbFault> {
        if tried.is_empty() {
            return Ok(Settled::default());
        }
        let now = self.parts.clock.now();
        let settled = self
            .parts
            .database
            .write("settle webhooks", Scope::AcrossTenants, move |tx| {
                outbox::settle(tx, &tried, now)
            })
            .await?;
        let count = |number: usize| u64::try_from(number).unwrap_or(0);
        self.figures
            .fences_refused
            .inc_by(count(settled.fenced_out));
        self.figures.disabled.inc_by(count(settled.disabled.len()));
        for endpoint in &settled.disabled {
            tracing::warn!(%endpoint, "a webhook endpoint was disabled: it is gone, or does nothing but fail");
        }
        Ok(settled)
    }

    /// Sweeps old events away, a batch of each endpoint.
    pub async fn sweep(&self, after: Option<EndpointId>) -> Result<outbox::Swept, DbFault> {
        let now = self.parts.clock.now();
        let swept = self
            .parts
            .database
            .write("sweep webhooks", Scope::AcrossTenants, move |tx| {
                outbox::sweep(tx, after, now)
            })
            .await?;
        self.figures
            .swept
            .inc_by(u64::try_from(swept.events).unwrap_or(0));
        Ok(swept)
    }

    /// Tells all tenants whose certificate ends soon.
    pub async fn remind(&self) -> Result<(), DbFault> {
        let now = self.parts.clock.now();
        while !self
            .parts
            .database
            .write("remind of certificates", Scope::AcrossTenants, move |tx| {
                remind(tx, now)
            })
            .await?
        {}
        Ok(())
    }

    /// Works until it is told to stop; then it claims nothing more and lets calls under way end.
    pub async fn run(self: Arc<Self>, mut stopped: watch::Receiver<bool>) {
        let mut calls = JoinSet::new();
        let mut chores = Chores::default();
        while !*stopped.borrow() {
            self.do_chores(&mut chores).await;
            let room = self.parts.concurrency.saturating_sub(calls.len());
            let prepared = if room > 0 {
                self.claim(room).await.unwrap_or_else(|fault| {
                    tracing::error!(error = ?fault, "webhooks could not be claimed");
                    Vec::new()
                })
            } else {
                Vec::new()
            };
            for prepared in prepared {
                let this = self.clone();
                calls.spawn(async move { this.call(prepared).await });
            }
            tokio::select! {
                tried = gather(&mut calls) => self.settle_or_say(tried).await,
                () = tokio::time::sleep(LOOK_EVERY) => {}
                _ = stopped.changed() => {}
            }
        }
        let drained = tokio::time::timeout(DRAIN, async {
            while !calls.is_empty() {
                let tried = gather(&mut calls).await;
                self.settle_or_say(tried).await;
            }
        });
        if drained.await.is_err() {
            tracing::warn!("webhooks under way are sent again when their lease is over");
        }
    }

    async fn settle_or_say(&self, tried: Vec<Tried>) {
        if let Err(fault) = self.settle(tried).await {
            // the lease ends, and they are sent again
            tracing::error!(error = ?fault, "outcomes of webhooks were not written");
        }
    }

    async fn do_chores(&self, chores: &mut Chores) {
        let now = self.parts.clock.monotonic();
        if chores.sweep_at <= now {
            chores.sweep_at = now.saturating_add(SWEEP_EVERY);
            match self.sweep(chores.swept).await {
                Ok(swept) => chores.swept = swept.after,
                Err(fault) => tracing::error!(error = ?fault, "old webhooks were not swept away"),
            }
        }
        if chores.remind_at <= now {
            chores.remind_at = now.saturating_add(REMIND_EVERY);
            if let Err(fault) = self.remind().await {
                tracing::error!(error = ?fault, "nobody was reminded of certificates");
            }
        }
    }
}

/// When the courier's chores are done next.
#[derive(Default)]
struct Chores {
    sweep_at: Duration,
    remind_at: Duration,
    swept: Option<EndpointId>,
}

/// Waits for a call to end, and gives all that have ended by then. Without any under way it waits for ever.
async fn gather(calls: &mut JoinSet<Option<Tried>>) -> Vec<Tried> {
    let mut tried = Vec::new();
    match calls.join_next().await {
        None => std::future::pending::<()>().await,
        Some(ended) => tried.extend(ended_well(ended)),
    }
    while let Some(ended) = calls.try_join_next() {
        tried.extend(ended_well(ended));
    }
    tried
}

fn ended_well(ended: Result<Option<Tried>, tokio::task::JoinError>) -> Option<Tried> {
    ended.unwrap_or_else(|error| {
        tracing::error!(%error, "sending a webhook was stopped");
        None
    })
}

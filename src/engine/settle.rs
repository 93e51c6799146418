//! Settling: writing down what came back, and moving the money that it decides about.
//!
//! Outcomes that come in while a transaction is under way are settled together in the next one. Each is written only while its
//! fence holds: an engine that lost its claim changes nothing.

use std::sync::Arc;
use std::time::Duration;

use serde_json::json;

use super::call::{Answered, Verdict};
use super::figures::Figures;
use super::judge::{Before, Court, Effect, Shown, Trouble};
use super::lanes::{LaneMove, move_lane};
use super::pace::Paces;
use super::passed::Passed;
use super::reconcile;
use crate::audit::{self, By, Event, EventKind, Object};
use crate::basics::{MerchantNumber, PayoutId, Randomness, TenantId, Timestamp};
use crate::db::{Database, DbFault, Scope, Tx};
use crate::findings::{self, Kind};
use crate::ledger::postings::{payout_released, payout_settled};
use crate::ledger::{self, PostError, Posting};
use crate::limits;
use crate::outbox;
use crate::payouts::model::NoSuchWay;
use crate::payouts::{self, FinishedAttempt, Payout, Saved, Status};
use crate::rails::{Inquiry, Outcome, Rail};

/// The longest answer that an attempt keeps, in characters: a transfer's has a few hundred.
const KEPT_ANSWER: usize = 2_000;

/// Why outcomes are not settled.
#[derive(Debug, thiserror::Error)]
pub(super) enum SettleFault {
    /// A payout went a way that it cannot go.
    #[error(transparent)]
    NoSuchWay(#[from] NoSuchWay),
    /// The ledger refused.
    #[error("the ledger refused")]
    Post(#[from] PostError),
    /// The database failed.
    #[error("the database failed")]
    Db(#[from] DbFault),
}

/// What settling works with.
#[derive(Clone)]
pub(super) struct Cashier {
    pub(super) database: Database,
    pub(super) rail: Arc<dyn Rail>,
    pub(super) random: Arc<dyn Randomness>,
    pub(super) paces: Paces,
    pub(super) figures: Arc<Figures>,
    pub(super) passed: Arc<Passed>,
}

/// One outcome, judged.
struct Judged {
    tenant: TenantId,
    payout: Payout,
    seen_fence: i64,
    effect: Effect,
    lane_move: LaneMove,
    is_recheck: bool,
    attempt: FinishedAttempt,
}

/// What settling tells the engine about its own pace.
#[derive(Debug, Default)]
pub(super) struct Settled {
    /// Merchant numbers that the rail says are called too often.
    pub(super) too_fast: Vec<MerchantNumber>,
}

impl Cashier {
    /// Settles outcomes in one transaction. When they cannot be settled together, each is tried alone, so that one that is stuck does
    /// not hold up the others.
    pub(super) async fn settle(&self, answered: Vec<Answered>, now: Timestamp) -> Settled {
        let mut settled = Settled::default();
        let mut judged = Vec::with_capacity(answered.len());
        for answer in answered {
            self.figures.answered(&answer.verdict);
            let merchant = answer.prepared.credential.merchant_number.clone();
            match self.judge(answer, now) {
                Ok(one) => {
                    if one.lane_move.trouble == Trouble::TooFast {
                        settled.too_fast.push(merchant);
                    }
                    judged.push(one);
                }
                Err(fault) => {
                    tracing::error!(%fault, "an outcome was not judged; the payout will be asked about");
                    self.figures.settle_faults.inc();
                }
            }
        }
        let judged = Arc::new(judged);
        if self.write(judged.clone(), now).await.is_ok() {
            return settled;
        }
        for one in Arc::try_unwrap(judged).unwrap_or_default() {
            let id = one.payout.id;
            if let Err(fault) = self.write(Arc::new(vec![one]), now).await {
                // the lease ends, and the payout is asked about
                tracing::error!(payout = %id, error = ?fault, "an outcome was not settled");
                self.figures.settle_faults.inc();
            }
        }
        settled
    }

    fn judge(&self, answered: Answered, now: Timestamp) -> Result<Judged, NoSuchWay> {
        let Answered {
            prepared,
            verdict,
            exchange,
        } = answered;
        let mut payout = prepared.payout;
        let court = Court {
            paces: &self.paces,
            random: &*self.random,
            now,
        };
        let before = Before {
            others_passed: self
                .passed
                .since(prepared.tenant, prepared.before.submitted_at),
            ..prepared.before
        };
        let ruling = match &verdict {
            Verdict::Submission(outcome) => court.submission(&mut payout, before, outcome)?,
            Verdict::Inquiry(inquiry) => court.inquiry(&mut payout, before, inquiry)?,
            Verdict::Recheck(inquiry) => court.recheck(&mut payout, before, inquiry),
        };
        if prepared.in_force && ruling.shown == Shown::AllGood {
            self.passed.note(prepared.tenant, now);
        }
        let (outcome, code) = class_and_code(&verdict);
        let answer = (!exchange.answer.is_empty()).then(|| {
            self.rail
                .redact(&exchange.answer)
                .chars()
                .take(KEPT_ANSWER)
                .collect()
        });
        let attempt = FinishedAttempt {
            payout: payout.id,
            number: prepared.attempt,
            outcome,
            http_status: exchange.http_status,
            code,
            answer,
        };
        Ok(Judged {
            tenant: prepared.tenant,
            seen_fence: payout.work.fence,
            payout,
            effect: ruling.effect,
            is_recheck: matches!(verdict, Verdict::Recheck(_)),
            lane_move: if prepared.in_force {
                LaneMove {
                    trouble: ruling.trouble,
                    shown: ruling.shown,
                    is_probe: prepared.is_probe,
                }
            } else {
                // a former merchant number says nothing about the present one
                LaneMove::of_former_settings(&ruling.trouble, prepared.is_probe)
            },
            attempt,
        })
    }

    async fn write(&self, judged: Arc<Vec<Judged>>, now: Timestamp) -> Result<(), SettleFault> {
        let (paces, random) = (self.paces, self.random.clone());
        let written = self
            .database
            .write("settle payouts", Scope::AcrossTenants, move |tx| {
                write_down(tx, &judged, &paces, &*random, now)
            })
            .await?;
        self.figures.fences_refused.inc_by(written.fenced_out);
        for effect in written.effects {
            self.figures.became(effect);
        }
        Ok(())
    }
}

/// What was written.
struct Written {
    /// Outcomes whose fence no longer held.
    fenced_out: u64,
    /// What the others led to.
    effects: Vec<Effect>,
}

/// Writes everything.
fn write_down(
    tx: &mut Tx<'_>,
    judged: &[Judged],
    paces: &Paces,
    random: &dyn Randomness,
    now: Timestamp,
) -> Result<Written, SettleFault> {
    let changes: Vec<(TenantId, &Payout, i64)> = judged
        .iter()
        .map(|one| (one.tenant, &one.payout, one.seen_fence))
        .collect();
    let saved = payouts::save_all(tx, &changes)?;
    let attempts = judged
        .iter()
        .map(|one| (one.tenant, one.attempt.clone()))
        .collect();
    payouts::finish_attempts(tx, attempts, now)?;
    let mut postings = Vec::new();
    let mut events = Vec::new();
    let mut told = Vec::new();
    let mut rechecked = Vec::new();
    let mut effects = Vec::new();
    let mut ended = Vec::new();
    for one in judged {
        let Some(saved) = saved.get(&(one.payout.id, one.seen_fence)) else {
            continue;
        };
        effects.push(one.effect);
        if matches!(one.effect, Effect::Paid | Effect::Failed { .. }) {
            ended.push((one.tenant, &one.payout));
        }
        postings.extend(posting(one).map(|posting| (one.tenant, posting)));
        events.extend(event(one).map(|event| (one.tenant, event)));
        told.extend(told_kind(one.effect).map(|kind| payouts::Told {
            tenant: one.tenant,
            payout: &one.payout,
            kind,
            saved: *saved,
        }));
        aside(tx, one, *saved, paces, random, now)?;
        tell_of_long_doubt(tx, one, now)?;
        if one.is_recheck {
            rechecked.push(one);
        }
    }
    compare_books(tx, &rechecked, now)?;
    ledger::post_all(tx, postings, now)?;
    audit::record_all(tx, events, &By::ENGINE, now)?;
    payouts::tell_all(tx, told, now)?;
    payouts::count_ended(tx, &ended)?;
    Ok(Written {
        fenced_out: u64::try_from(judged.len().saturating_sub(saved.len())).unwrap_or(0),
        effects,
    })
}

/// What seldom follows: room given back, a lane closed or opened, a limit noted, a contradiction reported.
fn aside(
    tx: &mut Tx<'_>,
    one: &Judged,
    saved: Saved,
    paces: &Paces,
    random: &dyn Randomness,
    now: Timestamp,
) -> Result<(), SettleFault> {
    let (tenant, payout) = (one.tenant, &one.payout);
    if one.effect
        == (Effect::Failed {
            existed_at_rail: false,
        })
    {
        limits::release(
            tx,
            tenant,
            &payout.recipient,
            payout.amount,
            payout.planned_on,
        )?;
    }
    if let Trouble::DayReached(code) = &one.lane_move.trouble {
        payouts::note_rail_limit(tx, tenant, &payout.recipient, code, now)?;
        payouts::tell_limit(tx, tenant, payout, saved, now)?;
    }
    if let Effect::Contradicted(kind) = one.effect {
        contradicted(tx, one, kind, now)?;
    }
    move_lane(tx, tenant, &one.lane_move, paces, random, now)?;
    Ok(())
}

/// Reports what the rail's answer contradicts.
fn contradicted(
    tx: &mut Tx<'_>,
    one: &Judged,
    kind: Kind,
    now: Timestamp,
) -> Result<(), SettleFault> {
    let details = json!({
        "status": one.payout.status.as_str(),
        "answered": one.attempt.outcome,
        "code": one.attempt.code,
        "attempt": one.attempt.number,
    });
    reconcile::found(
        tx,
        one.tenant,
        one.payout.id,
        kind,
        &details,
        &By::ENGINE,
        now,
    )?;
    Ok(())
}

/// How long a payout is in doubt before a person is told.
const TOLD_AFTER: Duration = Duration::from_hours(24);

/// Tells a person of a payout whose outcome has not been known for a day, and that it is known now.
fn tell_of_long_doubt(tx: &mut Tx<'_>, one: &Judged, now: Timestamp) -> Result<(), DbFault> {
    let (tenant, payout) = (one.tenant, &one.payout);
    let long = payout
        .submitted_at
        .is_some_and(|first| now.since(first) >= TOLD_AFTER);
    if !long || one.is_recheck {
        return Ok(());
    }
    if payout.status == Status::Processing {
        let kind = Kind::InDoubtForADay;
        let details = json!({ "since": payout.submitted_at, "code": payout.reason_code });
        reconcile::found(tx, tenant, payout.id, kind, &details, &By::ENGINE, now)?;
    } else {
        findings::answered(tx, tenant, payout.id, &By::ENGINE, now)?;
    }
    Ok(())
}

/// Compares what was asked about once more with our own books.
fn compare_books(tx: &mut Tx<'_>, rechecked: &[&Judged], now: Timestamp) -> Result<(), DbFault> {
    let of: Vec<(TenantId, PayoutId)> = rechecked
        .iter()
        .map(|one| (one.tenant, one.payout.id))
        .collect();
    if of.is_empty() {
        return Ok(());
    }
    let records = reconcile::records(tx, &of)?;
    for one in rechecked {
        let kind = records
            .get(&one.payout.id)
            .and_then(|record| reconcile::compare(&one.payout, record));
        if let Some(kind) = kind {
            let details = json!({ "status": one.payout.status.as_str() });
            reconcile::found(
                tx,
                one.tenant,
                one.payout.id,
                kind,
                &details,
                &By::ENGINE,
                now,
            )?;
        }
    }
    Ok(())
}

fn posting(one: &Judged) -> Option<Posting> {
    let payout = &one.payout;
    let source = payout.kind.source();
    match one.effect {
        Effect::Paid => Some(payout_settled(
            &payout.id,
            &payout.recipient,
            payout.amount,
            source,
        )),
        Effect::Failed { .. } => Some(payout_released(
            &payout.id,
            &payout.recipient,
            payout.amount,
            source,
        )),
        Effect::PutOff | Effect::InDoubt | Effect::Waits | Effect::Contradicted(_) => None,
    }
}

fn event(one: &Judged) -> Option<Event> {
    let payout = &one.payout;
    let with_reason = |kind| Event {
        kind,
        object: Object::Payout(payout.id),
        details: json!({ "code": payout.reason_code }),
    };
    match one.effect {
        Effect::Paid => Some(Event {
            kind: EventKind::PayoutSucceeded,
            object: Object::Payout(payout.id),
            details: json!({ "payment_no": payout.payment_no }),
        }),
        Effect::Failed { .. } => Some(failed(payout)),
        Effect::PutOff => Some(with_reason(EventKind::PayoutPutOff)),
        Effect::InDoubt => Some(with_reason(EventKind::PayoutInDoubt)),
        // a contradiction has its own event, with the finding
        Effect::Waits | Effect::Contradicted(_) => None,
    }
}

/// What the tenant's endpoints are told.
const fn told_kind(effect: Effect) -> Option<outbox::Kind> {
    match effect {
        Effect::Paid => Some(outbox::Kind::PayoutSucceeded),
        Effect::Failed { .. } => Some(outbox::Kind::PayoutFailed),
        Effect::PutOff => Some(outbox::Kind::PayoutQueued),
        Effect::InDoubt => Some(outbox::Kind::PayoutInDoubt),
        Effect::Waits | Effect::Contradicted(_) => None,
    }
}

/// The event of a payout that failed.
pub(super) fn failed(payout: &Payout) -> Event {
    Event {
        kind: EventKind::PayoutFailed,
        object: Object::Payout(payout.id),
        details: json!({ "code": payout.reason_code }),
    }
}

/// The class of a verdict by name, and the rail's code in it.
pub(super) fn class_and_code(verdict: &Verdict) -> (&'static str, Option<String>) {
    match verdict {
        Verdict::Submission(outcome) => match outcome {
            Outcome::NotSent(unsent) => ("not_sent", Some(unsent.code().to_owned())),
            Outcome::Paid(_) => ("paid", None),
            Outcome::Refused(answer) => ("refused", Some(answer.code.clone())),
            Outcome::PutOff(answer) => ("put_off", Some(answer.code.clone())),
            Outcome::Held(answer) => ("held", Some(answer.code.clone())),
            Outcome::Unknown(doubt) => ("unknown", Some(doubt.code().to_owned())),
        },
        Verdict::Inquiry(inquiry) | Verdict::Recheck(inquiry) => match inquiry {
            Inquiry::Paid(_) => ("paid", None),
            Inquiry::Failed { .. } => ("failed", None),
            Inquiry::Processing => ("processing", None),
            Inquiry::NotFound => ("not_found", Some("NOT_FOUND".to_owned())),
            Inquiry::Held(answer) => ("held", Some(answer.code.clone())),
            Inquiry::Unanswered(doubt) => ("unanswered", Some(doubt.code().to_owned())),
        },
    }
}

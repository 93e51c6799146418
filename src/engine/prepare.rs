//! Preparing: deciding what to do with a claimed payout, and writing it down before it is done.
//!
//! Only this file makes a [`Prepared`], and it does so by committing the attempt with its exact bytes. Only a `Prepared` can be
//! called with. "Write down, commit, call" is a type, not a convention.

use std::collections::{BTreeMap, BTreeSet};
use std::net::Ipv4Addr;
use std::sync::Arc;
use std::time::Duration;

use super::claim::{self, Chosen, Place, SharedRound, choose};
use super::credentials::Credentials;
use super::judge::{Before, Court, MERCHANT_CHANGED, write_anew};
use super::lanes::trouble_lane;
use super::pace::Paces;
use crate::audit::{self, By, Event, EventKind, Object};
use crate::basics::{PayoutId, Randomness, Secret, TenantId, Timestamp};
use crate::channels::{self, CredentialFault, Current};
use crate::db::{Database, DbFault, Scope, Tx};
use crate::limits::{self, ReserveError};
use crate::outbox;
use crate::payouts::model::NoSuchWay;
use crate::payouts::{self, AttemptKind, LaneState, NewAttempt, Payout, SentWith, Status, Step};
use crate::rails::{Credential, Nonce, Order, PartnerTradeNo, Rail, RequestBytes};
use crate::recipients;
use crate::vault::{self, SealingKeys, VaultFault};
use serde_json::json;
use sha2::{Digest as _, Sha256};

/// A payout whose next call is written down and committed.
pub struct Prepared {
    pub(super) tenant: TenantId,
    /// As it is in the database now.
    pub(super) payout: Payout,
    pub(super) before: Before,
    pub(super) attempt: i64,
    pub(super) credential: Arc<Credential>,
    pub(super) call: PreparedCall,
    /// The lane is closed, and this is its probe.
    pub(super) is_probe: bool,
    /// It is made with the settings in force, not with those of a former merchant number.
    pub(super) in_force: bool,
    /// A call that begins later than this by the monotonic clock might outlive its claim.
    pub(super) begin_before: Duration,
    /// Its place in its tenant's share.
    #[expect(dead_code, reason = "it is given back when it is dropped")]
    pub(super) place: Place,
}

impl Prepared {
    /// The payout that it is a call for.
    pub const fn payout(&self) -> PayoutId {
        self.payout.id
    }

    /// Whether it sends the order to pay; otherwise it asks.
    pub const fn is_submission(&self) -> bool {
        match self.call {
            PreparedCall::Submit(_) => true,
            PreparedCall::Inquire(_) => false,
        }
    }

    /// The fence of its claim.
    pub const fn fence(&self) -> i64 {
        self.payout.work.fence
    }
}

/// The call that comes next.
pub(super) enum PreparedCall {
    Submit(RequestBytes),
    Inquire(Nonce),
}

/// What preparing works with.
#[derive(Clone)]
pub(super) struct Desk {
    pub(super) database: Database,
    pub(super) credentials: Arc<Credentials>,
    pub(super) rail: Arc<dyn Rail>,
    pub(super) random: Arc<dyn Randomness>,
    pub(super) paces: Paces,
}

/// What one round prepared.
pub(super) struct Harvest {
    pub(super) prepared: Vec<Prepared>,
    /// Payouts that were taken up and put aside again without a call.
    pub(super) put_aside: usize,
    pub(super) after: Option<TenantId>,
    pub(super) saw_all: bool,
    /// Some of what is due is held up by how fast its merchant may be called, or by how many calls its tenant has under way.
    pub(super) throttled: bool,
    pub(super) is_long: bool,
}

/// Why nothing is prepared.
#[derive(Debug, thiserror::Error)]
pub enum PrepareFault {
    /// A payout went a way that it cannot go.
    #[error(transparent)]
    NoSuchWay(#[from] NoSuchWay),
    /// The vault failed.
    #[error("the vault failed")]
    Vault(#[from] VaultFault),
    /// The database failed.
    #[error("the database failed")]
    Db(#[from] DbFault),
}

/// What is decided for one payout.
enum Decision {
    /// It is called with; here is what is to be kept of it.
    Call {
        credential: Arc<Credential>,
        call: PreparedCall,
        kept: Kept,
        in_force: bool,
    },
    /// It waits, for the reason that it now says.
    PutAside,
}

/// What an attempt keeps.
struct Kept {
    kind: AttemptKind,
    channel_version: i64,
    sealed_request: Option<Vec<u8>>,
    request_sha256: Option<[u8; 32]>,
}

/// What the payouts of one claim are prepared by.
struct Terms {
    /// The settings in force, of the tenants that have complete ones.
    current: BTreeMap<TenantId, Current>,
    /// What their requests are sealed under.
    keys: SealingKeys,
}

impl Desk {
    /// Claims and prepares in one transaction.
    pub(super) async fn prepare(
        &self,
        shared: &SharedRound,
        room: i64,
        cap: i64,
        now: Timestamp,
    ) -> Result<Harvest, PrepareFault> {
        let desk = self.clone();
        let round = claim::with(shared, |round| round.clone());
        let begin_before = round.at.saturating_add(self.paces.begin_within());
        let ledger = self
            .database
            .write("claim payouts", Scope::AcrossTenants, move |tx| {
                let probed_until = now.plus(desk.paces.lease);
                let chosen = choose(tx, &round, room, cap, now, probed_until)?;
                desk.write_down(tx, chosen, now)
            })
            .await?;
        let prepared = ledger
            .drafts
            .into_iter()
            .map(|draft| draft.committed(begin_before, shared))
            .collect();
        Ok(Harvest {
            prepared,
            put_aside: ledger.put_aside,
            after: ledger.after,
            saw_all: ledger.saw_all,
            throttled: ledger.throttled,
            is_long: ledger.is_long,
        })
    }

    fn write_down(
        &self,
        tx: &mut Tx<'_>,
        chosen: Chosen,
        now: Timestamp,
    ) -> Result<Written, PrepareFault> {
        let terms = self.terms(tx, &chosen.payouts)?;
        let mut written = Written {
            after: chosen.after,
            saw_all: chosen.saw_all,
            throttled: chosen.throttled,
            is_long: chosen.is_long,
            ..Written::default()
        };
        let mut saved: Vec<(TenantId, Payout, i64)> = Vec::new();
        let mut attempts = Vec::new();
        let mut events = Vec::new();
        let mut told: BTreeMap<PayoutId, outbox::Kind> = BTreeMap::new();
        let mut ended: BTreeSet<PayoutId> = BTreeSet::new();
        for (tenant, mut payout) in chosen.payouts {
            let seen_fence = payout.work.fence;
            let before = Before::of(&payout);
            let was = payout.status;
            payout.work.fence = payout.work.fence.saturating_add(1);
            match self.decide(tx, tenant, &mut payout, &terms, now)? {
                Decision::PutAside => {
                    written.put_aside = written.put_aside.saturating_add(1);
                    told.extend(put_aside(&payout).map(|kind| (payout.id, kind)));
                    if payout.status.is_final() && !was.is_final() {
                        ended.insert(payout.id);
                    }
                    saved.push((tenant, payout, seen_fence));
                }
                Decision::Call {
                    credential,
                    call,
                    kept,
                    in_force,
                } => {
                    let attempt = self.begin(&mut payout, &kept, now)?;
                    if kept.kind == AttemptKind::Submission && before.submitted_at.is_none() {
                        events.push((tenant, submitted(&payout)));
                    }
                    if was == Status::Queued && payout.status == Status::Processing {
                        told.insert(payout.id, outbox::Kind::PayoutProcessing);
                    }
                    attempts.push((tenant, new_attempt(&payout, attempt, kept)));
                    saved.push((tenant, payout.clone(), seen_fence));
                    let is_probe =
                        chosen.probing.contains(&tenant) && matches!(call, PreparedCall::Submit(_));
                    let draft = Draft {
                        tenant,
                        is_probe,
                        in_force,
                        payout,
                        before,
                        attempt,
                        credential,
                        call,
                    };
                    written.drafts.push(draft);
                }
            }
        }
        let changes: Vec<(TenantId, &Payout, i64)> = saved
            .iter()
            .map(|(tenant, payout, fence)| (*tenant, payout, *fence))
            .collect();
        let written_down = payouts::save_all(tx, &changes)?;
        if written_down.len() != changes.len() {
            // their rows are locked by this transaction, so nobody can have come between
            return Err(DbFault::Damaged {
                table: "payouts",
                what: "a locked payout changed",
            }
            .into());
        }
        payouts::insert_attempts(tx, attempts, now)?;
        audit::record_all(tx, events, &By::ENGINE, now)?;
        tell(tx, &changes, &written_down, &told, now)?;
        let ended: Vec<(TenantId, &Payout)> = changes
            .iter()
            .filter(|(_, payout, _)| ended.contains(&payout.id))
            .map(|(tenant, payout, _)| (*tenant, *payout))
            .collect();
        payouts::count_ended(tx, &ended)?;
        Ok(written)
    }

    /// What the payouts of a claim have in common, tenant by tenant, by one statement each.
    fn terms(
        &self,
        tx: &mut Tx<'_>,
        payouts: &[(TenantId, Payout)],
    ) -> Result<Terms, PrepareFault> {
        let mut tenants: Vec<TenantId> = payouts.iter().map(|(tenant, _)| *tenant).collect();
        tenants.dedup();
        let current = channels::list_current(tx, &tenants)?;
        Ok(Terms {
            current: current
                .into_iter()
                .map(|current| (current.tenant, current))
                .collect(),
            keys: self.credentials.vault().sealing_keys(tx, &tenants)?,
        })
    }

    /// From here on the payout may have been sent, whatever happens to this process: what comes next is a question, once the lease is
    /// over. A final payout that is asked about once more stays what it is.
    fn begin(&self, payout: &mut Payout, kept: &Kept, now: Timestamp) -> Result<i64, NoSuchWay> {
        let lease_ends = now.plus(self.paces.lease);
        payout.work.attempts = payout.work.attempts.saturating_add(1);
        if payout.status.is_final() {
            payout.work.next = Some((Step::Recheck, lease_ends));
            return Ok(payout.work.attempts);
        }
        payout.work.next = Some((Step::Inquire, lease_ends));
        if payout.status == Status::InReview {
            // it is asked about because an older database was put back; what people have to approve stays theirs
            return Ok(payout.work.attempts);
        }
        payout.go(Status::Processing)?;
        payout.not_before = None;
        if kept.kind == AttemptKind::Submission {
            if !payout.work.may_have_been_sent {
                // what it waited for is over; a doubt about an earlier send is not
                payout.reason_code = None;
            }
            payout.submitted_at = payout.submitted_at.or(Some(now));
            payout.work.last_sent_at = Some(now);
            payout.work.may_have_been_sent = true;
            payout.work.suspected_code = None;
            if kept.sealed_request.is_some() {
                payout.work.request_attempt = Some(payout.work.attempts);
            }
        }
        Ok(payout.work.attempts)
    }

    fn decide(
        &self,
        tx: &mut Tx<'_>,
        tenant: TenantId,
        payout: &mut Payout,
        terms: &Terms,
        now: Timestamp,
    ) -> Result<Decision, PrepareFault> {
        let court = Court {
            paces: &self.paces,
            random: &*self.random,
            now,
        };
        // past WeChat's window nothing is sent again: then it is asked about
        let step = match payout.work.next {
            Some((Step::Submit, _)) if court.may_send_again(payout) => Step::Submit,
            Some((Step::Recheck, _)) => Step::Recheck,
            Some((Step::Submit | Step::Inquire, _)) | None => Step::Inquire,
        };
        if step == Step::Submit
            && payout.submitted_at.is_none()
            && !count_on_its_day(tx, tenant, payout, now)?
        {
            return Ok(Decision::PutAside);
        }
        let current = terms.current.get(&tenant);
        let step = follow_the_settings(payout, step, current);
        let Some((credential, version)) = self.credential(tx, tenant, payout, current)? else {
            return self.wait_for_settings(tx, tenant, payout, now);
        };
        let in_force = current.is_some_and(|current| current.version == version);
        match step {
            Step::Inquire | Step::Recheck => Ok(Decision::Call {
                credential,
                call: PreparedCall::Inquire(Nonce::fresh(&*self.random)),
                kept: Kept {
                    kind: AttemptKind::Inquiry,
                    channel_version: version,
                    sealed_request: None,
                    request_sha256: None,
                },
                in_force,
            }),
            Step::Submit => {
                let with = (credential, version, in_force);
                self.request(tx, tenant, payout, with, &terms.keys, now)
            }
        }
    }

    /// What to call with: the settings in force, or, for a payout that was sent before, the newest ones with the AppID and merchant
    /// number that it was sent with.
    fn credential(
        &self,
        tx: &mut Tx<'_>,
        tenant: TenantId,
        payout: &mut Payout,
        current: Option<&Current>,
    ) -> Result<Option<(Arc<Credential>, i64)>, PrepareFault> {
        let wanted = match (&payout.sent_with, current) {
            (None, None) => None,
            (None, Some(current)) => Some((current.channel, current.version)),
            (Some(sent), Some(current))
                if sent.app_id == current.app_id
                    && sent.merchant_number == current.merchant_number =>
            {
                Some((current.channel, current.version))
            }
            (Some(sent), _) => {
                let (app_id, number) = (&sent.app_id, &sent.merchant_number);
                channels::find_version_for(tx, tenant, sent.channel, app_id, number)?
                    .map(|version| (sent.channel, version))
            }
        };
        let Some((channel, version)) = wanted else {
            return Ok(None);
        };
        match self.credentials.open(tx, tenant, channel, version) {
            Ok(credential) => {
                payout.sent_with.get_or_insert_with(|| SentWith {
                    channel,
                    version,
                    app_id: credential.app_id.clone(),
                    merchant_number: credential.merchant_number.clone(),
                });
                Ok(Some((credential, version)))
            }
            Err(CredentialFault::Db(fault) | CredentialFault::Vault(VaultFault::Db(fault))) => {
                Err(fault.into())
            }
            Err(fault @ (CredentialFault::Incomplete | CredentialFault::Vault(_))) => {
                tracing::error!(%tenant, error = ?fault, "a credential does not open");
                Ok(None)
            }
        }
    }

    /// Without usable settings nothing can be sent or asked. A payout that was to be sent closes the lane, in which it keeps its place;
    /// saving settings opens it.
    fn wait_for_settings(
        &self,
        tx: &mut Tx<'_>,
        tenant: TenantId,
        payout: &mut Payout,
        now: Timestamp,
    ) -> Result<Decision, PrepareFault> {
        const CODE: &str = "settings_incomplete";
        let pause = self.paces.retry_pause(payout.work.tries, &*self.random);
        if let Some((Step::Submit, _)) = payout.work.next {
            payout.reason_code = Some(CODE.to_owned());
            let was = payouts::find_lane(tx, tenant)?;
            let lane = trouble_lane(
                was,
                LaneState::Settings,
                CODE,
                &self.paces,
                &*self.random,
                now,
            );
            payouts::close_lane(tx, tenant, &lane, &By::ENGINE, now)?;
        } else {
            payout.work.tries = payout.work.tries.saturating_add(1);
            payout.work.next = payout.work.next.map(|(step, _)| (step, now.plus(pause)));
        }
        Ok(Decision::PutAside)
    }

    fn request(
        &self,
        tx: &mut Tx<'_>,
        tenant: TenantId,
        payout: &mut Payout,
        (credential, version, in_force): (Arc<Credential>, i64, bool),
        keys: &SealingKeys,
        now: Timestamp,
    ) -> Result<Decision, PrepareFault> {
        let (bytes, is_new) = match payout.work.request_attempt {
            Some(number) => {
                let stored = self.open_request(tx, tenant, payout.id, number)?;
                self.sign_anew_if_it_was_refused(payout, &credential, version, stored)
            }
            None => match self.compose(tx, tenant, payout, &credential)? {
                Some(bytes) => (bytes, true),
                None => return fail_unsent(tx, tenant, payout, now),
            },
        };
        let digest: [u8; 32] = Sha256::digest(bytes.as_bytes()).into();
        let sealed_request = if is_new {
            let number = payout.work.attempts.saturating_add(1);
            let row = payout.id.to_string();
            let place = request_place(tenant, &row, number);
            Some(match keys.seal(&place, bytes.as_bytes()) {
                Some(sealed) => sealed,
                None => self
                    .credentials
                    .vault()
                    .seal(tx, &place, bytes.as_bytes(), now)?,
            })
        } else {
            None
        };
        if let Some(sent) = &mut payout.sent_with
            && is_new
        {
            sent.version = version;
        }
        let kept = Kept {
            kind: AttemptKind::Submission,
            channel_version: version,
            sealed_request,
            request_sha256: Some(digest),
        };
        Ok(Decision::Call {
            credential,
            call: PreparedCall::Submit(bytes),
            kept,
            in_force,
        })
    }

    fn open_request(
        &self,
        tx: &mut Tx<'_>,
        tenant: TenantId,
        payout: PayoutId,
        number: i64,
    ) -> Result<RequestBytes, PrepareFault> {
        let sealed = payouts::load_request(tx, tenant, payout, number)?;
        let row = payout.to_string();
        let plain =
            self.credentials
                .vault()
                .open(tx, &request_place(tenant, &row, number), &sealed)?;
        Ok(RequestBytes::stored(plain.expose().clone()))
    }

    /// Bytes that were signed with a wrong key would be refused for ever. When every submission so far was provably refused and the
    /// settings have changed since, the same parameters are signed with the present key; nothing else changes.
    fn sign_anew_if_it_was_refused(
        &self,
        payout: &Payout,
        credential: &Credential,
        version: i64,
        stored: RequestBytes,
    ) -> (RequestBytes, bool) {
        let signed_with = payout.sent_with.as_ref().map(|sent| sent.version);
        if payout.work.may_have_been_sent || signed_with == Some(version) {
            return (stored, false);
        }
        match self.rail.resign(&stored, credential) {
            Ok(bytes) if bytes == stored => (stored, false),
            Ok(bytes) => (bytes, true),
            Err(fault) => {
                tracing::error!(payout = %payout.id, %fault, "stored bytes cannot be signed again");
                (stored, false)
            }
        }
    }

    fn compose(
        &self,
        tx: &mut Tx<'_>,
        tenant: TenantId,
        payout: &Payout,
        credential: &Credential,
    ) -> Result<Option<RequestBytes>, PrepareFault> {
        let real_name = if payout.checks_name {
            match recipients::find(tx, tenant, &payout.recipient)? {
                Some(recipient) => {
                    recipients::open_name(tx, self.credentials.vault(), tenant, &recipient)?
                        .map(|name| Secret::new(name.as_str().to_owned()))
                }
                None => None,
            }
        } else {
            None
        };
        let order = Order {
            partner_trade_no: PartnerTradeNo::from(payout.id),
            app_id: credential.app_id.clone(),
            merchant_number: credential.merchant_number.clone(),
            openid: payout.openid.clone(),
            real_name,
            amount: payout.amount,
            description: payout.description.clone(),
            // the address of the caller; WeChat does not compare it with anything (§2.1)
            caller_ip: Ipv4Addr::LOCALHOST,
        };
        match self
            .rail
            .compose(&order, credential, &Nonce::fresh(&*self.random))
        {
            Ok(bytes) => Ok(Some(bytes)),
            Err(fault) => {
                tracing::error!(payout = %payout.id, %fault, "a request cannot be written");
                Ok(None)
            }
        }
    }
}

/// A payout keeps the AppID and merchant number that it was sent with, because WeChat Pay knows its number under them alone. One of which
/// provably nothing is there follows the settings: under the same merchant number at once, for WeChat Pay pays one number of one merchant
/// once, whatever else the requests say; under another one only when asking as the former merchant has confirmed it.
fn follow_the_settings(payout: &mut Payout, step: Step, current: Option<&Current>) -> Step {
    let (Step::Submit, Some(sent), Some(current)) = (step, &payout.sent_with, current) else {
        return step;
    };
    let same_merchant = sent.merchant_number == current.merchant_number;
    let same_app = sent.app_id == current.app_id;
    if payout.work.may_have_been_sent || (same_merchant && same_app) {
        return Step::Submit;
    }
    if same_merchant || payout.submitted_at.is_none() {
        write_anew(payout);
        return Step::Submit;
    }
    payout.reason_code = Some(MERCHANT_CHANGED.to_owned());
    payout.work.suspected_code = Some(MERCHANT_CHANGED.to_owned());
    payout.work.tries = 0;
    payout.work.not_found_times = 0;
    payout.work.not_found_at = None;
    Step::Inquire
}

/// A payout counts on the day on which it is first sent. What waited over midnight moves to today, or waits for a day with
/// room.
fn count_on_its_day(
    tx: &mut Tx<'_>,
    tenant: TenantId,
    payout: &mut Payout,
    now: Timestamp,
) -> Result<bool, DbFault> {
    let today = now.day();
    if payout.planned_on == today {
        return Ok(true);
    }
    let policy = limits::load_policy(tx, tenant)?;
    let moved = limits::move_to_day(
        tx,
        tenant,
        &payout.recipient,
        payout.amount,
        &policy,
        payout.planned_on,
        today,
    );
    match moved {
        Ok(()) => {
            payout.planned_on = today;
            Ok(true)
        }
        Err(ReserveError::Exceeded(exceeded)) => {
            let tomorrow = today.end();
            payout.reason_code = Some(format!("limit_{}", exceeded.name.as_str()));
            payout.not_before = Some(tomorrow);
            payout.work.next = Some((Step::Submit, tomorrow));
            Ok(false)
        }
        Err(ReserveError::Db(fault)) => Err(fault),
    }
}

/// No request can be made of it, so nothing was or will be sent.
fn fail_unsent(
    tx: &mut Tx<'_>,
    tenant: TenantId,
    payout: &mut Payout,
    now: Timestamp,
) -> Result<Decision, PrepareFault> {
    payout.finish(Status::Failed, now)?;
    payout.reason_code = Some("request_unusable".to_owned());
    payouts::give_back(tx, tenant, payout, now)?;
    audit::record(tx, tenant, super::settle::failed(payout), &By::ENGINE, now)?;
    Ok(Decision::PutAside)
}

/// What is to be told of a payout that was put aside without a call: it failed, or waits for another day. What waits for settings,
/// waits in its lane, and the lane tells.
fn put_aside(payout: &Payout) -> Option<outbox::Kind> {
    match payout.status {
        Status::Failed => Some(outbox::Kind::PayoutFailed),
        Status::Queued if payout.waits_for_a_limit() => Some(outbox::Kind::PayoutQueued),
        Status::Queued
        | Status::InReview
        | Status::Processing
        | Status::AwaitingRecipient
        | Status::Succeeded
        | Status::Rejected
        | Status::Cancelled => None,
    }
}

/// Tells what became of claimed payouts.
fn tell(
    tx: &mut Tx<'_>,
    changes: &[(TenantId, &Payout, i64)],
    saved: &BTreeMap<(PayoutId, i64), payouts::Saved>,
    told: &BTreeMap<PayoutId, outbox::Kind>,
    now: Timestamp,
) -> Result<(), DbFault> {
    let mut tellings = Vec::new();
    for (tenant, payout, _) in changes {
        let (Some(saved), Some(kind)) = (
            saved.get(&(payout.id, payout.work.fence)),
            told.get(&payout.id),
        ) else {
            continue;
        };
        tellings.push(payouts::Told {
            tenant: *tenant,
            payout,
            kind: *kind,
            saved: *saved,
        });
        if *kind == outbox::Kind::PayoutQueued {
            payouts::tell_limit(tx, *tenant, payout, *saved, now)?;
        }
    }
    payouts::tell_all(tx, tellings, now)
}

pub(super) fn request_place(tenant: TenantId, payout: &str, attempt: i64) -> vault::Place<'_> {
    vault::Place {
        tenant,
        table: "attempts",
        column: "sealed_request",
        row: payout,
        version: attempt,
    }
}

fn submitted(payout: &Payout) -> Event {
    Event {
        kind: EventKind::PayoutSubmitted,
        object: Object::Payout(payout.id),
        details: json!({ "number": PartnerTradeNo::from(payout.id).as_str() }),
    }
}

fn new_attempt(payout: &Payout, number: i64, kept: Kept) -> NewAttempt {
    NewAttempt {
        payout: payout.id,
        number,
        kind: kept.kind,
        fence: payout.work.fence,
        channel_version: kept.channel_version,
        sealed_request: kept.sealed_request,
        request_sha256: kept.request_sha256,
    }
}

/// What one transaction has written down.
#[derive(Default)]
struct Written {
    drafts: Vec<Draft>,
    put_aside: usize,
    after: Option<TenantId>,
    saw_all: bool,
    throttled: bool,
    is_long: bool,
}

/// A `Prepared` whose transaction is still open.
struct Draft {
    tenant: TenantId,
    is_probe: bool,
    in_force: bool,
    payout: Payout,
    before: Before,
    attempt: i64,
    credential: Arc<Credential>,
    call: PreparedCall,
}

impl Draft {
    fn committed(self, begin_before: Duration, round: &SharedRound) -> Prepared {
        Prepared {
            place: Place::take(round, self.tenant, self.payout.id),
            tenant: self.tenant,
            payout: self.payout,
            before: self.before,
            attempt: self.attempt,
            credential: self.credential,
            is_probe: self.is_probe,
            in_force: self.in_force,
            call: self.call,
            begin_before,
        }
    }
}

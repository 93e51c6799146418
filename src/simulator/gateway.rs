//! The simulator without sockets: a request goes in, an answer comes out, and the book knows.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};

use super::answer::{Answer, Delivery, Ending};
use super::arrival::{Arrival, Endpoint};
use super::book::{Book, MerchantTotals, Movement, RequestSeen, WireCounts};
use super::certificates::CertificateInfo;
use super::faults::{Action, Rule, RuleFault, RuleId, RuleState, Subject};
use super::handle::{Faults, Letter, catch_up, handle};
use super::merchant::{Merchant, MerchantFault, Payee};
use super::order::{Account, OrderKey};
use super::render::Variety;
use super::shared_text::SharedText;
use super::state::State;

/// WeChat Pay's side of the wire, in memory. Time comes in with every call.
#[derive(Debug)]
pub struct Gateway {
    state: Mutex<State>,
    wire: Wire,
}

/// Counters of the layer below.
#[derive(Debug, Default)]
struct Wire {
    connections: AtomicU64,
    full_handshakes: AtomicU64,
    resumed_handshakes: AtomicU64,
    failed_handshakes: AtomicU64,
}

/// Something that happened below the requests.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum WireEvent {
    Connection,
    FullHandshake,
    ResumedHandshake,
    FailedHandshake,
}

impl Gateway {
    /// A gateway that knows nobody yet.
    pub fn new(seed: u64, variety: Variety) -> Self {
        Self {
            state: Mutex::new(State::new(seed, variety)),
            wire: Wire::default(),
        }
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Answers a request that arrives now, as a client of the server would see it: the faults that
    /// strike before the body is read count as well. Only connections are the caller's business:
    /// ask [`Gateway::refuses_handshake`] when one is opened.
    pub fn answer(&self, arrival: &Arrival<'_>, now_ms: i64) -> Answer {
        let ending = match self.fault_at_head(arrival.path, arrival.certificate) {
            Some(Action::ResetMidRequest { .. }) => Ending::Reset,
            Some(_) => Ending::Closed,
            None => return self.judge(arrival, now_ms),
        };
        Answer {
            delivery: Delivery::End {
                after_ms: 0,
                ending,
            },
            booked: false,
        }
    }

    /// Judges a request that was read.
    pub(super) fn judge(&self, arrival: &Arrival<'_>, now_ms: i64) -> Answer {
        // Hashing and parsing need nothing that is shared.
        let letter = Letter::open(arrival);
        let mut state = self.lock();
        catch_up(&mut state, now_ms);
        handle(&mut state, letter, Faults::On, now_ms)
    }

    /// The fault that strikes after the HTTP head, if one does.
    pub(super) fn fault_at_head(
        &self,
        path: &str,
        certificate: Option<&CertificateInfo>,
    ) -> Option<Action> {
        let subject = Subject {
            endpoint: Endpoint::of_path(path),
            mchid: certificate.map(|info| info.common_name.as_str()),
            ..Subject::default()
        };
        let mut state = self.lock();
        let seed = state.seed;
        state
            .rules
            .for_head(&subject, seed)
            .map(|fault| fault.action)
    }

    /// Whether the next TLS handshake is refused; each question counts as a connection for the
    /// rules with [`Action::RefuseHandshake`].
    pub fn refuses_handshake(&self) -> bool {
        let mut state = self.lock();
        let seed = state.seed;
        state.rules.for_connection(seed).is_some()
    }

    pub(super) fn count(&self, event: WireEvent) {
        let counter = match event {
            WireEvent::Connection => &self.wire.connections,
            WireEvent::FullHandshake => &self.wire.full_handshakes,
            WireEvent::ResumedHandshake => &self.wire.resumed_handshakes,
            WireEvent::FailedHandshake => &self.wire.failed_handshakes,
        };
        counter.fetch_add(1, Ordering::Relaxed);
    }

    /// Registers a merchant.
    pub fn add_merchant(&self, merchant: Merchant) -> Result<(), MerchantFault> {
        merchant.check()?;
        let mut state = self.lock();
        if state.accounts.contains_key(merchant.mchid.as_str()) {
            return Err(MerchantFault::Registered);
        }
        let account = Account::new(merchant);
        state.accounts.insert(account.mchid.clone(), account);
        Ok(())
    }

    /// Changes a merchant (key, `AppID`s, balance, limits, permissions); its number stays.
    pub fn change_merchant(
        &self,
        mchid: &str,
        change: impl FnOnce(&mut Merchant),
    ) -> Result<(), MerchantFault> {
        let mut state = self.lock();
        let account = state
            .accounts
            .get_mut(mchid)
            .ok_or(MerchantFault::Unknown)?;
        let mut changed = account.merchant.clone();
        change(&mut changed);
        mchid.clone_into(&mut changed.mchid);
        changed.check()?;
        account.merchant = changed;
        Ok(())
    }

    /// A merchant as it is registered now.
    pub fn merchant(&self, mchid: &str) -> Option<Merchant> {
        self.lock()
            .accounts
            .get(mchid)
            .map(|account| account.merchant.clone())
    }

    /// Says what is known about a payee of a merchant.
    pub fn set_payee(&self, mchid: &str, openid: &str, payee: Payee) -> Result<(), MerchantFault> {
        let mut state = self.lock();
        let account = state
            .accounts
            .get_mut(mchid)
            .ok_or(MerchantFault::Unknown)?;
        account.payees.insert(openid.to_owned(), payee);
        Ok(())
    }

    /// Puts a rule in force.
    pub fn set_fault(&self, rule: Rule) -> Result<RuleId, RuleFault> {
        self.lock().rules.add(rule)
    }

    /// Takes a rule out of force; false when there is none of this id.
    pub fn remove_fault(&self, id: RuleId) -> bool {
        self.lock().rules.remove(id)
    }

    /// Takes all rules out of force. Faults by openid and orders already accepted stay as they are.
    pub fn clear_faults(&self) {
        self.lock().rules.clear();
    }

    /// The rules in force.
    pub fn faults(&self) -> Vec<RuleState> {
        self.lock().rules.list()
    }

    /// The book as it stands now.
    pub fn book(&self, now_ms: i64) -> Book {
        let mut state = self.lock();
        catch_up(&mut state, now_ms);
        let journal = &state.journal;
        let movements = journal.movements();
        Book {
            merchants: totals(&state),
            paid_fen: movements
                .iter()
                .map(|m| m.amount_fen)
                .fold(0, i64::saturating_add),
            movements,
            refusals: journal.refusals.clone(),
            refusals_total: journal.refusals_total,
            certificate_mismatches: journal.mismatches.clone(),
            certificate_mismatches_total: journal.mismatches_total,
            numbers: journal.numbers(),
            requests_total: journal.requests_total,
            wire: self.wire_counts(),
        }
    }

    /// Totals of every merchant, without copying the book.
    pub fn totals(&self, now_ms: i64) -> Vec<MerchantTotals> {
        let mut state = self.lock();
        catch_up(&mut state, now_ms);
        totals(&state)
    }

    /// Connections and handshakes so far.
    pub fn wire_counts(&self) -> WireCounts {
        let read = |counter: &AtomicU64| counter.load(Ordering::Relaxed);
        WireCounts {
            connections: read(&self.wire.connections),
            full_handshakes: read(&self.wire.full_handshakes),
            resumed_handshakes: read(&self.wire.resumed_handshakes),
            failed_handshakes: read(&self.wire.failed_handshakes),
        }
    }

    /// The movements of one number: more than one is a double payment.
    pub fn movements_of(&self, mchid: &str, number: &str, now_ms: i64) -> Vec<Movement> {
        let mut state = self.lock();
        catch_up(&mut state, now_ms);
        state.journal.movements_of(&order_key(mchid, number))
    }

    /// The requests seen for one number.
    pub fn requests_of(&self, mchid: &str, number: &str) -> Vec<RequestSeen> {
        self.lock().journal.requests_of(&order_key(mchid, number))
    }
}

fn order_key(mchid: &str, number: &str) -> OrderKey {
    OrderKey {
        mchid: SharedText::from(mchid),
        number: number.to_owned(),
    }
}

fn totals(state: &State) -> Vec<MerchantTotals> {
    let by_number: BTreeMap<_, _> = state.accounts.iter().collect();
    by_number
        .into_values()
        .map(|account| MerchantTotals {
            mchid: account.mchid.clone(),
            balance_fen: account.merchant.balance_fen,
            paid_fen: account.paid_fen,
            paid_count: account.paid_count,
            pending_fen: account.pending_fen,
            refused_count: account.refused_count,
        })
        .collect()
}

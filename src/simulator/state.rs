//! Everything behind the gateway's lock, and what falls due by itself.

use std::collections::{BTreeMap, HashMap};
use std::net::IpAddr;

use super::beijing;
use super::book::Movement;
use super::certificates::CertificateInfo;
use super::faults::Rules;
use super::journal::Journal;
use super::order::{Account, Finish, Order, OrderKey, Standing};
use super::render::Variety;
use super::shared_text::SharedText;

/// Orders kept: about two gigabytes with their requests. Past it the simulator answers `SYSTEMERROR` and pays nothing,
/// because a judge that forgets orders would be worse than one that stops.
pub const MAX_ORDERS: usize = 1_200_000;

/// The simulator's memory.
#[derive(Debug)]
pub(super) struct State {
    pub(super) seed: u64,
    pub(super) variety: Variety,
    pub(super) accounts: HashMap<SharedText, Account>,
    pub(super) orders: HashMap<OrderKey, Order>,
    pub(super) rules: Rules,
    pub(super) journal: Journal,
    payments: u64,
    due: BTreeMap<(i64, u64), Due>,
    next_due: u64,
}

/// What happens at a time of its own.
#[derive(Debug)]
pub(super) enum Due {
    /// A pending order ends.
    End(OrderKey),
    /// A request arrives that was held back on its way.
    Arrival(Box<HeldRequest>),
}

/// A request that was held back, with all that its judge has to know.
#[derive(Debug)]
pub(super) struct HeldRequest {
    pub(super) certificate: Option<CertificateInfo>,
    pub(super) source: Option<IpAddr>,
    pub(super) content_type: Option<String>,
    pub(super) path: String,
    pub(super) body: Vec<u8>,
}

impl State {
    pub(super) fn new(seed: u64, variety: Variety) -> Self {
        Self {
            seed,
            variety,
            accounts: HashMap::new(),
            orders: HashMap::new(),
            rules: Rules::default(),
            journal: Journal::default(),
            payments: 0,
            due: BTreeMap::new(),
            next_due: 0,
        }
    }

    pub(super) fn plan(&mut self, at_ms: i64, due: Due) {
        self.next_due += 1;
        self.due.insert((at_ms, self.next_due), due);
    }

    /// The next thing that has fallen due, with its time.
    pub(super) fn take_due(&mut self, now_ms: i64) -> Option<(i64, Due)> {
        let entry = self.due.first_entry()?;
        let (at_ms, _) = *entry.key();
        (at_ms <= now_ms).then(|| (at_ms, entry.remove()))
    }

    /// A new number of WeChat Pay's.
    pub(super) fn next_payment_no(&mut self, now_ms: i64) -> String {
        self.payments += 1;
        format!("10100{}{:015}", beijing::compact_day(now_ms), self.payments)
    }

    /// A pending order ends as it was meant to.
    pub(super) fn end_pending(&mut self, key: &OrderKey, at_ms: i64) {
        let Some(order) = self.orders.get_mut(key) else {
            return;
        };
        let Standing::Pending(finish) = &order.standing else {
            return;
        };
        match finish.clone() {
            Finish::Success => self.settle(key, at_ms),
            Finish::Failure { reason } => {
                order.standing = Standing::Failed { reason };
                if let Some(account) = self.accounts.get_mut(&key.mchid) {
                    account.release(&order.openid, order.amount_fen, order.initiated_at_ms);
                }
            }
        }
    }

    /// The money of an accepted order reaches the payee. The only place where money moves.
    pub(super) fn settle(&mut self, key: &OrderKey, at_ms: i64) {
        let Some(order) = self.orders.get_mut(key) else {
            return;
        };
        order.standing = Standing::Paid { at_ms };
        if let Some(account) = self.accounts.get_mut(&key.mchid) {
            account.settle(order.amount_fen);
        }
        let movement = Movement {
            mchid: key.mchid.clone(),
            partner_trade_no: key.number.clone(),
            app_id: order.app_id.clone(),
            openid: order.openid.clone(),
            amount_fen: order.amount_fen,
            payment_no: order.payment_no.clone(),
            at_ms,
            at: beijing::format(at_ms),
            requests: 0,
            certificate_fingerprint: order.fingerprint.clone(),
        };
        self.journal.note_movement(key, movement);
    }
}

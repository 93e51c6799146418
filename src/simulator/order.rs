//! An order that WeChat Pay has accepted, and the book-keeping of one merchant.

use std::collections::{BTreeMap, HashMap};

use super::beijing;
use super::book::Digest;
use super::merchant::{Merchant, Payee};
use super::shared_text::SharedText;

/// (mchid, `partner_trade_no`).
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct OrderKey {
    pub(super) mchid: SharedText,
    pub(super) number: String,
}

/// An accepted order. Refused ones leave nothing behind.
#[derive(Debug)]
pub(super) struct Order {
    pub(super) app_id: String,
    pub(super) openid: String,
    pub(super) amount_fen: i64,
    pub(super) desc: String,
    pub(super) payee_name: Option<String>,
    /// Every parameter of the first request but `sign`.
    pub(super) parameters: Digest,
    pub(super) payment_no: String,
    pub(super) initiated_at_ms: i64,
    pub(super) fingerprint: Option<SharedText>,
    pub(super) standing: Standing,
    /// Until then a query answers `NOT_FOUND`.
    pub(super) hidden_until_ms: i64,
}

/// Where an accepted order stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Standing {
    /// The money is held; it moves, or comes back, when the time has come.
    Pending(Finish),
    /// The money has moved.
    Paid { at_ms: i64 },
    /// It will never move.
    Failed { reason: String },
}

/// How a pending order ends.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Finish {
    Success,
    Failure { reason: String },
}

/// A merchant with what has happened to its money.
#[derive(Debug)]
pub(super) struct Account {
    pub(super) mchid: SharedText,
    pub(super) merchant: Merchant,
    pub(super) payees: HashMap<String, Payee>,
    pub(super) pending_fen: i64,
    pub(super) paid_fen: i64,
    pub(super) paid_count: u64,
    pub(super) refused_count: u64,
    /// Only the days around the present one; see [`Account::day_mut`].
    days: BTreeMap<i64, DayUse>,
    pub(super) pace: [Pace; 2],
}

/// What was paid on one Beijing day.
#[derive(Debug, Default)]
pub(super) struct DayUse {
    pub(super) paid_fen: i64,
    pub(super) payees: HashMap<String, PayeeUse>,
}

/// What one payee got on one day.
#[derive(Debug, Default, Clone, Copy)]
pub(super) struct PayeeUse {
    pub(super) paid_fen: i64,
    pub(super) count: u32,
}

/// Requests counted in the present second.
#[derive(Debug, Default)]
pub(super) struct Pace {
    second: i64,
    count: u32,
}

impl Pace {
    /// Counts one request; false when the second is full.
    pub(super) fn admits(&mut self, limit: Option<u32>, now_ms: i64) -> bool {
        let second = now_ms.div_euclid(1000);
        if self.second != second {
            *self = Self { second, count: 0 };
        }
        self.count = self.count.saturating_add(1);
        limit.is_none_or(|limit| self.count <= limit)
    }
}

impl Account {
    /// Days kept: the present one, and its neighbours for orders that end after midnight.
    const DAYS_KEPT: i64 = 9;

    pub(super) fn new(merchant: Merchant) -> Self {
        Self {
            mchid: merchant.mchid.as_str().into(),
            merchant,
            payees: HashMap::new(),
            pending_fen: 0,
            paid_fen: 0,
            paid_count: 0,
            refused_count: 0,
            days: BTreeMap::new(),
            pace: <[Pace; 2]>::default(),
        }
    }

    pub(super) fn day(&self, now_ms: i64) -> Option<&DayUse> {
        self.days.get(&beijing::day(now_ms))
    }

    fn day_mut(&mut self, at_ms: i64) -> &mut DayUse {
        let day = beijing::day(at_ms);
        self.days
            .retain(|kept, _| (kept - day).abs() < Self::DAYS_KEPT);
        self.days.entry(day).or_default()
    }

    /// Takes the money out of the balance and counts it for the day.
    pub(super) fn hold(&mut self, openid: &str, amount_fen: i64, now_ms: i64) {
        self.merchant.balance_fen = self.merchant.balance_fen.saturating_sub(amount_fen);
        self.pending_fen = self.pending_fen.saturating_add(amount_fen);
        let day = self.day_mut(now_ms);
        day.paid_fen = day.paid_fen.saturating_add(amount_fen);
        let payee = day.payees.entry(openid.to_owned()).or_default();
        payee.paid_fen = payee.paid_fen.saturating_add(amount_fen);
        payee.count = payee.count.saturating_add(1);
    }

    /// What was held has reached the payee.
    pub(super) fn settle(&mut self, amount_fen: i64) {
        self.pending_fen = self.pending_fen.saturating_sub(amount_fen);
        self.paid_fen = self.paid_fen.saturating_add(amount_fen);
        self.paid_count = self.paid_count.saturating_add(1);
    }

    /// What was held comes back, and the day is given its room back.
    pub(super) fn release(&mut self, openid: &str, amount_fen: i64, held_at_ms: i64) {
        self.pending_fen = self.pending_fen.saturating_sub(amount_fen);
        self.merchant.balance_fen = self.merchant.balance_fen.saturating_add(amount_fen);
        if let Some(day) = self.days.get_mut(&beijing::day(held_at_ms)) {
            day.paid_fen = day.paid_fen.saturating_sub(amount_fen);
            if let Some(payee) = day.payees.get_mut(openid) {
                payee.paid_fen = payee.paid_fen.saturating_sub(amount_fen);
                payee.count = payee.count.saturating_sub(1);
            }
        }
    }
}

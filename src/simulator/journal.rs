//! Keeping the book.

use std::collections::HashMap;

use super::book::{Mismatch, Movement, NumberSeen, Refusal, RequestSeen};
use super::order::OrderKey;
use super::shared_text::SharedText;

/// Refusals and certificate mismatches kept word by word; later ones are only counted.
pub const KEPT_REFUSALS: usize = 100_000;
/// Requests of one number kept one by one; later ones are only counted.
pub const KEPT_REQUESTS: usize = 1_000;
/// Order numbers of which requests are kept; later ones are only counted. As many as orders.
pub const KEPT_NUMBERS: usize = 1_200_000;

/// What has happened so far.
#[derive(Debug, Default)]
pub(super) struct Journal {
    movements: Vec<Movement>,
    pub(super) refusals: Vec<Refusal>,
    pub(super) refusals_total: u64,
    pub(super) mismatches: Vec<Mismatch>,
    pub(super) mismatches_total: u64,
    pub(super) requests_total: u64,
    numbers: HashMap<OrderKey, Seen>,
}

/// The requests of one number.
#[derive(Debug, Default)]
pub(super) struct Seen {
    requests: Vec<RequestSeen>,
    /// Where in the book its movements stand.
    movements: Vec<usize>,
    /// How many transfers and how many queries.
    pub(super) turns: [u32; 2],
    /// The payee of the latest transfer, so that a fault by openid also reaches the queries.
    pub(super) openid: Option<String>,
    /// When the latest transfer arrived.
    pub(super) last_transfer_ms: Option<i64>,
}

impl Seen {
    fn total(&self) -> u32 {
        self.turns.iter().copied().fold(0, u32::saturating_add)
    }
}

impl Journal {
    pub(super) fn seen(&self, key: &OrderKey) -> Option<&Seen> {
        self.numbers.get(key)
    }

    pub(super) fn note_refusal(&mut self, refusal: Refusal) {
        self.refusals_total += 1;
        if self.refusals.len() < KEPT_REFUSALS {
            self.refusals.push(refusal);
        }
    }

    pub(super) fn note_mismatch(&mut self, mismatch: Mismatch) {
        self.mismatches_total += 1;
        if self.mismatches.len() < KEPT_REFUSALS {
            self.mismatches.push(mismatch);
        }
    }

    pub(super) fn note_movement(&mut self, key: &OrderKey, movement: Movement) {
        let place = self.movements.len();
        self.movements.push(movement);
        self.numbers
            .entry(key.clone())
            .or_default()
            .movements
            .push(place);
    }

    pub(super) fn note_request(
        &mut self,
        key: OrderKey,
        request: RequestSeen,
        openid: Option<&str>,
    ) {
        self.requests_total += 1;
        if self.numbers.len() >= KEPT_NUMBERS && !self.numbers.contains_key(&key) {
            return;
        }
        let seen = self.numbers.entry(key).or_default();
        let kind = request.endpoint as usize;
        if let Some(turns) = seen.turns.get_mut(kind) {
            *turns = turns.saturating_add(1);
        }
        if let Some(openid) = openid {
            seen.openid = Some(openid.to_owned());
            seen.last_transfer_ms = Some(request.at_ms);
        }
        if seen.requests.len() < KEPT_REQUESTS {
            seen.requests.push(request);
        }
    }

    /// The movements, each with the requests seen for its number by now.
    pub(super) fn movements(&self) -> Vec<Movement> {
        self.movements
            .iter()
            .map(|movement| self.with_requests(movement))
            .collect()
    }

    /// The movements of one number.
    pub(super) fn movements_of(&self, key: &OrderKey) -> Vec<Movement> {
        let places = self.seen(key).map_or(&[][..], |seen| &seen.movements);
        let found = places.iter().filter_map(|place| self.movements.get(*place));
        found.map(|movement| self.with_requests(movement)).collect()
    }

    fn with_requests(&self, movement: &Movement) -> Movement {
        let key = OrderKey {
            mchid: movement.mchid.clone(),
            number: movement.partner_trade_no.clone(),
        };
        let requests = self.seen(&key).map_or(0, Seen::total);
        Movement {
            requests,
            ..movement.clone()
        }
    }

    /// Every number with its requests, in the order of merchants and numbers.
    pub(super) fn numbers(&self) -> Vec<NumberSeen> {
        let mut numbers: Vec<_> = self
            .numbers
            .iter()
            .map(|(key, seen)| number_seen(key.mchid.clone(), key.number.clone(), seen))
            .collect();
        numbers.sort_unstable_by(|a, b| {
            (&a.mchid, &a.partner_trade_no).cmp(&(&b.mchid, &b.partner_trade_no))
        });
        numbers
    }

    pub(super) fn requests_of(&self, key: &OrderKey) -> Vec<RequestSeen> {
        self.seen(key)
            .map_or_else(Vec::new, |seen| seen.requests.clone())
    }
}

fn number_seen(mchid: SharedText, partner_trade_no: String, seen: &Seen) -> NumberSeen {
    NumberSeen {
        mchid,
        partner_trade_no,
        requests: seen.requests.clone(),
        total: seen.total(),
    }
}

//! How fast one merchant is called.
//!
//! WeChat Pay documents 100 submissions and 30 questions a second for a merchant number (§2, §3). Each merchant number has a bucket for each: it
//! holds a tenth of a second's calls, and nine tenths flow in each second, so that no second has more than all of them. `FREQ_LIMIT` halves a
//! merchant's rates; after that they grow by a hundredth of themselves each second. Several engines do not know of each other's calls: together
//! they are slowed by what WeChat Pay says, as one would be. Whole millionths, no floats.

use std::collections::BTreeMap;
use std::time::Duration;

use crate::basics::{MerchantNumber, TenantId};

/// One call, in the buckets' unit.
const CALL: u64 = 1_000_000;

/// The full rate, in millionths.
const FULL: u64 = 1_000_000;

/// The slowest rate, in millionths of the full one: a merchant is never left without any call.
const SLOWEST: u64 = 10_000;

/// In so many milliseconds a rate would grow by all of itself.
const GROWS_IN_MILLIS: u64 = 100_000;

/// Refusals within this time are of one burst, and halve the rates once.
const ONE_BURST: Duration = Duration::from_secs(1);

/// The highest rates, in calls a second.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Ceilings {
    /// Submissions.
    pub submissions: u32,
    /// Questions.
    pub inquiries: u32,
}

impl Ceilings {
    /// WeChat Pay's documented ones.
    pub const DOCUMENTED: Ceilings = Ceilings {
        submissions: 100,
        inquiries: 30,
    };
}

/// What a merchant may be called with at once.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Allowance {
    pub(super) submissions: i64,
    pub(super) inquiries: i64,
}

#[derive(Clone, Debug)]
struct Bucket {
    submissions: u64,
    inquiries: u64,
    rate: u64,
    at: Duration,
    slowed_at: Option<Duration>,
}

/// The buckets of the merchant numbers that were called lately; all others are full.
#[derive(Clone, Debug)]
pub(super) struct Rates {
    ceilings: Ceilings,
    buckets: BTreeMap<MerchantNumber, Bucket>,
    /// By which merchant number each tenant was last called: two tenants may have the same one.
    merchants: BTreeMap<TenantId, MerchantNumber>,
}

impl Rates {
    pub(super) const fn new(ceilings: Ceilings) -> Self {
        Self {
            ceilings,
            buckets: BTreeMap::new(),
            merchants: BTreeMap::new(),
        }
    }

    /// What a tenant's merchant may be called with at `now`.
    pub(super) fn allowance(&self, tenant: TenantId, now: Duration) -> Allowance {
        let bucket = match self.merchants.get(&tenant) {
            Some(merchant) => self.filled(merchant, now),
            None => self.full(now),
        };
        let calls =
            |level: u64| i64::try_from(level.checked_div(CALL).unwrap_or(0)).unwrap_or(i64::MAX);
        Allowance {
            submissions: calls(bucket.submissions),
            inquiries: calls(bucket.inquiries),
        }
    }

    /// Takes calls that are about to be made.
    pub(super) fn spend(
        &mut self,
        tenant: TenantId,
        merchant: &MerchantNumber,
        submissions: u64,
        inquiries: u64,
        now: Duration,
    ) {
        if self.merchants.get(&tenant) != Some(merchant) {
            self.merchants.insert(tenant, merchant.clone());
        }
        let mut bucket = self.filled(merchant, now);
        bucket.submissions = bucket
            .submissions
            .saturating_sub(submissions.saturating_mul(CALL));
        bucket.inquiries = bucket
            .inquiries
            .saturating_sub(inquiries.saturating_mul(CALL));
        self.buckets.insert(merchant.clone(), bucket);
    }

    /// The rail has said that we call too often.
    pub(super) fn slow_down(&mut self, merchant: &MerchantNumber, now: Duration) {
        let mut bucket = self.filled(merchant, now);
        let is_new = bucket
            .slowed_at
            .is_none_or(|at| now.saturating_sub(at) >= ONE_BURST);
        if is_new {
            bucket.rate = bucket.rate.checked_div(2).unwrap_or(SLOWEST).max(SLOWEST);
            bucket.slowed_at = Some(now);
        }
        bucket.submissions = 0;
        bucket.inquiries = 0;
        self.buckets.insert(merchant.clone(), bucket);
    }

    /// Forgets the buckets that are full and at their full rate.
    pub(super) fn forget_full(&mut self, now: Duration) {
        let full = self.full(now);
        let merchants: Vec<MerchantNumber> = self.buckets.keys().cloned().collect();
        for merchant in merchants {
            let bucket = self.filled(&merchant, now);
            let is_full = bucket.rate == FULL
                && bucket.submissions == full.submissions
                && bucket.inquiries == full.inquiries;
            if is_full {
                self.buckets.remove(&merchant);
            }
        }
        let buckets = &self.buckets;
        self.merchants
            .retain(|_, merchant| buckets.contains_key(merchant));
    }

    /// How many calls a bucket holds.
    fn burst(per_second: u32) -> u64 {
        u64::from(per_second).checked_div(10).unwrap_or(0).max(1)
    }

    fn full(&self, at: Duration) -> Bucket {
        Bucket {
            submissions: Self::burst(self.ceilings.submissions).saturating_mul(CALL),
            inquiries: Self::burst(self.ceilings.inquiries).saturating_mul(CALL),
            rate: FULL,
            at,
            slowed_at: None,
        }
    }

    /// A bucket with what has flowed in since it was last touched.
    fn filled(&self, merchant: &MerchantNumber, now: Duration) -> Bucket {
        let full = self.full(now);
        let Some(bucket) = self.buckets.get(merchant) else {
            return full;
        };
        let millis = u64::try_from(now.saturating_sub(bucket.at).as_millis()).unwrap_or(u64::MAX);
        let at_rate = |amount: u64| {
            amount
                .saturating_mul(bucket.rate)
                .checked_div(FULL)
                .unwrap_or(0)
        };
        // a thousandth of a second's calls in each millisecond
        let inflow = |per_second: u32| {
            let steady = u64::from(per_second)
                .saturating_sub(Self::burst(per_second))
                .max(1);
            at_rate(steady.saturating_mul(CALL / 1_000).saturating_mul(millis))
        };
        let grown = bucket
            .rate
            .saturating_mul(millis)
            .checked_div(GROWS_IN_MILLIS)
            .unwrap_or(0);
        Bucket {
            submissions: bucket
                .submissions
                .saturating_add(inflow(self.ceilings.submissions))
                .min(at_rate(full.submissions).max(CALL)),
            inquiries: bucket
                .inquiries
                .saturating_add(inflow(self.ceilings.inquiries))
                .min(at_rate(full.inquiries).max(CALL)),
            rate: bucket.rate.saturating_add(grown).min(FULL),
            at: now,
            slowed_at: bucket.slowed_at,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::basics::{Timestamp, ids::fresh, randomness::OsRandomness};

    const SECOND: Duration = Duration::from_secs(1);

    fn rates() -> (Rates, TenantId, MerchantNumber) {
        (
            Rates::new(Ceilings::DOCUMENTED),
            fresh(Timestamp::from_seconds(0), &OsRandomness),
            MerchantNumber::parse("1900000109").unwrap(),
        )
    }

    /// A remote side that refuses what goes beyond `hard` calls in a second, and an engine that calls whenever it may.
    struct Drill {
        sent: u64,
        refused: u64,
        most_in_a_second: u64,
    }

    fn drill(hard: u64, step: Duration, time: Duration) -> Drill {
        let (mut rates, tenant, merchant) = rates();
        let mut drill = Drill {
            sent: 0,
            refused: 0,
            most_in_a_second: 0,
        };
        let (mut second, mut in_second, mut now) = (0, 0, Duration::ZERO);
        while now < time {
            let calls = u64::try_from(rates.allowance(tenant, now).submissions).unwrap();
            rates.spend(tenant, &merchant, calls, 0, now);
            if now.as_secs() != second {
                (second, in_second) = (now.as_secs(), 0);
            }
            in_second += calls;
            drill.sent += calls;
            drill.most_in_a_second = drill.most_in_a_second.max(in_second);
            let refused = in_second.saturating_sub(hard).min(calls);
            drill.refused += refused;
            if refused > 0 {
                rates.slow_down(&merchant, now);
            }
            now += step;
        }
        drill
    }

    #[test]
    fn no_second_has_more_than_what_wechat_documents_and_none_is_wasted() {
        for step in [1, 7, 50, 200] {
            let drill = drill(u64::MAX, Duration::from_millis(step), SECOND * 60);
            assert!(drill.most_in_a_second <= 100, "{}", drill.most_in_a_second);
            assert!(
                step > 100 || drill.sent > 85 * 60,
                "{step} ms: {}",
                drill.sent
            );
        }
    }

    /// INV-34: at most one call of a hundred is refused for its frequency, whatever the remote side's own limit is.
    #[test]
    fn a_hard_limit_of_the_remote_side_refuses_at_most_one_call_of_a_hundred() {
        for hard in [5, 10, 30, 50, 80, 99] {
            for step in [10, 50] {
                let drill = drill(hard, Duration::from_millis(step), SECOND * 3600);
                assert!(
                    drill.refused * 100 <= drill.sent,
                    "limit {hard}: {} of {} were refused",
                    drill.refused,
                    drill.sent
                );
                assert!(
                    drill.sent - drill.refused > hard * 3600 / 2,
                    "limit {hard}: only {} passed",
                    drill.sent - drill.refused
                );
            }
        }
    }

    #[test]
    fn too_many_calls_halve_the_rate_once_for_a_burst_and_it_grows_back() {
        let (mut rates, tenant, merchant) = rates();
        rates.spend(tenant, &merchant, 0, 0, Duration::ZERO);
        for _ in 0..5 {
            rates.slow_down(&merchant, Duration::ZERO);
        }
        assert_eq!(rates.allowance(tenant, Duration::ZERO).submissions, 0);
        assert_eq!(
            rates.allowance(tenant, SECOND).submissions,
            5,
            "half of a tenth of a second"
        );
        rates.slow_down(&merchant, SECOND);
        assert_eq!(rates.allowance(tenant, SECOND * 2).submissions, 2);
        rates.spend(tenant, &merchant, 0, 0, SECOND * 600);
        assert_eq!(rates.allowance(tenant, SECOND * 601).submissions, 10);
        rates.forget_full(SECOND * 602);
        assert!(rates.buckets.is_empty() && rates.merchants.is_empty());
    }

    #[test]
    fn growth_is_not_lost_to_rounding_however_often_it_is_looked_at() {
        let (mut rates, tenant, merchant) = rates();
        rates.slow_down(&merchant, Duration::ZERO);
        for millisecond in 1..=200_000 {
            rates.spend(tenant, &merchant, 0, 0, Duration::from_millis(millisecond));
        }
        assert_eq!(rates.buckets[&merchant].rate, FULL);
    }

    #[test]
    fn two_tenants_of_one_merchant_number_share_its_rate() {
        let (mut rates, tenant, merchant) = rates();
        let other: TenantId = fresh(Timestamp::from_seconds(0), &OsRandomness);
        rates.spend(tenant, &merchant, 10, 3, Duration::ZERO);
        rates.spend(other, &merchant, 0, 0, Duration::ZERO);
        let nothing = Allowance {
            submissions: 0,
            inquiries: 0,
        };
        assert_eq!(rates.allowance(other, Duration::ZERO), nothing);
    }

    #[test]
    fn the_slowest_rate_still_calls() {
        let (mut rates, tenant, merchant) = rates();
        rates.spend(tenant, &merchant, 0, 0, Duration::ZERO);
        for second in 0..50 {
            rates.slow_down(&merchant, SECOND * second);
        }
        assert_eq!(rates.allowance(tenant, SECOND * 60).submissions, 1);
    }
}

//! How fast one merchant is called.
//!
//! WeChat Pay documents 100 submissions and 30 questions a second for a merchant (§2, §3). Each tenant has a bucket for each; `FREQ_LIMIT` halves
//! its rates, and a minute without one brings them back. Whole thousandths of a call, no floats.

use std::collections::BTreeMap;
use std::time::Duration;

use crate::basics::TenantId;

/// One call, in the buckets' unit.
const CALL: u64 = 1_000;

/// The full rate, in thousandths.
const FULL: u64 = 1_000;

/// The slowest rate, in thousandths of the full one: a merchant is never left without any call.
const SLOWEST: u64 = 10;

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

/// What a tenant may do at once.
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
}

/// The buckets of the tenants that were called lately; all others are full.
#[derive(Clone, Debug)]
pub(super) struct Rates {
    ceilings: Ceilings,
    buckets: BTreeMap<TenantId, Bucket>,
}

impl Rates {
    pub(super) const fn new(ceilings: Ceilings) -> Self {
        Self {
            ceilings,
            buckets: BTreeMap::new(),
        }
    }

    /// What a tenant may do at `now`.
    pub(super) fn allowance(&self, tenant: TenantId, now: Duration) -> Allowance {
        let bucket = self.filled(tenant, now);
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
        submissions: u64,
        inquiries: u64,
        now: Duration,
    ) {
        let mut bucket = self.filled(tenant, now);
        bucket.submissions = bucket
            .submissions
            .saturating_sub(submissions.saturating_mul(CALL));
        bucket.inquiries = bucket
            .inquiries
            .saturating_sub(inquiries.saturating_mul(CALL));
        self.buckets.insert(tenant, bucket);
    }

    /// The rail has said that we call too often.
    pub(super) fn slow_down(&mut self, tenant: TenantId, now: Duration) {
        let mut bucket = self.filled(tenant, now);
        bucket.rate = bucket.rate.checked_div(2).unwrap_or(SLOWEST).max(SLOWEST);
        bucket.submissions = 0;
        bucket.inquiries = 0;
        self.buckets.insert(tenant, bucket);
    }

    /// Forgets the buckets that are full and at their full rate.
    pub(super) fn forget_full(&mut self, now: Duration) {
        let full = self.full(now);
        let tenants: Vec<TenantId> = self.buckets.keys().copied().collect();
        for tenant in tenants {
            let bucket = self.filled(tenant, now);
            let is_full = bucket.rate == FULL
                && bucket.submissions == full.submissions
                && bucket.inquiries == full.inquiries;
            if is_full {
                self.buckets.remove(&tenant);
            }
        }
    }

    fn full(&self, at: Duration) -> Bucket {
        Bucket {
            submissions: u64::from(self.ceilings.submissions).saturating_mul(CALL),
            inquiries: u64::from(self.ceilings.inquiries).saturating_mul(CALL),
            rate: FULL,
            at,
        }
    }

    /// A bucket with what has flowed in since it was last touched. It holds what a second brings.
    fn filled(&self, tenant: TenantId, now: Duration) -> Bucket {
        let full = self.full(now);
        let Some(bucket) = self.buckets.get(&tenant) else {
            return full;
        };
        let millis = u64::try_from(now.saturating_sub(bucket.at).as_millis()).unwrap_or(u64::MAX);
        // CALL thousandths a call, 1,000 milliseconds a second: calls a second times milliseconds is the level
        let inflow = |per_second: u32| {
            u64::from(per_second)
                .saturating_mul(millis)
                .saturating_mul(bucket.rate)
                .checked_div(FULL)
                .unwrap_or(0)
        };
        let most = |level: u64| {
            level
                .saturating_mul(bucket.rate)
                .checked_div(FULL)
                .unwrap_or(0)
                .max(CALL)
        };
        // a minute brings the rate from nothing to full
        let recovered = millis.saturating_mul(FULL).checked_div(60_000).unwrap_or(0);
        Bucket {
            submissions: bucket
                .submissions
                .saturating_add(inflow(self.ceilings.submissions))
                .min(most(full.submissions)),
            inquiries: bucket
                .inquiries
                .saturating_add(inflow(self.ceilings.inquiries))
                .min(most(full.inquiries)),
            rate: bucket.rate.saturating_add(recovered).min(FULL),
            at: now,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::basics::{Timestamp, ids::fresh, randomness::OsRandomness};

    const SECOND: Duration = Duration::from_secs(1);

    fn rates() -> (Rates, TenantId) {
        (
            Rates::new(Ceilings::DOCUMENTED),
            fresh(Timestamp::from_seconds(0), &OsRandomness),
        )
    }

    #[test]
    fn a_second_brings_what_wechat_documents_and_no_more() {
        let (mut rates, tenant) = rates();
        let full = Allowance {
            submissions: 100,
            inquiries: 30,
        };
        assert_eq!(rates.allowance(tenant, Duration::ZERO), full);
        rates.spend(tenant, 100, 30, Duration::ZERO);
        assert_eq!(rates.allowance(tenant, Duration::ZERO).submissions, 0);
        assert_eq!(rates.allowance(tenant, SECOND / 2).submissions, 50);
        assert_eq!(rates.allowance(tenant, SECOND * 9), full);
    }

    #[test]
    fn too_many_calls_halve_the_rate_and_a_quiet_minute_brings_it_back() {
        let (mut rates, tenant) = rates();
        rates.slow_down(tenant, Duration::ZERO);
        assert_eq!(rates.allowance(tenant, Duration::ZERO).submissions, 0);
        assert_eq!(rates.allowance(tenant, SECOND).submissions, 50);
        rates.slow_down(tenant, Duration::ZERO);
        assert_eq!(rates.allowance(tenant, SECOND).submissions, 25);
        rates.spend(tenant, 0, 0, SECOND * 60);
        assert_eq!(rates.allowance(tenant, SECOND * 62).submissions, 100);
        rates.forget_full(SECOND * 70);
        assert!(rates.buckets.is_empty());
    }

    #[test]
    fn the_slowest_rate_still_calls() {
        let (mut rates, tenant) = rates();
        for _ in 0..50 {
            rates.slow_down(tenant, Duration::ZERO);
        }
        assert_eq!(rates.allowance(tenant, SECOND).submissions, 1);
    }
}

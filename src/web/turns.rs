//! How often a tenant may ask for work that costs the processor or WeChat Pay something.

use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use crate::basics::{TenantId, Timestamp};

/// The time over which turns are counted.
const WINDOW: Duration = Duration::from_mins(1);

/// How many tenants are remembered before those whose minute is over are forgotten.
const REMEMBERED: usize = 1_000;

/// Turns of one kind of work, in this process.
#[derive(Debug)]
pub(super) struct Turns {
    most: u32,
    taken: Mutex<BTreeMap<TenantId, (Timestamp, u32)>>,
}

impl Turns {
    /// At most `most` turns a minute for each tenant.
    pub(super) const fn a_minute(most: u32) -> Self {
        Self {
            most,
            taken: Mutex::new(BTreeMap::new()),
        }
    }

    /// Takes a turn when there is one left.
    pub(super) fn take(&self, tenant: TenantId, now: Timestamp) -> bool {
        let mut taken = self.taken.lock().unwrap_or_else(PoisonError::into_inner);
        let is_over = |since: Timestamp| now.since(since) >= WINDOW || now < since;
        if taken.len() >= REMEMBERED {
            taken.retain(|_, (since, _)| !is_over(*since));
        }
        let (since, count) = taken.entry(tenant).or_insert((now, 0));
        if is_over(*since) {
            (*since, *count) = (now, 0);
        }
        if *count >= self.most {
            return false;
        }
        *count = count.saturating_add(1);
        true
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::basics::ids::fresh;
    use crate::basics::randomness::OsRandomness;

    #[test]
    fn a_minute_has_so_many_turns_for_each_tenant() {
        let turns = Turns::a_minute(2);
        let now = Timestamp::from_seconds(1_000_000);
        let (one, other) = (fresh(now, &OsRandomness), fresh(now, &OsRandomness));
        assert!(turns.take(one, now) && turns.take(one, now));
        assert!(!turns.take(one, now));
        assert!(turns.take(other, now));
        assert!(!turns.take(one, now.plus(Duration::from_secs(59))));
        assert!(turns.take(one, now.plus(WINDOW)));
    }
}

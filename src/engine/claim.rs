//! Claiming: choosing due payouts, fairly, and locking them.
//!
//! Tenants take turns: the engine walks over those with due work, from where it stopped last time, and takes from each no more than
//! its share. A tenant with a million due payouts is one step of the walk, like every other.

use std::collections::BTreeMap;

use crate::basics::{TenantId, Timestamp};
use crate::db::{DbFault, Tx};
use crate::payouts::{self, Payout};

/// How many tenants one walk comes by at the most: each is one look into the index.
const STEPS: i64 = 256;

/// Where the engine stands in its round over the tenants, and how much each has under way.
#[derive(Clone, Debug, Default)]
pub(super) struct Round {
    /// The tenant after which the next walk begins.
    pub(super) after: Option<TenantId>,
    /// Calls under way in this process, by tenant.
    pub(super) under_way: BTreeMap<TenantId, i64>,
}

/// What was chosen.
pub(super) struct Chosen {
    /// The locked payouts.
    pub(super) payouts: Vec<(TenantId, Payout)>,
    /// Where the next walk begins.
    pub(super) after: Option<TenantId>,
    /// Whether the walk passed every tenant there is.
    pub(super) saw_all: bool,
}

/// Locks up to `room` due payouts, at most `cap` under way for one tenant.
pub(super) fn choose(
    tx: &mut Tx<'_>,
    round: &Round,
    room: i64,
    cap: i64,
    now: Timestamp,
) -> Result<Chosen, DbFault> {
    let walked = payouts::find_due_tenants(tx, round.after, now, STEPS)?;
    let saw_all = round.after.is_none() && walked.last.is_none();
    let quotas = share_out(&walked.due, &round.under_way, room, cap);
    // a tenant that the room did not suffice for is the first of the next round
    let after = if quotas.len() < walked.due.len() {
        quotas.last().map(|(tenant, _)| *tenant).or(round.after)
    } else {
        walked.last
    };
    let payouts = payouts::lock_due(tx, &quotas, now)?;
    Ok(Chosen {
        payouts,
        after,
        saw_all,
    })
}

/// Shares the room out: one each in turn, as long as there is room, and nobody beyond the cap.
fn share_out(
    due: &[TenantId],
    under_way: &BTreeMap<TenantId, i64>,
    room: i64,
    cap: i64,
) -> Vec<(TenantId, i64)> {
    let mut free: Vec<(TenantId, i64)> = due
        .iter()
        .map(|tenant| {
            (
                *tenant,
                cap.saturating_sub(under_way.get(tenant).copied().unwrap_or(0)),
            )
        })
        .filter(|(_, free)| *free > 0)
        .collect();
    free.truncate(usize::try_from(room).unwrap_or(0));
    let mut shares: Vec<(TenantId, i64)> = free.iter().map(|(tenant, _)| (*tenant, 0)).collect();
    let mut left = room;
    let mut given = true;
    while left > 0 && given {
        given = false;
        for ((_, share), (_, free)) in shares.iter_mut().zip(&free) {
            if left > 0 && *share < *free {
                *share = share.saturating_add(1);
                left = left.saturating_sub(1);
                given = true;
            }
        }
    }
    shares
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::basics::{Id as _, ids::fresh, randomness::OsRandomness};

    fn tenants<const N: usize>() -> [TenantId; N] {
        std::array::from_fn(|_| fresh(Timestamp::from_seconds(1), &OsRandomness))
    }

    #[test]
    fn the_room_is_shared_in_turns() {
        let [a, b, c] = tenants();
        let shares = share_out(&[a, b, c], &BTreeMap::new(), 7, 4);
        assert_eq!(shares, [(a, 3), (b, 2), (c, 2)]);
    }

    #[test]
    fn nobody_gets_beyond_the_cap_and_what_is_under_way_counts() {
        let [a, b] = tenants();
        let under_way = BTreeMap::from([(a, 3)]);
        assert_eq!(share_out(&[a, b], &under_way, 64, 4), [(a, 1), (b, 4)]);
        assert_eq!(share_out(&[a], &BTreeMap::from([(a, 4)]), 64, 4), []);
    }

    #[test]
    fn when_there_is_too_little_room_the_first_ones_get_it() {
        let [a, b, c] = tenants();
        assert_eq!(
            share_out(&[a, b, c], &BTreeMap::new(), 2, 4),
            [(a, 1), (b, 1)]
        );
        assert!(a.as_uuid() != c.as_uuid());
    }
}

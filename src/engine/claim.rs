//! Claiming: choosing due payouts, fairly, and locking them.
//!
//! First the engine looks at what has been due longest. When that is all there is, it shares the room out among the tenants of that. When there is
//! more, tenants take turns: the engine walks over those with due work, from where it stopped last time, and takes from each no more than its
//! share. A tenant with a million due payouts is one step of the walk, like every other.

use std::collections::btree_map::Entry;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use super::rates::Rates;
use crate::basics::{PayoutId, TenantId, Timestamp};
use crate::db::{DbFault, Tx};
use crate::payouts::{self, DueTenant, Payout, Quota, Sending, Step};

/// How many tenants one walk comes by at the most.
const STEPS: i64 = 256;

/// How many payouts may be due before the engine walks.
const FEW: i64 = 128;

/// Where the engine stands in its round over the tenants, and what each has under way.
#[derive(Clone, Debug)]
pub(super) struct Round {
    /// The tenant after which the next walk begins.
    pub(super) after: Option<TenantId>,
    /// More is due than one look tells.
    pub(super) is_long: bool,
    /// Calls under way in this process, by tenant.
    pub(super) under_way: BTreeMap<TenantId, i64>,
    /// The payouts that they are for: while one is called with, it is not taken up again here, whatever the clock says of its lease.
    pub(super) called: BTreeSet<PayoutId>,
    /// How fast each may be called.
    pub(super) rates: Rates,
    /// The monotonic time of this look.
    pub(super) at: Duration,
}

/// The round, shared by whoever has a call of it under way.
pub(super) type SharedRound = Arc<Mutex<Round>>;

/// A call's place in its tenant's share, from its claim to its end. It is given back when it is dropped, however the call ends.
pub(super) struct Place {
    round: SharedRound,
    tenant: TenantId,
    payout: PayoutId,
}

impl Place {
    /// Takes a place.
    pub(super) fn take(round: &SharedRound, tenant: TenantId, payout: PayoutId) -> Self {
        with(round, |round| {
            round.called.insert(payout);
            let under_way = round.under_way.entry(tenant).or_insert(0);
            *under_way = under_way.saturating_add(1);
        });
        Self {
            round: round.clone(),
            tenant,
            payout,
        }
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        with(&self.round, |round| {
            round.called.remove(&self.payout);
            if let Entry::Occupied(mut entry) = round.under_way.entry(self.tenant) {
                let left = entry.get().saturating_sub(1);
                if left > 0 {
                    entry.insert(left);
                } else {
                    entry.remove();
                }
            }
        });
    }
}

/// Looks at, or changes, the round.
pub(super) fn with<T>(round: &SharedRound, body: impl FnOnce(&mut Round) -> T) -> T {
    body(&mut round.lock().unwrap_or_else(PoisonError::into_inner))
}

/// What was chosen.
pub(super) struct Chosen {
    /// The locked payouts.
    pub(super) payouts: Vec<(TenantId, Payout)>,
    /// Tenants whose lane is closed, and one of whose payouts is the probe.
    pub(super) probing: BTreeSet<TenantId>,
    /// Where the next walk begins.
    pub(super) after: Option<TenantId>,
    /// Whether the walk passed every tenant there is.
    pub(super) saw_all: bool,
    /// Whether somebody has work that is held up by how fast its merchant may be called, or by how many calls it has under way.
    pub(super) throttled: bool,
    /// Whether more is due than one look tells.
    pub(super) is_long: bool,
}

/// Locks up to `room` due payouts, at most `cap` under way for one tenant. Whoever probes a closed lane has the right to it until
/// `probed_until`.
pub(super) fn choose(
    tx: &mut Tx<'_>,
    round: &Round,
    room: i64,
    cap: i64,
    now: Timestamp,
    probed_until: Timestamp,
) -> Result<Chosen, DbFault> {
    let Look {
        due,
        last,
        saw_all,
        is_long,
    } = look(tx, round, now)?;
    let shares = share_out(&due, round, room, cap);
    // a tenant that the room did not suffice for is the first of the next round
    let after = match shares.last() {
        Some(share) if shares.len() < due.len() => Some(share.due.tenant),
        Some(_) | None => last,
    };
    let mut quotas: Vec<Quota> = shares
        .iter()
        .flat_map(|share| share.quotas(round))
        .collect();
    let mut probing = BTreeSet::new();
    for share in &shares {
        let tenant = share.due.tenant;
        if share.due.sending == Sending::Probe {
            if payouts::take_probe(tx, tenant, now, probed_until)? {
                probing.insert(tenant);
            } else {
                // another engine was first, and a closed lane has one probe at a time
                quotas.retain(|quota| quota.tenant != tenant || quota.step != Step::Submit);
            }
        }
    }
    let taken = sum(quotas.iter().map(|quota| quota.most));
    let throttled = taken < room && taken < sum(due.iter().map(|due| due.most));
    let mut payouts = payouts::lock_due(tx, &quotas, now)?;
    // what was walked for is over
    let is_long = is_long && i64::try_from(payouts.len()).unwrap_or(i64::MAX) >= taken;
    payouts.retain(|(_, payout)| !round.called.contains(&payout.id));
    Ok(Chosen {
        payouts,
        probing,
        after,
        saw_all,
        throttled,
        is_long,
    })
}

fn sum(numbers: impl Iterator<Item = i64>) -> i64 {
    numbers.fold(0, i64::saturating_add)
}

/// The tenants with due work, as far as one look goes.
struct Look {
    due: Vec<DueTenant>,
    /// The tenant after which the next walk begins.
    last: Option<TenantId>,
    saw_all: bool,
    is_long: bool,
}

fn look(tx: &mut Tx<'_>, round: &Round, now: Timestamp) -> Result<Look, DbFault> {
    if !round.is_long
        && let Some(mut due) = payouts::find_due_first(tx, now, FEW)?
    {
        // whose turn it is comes first here, too
        let turn = due.partition_point(|due| Some(due.tenant) <= round.after);
        due.rotate_left(turn);
        return Ok(Look {
            due,
            last: None,
            saw_all: true,
            is_long: false,
        });
    }
    let walked = payouts::find_due_tenants(tx, round.after, now, STEPS)?;
    Ok(Look {
        due: walked.due,
        last: walked.last,
        saw_all: round.after.is_none() && walked.last.is_none(),
        is_long: true,
    })
}

/// A tenant's part of the room.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Share {
    due: DueTenant,
    most: i64,
}

/// Shares the room out: one each in turn, as long as there is room, and nobody beyond the cap.
fn share_out(due: &[DueTenant], round: &Round, room: i64, cap: i64) -> Vec<Share> {
    let free =
        |tenant: &TenantId| cap.saturating_sub(round.under_way.get(tenant).copied().unwrap_or(0));
    let mut open: Vec<(DueTenant, i64)> = due
        .iter()
        .map(|due| (*due, free(&due.tenant).min(due.most)))
        .filter(|(_, free)| *free > 0)
        .collect();
    open.truncate(usize::try_from(room).unwrap_or(0));
    let mut shares: Vec<Share> = open
        .iter()
        .map(|(due, _)| Share { due: *due, most: 0 })
        .collect();
    let mut left = room;
    let mut given = true;
    while left > 0 && given {
        given = false;
        for (share, (_, free)) in shares.iter_mut().zip(&open) {
            if left > 0 && share.most < *free {
                share.most = share.most.saturating_add(1);
                left = left.saturating_sub(1);
                given = true;
            }
        }
    }
    shares
}

impl Share {
    /// Questions about what is in doubt get half of a share that both want; second questions get what nobody wants.
    fn quotas(&self, round: &Round) -> Vec<Quota> {
        let DueTenant {
            tenant,
            inquiries,
            sending,
            rechecks,
            most: _,
        } = self.due;
        let allowance = round.rates.allowance(tenant, round.at);
        let asking = match (inquiries, sending) {
            (false, _) => 0,
            (true, Sending::No) => self.most,
            (true, Sending::Probe) => self.most.saturating_sub(1),
            (true, Sending::Yes) => self.most.saturating_add(1).checked_div(2).unwrap_or(0),
        }
        .min(allowance.inquiries);
        let submitting = match sending {
            Sending::No => 0,
            Sending::Probe => 1,
            Sending::Yes => self.most.saturating_sub(asking),
        }
        .min(allowance.submissions);
        let rechecking = if rechecks && asking == 0 && submitting == 0 {
            self.most.min(allowance.inquiries)
        } else {
            0
        };
        [
            (Step::Inquire, asking),
            (Step::Submit, submitting),
            (Step::Recheck, rechecking),
        ]
        .into_iter()
        .filter(|(_, most)| *most > 0)
        .map(|(step, most)| Quota { tenant, step, most })
        .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::basics::MerchantNumber;
    use crate::basics::ids::fresh;
    use crate::basics::randomness::OsRandomness;
    use crate::engine::Ceilings;

    fn sends<const N: usize>() -> [DueTenant; N] {
        std::array::from_fn(|_| DueTenant {
            tenant: fresh(Timestamp::from_seconds(1), &OsRandomness),
            inquiries: false,
            sending: Sending::Yes,
            rechecks: false,
            most: i64::MAX,
        })
    }

    fn round() -> Round {
        Round {
            after: None,
            is_long: false,
            under_way: BTreeMap::new(),
            called: BTreeSet::new(),
            rates: Rates::new(Ceilings::DOCUMENTED),
            at: Duration::ZERO,
        }
    }

    fn most(shares: &[Share]) -> Vec<i64> {
        shares.iter().map(|share| share.most).collect()
    }

    #[test]
    fn the_room_is_shared_in_turns() {
        let due: [DueTenant; 3] = sends();
        assert_eq!(most(&share_out(&due, &round(), 7, 4)), [3, 2, 2]);
    }

    #[test]
    fn nobody_gets_beyond_the_cap_and_what_is_under_way_counts() {
        let due: [DueTenant; 2] = sends();
        let mut round = round();
        round.under_way.insert(due[0].tenant, 3);
        assert_eq!(most(&share_out(&due, &round, 64, 4)), [1, 4]);
        round.under_way.insert(due[0].tenant, 4);
        assert_eq!(most(&share_out(&due, &round, 64, 4)), [4]);
    }

    #[test]
    fn when_there_is_too_little_room_the_first_ones_get_it() {
        let due: [DueTenant; 3] = sends();
        assert_eq!(most(&share_out(&due, &round(), 2, 4)), [1, 1]);
    }

    #[test]
    fn a_share_goes_to_questions_and_submissions_and_last_to_second_questions() {
        let [due]: [DueTenant; 1] = sends();
        let quotas = |due: DueTenant, most: i64| {
            let fast = Round {
                rates: Rates::new(Ceilings {
                    submissions: 1_000,
                    inquiries: 1_000,
                }),
                ..round()
            };
            let quotas = Share { due, most }.quotas(&fast);
            quotas
                .into_iter()
                .map(|quota| (quota.step, quota.most))
                .collect::<Vec<_>>()
        };
        assert_eq!(quotas(due, 8), [(Step::Submit, 8)]);
        let both = DueTenant {
            inquiries: true,
            ..due
        };
        assert_eq!(quotas(both, 8), [(Step::Inquire, 4), (Step::Submit, 4)]);
        let probe = DueTenant {
            sending: Sending::Probe,
            ..both
        };
        assert_eq!(quotas(probe, 8), [(Step::Inquire, 7), (Step::Submit, 1)]);
        let closed = DueTenant {
            sending: Sending::No,
            rechecks: true,
            ..due
        };
        assert_eq!(quotas(closed, 8), [(Step::Recheck, 8)]);
    }

    #[test]
    fn a_place_is_given_back_however_its_call_ends() {
        let [due]: [DueTenant; 1] = sends();
        let shared: SharedRound = Arc::new(Mutex::new(round()));
        let under_way = || with(&shared, |round| round.under_way.get(&due.tenant).copied());
        let (first, second) = (
            Place::take(
                &shared,
                due.tenant,
                fresh(Timestamp::from_seconds(1), &OsRandomness),
            ),
            Place::take(
                &shared,
                due.tenant,
                fresh(Timestamp::from_seconds(2), &OsRandomness),
            ),
        );
        assert_eq!(under_way(), Some(2));
        drop(first);
        assert_eq!(under_way(), Some(1));
        drop(second);
        assert_eq!(under_way(), None);
    }

    #[test]
    fn nobody_is_called_faster_than_the_rail_allows() {
        let [due]: [DueTenant; 1] = sends();
        let mut round = round();
        let merchant = MerchantNumber::parse("1900000109").unwrap();
        round
            .rates
            .spend(due.tenant, &merchant, 5, 3, Duration::ZERO);
        let due = DueTenant {
            inquiries: true,
            ..due
        };
        let quotas = Share { due, most: 64 }.quotas(&round);
        assert_eq!(
            quotas,
            [Quota {
                tenant: due.tenant,
                step: Step::Submit,
                most: 5
            }]
        );
    }
}

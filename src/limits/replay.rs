//! What a set of limits would have done to payouts of the past: shown to people before they change a limit. It decides nothing.

use std::collections::BTreeMap;

use super::reserve::judge_amount;
use super::rule::{LimitName, Policy};
use crate::basics::{Day, Fen, RecipientId};

/// A payout of the past, as far as limits look at it.
#[derive(Clone, Debug)]
pub struct Past {
    /// The day on which it counted.
    pub day: Day,
    /// Who was to be paid.
    pub recipient: RecipientId,
    /// How much.
    pub amount: Fen,
    /// Whether it took room: one that was called off gave it back.
    pub counts: bool,
}

/// What would have become of them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Replay {
    /// How many would have been stopped, by the first limit that stops them.
    pub stopped: BTreeMap<LimitName, usize>,
    /// How many of the others one person would have had to approve.
    pub one_person: usize,
    /// How many of the others two people would have had to approve.
    pub two_people: usize,
}

impl Replay {
    /// All that would have been stopped.
    pub fn all_stopped(&self) -> usize {
        self.stopped.values().sum()
    }
}

#[derive(Default)]
struct Counter {
    amount: i64,
    payouts: i64,
}

/// Lets the payouts come again, in the order in which they came, under these limits.
pub fn replay<'a>(policy: &Policy, past: impl IntoIterator<Item = &'a Past>) -> Replay {
    let mut replay = Replay::default();
    let mut tenant: BTreeMap<Day, Counter> = BTreeMap::new();
    let mut recipients: BTreeMap<(Day, &RecipientId), Counter> = BTreeMap::new();
    for one in past {
        let whole = tenant.entry(one.day).or_default();
        let own = recipients.entry((one.day, &one.recipient)).or_default();
        let fen = one.amount.fen();
        let day = [
            (LimitName::RecipientDayAmount, own.amount, fen),
            (LimitName::RecipientDayCount, own.payouts, 1),
            (LimitName::TenantDayAmount, whole.amount, fen),
            (LimitName::TenantDayCount, whole.payouts, 1),
        ];
        let full = day.into_iter().find(|(name, used, added)| {
            let limit = policy.in_force(*name);
            limit.is_some_and(|limit| used.saturating_add(*added) > limit)
        });
        let stopped_by = judge_amount(policy, one.amount)
            .err()
            .map(|exceeded| exceeded.name)
            .or(full.map(|(name, _, _)| name));
        if let Some(name) = stopped_by {
            let count = replay.stopped.entry(name).or_default();
            *count = count.saturating_add(1);
            continue;
        }
        match policy.approvals_needed(one.amount) {
            0 => {}
            1 => replay.one_person = replay.one_person.saturating_add(1),
            _ => replay.two_people = replay.two_people.saturating_add(1),
        }
        if one.counts {
            for counter in [whole, own] {
                counter.amount = counter.amount.saturating_add(fen);
                counter.payouts = counter.payouts.saturating_add(1);
            }
        }
    }
    replay
}

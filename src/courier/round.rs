//! Who gets how many places: an endpoint that is slow or dead waits behind its own deliveries, and nobody else's.

use std::collections::btree_map::Entry;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use crate::basics::EndpointId;
use crate::outbox::{DueEndpoint, Quota};

/// A call that took longer than this is a slow one.
const SLOW: Duration = Duration::from_secs(2);

/// Where the courier stands in its round over the endpoints, and what each has under way.
#[derive(Clone, Debug, Default)]
pub(super) struct Round {
    /// The endpoint after which the next look begins.
    pub(super) after: Option<EndpointId>,
    /// The endpoint that was the last to get a place: the next one is the first to get one.
    last: Option<EndpointId>,
    /// Calls under way in this process, by endpoint.
    under_way: BTreeMap<EndpointId, i64>,
    /// How many of them are of endpoints that are slow or failing.
    troubled_under_way: i64,
    /// Endpoints whose last call was slow.
    slow: BTreeSet<EndpointId>,
}

/// The round, shared by whoever has a call of it under way.
pub(super) type SharedRound = Arc<Mutex<Round>>;

/// Looks at, or changes, the round.
pub(super) fn with<T>(round: &SharedRound, body: impl FnOnce(&mut Round) -> T) -> T {
    body(&mut round.lock().unwrap_or_else(PoisonError::into_inner))
}

/// A call's place in its endpoint's share. It is given back when it is dropped, however the call ends.
pub(super) struct Place {
    round: SharedRound,
    endpoint: EndpointId,
    is_troubled: bool,
}

impl Place {
    /// Takes a place.
    pub(super) fn take(round: &SharedRound, endpoint: EndpointId, is_troubled: bool) -> Self {
        with(round, |round| {
            let under_way = round.under_way.entry(endpoint).or_insert(0);
            *under_way = under_way.saturating_add(1);
            round.troubled_under_way = round
                .troubled_under_way
                .saturating_add(i64::from(is_troubled));
            round.last = Some(endpoint);
        });
        Self {
            round: round.clone(),
            endpoint,
            is_troubled,
        }
    }

    /// Notes how long the call took.
    pub(super) fn took(&self, took: Duration) {
        with(&self.round, |round| {
            if took >= SLOW {
                round.slow.insert(self.endpoint);
            } else {
                round.slow.remove(&self.endpoint);
            }
        });
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        with(&self.round, |round| {
            if let Entry::Occupied(mut entry) = round.under_way.entry(self.endpoint) {
                let left = entry.get().saturating_sub(1);
                if left > 0 {
                    entry.insert(left);
                } else {
                    entry.remove();
                }
            }
            round.troubled_under_way = round
                .troubled_under_way
                .saturating_sub(i64::from(self.is_troubled));
        });
    }
}

/// The free places, shared out.
pub(super) struct Shares {
    /// How many deliveries of each endpoint.
    pub(super) quotas: Vec<Quota>,
    /// Those of them that are slow or failing.
    pub(super) troubled: BTreeSet<EndpointId>,
}

/// Shares the free places out, one each in turn. Of `places` in all, an endpoint has an eighth at the most, and all that are slow or
/// failing have a quarter together: however many of them there are, three quarters are for those that answer.
pub(super) fn share_out(due: &[DueEndpoint], round: &Round, places: i64, free: i64) -> Shares {
    let most_each = places.checked_div(8).unwrap_or(0).max(1);
    let most_troubled = places.checked_div(4).unwrap_or(0).max(1);
    let under_way = |id: &EndpointId| round.under_way.get(id).copied().unwrap_or(0);
    let (before, after): (Vec<&DueEndpoint>, Vec<&DueEndpoint>) = due
        .iter()
        .partition(|endpoint| round.last.is_some_and(|last| endpoint.id <= last));
    let (troubled, well): (Vec<&DueEndpoint>, Vec<&DueEndpoint>) =
        after.into_iter().chain(before).partition(|endpoint| {
            endpoint.failing_since.is_some() || round.slow.contains(&endpoint.id)
        });
    let mut left = free;
    let mut quotas = in_turns(&well, most_each, &mut left, under_way);
    let mut left_for_troubled = left.min(most_troubled.saturating_sub(round.troubled_under_way));
    quotas.extend(in_turns(
        &troubled,
        most_each,
        &mut left_for_troubled,
        under_way,
    ));
    Shares {
        quotas,
        troubled: troubled.iter().map(|endpoint| endpoint.id).collect(),
    }
}

fn in_turns(
    due: &[&DueEndpoint],
    most_each: i64,
    left: &mut i64,
    under_way: impl Fn(&EndpointId) -> i64,
) -> Vec<Quota> {
    let mut quotas: Vec<(Quota, i64)> = due
        .iter()
        .map(|endpoint| {
            let quota = Quota {
                tenant: endpoint.tenant_id,
                endpoint: endpoint.id,
                most: 0,
            };
            (quota, most_each.saturating_sub(under_way(&endpoint.id)))
        })
        .collect();
    let mut given = true;
    while *left > 0 && given {
        given = false;
        for (quota, most) in &mut quotas {
            if *left > 0 && quota.most < *most {
                quota.most = quota.most.saturating_add(1);
                *left = left.saturating_sub(1);
                given = true;
            }
        }
    }
    quotas
        .into_iter()
        .map(|(quota, _)| quota)
        .filter(|quota| quota.most > 0)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::basics::clock::Timestamp;
    use crate::basics::ids::fresh;
    use crate::basics::randomness::OsRandomness;

    const NOW: Timestamp = Timestamp::from_seconds(1_000);

    fn due(failing: bool) -> DueEndpoint {
        DueEndpoint::sample(
            fresh(NOW, &OsRandomness),
            fresh(NOW, &OsRandomness),
            failing.then_some(NOW),
        )
    }

    fn most(shares: &Shares, endpoint: &DueEndpoint) -> i64 {
        let found = shares
            .quotas
            .iter()
            .find(|quota| quota.endpoint == endpoint.id);
        found.map_or(0, |quota| quota.most)
    }

    #[test]
    fn an_endpoint_has_an_eighth_of_the_places_at_the_most() {
        let one = due(false);
        let shares = share_out(std::slice::from_ref(&one), &Round::default(), 64, 64);
        assert_eq!(most(&shares, &one), 8);
    }

    #[test]
    fn however_many_fail_three_quarters_are_for_those_that_answer() {
        let mut all: Vec<DueEndpoint> = (0..100).map(|_| due(true)).collect();
        let well = due(false);
        all.push(well.clone());
        let shares = share_out(&all, &Round::default(), 64, 64);
        assert_eq!(most(&shares, &well), 8);
        let troubled: i64 = shares
            .quotas
            .iter()
            .filter(|quota| shares.troubled.contains(&quota.endpoint))
            .map(|quota| quota.most)
            .sum();
        assert_eq!(troubled, 16);
    }

    #[test]
    fn what_is_under_way_counts_and_is_given_back() {
        let (slow, other) = (due(false), due(false));
        let round = SharedRound::default();
        let place = Place::take(&round, slow.id, false);
        place.took(Duration::from_secs(14));
        let places: Vec<Place> = (0..16)
            .map(|_| Place::take(&round, slow.id, true))
            .collect();
        let all = [slow.clone(), other.clone()];
        let shares = share_out(&all, &with(&round, |round| round.clone()), 64, 47);
        assert_eq!((most(&shares, &slow), most(&shares, &other)), (0, 8));
        drop(places);
        drop(place);
        let shares = share_out(&all, &with(&round, |round| round.clone()), 64, 64);
        assert_eq!((most(&shares, &slow), most(&shares, &other)), (8, 8));
    }

    #[test]
    fn with_little_room_everybody_gets_a_turn() {
        let mut all: Vec<DueEndpoint> = (0..5).map(|_| due(false)).collect();
        all.sort_by_key(|endpoint| endpoint.id);
        let round = SharedRound::default();
        let mut served = Vec::new();
        for _ in 0..5 {
            let shares = share_out(&all, &with(&round, |round| round.clone()), 64, 1);
            let endpoint = shares.quotas[0].endpoint;
            served.push(endpoint);
            drop(Place::take(&round, endpoint, false));
        }
        assert_eq!(served, all.iter().map(|it| it.id).collect::<Vec<_>>());
    }
}

//! The courier writes down how tries ended.

use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use super::across_tenants;
use super::change::EndpointError;
use super::delivery::{Outcome, State, Verdict};
use super::endpoint::{Because, MAY_FAIL_FOR};
use super::{disable, store};
use crate::audit::By;
use crate::basics::{EndpointId, EventId, TenantId, Timestamp};
use crate::db::{DbFault, Tx, Value};

/// One try, with what follows from it.
#[derive(Clone, Debug)]
pub struct Tried {
    /// Whose it is.
    pub tenant: TenantId,
    /// Where it went.
    pub endpoint: EndpointId,
    /// What went.
    pub event: EventId,
    /// The fence of its claim.
    pub fence: i64,
    /// Its number.
    pub number: i64,
    /// The step of the schedule that it was.
    pub step: i64,
    /// When it began.
    pub at: Timestamp,
    /// How long it took.
    pub took: Duration,
    /// What came back.
    pub verdict: Verdict,
    /// Where the delivery stands now.
    pub state: State,
}

/// What settling did.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Settled {
    /// Tries whose claim was lost: another one counts.
    pub fenced_out: usize,
    /// Endpoints that are no longer called.
    pub disabled: Vec<EndpointId>,
}

/// Settles tries in the order of their endpoints. An endpoint that says that it is gone, or that has done nothing but fail for five days, is
/// disabled.
pub fn settle(tx: &mut Tx<'_>, tried: &[Tried], now: Timestamp) -> Result<Settled, DbFault> {
    let saved = across_tenants::save_states(tx, tried, now)?;
    let rows = tried.iter().map(|one| {
        let key = (one.tenant, one.endpoint, one.event);
        try_row(key, one.number, one.at, one.took, &one.verdict)
    });
    across_tenants::insert_tries(tx, rows.collect())?;
    let mut health: BTreeMap<(TenantId, EndpointId), BTreeSet<Health>> = BTreeMap::new();
    for one in tried {
        health
            .entry((one.tenant, one.endpoint))
            .or_default()
            .insert(Health::of(one.verdict.outcome));
    }
    let (well, failing): (Vec<_>, Vec<_>) = health
        .iter()
        .partition(|(_, shown)| shown.contains(&Health::Well));
    let keys = |them: &[(&(TenantId, EndpointId), _)]| -> Vec<(TenantId, EndpointId)> {
        them.iter().map(|(key, _)| **key).collect()
    };
    across_tenants::note_health(tx, &keys(&well), &keys(&failing), now)?;
    let mut disabled = Vec::new();
    for ((tenant, endpoint), shown) in failing {
        let because = if shown.contains(&Health::Gone) {
            Some(Because::Gone)
        } else {
            has_failed_too_long(tx, *tenant, *endpoint, now)?.then_some(Because::Failing)
        };
        let Some(because) = because else { continue };
        match disable::disable(tx, *tenant, *endpoint, because, &By::ENGINE, now) {
            Ok(_) => disabled.push(*endpoint),
            // it was removed meanwhile
            Err(EndpointError::NotFound) => {}
            Err(EndpointError::Db(fault)) => return Err(fault),
        }
    }
    Ok(Settled {
        fenced_out: tried.len().saturating_sub(saved.len()),
        disabled,
    })
}

/// What a try shows of its endpoint.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Health {
    Well,
    Failing,
    Gone,
}

impl Health {
    const fn of(outcome: Outcome) -> Self {
        match outcome {
            Outcome::Delivered => Health::Well,
            Outcome::Gone => Health::Gone,
            Outcome::Refused
            | Outcome::Redirected
            | Outcome::Blocked
            | Outcome::NameNotFound
            | Outcome::NotConnected
            | Outcome::NotTrusted
            | Outcome::TimedOut
            | Outcome::ConnectionLost
            | Outcome::Unsigned
            | Outcome::Interrupted => Health::Failing,
        }
    }
}

fn has_failed_too_long(
    tx: &mut Tx<'_>,
    tenant: TenantId,
    endpoint: EndpointId,
    now: Timestamp,
) -> Result<bool, DbFault> {
    let found = store::find_endpoint(tx, tenant, endpoint)?;
    Ok(found.is_some_and(|endpoint| {
        endpoint
            .failing_since
            .is_some_and(|since| now.since(since) >= MAY_FAIL_FOR)
    }))
}

/// A try as it is stored.
pub(super) fn try_row(
    (tenant, endpoint, event): (TenantId, EndpointId, EventId),
    number: i64,
    at: Timestamp,
    took: Duration,
    verdict: &Verdict,
) -> [Value; 9] {
    [
        tenant.into(),
        endpoint.into(),
        event.into(),
        number.into(),
        at.into(),
        i64::try_from(took.as_millis()).unwrap_or(i64::MAX).into(),
        verdict.outcome.as_str().into(),
        verdict.http_status.map(i64::from).into(),
        verdict.answer.clone().into(),
    ]
}

//! The sums of all balances, remembered for a while.
//!
//! Adding up a shop's balances costs a row for each of its recipients: nothing for most shops, a second for one with a million. So an
//! answer is kept for a hundred times as long as it took to find, and for a minute at the most: cheap ones are always new, and dear ones
//! do not keep the database busy.

use std::time::Duration;

use moka::sync::Cache;

use crate::basics::{TenantId, Timestamp};
use crate::db::{DbFault, Scope};
use crate::reports::standing::{self, Balances};
use crate::web::State;

/// How many shops' sums are kept.
const SHOPS: u64 = 10_000;

/// How much longer than it took to find an answer is kept.
const TIMES: u32 = 100;

/// The longest time for which an answer is kept.
const LONGEST: Duration = Duration::from_mins(1);

/// Sums with the time at which they were right.
#[derive(Clone, Copy, Debug)]
pub(in crate::web) struct AsOf {
    /// The sums.
    pub(in crate::web) balances: Balances,
    /// When they were right.
    pub(in crate::web) at: Timestamp,
    good_until: Duration,
}

/// The sums of the shops that were looked at lately.
#[derive(Clone, Debug)]
pub(in crate::web) struct RememberedBalances(Cache<TenantId, AsOf>);

impl RememberedBalances {
    /// Remembers nothing yet.
    pub(in crate::web) fn new() -> Self {
        Self(Cache::new(SHOPS))
    }
}

/// A shop's sums, new or remembered.
pub(super) async fn balances(state: &State, tenant: TenantId) -> Result<AsOf, DbFault> {
    let begun = state.clock.monotonic();
    if let Some(known) = state.balances.0.get(&tenant)
        && begun < known.good_until
    {
        return Ok(known);
    }
    let at = state.clock.now();
    let balances = state
        .database
        .read("balances of a shop", Scope::Tenant(tenant), move |tx| {
            standing::balances(tx, tenant)
        })
        .await?;
    let ended = state.clock.monotonic();
    let keep = ended
        .saturating_sub(begun)
        .saturating_mul(TIMES)
        .min(LONGEST);
    let found = AsOf {
        balances,
        at,
        good_until: ended.saturating_add(keep),
    };
    state.balances.0.insert(tenant, found);
    Ok(found)
}

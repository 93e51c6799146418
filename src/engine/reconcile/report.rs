//! What follows from a difference.

use serde_json::Value as Json;

use crate::audit::By;
use crate::basics::{PayoutId, TenantId, Timestamp};
use crate::db::{DbFault, Tx};
use crate::findings::{self, Kind};
use crate::payouts::{self, Lane, LaneState};

/// Reports what does not fit, and stops the tenant's money when it means that a law of money is broken. True when it was not known.
pub(in crate::engine) fn found(
    tx: &mut Tx<'_>,
    tenant: TenantId,
    payout: PayoutId,
    kind: Kind,
    details: &Json,
    by: &By,
    now: Timestamp,
) -> Result<bool, DbFault> {
    let is_new = findings::report(tx, tenant, payout, kind, details, by, now)?;
    if is_new && kind.is_a_breach() {
        tracing::error!(%payout, kind = kind.as_str(), "a law of money is broken");
        let lane = Lane {
            state: LaneState::Stopped,
            code: kind.as_str().to_owned(),
            since: now,
            probe_at: None,
            probes: 0,
        };
        payouts::close_lane(tx, tenant, &lane, by, now)?;
    }
    Ok(is_new)
}

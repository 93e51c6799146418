//! The queries of the outbox within one tenant.

use super::across_tenants::tell_all;
use super::event::Event;
use crate::basics::{TenantId, Timestamp};
use crate::db::{DbFault, Tx};

/// Ends a statement that changes payouts: whether the tenant of each has an endpoint, at the cost of one look into an index. Only
/// then is there anything to write.
pub const HAS_LISTENERS: &str = "CAST(CASE WHEN EXISTS (SELECT 1 FROM webhook_endpoints listening \
     WHERE listening.tenant_id = payouts.tenant_id AND listening.removed_at IS NULL) THEN 1 ELSE 0 END AS BIGINT) \
     AS listeners";

/// Tells one event in the transaction of the change.
pub fn tell(
    tx: &mut Tx<'_>,
    tenant: TenantId,
    event: Event,
    now: Timestamp,
) -> Result<(), DbFault> {
    tell_all(tx, vec![(tenant, event)], now)
}

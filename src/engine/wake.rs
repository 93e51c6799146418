//! What was mended lets its payouts go on at once.

use crate::basics::{TenantId, Timestamp};
use crate::db::{DbFault, Tx};
use crate::payouts;
use crate::rails::wechat_v2::codes;

/// Makes a tenant's payouts due that wait because of its settings, in the transaction that saved new ones.
pub fn wake_after_save(
    tx: &mut Tx<'_>,
    tenant: TenantId,
    now: Timestamp,
) -> Result<usize, DbFault> {
    let mut reasons = codes::held_by_settings();
    reasons.push("settings_incomplete");
    payouts::wake_tenant(tx, tenant, &reasons, now)
}

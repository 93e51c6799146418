//! Turning the second factor off.

use serde_json::json;

use super::across_tenants;
use crate::audit::{By, EventKind};
use crate::basics::{Done, PersonId, Timestamp};
use crate::db::{DbFault, Tx};
use crate::people::across_tenants::record_everywhere;

/// Forgets seed and recovery codes. A seed that was never confirmed is forgotten without a word.
pub fn turn_off(
    tx: &mut Tx<'_>,
    person: PersonId,
    by: &By,
    now: Timestamp,
) -> Result<Done<()>, DbFault> {
    let before = across_tenants::find_locked(tx, person)?;
    across_tenants::delete(tx, person)?;
    if before.is_none_or(|row| row.confirmed_at.is_none()) {
        return Ok(Done::Already(()));
    }
    record_everywhere(tx, person, EventKind::SecondFactorOff, &json!({}), by, now)?;
    Ok(Done::Now(()))
}

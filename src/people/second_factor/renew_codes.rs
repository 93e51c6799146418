//! New recovery codes.

use serde_json::json;

use super::across_tenants;
use super::codes::RecoveryCode;
use super::confirm_seed::fresh_codes;
use crate::audit::{By, EventKind};
use crate::basics::{PersonId, Randomness, Timestamp};
use crate::db::{DbFault, Tx};
use crate::people::across_tenants::record_everywhere;

/// Why there are no new codes.
#[derive(Debug, thiserror::Error)]
pub enum RenewError {
    /// The person has no second factor.
    #[error("the person has no second factor")]
    Off,
    /// The database failed.
    #[error("the database failed")]
    Db(#[from] DbFault),
}

/// Gives new recovery codes, for the only time. All earlier ones are void.
pub fn renew_codes(
    tx: &mut Tx<'_>,
    person: PersonId,
    random: &dyn Randomness,
    by: &By,
    now: Timestamp,
) -> Result<Vec<RecoveryCode>, RenewError> {
    let row = across_tenants::find_locked(tx, person)?;
    if row.is_none_or(|row| row.confirmed_at.is_none()) {
        return Err(RenewError::Off);
    }
    let codes = fresh_codes(tx, person, random, now)?;
    record_everywhere(
        tx,
        person,
        EventKind::RecoveryCodesRenewed,
        &json!({}),
        by,
        now,
    )?;
    Ok(codes)
}

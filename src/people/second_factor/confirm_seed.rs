//! The first code: from now on the second factor counts.

use std::time::Duration;

use serde_json::json;

use super::across_tenants;
use super::begin::open;
use super::codes::{RECOVERY_CODES, RecoveryCode, TypedCode};
use crate::audit::{By, EventKind};
use crate::basics::{PersonId, Randomness, Timestamp};
use crate::db::{DbFault, Tx};
use crate::people::across_tenants::record_everywhere;
use crate::vault::{Vault, VaultFault};

/// For how long a seed that was handed out may be confirmed.
const CONFIRM_WITHIN: Duration = Duration::from_mins(30);

/// Why a seed is not confirmed.
#[derive(Debug, thiserror::Error)]
pub enum ConfirmError {
    /// No seed waits, or it was handed out too long ago.
    #[error("no seed waits to be confirmed; begin again")]
    NotBegun,
    /// It is not the code of the moment.
    #[error("this is not the code of the moment")]
    WrongCode,
    /// The vault failed.
    #[error("the vault failed")]
    Vault(#[from] VaultFault),
    /// The database failed.
    #[error("the database failed")]
    Db(#[from] DbFault),
}

/// Confirms the seed by a code and gives the recovery codes, for the only time.
pub fn confirm_seed(
    tx: &mut Tx<'_>,
    vault: &Vault,
    person: PersonId,
    typed: &TypedCode,
    random: &dyn Randomness,
    by: &By,
    now: Timestamp,
) -> Result<Vec<RecoveryCode>, ConfirmError> {
    let row = across_tenants::find_locked(tx, person)?
        .filter(|row| row.confirmed_at.is_none() && now.since(row.begun_at) < CONFIRM_WITHIN)
        .ok_or(ConfirmError::NotBegun)?;
    let TypedCode::OfTheMoment(code) = typed else {
        return Err(ConfirmError::WrongCode);
    };
    let step = open(tx, vault, person, &row)?
        .step_of(code.expose(), now)
        .ok_or(ConfirmError::WrongCode)?;
    across_tenants::confirm(tx, person, step, now)?;
    let codes = fresh_codes(tx, person, random, now)?;
    record_everywhere(tx, person, EventKind::SecondFactorOn, &json!({}), by, now)?;
    Ok(codes)
}

/// New recovery codes in place of all that there were.
pub(super) fn fresh_codes(
    tx: &mut Tx<'_>,
    person: PersonId,
    random: &dyn Randomness,
    now: Timestamp,
) -> Result<Vec<RecoveryCode>, DbFault> {
    let codes: Vec<RecoveryCode> = (0..RECOVERY_CODES)
        .map(|_| RecoveryCode::fresh(random))
        .collect();
    across_tenants::replace_codes(tx, person, &codes, now)?;
    Ok(codes)
}

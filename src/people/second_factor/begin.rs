//! Handing out a seed. Nothing changes for the person until a code has confirmed it.

use super::across_tenants::{self, Row};
use super::totp::Seed;
use crate::basics::{PersonId, Randomness, Timestamp};
use crate::db::{DbFault, Tx};
use crate::vault::{Place, Vault, VaultFault};

/// Why no seed is handed out.
#[derive(Debug, thiserror::Error)]
pub enum BeginError {
    /// There is a second factor already; it is turned off first.
    #[error("the person has a second factor already")]
    AlreadyOn,
    /// The vault failed.
    #[error("the vault failed")]
    Vault(#[from] VaultFault),
    /// The database failed.
    #[error("the database failed")]
    Db(#[from] DbFault),
}

/// Makes a seed and keeps it sealed. One that was handed out before and never confirmed is forgotten.
pub fn begin(
    tx: &mut Tx<'_>,
    vault: &Vault,
    person: PersonId,
    random: &dyn Randomness,
    now: Timestamp,
) -> Result<(), BeginError> {
    let before = across_tenants::find_locked(tx, person)?;
    if before
        .as_ref()
        .is_some_and(|row| row.confirmed_at.is_some())
    {
        return Err(BeginError::AlreadyOn);
    }
    // a version that was never used: not even a seed that was thrown away opens in its successor's place
    let last = before.map_or(0, |row| row.version);
    let version = last.max(now.as_millis()).saturating_add(1);
    let row = person.to_string();
    let place = Place::of_person("second_factors", "sealed_seed", &row, version);
    let sealed = vault.seal(tx, &place, Seed::fresh(random).expose(), now)?;
    across_tenants::put_begun(tx, person, version, &sealed, now)?;
    Ok(())
}

/// The seed that waits to be confirmed.
pub fn pending_seed(
    tx: &mut Tx<'_>,
    vault: &Vault,
    person: PersonId,
) -> Result<Option<Seed>, VaultFault> {
    match across_tenants::find(tx, person)? {
        Some(row) if row.confirmed_at.is_none() => open(tx, vault, person, &row).map(Some),
        Some(_) | None => Ok(None),
    }
}

/// Opens a seed.
pub(super) fn open(
    tx: &mut Tx<'_>,
    vault: &Vault,
    person: PersonId,
    row: &Row,
) -> Result<Seed, VaultFault> {
    let name = person.to_string();
    let place = Place::of_person("second_factors", "sealed_seed", &name, row.version);
    let bytes = vault.open(tx, &place, &row.sealed_seed)?;
    Seed::opened(bytes.expose()).ok_or(VaultFault::Damaged {
        table: "second_factors",
        column: "sealed_seed",
    })
}

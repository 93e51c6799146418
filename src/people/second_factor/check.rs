//! Checking a code.

use super::across_tenants;
use super::begin::open;
use super::codes::TypedCode;
use crate::basics::{PersonId, Timestamp};
use crate::db::Tx;
use crate::vault::{Vault, VaultFault};

/// What came of a code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Checked {
    /// It is the code of the moment, and was not used before.
    OfTheMoment,
    /// It is a recovery code, and was not used before.
    Recovery {
        /// How many are left.
        left: i64,
    },
    /// It is neither.
    Wrong,
    /// The person has no second factor.
    Off,
}

impl Checked {
    /// Whether the code proves the person.
    pub const fn is_right(self) -> bool {
        match self {
            Checked::OfTheMoment | Checked::Recovery { .. } => true,
            Checked::Wrong | Checked::Off => false,
        }
    }
}

/// Checks a code and uses it up. The caller counts tries.
pub fn check(
    tx: &mut Tx<'_>,
    vault: &Vault,
    person: PersonId,
    typed: &TypedCode,
    now: Timestamp,
) -> Result<Checked, VaultFault> {
    let Some(row) =
        across_tenants::find_locked(tx, person)?.filter(|row| row.confirmed_at.is_some())
    else {
        return Ok(Checked::Off);
    };
    match typed {
        TypedCode::OfTheMoment(code) => {
            let step = open(tx, vault, person, &row)?.step_of(code.expose(), now);
            let used = match step {
                Some(step) => across_tenants::use_step(tx, person, step)?,
                None => false,
            };
            Ok(if used {
                Checked::OfTheMoment
            } else {
                Checked::Wrong
            })
        }
        TypedCode::Recovery(hash) => {
            if across_tenants::use_code(tx, person, hash, now)? {
                let left = across_tenants::count_codes(tx, person)?;
                Ok(Checked::Recovery { left })
            } else {
                Ok(Checked::Wrong)
            }
        }
    }
}

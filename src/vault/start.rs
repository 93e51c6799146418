//! Opening the vault at the start of the program.

use std::path::Path;
use std::sync::Arc;

use super::keyring::{KeyFileFault, Keyring};
use super::{Vault, store};
use crate::basics::{Randomness, Timestamp};
use crate::db::{Database, DbFault, Scope};

/// Why the vault stays shut. The start stops, and nothing was changed.
#[derive(Debug, thiserror::Error)]
pub enum StartFault {
    /// The file is missing although secrets exist that were sealed with it.
    #[error(
        "the master key file {0} is missing, and the database holds secrets that were sealed with it: \
         put the file back from where you keep it (a new key would not open them)"
    )]
    Lost(String),
    /// The file itself is refused.
    #[error(transparent)]
    File(#[from] KeyFileFault),
    /// The file is not the one the database was sealed with.
    #[error(
        "the master key file {0} is not the one that this database's secrets were sealed with: \
         put the right file in its place, or add its line below the newer ones"
    )]
    Wrong(String),
    /// The database failed.
    #[error("the database failed")]
    Db(#[from] DbFault),
}

impl Vault {
    /// Reads the master key file and proves that it is the right one. The file is made only when it is missing and the
    /// database has never seen a master key.
    pub fn start(
        database: &Database,
        path: &Path,
        random: Arc<dyn Randomness>,
        now: Timestamp,
    ) -> Result<Self, StartFault> {
        let shown = || path.display().to_string();
        let known = database.read_blocking("known master keys", Scope::AcrossTenants, |tx| {
            store::list_master_keys(tx)
        })?;
        let keyring = match Keyring::read(path) {
            Err(KeyFileFault::Missing(_)) if known.is_empty() => {
                Keyring::make_file(path, &*random)?;
                Keyring::read(path)?
            }
            Err(KeyFileFault::Missing(path)) => return Err(StartFault::Lost(path)),
            read => read?,
        };
        if !known.iter().all(|key| keyring.proves(&key.id, &key.proof)) {
            return Err(StartFault::Wrong(shown()));
        }
        if !known.iter().any(|key| key.id == keyring.newest_id()) {
            database.write_blocking("first use of a master key", Scope::AcrossTenants, |tx| {
                let proof = keyring.proof(&*random);
                store::insert_master_key(tx, keyring.newest_id(), &proof, now)
            })?;
        }
        Ok(Self::new(keyring, path, random))
    }
}

//! Secrets at rest.
//!
//! - **What it is:** envelope encryption. A master key file wraps one data key for each tenant; a data key gives
//!   one key for each column; each secret is sealed by AES-256-GCM and bound to its place.
//! - **What it promises:** a sealed secret opens only in its tenant, table, column, row and version; a wrong, missing
//!   or readable master key stops the start and changes nothing.
//! - **What it does not do:** it does not know what it seals, and it never makes a master key once secrets exist.
//! - **Who comes in:** rooms that keep secrets (channels, recipients, attempts), and the start.
//! - **Where to start:** [`Vault::seal`] and [`Place`].
//!
//! Keep the master key file apart from the database and from its backups: each is worthless without the other.

mod across_tenants;
mod envelope;
mod keyring;
mod place;
mod rotate;
mod start;
mod store;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, PoisonError, RwLock};
use std::time::Duration;

use crate::basics::{Randomness, Secret, TenantId, Timestamp};
use crate::db::{DbFault, Tx};

pub use envelope::Damaged;
pub use keyring::{KeyFileFault, Keyring};
pub use place::Place;
pub use rotate::Resealed;
pub use start::StartFault;

/// How many tenants' data keys stay open in memory, and for how long after their last use.
const OPEN_KEYS: u64 = 20_000;
const OPEN_KEY_IDLE: Duration = Duration::from_mins(10);

type DataKey = Secret<[u8; 32]>;

/// The vault of this process. Clones share it.
#[derive(Clone)]
pub struct Vault {
    keyring: Arc<RwLock<Arc<Keyring>>>,
    key_file: Arc<PathBuf>,
    open_keys: moka::sync::Cache<(TenantId, i64), Arc<DataKey>>,
    random: Arc<dyn Randomness>,
}

/// The newest data keys of several tenants, for a batch of secrets that are sealed in one transaction.
pub struct SealingKeys {
    keys: BTreeMap<TenantId, (i64, Arc<DataKey>)>,
    random: Arc<dyn Randomness>,
}

impl SealingKeys {
    /// Seals `plain` for its place. None when the place's tenant was not asked for, or has no secret yet: then [`Vault::seal`] does it.
    pub fn seal(&self, place: &Place<'_>, plain: &[u8]) -> Option<Vec<u8>> {
        let (version, key) = self.keys.get(&place.tenant)?;
        Some(envelope::seal(key, *version, place, plain, &*self.random))
    }
}

/// Why a secret could not be sealed or opened.
#[derive(Debug, thiserror::Error)]
pub enum VaultFault {
    /// The sealed text is damaged, or was moved here from another place.
    #[error("a sealed secret of {table}.{column} does not open here")]
    Damaged {
        /// The table of the place.
        table: &'static str,
        /// The column of the place.
        column: &'static str,
    },
    /// The tenant's data key is not in the database, or no master key of the file opens it.
    #[error("the tenant's data key is missing or does not open")]
    NoDataKey,
    /// The database failed.
    #[error("the database failed")]
    Db(#[from] DbFault),
}

impl Vault {
    fn new(keyring: Keyring, key_file: &Path, random: Arc<dyn Randomness>) -> Self {
        let open_keys = moka::sync::Cache::builder()
            .max_capacity(OPEN_KEYS)
            .time_to_idle(OPEN_KEY_IDLE)
            .build();
        Self {
            keyring: Arc::new(RwLock::new(Arc::new(keyring))),
            key_file: Arc::new(key_file.to_owned()),
            open_keys,
            random,
        }
    }

    /// Seals `plain` for its place. The tenant's data key is made when this is its first secret.
    pub fn seal(
        &self,
        tx: &mut Tx<'_>,
        place: &Place<'_>,
        plain: &[u8],
        now: Timestamp,
    ) -> Result<Vec<u8>, VaultFault> {
        let (version, key) = self.newest_data_key(tx, place.tenant, now)?;
        Ok(envelope::seal(&key, version, place, plain, &*self.random))
    }

    /// The keys under which a batch of secrets of these tenants is to be sealed, by one statement. A tenant without any secret is left out.
    pub fn sealing_keys(
        &self,
        tx: &mut Tx<'_>,
        tenants: &[TenantId],
    ) -> Result<SealingKeys, VaultFault> {
        let mut keys = BTreeMap::new();
        for row in across_tenants::newest_keys(tx, tenants)? {
            let cached = (row.tenant_id, row.version);
            let key = if let Some(key) = self.open_keys.get(&cached) {
                key
            } else {
                self.unwrap(
                    tx,
                    row.tenant_id,
                    row.version,
                    &row.master_key_id,
                    &row.wrapped,
                )?
            };
            keys.insert(row.tenant_id, (row.version, key));
        }
        Ok(SealingKeys {
            keys,
            random: self.random.clone(),
        })
    }

    /// Opens what was sealed for this very place.
    pub fn open(
        &self,
        tx: &mut Tx<'_>,
        place: &Place<'_>,
        sealed: &[u8],
    ) -> Result<Secret<Vec<u8>>, VaultFault> {
        let damaged = || VaultFault::Damaged {
            table: place.table,
            column: place.column,
        };
        let version = envelope::data_key_version(sealed).map_err(|Damaged| damaged())?;
        let key = self
            .data_key(tx, place.tenant, version)?
            .ok_or_else(damaged)?;
        envelope::open(&key, place, sealed).map_err(|Damaged| damaged())
    }

    /// A key for something that is not a secret of a tenant, like the cursors of lists. It changes when the newest master
    /// key does.
    pub fn derive_key(&self, purpose: &str) -> [u8; 32] {
        self.keyring().derive(purpose)
    }

    fn keyring(&self) -> Arc<Keyring> {
        self.keyring
            .read()
            .unwrap_or_else(PoisonError::into_inner)
            .clone()
    }

    /// Reads the master key file again: somebody has put a newer key into it since this process started. What cannot be read, or was not
    /// the database's before, changes nothing.
    fn read_again(&self, tx: &mut Tx<'_>) -> Result<Option<Arc<Keyring>>, DbFault> {
        let keyring = match Keyring::read(&self.key_file) {
            Ok(keyring) => Arc::new(keyring),
            Err(fault) => {
                tracing::error!(%fault, "the master key file cannot be read again");
                return Ok(None);
            }
        };
        let known = store::list_master_keys(tx)?;
        let is_ours = known.iter().any(|key| key.id == keyring.newest_id())
            && known.iter().all(|key| keyring.proves(&key.id, &key.proof));
        if !is_ours {
            return Ok(None);
        }
        let mut held = self.keyring.write().unwrap_or_else(PoisonError::into_inner);
        *held = keyring.clone();
        Ok(Some(keyring))
    }

    fn newest_data_key(
        &self,
        tx: &mut Tx<'_>,
        tenant: TenantId,
        now: Timestamp,
    ) -> Result<(i64, Arc<DataKey>), VaultFault> {
        const FIRST: i64 = 1;
        let version = if let Some(version) = store::newest_version(tx, tenant)? {
            version
        } else {
            let key = DataKey::new(crate::basics::randomness::bytes(&*self.random));
            // a tenant's first secret is rare, and the master key may have been rotated meanwhile
            let keyring = self.read_again(tx)?.unwrap_or_else(|| self.keyring());
            let (master_key_id, wrapped) = keyring.wrap(tenant, FIRST, &key, &*self.random);
            store::insert_if_first(tx, tenant, FIRST, master_key_id, &wrapped, now)?;
            FIRST
        };
        // another process may have made it in the meantime: what the database holds is the key
        let key = self
            .data_key(tx, tenant, version)?
            .ok_or(VaultFault::NoDataKey)?;
        Ok((version, key))
    }

    fn data_key(
        &self,
        tx: &mut Tx<'_>,
        tenant: TenantId,
        version: i64,
    ) -> Result<Option<Arc<DataKey>>, VaultFault> {
        if let Some(key) = self.open_keys.get(&(tenant, version)) {
            return Ok(Some(key));
        }
        let Some(row) = store::find(tx, tenant, version)? else {
            return Ok(None);
        };
        self.unwrap(tx, tenant, version, &row.master_key_id, &row.wrapped)
            .map(Some)
    }

    fn unwrap(
        &self,
        tx: &mut Tx<'_>,
        tenant: TenantId,
        version: i64,
        master_key_id: &[u8],
        wrapped: &[u8],
    ) -> Result<Arc<DataKey>, VaultFault> {
        let mut keyring = self.keyring();
        if !keyring.holds(master_key_id) {
            keyring = self.read_again(tx)?.unwrap_or(keyring);
        }
        let key = keyring
            .unwrap(tenant, version, master_key_id, wrapped)
            .ok_or(VaultFault::NoDataKey)?;
        let key = Arc::new(key);
        self.open_keys.insert((tenant, version), key.clone());
        Ok(key)
    }
}

#[cfg(test)]
mod tests;

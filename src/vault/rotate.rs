//! Rotation: what is sealed under older master keys is re-sealed under the newest.
//!
//! Secrets themselves stay as they are: they are sealed under their tenant's data key, and only that is wrapped anew. Each row is changed by
//! itself and only while it is as it was read, so rotation may be stopped anywhere, run twice, and run beside a server.

use super::{Vault, VaultFault, store};
use crate::basics::TenantId;
use crate::db::{DbFault, Tx};

/// What was re-sealed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Resealed {
    /// Data keys that are under the newest master key now.
    pub done: usize,
    /// Data keys that no master key of the file opens. They were left as they are.
    pub failed: usize,
    /// The last one that was looked at; none when that was the end.
    pub last: Option<(TenantId, i64)>,
}

impl Vault {
    /// Re-seals up to `most` data keys that come after `after`.
    pub fn reseal_some(
        &self,
        tx: &mut Tx<'_>,
        after: Option<(TenantId, i64)>,
        most: i64,
    ) -> Result<Resealed, VaultFault> {
        let keyring = self.keyring();
        let newest = keyring.newest_id();
        let mut resealed = Resealed::default();
        for row in store::list_not_under(tx, newest, after, most)? {
            let (tenant, version) = (row.tenant, row.version);
            resealed.last = Some((tenant, version));
            let Some(key) = keyring.unwrap(tenant, version, &row.master_key_id, &row.wrapped)
            else {
                tracing::error!(%tenant, version, "a data key does not open");
                resealed.failed = resealed.failed.saturating_add(1);
                continue;
            };
            let (id, wrapped) = keyring.wrap(tenant, version, &key, &*self.random);
            if store::replace(tx, &row, id, &wrapped)? {
                resealed.done = resealed.done.saturating_add(1);
            }
        }
        Ok(resealed)
    }

    /// Lets go of master keys under which nothing is sealed. The newest stays.
    pub fn retire_master_keys(&self, tx: &mut Tx<'_>) -> Result<usize, DbFault> {
        store::delete_unused_master_keys(tx, self.keyring().newest_id())
    }
}

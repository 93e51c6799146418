//! Opened credentials, kept for a while. Every version of a channel has its own, so a changed one is never mixed up with the old.

use std::sync::Arc;
use std::time::Duration;

use crate::basics::{ChannelId, TenantId};
use crate::channels::{self, CredentialFault};
use crate::db::Tx;
use crate::rails::Credential;
use crate::vault::Vault;

/// How many stay open: about 3 KiB each.
const OPEN: u64 = 10_000;

/// For how long after its last use a credential stays open.
const IDLE: Duration = Duration::from_mins(5);

type Key = (TenantId, ChannelId, i64);

/// The credentials of this engine.
pub(super) struct Credentials {
    vault: Vault,
    open: moka::sync::Cache<Key, Arc<Credential>>,
}

impl Credentials {
    pub(super) fn new(vault: Vault) -> Self {
        let open = moka::sync::Cache::builder()
            .max_capacity(OPEN)
            .time_to_idle(IDLE)
            .build();
        Self { vault, open }
    }

    /// The vault, for what else the engine seals and opens.
    pub(super) const fn vault(&self) -> &Vault {
        &self.vault
    }

    /// The credential of one version of a channel.
    pub(super) fn open(
        &self,
        tx: &mut Tx<'_>,
        tenant: TenantId,
        channel: ChannelId,
        version: i64,
    ) -> Result<Arc<Credential>, CredentialFault> {
        let key = (tenant, channel, version);
        if let Some(open) = self.open.get(&key) {
            return Ok(open);
        }
        let opened = Arc::new(channels::open_credential(
            tx,
            &self.vault,
            tenant,
            channel,
            version,
        )?);
        self.open.insert(key, opened.clone());
        Ok(opened)
    }
}

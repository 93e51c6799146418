//! Showing people what was sent: the stored bytes, without what identifies a person and without the signature.

use std::collections::BTreeMap;

use super::prepare::request_place;
use super::worker::Engine;
use crate::basics::{PayoutId, TenantId};
use crate::db::{DbFault, Scope};
use crate::payouts;
use crate::vault::VaultFault;

/// Why requests cannot be shown.
#[derive(Debug, thiserror::Error)]
enum ShowFault {
    #[error("the vault failed")]
    Vault(#[from] VaultFault),
    #[error("the database failed")]
    Db(#[from] DbFault),
}

impl Engine {
    /// The requests of a payout by the number of the attempt that keeps them. What does not open is left out: a page about a payout
    /// does not depend on it.
    pub async fn show_requests(
        &self,
        tenant: TenantId,
        payout: PayoutId,
    ) -> Result<BTreeMap<i64, String>, DbFault> {
        let (credentials, rail) = (self.desk().credentials.clone(), self.desk().rail.clone());
        let shown = self
            .desk()
            .database
            .read("requests of a payout", Scope::Tenant(tenant), move |tx| {
                let row = payout.to_string();
                let mut shown = BTreeMap::new();
                for (number, sealed) in payouts::list_requests(tx, tenant, payout)? {
                    let place = request_place(tenant, &row, number);
                    let plain = credentials.vault().open(tx, &place, &sealed)?;
                    shown.insert(number, rail.redact(plain.expose()));
                }
                Ok::<_, ShowFault>(shown)
            })
            .await;
        match shown {
            Ok(shown) => Ok(shown),
            Err(ShowFault::Db(fault) | ShowFault::Vault(VaultFault::Db(fault))) => Err(fault),
            Err(ShowFault::Vault(fault @ (VaultFault::Damaged { .. } | VaultFault::NoDataKey))) => {
                tracing::error!(%tenant, %payout, error = ?fault, "a request does not open");
                Ok(BTreeMap::new())
            }
        }
    }
}

//! Comparing all payouts of a tenant, some at a time.

use serde_json::json;

use super::{compare, found, records};
use crate::audit::By;
use crate::basics::page::PageSize;
use crate::basics::{PayoutId, TenantId, Timestamp};
use crate::db::{DbFault, Tx};
use crate::payouts::{self, Filter};

/// What one transaction has compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Examined {
    /// How many payouts.
    pub payouts: usize,
    /// How many differences were not known before.
    pub new: usize,
    /// Where the next transaction goes on; none at the end.
    pub next: Option<PayoutId>,
}

/// Compares a page of a tenant's payouts, older than `before`, with the ledger and the attempts. It reads everything in the end, so it is for
/// commands.
pub fn reconcile_some(
    tx: &mut Tx<'_>,
    tenant: TenantId,
    before: Option<PayoutId>,
    by: &By,
    now: Timestamp,
) -> Result<Examined, DbFault> {
    let size = PageSize::new(PageSize::MAX).unwrap_or(PageSize::DEFAULT);
    let page = payouts::list(tx, tenant, &Filter::default(), before, size)?;
    let of: Vec<(TenantId, PayoutId)> = page.rows.iter().map(|it| (tenant, it.id)).collect();
    let records = records(tx, &of)?;
    let mut new = 0_usize;
    for payout in &page.rows {
        let kind = records
            .get(&payout.id)
            .and_then(|record| compare(payout, record));
        if let Some(kind) = kind {
            let details = json!({ "status": payout.status.as_str() });
            if found(tx, tenant, payout.id, kind, &details, by, now)? {
                new = new.saturating_add(1);
            }
        }
    }
    Ok(Examined {
        payouts: page.rows.len(),
        new,
        next: page.next,
    })
}

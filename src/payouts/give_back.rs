//! Giving back what a payout held, because it ends without having been paid.

use super::model::Payout;
use crate::basics::{TenantId, Timestamp};
use crate::db::{DbFault, Tx};
use crate::ledger::postings::payout_released;
use crate::ledger::{self, PostError};
use crate::limits;

/// Frees the money, and the room in the limits. The caller has made the payout final in the same transaction.
pub fn give_back(
    tx: &mut Tx<'_>,
    tenant: TenantId,
    payout: &Payout,
    now: Timestamp,
) -> Result<(), DbFault> {
    let release = payout_released(
        &payout.id,
        &payout.recipient,
        payout.amount,
        payout.kind.source(),
    );
    ledger::post(tx, tenant, release, now).map_err(|error| match error {
        PostError::Db(fault) => fault,
        PostError::NoAccounts | PostError::Overflow(_) => DbFault::Damaged {
            table: "ledger_balances",
            what: "a hold that cannot be released",
        },
    })?;
    limits::release(
        tx,
        tenant,
        &payout.recipient,
        payout.amount,
        payout.planned_on,
    )
}

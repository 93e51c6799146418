//! Letting commissions mature: from their day on they can be withdrawn.
//!
//! A worker does it in batches. Nobody waits for the worker: a withdrawal that finds too little lets the recipient's due
//! commissions mature first, and a balance that is read counts them as available.

use super::model::Commission;
use super::{across_tenants, store};
use crate::basics::money::FenOverflow;
use crate::basics::{Fen, RecipientId, TenantId, Timestamp};
use crate::db::{DbFault, Tx};
use crate::ledger::postings::commission_matured;
use crate::ledger::{self, PostError, Posting};

/// How many commissions mature in one transaction.
const BATCH: i64 = 200;

/// Why commissions do not mature.
#[derive(Debug, thiserror::Error)]
pub enum MatureError {
    /// A balance would not fit into 64 bits of fen.
    #[error(transparent)]
    Overflow(#[from] FenOverflow),
    /// The database failed.
    #[error("the database failed")]
    Db(#[from] DbFault),
}

impl From<PostError> for MatureError {
    fn from(error: PostError) -> Self {
        match error {
            PostError::Overflow(overflow) => overflow.into(),
            PostError::NoAccounts => DbFault::Damaged {
                table: "commissions",
                what: "a recipient without accounts",
            }
            .into(),
            PostError::Db(fault) => fault.into(),
        }
    }
}

fn posting(commission: &Commission) -> Posting {
    commission_matured(
        &commission.id,
        &commission.recipient,
        commission.remaining(),
    )
}

/// Lets one recipient's due commissions mature, and says how many.
pub fn mature_of_recipient(
    tx: &mut Tx<'_>,
    tenant: TenantId,
    recipient: &RecipientId,
    now: Timestamp,
) -> Result<usize, MatureError> {
    let due = store::mature_of_recipient(tx, tenant, recipient, now, BATCH)?;
    ledger::post_all(
        tx,
        due.iter().map(|one| (tenant, posting(one))).collect(),
        now,
    )?;
    Ok(due.len())
}

/// Lets due commissions of any tenant mature, the oldest first, and says how many.
pub fn mature_due(tx: &mut Tx<'_>, now: Timestamp) -> Result<usize, MatureError> {
    let due = across_tenants::mature_due(tx, now, BATCH)?;
    ledger::post_all(
        tx,
        due.iter()
            .map(|(tenant, one)| (*tenant, posting(one)))
            .collect(),
        now,
    )?;
    Ok(due.len())
}

/// How much of a recipient's pending money is due: available in truth, though no worker has moved it yet.
pub fn due_amount(
    tx: &mut Tx<'_>,
    tenant: TenantId,
    recipient: &RecipientId,
    now: Timestamp,
) -> Result<Fen, DbFault> {
    store::sum_due(tx, tenant, recipient, now)
}

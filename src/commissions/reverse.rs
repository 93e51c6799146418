//! Taking a commission back.

use serde_json::json;

use super::model::{Commission, CommissionState};
use super::store;
use crate::audit::{self, By, Event, EventKind, Object};
use crate::basics::{CommissionId, Done, TenantId, Timestamp};
use crate::db::{DbFault, Tx};
use crate::ledger::postings::commission_reversed;
use crate::ledger::{self, PostError};

/// Why a commission is not taken back.
#[derive(Debug, thiserror::Error)]
pub enum ReverseError {
    /// The tenant has no such commission.
    #[error("there is no such commission")]
    NotFound,
    /// The balance would not fit into 64 bits of fen.
    #[error("the balance would become too small")]
    TooSmall,
    /// The database failed.
    #[error("the database failed")]
    Db(#[from] DbFault),
}

impl From<PostError> for ReverseError {
    fn from(error: PostError) -> Self {
        match error {
            PostError::Overflow(_) => Self::TooSmall,
            PostError::NoAccounts => Self::Db(DbFault::Damaged {
                table: "commissions",
                what: "a recipient without accounts",
            }),
            PostError::Db(fault) => Self::Db(fault),
        }
    }
}

/// Takes a commission back, or what is left of it, whether it waits, is available, or was withdrawn: then the balance goes below zero and later
/// commissions fill it. Done again it changes nothing.
pub fn reverse(
    tx: &mut Tx<'_>,
    tenant: TenantId,
    id: &CommissionId,
    reason: Option<&str>,
    by: &By,
    now: Timestamp,
) -> Result<Done<Commission>, ReverseError> {
    let found = store::find(tx, tenant, id)?.ok_or(ReverseError::NotFound)?;
    let Some(maturity) = found.state.maturity() else {
        return Ok(Done::Already(found));
    };
    if !store::mark_reversed(tx, tenant, &found, reason, now)? {
        // it changed between the two statements: it matured, or somebody else took it back
        return reverse(tx, tenant, id, reason, by, now);
    }
    let posting = commission_reversed(id, &found.recipient, found.remaining(), maturity);
    ledger::post(tx, tenant, posting, now)?;
    let event = Event {
        kind: EventKind::CommissionReversed,
        object: Object::Commission(id.clone()),
        details: json!({
            "recipient": found.recipient,
            "amount_fen": found.remaining(),
            "reason": reason,
        }),
    };
    audit::record(tx, tenant, event, by, now)?;
    Ok(Done::Now(Commission {
        state: CommissionState::Reversed,
        reversed: found.amount,
        reversed_at: Some(now),
        reverse_reason: reason.map(str::to_owned),
        ..found
    }))
}

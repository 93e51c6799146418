//! Earning a commission.

use serde_json::json;

use super::model::{Commission, CommissionState};
use super::store;
use crate::audit::{self, By, Event, EventKind, Object};
use crate::basics::{
    CommissionId, Description, Done, ExternalId, Fen, RecipientId, TenantId, Timestamp,
};
use crate::db::{DbFault, Tx};
use crate::ledger::postings::{Maturity, commission_earned};
use crate::ledger::{self, PostError};

/// What the storefront tells.
#[derive(Clone, Debug)]
pub struct NewCommission {
    /// Its own id.
    pub id: CommissionId,
    /// Who earned it; a known recipient.
    pub recipient: RecipientId,
    /// How much; more than nothing.
    pub amount: Fen,
    /// The order it was earned with.
    pub order_no: Option<ExternalId>,
    /// For people.
    pub description: Option<Description>,
    /// From when on it can be withdrawn; at once when absent.
    pub available_at: Option<Timestamp>,
}

/// Why a commission is not earned.
#[derive(Debug, thiserror::Error)]
pub enum EarnError {
    /// Another commission was told under this id before.
    #[error("a commission {0} with other contents exists")]
    Conflict(CommissionId),
    /// The recipient is not known.
    #[error("there is no recipient {0}")]
    UnknownRecipient(RecipientId),
    /// The recipient's balance would not fit into 64 bits of fen.
    #[error("the balance would become too large")]
    TooLarge,
    /// The database failed.
    #[error("the database failed")]
    Db(#[from] DbFault),
}

impl NewCommission {
    fn is_the_same_as(&self, told: &Commission) -> bool {
        self.id == told.id
            && self.recipient == told.recipient
            && self.amount == told.amount
            && self.order_no == told.order_no
            && self.description == told.description
            && self.available_at == told.given_available_at
    }
}

/// A commission refers to nothing but its recipient.
fn unknown_recipient(fault: DbFault, new: &NewCommission) -> EarnError {
    if fault.is_constraint(
        "commissions_tenant_id_recipient_id_fkey",
        "FOREIGN KEY constraint failed",
    ) {
        EarnError::UnknownRecipient(new.recipient.clone())
    } else {
        EarnError::Db(fault)
    }
}

/// Earns a commission: it costs the shop, and the recipient's balance grows. Told again with the same contents it
/// changes nothing.
pub fn earn(
    tx: &mut Tx<'_>,
    tenant: TenantId,
    new: &NewCommission,
    by: &By,
    now: Timestamp,
) -> Result<Done<Commission>, EarnError> {
    let available_at = new.available_at.unwrap_or(now);
    let (state, maturity) = if available_at > now {
        (CommissionState::Pending, Maturity::Pending)
    } else {
        (CommissionState::Available, Maturity::Available)
    };
    let commission = Commission {
        id: new.id.clone(),
        recipient: new.recipient.clone(),
        amount: new.amount,
        reversed: Fen::ZERO,
        order_no: new.order_no.clone(),
        description: new.description.clone(),
        given_available_at: new.available_at,
        available_at,
        state,
        created_at: now,
        reversed_at: None,
        reverse_reason: None,
    };
    if !store::insert(tx, tenant, &commission).map_err(|fault| unknown_recipient(fault, new))? {
        let told = store::find(tx, tenant, &new.id)?;
        return match told {
            Some(told) if new.is_the_same_as(&told) => Ok(Done::Already(told)),
            _ => Err(EarnError::Conflict(new.id.clone())),
        };
    }
    let posting = commission_earned(&new.id, &new.recipient, new.amount, maturity);
    ledger::post(tx, tenant, posting, now).map_err(|error| match error {
        PostError::NoAccounts => EarnError::UnknownRecipient(new.recipient.clone()),
        PostError::Overflow(_) => EarnError::TooLarge,
        PostError::Db(fault) => EarnError::Db(fault),
    })?;
    let event = Event {
        kind: EventKind::CommissionEarned,
        object: Object::Commission(new.id.clone()),
        details: json!({ "recipient": new.recipient, "amount_fen": new.amount }),
    };
    audit::record(tx, tenant, event, by, now)?;
    Ok(Done::Now(commission))
}

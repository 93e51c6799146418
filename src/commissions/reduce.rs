//! Taking a part of a commission back.

use serde_json::json;

use super::model::Commission;
use super::reverse::{ReverseError, reverse};
use super::store;
use crate::audit::{self, By, Event, EventKind, Object};
use crate::basics::{CommissionId, Done, Fen, TenantId, Timestamp};
use crate::db::Tx;
use crate::ledger;
use crate::ledger::postings::commission_reduced;

/// Takes up to `amount` of a commission back, and says how much that was. Taking all that is left reverses it. `cause` names what did
/// it; the ledger takes one posting for each commission and cause.
pub fn reduce(
    tx: &mut Tx<'_>,
    tenant: TenantId,
    id: &CommissionId,
    amount: Fen,
    cause: &str,
    by: &By,
    now: Timestamp,
) -> Result<Fen, ReverseError> {
    let found = store::find(tx, tenant, id)?.ok_or(ReverseError::NotFound)?;
    let Some(maturity) = found.state.maturity() else {
        return Ok(Fen::ZERO);
    };
    let left = found.remaining();
    if amount >= left {
        return match reverse(tx, tenant, id, Some(cause), by, now)? {
            Done::Now(_) => Ok(left),
            Done::Already(_) => Ok(Fen::ZERO),
        };
    }
    if !amount.is_positive() {
        return Ok(Fen::ZERO);
    }
    let reversed = found
        .reversed
        .plus(amount)
        .map_err(|_| ReverseError::TooSmall)?;
    if !store::mark_reduced(tx, tenant, &found, reversed)? {
        // it changed between the two statements
        return reduce(tx, tenant, id, amount, cause, by, now);
    }
    let posting = commission_reduced(id, cause, &found.recipient, amount, maturity);
    ledger::post(tx, tenant, posting, now)?;
    audit::record(tx, tenant, reduced(&found, amount, cause), by, now)?;
    Ok(amount)
}

fn reduced(commission: &Commission, amount: Fen, cause: &str) -> Event {
    Event {
        kind: EventKind::CommissionReduced,
        object: Object::Commission(commission.id.clone()),
        details: json!({ "recipient": commission.recipient, "amount_fen": amount, "cause": cause }),
    }
}

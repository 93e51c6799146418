//! The shop pays somebody without any balance.

use super::accept::{AcceptError, Request, accept};
use super::model::{Kind, Payout};
use crate::audit::By;
use crate::basics::{PayoutId, TenantId, Timestamp};
use crate::db::Tx;
use crate::ledger;
use crate::ledger::postings::payout_held;
use crate::limits::{self, Policy};

/// Books the cost, holds the money and accepts the payout.
pub fn pay_directly(
    tx: &mut Tx<'_>,
    tenant: TenantId,
    request: &Request,
    policy: &Policy,
    by: &By,
    now: Timestamp,
) -> Result<Payout, AcceptError> {
    limits::could_pass(policy, request.amount, now)?;
    let id: PayoutId = tx.fresh_id(now);
    let hold = payout_held(
        &id,
        &request.recipient,
        request.amount,
        Kind::Direct.source(),
    );
    ledger::post(tx, tenant, hold, now)?;
    accept(tx, tenant, id, Kind::Direct, request, policy, by, now)
}

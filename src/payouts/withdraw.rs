//! A recipient asks to be paid out of the balance.

use super::accept::{AcceptError, Request, accept};
use super::model::{Kind, Payout};
use crate::audit::By;
use crate::basics::{Fen, PayoutId, TenantId, Timestamp};
use crate::db::Tx;
use crate::ledger;
use crate::ledger::postings::payout_held;
use crate::limits::{self, Policy};

/// Holds the money out of the recipient's balance and accepts the payout. When the balance is too small, `mature` is
/// asked to let due commissions become available; then the balance decides.
pub fn withdraw(
    tx: &mut Tx<'_>,
    tenant: TenantId,
    request: &Request,
    policy: &Policy,
    mature: impl FnOnce(&mut Tx<'_>) -> Result<usize, AcceptError>,
    by: &By,
    now: Timestamp,
) -> Result<Payout, AcceptError> {
    limits::could_pass(policy, request.amount, now)?;
    let id: PayoutId = tx.fresh_id(now);
    let hold = payout_held(
        &id,
        &request.recipient,
        request.amount,
        Kind::Withdrawal.source(),
    );
    let mut balance = ledger::post(tx, tenant, hold, now)?;
    if balance.available < Fen::ZERO && mature(tx)? > 0 {
        balance = ledger::find_balance(tx, tenant, &request.recipient)?
            .ok_or(AcceptError::UnknownRecipient)?;
    }
    if balance.available < Fen::ZERO {
        let available = balance
            .available
            .plus(request.amount)
            .map_err(|_| AcceptError::TooLarge)?;
        return Err(AcceptError::InsufficientBalance {
            available,
            wanted: request.amount,
        });
    }
    accept(tx, tenant, id, Kind::Withdrawal, request, policy, by, now)
}

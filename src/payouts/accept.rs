//! Accepting a payout: what a withdrawal and a direct payout have in common.

use serde_json::json;

use super::model::{Kind, Payout, Status, Step, Work};
use super::store;
use super::tell::{tell, tell_limit};
use crate::audit::{self, By, Event, EventKind, Object};
use crate::basics::{
    Description, ExternalId, Fen, OpenId, PayoutId, RecipientId, TenantId, Timestamp,
};
use crate::db::{DbFault, Tx};
use crate::ledger::PostError;
use crate::limits::{self, LimitExceeded, Policy, ReserveError};
use crate::outbox;

/// What is asked for.
#[derive(Clone, Debug)]
pub struct Request {
    /// Who is to be paid.
    pub recipient: RecipientId,
    /// Who that is at WeChat.
    pub openid: OpenId,
    /// Whether WeChat Pay shall check the name.
    pub checks_name: bool,
    /// How much; more than nothing.
    pub amount: Fen,
    /// What the recipient reads.
    pub description: Description,
    /// The storefront's own number, unique for ever.
    pub external_id: Option<ExternalId>,
    /// The product that pays.
    pub rail: &'static str,
}

/// Why a payout is not accepted.
#[derive(Debug, thiserror::Error)]
pub enum AcceptError {
    /// The balance does not suffice.
    #[error("the balance is {available}, and {wanted} are asked for")]
    InsufficientBalance {
        /// What can be withdrawn.
        available: Fen,
        /// What is asked for.
        wanted: Fen,
    },
    /// A limit does not let it through.
    #[error(transparent)]
    LimitExceeded(#[from] LimitExceeded),
    /// The storefront has used this number for another payout.
    #[error("the number {external_id} belongs to the payout {payout}")]
    ExternalIdTaken {
        /// The storefront's number.
        external_id: ExternalId,
        /// The payout that has it.
        payout: PayoutId,
    },
    /// The recipient has no accounts: there is no such recipient.
    #[error("there is no such recipient")]
    UnknownRecipient,
    /// A balance would not fit into 64 bits of fen.
    #[error("the amount is too large")]
    TooLarge,
    /// The database failed.
    #[error("the database failed")]
    Db(#[from] DbFault),
}

impl From<PostError> for AcceptError {
    fn from(error: PostError) -> Self {
        match error {
            PostError::NoAccounts => AcceptError::UnknownRecipient,
            PostError::Overflow(_) => AcceptError::TooLarge,
            PostError::Db(fault) => AcceptError::Db(fault),
        }
    }
}

/// Writes the payout down and counts it in the limits. Its money is held already.
///
/// The limits come last: the tenant's counter is one row for the whole shop, and everything that comes after it makes all
/// other requests of the shop wait.
pub(super) fn accept(
    tx: &mut Tx<'_>,
    tenant: TenantId,
    id: PayoutId,
    kind: Kind,
    request: &Request,
    policy: &Policy,
    by: &By,
    now: Timestamp,
) -> Result<Payout, AcceptError> {
    let approvals_needed = policy.approvals_needed(request.amount);
    let (status, next) = if approvals_needed > 0 {
        (Status::InReview, None)
    } else {
        (Status::Queued, Some((Step::Submit, now)))
    };
    let mut payout = Payout {
        id,
        kind,
        recipient: request.recipient.clone(),
        external_id: request.external_id.clone(),
        openid: request.openid.clone(),
        checks_name: request.checks_name,
        amount: request.amount,
        description: request.description.clone(),
        status,
        reason_code: None,
        not_before: None,
        planned_on: now.day(),
        approvals_needed,
        rail: request.rail.to_owned(),
        sent_with: None,
        payment_no: None,
        created_at: now,
        submitted_at: None,
        finished_at: None,
        work: Work {
            next,
            fence: 0,
            attempts: 0,
            tries: 0,
            last_sent_at: None,
            may_have_been_sent: false,
            request_attempt: None,
            suspected_code: None,
            not_found_times: 0,
            not_found_at: None,
        },
    };
    let Some(saved) = store::insert(tx, tenant, &payout)? else {
        return Err(taken(tx, tenant, request.external_id.as_ref())?);
    };
    let event = Event {
        kind: EventKind::PayoutAccepted,
        object: Object::Payout(id),
        details: json!({
            "kind": kind.as_str(),
            "recipient": request.recipient,
            "amount_fen": request.amount,
            "status": status.as_str(),
        }),
    };
    audit::record(tx, tenant, event, by, now)?;
    tell(tx, tenant, &payout, outbox::Kind::PayoutCreated, saved, now)?;
    let planned = limits::plan(tx, tenant, &request.recipient, request.amount, policy, now)
        .map_err(|error| match error {
            ReserveError::Exceeded(exceeded) => AcceptError::LimitExceeded(exceeded),
            ReserveError::Db(fault) => AcceptError::Db(fault),
        })?;
    if let Some(limit) = planned.waits_for {
        payout.planned_on = planned.day;
        payout.not_before = planned.not_before();
        payout.reason_code = Some(format!("limit_{}", limit.as_str()));
        if payout.work.next.is_some() {
            payout.work.next = Some((Step::Submit, planned.day.start()));
        }
        let saved = store::save(tx, tenant, &payout, payout.work.fence)?;
        if payout.status == Status::Queued {
            tell(tx, tenant, &payout, outbox::Kind::PayoutQueued, saved, now)?;
        }
        tell_limit(tx, tenant, &payout, saved, now)?;
    }
    Ok(payout)
}

/// Whose the storefront's number is, when it was not free.
fn taken(
    tx: &mut Tx<'_>,
    tenant: TenantId,
    external_id: Option<&ExternalId>,
) -> Result<AcceptError, DbFault> {
    let first = match external_id {
        Some(external_id) => store::find_by_external_id(tx, tenant, external_id)?,
        None => None,
    };
    Ok(match (external_id, first) {
        (Some(external_id), Some(first)) => AcceptError::ExternalIdTaken {
            external_id: external_id.clone(),
            payout: first.id,
        },
        (_, None) | (None, Some(_)) => AcceptError::Db(DbFault::Damaged {
            table: "payouts",
            what: "an id twice",
        }),
    })
}

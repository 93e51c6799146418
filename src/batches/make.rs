//! Making payouts out of lines, one line a transaction: a line that is refused takes nothing else with it.

use super::approve::record;
use super::model::{Approved, Batch, BatchState, Line, LineFault};
use super::store;
use crate::audit::{Actor, By, EventKind};
use crate::basics::{BatchId, Description, ExternalId, RecipientId, TenantId, Timestamp};
use crate::channels::WECHAT_V2;
use crate::db::{DbFault, Tx};
use crate::limits::{LimitName, Policy};
use crate::payouts::{self, AcceptError, ApproveError, Request, Status};
use crate::recipients;

/// What came of one call.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Made {
    /// A line was dealt with; there may be more.
    Line,
    /// The batch is at its end.
    Done,
    /// The batch does not run: a member has paused it.
    NotRunning,
}

/// Why a line becomes no payout. The transaction has to be given up, and the line to be marked in another one.
#[derive(Debug, thiserror::Error)]
pub enum MakeError {
    /// The line is refused.
    #[error("line {line} is refused: {}", .fault.as_str())]
    Refused {
        /// The line.
        line: i64,
        /// Why.
        fault: LineFault,
    },
    /// The payout could not be reviewed.
    #[error("a payout of a batch could not be reviewed")]
    Review(#[source] Box<ApproveError>),
    /// The database failed.
    #[error("the database failed")]
    Db(#[from] DbFault),
}

/// What making needs besides the batch.
#[derive(Clone, Copy, Debug)]
pub enum Making {
    /// Make the next line's payout.
    Next,
    /// Mark this line as refused, for this reason, because making it was given up.
    Refuse(i64, LineFault),
}

/// Deals with one line of a running batch.
pub fn make_next(
    tx: &mut Tx<'_>,
    tenant: TenantId,
    id: BatchId,
    making: Making,
    policy: &Policy,
    now: Timestamp,
) -> Result<Made, MakeError> {
    let Some(batch) = store::find_locked(tx, tenant, id)? else {
        return Ok(Made::NotRunning);
    };
    let (BatchState::Running, Some(approved)) = (batch.state, &batch.approved) else {
        return Ok(Made::NotRunning);
    };
    if let Making::Refuse(line, fault) = making {
        store::mark_refused(tx, tenant, id, line, fault)?;
        return Ok(Made::Line);
    }
    let Some(line) = store::next_waiting(tx, tenant, id)? else {
        let done = Batch {
            state: BatchState::Done,
            finished_at: Some(now),
            ..batch.clone()
        };
        store::update(tx, tenant, BatchState::Running, &done)?;
        record(tx, tenant, EventKind::BatchDone, &done, &By::ENGINE, now)?;
        return Ok(Made::Done);
    };
    make(tx, tenant, &batch, approved, &line, policy, now)?;
    Ok(Made::Line)
}

fn make(
    tx: &mut Tx<'_>,
    tenant: TenantId,
    batch: &Batch,
    approved: &Approved,
    line: &Line,
    policy: &Policy,
    now: Timestamp,
) -> Result<(), MakeError> {
    let refused = |fault| MakeError::Refused {
        line: line.number,
        fault,
    };
    let recipient =
        RecipientId::parse(&line.recipient).map_err(|_| refused(LineFault::RecipientId))?;
    let recipient = recipients::find(tx, tenant, &recipient)?
        .ok_or_else(|| refused(LineFault::UnknownRecipient))?;
    let external_id = line.external_id.as_deref().map(ExternalId::parse);
    let request = Request {
        checks_name: recipient.has_real_name(),
        recipient: recipient.id,
        openid: recipient.openid,
        amount: line.amount,
        description: Description::parse(&line.description)
            .map_err(|_| refused(LineFault::Description))?,
        external_id: external_id
            .transpose()
            .map_err(|_| refused(LineFault::ExternalId))?,
        rail: WECHAT_V2,
    };
    let by = By {
        actor: Actor::Member {
            person: approved.person,
            member: approved.member,
        },
        name: approved.by.clone(),
        request: Some(format!("batch {}", batch.id)),
    };
    let payout = payouts::pay_directly(tx, tenant, &request, policy, &by, now)
        .map_err(|error| explain(error, line.number))?;
    if payout.status == Status::InReview {
        // the batch's approval is this person's approval of each of its payouts
        payouts::approve(tx, tenant, payout.id, None, policy, &by, now)
            .map_err(|error| review(error, line.number))?;
    }
    store::mark_made(tx, tenant, batch.id, line.number, payout.id)?;
    Ok(())
}

fn review(error: ApproveError, line: i64) -> MakeError {
    match error {
        ApproveError::LimitExceeded(_) => MakeError::Refused {
            line,
            fault: LineFault::LimitExceeded,
        },
        ApproveError::Db(fault) => MakeError::Db(fault),
        error @ (ApproveError::NotFound
        | ApproveError::NotInReview(_)
        | ApproveError::NotAPerson
        | ApproveError::SamePerson
        | ApproveError::Changed
        | ApproveError::NoSuchWay(_)) => MakeError::Review(Box::new(error)),
    }
}

fn explain(error: AcceptError, line: i64) -> MakeError {
    let fault = match error {
        AcceptError::LimitExceeded(exceeded) => match exceeded.name {
            LimitName::TransferMin => LineFault::TransferMin,
            LimitName::TransferMax => LineFault::TransferMax,
            LimitName::RecipientDayAmount
            | LimitName::RecipientDayCount
            | LimitName::TenantDayAmount
            | LimitName::TenantDayCount
            | LimitName::ReviewAbove
            | LimitName::SecondReviewAbove => LineFault::LimitExceeded,
        },
        AcceptError::ExternalIdTaken { .. } => LineFault::ExternalIdTaken,
        AcceptError::UnknownRecipient => LineFault::UnknownRecipient,
        AcceptError::InsufficientBalance { .. } | AcceptError::TooLarge => LineFault::TooLarge,
        AcceptError::Db(fault) => return MakeError::Db(fault),
    };
    MakeError::Refused { line, fault }
}

//! What members do with a batch: approve it, pause and resume it, discard it.

use serde_json::json;

use super::model::{Approved, Batch, BatchState};
use super::store;
use crate::audit::{self, Actor, By, Event, EventKind, Object};
use crate::basics::{BatchId, Fen, TenantId, Timestamp};
use crate::db::{DbFault, Tx};

/// Why it is not done.
#[derive(Debug, thiserror::Error)]
pub enum ApproveError {
    /// The tenant has no such batch.
    #[error("there is no such batch")]
    NotFound,
    /// It is past that.
    #[error("the batch is {}", .0.as_str())]
    NotNow(BatchState),
    /// No line of it is right.
    #[error("no line of the file is right")]
    NothingToPay,
    /// What the member saw is not what there is.
    #[error("the batch is not what was shown; look at it again")]
    Changed,
    /// Only people approve.
    #[error("only a member can approve")]
    NotAPerson,
    /// The database failed.
    #[error("the database failed")]
    Db(#[from] DbFault),
}

/// Approves what was shown: so many lines, so much money. Its lines then become payouts, each reviewed by this approval as far as one
/// person's can: what needs two people's waits for the other one.
pub fn approve(
    tx: &mut Tx<'_>,
    tenant: TenantId,
    id: BatchId,
    shown: (i64, Fen),
    by: &By,
    now: Timestamp,
) -> Result<Batch, ApproveError> {
    let Actor::Member { person, member } = by.actor else {
        return Err(ApproveError::NotAPerson);
    };
    let batch = store::find(tx, tenant, id)?.ok_or(ApproveError::NotFound)?;
    if batch.good_lines == 0 {
        return Err(ApproveError::NothingToPay);
    }
    if shown != (batch.good_lines, batch.good) {
        return Err(ApproveError::Changed);
    }
    let approved = Batch {
        state: BatchState::Running,
        approved: Some(Approved {
            at: now,
            by: by.text().to_owned(),
            person,
            member,
        }),
        started_at: Some(now),
        ..batch
    };
    go(tx, tenant, &[BatchState::Checked], &approved)?;
    record(tx, tenant, EventKind::BatchApproved, &approved, by, now)?;
    Ok(approved)
}

/// Stops a running batch; the line at work is finished.
pub fn pause(
    tx: &mut Tx<'_>,
    tenant: TenantId,
    id: BatchId,
    by: &By,
    now: Timestamp,
) -> Result<Batch, ApproveError> {
    change(
        tx,
        tenant,
        id,
        &[BatchState::Running],
        BatchState::Paused,
        by,
        now,
    )
}

/// Goes on with a paused batch.
pub fn resume(
    tx: &mut Tx<'_>,
    tenant: TenantId,
    id: BatchId,
    by: &By,
    now: Timestamp,
) -> Result<Batch, ApproveError> {
    change(
        tx,
        tenant,
        id,
        &[BatchState::Paused],
        BatchState::Running,
        by,
        now,
    )
}

/// Gives up a batch of which nothing was paid yet; its file may then be taken again.
pub fn discard(
    tx: &mut Tx<'_>,
    tenant: TenantId,
    id: BatchId,
    by: &By,
    now: Timestamp,
) -> Result<Batch, ApproveError> {
    change(
        tx,
        tenant,
        id,
        &[BatchState::Checked],
        BatchState::Discarded,
        by,
        now,
    )
}

fn change(
    tx: &mut Tx<'_>,
    tenant: TenantId,
    id: BatchId,
    from: &[BatchState],
    to: BatchState,
    by: &By,
    now: Timestamp,
) -> Result<Batch, ApproveError> {
    let batch = store::find(tx, tenant, id)?.ok_or(ApproveError::NotFound)?;
    let changed = Batch { state: to, ..batch };
    go(tx, tenant, from, &changed)?;
    let kind = match to {
        BatchState::Paused => EventKind::BatchPaused,
        BatchState::Running => EventKind::BatchResumed,
        BatchState::Discarded | BatchState::Checked => EventKind::BatchDiscarded,
        BatchState::Done => EventKind::BatchDone,
    };
    record(tx, tenant, kind, &changed, by, now)?;
    Ok(changed)
}

fn go(
    tx: &mut Tx<'_>,
    tenant: TenantId,
    from: &[BatchState],
    batch: &Batch,
) -> Result<(), ApproveError> {
    for state in from {
        if store::update(tx, tenant, *state, batch)? {
            return Ok(());
        }
    }
    let now = store::find(tx, tenant, batch.id)?.ok_or(ApproveError::NotFound)?;
    Err(ApproveError::NotNow(now.state))
}

pub(super) fn record(
    tx: &mut Tx<'_>,
    tenant: TenantId,
    kind: EventKind,
    batch: &Batch,
    by: &By,
    now: Timestamp,
) -> Result<(), DbFault> {
    let event = Event {
        kind,
        object: Object::Batch(batch.id),
        details: json!({ "lines": batch.good_lines, "amount_fen": batch.good }),
    };
    audit::record(tx, tenant, event, by, now)
}

//! The clerk: makes payouts out of the lines of approved batches, beside the engine's own work.
//!
//! Each line is a transaction of its own. A line that is refused is given up with its transaction and marked in another; nothing that stops
//! the process in between is lost or doubled, because a line becomes `made` in the transaction of its payout.

use crate::basics::{BatchId, TenantId, Timestamp};
use crate::batches::{self, Made, MakeError, Making};
use crate::db::{Database, DbFault, Scope};
use crate::limits;

/// How many batches the clerk looks at in one round: one of each tenant.
const BATCHES: i64 = 64;

/// How many lines of one batch are made in one round, so that tenants take turns.
const LINES: usize = 50;

/// Makes some payouts of every running batch, and says how many lines were dealt with.
pub(super) async fn work(database: &Database, now: Timestamp) -> Result<usize, DbFault> {
    let running = database
        .read(
            "running batches",
            Scope::AcrossTenants,
            |tx| -> Result<_, DbFault> { batches::list_running(tx, BATCHES) },
        )
        .await?;
    let mut dealt = 0_usize;
    for (tenant, batch) in running {
        for _ in 0..LINES {
            match one_line(database, tenant, batch, now).await? {
                Made::Line => dealt = dealt.saturating_add(1),
                Made::Done | Made::NotRunning => break,
            }
        }
    }
    Ok(dealt)
}

async fn one_line(
    database: &Database,
    tenant: TenantId,
    batch: BatchId,
    now: Timestamp,
) -> Result<Made, DbFault> {
    match make(database, tenant, batch, Making::Next, now).await {
        Ok(made) => Ok(made),
        Err(MakeError::Refused { line, fault }) => {
            match make(database, tenant, batch, Making::Refuse(line, fault), now).await {
                Ok(made) => Ok(made),
                Err(MakeError::Db(fault)) => Err(fault),
                Err(error @ (MakeError::Refused { .. } | MakeError::Review(_))) => {
                    tracing::error!(%batch, ?error, "a refused line was not marked");
                    Ok(Made::NotRunning)
                }
            }
        }
        Err(MakeError::Db(fault)) => Err(fault),
        Err(error @ MakeError::Review(_)) => {
            tracing::error!(%batch, ?error, "a line became no payout");
            Ok(Made::NotRunning)
        }
    }
}

async fn make(
    database: &Database,
    tenant: TenantId,
    batch: BatchId,
    making: Making,
    now: Timestamp,
) -> Result<Made, MakeError> {
    database
        .write(
            "make a payout of a batch",
            Scope::Tenant(tenant),
            move |tx| {
                let policy = limits::load_policy(tx, tenant)?;
                batches::make_next(tx, tenant, batch, making, &policy, now)
            },
        )
        .await
}

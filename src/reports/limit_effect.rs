//! What other limits would have done to the payouts of the last days.

use diesel::QueryableByName;
use diesel::sql_types::{BigInt, Text};

use crate::basics::{Day, Fen, PayoutId, RecipientId, TenantId, Timestamp, ids};
use crate::db::{DbFault, Tx, sql};
use crate::limits::{Past, Policy, Replay, replay};
use crate::payouts::Status;

/// How many days are looked at.
pub const DAYS: i32 = 30;

/// How many payouts are looked at, the newest first: what fits into a page's time.
pub const PAYOUTS_MOST: usize = 20_000;

/// What was looked at, and what the limits would have done.
#[derive(Clone, Debug)]
pub struct Effect {
    /// How many payouts were looked at.
    pub looked_at: usize,
    /// There were more in these days than are looked at.
    pub is_cut: bool,
    /// Under the limits that hold.
    pub now: Replay,
    /// Under the others.
    pub then: Replay,
}

#[derive(QueryableByName)]
struct Row {
    #[diesel(sql_type = BigInt)]
    planned_on: Day,
    #[diesel(sql_type = Text)]
    recipient_id: RecipientId,
    #[diesel(sql_type = BigInt)]
    amount_fen: Fen,
    #[diesel(sql_type = Text)]
    status: String,
}

/// Compares what holds with what somebody thinks of.
pub fn effect(
    tx: &mut Tx<'_>,
    tenant: TenantId,
    holds: &Policy,
    wanted: &Policy,
    now: Timestamp,
) -> Result<Effect, DbFault> {
    let since: PayoutId = ids::first_of(now.day().days_before(DAYS).start());
    let most = i64::try_from(PAYOUTS_MOST).unwrap_or(i64::MAX);
    let mut rows: Vec<Row> = sql(
        "SELECT planned_on, recipient_id, amount_fen, status FROM payouts \
         WHERE tenant_id = $1 AND id >= $2 ORDER BY id DESC LIMIT $3",
    )
    .bind(tenant)
    .bind(since)
    .bind(most.saturating_add(1))
    .load(tx)?;
    let is_cut = rows.len() > PAYOUTS_MOST;
    rows.truncate(PAYOUTS_MOST);
    let mut past: Vec<Past> = rows.into_iter().map(past).collect();
    // in the order in which they came
    past.reverse();
    Ok(Effect {
        looked_at: past.len(),
        is_cut,
        now: replay(holds, &past),
        then: replay(wanted, &past),
    })
}

fn past(row: Row) -> Past {
    let called_off = [Status::Failed, Status::Rejected, Status::Cancelled]
        .iter()
        .any(|status| status.as_str() == row.status);
    Past {
        day: row.planned_on,
        recipient: row.recipient_id,
        amount: row.amount_fen,
        counts: !called_off,
    }
}

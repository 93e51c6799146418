//! Counting what ends, by day and outcome: so that no page counts payouts.

use std::collections::BTreeMap;

use diesel::QueryableByName;
use diesel::sql_types::{BigInt, Text};

use super::model::{Payout, Status};
use crate::basics::{Day, Fen, TenantId};
use crate::db::{DbFault, Tx, sql};

/// How many payouts ended on a day in one way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DayTally {
    /// The day.
    pub day: Day,
    /// How they ended.
    pub outcome: Status,
    /// How many.
    pub payouts: i64,
    /// How much they were together.
    pub amount: Fen,
}

/// Counts payouts that have just ended, in the transaction that ended them. It is the last thing that such a transaction does: the
/// day's row is one for the whole shop, and who comes after waits for it until the commit and for nothing else. The engine counts a
/// whole batch with one write; accepting a payout does not touch the row.
pub fn count_ended(tx: &mut Tx<'_>, ended: &[(TenantId, &Payout)]) -> Result<(), DbFault> {
    let mut sums: BTreeMap<(TenantId, Day, Status), (i64, i64)> = BTreeMap::new();
    for (tenant, payout) in ended {
        let Some(finished_at) = payout.finished_at else {
            continue;
        };
        let (payouts, fen) = sums
            .entry((*tenant, finished_at.day(), payout.status))
            .or_default();
        *payouts = payouts.saturating_add(1);
        *fen = fen.saturating_add(payout.amount.fen());
    }
    if sums.is_empty() {
        return Ok(());
    }
    // in the order of the keys, so that two batches with the same tenants never wait for each other in a circle
    let rows = sums
        .into_iter()
        .map(|((tenant, day, outcome), (payouts, fen))| {
            [
                tenant.into(),
                day.into(),
                outcome.as_str().into(),
                payouts.into(),
                fen.into(),
            ]
        });
    sql("INSERT INTO payout_days (tenant_id, day, outcome, payouts, amount_fen) VALUES ")
        .rows(rows)
        .push(
            " ON CONFLICT (tenant_id, day, outcome) DO UPDATE SET \
             payouts = payout_days.payouts + excluded.payouts, \
             amount_fen = payout_days.amount_fen + excluded.amount_fen",
        )
        .execute(tx)?;
    Ok(())
}

#[derive(QueryableByName)]
struct Row {
    #[diesel(sql_type = BigInt)]
    day: Day,
    #[diesel(sql_type = Text)]
    outcome: String,
    #[diesel(sql_type = BigInt)]
    payouts: i64,
    #[diesel(sql_type = BigInt)]
    amount_fen: Fen,
}

/// What ended from a day on, oldest first.
pub fn list_days(tx: &mut Tx<'_>, tenant: TenantId, from: Day) -> Result<Vec<DayTally>, DbFault> {
    let rows: Vec<Row> = sql("SELECT day, outcome, payouts, amount_fen FROM payout_days \
         WHERE tenant_id = $1 AND day >= $2 ORDER BY day, outcome")
    .bind(tenant)
    .bind(from)
    .load(tx)?;
    rows.into_iter()
        .map(|row| {
            let outcome = Status::parse(&row.outcome).ok_or(DbFault::Damaged {
                table: "payout_days",
                what: "unknown outcome",
            })?;
            Ok(DayTally {
                day: row.day,
                outcome,
                payouts: row.payouts,
                amount: row.amount_fen,
            })
        })
        .collect()
}

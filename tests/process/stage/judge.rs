//! The judge: what our database says against the simulator's own book.

use std::collections::BTreeMap;

use diesel::QueryableByName;
use diesel::sql_types::{BigInt, Binary, Text};
use zhanfu::basics::clock::SystemClock;
use zhanfu::basics::{Clock as _, PayoutId};
use zhanfu::db::{DbFault, Scope, sql};
use zhanfu::engine::partner_trade_no;

use super::{PATIENCE, Stage, until};

/// How many payouts are in each status.
pub(crate) type Statuses = BTreeMap<String, usize>;

#[derive(QueryableByName)]
struct CountRow {
    #[diesel(sql_type = Text)]
    status: String,
    #[diesel(sql_type = BigInt)]
    count: i64,
}

#[derive(QueryableByName)]
struct PayoutRow {
    #[diesel(sql_type = Binary)]
    id: PayoutId,
    #[diesel(sql_type = Text)]
    status: String,
    #[diesel(sql_type = BigInt)]
    amount_fen: i64,
}

#[derive(QueryableByName)]
struct Number {
    #[diesel(sql_type = BigInt)]
    number: i64,
}

impl Stage {
    /// How many payouts are in each status; nothing while the database cannot be reached.
    pub(crate) fn statuses(&self) -> Option<Statuses> {
        let rows: Vec<CountRow> = self
            .database()
            .read_blocking(
                "statuses",
                Scope::AcrossTenants,
                |tx| -> Result<_, DbFault> {
                    sql("SELECT status, COUNT(*) AS count FROM payouts GROUP BY status").load(tx)
                },
            )
            .ok()?;
        let pairs = rows
            .into_iter()
            .map(|row| (row.status, usize::try_from(row.count).unwrap()));
        Some(pairs.collect())
    }

    /// One number out of the database.
    pub(crate) fn number(&self, query: &'static str) -> i64 {
        let found: Option<Number> = self
            .database()
            .read_blocking(
                "a number",
                Scope::AcrossTenants,
                |tx| -> Result<_, DbFault> { sql(query).find(tx) },
            )
            .unwrap();
        found.unwrap().number
    }

    /// How many payments the simulator has made.
    pub(crate) fn paid_at_wechat(&self) -> u64 {
        let totals = self
            .simulator
            .gateway()
            .totals(SystemClock.now().as_millis());
        totals.iter().map(|totals| totals.paid_count).sum()
    }

    /// Waits until so many payouts are there and all of them are final.
    pub(crate) async fn until_final(&self, count: usize) -> Statuses {
        const FINAL: [&str; 4] = ["succeeded", "failed", "rejected", "cancelled"];
        let mut last = Statuses::new();
        let seen = tokio::time::timeout(
            2 * PATIENCE,
            until("all payouts are final", 3 * PATIENCE, async || {
                last = self.statuses()?;
                let all: usize = last.values().sum();
                let done: usize = FINAL.iter().filter_map(|status| last.get(*status)).sum();
                (all == count && done == count).then(|| last.clone())
            }),
        )
        .await;
        seen.unwrap_or_else(|_| panic!("{count} payouts do not end: {last:?}"))
    }

    /// What was paid, what we say and what the books say are the same, payout by payout.
    pub(crate) async fn judge(&self, count: usize) {
        let payouts: Vec<PayoutRow> = self
            .database()
            .read_blocking(
                "payouts",
                Scope::AcrossTenants,
                |tx| -> Result<_, DbFault> {
                    sql("SELECT id, status, amount_fen FROM payouts").load(tx)
                },
            )
            .unwrap();
        assert_eq!(payouts.len(), count, "one payout for each key");
        let book = self.simulator.book();
        let mut moved: BTreeMap<&str, Vec<i64>> = BTreeMap::new();
        for movement in &book.movements {
            moved
                .entry(&movement.partner_trade_no)
                .or_default()
                .push(movement.amount_fen);
        }
        let mut paid = 0;
        for payout in &payouts {
            let number = partner_trade_no(payout.id);
            let theirs = moved.remove(number.as_str()).unwrap_or_default();
            match payout.status.as_str() {
                "succeeded" => {
                    assert_eq!(theirs, [payout.amount_fen], "{number} is paid once");
                    paid += payout.amount_fen;
                }
                status => assert!(
                    theirs.is_empty(),
                    "{number} is {status} and was paid: {theirs:?}"
                ),
            }
        }
        assert!(
            moved.is_empty(),
            "paid, and nobody here knows of it: {moved:?}"
        );
        assert_eq!(book.certificate_mismatches_total, 0);
        let proof = self
            .run(&["ledger", "verify", "--json"])
            .await
            .done()
            .json();
        assert_eq!(proof["ok"], true, "{proof}");
        let of_ledger: i64 = proof["tenants"]
            .as_array()
            .unwrap()
            .iter()
            .map(|tenant| tenant["paid_fen"].as_i64().unwrap())
            .sum();
        assert_eq!((of_ledger, book.paid_fen), (paid, paid));
    }
}

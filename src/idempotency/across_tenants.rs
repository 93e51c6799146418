//! Forgetting old answers, whoever they were given to.

use super::call::KEPT;
use crate::basics::Timestamp;
use crate::db::{DbFault, Tx, sql};

/// How many answers are forgotten in one transaction.
const BATCH: i64 = 1_000;

/// Forgets answers that are older than the contract asks for, and says how many.
pub fn purge(tx: &mut Tx<'_>, now: Timestamp) -> Result<usize, DbFault> {
    sql(
        "DELETE FROM idempotency_keys WHERE (tenant_id, route, key) IN \
         (SELECT tenant_id, route, key FROM idempotency_keys WHERE created_at < $1 LIMIT $2)",
    )
    .bind(now.minus(KEPT))
    .bind(BATCH)
    .execute(tx)
}

//! The one look over the findings of all tenants.

use diesel::QueryableByName;
use diesel::sql_types::BigInt;

use crate::db::{DbFault, Tx, sql};

#[derive(QueryableByName)]
struct Count {
    #[diesel(sql_type = BigInt)]
    n: i64,
}

/// How many findings nobody has resolved, for the metrics.
pub fn count_open(tx: &mut Tx<'_>) -> Result<i64, DbFault> {
    let found: Option<Count> =
        sql("SELECT COUNT(*) AS n FROM findings WHERE resolved_at IS NULL").find(tx)?;
    Ok(found.map_or(0, |count| count.n))
}

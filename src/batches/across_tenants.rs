//! The clerk's query: which batches run, whosever they are.

use diesel::QueryableByName;
use diesel::sql_types::Binary;

use crate::basics::{BatchId, TenantId};
use crate::db::{DbFault, Tx, sql};

#[derive(QueryableByName)]
struct Row {
    #[diesel(sql_type = Binary)]
    tenant_id: TenantId,
    #[diesel(sql_type = Binary)]
    id: BatchId,
}

/// The running batches, one for each tenant: tenants take turns, and a tenant's batches go one after the other.
pub fn list_running(tx: &mut Tx<'_>, most: i64) -> Result<Vec<(TenantId, BatchId)>, DbFault> {
    let rows: Vec<Row> = sql(
        "SELECT b.tenant_id, b.id FROM batches b WHERE b.state = 'running' AND NOT EXISTS \
         (SELECT 1 FROM batches earlier WHERE earlier.tenant_id = b.tenant_id AND earlier.state = 'running' \
          AND earlier.id < b.id) ORDER BY b.id LIMIT $1",
    )
    .bind(most)
    .load(tx)?;
    Ok(rows
        .into_iter()
        .map(|row| (row.tenant_id, row.id))
        .collect())
}

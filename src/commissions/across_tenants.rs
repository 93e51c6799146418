//! The worker's query: due commissions of any tenant.

use diesel::QueryableByName;
use diesel::sql_types::Binary;

use super::model::Commission;
use super::store::{COLUMNS, Row};
use crate::basics::{TenantId, Timestamp};
use crate::db::{DbFault, Tx, sql};

#[derive(QueryableByName)]
struct OwnedRow {
    #[diesel(sql_type = Binary)]
    tenant_id: TenantId,
    #[diesel(embed)]
    row: Row,
}

/// Marks due commissions as available, the oldest first. Rows that another worker has locked are left to it.
pub(super) fn mature_due(
    tx: &mut Tx<'_>,
    now: Timestamp,
    most: i64,
) -> Result<Vec<(TenantId, Commission)>, DbFault> {
    let skip_locked = tx.conn().for_update_skip_locked();
    let rows: Vec<OwnedRow> = sql(format!(
        "UPDATE commissions SET state = 'available' WHERE (tenant_id, id) IN \
         (SELECT tenant_id, id FROM commissions WHERE state = 'pending' AND available_at <= $1 \
          ORDER BY available_at LIMIT $2{skip_locked}) RETURNING tenant_id, {COLUMNS}"
    ))
    .bind(now)
    .bind(most)
    .load(tx)?;
    rows.into_iter()
        .map(|owned| Ok((owned.tenant_id, owned.row.into_commission()?)))
        .collect()
}

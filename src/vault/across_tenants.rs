//! The query for the engine's batches: the newest data keys of several tenants at once.

use diesel::QueryableByName;
use diesel::sql_types::{BigInt, Binary};

use crate::basics::TenantId;
use crate::db::{DbFault, Tx, sql};

/// A tenant's newest data key, wrapped.
#[derive(QueryableByName)]
pub(super) struct NewestKey {
    #[diesel(sql_type = Binary)]
    pub(super) tenant_id: TenantId,
    #[diesel(sql_type = BigInt)]
    pub(super) version: i64,
    #[diesel(sql_type = Binary)]
    pub(super) master_key_id: Vec<u8>,
    #[diesel(sql_type = Binary)]
    pub(super) wrapped: Vec<u8>,
}

/// The newest data keys of these tenants.
pub(super) fn newest_keys(
    tx: &mut Tx<'_>,
    tenants: &[TenantId],
) -> Result<Vec<NewestKey>, DbFault> {
    if tenants.is_empty() {
        return Ok(Vec::new());
    }
    sql("SELECT tenant_id, version, master_key_id, wrapped FROM data_keys WHERE tenant_id IN (VALUES ")
        .joined_rows(tenants.iter().map(|tenant| [(*tenant).into()]))
        .push(
            ") AND NOT EXISTS (SELECT 1 FROM data_keys newer WHERE newer.tenant_id = data_keys.tenant_id \
             AND newer.version > data_keys.version)",
        )
        .load(tx)
}

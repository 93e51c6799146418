//! The vault's own tables: master keys by name, data keys wrapped.

use diesel::prelude::*;

use crate::basics::{TenantId, Timestamp};
use crate::db::schema::{data_keys, master_keys};
use crate::db::{DbFault, Tx, sql};

pub(super) struct MasterKeyRow {
    pub(super) id: Vec<u8>,
    pub(super) proof: Vec<u8>,
}

pub(super) struct DataKeyRow {
    pub(super) master_key_id: Vec<u8>,
    pub(super) wrapped: Vec<u8>,
}

pub(super) fn list_master_keys(tx: &mut Tx<'_>) -> Result<Vec<MasterKeyRow>, DbFault> {
    let rows: Vec<(Vec<u8>, Vec<u8>)> = master_keys::table
        .select((master_keys::id, master_keys::proof))
        .load(tx.conn())?;
    Ok(rows
        .into_iter()
        .map(|(id, proof)| MasterKeyRow { id, proof })
        .collect())
}

pub(super) fn insert_master_key(
    tx: &mut Tx<'_>,
    id: [u8; 4],
    proof: &[u8],
    now: Timestamp,
) -> Result<(), DbFault> {
    // two processes may start at once with the same new key
    sql("INSERT INTO master_keys (id, proof, first_used_at) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING")
        .bind(id.as_slice())
        .bind(proof)
        .bind(now)
        .execute(tx)?;
    Ok(())
}

pub(super) fn newest_version(tx: &mut Tx<'_>, tenant: TenantId) -> Result<Option<i64>, DbFault> {
    Ok(data_keys::table
        .filter(data_keys::tenant_id.eq(tenant))
        .order(data_keys::version.desc())
        .select(data_keys::version)
        .first(tx.conn())
        .optional()?)
}

pub(super) fn find(
    tx: &mut Tx<'_>,
    tenant: TenantId,
    version: i64,
) -> Result<Option<DataKeyRow>, DbFault> {
    let row: Option<(Vec<u8>, Vec<u8>)> = data_keys::table
        .filter(
            data_keys::tenant_id
                .eq(tenant)
                .and(data_keys::version.eq(version)),
        )
        .select((data_keys::master_key_id, data_keys::wrapped))
        .first(tx.conn())
        .optional()?;
    Ok(row.map(|(master_key_id, wrapped)| DataKeyRow {
        master_key_id,
        wrapped,
    }))
}

pub(super) fn insert_if_first(
    tx: &mut Tx<'_>,
    tenant: TenantId,
    version: i64,
    master_key_id: [u8; 4],
    wrapped: &[u8],
    now: Timestamp,
) -> Result<(), DbFault> {
    sql(
        "INSERT INTO data_keys (tenant_id, version, master_key_id, wrapped, created_at) \
         VALUES ($1, $2, $3, $4, $5) ON CONFLICT DO NOTHING",
    )
    .bind(tenant)
    .bind(version)
    .bind(master_key_id.as_slice())
    .bind(wrapped)
    .bind(now)
    .execute(tx)?;
    Ok(())
}

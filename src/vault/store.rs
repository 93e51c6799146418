//! The vault's own tables: master keys by name, data keys wrapped.

use diesel::prelude::*;
use diesel::sql_types::{BigInt, Binary};

use crate::basics::{TenantId, Timestamp};
use crate::db::schema::{data_keys, master_keys};
use crate::db::{DbFault, Tx, sql};

pub(super) struct MasterKeyRow {
    pub(super) id: Vec<u8>,
    pub(super) proof: Vec<u8>,
}

/// A data key with its place.
#[derive(QueryableByName)]
pub(super) struct PlacedRow {
    #[diesel(sql_type = Binary)]
    pub(super) tenant: TenantId,
    #[diesel(sql_type = BigInt)]
    pub(super) version: i64,
    #[diesel(sql_type = Binary)]
    pub(super) master_key_id: Vec<u8>,
    #[diesel(sql_type = Binary)]
    pub(super) wrapped: Vec<u8>,
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

/// Data keys under other master keys than this one, by tenant and version, after a place.
pub(super) fn list_not_under(
    tx: &mut Tx<'_>,
    master_key_id: [u8; 4],
    after: Option<(TenantId, i64)>,
    most: i64,
) -> Result<Vec<PlacedRow>, DbFault> {
    // versions begin at 1, and the platform's own key is the first of all
    let (tenant, version) = after.unwrap_or((TenantId::PLATFORM, 0));
    sql(
        "SELECT tenant_id AS tenant, version, master_key_id, wrapped FROM data_keys \
         WHERE master_key_id <> $1 AND (tenant_id, version) > ($2, $3) ORDER BY tenant_id, version LIMIT $4",
    )
    .bind(master_key_id.as_slice())
    .bind(tenant)
    .bind(version)
    .bind(most)
    .load(tx)
}

/// Puts a data key that was wrapped anew in its place, unless it is no longer as it was read.
pub(super) fn replace(
    tx: &mut Tx<'_>,
    was: &PlacedRow,
    master_key_id: [u8; 4],
    wrapped: &[u8],
) -> Result<bool, DbFault> {
    let rows = sql("UPDATE data_keys SET master_key_id = $1, wrapped = $2 \
         WHERE tenant_id = $3 AND version = $4 AND wrapped = $5")
    .bind(master_key_id.as_slice())
    .bind(wrapped)
    .bind(was.tenant)
    .bind(was.version)
    .bind(was.wrapped.as_slice())
    .execute(tx)?;
    Ok(rows == 1)
}

/// Forgets master keys that wrap nothing, all but this one.
pub(super) fn delete_unused_master_keys(tx: &mut Tx<'_>, but: [u8; 4]) -> Result<usize, DbFault> {
    sql("DELETE FROM master_keys WHERE id <> $1 \
         AND NOT EXISTS (SELECT 1 FROM data_keys WHERE master_key_id = master_keys.id)")
    .bind(but.as_slice())
    .execute(tx)
}

//! The queries that find out which tenant it is.

use diesel::prelude::*;

use super::api_key::{Caller, PresentedKey};
use super::model::Tenant;
use super::store::{TenantRow, state};
use crate::basics::{ApiKeyId, TenantId, TenantSlug};
use crate::db::schema::{api_keys, tenants};
use crate::db::{DbFault, Tx};

/// Whose key this is, when it is a live one.
pub fn authenticate(tx: &mut Tx<'_>, key: &PresentedKey) -> Result<Option<Caller>, DbFault> {
    let row: Option<(TenantId, ApiKeyId, String, Option<String>)> = api_keys::table
        .inner_join(tenants::table.on(tenants::id.eq(api_keys::tenant_id)))
        .filter(
            api_keys::key_hash
                .eq(key.hash().as_slice())
                .and(api_keys::revoked_at.is_null()),
        )
        .select((
            api_keys::tenant_id,
            api_keys::id,
            tenants::state,
            tenants::suspended_reason,
        ))
        .first(tx.conn())
        .optional()?;
    row.map(|(tenant, key, text, reason)| {
        Ok(Caller {
            tenant,
            key,
            state: state(&text, reason)?,
        })
    })
    .transpose()
}

/// The tenant of a slug.
pub fn find_by_slug(tx: &mut Tx<'_>, slug: &TenantSlug) -> Result<Option<Tenant>, DbFault> {
    let row: Option<TenantRow> = tenants::table
        .filter(tenants::slug.eq(slug))
        .first(tx.conn())
        .optional()?;
    row.map(TenantRow::into_tenant).transpose()
}

/// All tenants by slug. For commands, which may take their time.
pub fn list(tx: &mut Tx<'_>) -> Result<Vec<Tenant>, DbFault> {
    let rows: Vec<TenantRow> = tenants::table.order(tenants::slug.asc()).load(tx.conn())?;
    rows.into_iter().map(TenantRow::into_tenant).collect()
}

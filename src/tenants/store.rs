//! The queries within one tenant.

use diesel::prelude::*;

use super::api_key::ListedKey;
use super::create::NewTenant;
use super::model::{Tenant, TenantName, TenantState};
use crate::audit::By;
use crate::basics::{ApiKeyId, TenantId, TenantSlug, Timestamp};
use crate::db::schema::{api_keys, tenants};
use crate::db::{Backend, DbFault, Tx, sql};

#[derive(Queryable)]
pub(super) struct TenantRow {
    id: TenantId,
    slug: TenantSlug,
    name: String,
    state: String,
    suspended_reason: Option<String>,
    created_at: Timestamp,
}

/// A stored state, read back.
pub(super) fn state(state: &str, reason: Option<String>) -> Result<TenantState, DbFault> {
    match state {
        "active" => Ok(TenantState::Active),
        "suspended" => Ok(TenantState::Suspended {
            reason: reason.unwrap_or_default(),
        }),
        _ => Err(DbFault::Damaged {
            table: "tenants",
            what: "unknown state",
        }),
    }
}

impl TenantRow {
    pub(super) fn into_tenant(self) -> Result<Tenant, DbFault> {
        Ok(Tenant {
            id: self.id,
            slug: self.slug,
            name: self.name,
            state: state(&self.state, self.suspended_reason)?,
            created_at: self.created_at,
        })
    }
}

/// The tenant, which exists.
pub fn load(tx: &mut Tx<'_>, tenant: TenantId) -> Result<Tenant, DbFault> {
    let row: TenantRow = tenants::table.find(tenant).first(tx.conn())?;
    row.into_tenant()
}

/// Whether the slug was free.
pub(super) fn insert(
    tx: &mut Tx<'_>,
    id: TenantId,
    new: &NewTenant,
    now: Timestamp,
) -> Result<bool, DbFault> {
    let rows = sql("INSERT INTO tenants (id, slug, name, state, created_at) \
         VALUES ($1, $2, $3, 'active', $4) ON CONFLICT DO NOTHING")
    .bind(id)
    .bind(&new.slug)
    .bind(new.name.as_str())
    .bind(now)
    .execute(tx)?;
    Ok(rows == 1)
}

pub(super) fn insert_api_key(
    tx: &mut Tx<'_>,
    tenant: TenantId,
    id: ApiKeyId,
    name: &TenantName,
    hash: &[u8; 32],
    tail: &str,
    by: &By,
    now: Timestamp,
) -> Result<(), DbFault> {
    diesel::insert_into(api_keys::table)
        .values((
            api_keys::tenant_id.eq(tenant),
            api_keys::id.eq(id),
            api_keys::name.eq(name.as_str()),
            api_keys::key_hash.eq(hash.as_slice()),
            api_keys::tail.eq(tail),
            api_keys::created_at.eq(now),
            api_keys::created_by.eq(by.text()),
        ))
        .execute(tx.conn())?;
    Ok(())
}

/// Lets those take turns who change something of a tenant of which there has to be one at a time, until the end of the transaction. Payments
/// never do: they would all wait for each other. In SQLite there is one writer anyway.
pub fn take_turns(tx: &mut Tx<'_>, tenant: TenantId) -> Result<(), DbFault> {
    if tx.backend() == Backend::Postgres {
        // not FOR UPDATE, which would hold up every row that refers to the tenant
        sql("SELECT 1 FROM tenants WHERE id = $1 FOR NO KEY UPDATE")
            .bind(tenant)
            .execute(tx)?;
    }
    Ok(())
}

type ListedRow = (
    ApiKeyId,
    String,
    String,
    Timestamp,
    String,
    Option<Timestamp>,
);

fn listed((id, name, tail, created_at, created_by, revoked_at): ListedRow) -> ListedKey {
    ListedKey {
        id,
        name,
        tail,
        created_at,
        created_by,
        revoked_at,
    }
}

/// The most keys that are shown; a shop has a handful.
const KEYS_SHOWN: i64 = 100;

/// The tenant's keys, live ones first, then newest first.
pub fn list_api_keys(tx: &mut Tx<'_>, tenant: TenantId) -> Result<Vec<ListedKey>, DbFault> {
    let rows: Vec<ListedRow> = api_keys::table
        .filter(api_keys::tenant_id.eq(tenant))
        .order((
            api_keys::revoked_at.is_not_null().asc(),
            api_keys::id.desc(),
        ))
        .limit(KEYS_SHOWN)
        .select((
            api_keys::id,
            api_keys::name,
            api_keys::tail,
            api_keys::created_at,
            api_keys::created_by,
            api_keys::revoked_at,
        ))
        .load(tx.conn())?;
    Ok(rows.into_iter().map(listed).collect())
}

/// The key, when the tenant has one of this id.
pub(super) fn find_api_key(
    tx: &mut Tx<'_>,
    tenant: TenantId,
    id: ApiKeyId,
) -> Result<Option<ListedKey>, DbFault> {
    let row: Option<ListedRow> = api_keys::table
        .find((tenant, id))
        .select((
            api_keys::id,
            api_keys::name,
            api_keys::tail,
            api_keys::created_at,
            api_keys::created_by,
            api_keys::revoked_at,
        ))
        .first(tx.conn())
        .optional()?;
    Ok(row.map(listed))
}

/// Whether the key was live until now.
pub(super) fn mark_revoked(
    tx: &mut Tx<'_>,
    tenant: TenantId,
    id: ApiKeyId,
    now: Timestamp,
) -> Result<bool, DbFault> {
    let rows = sql(
        "UPDATE api_keys SET revoked_at = $3 WHERE tenant_id = $1 AND id = $2 AND revoked_at IS NULL",
    )
    .bind(tenant)
    .bind(id)
    .bind(now)
    .execute(tx)?;
    Ok(rows == 1)
}

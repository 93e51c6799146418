//! The queries of recipients.

use std::collections::BTreeSet;

use diesel::prelude::*;
use diesel::sql_types::Text;

use super::model::Recipient;
use crate::basics::{OpenId, RecipientId, TenantId, Timestamp};
use crate::db::schema::recipients;
use crate::db::{Backend, DbFault, Tx, sql};

#[derive(Queryable)]
struct Row {
    id: RecipientId,
    openid: OpenId,
    sealed_name: Option<Vec<u8>>,
    version: i64,
    created_at: Timestamp,
}

/// The recipient, when the tenant knows one of this id.
pub fn find(
    tx: &mut Tx<'_>,
    tenant: TenantId,
    id: &RecipientId,
) -> Result<Option<Recipient>, DbFault> {
    let row: Option<Row> = recipients::table
        .filter(recipients::tenant_id.eq(tenant).and(recipients::id.eq(id)))
        .select((
            recipients::id,
            recipients::openid,
            recipients::sealed_name,
            recipients::version,
            recipients::created_at,
        ))
        .first(tx.conn())
        .optional()?;
    Ok(row.map(|row| Recipient {
        id: row.id,
        openid: row.openid,
        sealed_name: row.sealed_name,
        version: row.version,
        created_at: row.created_at,
    }))
}

/// The same, and nobody else changes it until the transaction ends.
pub(super) fn find_locked(
    tx: &mut Tx<'_>,
    tenant: TenantId,
    id: &RecipientId,
) -> Result<Option<Recipient>, DbFault> {
    if tx.backend() == Backend::Postgres {
        sql("SELECT 1 FROM recipients WHERE tenant_id = $1 AND id = $2 FOR UPDATE")
            .bind(tenant)
            .bind(id)
            .execute(tx)?;
    }
    find(tx, tenant, id)
}

#[derive(QueryableByName)]
struct KnownRow {
    #[diesel(sql_type = Text)]
    recipient_id: RecipientId,
}

/// How many recipients one openid leads to at the most. A shop that takes one person for more than a few has a different problem.
const KNOWN_MOST: i64 = 20;

/// The recipients who have, or have ever had, this openid.
pub fn list_by_openid(
    tx: &mut Tx<'_>,
    tenant: TenantId,
    openid: &OpenId,
) -> Result<Vec<RecipientId>, DbFault> {
    let rows: Vec<KnownRow> = sql("SELECT recipient_id FROM recipient_openids \
         WHERE tenant_id = $1 AND openid = $2 ORDER BY recipient_id LIMIT $3")
    .bind(tenant)
    .bind(openid)
    .bind(KNOWN_MOST)
    .load(tx)?;
    Ok(rows.into_iter().map(|row| row.recipient_id).collect())
}

/// Remembers that a recipient has had an openid.
fn remember_openid(
    tx: &mut Tx<'_>,
    tenant: TenantId,
    recipient: &Recipient,
) -> Result<(), DbFault> {
    sql(
        "INSERT INTO recipient_openids (tenant_id, openid, recipient_id) VALUES ($1, $2, $3) \
         ON CONFLICT DO NOTHING",
    )
    .bind(tenant)
    .bind(&recipient.openid)
    .bind(&recipient.id)
    .execute(tx)?;
    Ok(())
}

pub(super) fn insert(
    tx: &mut Tx<'_>,
    tenant: TenantId,
    recipient: &Recipient,
    now: Timestamp,
) -> Result<(), DbFault> {
    diesel::insert_into(recipients::table)
        .values((
            recipients::tenant_id.eq(tenant),
            recipients::id.eq(&recipient.id),
            recipients::openid.eq(&recipient.openid),
            recipients::sealed_name.eq(&recipient.sealed_name),
            recipients::version.eq(recipient.version),
            recipients::created_at.eq(recipient.created_at),
            recipients::updated_at.eq(now),
        ))
        .execute(tx.conn())?;
    remember_openid(tx, tenant, recipient)
}

pub(super) fn update(
    tx: &mut Tx<'_>,
    tenant: TenantId,
    recipient: &Recipient,
    now: Timestamp,
) -> Result<(), DbFault> {
    diesel::update(
        recipients::table.filter(
            recipients::tenant_id
                .eq(tenant)
                .and(recipients::id.eq(&recipient.id)),
        ),
    )
    .set((
        recipients::openid.eq(&recipient.openid),
        recipients::sealed_name.eq(&recipient.sealed_name),
        recipients::version.eq(recipient.version),
        recipients::updated_at.eq(now),
    ))
    .execute(tx.conn())?;
    remember_openid(tx, tenant, recipient)
}

/// How many ids one statement asks about.
const ASKED_AT_ONCE: usize = 500;

#[derive(QueryableByName)]
struct IdRow {
    #[diesel(sql_type = Text)]
    id: RecipientId,
}

/// Which of these the tenant knows.
pub fn known_of(
    tx: &mut Tx<'_>,
    tenant: TenantId,
    ids: BTreeSet<RecipientId>,
) -> Result<BTreeSet<RecipientId>, DbFault> {
    let ids: Vec<RecipientId> = ids.into_iter().collect();
    let mut known = BTreeSet::new();
    for some in ids.chunks(ASKED_AT_ONCE) {
        let rows: Vec<IdRow> = sql("SELECT id FROM recipients WHERE ")
            .push_with("tenant_id = ?", [tenant.into()])
            .push(" AND id IN ")
            .list(some, ASKED_AT_ONCE)
            .load(tx)?;
        known.extend(rows.into_iter().map(|row| row.id));
    }
    Ok(known)
}

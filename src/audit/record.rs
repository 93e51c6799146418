//! Writing the log, and reading one thing's history.

use diesel::QueryableByName;
use diesel::sql_types::{BigInt, Nullable, Text};
use serde_json::Value as Json;

use super::{By, Event, Object};
use crate::basics::{AuditId, TenantId, Timestamp};
use crate::db::{DbFault, Tx, sql};

/// Records one event in the transaction of what it tells.
pub fn record(
    tx: &mut Tx<'_>,
    tenant: TenantId,
    event: Event,
    by: &By,
    now: Timestamp,
) -> Result<(), DbFault> {
    record_all(tx, vec![(tenant, event)], by, now)
}

/// Records events of one actor in one statement. The engine's batches are of several tenants.
pub fn record_all(
    tx: &mut Tx<'_>,
    events: Vec<(TenantId, Event)>,
    by: &By,
    now: Timestamp,
) -> Result<(), DbFault> {
    if events.is_empty() {
        return Ok(());
    }
    let rows: Vec<_> = events
        .into_iter()
        .map(|(tenant, event)| {
            [
                tenant.into(),
                tx.fresh_id::<AuditId>(now).into(),
                now.into(),
                by.actor.kind().into(),
                by.actor.id().into(),
                event.kind.as_str().into(),
                event.object.kind().into(),
                event.object.id().into(),
                by.request.clone().into(),
                event.details.to_string().into(),
            ]
        })
        .collect();
    sql(
        "INSERT INTO audit_events (tenant_id, id, at, actor_kind, actor_id, kind, object_kind, \
         object_id, request_id, details) VALUES ",
    )
    .rows(rows)
    .execute(tx)?;
    Ok(())
}

/// One record, as read back.
#[derive(Clone, Debug)]
pub struct Entry {
    /// When.
    pub at: Timestamp,
    /// The kind of who did it.
    pub actor_kind: String,
    /// The id of who did it.
    pub actor_id: String,
    /// What was done.
    pub kind: String,
    /// In the course of which request.
    pub request_id: Option<String>,
    /// The facts.
    pub details: Json,
}

#[derive(QueryableByName)]
struct Row {
    #[diesel(sql_type = BigInt)]
    at: Timestamp,
    #[diesel(sql_type = Text)]
    actor_kind: String,
    #[diesel(sql_type = Text)]
    actor_id: String,
    #[diesel(sql_type = Text)]
    kind: String,
    #[diesel(sql_type = Nullable<Text>)]
    request_id: Option<String>,
    #[diesel(sql_type = Text)]
    details: String,
}

/// The most records of one thing that are read at once; a payout has about ten.
const MOST_OF_ONE_OBJECT: i64 = 500;

/// What was done to one thing, oldest first.
pub fn list_for_object(
    tx: &mut Tx<'_>,
    tenant: TenantId,
    object: &Object,
) -> Result<Vec<Entry>, DbFault> {
    let rows: Vec<Row> = sql(
        "SELECT at, actor_kind, actor_id, kind, request_id, details FROM audit_events \
         WHERE tenant_id = $1 AND object_id = $2 AND object_kind = $3 ORDER BY id LIMIT $4",
    )
    .bind(tenant)
    .bind(object.id())
    .bind(object.kind())
    .bind(MOST_OF_ONE_OBJECT)
    .load(tx)?;
    rows.into_iter()
        .map(|row| {
            Ok(Entry {
                at: row.at,
                actor_kind: row.actor_kind,
                actor_id: row.actor_id,
                kind: row.kind,
                request_id: row.request_id,
                details: serde_json::from_str(&row.details).map_err(|_| DbFault::Damaged {
                    table: "audit_events",
                    what: "details are not JSON",
                })?,
            })
        })
        .collect()
}

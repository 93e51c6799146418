//! Writing the log, and reading one thing's history.

use diesel::QueryableByName;
use diesel::sql_types::{BigInt, Nullable, Text};
use serde_json::Value as Json;

use super::{By, Event, EventKind, Object};
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

impl Row {
    fn into_entry(self) -> Result<Entry, DbFault> {
        Ok(Entry {
            at: self.at,
            actor_kind: self.actor_kind,
            actor_id: self.actor_id,
            kind: self.kind,
            request_id: self.request_id,
            details: serde_json::from_str(&self.details).map_err(|_| DbFault::Damaged {
                table: "audit_events",
                what: "details are not JSON",
            })?,
        })
    }
}

/// How many of one thing's latest records are looked through for those of one kind.
const LOOKED_THROUGH: i64 = 500;

/// The latest records of one kind about one thing, newest first.
pub fn list_latest(
    tx: &mut Tx<'_>,
    tenant: TenantId,
    object: &Object,
    kind: EventKind,
    most: i64,
) -> Result<Vec<Entry>, DbFault> {
    let rows: Vec<Row> = sql(
        "SELECT at, actor_kind, actor_id, kind, request_id, details FROM (SELECT at, actor_kind, actor_id, kind, \
         request_id, details, id, object_kind FROM audit_events WHERE tenant_id = $1 AND object_id = $2 \
         ORDER BY id DESC LIMIT $3) AS latest WHERE object_kind = $4 AND kind = $5 ORDER BY id DESC LIMIT $6",
    )
    .bind(tenant)
    .bind(object.id())
    .bind(LOOKED_THROUGH)
    .bind(object.kind())
    .bind(kind.as_str())
    .bind(most)
    .load(tx)?;
    rows.into_iter().map(Row::into_entry).collect()
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
    rows.into_iter().map(Row::into_entry).collect()
}

//! The queries of the outbox within one tenant.

use std::time::Duration;

use diesel::QueryableByName;
use diesel::sql_types::{BigInt, Binary, Nullable, Text};

use super::across_tenants::tell_all;
use super::delivery::{Delivery, Outcome, State, Try, Verdict};
use super::endpoint::{Because, ENDPOINTS_MOST, Endpoint, EndpointName, Wants, Wish};
use super::event::{Event, Kind};
use crate::basics::page::{Page, PageSize};
use crate::basics::{EndpointId, EventId, PayoutId, TenantId, Timestamp, ids};
use crate::db::{Backend, DbFault, Tx, sql};
use crate::wire::Target;

/// Ends a statement that changes payouts: whether the tenant of each has an endpoint, at the cost of one look into an index. Only
/// then is there anything to write.
pub const HAS_LISTENERS: &str = "CAST(CASE WHEN EXISTS (SELECT 1 FROM webhook_endpoints listening \
     WHERE listening.tenant_id = payouts.tenant_id AND listening.removed_at IS NULL) THEN 1 ELSE 0 END AS BIGINT) \
     AS listeners";

/// Tells one event in the transaction of the change.
pub fn tell(
    tx: &mut Tx<'_>,
    tenant: TenantId,
    event: Event,
    now: Timestamp,
) -> Result<(), DbFault> {
    tell_all(tx, vec![(tenant, event)], now)
}

pub(super) fn damaged(what: &'static str) -> DbFault {
    DbFault::Damaged {
        table: "webhook_endpoints",
        what,
    }
}

// endpoints -------------------------------------------------------------------------------------------

const ENDPOINT: &str = "id, url, name, kinds, secret_set_at, old_secret_until, created_at, created_by, failing_since, \
     disabled_at, disabled_because";

#[derive(QueryableByName)]
struct EndpointRow {
    #[diesel(sql_type = Binary)]
    id: EndpointId,
    #[diesel(sql_type = Text)]
    url: String,
    #[diesel(sql_type = Text)]
    name: String,
    #[diesel(sql_type = Text)]
    kinds: String,
    #[diesel(sql_type = BigInt)]
    secret_set_at: Timestamp,
    #[diesel(sql_type = Nullable<BigInt>)]
    old_secret_until: Option<Timestamp>,
    #[diesel(sql_type = BigInt)]
    created_at: Timestamp,
    #[diesel(sql_type = Text)]
    created_by: String,
    #[diesel(sql_type = Nullable<BigInt>)]
    failing_since: Option<Timestamp>,
    #[diesel(sql_type = Nullable<BigInt>)]
    disabled_at: Option<Timestamp>,
    #[diesel(sql_type = Nullable<Text>)]
    disabled_because: Option<String>,
}

impl EndpointRow {
    fn into_endpoint(self) -> Result<Endpoint, DbFault> {
        let because = self.disabled_because.as_deref().map(|text| {
            Because::parse(text).ok_or_else(|| damaged("an unknown reason for being disabled"))
        });
        Ok(Endpoint {
            id: self.id,
            wish: Wish {
                name: EndpointName::parse(&self.name)
                    .ok_or_else(|| damaged("a name that is none"))?,
                url: Target::parse(&self.url).map_err(|_| damaged("an address that is none"))?,
                wants: Wants::read(&self.kinds),
            },
            secret_set_at: self.secret_set_at,
            old_secret_until: self.old_secret_until,
            created_at: self.created_at,
            created_by: self.created_by,
            failing_since: self.failing_since,
            disabled: self.disabled_at.zip(because.transpose()?),
        })
    }
}

/// The tenant's endpoints, oldest first.
pub fn list_endpoints(tx: &mut Tx<'_>, tenant: TenantId) -> Result<Vec<Endpoint>, DbFault> {
    let rows: Vec<EndpointRow> = sql(format!(
        "SELECT {ENDPOINT} FROM webhook_endpoints WHERE tenant_id = $1 AND removed_at IS NULL ORDER BY id"
    ))
    .bind(tenant)
    .load(tx)?;
    rows.into_iter().map(EndpointRow::into_endpoint).collect()
}

/// The endpoint, when the tenant has one of this id.
pub fn find_endpoint(
    tx: &mut Tx<'_>,
    tenant: TenantId,
    id: EndpointId,
) -> Result<Option<Endpoint>, DbFault> {
    find_with(tx, tenant, id, "")
}

/// The endpoint, and nobody else changes it until the transaction ends.
pub(super) fn find_locked(
    tx: &mut Tx<'_>,
    tenant: TenantId,
    id: EndpointId,
) -> Result<Option<Endpoint>, DbFault> {
    let lock = match tx.backend() {
        Backend::Postgres => " FOR UPDATE",
        Backend::Sqlite => "",
    };
    find_with(tx, tenant, id, lock)
}

fn find_with(
    tx: &mut Tx<'_>,
    tenant: TenantId,
    id: EndpointId,
    lock: &str,
) -> Result<Option<Endpoint>, DbFault> {
    let row: Option<EndpointRow> = sql(format!(
        "SELECT {ENDPOINT} FROM webhook_endpoints WHERE tenant_id = $1 AND id = $2 AND removed_at IS NULL{lock}"
    ))
    .bind(tenant)
    .bind(id)
    .find(tx)?;
    row.map(EndpointRow::into_endpoint).transpose()
}

/// Writes an endpoint into the first of the tenant's places that is free. False when none was: the database itself counts, so that
/// two who register at once do not make one too many.
pub(super) fn insert_endpoint(
    tx: &mut Tx<'_>,
    tenant: TenantId,
    id: EndpointId,
    wish: &Wish,
    sealed_secret: Vec<u8>,
    by: &str,
    now: Timestamp,
) -> Result<bool, DbFault> {
    let mut places = sql("WITH places (place) AS (VALUES ");
    places = places.rows((1..=ENDPOINTS_MOST).map(|place| [place.into()]));
    let rows = places
        .push_with(
            ") INSERT INTO webhook_endpoints (tenant_id, id, place, url, name, kinds, secret_version, sealed_secret, \
             secret_set_at, created_at, created_by) \
             SELECT ?, ?, MIN(places.place), ?, ?, ?, 1, ?, ?, ?, ? FROM places WHERE NOT EXISTS ( \
             SELECT 1 FROM webhook_endpoints e WHERE e.removed_at IS NULL AND e.place = places.place \
             AND e.tenant_id = ?) HAVING COUNT(*) > 0 ON CONFLICT DO NOTHING",
            [
                tenant.into(),
                id.into(),
                wish.url.as_str().into(),
                wish.name.as_str().into(),
                wish.wants.stored().into(),
                sealed_secret.into(),
                now.into(),
                now.into(),
                by.into(),
                tenant.into(),
            ],
        )
        .execute(tx)?;
    Ok(rows == 1)
}

/// Writes what a member says of an endpoint.
pub(super) fn update_wish(
    tx: &mut Tx<'_>,
    tenant: TenantId,
    id: EndpointId,
    wish: &Wish,
) -> Result<(), DbFault> {
    sql("UPDATE webhook_endpoints SET url = $3, name = $4, kinds = $5 WHERE tenant_id = $1 AND id = $2")
        .bind(tenant)
        .bind(id)
        .bind(wish.url.as_str())
        .bind(wish.name.as_str())
        .bind(wish.wants.stored())
        .execute(tx)?;
    Ok(())
}

/// Enables or disables an endpoint. One that is enabled has a clean slate.
pub(super) fn update_disabled(
    tx: &mut Tx<'_>,
    tenant: TenantId,
    id: EndpointId,
    disabled: Option<(Timestamp, Because)>,
) -> Result<(), DbFault> {
    sql("UPDATE webhook_endpoints SET disabled_at = $3, disabled_because = $4, \
         failing_since = CASE WHEN $3 IS NULL THEN NULL ELSE failing_since END WHERE tenant_id = $1 AND id = $2")
    .bind(tenant)
    .bind(id)
    .bind(disabled.map(|(at, _)| at))
    .bind(disabled.map(|(_, because)| because.as_str()))
    .execute(tx)?;
    Ok(())
}

/// Nothing is told to it or sent to it any more; what is left of it is swept away later.
pub(super) fn mark_removed(
    tx: &mut Tx<'_>,
    tenant: TenantId,
    id: EndpointId,
    now: Timestamp,
) -> Result<(), DbFault> {
    sql("UPDATE webhook_endpoints SET removed_at = $3 WHERE tenant_id = $1 AND id = $2")
        .bind(tenant)
        .bind(id)
        .bind(now)
        .execute(tx)?;
    Ok(())
}

#[derive(QueryableByName)]
struct SecretRow {
    #[diesel(sql_type = BigInt)]
    secret_version: i64,
}

/// Which of its secrets an endpoint has now.
pub(super) fn load_secret_version(
    tx: &mut Tx<'_>,
    tenant: TenantId,
    id: EndpointId,
) -> Result<i64, DbFault> {
    let row: Option<SecretRow> =
        sql("SELECT secret_version FROM webhook_endpoints WHERE tenant_id = $1 AND id = $2")
            .bind(tenant)
            .bind(id)
            .find(tx)?;
    row.map(|row| row.secret_version)
        .ok_or_else(|| damaged("an endpoint without a secret"))
}

/// Writes a new secret; the one before it holds until `old_until`.
pub(super) fn update_secret(
    tx: &mut Tx<'_>,
    tenant: TenantId,
    id: EndpointId,
    version: i64,
    sealed: Vec<u8>,
    old_until: Timestamp,
    now: Timestamp,
) -> Result<(), DbFault> {
    sql("UPDATE webhook_endpoints SET sealed_old_secret = sealed_secret, old_secret_until = $3, secret_version = $4, \
         sealed_secret = $5, secret_set_at = $6 WHERE tenant_id = $1 AND id = $2")
    .bind(tenant)
    .bind(id)
    .bind(old_until)
    .bind(version)
    .bind(sealed)
    .bind(now)
    .execute(tx)?;
    Ok(())
}

// deliveries ------------------------------------------------------------------------------------------

const DELIVERY: &str = "event_id, kind, payout_id, sequence, happened_at, facts, state, due_at, step, tries, delivered_at";

#[derive(QueryableByName)]
pub(super) struct DeliveryRow {
    #[diesel(sql_type = Binary)]
    event_id: EventId,
    #[diesel(sql_type = Text)]
    kind: String,
    #[diesel(sql_type = Nullable<Binary>)]
    payout_id: Option<PayoutId>,
    #[diesel(sql_type = Nullable<BigInt>)]
    sequence: Option<i64>,
    #[diesel(sql_type = BigInt)]
    happened_at: Timestamp,
    #[diesel(sql_type = Text)]
    facts: String,
    #[diesel(sql_type = Text)]
    state: String,
    #[diesel(sql_type = Nullable<BigInt>)]
    due_at: Option<Timestamp>,
    #[diesel(sql_type = BigInt)]
    step: i64,
    #[diesel(sql_type = BigInt)]
    tries: i64,
    #[diesel(sql_type = Nullable<BigInt>)]
    delivered_at: Option<Timestamp>,
}

impl DeliveryRow {
    pub(super) fn into_delivery(self) -> Result<Delivery, DbFault> {
        let damaged = |what| DbFault::Damaged {
            table: "webhook_deliveries",
            what,
        };
        let state = match (self.state.as_str(), self.due_at) {
            ("waiting", Some(due_at)) => State::Waiting {
                due_at,
                step: self.step,
            },
            ("delivered", None) => State::Delivered,
            ("failed", None) => State::Failed,
            _ => return Err(damaged("an unknown state")),
        };
        Ok(Delivery {
            event: self.event_id,
            kind: Kind::parse(&self.kind).ok_or_else(|| damaged("an unknown kind"))?,
            payout: self.payout_id.zip(self.sequence),
            happened_at: self.happened_at,
            facts: self.facts,
            state,
            tries: self.tries,
            delivered_at: self.delivered_at,
        })
    }
}

/// Writes a test event for one endpoint, whatever it has asked for.
pub(super) fn insert_test(
    tx: &mut Tx<'_>,
    tenant: TenantId,
    endpoint: EndpointId,
    facts: &serde_json::Value,
    now: Timestamp,
) -> Result<EventId, DbFault> {
    let event: EventId = tx.fresh_id(now);
    sql("INSERT INTO webhook_deliveries (tenant_id, endpoint_id, event_id, kind, happened_at, facts, state, due_at, \
         fence, step, tries) VALUES ($1, $2, $3, $4, $5, $6, 'waiting', $5, 0, 0, 0)")
    .bind(tenant)
    .bind(endpoint)
    .bind(event)
    .bind(Kind::Test.as_str())
    .bind(now)
    .bind(facts.to_string())
    .execute(tx)?;
    Ok(event)
}

/// The delivery, when the tenant's endpoint has it.
pub fn find_delivery(
    tx: &mut Tx<'_>,
    tenant: TenantId,
    endpoint: EndpointId,
    event: EventId,
) -> Result<Option<Delivery>, DbFault> {
    let row: Option<DeliveryRow> = sql(format!(
        "SELECT {DELIVERY} FROM webhook_deliveries WHERE tenant_id = $1 AND endpoint_id = $2 AND event_id = $3"
    ))
    .bind(tenant)
    .bind(endpoint)
    .bind(event)
    .find(tx)?;
    row.map(DeliveryRow::into_delivery).transpose()
}

#[derive(QueryableByName)]
struct TryRow {
    #[diesel(sql_type = BigInt)]
    number: i64,
    #[diesel(sql_type = BigInt)]
    at: Timestamp,
    #[diesel(sql_type = BigInt)]
    took_millis: i64,
    #[diesel(sql_type = Text)]
    outcome: String,
    #[diesel(sql_type = Nullable<BigInt>)]
    http_status: Option<i64>,
    #[diesel(sql_type = Nullable<Text>)]
    answer: Option<String>,
}

/// The most tries of one delivery that are shown: ten of the schedule, and those of every replay.
const TRIES_SHOWN: i64 = 100;

/// The tries of a delivery, newest first.
pub fn list_tries(
    tx: &mut Tx<'_>,
    tenant: TenantId,
    endpoint: EndpointId,
    event: EventId,
) -> Result<Vec<Try>, DbFault> {
    let rows: Vec<TryRow> = sql(
        "SELECT number, at, took_millis, outcome, http_status, answer FROM webhook_tries \
         WHERE tenant_id = $1 AND endpoint_id = $2 AND event_id = $3 ORDER BY number DESC LIMIT $4",
    )
    .bind(tenant)
    .bind(endpoint)
    .bind(event)
    .bind(TRIES_SHOWN)
    .load(tx)?;
    rows.into_iter()
        .map(|row| {
            let outcome = Outcome::parse(&row.outcome).ok_or(DbFault::Damaged {
                table: "webhook_tries",
                what: "an unknown outcome",
            })?;
            Ok(Try {
                number: row.number,
                at: row.at,
                took: Duration::from_millis(u64::try_from(row.took_millis).unwrap_or(0)),
                verdict: Verdict {
                    outcome,
                    http_status: row
                        .http_status
                        .and_then(|status| u16::try_from(status).ok()),
                    answer: row.answer,
                },
            })
        })
        .collect()
}

/// Which deliveries.
#[derive(Clone, Debug, Default)]
pub struct DeliveryFilter {
    /// In this state, by its name.
    pub state: Option<&'static str>,
    /// Of this kind.
    pub kind: Option<Kind>,
    /// Happened at this instant or later.
    pub from: Option<Timestamp>,
    /// Happened before this instant.
    pub to: Option<Timestamp>,
}

/// One page of an endpoint's deliveries, older than `before`. Ids of events grow with time, so a page costs the same at any depth.
pub fn list_deliveries(
    tx: &mut Tx<'_>,
    tenant: TenantId,
    endpoint: EndpointId,
    filter: &DeliveryFilter,
    before: Option<EventId>,
    size: PageSize,
) -> Result<Page<Delivery, EventId>, DbFault> {
    let mut query = sql(format!("SELECT {DELIVERY} FROM webhook_deliveries WHERE ")).push_with(
        "tenant_id = ? AND endpoint_id = ?",
        [tenant.into(), endpoint.into()],
    );
    if let Some(state) = filter.state {
        query = query.push_with(" AND state = ?", [state.into()]);
    }
    if let Some(kind) = filter.kind {
        query = query.push_with(" AND kind = ?", [kind.as_str().into()]);
    }
    if let Some(from) = filter.from {
        query = query.push_with(
            " AND event_id >= ?",
            [ids::first_of::<EventId>(from).into()],
        );
    }
    if let Some(to) = filter.to {
        query = query.push_with(" AND event_id < ?", [ids::first_of::<EventId>(to).into()]);
    }
    if let Some(before) = before {
        query = query.push_with(" AND event_id < ?", [before.into()]);
    }
    let one_more = size.rows().saturating_add(1);
    let rows: Vec<DeliveryRow> = query
        .push_with(" ORDER BY event_id DESC LIMIT ?", [one_more.into()])
        .load(tx)?;
    let rows = rows
        .into_iter()
        .map(DeliveryRow::into_delivery)
        .collect::<Result<Vec<_>, _>>()?;
    Ok(Page::from_one_more(rows, size, |row| row.event))
}

#[derive(QueryableByName)]
struct CountsRow {
    #[diesel(sql_type = BigInt)]
    waiting: i64,
    #[diesel(sql_type = BigInt)]
    failed: i64,
}

/// How many deliveries of an endpoint wait, and how many have failed. Neither is counted beyond [`Counts::MOST`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Counts {
    /// They wait for their next try.
    pub waiting: i64,
    /// Their schedule is over.
    pub failed: i64,
}

impl Counts {
    /// A page needs no more than "more than a thousand".
    pub const MOST: i64 = 1_000;
}

/// Counts an endpoint's open deliveries.
pub fn count_open(
    tx: &mut Tx<'_>,
    tenant: TenantId,
    endpoint: EndpointId,
) -> Result<Counts, DbFault> {
    let row: Option<CountsRow> = sql("SELECT \
         (SELECT COUNT(*) FROM (SELECT 1 AS one FROM webhook_deliveries WHERE tenant_id = $1 AND endpoint_id = $2 \
          AND due_at IS NOT NULL LIMIT $3) AS due) AS waiting, \
         (SELECT COUNT(*) FROM (SELECT 1 AS one FROM webhook_deliveries WHERE tenant_id = $1 AND endpoint_id = $2 \
          AND state = 'failed' LIMIT $3) AS given_up) AS failed")
    .bind(tenant)
    .bind(endpoint)
    .bind(Counts::MOST.saturating_add(1))
    .find(tx)?;
    let row = row.ok_or_else(|| damaged("no count"))?;
    Ok(Counts {
        waiting: row.waiting,
        failed: row.failed,
    })
}

/// Lets deliveries that are over begin their schedule anew, at once. A try under way finds its fence gone.
const AGAIN: &str = "UPDATE webhook_deliveries SET state = 'waiting', due_at = ?, step = 0, delivered_at = NULL, \
     claimed_at = NULL, fence = fence + 1 WHERE tenant_id = ? AND endpoint_id = ? AND ";

/// Sends one delivery again. False when there is none.
pub(super) fn send_again(
    tx: &mut Tx<'_>,
    tenant: TenantId,
    endpoint: EndpointId,
    event: EventId,
    now: Timestamp,
) -> Result<bool, DbFault> {
    let rows = sql("")
        .push_with(AGAIN, [now.into(), tenant.into(), endpoint.into()])
        .push_with("event_id = ?", [event.into()])
        .execute(tx)?;
    Ok(rows == 1)
}

/// Sends the deliveries of a time again, oldest first, `most` of them at once: those that have failed, or also those that were
/// delivered. Gives how many.
pub(super) fn send_range_again(
    tx: &mut Tx<'_>,
    tenant: TenantId,
    endpoint: EndpointId,
    from: EventId,
    to: EventId,
    states: &str,
    most: i64,
    now: Timestamp,
) -> Result<usize, DbFault> {
    sql("")
        .push_with(AGAIN, [now.into(), tenant.into(), endpoint.into()])
        .push("event_id IN (SELECT event_id FROM webhook_deliveries WHERE ")
        .push_with(
            "tenant_id = ? AND endpoint_id = ? AND event_id >= ? AND event_id < ? AND ",
            [tenant.into(), endpoint.into(), from.into(), to.into()],
        )
        .push(states)
        .push_with(" ORDER BY event_id LIMIT ?)", [most.into()])
        .execute(tx)
}

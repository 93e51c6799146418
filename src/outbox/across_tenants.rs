//! The queries of the outbox that see more than one tenant: telling the events of a batch, and the courier's.

use diesel::QueryableByName;
use diesel::sql_types::{BigInt, Binary, Nullable, Text};

use super::claim::{Claimed, Quota};
use super::delivery::State;
use super::event::Owned;
use super::settle::Tried;
use super::store::DeliveryRow;
use crate::basics::{EndpointId, EventId, TenantId, Timestamp};
use crate::db::{DbFault, Tx, Value, sql};

/// Writes events down for every endpoint that asks for them, in one statement. The engine's batches are of several tenants. What a
/// disabled endpoint is not told now, it is told when it is enabled again.
pub fn tell_all(tx: &mut Tx<'_>, events: Vec<Owned>, now: Timestamp) -> Result<(), DbFault> {
    if events.is_empty() {
        return Ok(());
    }
    let rows: Vec<[Value; 7]> = events
        .into_iter()
        .map(|(tenant, event)| {
            [
                tenant.into(),
                tx.fresh_id::<EventId>(now).into(),
                event.kind.as_str().into(),
                event.payout.map(|(payout, _)| payout).into(),
                event.payout.map(|(_, sequence)| sequence).into(),
                event.once.into(),
                event.facts.to_string().into(),
            ]
        })
        .collect();
    sql("WITH new (of_tenant, event_id, kind, payout_id, sequence, told_once, facts) AS (VALUES ")
        .rows(rows)
        .push_with(
            ") INSERT INTO webhook_deliveries (tenant_id, endpoint_id, event_id, kind, payout_id, sequence, \
             told_once, happened_at, facts, state, due_at, fence, step, tries) \
             SELECT e.tenant_id, e.id, new.event_id, new.kind, new.payout_id, new.sequence, new.told_once, ?, \
             new.facts, 'waiting', ?, 0, 0, 0 FROM new JOIN webhook_endpoints e ON e.tenant_id = new.of_tenant \
             WHERE e.removed_at IS NULL AND (e.kinds = '*' OR e.kinds LIKE '% ' || new.kind || ' %') \
             ON CONFLICT DO NOTHING",
            [now.into(), now.into()],
        )
        .execute(tx)?;
    Ok(())
}

// the courier ---------------------------------------------------------------------------------------

/// An endpoint for which something is due.
#[derive(Clone, Debug, QueryableByName)]
pub struct DueEndpoint {
    /// Whose it is.
    #[diesel(sql_type = Binary)]
    pub tenant_id: TenantId,
    /// Its id.
    #[diesel(sql_type = Binary)]
    pub id: EndpointId,
    /// Where it is.
    #[diesel(sql_type = Text)]
    pub(super) url: String,
    /// Since when it does nothing but fail.
    #[diesel(sql_type = Nullable<BigInt>)]
    pub failing_since: Option<Timestamp>,
    #[diesel(sql_type = BigInt)]
    pub(super) secret_version: i64,
    #[diesel(sql_type = Binary)]
    pub(super) sealed_secret: Vec<u8>,
    #[diesel(sql_type = Nullable<Binary>)]
    pub(super) sealed_old_secret: Option<Vec<u8>>,
    #[diesel(sql_type = Nullable<BigInt>)]
    pub(super) old_secret_until: Option<Timestamp>,
}

impl DueEndpoint {
    /// One that nothing can be sent to: for tests of who gets a turn.
    #[cfg(test)]
    pub(crate) fn sample(
        tenant_id: TenantId,
        id: EndpointId,
        failing_since: Option<Timestamp>,
    ) -> Self {
        Self {
            tenant_id,
            id,
            url: String::new(),
            failing_since,
            secret_version: 1,
            sealed_secret: Vec::new(),
            sealed_old_secret: None,
            old_secret_until: None,
        }
    }
}

/// The enabled endpoints for which something is due, from the one after `after` on. Each endpoint is one look into an index, however
/// much waits for it.
pub fn find_due_endpoints(
    tx: &mut Tx<'_>,
    after: Option<EndpointId>,
    now: Timestamp,
    most: i64,
) -> Result<Vec<DueEndpoint>, DbFault> {
    let mut query = sql(
        "SELECT e.tenant_id, e.id, e.url, e.failing_since, e.secret_version, e.sealed_secret, e.sealed_old_secret, \
         e.old_secret_until FROM webhook_endpoints e WHERE e.disabled_at IS NULL AND e.removed_at IS NULL",
    );
    if let Some(after) = after {
        query = query.push_with(" AND e.id > ?", [after.into()]);
    }
    query
        .push_with(
            " AND EXISTS (SELECT 1 FROM webhook_deliveries d WHERE d.due_at IS NOT NULL AND d.tenant_id = e.tenant_id \
             AND d.endpoint_id = e.id AND d.due_at <= ?) ORDER BY e.id LIMIT ?",
            [now.into(), most.into()],
        )
        .load(tx)
}

#[derive(QueryableByName)]
struct ClaimRow {
    #[diesel(sql_type = Binary)]
    tenant_id: TenantId,
    #[diesel(sql_type = Binary)]
    endpoint_id: EndpointId,
    #[diesel(sql_type = BigInt)]
    fence: i64,
    #[diesel(sql_type = Nullable<BigInt>)]
    claimed_at: Option<Timestamp>,
    #[diesel(embed)]
    delivery: DeliveryRow,
}

/// Locks due deliveries, the longest due first, within the quotas. What another courier has locked is left to it.
pub(super) fn lock_due(
    tx: &mut Tx<'_>,
    quotas: &[Quota],
    now: Timestamp,
) -> Result<Vec<Claimed>, DbFault> {
    if quotas.is_empty() {
        return Ok(Vec::new());
    }
    let skip_locked = tx.conn().for_update_skip_locked();
    let mut query = sql(
        "SELECT tenant_id, endpoint_id, event_id, kind, payout_id, sequence, happened_at, facts, state, due_at, step, \
         tries, delivered_at, fence, claimed_at FROM webhook_deliveries WHERE (tenant_id, endpoint_id, event_id) IN (",
    );
    for (number, quota) in quotas.iter().enumerate() {
        let union = if number == 0 { "" } else { " UNION ALL " };
        query = query.push(union).push_with(
            "SELECT * FROM (SELECT tenant_id, endpoint_id, event_id FROM webhook_deliveries WHERE due_at IS NOT NULL \
             AND tenant_id = ? AND endpoint_id = ? AND due_at <= ? ORDER BY due_at LIMIT ?) AS due",
            [quota.tenant.into(), quota.endpoint.into(), now.into(), quota.most.into()],
        );
    }
    let rows: Vec<ClaimRow> = query
        .push_with(
            ") AND due_at IS NOT NULL AND due_at <= ? ORDER BY tenant_id, endpoint_id, event_id",
            [now.into()],
        )
        .push(skip_locked)
        .load(tx)?;
    rows.into_iter()
        .map(|row| {
            let delivery = row.delivery.into_delivery()?;
            Ok(Claimed {
                tenant: row.tenant_id,
                endpoint: row.endpoint_id,
                interrupted: row.claimed_at.map(|at| (delivery.tries, at)),
                fence: row.fence.saturating_add(1),
                number: delivery.tries.saturating_add(1),
                delivery,
            })
        })
        .collect()
}

/// Writes down that locked deliveries are claimed: nobody else takes them until `lease_ends`.
pub(super) fn mark_claimed(
    tx: &mut Tx<'_>,
    claimed: &[Claimed],
    lease_ends: Timestamp,
    now: Timestamp,
) -> Result<(), DbFault> {
    if claimed.is_empty() {
        return Ok(());
    }
    let rows = claimed.iter().map(|one| {
        [
            one.tenant.into(),
            one.endpoint.into(),
            one.delivery.event.into(),
            one.fence.into(),
            one.number.into(),
        ]
    });
    sql("WITH new (of_tenant, of_endpoint, of_event, fence, tries) AS (VALUES ")
        .rows(rows)
        .push_with(
            ") UPDATE webhook_deliveries SET fence = new.fence, tries = new.tries, claimed_at = ?, due_at = ? FROM new \
             WHERE webhook_deliveries.tenant_id = new.of_tenant AND webhook_deliveries.endpoint_id = new.of_endpoint \
             AND webhook_deliveries.event_id = new.of_event",
            [now.into(), lease_ends.into()],
        )
        .execute(tx)?;
    Ok(())
}

#[derive(QueryableByName)]
struct EventRow {
    #[diesel(sql_type = Binary)]
    endpoint_id: EndpointId,
    #[diesel(sql_type = Binary)]
    event_id: EventId,
}

/// Writes down where deliveries stand after a try, each only while its fence holds. Gives those whose fence did.
pub(super) fn save_states(
    tx: &mut Tx<'_>,
    tried: &[Tried],
    now: Timestamp,
) -> Result<Vec<(EndpointId, EventId)>, DbFault> {
    if tried.is_empty() {
        return Ok(Vec::new());
    }
    let rows = tried.iter().map(|one| -> [Value; 8] {
        let (due_at, step) = match one.state {
            State::Waiting { due_at, step } => (Some(due_at), step),
            State::Delivered | State::Failed => (None, one.step),
        };
        let delivered_at = (one.state == State::Delivered).then_some(now);
        [
            one.tenant.into(),
            one.endpoint.into(),
            one.event.into(),
            one.fence.into(),
            one.state.as_str().into(),
            due_at.into(),
            step.into(),
            delivered_at.into(),
        ]
    });
    let saved: Vec<EventRow> = sql(
        "WITH new (of_tenant, of_endpoint, of_event, seen_fence, state, due_at, step, delivered_at) AS (VALUES ",
    )
    .rows(rows)
    .push(
        ") UPDATE webhook_deliveries SET state = new.state, due_at = new.due_at, step = new.step, \
         delivered_at = new.delivered_at, claimed_at = NULL FROM new \
         WHERE webhook_deliveries.tenant_id = new.of_tenant AND webhook_deliveries.endpoint_id = new.of_endpoint \
         AND webhook_deliveries.event_id = new.of_event AND webhook_deliveries.fence = new.seen_fence \
         RETURNING webhook_deliveries.endpoint_id, webhook_deliveries.event_id",
    )
    .load(tx)?;
    Ok(saved
        .into_iter()
        .map(|row| (row.endpoint_id, row.event_id))
        .collect())
}

/// Writes tries down, also those whose claim was lost: they were made. A try of a delivery that is gone is not kept.
pub(super) fn insert_tries(tx: &mut Tx<'_>, tries: Vec<[Value; 9]>) -> Result<(), DbFault> {
    if tries.is_empty() {
        return Ok(());
    }
    sql("WITH new (of_tenant, of_endpoint, of_event, number, at, took_millis, outcome, http_status, answer) AS (VALUES ")
        .rows(tries)
        .push(
            ") INSERT INTO webhook_tries (tenant_id, endpoint_id, event_id, number, at, took_millis, outcome, \
             http_status, answer) SELECT new.of_tenant, new.of_endpoint, new.of_event, new.number, new.at, \
             new.took_millis, new.outcome, new.http_status, new.answer FROM new \
             JOIN webhook_deliveries d ON d.tenant_id = new.of_tenant AND d.endpoint_id = new.of_endpoint \
             AND d.event_id = new.of_event WHERE 1 = 1 ON CONFLICT DO NOTHING",
        )
        .execute(tx)?;
    Ok(())
}

/// Notes of endpoints that they have answered well, or that they have failed since then. Only what changes is written: a busy
/// endpoint's row is not written with each of its events.
pub(super) fn note_health(
    tx: &mut Tx<'_>,
    well: &[(TenantId, EndpointId)],
    failing: &[(TenantId, EndpointId)],
    now: Timestamp,
) -> Result<(), DbFault> {
    for (tenant, endpoint) in well {
        sql("UPDATE webhook_endpoints SET failing_since = NULL \
             WHERE tenant_id = $1 AND id = $2 AND failing_since IS NOT NULL")
        .bind(*tenant)
        .bind(*endpoint)
        .execute(tx)?;
    }
    for (tenant, endpoint) in failing {
        sql("UPDATE webhook_endpoints SET failing_since = $3 \
             WHERE tenant_id = $1 AND id = $2 AND failing_since IS NULL")
        .bind(*tenant)
        .bind(*endpoint)
        .bind(now)
        .execute(tx)?;
    }
    Ok(())
}

// the sweeper ---------------------------------------------------------------------------------------

/// An endpoint whose old deliveries may have to go.
#[derive(Clone, Copy, Debug, QueryableByName)]
pub(super) struct SweptEndpoint {
    #[diesel(sql_type = Binary)]
    pub(super) tenant_id: TenantId,
    #[diesel(sql_type = Binary)]
    pub(super) id: EndpointId,
    #[diesel(sql_type = Nullable<BigInt>)]
    pub(super) removed_at: Option<Timestamp>,
}

/// Endpoints, removed ones too, from the one after `after` on.
pub(super) fn list_for_sweeping(
    tx: &mut Tx<'_>,
    after: Option<EndpointId>,
    most: i64,
) -> Result<Vec<SweptEndpoint>, DbFault> {
    let mut query = sql("SELECT tenant_id, id, removed_at FROM webhook_endpoints");
    if let Some(after) = after {
        query = query.push_with(" WHERE id > ?", [after.into()]);
    }
    query
        .push_with(" ORDER BY id LIMIT ?", [most.into()])
        .load(tx)
}

/// Removes deliveries of one endpoint that happened before `end` and fulfil a condition, with their tries, `most` of them at once.
pub(super) fn delete_deliveries(
    tx: &mut Tx<'_>,
    endpoint: &SweptEndpoint,
    end: EventId,
    condition: &str,
    most: i64,
) -> Result<usize, DbFault> {
    let (tenant, id) = (endpoint.tenant_id, endpoint.id);
    sql("")
        .push_with(
            "DELETE FROM webhook_deliveries WHERE tenant_id = ? AND endpoint_id = ? AND event_id IN \
             (SELECT event_id FROM webhook_deliveries WHERE tenant_id = ? AND endpoint_id = ? AND event_id < ? AND ",
            [tenant.into(), id.into(), tenant.into(), id.into(), end.into()],
        )
        .push(condition)
        .push_with(" ORDER BY event_id LIMIT ?)", [most.into()])
        .execute(tx)
}

/// Removes what is left of an endpoint that was removed.
pub(super) fn delete_endpoint(tx: &mut Tx<'_>, endpoint: &SweptEndpoint) -> Result<(), DbFault> {
    sql(
        "DELETE FROM webhook_endpoints WHERE tenant_id = $1 AND id = $2 AND removed_at IS NOT NULL",
    )
    .bind(endpoint.tenant_id)
    .bind(endpoint.id)
    .execute(tx)?;
    Ok(())
}

//! The queries of the outbox that see more than one tenant.

use super::event::Owned;
use crate::basics::{EventId, Timestamp};
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

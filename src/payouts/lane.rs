//! A tenant's lane: whether its payouts may be sent.
//!
//! No lane is an open lane. A closed one stops sending and nothing else: payouts are accepted, and what became of those that were sent is asked
//! all the same. Two kinds of trouble open by themselves, by a probe: one payout is sent now and then, and when it passes, the lane is open
//! and everything goes on in its order. The others are opened by people.

use diesel::QueryableByName;
use diesel::sql_types::{BigInt, Nullable, Text};
use serde_json::json;

use crate::audit::{self, By, Event, EventKind, Object};
use crate::basics::{Id as _, TenantId, Timestamp};
use crate::db::{DbFault, Tx, sql};
use crate::outbox;

/// Why a lane is closed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LaneState {
    /// WeChat Pay refuses because of the tenant's settings. Probed; opened by new settings.
    Settings,
    /// The merchant's account at WeChat Pay is empty. Probed; opened by a member who has filled it.
    Balance,
    /// A law of money was found broken. Opened by an operator.
    Stopped,
    /// An operator has frozen it. Opened by an operator.
    Frozen,
    /// The database was put back from a backup. Opened by an operator.
    Restored,
}

impl LaneState {
    const ALL: [LaneState; 5] = [
        LaneState::Settings,
        LaneState::Balance,
        LaneState::Stopped,
        LaneState::Frozen,
        LaneState::Restored,
    ];

    /// Its name in the database.
    pub const fn as_str(self) -> &'static str {
        match self {
            LaneState::Settings => "settings",
            LaneState::Balance => "balance",
            LaneState::Stopped => "stopped",
            LaneState::Frozen => "frozen",
            LaneState::Restored => "restored",
        }
    }

    /// Whether a probe may open it.
    pub const fn is_probed(self) -> bool {
        match self {
            LaneState::Settings | LaneState::Balance => true,
            LaneState::Stopped | LaneState::Frozen | LaneState::Restored => false,
        }
    }

    /// How much has to be known before it is opened. A lane that is closed twice stays closed for the graver reason: thawing one must not
    /// be the word that a broken law is settled, or that what a backup does not know was looked at.
    const fn gravity(self) -> u8 {
        match self {
            LaneState::Settings | LaneState::Balance => 0,
            LaneState::Frozen => 1,
            LaneState::Stopped => 2,
            LaneState::Restored => 3,
        }
    }
}

/// A closed lane.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lane {
    /// Why it is closed.
    pub state: LaneState,
    /// The code that closed it: the rail's, or a word of ours.
    pub code: String,
    /// Since when.
    pub since: Timestamp,
    /// When the next probe may be sent.
    pub probe_at: Option<Timestamp>,
    /// How many probes have failed.
    pub probes: i64,
}

/// The platform's own lane: when it is closed, all are.
pub fn platform() -> TenantId {
    TenantId::from_uuid(uuid::Uuid::nil())
}

#[derive(QueryableByName)]
struct Row {
    #[diesel(sql_type = Text)]
    state: String,
    #[diesel(sql_type = Text)]
    code: String,
    #[diesel(sql_type = BigInt)]
    since: Timestamp,
    #[diesel(sql_type = Nullable<BigInt>)]
    probe_at: Option<Timestamp>,
    #[diesel(sql_type = BigInt)]
    probes: i64,
}

/// The tenant's lane, when it is closed.
pub fn find_lane(tx: &mut Tx<'_>, tenant: TenantId) -> Result<Option<Lane>, DbFault> {
    let row: Option<Row> =
        sql("SELECT state, code, since, probe_at, probes FROM payout_lanes WHERE tenant_id = $1")
            .bind(tenant)
            .find(tx)?;
    row.map(|row| {
        let state = LaneState::ALL
            .into_iter()
            .find(|state| state.as_str() == row.state)
            .ok_or(DbFault::Damaged {
                table: "payout_lanes",
                what: "unknown state",
            })?;
        let (code, since, probe_at, probes) = (row.code, row.since, row.probe_at, row.probes);
        Ok(Lane {
            state,
            code,
            since,
            probe_at,
            probes,
        })
    })
    .transpose()
}

/// Closes a lane, or notes that a probe of a closed one has failed. One that is closed for a graver reason stays as it is.
pub fn close_lane(
    tx: &mut Tx<'_>,
    tenant: TenantId,
    lane: &Lane,
    by: &By,
    now: Timestamp,
) -> Result<(), DbFault> {
    let was = find_lane(tx, tenant)?;
    if was
        .as_ref()
        .is_some_and(|was| was.state.gravity() > lane.state.gravity())
    {
        return Ok(());
    }
    sql("INSERT INTO payout_lanes (tenant_id, state, code, since, probe_at, probes) \
         VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (tenant_id) DO UPDATE SET state = excluded.state, \
         code = excluded.code, since = CASE WHEN payout_lanes.state = excluded.state \
         THEN payout_lanes.since ELSE excluded.since END, probe_at = excluded.probe_at, probes = excluded.probes")
    .bind(tenant)
    .bind(lane.state.as_str())
    .bind(lane.code.as_str())
    .bind(lane.since)
    .bind(lane.probe_at)
    .bind(lane.probes)
    .execute(tx)?;
    if was.is_some_and(|was| was.state == lane.state && was.code == lane.code) {
        return Ok(());
    }
    let event = Event {
        kind: EventKind::LaneClosed,
        object: Object::Tenant(tenant),
        details: json!({ "state": lane.state.as_str(), "code": lane.code }),
    };
    audit::record(tx, tenant, event, by, now)?;
    let event = outbox::Event {
        kind: outbox::Kind::TenantPaused,
        payout: None,
        once: None,
        facts: json!({
            "state": lane.state.as_str(),
            "reason": { "code": lane.code },
            "since": lane.since,
        }),
    };
    outbox::tell(tx, tenant, event, now)
}

/// Takes the right to probe a lane whose probe is due; nobody else has it until `until`. False when another engine was first.
pub fn take_probe(
    tx: &mut Tx<'_>,
    tenant: TenantId,
    now: Timestamp,
    until: Timestamp,
) -> Result<bool, DbFault> {
    let rows = sql("UPDATE payout_lanes SET probe_at = $3 WHERE tenant_id = $1 AND probe_at <= $2")
        .bind(tenant)
        .bind(now)
        .bind(until)
        .execute(tx)?;
    Ok(rows == 1)
}

/// Plans the next probe of a lane that is probed at all.
pub fn plan_probe(tx: &mut Tx<'_>, tenant: TenantId, at: Timestamp) -> Result<(), DbFault> {
    sql("UPDATE payout_lanes SET probe_at = $2 WHERE tenant_id = $1 AND probe_at IS NOT NULL")
        .bind(tenant)
        .bind(at)
        .execute(tx)?;
    Ok(())
}

/// Opens a lane that was closed for one of these reasons. What waited goes on in the order in which it was accepted. False when there was
/// nothing to open.
pub fn open_lane(
    tx: &mut Tx<'_>,
    tenant: TenantId,
    reasons: &[LaneState],
    by: &By,
    now: Timestamp,
) -> Result<bool, DbFault> {
    let Some(lane) = find_lane(tx, tenant)?.filter(|lane| reasons.contains(&lane.state)) else {
        return Ok(false);
    };
    sql("DELETE FROM payout_lanes WHERE tenant_id = $1")
        .bind(tenant)
        .execute(tx)?;
    let event = Event {
        kind: EventKind::LaneOpened,
        object: Object::Tenant(tenant),
        details: json!({ "state": lane.state.as_str(), "code": lane.code }),
    };
    audit::record(tx, tenant, event, by, now)?;
    Ok(true)
}

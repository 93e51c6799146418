//! `zhanfu lane`: whose payouts are not sent, and why; closing and opening by an operator.

use serde_json::{Value as Json, json};

use super::args::{LaneCommand, LaneOf};
use super::output::{self, Refused};
use crate::app::Ground;
use crate::audit::By;
use crate::basics::{TenantId, Timestamp};
use crate::db::{DbFault, Scope};
use crate::engine;
use crate::payouts::{self, Lane, LaneState};
use crate::tenants;

/// What only operators open.
const OURS: [LaneState; 3] = [LaneState::Frozen, LaneState::Stopped, LaneState::Restored];

/// Shows, closes or opens lanes.
pub(super) fn run(ground: &Ground, command: &LaneCommand) -> Result<(), Refused> {
    match command {
        LaneCommand::List { json } => list(ground, *json),
        LaneCommand::Freeze { of, because } => freeze(ground, of, because),
        LaneCommand::Restored => restored(ground),
        LaneCommand::Open { of } => open(ground, of),
    }
}

fn list(ground: &Ground, json: bool) -> Result<(), Refused> {
    let lanes = ground
        .database
        .read_blocking("closed lanes", Scope::AcrossTenants, |tx| {
            let mut lanes = Vec::new();
            if let Some(lane) = payouts::find_lane(tx, payouts::platform())? {
                lanes.push((PLATFORM.to_owned(), lane));
            }
            for tenant in tenants::list(tx)? {
                if let Some(lane) = payouts::find_lane(tx, tenant.id)? {
                    lanes.push((tenant.slug.as_str().to_owned(), lane));
                }
            }
            Ok(lanes)
        })
        .map_err(|fault: DbFault| Refused::because(&fault))?;
    if json {
        let lanes: Vec<Json> = lanes.iter().map(|(of, lane)| as_json(of, lane)).collect();
        output::json(&json!({ "closed": lanes }));
        return Ok(());
    }
    for (of, lane) in &lanes {
        output::line(&format!(
            "{of:<20} {:<9} {:<28} since {}",
            lane.state.as_str(),
            lane.code,
            lane.since.shanghai()
        ));
    }
    output::line(&format!("{} lanes are closed", lanes.len()));
    Ok(())
}

fn as_json(of: &str, lane: &Lane) -> Json {
    json!({
        "of": of,
        "state": lane.state.as_str(),
        "code": lane.code,
        "since": lane.since,
        "probe_at": lane.probe_at,
        "probes": lane.probes,
    })
}

/// What all tenants together are called here. No slug has this form.
const PLATFORM: &str = "--platform";

fn tenant_of(ground: &Ground, of: &LaneOf) -> Result<TenantId, Refused> {
    match &of.slug {
        Some(slug) => Ok(output::tenant(&ground.database, slug)?.id),
        None => Ok(payouts::platform()),
    }
}

fn freeze(ground: &Ground, of: &LaneOf, because: &str) -> Result<(), Refused> {
    let because = because.trim();
    if !(3..=200).contains(&because.chars().count()) {
        return Err(Refused("say why in 3 to 200 characters".into()));
    }
    let tenant = tenant_of(ground, of)?;
    let now: Timestamp = ground.clock.now();
    let lane = Lane {
        state: LaneState::Frozen,
        code: because.to_owned(),
        since: now,
        probe_at: None,
        probes: 0,
    };
    ground
        .database
        .write_blocking("freeze a lane", Scope::Tenant(tenant), |tx| {
            payouts::close_lane(tx, tenant, &lane, &By::COMMAND_LINE, now)
        })
        .map_err(|fault: DbFault| Refused::because(&fault))?;
    output::line("frozen: nothing is sent; what was sent is still asked about");
    Ok(())
}

fn restored(ground: &Ground) -> Result<(), Refused> {
    let now = ground.clock.now();
    let doubted = ground
        .database
        .write_blocking("put back", Scope::AcrossTenants, |tx| {
            engine::put_back(tx, &By::COMMAND_LINE, now)
        })
        .map_err(|fault: DbFault| Refused::because(&fault))?;
    output::line(&format!(
        "nothing is sent now; {doubted} payouts that were not known to be sent are asked about first"
    ));
    output::line("compare with the fund statements, then: zhanfu lane open --platform");
    Ok(())
}

fn open(ground: &Ground, of: &LaneOf) -> Result<(), Refused> {
    let tenant = tenant_of(ground, of)?;
    let now = ground.clock.now();
    let opened = ground
        .database
        .write_blocking("open a lane", Scope::Tenant(tenant), |tx| {
            payouts::open_lane(tx, tenant, &OURS, &By::COMMAND_LINE, now)
        })
        .map_err(|fault: DbFault| Refused::because(&fault))?;
    if opened {
        output::line("open: payouts are sent again");
        Ok(())
    } else {
        Err(Refused(
            "there was nothing to open: the lane is open, or waits for settings or for the balance, which members mend".into(),
        ))
    }
}

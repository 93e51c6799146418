//! `zhanfu reconcile`: what does not fit together, and who says that it is settled.

use std::process::ExitCode;

use serde_json::{Value as Json, json};

use super::args::{ReconcileArgs, ResolveArgs};
use super::output::{self, Refused};
use crate::app::Ground;
use crate::audit::By;
use crate::basics::{FindingId, PayoutId};
use crate::db::{DbFault, Scope};
use crate::engine;
use crate::findings::{self, Finding};
use crate::tenants::{self, Tenant};

/// Compares every payout with the ledger and its attempts, and shows what nobody has settled yet; exit 1 when there is any.
pub(super) fn run(ground: &Ground, args: &ReconcileArgs) -> Result<ExitCode, Refused> {
    let tenants = match &args.tenant {
        Some(slug) => vec![output::tenant(&ground.database, slug)?],
        None => ground
            .database
            .read_blocking("tenants", Scope::AcrossTenants, tenants::list)
            .map_err(|fault: DbFault| Refused::because(&fault))?,
    };
    let mut compared = 0_usize;
    let mut open = Vec::new();
    for tenant in &tenants {
        compared = compared.saturating_add(compare(ground, tenant)?);
        let findings = ground
            .database
            .read_blocking("open findings", Scope::Tenant(tenant.id), |tx| {
                findings::list_open(tx, tenant.id)
            })
            .map_err(|fault: DbFault| Refused::because(&fault))?;
        open.extend(findings.into_iter().map(|finding| (tenant, finding)));
    }
    if args.json {
        let findings: Vec<Json> = open
            .iter()
            .map(|(tenant, it)| as_json(tenant, it))
            .collect();
        output::json(&json!({
            "ok": open.is_empty(),
            "tenants": tenants.len(),
            "payouts": compared,
            "findings": findings,
        }));
    } else {
        for (tenant, finding) in &open {
            output::line(&as_line(tenant, finding));
        }
        output::line(&format!(
            "{compared} payouts of {} tenants were compared; {} findings are open",
            tenants.len(),
            open.len()
        ));
        if !open.is_empty() {
            output::line(
                "look into each, then: zhanfu resolve SLUG FINDING --because TEXT; a stopped lane is opened by zhanfu lane open SLUG",
            );
        }
    }
    Ok(if open.is_empty() {
        ExitCode::SUCCESS
    } else {
        ExitCode::from(1)
    })
}

/// Compares all payouts of a tenant, some in each transaction, and says how many there were.
fn compare(ground: &Ground, tenant: &Tenant) -> Result<usize, Refused> {
    let mut compared = 0_usize;
    let mut before: Option<PayoutId> = None;
    loop {
        let now = ground.clock.now();
        let examined = ground
            .database
            .write_blocking("reconcile", Scope::Tenant(tenant.id), |tx| {
                engine::reconcile_some(tx, tenant.id, before, &By::COMMAND_LINE, now)
            })
            .map_err(|fault: DbFault| Refused::because(&fault))?;
        compared = compared.saturating_add(examined.payouts);
        before = examined.next;
        if before.is_none() {
            return Ok(compared);
        }
    }
}

fn as_json(tenant: &Tenant, finding: &Finding) -> Json {
    json!({
        "tenant": tenant.slug,
        "id": finding.id.to_string(),
        "payout_id": finding.payout.to_string(),
        "kind": finding.kind.as_str(),
        "stops_money": finding.kind.is_a_breach(),
        "found_at": finding.found_at,
        "details": serde_json::from_str::<Json>(&finding.details).unwrap_or(Json::Null),
    })
}

fn as_line(tenant: &Tenant, finding: &Finding) -> String {
    format!(
        "{}  {}  {}  payout {}  found {}{}",
        finding.id,
        tenant.slug,
        finding.kind.as_str(),
        finding.payout,
        finding.found_at.shanghai(),
        if finding.kind.is_a_breach() {
            "  STOPS THIS TENANT'S MONEY"
        } else {
            ""
        }
    )
}

/// `zhanfu resolve`: somebody has looked into a finding.
pub(super) fn resolve(ground: &Ground, args: &ResolveArgs) -> Result<(), Refused> {
    let tenant = output::tenant(&ground.database, &args.slug)?;
    let id: FindingId = args
        .finding
        .parse()
        .map_err(|_| Refused(format!("{} is not the id of a finding", args.finding)))?;
    let now = ground.clock.now();
    ground
        .database
        .write_blocking("resolve a finding", Scope::Tenant(tenant.id), |tx| {
            findings::resolve(tx, tenant.id, id, &args.because, &By::COMMAND_LINE, now)
        })
        .map_err(|error| Refused::because(&error))?;
    output::line("resolved");
    Ok(())
}

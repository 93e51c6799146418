//! `zhanfu check`: 一键检测.

use std::process::ExitCode;

use serde_json::{Value as Json, json};

use super::CommandFault;
use super::args::CheckArgs;
use super::output::{self, Refused};
use super::serve::runtime;
use crate::app::Ground;
use crate::audit::By;
use crate::db::{DbFault, Scope};
use crate::engine;

/// Runs the check; exit 1 when a step fails. Like on the page, it is put down, and a good one sets going what waited for the settings.
pub(super) fn run(ground: &Ground, args: &CheckArgs) -> Result<ExitCode, CommandFault> {
    let tenant = output::tenant(&ground.database, &args.slug)?;
    let engine = ground.engine()?;
    let report = runtime()?
        .block_on(engine.check(tenant.id, None))
        .map_err(|fault| Refused::because(&fault))?;
    let now = ground.clock.now();
    ground
        .database
        .write_blocking(
            "note a check",
            Scope::Tenant(tenant.id),
            |tx| -> Result<_, DbFault> {
                engine::note_check(tx, tenant.id, &report, &By::COMMAND_LINE, now)
            },
        )
        .map_err(|fault| Refused::because(&fault))?;
    if args.json {
        let checks: Vec<Json> = report
            .checks
            .iter()
            .map(|check| {
                json!({
                    "name": check.name.as_str(),
                    "ok": check.ok,
                    "detail": check.detail.en,
                    "remedy": check.remedy.en,
                })
            })
            .collect();
        output::json(&json!({ "slug": args.slug, "ok": report.is_ok(), "checks": checks }));
    } else {
        for check in &report.checks {
            let mark = if check.ok { "ok  " } else { "FAIL" };
            output::line(&format!(
                "{mark} {:<18} {}",
                check.name.as_str(),
                check.detail.en
            ));
            if !check.ok {
                output::line(&format!("     {:<18} {}", "", check.remedy.en));
            }
        }
    }
    Ok(if report.is_ok() {
        ExitCode::SUCCESS
    } else {
        ExitCode::from(1)
    })
}

//! `zhanfu vault rotate`

use std::process::ExitCode;

use serde_json::json;

use super::args::VaultCommand;
use super::output::{self, Refused};
use crate::app::Ground;
use crate::audit::{self, By, Event, EventKind, Object};
use crate::basics::{TenantId, Timestamp};
use crate::db::Scope;
use crate::vault::{Resealed, VaultFault};

/// How many data keys are re-sealed in one transaction: a command that is killed has lost this much work at the most, and nothing else.
const BATCH: i64 = 50;

/// Re-seals every tenant's data key under the newest master key, and lets go of master keys that seal nothing any more. Whatever stops it, it
/// goes on where it was when it is run again.
pub(super) fn run(ground: &Ground, command: &VaultCommand) -> Result<ExitCode, Refused> {
    let VaultCommand::Rotate { json } = command;
    let now = ground.clock.now();
    let mut all = Resealed::default();
    let mut after = None;
    loop {
        let some = ground
            .database
            .write_blocking("re-seal data keys", Scope::AcrossTenants, |tx| {
                ground.vault.reseal_some(tx, after, BATCH)
            })
            .map_err(|fault| Refused::because(&fault))?;
        all.done = all.done.saturating_add(some.done);
        all.failed = all.failed.saturating_add(some.failed);
        after = some.last;
        if after.is_none() {
            break;
        }
    }
    let retired = retire(ground, &all, now)?;
    if *json {
        output::json(&json!({
            "ok": all.failed == 0,
            "resealed": all.done,
            "failed": all.failed,
            "retired": retired,
        }));
    } else {
        output::line(&format!(
            "{} data keys were re-sealed under the newest master key; {retired} master keys are no longer needed",
            all.done
        ));
        if retired > 0 {
            output::line(
                "their lines may be taken out of the master key file; keep them for as long as you keep backups from before",
            );
        }
    }
    if all.failed > 0 {
        return Err(Refused(format!(
            "{} data keys do not open under any master key of the file and were left as they are",
            all.failed
        )));
    }
    Ok(ExitCode::SUCCESS)
}

/// Lets go of master keys that seal nothing, and records what was done.
fn retire(ground: &Ground, all: &Resealed, now: Timestamp) -> Result<usize, Refused> {
    ground
        .database
        .write_blocking("retire master keys", Scope::AcrossTenants, |tx| {
            let retired = ground.vault.retire_master_keys(tx)?;
            if retired > 0 || all.done > 0 {
                let event = Event {
                    kind: EventKind::VaultRotated,
                    object: Object::Platform,
                    details: json!({ "resealed": all.done, "failed": all.failed, "retired": retired }),
                };
                audit::record(tx, TenantId::PLATFORM, event, &By::COMMAND_LINE, now)?;
            }
            Ok::<_, VaultFault>(retired)
        })
        .map_err(|fault| Refused::because(&fault))
}

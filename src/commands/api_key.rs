//! `zhanfu api-key create`

use serde_json::json;

use super::args::ApiKeyCommand;
use super::output::{self, Refused};
use crate::app::Ground;
use crate::audit::By;
use crate::db::{DbFault, Scope};
use crate::tenants::{self, TenantName};

/// Makes a key and prints it, this once.
pub(super) fn run(ground: &Ground, command: &ApiKeyCommand) -> Result<(), Refused> {
    let ApiKeyCommand::Create { slug, name, json } = command;
    let tenant = output::tenant(&ground.database, slug)?;
    let parsed = TenantName::parse(name)
        .ok_or_else(|| Refused("--name: a name is 1 to 80 characters".to_owned()))?;
    let now = ground.clock.now();
    let (_, key) = ground
        .database
        .write_blocking("make a storefront key", Scope::Tenant(tenant.id), |tx| {
            tenants::create_api_key(
                tx,
                tenant.id,
                &parsed,
                &By::COMMAND_LINE,
                &*ground.random,
                now,
            )
        })
        .map_err(|fault: DbFault| Refused::because(&fault))?;
    if *json {
        let name = parsed.as_str();
        output::json(&json!({ "key": key.expose(), "name": name, "created_at": now }));
    } else {
        output::line(key.expose());
        output::line("keep it now: it is not shown again");
    }
    Ok(())
}

//! `zhanfu tenant create`

use serde_json::json;

use crate::app::Ground;
use crate::audit::By;
use crate::basics::{EmailAddress, TenantId, TenantSlug};
use crate::channels;
use crate::commands::args::CreateArgs;
use crate::commands::output::{self, Refused};
use crate::db::{DbFault, Scope};
use crate::limits;
use crate::people::{self, AddMemberError, Password, PasswordHash, Role};
use crate::tenants::{self, CreateError, NewTenant, TenantName};

/// Why a tenant is not made.
#[derive(Debug, thiserror::Error)]
enum Fault {
    #[error(transparent)]
    Create(#[from] CreateError),
    #[error(transparent)]
    Member(#[from] AddMemberError),
    #[error("the database failed")]
    Db(#[from] DbFault),
}

/// Makes the tenant with its owner, limits and empty channel in one transaction.
pub(in crate::commands) fn run(ground: &Ground, args: &CreateArgs) -> Result<(), Refused> {
    let slug = TenantSlug::parse(&args.slug).map_err(|fault| Refused(format!("SLUG: {fault}")))?;
    let name = TenantName::parse(&args.name)
        .ok_or_else(|| Refused("--name: a name is 1 to 80 characters".to_owned()))?;
    let email = EmailAddress::parse(&args.owner_email.trim().to_lowercase())
        .map_err(|fault| Refused(format!("--owner-email: {fault}")))?;
    let text = output::read_text(&args.owner_password_file)?;
    let password = Password::chosen(&text, &[email.as_str(), name.as_str(), slug.as_str()])
        .map_err(|fault| Refused(format!("--owner-password-file: {fault}")))?;
    let hash = password.hash(&*ground.random);
    let new = NewTenant { slug, name };
    let id = make(ground, &new, &email, &hash).map_err(|fault| Refused::because(&fault))?;
    if args.json {
        let name = new.name.as_str();
        output::json(&json!({ "tenant_id": id, "slug": new.slug, "name": name }));
    } else {
        output::line(&format!(
            "tenant {} made; its owner {email} signs in at {}sign-in",
            new.slug, ground.settings.public_url
        ));
        output::line(&format!("next: zhanfu tenant configure {}", new.slug));
    }
    Ok(())
}

fn make(
    ground: &Ground,
    new: &NewTenant,
    email: &EmailAddress,
    hash: &PasswordHash,
) -> Result<TenantId, Fault> {
    let now = ground.clock.now();
    let by = By::COMMAND_LINE;
    ground
        .database
        .write_blocking("make a tenant", Scope::AcrossTenants, |tx| {
            let id = tenants::create(tx, new, &by, now)?;
            limits::insert_defaults(tx, id)?;
            channels::open_channel(tx, id, &by, now)?;
            people::add_member(tx, id, email, hash, Role::Owner, &by, now)?;
            Ok::<_, Fault>(id)
        })
}

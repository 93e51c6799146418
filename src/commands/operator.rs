//! `zhanfu operator create`

use serde_json::json;

use super::args::OperatorCommand;
use super::output::{self, Refused};
use crate::app::Ground;
use crate::audit::By;
use crate::basics::EmailAddress;
use crate::db::Scope;
use crate::people::{self, Password};

/// Makes somebody an operator.
pub(super) fn run(ground: &Ground, command: &OperatorCommand) -> Result<(), Refused> {
    let OperatorCommand::Create {
        email,
        password_file,
        json,
    } = command;
    let email = EmailAddress::parse(&email.trim().to_lowercase())
        .map_err(|fault| Refused(format!("--email: {fault}")))?;
    let text = output::read_text(password_file)?;
    let password = Password::chosen(&text, &[email.as_str()])
        .map_err(|fault| Refused(format!("--password-file: {fault}")))?;
    let hash = password.hash(&*ground.random);
    let now = ground.clock.now();
    let made = ground
        .database
        .write_blocking("make an operator", Scope::AcrossTenants, |tx| {
            people::add_operator(tx, &email, &hash, &By::COMMAND_LINE, now)
        })
        .map_err(|fault| Refused::because(&fault))?;
    if *json {
        output::json(&json!({
            "operator_id": made.person,
            "email": email,
            "password_kept": made.was_known,
            "created_at": now,
        }));
    } else {
        output::line(&format!("{email} is an operator now"));
        if made.was_known {
            output::line("the address was known: the password is the one this person has");
        }
    }
    Ok(())
}

//! Changing one's own password.

use serde_json::json;

use super::across_tenants;
use crate::audit::{By, EventKind};
use crate::basics::Timestamp;
use crate::db::{DbFault, Tx};
use crate::people::across_tenants::record_everywhere;
use crate::people::browsers::{self, BrowserToken};
use crate::people::password::PasswordHash;
use crate::people::session::SignedIn;

/// Changes the password, after the present one was checked. All other sessions of the person end, and all other browsers are
/// strangers again; how many sessions there were.
pub fn change_password(
    tx: &mut Tx<'_>,
    who: &SignedIn,
    hash: &PasswordHash,
    browser: Option<&BrowserToken>,
    by: &By,
    now: Timestamp,
) -> Result<usize, DbFault> {
    across_tenants::put_password(tx, who.person, hash)?;
    let ended = across_tenants::end_others(tx, who.person, who.session, now)?;
    browsers::forget_others(tx, who.person, browser)?;
    let details = json!({ "sessions_ended": ended });
    record_everywhere(
        tx,
        who.person,
        EventKind::PasswordChanged,
        &details,
        by,
        now,
    )?;
    Ok(ended)
}

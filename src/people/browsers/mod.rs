//! Browsers in which a person has signed in before.
//!
//! A browser that is known is no proof of anybody. It only has a count of tries of its own, so that strangers who try a person's
//! address from everywhere do not keep the person out.

mod across_tenants;

use super::token::tokens;
use crate::basics::{PersonId, Randomness, Timestamp};
use crate::db::{DbFault, Tx};

pub(super) use across_tenants::{forget_others, knows};

tokens! {
    /// What a known browser holds.
    BrowserToken;
}

/// Notes that the person signs in in this browser; one that is not known gets a token.
pub(super) fn remember(
    tx: &mut Tx<'_>,
    person: PersonId,
    browser: Option<&BrowserToken>,
    random: &dyn Randomness,
    now: Timestamp,
) -> Result<BrowserToken, DbFault> {
    if let Some(browser) = browser
        && across_tenants::touch(tx, person, browser, now)?
    {
        return Ok(browser.clone());
    }
    let fresh = BrowserToken::fresh(random);
    across_tenants::insert(tx, person, &fresh, now)?;
    Ok(fresh)
}

//! Signing in.

use std::time::Duration;

use serde_json::json;

use super::across_tenants;
use super::browsers::{self, BrowserToken};
use super::model::Membership;
use super::password::PasswordHash;
use super::second_factor::{self, Checked, TypedCode};
use super::session::{Client, Proved, SessionToken};
use super::sign_ins::{self, SignInOutcome};
use super::tries::{Allowed, TryKey, forget_tries, take_try};
use crate::audit::{self, Actor, By, Event, EventKind, Object};
use crate::basics::{EmailAddress, PersonId, Randomness, TenantId, Timestamp};
use crate::db::{DbFault, Tx};
use crate::vault::{Vault, VaultFault};

/// Somebody who may be signing in: the password is still to be checked, outside of any transaction.
#[derive(Clone, Debug)]
pub struct Candidate {
    /// The person.
    pub person: PersonId,
    /// What the password is checked against.
    pub hash: PasswordHash,
    /// Where the person is a member.
    pub memberships: Vec<Membership>,
    /// Whether the person has a second factor.
    pub has_factor: bool,
    /// The browser, when the person has signed in in it before.
    pub browser: Option<BrowserToken>,
}

/// Why a session does not begin.
#[derive(Debug, thiserror::Error)]
pub enum SignInError {
    /// The person is not, or no longer, a member there.
    #[error("the person is not a member of this tenant")]
    NotAMember,
    /// The person has a second factor, and it was not asked for.
    #[error("the second factor was not asked for")]
    FactorNeeded,
    /// The database failed.
    #[error("the database failed")]
    Db(#[from] DbFault),
}

/// What somebody got wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// The password, signing in.
    Password,
    /// The second factor, signing in.
    Factor,
    /// What confirms a session.
    Confirm(Proved),
}

/// A session that begins.
#[derive(Clone, Debug)]
pub struct Begun {
    /// For the browser's session cookie.
    pub session: SessionToken,
    /// For the cookie by which the browser is known next time.
    pub browser: BrowserToken,
}

/// The person of an address, when there is one who may sign in.
pub fn find_candidate(
    tx: &mut Tx<'_>,
    email: &EmailAddress,
    browser: Option<&BrowserToken>,
) -> Result<Option<Candidate>, DbFault> {
    let Some((person, hash)) = across_tenants::find_person(tx, email)? else {
        return Ok(None);
    };
    let memberships = across_tenants::list_memberships(tx, person)?;
    let known = match browser {
        Some(browser) => browsers::knows(tx, person, browser)?,
        None => false,
    };
    Ok(Some(Candidate {
        person,
        hash,
        memberships,
        has_factor: second_factor::has_one(tx, person)?,
        browser: browser.filter(|_| known).cloned(),
    }))
}

impl Candidate {
    /// Where this try is counted.
    pub fn try_key(&self, email: &EmailAddress) -> TryKey {
        match &self.browser {
            Some(browser) => TryKey::of_browser(self.person, browser),
            None => TryKey::of_address(email),
        }
    }
}

/// What came of a code, signing in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FactorChecked {
    /// It is right.
    Right,
    /// It is wrong.
    Wrong,
    /// Too many were wrong; the next try is only after this long.
    In(Duration),
}

/// The second step of signing in.
pub fn check_factor(
    tx: &mut Tx<'_>,
    vault: &Vault,
    person: PersonId,
    typed: Option<&TypedCode>,
    browser: Option<&BrowserToken>,
    client: &Client,
    request: Option<String>,
    now: Timestamp,
) -> Result<FactorChecked, VaultFault> {
    let known = match browser {
        Some(browser) => browsers::knows(tx, person, browser)?,
        None => false,
    };
    let key = TryKey::of_factor(person, browser.filter(|_| known));
    if let Allowed::In(wait) = take_try(tx, &key, now)? {
        return Ok(FactorChecked::In(wait));
    }
    let checked = match typed {
        Some(typed) => second_factor::check(tx, vault, person, typed, now)?,
        None => Checked::Wrong,
    };
    let by = visitor(request);
    match checked {
        // turned off between the two steps: the password alone is asked for again
        Checked::Off | Checked::Wrong => {
            record_failure(tx, person, Step::Factor, Some(client), &by, now)?;
            return Ok(FactorChecked::Wrong);
        }
        Checked::OfTheMoment => {}
        Checked::Recovery { left } => {
            let details = json!({ "codes_left": left, "address": client.address });
            let kind = EventKind::RecoveryCodeUsed;
            across_tenants::record_everywhere(tx, person, kind, &details, &by, now)?;
        }
    }
    forget_tries(tx, &key)?;
    Ok(FactorChecked::Right)
}

/// Writes down that somebody got something wrong: for the person to see, and in the log of the person's tenants.
pub fn record_failure(
    tx: &mut Tx<'_>,
    person: PersonId,
    step: Step,
    client: Option<&Client>,
    by: &By,
    now: Timestamp,
) -> Result<(), DbFault> {
    let (name, outcome) = match step {
        Step::Password => ("password", SignInOutcome::WrongPassword),
        Step::Factor => ("second_factor", SignInOutcome::WrongCode),
        Step::Confirm(Proved::Password) => ("confirm_password", SignInOutcome::WrongPassword),
        Step::Confirm(Proved::PasswordAndFactor) => ("confirm_code", SignInOutcome::WrongCode),
    };
    let mut details = json!({ "step": name });
    if let Some(client) = client {
        sign_ins::insert(tx, person, outcome, client, now)?;
        if let Some(details) = details.as_object_mut() {
            details.insert("address".to_owned(), json!(client.address));
        }
    }
    let kind = EventKind::SignInFailed;
    across_tenants::record_everywhere(tx, person, kind, &details, by, now)
}

/// Somebody who is not signed in, in the course of a request.
pub const fn visitor(request: Option<String>) -> By {
    By {
        actor: Actor::Visitor,
        name: String::new(),
        request,
    }
}

/// Begins a session of a person who has proved themselves, in one tenant. The token is new: one that a browser had before means
/// nothing.
pub fn sign_in(
    tx: &mut Tx<'_>,
    tenant: TenantId,
    person: PersonId,
    proved: Proved,
    from: (&Client, Option<&BrowserToken>),
    random: &dyn Randomness,
    request: Option<String>,
    now: Timestamp,
) -> Result<Begun, SignInError> {
    let (client, browser) = from;
    let membership = across_tenants::list_memberships(tx, person)?
        .into_iter()
        .find(|membership| membership.tenant == tenant)
        .ok_or(SignInError::NotAMember)?;
    if proved == Proved::Password && second_factor::has_one(tx, person)? {
        return Err(SignInError::FactorNeeded);
    }
    let session = SessionToken::fresh(random);
    across_tenants::insert_session(tx, &session, person, tenant, proved, client, now)?;
    let browser = browsers::remember(tx, person, browser, random, now)?;
    sign_ins::insert(tx, person, SignInOutcome::SignedIn, client, now)?;
    let actor = Actor::Member {
        person,
        member: membership.member,
    };
    let by = By {
        actor,
        name: String::new(),
        request,
    };
    let event = Event {
        kind: EventKind::SignedIn,
        object: Object::Member(membership.member),
        details: json!({ "address": client.address }),
    };
    audit::record(tx, tenant, event, &by, now)?;
    Ok(Begun { session, browser })
}

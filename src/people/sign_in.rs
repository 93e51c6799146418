//! Signing in.

use serde_json::json;

use super::across_tenants;
use super::model::Membership;
use super::password::PasswordHash;
use super::session::{Client, SessionToken};
use crate::audit::{self, Actor, By, Event, EventKind, Object};
use crate::basics::{EmailAddress, PersonId, Randomness, TenantId, Timestamp};
use crate::db::{DbFault, Tx};

/// Somebody who may be signing in: the password is still to be checked, outside of any transaction.
#[derive(Clone, Debug)]
pub struct Candidate {
    /// The person.
    pub person: PersonId,
    /// What the password is checked against.
    pub hash: PasswordHash,
    /// Where the person is a member.
    pub memberships: Vec<Membership>,
}

/// Why a session does not begin.
#[derive(Debug, thiserror::Error)]
pub enum SignInError {
    /// The person is not, or no longer, a member there.
    #[error("the person is not a member of this tenant")]
    NotAMember,
    /// The database failed.
    #[error("the database failed")]
    Db(#[from] DbFault),
}

/// The person of an address, when there is one who may sign in.
pub fn find_candidate(tx: &mut Tx<'_>, email: &EmailAddress) -> Result<Option<Candidate>, DbFault> {
    let Some((person, hash)) = across_tenants::find_person(tx, email)? else {
        return Ok(None);
    };
    let memberships = across_tenants::list_memberships(tx, person)?;
    Ok(Some(Candidate {
        person,
        hash,
        memberships,
    }))
}

/// Begins a session of a person whose password was right, in one tenant. The token is new: one that a browser had
/// before means nothing.
pub fn sign_in(
    tx: &mut Tx<'_>,
    tenant: TenantId,
    person: PersonId,
    client: &Client,
    random: &dyn Randomness,
    request: Option<String>,
    now: Timestamp,
) -> Result<SessionToken, SignInError> {
    let membership = across_tenants::list_memberships(tx, person)?
        .into_iter()
        .find(|membership| membership.tenant == tenant)
        .ok_or(SignInError::NotAMember)?;
    let token = SessionToken::fresh(random);
    across_tenants::insert_session(tx, &token, person, tenant, client, now)?;
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
    Ok(token)
}

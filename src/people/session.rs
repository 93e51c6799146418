//! Sessions: kept on the server, known to the browser by a random token.

use std::time::Duration;

use serde_json::json;

use super::across_tenants;
use super::model::Role;
use super::token::tokens;
use crate::audit::{self, Actor, By, Event, EventKind, Object};
use crate::basics::{EmailAddress, MemberId, PersonId, SessionId, TenantId, Timestamp};
use crate::db::{DbFault, Tx};

/// A session ends after this long without a request.
pub const SESSION_IDLE: Duration = Duration::from_mins(30);

/// A session ends this long after it began, whatever happens.
pub const SESSION_ABSOLUTE: Duration = Duration::from_hours(8);

/// How stale `last_seen_at` may be before a request writes it anew: most requests then write nothing.
const SEEN_STEP: Duration = Duration::from_mins(1);

tokens! {
    /// What the browser holds. The database holds only its hash.
    SessionToken;
}

/// What somebody has proved.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Proved {
    /// The password, and nothing else.
    Password,
    /// The password and the second factor.
    PasswordAndFactor,
}

/// Where a request comes from, as far as a session list shows it.
#[derive(Clone, Debug, Default)]
pub struct Client {
    /// The network address.
    pub address: String,
    /// The browser's name for itself, cut to 200 characters.
    pub user_agent: String,
}

/// Somebody who is signed in.
#[derive(Clone, Debug)]
pub struct SignedIn {
    /// The tenant in which they act.
    pub tenant: TenantId,
    /// The person.
    pub person: PersonId,
    /// The membership.
    pub member: MemberId,
    /// The session.
    pub session: SessionId,
    /// What they may do.
    pub role: Role,
    /// Their address.
    pub email: EmailAddress,
    /// Whether the person has a second factor.
    pub has_factor: bool,
    /// When this session last proved that it is them: by the second factor of a person who has one, else by the password.
    pub proved_at: Option<Timestamp>,
}

impl SignedIn {
    /// The same as somebody who does something in the course of a request.
    pub fn by(&self, request: Option<String>) -> By {
        let actor = Actor::Member {
            person: self.person,
            member: self.member,
        };
        By {
            actor,
            name: self.email.to_string(),
            request,
        }
    }
}

/// Who is signed in by this token, when the session lives, the person and the membership are not disabled, and
/// neither the idle nor the absolute time is over.
pub fn find_session(
    tx: &mut Tx<'_>,
    token: &SessionToken,
    now: Timestamp,
) -> Result<Option<(SignedIn, SeenAgain)>, DbFault> {
    let Some(row) = across_tenants::find_session(tx, &token.hash())? else {
        return Ok(None);
    };
    let lives =
        now.since(row.last_seen_at) < SESSION_IDLE && now.since(row.created_at) < SESSION_ABSOLUTE;
    if !lives {
        return Ok(None);
    }
    let seen = if now.since(row.last_seen_at) < SEEN_STEP {
        SeenAgain::Lately
    } else {
        SeenAgain::Write
    };
    Ok(Some((row.signed_in, seen)))
}

/// Whether the session's last sight has to be written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SeenAgain {
    /// It was written within the last minute.
    Lately,
    /// It has to be, by [`touch_session`].
    Write,
}

/// Notes that the session was used.
pub fn touch_session(tx: &mut Tx<'_>, token: &SessionToken, now: Timestamp) -> Result<(), DbFault> {
    across_tenants::touch_session(tx, &token.hash(), now)
}

/// Ends a session.
pub fn end_session(
    tx: &mut Tx<'_>,
    token: &SessionToken,
    signed_in: &SignedIn,
    request: Option<String>,
    now: Timestamp,
) -> Result<(), DbFault> {
    across_tenants::end_session(tx, &token.hash(), now)?;
    let event = Event {
        kind: EventKind::SignedOut,
        object: Object::Member(signed_in.member),
        details: json!({}),
    };
    audit::record(tx, signed_in.tenant, event, &signed_in.by(request), now)
}

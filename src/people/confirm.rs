//! Somebody who is signed in confirms that it is them, before something that matters.
//!
//! The rule: a person with a second factor gives one of its codes, a person without one gives the password again. Either counts
//! for five minutes in its session, and so does what was given to sign in. The session has a new token from then on, so that one
//! that was stolen before does not gain by it.

use std::time::Duration;

use serde_json::json;

use super::across_tenants;
use super::password::PasswordHash;
use super::second_factor::{self, Checked, TypedCode};
use super::session::{Proved, SessionToken, SignedIn};
use super::sign_in::{Step, record_failure};
use super::tries::{Allowed, TryKey, forget_tries, take_try};
use crate::audit::{self, Event, EventKind, Object};
use crate::basics::{Randomness, Timestamp};
use crate::db::{DbFault, Tx};
use crate::vault::{Vault, VaultFault};

/// For how long a proof counts.
pub const FRESH: Duration = Duration::from_mins(5);

impl SignedIn {
    /// Whether this session has proved lately that it is them.
    pub fn is_fresh(&self, now: Timestamp) -> bool {
        self.proved_at.is_some_and(|at| now.since(at) <= FRESH)
    }
}

/// What came of it.
#[derive(Clone, Debug)]
pub enum Confirmed {
    /// It is them. The session goes on under this token.
    Now(SessionToken),
    /// The code or the password is wrong.
    Wrong,
    /// Too many were wrong; the next try is only after this long.
    In(Duration),
    /// The session has ended in the meantime.
    SignedOut,
}

/// Confirms by a code of the second factor, or by a recovery code.
pub fn confirm_by_code(
    tx: &mut Tx<'_>,
    vault: &Vault,
    session: &SessionToken,
    who: &SignedIn,
    typed: Option<&TypedCode>,
    random: &dyn Randomness,
    request: Option<String>,
    now: Timestamp,
) -> Result<Confirmed, VaultFault> {
    if let Allowed::In(wait) = take_try(tx, &TryKey::of_session(who.session), now)? {
        return Ok(Confirmed::In(wait));
    }
    let checked = match typed {
        Some(typed) => second_factor::check(tx, vault, who.person, typed, now)?,
        None => Checked::Wrong,
    };
    if let Checked::Recovery { left } = checked {
        let event = Event {
            kind: EventKind::RecoveryCodeUsed,
            object: Object::Member(who.member),
            details: json!({ "codes_left": left }),
        };
        audit::record(tx, who.tenant, event, &who.by(request.clone()), now)?;
    }
    let right = checked.is_right();
    let proved = Proved::PasswordAndFactor;
    Ok(settle(
        tx, session, who, right, proved, random, request, now,
    )?)
}

/// Counts a try by the password and gives the hash that it is checked against, outside of any transaction.
pub fn begin_by_password(
    tx: &mut Tx<'_>,
    who: &SignedIn,
    now: Timestamp,
) -> Result<Result<PasswordHash, Duration>, DbFault> {
    match take_try(tx, &TryKey::of_session(who.session), now)? {
        Allowed::In(wait) => Ok(Err(wait)),
        Allowed::Now => across_tenants::load_password_hash(tx, who.person).map(Ok),
    }
}

/// Confirms by the password, after it was checked.
pub fn confirm_by_password(
    tx: &mut Tx<'_>,
    session: &SessionToken,
    who: &SignedIn,
    is_right: bool,
    random: &dyn Randomness,
    request: Option<String>,
    now: Timestamp,
) -> Result<Confirmed, DbFault> {
    let proved = Proved::Password;
    settle(tx, session, who, is_right, proved, random, request, now)
}

/// The session has proved its person just now, and has this token from then on; none when it has ended.
pub fn renew_session(
    tx: &mut Tx<'_>,
    session: &SessionToken,
    proved: Proved,
    random: &dyn Randomness,
    now: Timestamp,
) -> Result<Option<SessionToken>, DbFault> {
    let fresh = SessionToken::fresh(random);
    let lives = across_tenants::prove_session(tx, &session.hash(), &fresh, proved, now)?;
    Ok(lives.then_some(fresh))
}

fn settle(
    tx: &mut Tx<'_>,
    session: &SessionToken,
    who: &SignedIn,
    is_right: bool,
    proved: Proved,
    random: &dyn Randomness,
    request: Option<String>,
    now: Timestamp,
) -> Result<Confirmed, DbFault> {
    if !is_right {
        let by = who.by(request);
        record_failure(tx, who.person, Step::Confirm(proved), None, &by, now)?;
        return Ok(Confirmed::Wrong);
    }
    let Some(fresh) = renew_session(tx, session, proved, random, now)? else {
        return Ok(Confirmed::SignedOut);
    };
    forget_tries(tx, &TryKey::of_session(who.session))?;
    let by_what = match proved {
        Proved::Password => "password",
        Proved::PasswordAndFactor => "second_factor",
    };
    let event = Event {
        kind: EventKind::Confirmed,
        object: Object::Member(who.member),
        details: json!({ "by": by_what }),
    };
    audit::record(tx, who.tenant, event, &who.by(request), now)?;
    Ok(Confirmed::Now(fresh))
}

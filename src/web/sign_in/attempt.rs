//! One try at a password, from the network address to the hash.
//!
//! Three bounds stand before the hash: tries of a network address, in memory; passwords that wait to be hashed; tries of the address
//! or of the known browser, in the database. The hash itself is computed for unknown addresses too, and what is written down
//! afterwards takes one transaction either way: the time an answer takes does not tell who exists.

use std::time::Duration;

use actix_web::HttpRequest;

use crate::basics::EmailAddress;
use crate::db::{DbFault, Scope};
use crate::people::{
    self, Allowed, BrowserToken, Candidate, Password, PasswordFault, Step, TryKey,
};
use crate::web::State;
use crate::web::guard::{MemberFault, address, client, cookie_value, request_id};

/// What came of it.
pub(in crate::web) enum Attempt {
    /// The password is right.
    Right(Candidate),
    /// Address or password is wrong.
    Wrong,
    /// It is longer than any password.
    TooLong,
    /// The next try is only after this long.
    Wait(Duration),
    /// Too many are being checked.
    Busy,
}

/// The cookie by which a browser is known in which somebody has signed in before.
pub(in crate::web) const fn browser_cookie_name(secure: bool) -> &'static str {
    if secure {
        "__Host-zhanfu-browser"
    } else {
        "zhanfu-browser"
    }
}

/// What the browser holds from an earlier sign-in.
pub(in crate::web) fn browser(
    request: &HttpRequest,
    state: &State,
) -> Result<Option<BrowserToken>, MemberFault> {
    let value = cookie_value(request, browser_cookie_name(state.is_secure()))?;
    Ok(value.as_deref().and_then(BrowserToken::parse))
}

/// Whether a network address may try now; if not, how long it waits.
pub(in crate::web) fn take_from_address(
    request: &HttpRequest,
    state: &State,
) -> Result<(), Duration> {
    let taken = state
        .sign_in_throttle
        .take(address(request, state), state.clock.monotonic());
    if taken.is_err() {
        tracing::warn!(target: "zhanfu::security", "a network address tries to sign in too often");
    }
    taken
}

/// The right person tried: it costs the network address nothing.
pub(in crate::web) fn give_back(request: &HttpRequest, state: &State) {
    state.sign_in_throttle.give_back(address(request, state));
}

/// Checks a password.
pub(in crate::web) async fn check_password(
    request: &HttpRequest,
    state: &State,
    email: &str,
    password: &str,
) -> Result<Attempt, MemberFault> {
    let browser = browser(request, state)?;
    if let Err(wait) = take_from_address(request, state) {
        return Ok(Attempt::Wait(wait));
    }
    let password = match Password::typed(password) {
        Ok(password) => password,
        Err(PasswordFault::TooLong) => return Ok(Attempt::TooLong),
        Err(_) => return Ok(Attempt::Wrong),
    };
    let Some(place) = state.hashing.enter() else {
        return Ok(Attempt::Busy);
    };
    // an address that is none still has a count: it costs what every other costs
    let email = EmailAddress::parse(&email.trim().to_lowercase()).ok();
    let (candidate, key) = match email {
        Some(email) => find(state, email, browser).await?,
        None => (None, TryKey::of_no_address()),
    };
    let now = state.clock.now();
    let allowed = state
        .database
        .write("a try to sign in", Scope::AcrossTenants, move |tx| {
            people::take_try(tx, &key, now)
        })
        .await?;
    if let Allowed::In(wait) = allowed {
        tracing::warn!(target: "zhanfu::security", "an address is tried too often");
        return Ok(Attempt::Wait(wait));
    }
    let hash = candidate
        .as_ref()
        .map_or_else(people::unknown_person_hash, |candidate| {
            candidate.hash.clone()
        });
    let matches = place
        .run(move || password.matches(&hash))
        .await
        .map_err(|_| MemberFault::Unavailable)?;
    let person = candidate.as_ref().map(|candidate| candidate.person);
    let right = candidate.filter(|_| matches);
    let is_right = right.is_some();
    let (client, id) = (client(request, state), request_id());
    state
        .database
        .write(
            "what came of a try",
            Scope::AcrossTenants,
            move |tx| -> Result<_, DbFault> {
                if is_right {
                    return people::forget_tries(tx, &key);
                }
                if let Some(person) = person {
                    let by = people::visitor(Some(id.clone()));
                    people::record_failure(tx, person, Step::Password, Some(&client), &by, now)?;
                }
                Ok(())
            },
        )
        .await?;
    if is_right {
        give_back(request, state);
    } else {
        tracing::warn!(target: "zhanfu::security", "a sign-in was refused");
    }
    Ok(right.map_or(Attempt::Wrong, Attempt::Right))
}

async fn find(
    state: &State,
    email: EmailAddress,
    browser: Option<BrowserToken>,
) -> Result<(Option<Candidate>, TryKey), DbFault> {
    state
        .database
        .read("who signs in", Scope::AcrossTenants, move |tx| {
            let candidate = people::find_candidate(tx, &email, browser.as_ref())?;
            let key = candidate.as_ref().map_or_else(
                || TryKey::of_address(&email),
                |candidate| candidate.try_key(&email),
            );
            Ok((candidate, key))
        })
        .await
}

//! How often somebody may try: counted in the database, by an exponential delay that never becomes a lock.
//!
//! A try is counted before it is judged, so that a thousand tries at the same moment are a thousand tries; the right answer
//! forgets them. The first five cost nothing. Then the next try waits 1, 2, 4, … seconds, 300 at the most. Whoever has signed in
//! in a browser before has a count of their own there: strangers who try an address do not keep its owner out.

mod across_tenants;

use std::time::Duration;

use sha2::{Digest as _, Sha256};

use super::browsers::BrowserToken;
use crate::basics::{EmailAddress, PersonId, SessionId, Timestamp};
use crate::db::{DbFault, Tx};

/// Tries that cost nothing.
const FREE: i64 = 5;

/// The longest wait between two tries.
const LONGEST_WAIT: Duration = Duration::from_mins(5);

/// After this long without a failure all is forgotten.
const FORGOTTEN_AFTER: Duration = Duration::from_hours(24);

/// Whose tries are counted together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TryKey([u8; 32]);

impl TryKey {
    /// Passwords for an address, known or not, from anywhere.
    pub fn of_address(email: &EmailAddress) -> Self {
        Self::of(&[b"address", email.as_str().as_bytes()])
    }

    /// Passwords for what is no address at all.
    pub fn of_no_address() -> Self {
        Self::of(&[b"no address"])
    }

    /// Passwords of a person in a browser that knows them.
    pub fn of_browser(person: PersonId, browser: &BrowserToken) -> Self {
        Self::of(&[b"browser", person.as_bytes(), &browser.hash()])
    }

    /// Codes of a person's second factor; in a browser that knows the person, apart from everywhere else.
    pub fn of_factor(person: PersonId, browser: Option<&BrowserToken>) -> Self {
        let hash = browser.map(BrowserToken::hash).unwrap_or_default();
        Self::of(&[b"factor", person.as_bytes(), &hash])
    }

    /// Passwords and codes of somebody who is signed in.
    pub fn of_session(session: SessionId) -> Self {
        Self::of(&[b"session", session.as_bytes()])
    }

    fn of(parts: &[&[u8]]) -> Self {
        let mut hash = Sha256::new();
        for part in parts {
            hash.update(u64::try_from(part.len()).unwrap_or(u64::MAX).to_be_bytes());
            hash.update(part);
        }
        Self(hash.finalize().into())
    }

    /// What the database knows.
    const fn as_bytes(&self) -> &[u8; 32] {
        &self.0
    }
}

/// Whether a try may be made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Allowed {
    /// Now; it is counted.
    Now,
    /// Only after this long; it is not counted.
    In(Duration),
}

/// Counts a try, or says how long it has to wait.
pub fn take_try(tx: &mut Tx<'_>, key: &TryKey, now: Timestamp) -> Result<Allowed, DbFault> {
    across_tenants::clear_older(tx, now.minus(FORGOTTEN_AFTER))?;
    let count = across_tenants::find_locked(tx, key, now)?;
    let since = now.since(count.last_at);
    let failures = if since >= FORGOTTEN_AFTER {
        0
    } else {
        count.failures
    };
    let wait = wait_after(failures);
    if since < wait {
        return Ok(Allowed::In(wait.saturating_sub(since)));
    }
    across_tenants::put(tx, key, failures.saturating_add(1), now)?;
    Ok(Allowed::Now)
}

/// The right answer was given.
pub fn forget_tries(tx: &mut Tx<'_>, key: &TryKey) -> Result<(), DbFault> {
    across_tenants::delete(tx, key)
}

/// How long after the last of so many failures the next try waits.
fn wait_after(failures: i64) -> Duration {
    let Some(doublings) = failures.checked_sub(FREE).filter(|more| *more >= 0) else {
        return Duration::ZERO;
    };
    u32::try_from(doublings)
        .ok()
        .and_then(|doublings| 1_u64.checked_shl(doublings))
        .map_or(LONGEST_WAIT, Duration::from_secs)
        .min(LONGEST_WAIT)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::db::scratch::{self, NOON};

    #[test]
    fn the_wait_doubles_from_one_second_to_five_minutes() {
        let seconds: Vec<u64> = (0..20).map(|n| wait_after(n).as_secs()).collect();
        assert_eq!(
            seconds,
            [
                0, 0, 0, 0, 0, 1, 2, 4, 8, 16, 32, 64, 128, 256, 300, 300, 300, 300, 300, 300
            ]
        );
        assert_eq!(wait_after(i64::MAX), LONGEST_WAIT);
    }

    #[test]
    fn tries_are_delayed_and_never_locked_out() {
        let database = scratch::migrated();
        let key = TryKey::of_address(&EmailAddress::parse("lin@example.com").unwrap());
        let other = TryKey::of_address(&EmailAddress::parse("wang@example.com").unwrap());
        let take = |key: &TryKey, at| database.in_tx(|tx| take_try(tx, key, at).unwrap());
        let second = Duration::from_secs(1);
        for _ in 0..5 {
            assert_eq!(take(&key, NOON), Allowed::Now);
        }
        assert_eq!(take(&key, NOON), Allowed::In(second));
        assert_eq!(take(&other, NOON), Allowed::Now);
        assert_eq!(take(&key, NOON.plus(second)), Allowed::Now);
        assert_eq!(take(&key, NOON.plus(second)), Allowed::In(2 * second));
        let mut at = NOON;
        for _ in 0..1_000 {
            at = at.plus(LONGEST_WAIT);
            assert_eq!(take(&key, at), Allowed::Now);
            assert!(matches!(take(&key, at), Allowed::In(wait) if wait <= LONGEST_WAIT));
        }
        database.in_tx(|tx| forget_tries(tx, &key).unwrap());
        assert_eq!(take(&key, at), Allowed::Now);
        assert_eq!(take(&key, at), Allowed::Now);
    }

    #[test]
    fn a_day_without_failure_forgets_and_clears_away() {
        let database = scratch::migrated();
        let keys: Vec<TryKey> = (0..60)
            .map(|n| {
                TryKey::of_address(&EmailAddress::parse(&format!("u{n}@example.com")).unwrap())
            })
            .collect();
        let take = |key: &TryKey, at| database.in_tx(|tx| take_try(tx, key, at).unwrap());
        for key in &keys {
            for _ in 0..6 {
                take(key, NOON);
            }
        }
        let later = NOON.plus(FORGOTTEN_AFTER).plus(Duration::from_secs(1));
        for key in keys.iter().take(3) {
            assert_eq!(take(key, later), Allowed::Now);
            assert_eq!(take(key, later), Allowed::Now);
        }
        assert_eq!(database.in_tx(|tx| across_tenants::count(tx).unwrap()), 3);
    }
}

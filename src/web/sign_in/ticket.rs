//! A ticket says that a person's password was right a moment ago: between the password and the choice of a tenant.

use std::time::Duration;

use crate::basics::{Id as _, PersonId, Timestamp};
use crate::web::guard::FormToken;

/// For how long the choice may take.
const VALID: Duration = Duration::from_mins(5);

fn seal(key: &[u8; 32], visit: &str, person: PersonId, until: Timestamp) -> FormToken {
    FormToken::of(
        key,
        &format!("ticket {visit} {person} {}", until.as_millis()),
    )
}

/// A ticket for this person in this browser.
pub(super) fn issue(key: &[u8; 32], visit: &str, person: PersonId, now: Timestamp) -> String {
    let until = now.plus(VALID);
    let seal = seal(key, visit, person, until);
    format!("{}.{}.{}", person, until.as_millis(), seal.as_str())
}

/// The person of a ticket that is genuine, of this browser, and not too old.
pub(super) fn redeem(key: &[u8; 32], visit: &str, text: &str, now: Timestamp) -> Option<PersonId> {
    let mut parts = text.split('.');
    let (person, until, brought) = (parts.next()?, parts.next()?, parts.next()?);
    let person = PersonId::from_uuid(uuid::Uuid::try_parse(person).ok()?);
    let until = Timestamp::from_millis(until.parse().ok()?);
    (now < until && seal(key, visit, person, until).matches(brought)).then_some(person)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::basics::ids::fresh;
    use crate::basics::randomness::OsRandomness;

    #[test]
    fn a_ticket_is_good_for_its_person_its_browser_and_its_time() {
        let now = Timestamp::from_seconds(1_000);
        let person = fresh(now, &OsRandomness);
        let ticket = issue(&[1; 32], "visit", person, now);
        assert_eq!(redeem(&[1; 32], "visit", &ticket, now), Some(person));
        assert_eq!(redeem(&[2; 32], "visit", &ticket, now), None);
        assert_eq!(redeem(&[1; 32], "other", &ticket, now), None);
        assert_eq!(redeem(&[1; 32], "visit", &ticket, now.plus(VALID)), None);
        let other: PersonId = fresh(now, &OsRandomness);
        let changed = ticket.replace(&person.to_string(), &other.to_string());
        assert_eq!(redeem(&[1; 32], "visit", &changed, now), None);
    }
}

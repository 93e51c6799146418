//! A ticket says what a browser has proved a moment ago: between the password, the second factor and the choice of a tenant.

use std::time::Duration;

use crate::basics::{Id as _, PersonId, Timestamp};
use crate::people::Proved;
use crate::web::guard::FormToken;

/// For how long the next step may take.
const VALID: Duration = Duration::from_mins(5);

/// What is still to come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Stage {
    /// The second factor: the password was right.
    Factor,
    /// The choice of a tenant: all was right.
    Tenant(Proved),
}

impl Stage {
    const ALL: [Self; 3] = [
        Self::Factor,
        Self::Tenant(Proved::Password),
        Self::Tenant(Proved::PasswordAndFactor),
    ];

    const fn as_str(self) -> &'static str {
        match self {
            Self::Factor => "factor",
            Self::Tenant(Proved::Password) => "tenant",
            Self::Tenant(Proved::PasswordAndFactor) => "tenant-2",
        }
    }
}

fn seal(
    key: &[u8; 32],
    visit: &str,
    stage: Stage,
    person: PersonId,
    until: Timestamp,
) -> FormToken {
    let (stage, until) = (stage.as_str(), until.as_millis());
    FormToken::of(key, &format!("ticket {visit} {stage} {person} {until}"))
}

/// A ticket for this person in this browser.
pub(super) fn issue(
    key: &[u8; 32],
    visit: &str,
    stage: Stage,
    person: PersonId,
    now: Timestamp,
) -> String {
    let until = now.plus(VALID);
    let seal = seal(key, visit, stage, person, until);
    let stage = stage.as_str();
    format!("{stage}.{person}.{}.{}", until.as_millis(), seal.as_str())
}

/// Stage and person of a ticket that is genuine, of this browser, and not too old.
pub(super) fn redeem(
    key: &[u8; 32],
    visit: &str,
    text: &str,
    now: Timestamp,
) -> Option<(Stage, PersonId)> {
    let mut parts = text.split('.');
    let (stage, person) = (parts.next()?, parts.next()?);
    let (until, brought) = (parts.next()?, parts.next()?);
    let stage = Stage::ALL
        .into_iter()
        .find(|known| known.as_str() == stage)?;
    let person = PersonId::from_uuid(uuid::Uuid::try_parse(person).ok()?);
    let until = Timestamp::from_millis(until.parse().ok()?);
    let is_good = now < until && seal(key, visit, stage, person, until).matches(brought);
    is_good.then_some((stage, person))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::basics::ids::fresh;
    use crate::basics::randomness::OsRandomness;

    #[test]
    fn a_ticket_is_good_for_its_stage_its_person_its_browser_and_its_time() {
        let now = Timestamp::from_seconds(1_000);
        let person = fresh(now, &OsRandomness);
        for stage in Stage::ALL {
            let ticket = issue(&[1; 32], "visit", stage, person, now);
            let good = Some((stage, person));
            assert_eq!(redeem(&[1; 32], "visit", &ticket, now), good);
            assert_eq!(redeem(&[2; 32], "visit", &ticket, now), None);
            assert_eq!(redeem(&[1; 32], "other", &ticket, now), None);
            assert_eq!(redeem(&[1; 32], "visit", &ticket, now.plus(VALID)), None);
            let other: PersonId = fresh(now, &OsRandomness);
            let changed = ticket.replace(&person.to_string(), &other.to_string());
            assert_eq!(redeem(&[1; 32], "visit", &changed, now), None);
        }
        let ticket = issue(&[1; 32], "visit", Stage::Factor, person, now);
        for promoted in ["tenant.", "tenant-2."] {
            let changed = ticket.replace("factor.", promoted);
            assert_eq!(redeem(&[1; 32], "visit", &changed, now), None);
        }
    }
}

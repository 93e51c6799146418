//! The outbox's rules that need no endpoint to be called.

use std::time::Duration;

use super::*;
use crate::basics::Timestamp;
use crate::wire::{Blocked, DialFault, MaybeSent, NeverSent, Receipt, WireFault};

const NOW: Timestamp = Timestamp::from_seconds(1_795_406_400);

#[test]
fn the_schedule_outlasts_three_days_and_is_never_shortened() {
    let mut step = 0;
    let (mut shortest, mut longest) = (Duration::ZERO, Duration::ZERO);
    for pause in SCHEDULE.iter().skip(1) {
        let State::Waiting { due_at, .. } = State::after(Outcome::Refused, step, 0, NOW) else {
            panic!("the schedule is over at {step}");
        };
        assert_eq!(due_at.since(NOW), *pause);
        shortest += due_at.since(NOW);
        let State::Waiting { due_at, step: next } = State::after(Outcome::TimedOut, step, 255, NOW)
        else {
            panic!("the schedule is over at {step}");
        };
        assert_eq!(next, step + 1);
        assert!(due_at.since(NOW) <= pause.mul_f64(1.1));
        longest += due_at.since(NOW);
        step = next;
    }
    assert!(shortest > Duration::from_hours(75), "{shortest:?}");
    assert!(longest < Duration::from_hours(84), "{longest:?}");
    assert_eq!(State::after(Outcome::Refused, step, 0, NOW), State::Failed);
    assert_eq!(
        State::after(Outcome::Delivered, step, 0, NOW),
        State::Delivered
    );
}

#[test]
fn only_two_hundreds_deliver() {
    for status in 100..600 {
        let receipt = Receipt {
            status,
            beginning: Vec::new(),
        };
        let outcome = Verdict::of(&Ok(receipt)).outcome;
        let expected = match status {
            200..300 => Outcome::Delivered,
            300..400 => Outcome::Redirected,
            410 => Outcome::Gone,
            _ => Outcome::Refused,
        };
        assert_eq!(outcome, expected, "{status}");
    }
}

#[test]
fn faults_of_the_wire_have_their_names() {
    let blocked = DialFault::Blocked(Blocked("10.0.0.1".parse().unwrap()));
    let wire = DialFault::Wire;
    for (fault, outcome) in [
        (blocked, Outcome::Blocked),
        (
            wire(WireFault::NeverSent(NeverSent::NameNotFound)),
            Outcome::NameNotFound,
        ),
        (
            wire(WireFault::NeverSent(NeverSent::ConnectTimeout)),
            Outcome::TimedOut,
        ),
        (
            wire(WireFault::NeverSent(NeverSent::ServerNotTrusted(
                String::new(),
            ))),
            Outcome::NotTrusted,
        ),
        (
            wire(WireFault::MaybeSent(MaybeSent::Timeout)),
            Outcome::TimedOut,
        ),
        (
            wire(WireFault::MaybeSent(MaybeSent::ConnectionLost)),
            Outcome::ConnectionLost,
        ),
    ] {
        assert_eq!(
            Verdict::of(&Err(fault.clone())).outcome,
            outcome,
            "{fault:?}"
        );
    }
}

#[test]
fn names_are_read_back() {
    for outcome in Outcome::ALL {
        assert_eq!(Outcome::parse(outcome.as_str()), Some(*outcome));
    }
    for kind in Kind::ALL {
        assert_eq!(Kind::parse(kind.as_str()), Some(*kind));
    }
}

#[test]
fn what_is_wanted_is_stored_and_read_back() {
    let some = Wants::Only([Kind::PayoutSucceeded, Kind::PayoutFailed].into());
    for wants in [Wants::All, some.clone(), Wants::Only([].into())] {
        assert_eq!(Wants::read(&wants.stored()), wants);
    }
    assert_eq!(some.stored(), " payout.succeeded payout.failed ");
    assert!(Wants::All.includes(Kind::TenantPaused));
    assert!(some.includes(Kind::PayoutFailed) && !some.includes(Kind::PayoutQueued));
}

#[test]
fn a_secret_is_shown_as_libraries_take_it_and_never_by_accident() {
    let secret = SigningSecret::fresh(&crate::basics::randomness::OsRandomness);
    let shown = secret.text();
    assert!(shown.expose().starts_with("whsec_"));
    assert_eq!(shown.expose().len(), "whsec_".len() + 44);
    assert!(!format!("{secret:?}").contains(shown.expose().trim_start_matches("whsec_")));
}

//! What became of an event on its way to an endpoint: pure.

use std::time::Duration;

use super::Kind;
use crate::basics::{EventId, PayoutId, Timestamp};
use crate::wire::{DialFault, NeverSent, Receipt, WireFault};

/// When an event is sent, counted from the try before: three days and some hours in all (Standard Webhooks).
pub const SCHEDULE: [Duration; 10] = [
    Duration::ZERO,
    Duration::from_secs(5),
    Duration::from_mins(5),
    Duration::from_mins(30),
    Duration::from_hours(2),
    Duration::from_hours(5),
    Duration::from_hours(10),
    Duration::from_hours(14),
    Duration::from_hours(20),
    Duration::from_hours(24),
];

/// How much of an answer is kept, in characters.
const ANSWER_MOST: usize = 200;

macro_rules! outcomes {
    ($($(#[$doc:meta])+ $name:ident = $text:literal),+ $(,)?) => {
        /// How one try ended.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum Outcome {
            $($(#[$doc])+ $name),+
        }

        impl Outcome {
            /// All of them.
            pub const ALL: &[Outcome] = &[$(Outcome::$name),+];

            /// Its name in the database.
            pub const fn as_str(self) -> &'static str {
                match self {
                    $(Outcome::$name => $text),+
                }
            }

            /// The one of a name.
            pub fn parse(text: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|outcome| outcome.as_str() == text)
            }
        }
    };
}

outcomes! {
    /// Answered with a status of 2xx.
    Delivered = "delivered",
    /// Answered with another status.
    Refused = "refused",
    /// Answered with a redirect, which is not followed.
    Redirected = "redirected",
    /// Answered with 410: it is gone for good.
    Gone = "gone",
    /// Its name stands for an address that is not of the public internet.
    Blocked = "blocked",
    /// Its name was not found.
    NameNotFound = "name_not_found",
    /// No connection.
    NotConnected = "not_connected",
    /// Its certificate is not to be trusted, or it speaks no TLS that we do.
    NotTrusted = "not_trusted",
    /// No answer in time.
    TimedOut = "timed_out",
    /// The connection ended without an answer.
    ConnectionLost = "connection_lost",
    /// The secret does not open, so it cannot be signed.
    Unsigned = "unsigned",
    /// This process ended before it knew.
    Interrupted = "interrupted",
}

/// What came back, judged.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Verdict {
    /// How it ended.
    pub outcome: Outcome,
    /// The HTTP status, when there was one.
    pub http_status: Option<u16>,
    /// How the answer begins, without what cannot be printed.
    pub answer: Option<String>,
}

impl Verdict {
    /// An outcome without an answer.
    pub const fn unanswered(outcome: Outcome) -> Self {
        Self {
            outcome,
            http_status: None,
            answer: None,
        }
    }

    /// Judges what the wire brought.
    pub fn of(result: &Result<Receipt, DialFault>) -> Self {
        match result {
            Ok(receipt) => Self {
                outcome: match receipt.status {
                    200..=299 => Outcome::Delivered,
                    300..=399 => Outcome::Redirected,
                    410 => Outcome::Gone,
                    _ => Outcome::Refused,
                },
                http_status: Some(receipt.status),
                answer: printable(&receipt.beginning),
            },
            Err(DialFault::Blocked(_)) => Self::unanswered(Outcome::Blocked),
            Err(DialFault::Wire(fault)) => Self::unanswered(outcome_of(fault)),
        }
    }
}

fn outcome_of(fault: &WireFault) -> Outcome {
    match fault {
        WireFault::NeverSent(why) => match why {
            NeverSent::NameNotFound => Outcome::NameNotFound,
            NeverSent::ConnectTimeout => Outcome::TimedOut,
            NeverSent::ServerNotTrusted(_) | NeverSent::Handshake(_) => Outcome::NotTrusted,
            NeverSent::NotConnected(_) | NeverSent::Identity(_) | NeverSent::NotARequest => {
                Outcome::NotConnected
            }
        },
        // it asked for a certificate of ours, which webhooks have none of
        WireFault::CertificateRefused(_) => Outcome::NotTrusted,
        WireFault::MaybeSent(why) => match why {
            crate::wire::MaybeSent::Timeout => Outcome::TimedOut,
            crate::wire::MaybeSent::ConnectionLost => Outcome::ConnectionLost,
            crate::wire::MaybeSent::Alert(_) => Outcome::NotTrusted,
        },
        WireFault::AnsweredBadly { .. } => Outcome::ConnectionLost,
    }
}

/// The first characters that can be printed; nothing when there are none.
fn printable(bytes: &[u8]) -> Option<String> {
    let text: String = String::from_utf8_lossy(bytes)
        .chars()
        .map(|c| if c.is_whitespace() { ' ' } else { c })
        .filter(|c| !c.is_control())
        .take(ANSWER_MOST)
        .collect();
    let text = text.trim();
    (!text.is_empty()).then(|| text.to_owned())
}

/// Where an event stands on its way to one endpoint.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// It is still to be sent, at this time.
    Waiting {
        /// When.
        due_at: Timestamp,
        /// How many of the schedule's tries have failed.
        step: i64,
    },
    /// The endpoint has it.
    Delivered,
    /// The schedule is over, and nobody sends it unless a member asks for it.
    Failed,
}

impl State {
    /// Its name in the database.
    pub const fn as_str(self) -> &'static str {
        match self {
            State::Waiting { .. } => "waiting",
            State::Delivered => "delivered",
            State::Failed => "failed",
        }
    }

    /// What follows after a try that was the schedule's `step`th, from 0. The pause is longer by up to a tenth, so that what failed
    /// together is not sent together again; it is never shorter, so that the schedule outlasts three days.
    pub fn after(outcome: Outcome, step: i64, lengthen_by: u8, now: Timestamp) -> Self {
        if outcome == Outcome::Delivered {
            return State::Delivered;
        }
        let step = step.saturating_add(1);
        let pause = usize::try_from(step)
            .ok()
            .and_then(|step| SCHEDULE.get(step));
        match pause {
            None => State::Failed,
            Some(pause) => {
                let longer = pause
                    .saturating_mul(u32::from(lengthen_by))
                    .checked_div(2_550)
                    .unwrap_or_default();
                State::Waiting {
                    due_at: now.plus(pause.saturating_add(longer)),
                    step,
                }
            }
        }
    }
}

/// One event on its way to one endpoint.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Delivery {
    /// The event: what the endpoint gets as `webhook-id`.
    pub event: EventId,
    /// What has happened.
    pub kind: Kind,
    /// To which payout, and as its how manyeth change.
    pub payout: Option<(PayoutId, i64)>,
    /// When.
    pub happened_at: Timestamp,
    /// The facts, as the courier takes them.
    pub facts: String,
    /// Where it stands.
    pub state: State,
    /// How many tries there were.
    pub tries: i64,
    /// When it was delivered.
    pub delivered_at: Option<Timestamp>,
}

/// One try.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Try {
    /// Its number, from 1.
    pub number: i64,
    /// When it began.
    pub at: Timestamp,
    /// How long it took.
    pub took: Duration,
    /// What came back.
    pub verdict: Verdict,
}

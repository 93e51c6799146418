//! When to try again, when to ask, and until when.
//!
//! The schedule of asking is that of `laws.md` §3, cut to `ZHANFU_RETRY_MAX` during the first day; the window for sending again is
//! that of `wechatpay-reference.md` §2.4 and §3.4 in its careful reading.

use std::time::Duration;

use super::rates::Ceilings;
use crate::basics::{Randomness, Timestamp, randomness};

/// The paces of one engine.
#[derive(Clone, Copy, Debug)]
pub struct Paces {
    /// The first pause before another try.
    pub retry_min: Duration,
    /// The longest pause before another try.
    pub retry_max: Duration,
    /// How long after a send "no such order" begins to count, and how far two such answers lie apart.
    pub confirm_after: Duration,
    /// How long a claim holds.
    pub lease: Duration,
    /// How long one remote call may take.
    pub call_timeout: Duration,
    /// How fast one merchant is called at the most.
    pub ceilings: Ceilings,
}

/// WeChat Pay asks for at least a second between two calls for one number (§2).
const AT_LEAST: Duration = Duration::from_secs(1);

/// Pauses before the first questions about a payout in doubt.
const FIRST_QUESTIONS: [Duration; 9] = [
    Duration::from_secs(2),
    Duration::from_secs(5),
    Duration::from_secs(15),
    Duration::from_secs(30),
    Duration::from_mins(1),
    Duration::from_mins(2),
    Duration::from_mins(5),
    Duration::from_mins(10),
    Duration::from_mins(30),
];

const DAY: Duration = Duration::from_hours(24);

/// WeChat Pay answers questions about the last 30 days (§3).
pub(super) const ANSWERED_FOR: Duration = Duration::from_hours(24 * 30);

/// What has to be left of a lease when a call's time is over: to write its outcome down, and for clocks that run unevenly.
const LEASE_MARGIN: Duration = Duration::from_secs(5);

impl Paces {
    /// How long after its claim a call may still begin. It then ends, answered or not, before the claim can be another engine's, so
    /// that asking and paying of one number never overlap.
    pub(super) fn begin_within(&self) -> Duration {
        self.lease
            .saturating_sub(self.call_timeout)
            .saturating_sub(LEASE_MARGIN)
    }

    /// The pause before the same step is tried again after `tries` tries in a row: exponential, between
    /// `retry_min` and `retry_max`, with jitter of a fifth.
    pub(super) fn retry_pause(&self, tries: i64, random: &dyn Randomness) -> Duration {
        let doublings = u32::try_from(tries.clamp(0, 20)).unwrap_or(20);
        let pause = self
            .retry_min
            .saturating_mul(1_u32 << doublings)
            .min(self.retry_max);
        jitter(pause, random).max(AT_LEAST)
    }

    /// The pause before the next question about a payout that was last sent `ago`, after `tries` questions.
    pub(super) fn question_pause(
        &self,
        tries: i64,
        ago: Duration,
        random: &dyn Randomness,
    ) -> Duration {
        let early = usize::try_from(tries)
            .ok()
            .and_then(|tries| FIRST_QUESTIONS.get(tries));
        let pause = match early {
            Some(pause) => (*pause).min(self.retry_max),
            None if ago < DAY => Duration::from_hours(1).min(self.retry_max),
            None if ago < 7 * DAY => Duration::from_hours(6),
            None => DAY,
        };
        jitter(pause, random).max(AT_LEAST)
    }
}

/// When a final payout is asked about once more: on the next day, spread over half of it, so that a day's payouts are not asked about
/// in one minute.
pub(super) fn recheck_at(finished: Timestamp, random: &dyn Randomness) -> Timestamp {
    const FROM: Duration = Duration::from_hours(1);
    const SPREAD_SECONDS: u64 = 12 * 3600;
    let [high, low] = randomness::bytes::<2>(random);
    let share = u64::from(u16::from_be_bytes([high, low]));
    let seconds = SPREAD_SECONDS
        .saturating_mul(share)
        .checked_div(65_536)
        .unwrap_or(0);
    finished
        .day()
        .end()
        .plus(FROM)
        .plus(Duration::from_secs(seconds))
}

/// Until when the same bytes may be sent again: the end of the Shanghai day after the day of the first send. Whether the first
/// day counts among WeChat's "2 natural days" is not known, so the earlier end is taken.
pub(super) fn window_end(first_sent: Timestamp) -> Timestamp {
    first_sent.day().next().end()
}

/// Between four fifths and six fifths of `pause`, so that what was put off together does not come back together.
fn jitter(pause: Duration, random: &dyn Randomness) -> Duration {
    let [byte] = randomness::bytes::<1>(random);
    let fifth = pause.checked_div(5).unwrap_or_default();
    let swing = fifth
        .saturating_mul(2)
        .saturating_mul(byte.into())
        .checked_div(255)
        .unwrap_or_default();
    pause.saturating_sub(fifth).saturating_add(swing)
}

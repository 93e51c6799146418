//! When a certificate's end is announced.
//!
//! Pure: the caller remembers which notice was sent last, and sends one when this answer is further on.

use std::time::Duration;

use crate::basics::Timestamp;

const DAY: Duration = Duration::from_hours(24);

/// The notice that applies, in the order in which they come: a later one is greater.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ExpiryNotice {
    /// 90 days or less are left: time to apply for a new one.
    Within90Days,
    /// 30 days or less are left.
    Within30Days,
    /// 7 days or less are left.
    Within7Days,
    /// One day or less is left.
    Within1Day,
    /// Its last instant has passed: WeChat Pay refuses it.
    Expired,
}

impl ExpiryNotice {
    /// A short name that never changes.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Within90Days => "within_90_days",
            Self::Within30Days => "within_30_days",
            Self::Within7Days => "within_7_days",
            Self::Within1Day => "within_1_day",
            Self::Expired => "expired",
        }
    }

    /// Its place among the notices, from 1: what the database keeps of the furthest one that was given.
    pub const fn step(self) -> i64 {
        match self {
            Self::Within90Days => 1,
            Self::Within30Days => 2,
            Self::Within7Days => 3,
            Self::Within1Day => 4,
            Self::Expired => 5,
        }
    }
}

/// The notice that applies at `now` to a certificate that is valid up to and including `not_after`.
pub fn notice(not_after: Timestamp, now: Timestamp) -> Option<ExpiryNotice> {
    if now > not_after {
        return Some(ExpiryNotice::Expired);
    }
    let left = not_after.since(now);
    [
        (1, ExpiryNotice::Within1Day),
        (7, ExpiryNotice::Within7Days),
        (30, ExpiryNotice::Within30Days),
        (90, ExpiryNotice::Within90Days),
    ]
    .into_iter()
    .find(|(days, _)| left <= DAY.saturating_mul(*days))
    .map(|(_, notice)| notice)
}

/// The whole days that are left; none on the last day and after it.
pub fn days_left(not_after: Timestamp, now: Timestamp) -> u64 {
    not_after.since(now).as_secs() / DAY.as_secs()
}

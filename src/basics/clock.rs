//! Time: instants in UTC with millisecond precision, and civil days in Shanghai.
//!
//! This file is the only one that reads the system's clock. Everything else is told the time.

use std::fmt;
use std::sync::LazyLock;
use std::sync::atomic::{AtomicI64, AtomicU64, Ordering};
use std::time::{Duration, Instant};

use diesel::sql_types::BigInt;
use diesel::{AsExpression, FromSqlRow};
use jiff::civil::{Date, Time};
use jiff::tz::Offset;

/// Asia/Shanghai. China has had no daylight saving since 1991, so a fixed offset is exact for every
/// day this program can meet, and no time zone file can be missing or wrong.
const SHANGHAI: Offset = Offset::constant(8);

/// Where the present comes from. Production has [`SystemClock`]; tests own theirs.
pub trait Clock: Send + Sync {
    /// The present instant. It may jump when somebody sets the clock.
    fn now(&self) -> Timestamp;

    /// Time that only runs, since some beginning: for leases and timeouts, which no jump may lengthen.
    fn monotonic(&self) -> Duration;
}

/// The machine's clock.
#[derive(Clone, Copy, Debug, Default)]
pub struct SystemClock;

impl Clock for SystemClock {
    #[expect(
        clippy::disallowed_methods,
        reason = "the one place that reads the machine's clock"
    )]
    fn now(&self) -> Timestamp {
        Timestamp(jiff::Timestamp::now().as_millisecond())
    }

    #[expect(
        clippy::disallowed_methods,
        reason = "the one place that reads the machine's clock"
    )]
    fn monotonic(&self) -> Duration {
        static BEGINNING: LazyLock<Instant> = LazyLock::new(Instant::now);
        BEGINNING.elapsed()
    }
}

/// A clock that stands still until its owner moves it.
#[derive(Debug)]
pub struct ManualClock {
    wall_millis: AtomicI64,
    monotonic_millis: AtomicU64,
}

impl ManualClock {
    /// A clock that stands at `start`.
    pub fn at(start: Timestamp) -> Self {
        Self {
            wall_millis: AtomicI64::new(start.0),
            monotonic_millis: AtomicU64::new(0),
        }
    }

    /// Lets time pass.
    pub fn advance(&self, by: Duration) {
        let millis = u64::try_from(by.as_millis()).unwrap_or(u64::MAX);
        self.monotonic_millis.fetch_add(millis, Ordering::SeqCst);
        self.set(self.now().plus(by));
    }

    /// Sets the clock to `instant`, backwards too, without any time passing.
    pub fn set(&self, instant: Timestamp) {
        self.wall_millis.store(instant.0, Ordering::SeqCst);
    }
}

impl Clock for ManualClock {
    fn now(&self) -> Timestamp {
        Timestamp(self.wall_millis.load(Ordering::SeqCst))
    }

    fn monotonic(&self) -> Duration {
        Duration::from_millis(self.monotonic_millis.load(Ordering::SeqCst))
    }
}

/// An instant: milliseconds since 1970-01-01T00:00:00Z.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, AsExpression, FromSqlRow)]
#[diesel(sql_type = BigInt)]
pub struct Timestamp(i64);

/// A text that is not an RFC 3339 instant with an offset.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("an instant is written like 2026-11-23T08:00:00+08:00")]
pub struct NotATimestamp;

impl Timestamp {
    /// From milliseconds since the epoch.
    pub const fn from_millis(millis: i64) -> Self {
        Self(millis)
    }

    /// From whole seconds since the epoch.
    pub const fn from_seconds(seconds: i64) -> Self {
        Self(seconds.saturating_mul(1000))
    }

    /// Milliseconds since the epoch.
    pub const fn as_millis(self) -> i64 {
        self.0
    }

    /// Later by `duration`; the end of time at the most.
    pub fn plus(self, duration: Duration) -> Self {
        Self(
            self.0
                .saturating_add(i64::try_from(duration.as_millis()).unwrap_or(i64::MAX)),
        )
    }

    /// Earlier by `duration`.
    pub fn minus(self, duration: Duration) -> Self {
        Self(
            self.0
                .saturating_sub(i64::try_from(duration.as_millis()).unwrap_or(i64::MAX)),
        )
    }

    /// How long after `earlier` this is; nothing when it is not after.
    pub fn since(self, earlier: Timestamp) -> Duration {
        Duration::from_millis(u64::try_from(self.0.saturating_sub(earlier.0)).unwrap_or(0))
    }

    /// The civil day in Shanghai.
    pub fn day(self) -> Day {
        Day(SHANGHAI.to_datetime(self.jiff()).date())
    }

    /// RFC 3339 in UTC with milliseconds: `2026-11-23T00:00:00.000Z`.
    pub fn to_rfc3339(self) -> String {
        let utc = Offset::UTC.to_datetime(self.jiff());
        format!(
            "{:04}-{:02}-{:02}T{:02}:{:02}:{:02}.{:03}Z",
            utc.year(),
            utc.month(),
            utc.day(),
            utc.hour(),
            utc.minute(),
            utc.second(),
            utc.millisecond()
        )
    }

    /// Shanghai wall time as pages show it: `2026-11-23 08:00:00`.
    pub fn shanghai(self) -> String {
        let there = SHANGHAI.to_datetime(self.jiff());
        format!(
            "{} {:02}:{:02}:{:02}",
            Day(there.date()),
            there.hour(),
            there.minute(),
            there.second()
        )
    }

    /// Shanghai wall time as a browser's field for it wants it: `2026-11-23T08:00`.
    pub fn shanghai_minutes(self) -> String {
        let there = SHANGHAI.to_datetime(self.jiff());
        format!(
            "{}T{:02}:{:02}",
            Day(there.date()),
            there.hour(),
            there.minute()
        )
    }

    /// Reads RFC 3339 with any offset.
    pub fn parse_rfc3339(text: &str) -> Result<Self, NotATimestamp> {
        let parsed: jiff::Timestamp = text.parse().map_err(|_| NotATimestamp)?;
        Ok(Self(parsed.as_millisecond()))
    }

    /// Instants beyond what a calendar can hold are clamped to it: they come from a damaged clock, and
    /// a page that shows year 9999 is better than no page.
    fn jiff(self) -> jiff::Timestamp {
        jiff::Timestamp::from_millisecond(self.0).unwrap_or(if self.0 < 0 {
            jiff::Timestamp::MIN
        } else {
            jiff::Timestamp::MAX
        })
    }
}

impl AsRef<i64> for Timestamp {
    fn as_ref(&self) -> &i64 {
        &self.0
    }
}

impl serde::Serialize for Timestamp {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.to_rfc3339())
    }
}

/// A civil day in Shanghai; limits count by it. Kept in the database as the number `yyyymmdd`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, FromSqlRow)]
pub struct Day(Date);

impl Day {
    /// The day of a number `yyyymmdd`, when there is one.
    pub fn from_number(number: i32) -> Option<Self> {
        let year = i16::try_from(number.checked_div(10_000)?).ok()?;
        let month = i8::try_from(number.checked_div(100)?.checked_rem(100)?).ok()?;
        let day = i8::try_from(number.checked_rem(100)?).ok()?;
        Date::new(year, month, day).ok().map(Self)
    }

    /// Reads a day as forms send it: `2026-11-23`.
    pub fn parse(text: &str) -> Option<Self> {
        let digits = |part: &str, length: usize| {
            (part.len() == length && part.bytes().all(|b| b.is_ascii_digit()))
                .then(|| part.parse::<i32>().ok())
                .flatten()
        };
        let mut parts = text.split('-');
        let (year, month, day) = (parts.next()?, parts.next()?, parts.next()?);
        if parts.next().is_some() {
            return None;
        }
        let number = digits(year, 4)?
            .checked_mul(10_000)?
            .checked_add(digits(month, 2)?.checked_mul(100)?)?
            .checked_add(digits(day, 2)?)?;
        Self::from_number(number)
    }

    /// The number `yyyymmdd`.
    pub fn number(self) -> i32 {
        i32::from(self.0.year())
            .saturating_mul(10_000)
            .saturating_add(i32::from(self.0.month()).saturating_mul(100))
            .saturating_add(i32::from(self.0.day()))
    }

    /// The day after.
    pub fn next(self) -> Self {
        Self(self.0.tomorrow().unwrap_or(Date::MAX))
    }

    /// The day before.
    pub fn previous(self) -> Self {
        Self(self.0.yesterday().unwrap_or(Date::MIN))
    }

    /// The day that is so many days before.
    pub fn days_before(self, days: i32) -> Self {
        let span = jiff::Span::new().try_days(days);
        let earlier = span.and_then(|span| self.0.checked_sub(span));
        Self(earlier.unwrap_or(Date::MIN))
    }

    /// The first day of its month.
    pub fn first_of_month(self) -> Self {
        Self(self.0.first_of_month())
    }

    /// The first day of the month before.
    pub fn first_of_previous_month(self) -> Self {
        self.first_of_month().previous().first_of_month()
    }

    /// Its first instant.
    pub fn start(self) -> Timestamp {
        SHANGHAI
            .to_timestamp(self.0.to_datetime(Time::midnight()))
            .map_or(Timestamp(i64::MAX), |instant| {
                Timestamp(instant.as_millisecond())
            })
    }

    /// Its end, which is the first instant of the next day.
    pub fn end(self) -> Timestamp {
        self.next().start()
    }
}

impl fmt::Display for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{:04}-{:02}-{:02}",
            self.0.year(),
            self.0.month(),
            self.0.day()
        )
    }
}

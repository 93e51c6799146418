//! Beijing time as WeChat Pay prints it: UTC+8 all year, no zone marker (reference §1.1).

const OFFSET_MS: i64 = 8 * 3_600_000;

/// Milliseconds of one day.
pub(super) const DAY_MS: i64 = 86_400_000;

/// The natural day in Beijing (days since 1970-01-01) to which an instant belongs.
pub(super) fn day(at_ms: i64) -> i64 {
    at_ms.saturating_add(OFFSET_MS).div_euclid(DAY_MS)
}

/// `yyyy-MM-dd HH:mm:ss`.
pub(super) fn format(at_ms: i64) -> String {
    let (year, month, dom) = civil(day(at_ms));
    let second = at_ms.saturating_add(OFFSET_MS).rem_euclid(DAY_MS) / 1000;
    let (hour, minute, second) = (second / 3600, second / 60 % 60, second % 60);
    format!("{year:04}-{month:02}-{dom:02} {hour:02}:{minute:02}:{second:02}")
}

/// `yyyyMMdd`, as payment numbers carry it.
pub(super) fn compact_day(at_ms: i64) -> String {
    let (year, month, dom) = civil(day(at_ms));
    format!("{year:04}{month:02}{dom:02}")
}

/// Year, month and day of the month: the usual arithmetic over 400-year eras that start in March.
fn civil(days: i64) -> (i64, i64, i64) {
    let shifted = days + 719_468;
    let era = shifted.div_euclid(146_097);
    let of_era = shifted.rem_euclid(146_097);
    let year_of_era = (of_era - of_era / 1460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let march_month = (5 * of_year + 2) / 153;
    let dom = of_year - (153 * march_month + 2) / 5 + 1;
    let month = if march_month < 10 {
        march_month + 3
    } else {
        march_month - 9
    };
    let year = year_of_era + era * 400 + i64::from(month <= 2);
    (year, month, dom)
}

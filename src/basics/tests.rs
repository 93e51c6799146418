//! The rules of the words.

use proptest::prelude::*;

use super::clock::ManualClock;
use super::randomness::OsRandomness;
use super::*;

struct Counting;
impl Randomness for Counting {
    fn fill(&self, bytes: &mut [u8]) {
        bytes.fill(7);
    }
}

proptest! {
    #[test]
    fn an_amount_printed_in_yuan_reads_back_as_itself(fen in 0_i64..=9_000_000_000_000_000) {
        let amount = Fen::new(fen);
        prop_assert_eq!(Fen::parse_yuan(&amount.plain_yuan()), Ok(amount));
        prop_assert_eq!(amount.yuan().replace(',', ""), amount.plain_yuan());
    }

    #[test]
    fn a_day_contains_its_own_instants(millis in 0_i64..4_000_000_000_000) {
        let instant = Timestamp::from_millis(millis);
        let day = instant.day();
        prop_assert!(day.start() <= instant && instant < day.end());
        prop_assert_eq!(Day::from_number(day.number()), Some(day));
        prop_assert_eq!(day.next().previous(), day);
        prop_assert_eq!(Timestamp::parse_rfc3339(&instant.to_rfc3339()), Ok(instant));
    }
}

#[test]
fn what_is_not_an_amount_in_yuan_is_refused_and_never_rounded() {
    for text in [
        "",
        ".",
        "1.",
        ".5",
        "1.001",
        "-1",
        "+1",
        "1e3",
        "0x10",
        "1_000",
        "1,000.00",
        "１００",
        " 1",
        "1 ",
        "￥1",
        "٣",
        "92233720368547758.08",
        "99999999999999999999",
    ] {
        assert!(
            Fen::parse_yuan(text).is_err(),
            "{text:?} was taken for an amount"
        );
    }
}

#[test]
fn amounts_are_grouped_by_thousands() {
    assert_eq!(Fen::new(123_450).yuan(), "1,234.50");
    assert_eq!(Fen::new(-5).yuan(), "-0.05");
    assert_eq!(Fen::new(100_000_000).yuan(), "1,000,000.00");
    assert_eq!(Fen::new(99_900).yuan(), "999.00");
    assert_eq!(Fen::new(-12_345_678).yuan(), "-123,456.78");
}

#[test]
fn money_that_does_not_fit_is_an_error() {
    assert_eq!(
        Fen::new(i64::MAX).plus(Fen::new(1)),
        Err(money::FenOverflow)
    );
    assert_eq!(
        Fen::new(i64::MIN).minus(Fen::new(1)),
        Err(money::FenOverflow)
    );
}

#[test]
fn the_day_turns_at_midnight_in_shanghai() {
    let before = Timestamp::parse_rfc3339("2026-11-23T23:59:59.999+08:00").unwrap();
    let after = Timestamp::parse_rfc3339("2026-11-24T00:00:00+08:00").unwrap();
    assert_eq!(before.day().number(), 20_261_123);
    assert_eq!(after.day().number(), 20_261_124);
    assert_eq!(before.day().end(), after);
    assert_eq!(after.shanghai(), "2026-11-24 00:00:00");
    assert_eq!(after.to_rfc3339(), "2026-11-23T16:00:00.000Z");
}

#[test]
fn a_manual_clock_moves_only_by_its_owner() {
    let clock = ManualClock::at(Timestamp::from_seconds(100));
    assert_eq!(clock.now(), Timestamp::from_seconds(100));
    clock.advance(std::time::Duration::from_secs(5));
    assert_eq!(clock.now(), Timestamp::from_seconds(105));
}

#[test]
fn ids_sort_by_time_and_are_read_only_in_the_form_we_print() {
    let early: PayoutId = ids::fresh(Timestamp::from_seconds(1), &Counting);
    let late: PayoutId = ids::fresh(Timestamp::from_seconds(2), &Counting);
    assert!(early < late);
    assert_eq!(early.to_string().parse(), Ok(early));
    assert!(
        early
            .to_string()
            .to_uppercase()
            .parse::<PayoutId>()
            .is_err()
    );
    assert!(
        early
            .as_uuid()
            .simple()
            .to_string()
            .parse::<PayoutId>()
            .is_err()
    );
}

#[test]
fn names_have_the_forms_of_the_reference() {
    assert!(AppId::parse("wxd930ea5d5a258f4f").is_ok());
    assert!(AppId::parse("wxd930ea5d5a258f4").is_err());
    assert!(AppId::parse("wyd930ea5d5a258f4f").is_err());
    assert!(MerchantNumber::parse("10000098").is_ok());
    assert!(MerchantNumber::parse("12345678901").is_err());
    assert_eq!(
        ApiKey::parse("short").err(),
        Some(NameFault::ApiKey { length: 5 })
    );
    assert!(ApiKey::parse("192006250b4c09247ec02edce69f6a2d").is_ok());
    assert!(OpenId::parse("ohO4Gt7wVPxIT1A9GjFaMYMiZY1s").is_ok());
    assert!(OpenId::parse("o'quote").is_err());
    assert!(RecipientId::parse("user:42.a-b_c").is_ok());
    assert!(RecipientId::parse(&"x".repeat(65)).is_err());
    assert!(Description::parse("节日快乐!").is_ok());
    assert!(Description::parse(&"提".repeat(34)).is_err());
    assert!(Description::parse("hi 🎉").is_err());
    assert!(Description::parse("a\u{0}b").is_err());
    assert!(EmailAddress::parse("lin@example.com").is_ok());
    assert!(EmailAddress::parse("lin@localhost").is_err());
    assert!(TenantSlug::parse("tea-house").is_ok());
    assert!(TenantSlug::parse("-tea").is_err());
}

#[test]
fn secrets_do_not_show_themselves() {
    let key = ApiKey::parse("192006250b4c09247ec02edce69f6a2d").unwrap();
    let wrapped = Secret::new(vec![1_u8, 2, 3]);
    assert_eq!(format!("{key:?} {wrapped:?}"), "[REDACTED] [REDACTED]");
}

#[test]
fn masks_leave_enough_to_recognise_and_not_enough_to_use() {
    assert_eq!(mask::openid("ohO4Gt7wVPxIT1A9GjFaMYMiZY1s"), "ohO4…ZY1s");
    assert_eq!(mask::openid("oabc12"), "oabc…");
    assert_eq!(mask::tail("192006250b4c09247ec02edce69f6a2d"), "••••6a2d");
    assert_eq!(mask::tail("short"), "••••");
}

#[test]
fn a_page_says_where_the_next_one_starts() {
    let size = page::PageSize::new(2).unwrap();
    let page = page::Page::from_one_more(vec![5, 4, 3], size, |row| *row);
    assert_eq!((page.rows, page.next), (vec![5, 4], Some(4)));
    let last = page::Page::from_one_more(vec![2, 1], size, |row| *row);
    assert_eq!((last.rows, last.next), (vec![2, 1], None));
    assert!(page::PageSize::new(0).is_none() && page::PageSize::new(101).is_none());
}

#[test]
fn later_ids_of_one_millisecond_are_greater() {
    let sequence = super::ids::Sequence::default();
    let noon = Timestamp::from_seconds(1_795_406_400);
    let mut last: PayoutId = sequence.fresh(noon, &OsRandomness);
    assert!(super::ids::first_of::<PayoutId>(noon) < last);
    for _ in 0..10_000 {
        let next: PayoutId = sequence.fresh(noon, &OsRandomness);
        assert!(next > last);
        assert_eq!(next.as_uuid().get_version_num(), 7);
        assert_eq!(next.as_uuid().get_variant(), uuid::Variant::RFC4122);
        last = next;
    }
    let after: PayoutId = super::ids::first_of(Timestamp::from_millis(noon.as_millis() + 1));
    assert!(last < after);
    // a clock that was set back makes ids of its own time
    let earlier: PayoutId =
        sequence.fresh(Timestamp::from_millis(noon.as_millis() - 1), &OsRandomness);
    assert!(earlier < super::ids::first_of(noon));
}

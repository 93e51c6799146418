//! A merchant's limits (reference §2.3, §2.7).

use super::super::{Endpoint, LimitNames, Limits};
use super::counter::{Counter, DAY_MS, Form, MCHID, PAYEE, SECOND_MS, code, fields, is_paid};

fn limits() -> Limits {
    Limits {
        transfer_min_fen: 30,
        transfer_max_fen: 500,
        payee_day_fen: 1000,
        payee_day_count: 3,
        merchant_day_fen: 1500,
        ..Limits::default()
    }
}

#[test]
fn one_payout_has_a_least_and_a_greatest_amount() {
    let counter = Counter::with_limits(limits());
    assert_eq!(code(&counter.pay_plainly("N1", 29)), "AMOUNT_LIMIT");
    assert!(is_paid(&counter.pay_plainly("N1", 30)));
    assert_eq!(code(&counter.pay_plainly("N2", 501)), "AMOUNT_LIMIT");
    assert!(is_paid(&counter.pay_plainly("N2", 500)));
}

#[test]
fn a_payee_has_an_amount_and_a_count_of_the_day() {
    let counter = Counter::with_limits(limits());
    assert!(is_paid(&counter.pay_plainly("N1", 500)));
    assert!(is_paid(&counter.pay_plainly("N2", 450)));
    assert_eq!(code(&counter.pay_plainly("N3", 51)), "MONEY_LIMIT");
    assert!(is_paid(&counter.pay_plainly("N3", 50)));
    assert_eq!(code(&counter.pay_plainly("N4", 30)), "SENDNUM_LIMIT");
    // 10:20:30 plus 13:39:30 is midnight in Beijing.
    counter.wait((13 * 3600 + 39 * 60 + 30) * SECOND_MS - 1);
    assert_eq!(code(&counter.pay_plainly("N4", 30)), "SENDNUM_LIMIT");
    counter.wait(1);
    assert!(is_paid(&counter.pay_plainly("N4", 30)));
}

#[test]
fn a_merchant_has_an_amount_of_the_day() {
    let counter = Counter::with_limits(limits());
    for (number, payee) in [("N1", "oA"), ("N2", "oB"), ("N3", "oC")] {
        assert!(is_paid(&counter.pay(&Form::transfer(number, payee, 490))));
    }
    assert_eq!(
        code(&counter.pay(&Form::transfer("N4", "oD", 31))),
        "MONEY_LIMIT"
    );
    assert!(is_paid(&counter.pay(&Form::transfer("N4", "oD", 30))));
    counter.wait(DAY_MS);
    assert!(is_paid(&counter.pay(&Form::transfer("N5", "oD", 31))));
}

#[test]
fn the_newer_names_tell_payee_and_merchant_apart() {
    let counter = Counter::with_limits(Limits {
        names: LimitNames::Newer,
        ..limits()
    });
    counter.pay_plainly("N1", 500);
    counter.pay_plainly("N2", 500);
    assert_eq!(code(&counter.pay_plainly("N3", 30)), "RECEIVED_MONEY_LIMIT");
    counter.pay(&Form::transfer("N4", "oB", 500));
    assert_eq!(
        code(&counter.pay(&Form::transfer("N5", "oB", 30))),
        "SEND_MONEY_LIMIT"
    );
}

#[test]
fn the_balance_is_the_last_limit() {
    let counter = Counter::with_limits(limits());
    counter
        .gateway
        .change_merchant(MCHID, |m| m.balance_fen = 100)
        .unwrap();
    assert_eq!(code(&counter.pay_plainly("N1", 101)), "NOTENOUGH");
    assert!(is_paid(&counter.pay_plainly("N1", 100)));
    assert_eq!(code(&counter.pay_plainly("N2", 30)), "NOTENOUGH");
    counter
        .gateway
        .change_merchant(MCHID, |m| m.balance_fen += 30)
        .unwrap();
    assert!(is_paid(&counter.pay_plainly("N2", 30)));
}

#[test]
fn a_failed_order_gives_its_room_back() {
    let counter = Counter::with_limits(limits());
    for number in ["N1", "N2", "N3"] {
        counter.pay(&Form::transfer(number, "oSIM-FAILING_1000-1", 30));
    }
    let fourth = Form::transfer("N4", "oSIM-FAILING_1000-1", 30);
    assert_eq!(code(&counter.pay(&fourth)), "SENDNUM_LIMIT");
    counter.wait(SECOND_MS);
    assert_eq!(code(&counter.pay(&fourth)), "SYSTEMERROR");
}

#[test]
fn the_published_rates_can_be_enforced() {
    let counter = Counter::with_limits(Limits::none().with_published_rates());
    for n in 0..100 {
        assert!(is_paid(&counter.pay_plainly(&format!("N{n}"), 1)));
    }
    assert_eq!(code(&counter.pay_plainly("N100", 1)), "FREQ_LIMIT");
    for n in 0..30 {
        assert!(is_paid(&counter.ask(&format!("N{n}"))));
    }
    assert_eq!(code(&counter.ask("N31")), "FREQ_LIMIT");
    counter.wait(SECOND_MS);
    assert!(is_paid(&counter.pay_plainly("N100", 1)));
    // The same number, less than a second later.
    counter.wait(SECOND_MS - 1);
    assert_eq!(code(&counter.pay_plainly("N100", 1)), "FREQ_LIMIT");
}

#[test]
fn without_limits_only_the_balance_counts() {
    let counter = Counter::with_limits(Limits::none());
    let body = Form::transfer("N1", PAYEE, 100_000_000).signed();
    assert!(is_paid(&fields(&counter.post(Endpoint::Transfers, &body))));
    assert_eq!(code(&counter.pay_plainly("N2", 1)), "NOTENOUGH");
}

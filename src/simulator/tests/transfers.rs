//! What a transfer answers, and that a number pays once (reference §2.2, §2.4).

use std::collections::BTreeSet;

use super::super::faults::{Action, Outcome, Rule};
use super::super::{Endpoint, Payee, Verification};
use super::counter::{APP_ID, Counter, DAY_MS, Form, MCHID, PAYEE, SECOND_MS, code, is_paid, text};

#[test]
fn a_paid_transfer_has_the_documented_elements_and_no_sign() {
    let counter = Counter::open();
    let paid = counter.pay_plainly("N1", 100);
    assert!(is_paid(&paid));
    assert_eq!(paid["mch_appid"], APP_ID);
    assert_eq!(paid["mchid"], MCHID);
    assert_eq!(paid["partner_trade_no"], "N1");
    assert_eq!(paid["payment_time"], "2025-01-15 10:20:30");
    assert_eq!(paid["payment_no"], "1010020250115000000000000001");
    assert_eq!(paid["nonce_str"].len(), 32);
    assert!(!paid.contains_key("sign"));
    assert_eq!(counter.paid_fen(), 100);
}

#[test]
fn the_same_request_again_gives_the_first_success_and_pays_nothing() {
    let counter = Counter::open();
    let first = counter.pay_plainly("N1", 100);
    counter.wait(3 * DAY_MS);
    let second = counter.pay_plainly("N1", 100);
    assert_eq!(first["payment_no"], second["payment_no"]);
    assert_eq!(first["payment_time"], second["payment_time"]);
    assert_eq!((counter.movements("N1"), counter.paid_fen()), (1, 100));
}

#[test]
fn any_other_parameter_under_a_paid_number_is_fatal() {
    let counter = Counter::open();
    let first = Form::transfer("N1", PAYEE, 100);
    assert!(is_paid(&counter.pay(&first)));
    let others = [
        first.clone().with("amount", "101"),
        first.clone().with("nonce_str", "another"),
        first.clone().with("desc", "别的"),
        first.clone().with("openid", "oAnother"),
        first.clone().with("spbill_create_ip", "10.2.3.11"),
        first.clone().with("device_info", "1"),
    ];
    for other in others {
        assert_eq!(code(&counter.pay(&other)), "FATAL_ERROR");
    }
    assert!(is_paid(&counter.pay(&first)));
    assert_eq!(counter.movements("N1"), 1);
}

#[test]
fn a_refused_number_is_weighed_anew_and_may_even_change() {
    let counter = Counter::open();
    counter
        .gateway
        .change_merchant(MCHID, |merchant| merchant.balance_fen = 50)
        .unwrap();
    assert_eq!(code(&counter.pay_plainly("N1", 100)), "NOTENOUGH");
    assert_eq!(code(&counter.ask("N1")), "NOT_FOUND");
    assert!(is_paid(&counter.pay_plainly("N1", 40)));
}

#[test]
fn a_number_is_protected_for_a_year_and_then_pays_again() {
    let counter = Counter::open();
    counter.pay_plainly("N1", 100);
    counter.wait(365 * DAY_MS);
    counter.pay_plainly("N1", 100);
    assert_eq!(counter.movements("N1"), 1);
    counter.wait(DAY_MS);
    counter.pay_plainly("N1", 100);
    assert_eq!(counter.movements("N1"), 2);
}

#[test]
fn an_accepted_order_is_paid_when_its_time_has_come() {
    let counter = Counter::open();
    let number = Form::transfer("N1", "oSIM-PROCESSING_60000-1", 100);
    assert_eq!(code(&counter.pay(&number)), "SYSTEMERROR");
    assert_eq!(counter.ask("N1")["status"], "PROCESSING");
    assert_eq!(code(&counter.pay(&number)), "SYSTEMERROR");
    assert_eq!(counter.paid_fen(), 0);
    counter.wait(60 * SECOND_MS);
    let found = counter.ask("N1");
    assert_eq!(found["status"], "SUCCESS");
    assert_eq!(found["transfer_time"], "2025-01-15 10:20:30");
    assert_eq!(found["payment_time"], "2025-01-15 10:21:30");
    // The openid's fault no longer changes anything: the order is known.
    assert!(is_paid(&counter.pay(&number)));
    assert_eq!(counter.movements("N1"), 1);
}

#[test]
fn an_accepted_order_that_fails_gives_the_money_back() {
    let counter = Counter::open();
    let before = counter.gateway.merchant(MCHID).unwrap().balance_fen;
    let number = Form::transfer("N1", "oSIM-FAILING_60000-1", 100);
    counter.pay(&number);
    assert_eq!(
        counter.gateway.merchant(MCHID).unwrap().balance_fen,
        before - 100
    );
    counter.wait(60 * SECOND_MS);
    let found = counter.ask("N1");
    assert_eq!(found["status"], "FAILED");
    assert!(!found["reason"].is_empty());
    assert_eq!(code(&counter.pay(&number)), "SEND_FAILED");
    assert_eq!(counter.gateway.merchant(MCHID).unwrap().balance_fen, before);
    assert_eq!(counter.movements("N1"), 0);
}

#[test]
fn a_registered_payee_is_checked() {
    let counter = Counter::open();
    let payee = Payee {
        app_id: Some(APP_ID.to_owned()),
        real_name: Some("张三".to_owned()),
        verification: Verification::Verified,
    };
    let set = |payee: &Payee| {
        counter
            .gateway
            .set_payee(MCHID, PAYEE, payee.clone())
            .unwrap();
    };
    set(&payee);
    let checked = |name| {
        Form::transfer("N1", PAYEE, 100)
            .with("check_name", "FORCE_CHECK")
            .with("re_user_name", name)
    };
    assert_eq!(code(&counter.pay(&checked("李四"))), "NAME_MISMATCH");
    set(&Payee {
        verification: Verification::Unverified,
        ..payee.clone()
    });
    assert_eq!(
        code(&counter.pay(&checked("张三"))),
        "V2_ACCOUNT_SIMPLE_BAN"
    );
    set(&Payee {
        app_id: Some("wx0000000000000000".to_owned()),
        ..payee.clone()
    });
    assert_eq!(code(&counter.pay(&checked("张三"))), "OPENID_ERROR");
    set(&payee);
    assert!(is_paid(&counter.pay(&checked("张三"))));
}

#[test]
fn answers_vary_with_the_seed_and_never_in_meaning() {
    let mut bodies = BTreeSet::new();
    let mut extra = 0;
    for seed in 0..64 {
        let counter = Counter::seeded(seed);
        let body = Form::transfer("N1", PAYEE, 100).signed();
        let answer = counter.post(Endpoint::Transfers, &body);
        assert!(answer.booked);
        let fields = super::counter::fields(&answer);
        assert!(is_paid(&fields));
        assert_eq!(fields["partner_trade_no"], "N1");
        extra += usize::from(fields.contains_key("ext_hint_v9"));
        let again = Counter::seeded(seed).post(Endpoint::Transfers, &body);
        assert_eq!(
            text(&answer),
            text(&again),
            "the same seed gives the same answer"
        );
        bodies.insert(text(&answer));
    }
    assert_eq!(bodies.len(), 64);
    assert!((1..32).contains(&extra), "{extra}");
}

#[test]
fn a_pending_order_does_not_lapse_and_holds_its_money() {
    let counter = Counter::open();
    let week = Action::Accept {
        ms: 7 * 86_400_000,
        then: Outcome::Success,
    };
    counter
        .gateway
        .set_fault(Rule::always(week).on(Endpoint::Transfers).times(1))
        .unwrap();
    counter.pay_plainly("N1", 100);
    counter.wait(6 * DAY_MS);
    let totals = counter.gateway.totals(counter.now_ms());
    assert_eq!((totals[0].pending_fen, totals[0].paid_fen), (100, 0));
    counter.wait(DAY_MS);
    let totals = counter.gateway.totals(counter.now_ms());
    assert_eq!((totals[0].pending_fen, totals[0].paid_fen), (0, 100));
}

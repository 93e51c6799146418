//! Faults by rule and by openid: when they strike, and what is booked behind them.

use super::super::codes::DOCUMENTED;
use super::super::faults::{Action, Booking, Rule, RuleFault};
use super::super::{Delivery, Endpoint};
use super::counter::{Counter, Form, MCHID, PAYEE, SECOND_MS, code, is_paid};

fn code_action(code: &str) -> Action {
    Action::Code {
        code: code.to_owned(),
        shape: None,
    }
}

#[test]
fn every_documented_code_can_be_had_by_openid_and_by_rule_for_both_calls() {
    for documented in DOCUMENTED {
        let name = documented.name;
        let counter = Counter::open();
        let refused = counter.pay(&Form::transfer("N1", &format!("oSIM-{name}-1"), 100));
        assert_eq!(code(&refused), name);
        assert_eq!(refused["err_code_des"], documented.text);
        assert_eq!(counter.movements("N1"), 0);

        counter.pay(&Form::transfer("N2", &format!("oSIM-QUERY_{name}-1"), 100));
        assert_eq!(code(&counter.ask("N2")), name);
        assert_eq!(counter.movements("N2"), 1);

        counter
            .gateway
            .set_fault(Rule::always(code_action(name)).on(Endpoint::Transfers))
            .unwrap();
        assert_eq!(code(&counter.pay_plainly("N3", 100)), name);
        counter.gateway.clear_faults();
        counter
            .gateway
            .set_fault(Rule::always(code_action(name)).on(Endpoint::GetTransferInfo))
            .unwrap();
        assert_eq!(code(&counter.ask("N3")), name);
        assert!(is_paid(&counter.pay_plainly("N3", 100)));
    }
}

#[test]
fn a_code_can_hide_a_payment() {
    let counter = Counter::open();
    let number = Form::transfer("N1", "oSIM-ONCE_PAID_SYSTEMERROR-1", 100);
    assert_eq!(code(&counter.pay(&number)), "SYSTEMERROR");
    assert_eq!(counter.movements("N1"), 1);
    assert_eq!(counter.ask("N1")["status"], "SUCCESS");
    assert!(is_paid(&counter.pay(&number)));
    assert_eq!(counter.movements("N1"), 1);
}

#[test]
fn a_fault_may_strike_only_the_first_request_of_a_number() {
    let counter = Counter::open();
    let number = Form::transfer("N1", "oSIM-ONCE_NOTENOUGH-1", 100);
    assert_eq!(code(&counter.pay(&number)), "NOTENOUGH");
    assert!(is_paid(&counter.pay(&number)));
    let other = Form::transfer("N2", "oSIM-ONCE_NOTENOUGH-1", 100);
    assert_eq!(code(&counter.pay(&other)), "NOTENOUGH");
    let query = Form::transfer("N3", "oSIM-ONCE_QUERY_NOT_FOUND-1", 100);
    assert!(is_paid(&counter.pay(&query)));
    assert_eq!(code(&counter.ask("N3")), "NOT_FOUND");
    assert!(is_paid(&counter.ask("N3")));
}

#[test]
fn a_querys_fault_is_that_of_the_accepted_order() {
    let counter = Counter::open();
    let first = Form::transfer("N1", "oSIM-QUERY_FREQ_LIMIT-1", 100);
    assert!(is_paid(&counter.pay(&first)));
    assert_eq!(
        code(&counter.pay(&first.with("openid", PAYEE))),
        "FATAL_ERROR"
    );
    assert_eq!(code(&counter.ask("N1")), "FREQ_LIMIT");
}

#[test]
fn a_request_that_is_wrong_in_itself_keeps_its_own_refusal() {
    let counter = Counter::open();
    let wrong = Form::transfer("N1", "oSIM-NOTENOUGH-1", 100).with("sign_type", "MD5");
    assert_eq!(code(&counter.pay(&wrong)), "SIGN_ERROR");
    let first = Form::transfer("N2", "oSIM-PAID_SYSTEMERROR-1", 100);
    counter.pay(&first);
    assert_eq!(
        code(&counter.pay(&first.with("desc", "别的"))),
        "FATAL_ERROR"
    );
}

#[test]
fn an_openid_that_names_no_fault_is_refused() {
    let counter = Counter::open();
    for openid in [
        "oSIM-NOSUCH-1",
        "oSIM-",
        "oSIM-CUT-1",
        "oSIM-HTTP_200-1",
        "oSIM-DELAY_1x-1",
    ] {
        assert_eq!(
            code(&counter.pay(&Form::transfer("N1", openid, 100))),
            "OPENID_ERROR",
            "{openid}"
        );
    }
}

#[test]
fn a_rule_matches_skips_and_stops() {
    let counter = Counter::open();
    let rule = Rule::always(code_action("FREQ_LIMIT"))
        .on(Endpoint::Transfers)
        .after(1)
        .times(2);
    let id = counter.gateway.set_fault(rule).unwrap();
    let codes: Vec<String> = (0..5)
        .map(|n| code(&counter.pay_plainly(&format!("N{n}"), 100)).to_owned())
        .collect();
    assert_eq!(codes, ["", "FREQ_LIMIT", "FREQ_LIMIT", "", ""]);
    let state = &counter.gateway.faults()[0];
    assert_eq!((state.id, state.matched, state.fired), (id, 5, 2));
    assert!(counter.gateway.remove_fault(id));
    assert!(!counter.gateway.remove_fault(id));

    for rule in [
        Rule::always(code_action("SEND_FAILED")).to("oA"),
        Rule::always(code_action("SEND_FAILED")).number("N7"),
        Rule::always(code_action("SEND_FAILED")).of_merchant("1900009999"),
    ] {
        counter.gateway.set_fault(rule).unwrap();
    }
    assert_eq!(
        code(&counter.pay(&Form::transfer("N6", "oA", 100))),
        "SEND_FAILED"
    );
    assert_eq!(
        code(&counter.pay(&Form::transfer("N7", "oB", 100))),
        "SEND_FAILED"
    );
    assert!(is_paid(&counter.pay(&Form::transfer("N8", "oB", 100))));
}

#[test]
fn a_rule_goes_before_an_openid_and_the_first_rule_wins() {
    let counter = Counter::open();
    counter
        .gateway
        .set_fault(Rule::always(code_action("FREQ_LIMIT")).times(1))
        .unwrap();
    counter
        .gateway
        .set_fault(Rule::always(code_action("SEND_FAILED")).times(1))
        .unwrap();
    let number = Form::transfer("N1", "oSIM-NOTENOUGH-1", 100);
    let codes: Vec<String> = (0..3)
        .map(|_| code(&counter.pay(&number)).to_owned())
        .collect();
    assert_eq!(codes, ["FREQ_LIMIT", "SEND_FAILED", "NOTENOUGH"]);
}

#[test]
fn chance_is_drawn_from_the_seed_and_the_number() {
    let struck = |seed: u64, reversed: bool| {
        let counter = Counter::seeded(seed);
        let rule = Rule::always(Action::EmptyBody).sometimes(3000);
        counter.gateway.set_fault(rule).unwrap();
        let mut numbers: Vec<String> = (0..400).map(|n| format!("N{n:03}")).collect();
        if reversed {
            numbers.reverse();
        }
        let mut struck: Vec<String> = numbers
            .into_iter()
            .filter(|number| {
                let body = Form::transfer(number, PAYEE, 1).signed();
                super::counter::reply(&counter.post(Endpoint::Transfers, &body))
                    .body
                    .is_empty()
            })
            .collect();
        struck.sort();
        struck
    };
    let first = struck(1, false);
    assert!((80..160).contains(&first.len()), "{}", first.len());
    assert_eq!(
        first,
        struck(1, true),
        "the order of arrival does not matter"
    );
    assert_ne!(first, struck(2, false));
}

#[test]
fn a_request_that_arrives_late_is_judged_late() {
    let counter = Counter::open();
    let number = Form::transfer("N1", "oSIM-LATE_30000-1", 100);
    let answer = counter.post(Endpoint::Transfers, &number.signed());
    assert!(matches!(
        answer.delivery,
        Delivery::End {
            after_ms: 30_000,
            ..
        }
    ));
    assert_eq!(code(&counter.ask("N1")), "NOT_FOUND");
    counter.wait(30 * SECOND_MS);
    let found = counter.ask("N1");
    assert_eq!(found["transfer_time"], "2025-01-15 10:21:00");
    assert_eq!(counter.movements("N1"), 1);
    let requests = counter.gateway.requests_of(MCHID, "N1");
    let rulings: Vec<&str> = requests.iter().map(|request| &*request.ruling).collect();
    assert_eq!(rulings, ["HELD_BACK", "NOT_FOUND", "SUCCESS", "FOUND"]);
    assert_eq!(
        (requests[2].at_ms, requests[2].booked),
        (counter.now_ms(), true)
    );
}

#[test]
fn a_resent_number_may_be_paid_before_its_held_back_request_arrives() {
    let counter = Counter::open();
    let number = Form::transfer("N1", "oSIM-ONCE_LATE_30000-1", 100);
    counter.post(Endpoint::Transfers, &number.signed());
    assert!(is_paid(&counter.pay(&number)));
    counter.wait(30 * SECOND_MS);
    assert_eq!(counter.movements("N1"), 1);
    assert_eq!(counter.gateway.requests_of(MCHID, "N1").len(), 3);
}

#[test]
fn faults_below_the_request_strike_without_sockets_too() {
    let counter = Counter::open();
    counter
        .gateway
        .set_fault(Rule::always(Action::CloseUnread).times(1))
        .unwrap();
    let body = Form::transfer("N1", PAYEE, 100).signed();
    let answer = counter.post(Endpoint::Transfers, &body);
    assert!(matches!(answer.delivery, Delivery::End { .. }));
    assert!(counter.gateway.requests_of(MCHID, "N1").is_empty());
    counter
        .gateway
        .set_fault(Rule::always(Action::RefuseHandshake).times(1))
        .unwrap();
    assert!(counter.gateway.refuses_handshake());
    assert!(!counter.gateway.refuses_handshake());
    assert!(counter.post(Endpoint::Transfers, &body).booked);
}

#[test]
fn a_request_delivered_twice_pays_once() {
    let counter = Counter::open();
    assert!(is_paid(&counter.pay(&Form::transfer(
        "N1",
        "oSIM-TWICE-1",
        100
    ))));
    assert_eq!(counter.movements("N1"), 1);
    assert_eq!(counter.gateway.requests_of(MCHID, "N1").len(), 2);
}

#[test]
fn what_a_rule_cannot_do_is_said_when_it_is_set() {
    let counter = Counter::open();
    let set = |rule: Rule| counter.gateway.set_fault(rule).unwrap_err();
    assert_eq!(
        set(Rule::always(Action::CloseUnread).to("oA")),
        RuleFault::TooEarly
    );
    assert_eq!(
        set(Rule::always(Action::RefuseHandshake).of_merchant("1")),
        RuleFault::TooEarly
    );
    assert_eq!(
        set(Rule::always(Action::Html).sometimes(10_001)),
        RuleFault::Chance
    );
    assert_eq!(
        set(Rule::always(Action::HttpStatus { status: 200 })),
        RuleFault::Status
    );
    assert_eq!(
        set(Rule::always(Action::Oversized { bytes: usize::MAX })),
        RuleFault::Body
    );
    assert_eq!(
        set(Rule::always(Action::Delay { ms: u64::MAX })),
        RuleFault::Delay
    );
}

#[test]
fn a_rule_is_json() {
    let text = r#"{"endpoint":"transfers","mchid":"1900000109","skip":2,"times":1,
        "booking":"as_usual","action":{"kind":"http_status","status":502}}"#;
    let rule: Rule = serde_json::from_str(text).unwrap();
    let expected = Rule::always(Action::HttpStatus { status: 502 })
        .on(Endpoint::Transfers)
        .of_merchant(MCHID)
        .after(2)
        .times(1)
        .booking(Booking::AsUsual);
    assert_eq!(rule, expected);
    let again = serde_json::to_string(&rule).unwrap();
    assert_eq!(serde_json::from_str::<Rule>(&again).unwrap(), rule);
    assert!(serde_json::from_str::<Rule>(r#"{"action":{"kind":"html"},"opened":1}"#).is_err());
    assert!(serde_json::from_str::<Rule>(r#"{"action":{"kind":"nothing"}}"#).is_err());
}

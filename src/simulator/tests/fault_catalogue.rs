//! Every named fault of an answer, and what of it a client gets to see.

use super::super::faults::catalogue;
use super::super::{Answer, Delivery, Ending, Endpoint, Pace};
use super::counter::{Counter, Form, code, fields, is_paid, reply, text};

/// A transfer to an openid that asks for this fault.
fn strike(counter: &Counter, name: &str) -> Answer {
    let form = Form::transfer("N1", &format!("oSIM-{name}-1"), 100);
    counter.post(Endpoint::Transfers, &form.signed())
}

#[test]
fn every_name_of_the_catalogue_names_a_fault() {
    for (name, _) in catalogue() {
        let name = match *name {
            "HTTP_N" => "HTTP_503".to_owned(),
            other => other
                .strip_suffix("_N")
                .map_or(other.to_owned(), |name| format!("{name}_10")),
        };
        let counter = Counter::open();
        let answer = strike(&counter, &name);
        let reads_openid_error = matches!(&answer.delivery, Delivery::Reply(reply)
            if reply.body.windows(12).any(|part| part == b"OPENID_ERROR"));
        assert!(!reads_openid_error, "{name}");
    }
}

#[test]
fn an_answer_can_be_anything_but_xml() {
    let cases = [
        ("HTML", 200),
        ("EMPTY", 200),
        ("GARBAGE", 200),
        ("PAID_HTTP_502", 502),
    ];
    for (name, status) in cases {
        let counter = Counter::open();
        let answer = strike(&counter, name);
        assert_eq!(reply(&answer).status, status);
        assert!(!reply(&answer).body.starts_with(b"<xml>"), "{name}");
        assert_eq!(
            (answer.booked, counter.movements("N1")),
            (true, 1),
            "{name}"
        );
    }
    for status in [429, 500, 502, 503] {
        let counter = Counter::open();
        let answer = strike(&counter, &format!("HTTP_{status}"));
        assert_eq!((reply(&answer).status, answer.booked), (status, false));
        assert_eq!(counter.movements("N1"), 0);
    }
}

#[test]
fn xml_can_be_spoiled() {
    let truncated = text(&strike(&Counter::open(), "TRUNCATED"));
    assert!(truncated.starts_with("<xml>") && !truncated.contains("</xml>"));
    assert!(text(&strike(&Counter::open(), "DOCTYPE")).starts_with("<!DOCTYPE xml ["));
    let twice = text(&strike(&Counter::open(), "DUPLICATE"));
    assert_eq!(twice.matches("<result_code>").count(), 2);
    assert!(twice.contains("SUCCESS") && twice.contains("FAIL"));
    let long = strike(&Counter::open(), "OVERSIZED_3000000");
    assert_eq!(reply(&long).body.len(), 3_000_000);
    assert!(is_paid(&fields(&long)));
    assert!(!text(&strike(&Counter::open(), "MISSING_RESULT")).contains("result_code"));
    let counter = Counter::open();
    counter.pay(&Form::transfer("N1", "oSIM-QUERY_GBK-1", 100));
    let answer = counter.post(Endpoint::GetTransferInfo, &Form::inquiry("N1").signed());
    assert!(String::from_utf8(reply(&answer).body.clone()).is_err());
}

#[test]
fn an_echo_can_be_wrong() {
    let honest = fields(&strike(&Counter::open(), "FULLWIDTH"));
    assert_eq!(honest["payment_time"], "2025-01-15 10：20：30");
    for (name, element) in [
        ("ECHO_MCHID", "mchid"),
        ("ECHO_APPID", "mch_appid"),
        ("ECHO_NUMBER", "partner_trade_no"),
    ] {
        let wrong = fields(&strike(&Counter::open(), name));
        assert!(is_paid(&wrong));
        assert_ne!(wrong[element], honest[element], "{name}");
    }
    for (name, element, right) in [
        ("ECHO_AMOUNT", "payment_amount", "100"),
        ("ECHO_OPENID", "openid", "oSIM-ECHO_OPENID-1"),
        ("QUERY_ECHO_MCHID", "mch_id", super::counter::MCHID),
        ("STATUS", "status", "SUCCESS"),
    ] {
        let counter = Counter::open();
        assert!(
            is_paid(&fields(&strike(&counter, name))),
            "{name} concerns the query only"
        );
        assert_ne!(counter.ask("N1")[element], right, "{name}");
    }
}

#[test]
fn an_answer_can_be_late_slow_cut_or_missing() {
    let delayed = strike(&Counter::open(), "DELAY_20000");
    assert_eq!((reply(&delayed).delay_ms, delayed.booked), (20_000, true));
    assert_eq!(
        reply(&strike(&Counter::open(), "TRICKLE_1000")).pace,
        Pace::Trickle(1000)
    );
    assert_eq!(
        reply(&strike(&Counter::open(), "CUT_17")).pace,
        Pace::CutAfter(17)
    );
    let closed = Delivery::End {
        after_ms: 0,
        ending: Ending::Closed,
    };
    let reset = Delivery::End {
        after_ms: 0,
        ending: Ending::Reset,
    };
    for (name, delivery, booked) in [
        ("CLOSE", &closed, true),
        ("UNPAID_CLOSE", &closed, false),
        ("RESET", &reset, true),
        ("UNPAID_RESET", &reset, false),
    ] {
        let counter = Counter::open();
        let answer = strike(&counter, name);
        assert_eq!(
            (&answer.delivery, answer.booked),
            (delivery, booked),
            "{name}"
        );
        assert_eq!(counter.movements("N1"), usize::from(booked));
    }
}

#[test]
fn an_unknown_code_is_really_unknown() {
    let answer = fields(&strike(&Counter::open(), "UNKNOWN_CODE"));
    assert!(
        super::super::codes::DOCUMENTED
            .iter()
            .all(|known| known.name != code(&answer))
    );
    assert_eq!(answer["result_code"], "FAIL");
}

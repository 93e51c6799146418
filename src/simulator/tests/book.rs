//! The book tells everything that happened.

use serde_json::json;
use sha2::{Digest as _, Sha256};

use super::super::Endpoint;
use super::counter::{APP_ID, Counter, Form, MCHID, MORNING_MS, PAYEE, SECOND_MS};

#[test]
fn a_movement_says_who_paid_whom_how_much_and_when() {
    let counter = Counter::open();
    let paid = counter.pay_plainly("N1", 123);
    counter.wait(SECOND_MS);
    counter.ask("N1");
    let book = counter.gateway.book(counter.now_ms());
    assert_eq!(book.movements.len(), 1);
    let movement = serde_json::to_value(&book.movements[0]).unwrap();
    let expected = json!({
        "mchid": MCHID,
        "partner_trade_no": "N1",
        "app_id": APP_ID,
        "openid": PAYEE,
        "amount_fen": 123,
        "payment_no": paid["payment_no"],
        "at_ms": MORNING_MS,
        "at": "2025-01-15 10:20:30",
        "requests": 2,
        "certificate_fingerprint": &*counter.certificate.fingerprint,
    });
    assert_eq!(movement, expected);
}

#[test]
fn every_request_of_a_number_is_there_with_its_time_and_digest() {
    let counter = Counter::open();
    let form = Form::transfer("N1", "oSIM-ONCE_PAID_SYSTEMERROR-1", 100);
    counter.pay(&form);
    counter.wait(SECOND_MS);
    counter.ask("N1");
    counter.wait(SECOND_MS);
    counter.pay(&form.clone().with("desc", "别的"));
    let book = serde_json::to_value(counter.gateway.book(counter.now_ms())).unwrap();
    let seen = &book["numbers"][0];
    assert_eq!(
        (&seen["partner_trade_no"], &seen["total"]),
        (&json!("N1"), &json!(3))
    );
    let requests = seen["requests"].as_array().unwrap();
    let rulings: Vec<_> = requests
        .iter()
        .map(|r| (&r["endpoint"], &r["ruling"]))
        .collect();
    let expected = [
        (&json!("transfers"), &json!("SUCCESS")),
        (&json!("gettransferinfo"), &json!("FOUND")),
        (&json!("transfers"), &json!("FATAL_ERROR")),
    ];
    assert_eq!(rulings, expected);
    assert_eq!(requests[0]["fault"], "code");
    assert_eq!(requests[0]["booked"], true);
    assert_eq!(requests[1]["fault"], json!(null));
    assert_eq!(requests[2]["at_ms"], MORNING_MS + 2 * SECOND_MS);
    assert_eq!(
        requests[0]["body_sha256"],
        hex::encode(Sha256::digest(form.signed()))
    );
}

#[test]
fn totals_and_refusals_add_up() {
    let counter = Counter::open();
    counter.pay_plainly("N1", 100);
    counter.pay_plainly("N2", 200);
    counter.pay_plainly("N3", 29);
    counter.post(Endpoint::Transfers, b"nonsense");
    counter.ask("N9");
    let book = counter.gateway.book(counter.now_ms());
    assert_eq!(book.paid_fen, 300);
    let totals = &book.merchants[0];
    assert_eq!(
        (totals.paid_fen, totals.paid_count, totals.refused_count),
        (300, 2, 2)
    );
    assert_eq!(totals.balance_fen, 100_000_000 - 300);
    let refusals: Vec<_> = book
        .refusals
        .iter()
        .map(|r| (r.code.as_str(), r.partner_trade_no.as_deref()))
        .collect();
    let expected = [
        ("AMOUNT_LIMIT", Some("N3")),
        ("XML_ERROR", None),
        ("NOT_FOUND", Some("N9")),
    ];
    assert_eq!(refusals, expected);
    assert_eq!((book.refusals_total, book.requests_total), (3, 4));
}

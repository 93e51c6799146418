//! Every fault of the wire, seen by a real client.

use std::time::Duration;

use tokio::time::timeout;

use super::super::Endpoint;
use super::super::faults::{Action, Rule};
use super::counter::{Form, MCHID, PAYEE, code, is_paid};
use super::over_tls::Shop;

fn transfer(fault: &str) -> Form {
    Form::transfer("N1", &format!("oSIM-{fault}-1"), 100)
}

#[tokio::test]
async fn a_connection_can_close_before_and_after_the_booking() {
    for (fault, movements) in [
        ("CLOSE", 1),
        ("UNPAID_CLOSE", 0),
        ("RESET", 1),
        ("UNPAID_RESET", 0),
    ] {
        let shop = Shop::open().await;
        let client = shop.client();
        let form = transfer(&format!("ONCE_{fault}"));
        let broken = shop.post(&client, &form).await.unwrap_err();
        assert!(
            !broken.is_connect() && !broken.is_timeout(),
            "{fault}: {broken:?}"
        );
        assert_eq!(shop.movements("N1"), movements, "{fault}");
        assert!(is_paid(&shop.fields(&client, &form).await), "{fault}");
        assert_eq!(shop.movements("N1"), 1, "{fault}");
    }
}

/// The kind of the system's error behind a client's, if there is one.
fn io_kind(fault: &reqwest::Error) -> Option<std::io::ErrorKind> {
    let mut cause = std::error::Error::source(fault);
    while let Some(next) = cause {
        if let Some(io) = next.downcast_ref::<std::io::Error>() {
            return Some(io.kind());
        }
        cause = next.source();
    }
    None
}

#[tokio::test]
async fn a_reset_is_a_reset_and_a_close_is_none() {
    let shop = Shop::open().await;
    let client = shop.client();
    let reset = Some(std::io::ErrorKind::ConnectionReset);
    let fault = shop.post(&client, &transfer("RESET")).await.unwrap_err();
    assert_eq!(io_kind(&fault), reset, "{fault:?}");
    let closing = Form::transfer("N2", "oSIM-CLOSE-1", 100);
    let fault = shop.post(&client, &closing).await.unwrap_err();
    assert_ne!(io_kind(&fault), reset, "{fault:?}");
}

#[tokio::test]
async fn a_connection_can_close_before_the_request_is_read() {
    for action in [
        Action::CloseUnread,
        Action::ResetMidRequest { after_bytes: 100 },
    ] {
        let shop = Shop::open().await;
        let client = shop.client();
        let rule = Rule::always(action.clone())
            .on(Endpoint::Transfers)
            .of_merchant(MCHID)
            .times(1);
        shop.simulator.set_fault(rule).unwrap();
        let form = Form::transfer("N1", PAYEE, 100);
        assert!(shop.post(&client, &form).await.is_err(), "{action:?}");
        assert_eq!(shop.simulator.book().requests_total, 0, "{action:?}");
        assert!(is_paid(&shop.fields(&client, &form).await), "{action:?}");
    }
}

#[tokio::test]
async fn a_handshake_can_be_refused() {
    let shop = Shop::open().await;
    let client = shop.client();
    shop.simulator
        .set_fault(Rule::always(Action::RefuseHandshake).times(1))
        .unwrap();
    let form = Form::transfer("N1", PAYEE, 100);
    assert!(shop.post(&client, &form).await.unwrap_err().is_connect());
    assert!(is_paid(&shop.fields(&client, &form).await));
    let wire = shop.simulator.book().wire;
    assert_eq!(
        (
            wire.connections,
            wire.failed_handshakes,
            wire.full_handshakes
        ),
        (2, 1, 1)
    );
}

#[tokio::test]
async fn an_answer_can_break_off_at_any_byte() {
    let shop = Shop::open().await;
    let client = shop.client();
    let (_, whole) = shop
        .post(&client, &Form::transfer("N0", PAYEE, 100))
        .await
        .unwrap();
    // Inside the status line, at the edge of the head, inside the body, one byte before its end.
    for (n, bytes) in [0, 1, 12, 80, 200, 300, whole.len()]
        .into_iter()
        .enumerate()
    {
        let form = Form::transfer(&format!("N1{n}"), &format!("oSIM-ONCE_CUT_{bytes}-1"), 100);
        assert!(shop.post(&client, &form).await.is_err(), "{bytes}");
        assert_eq!(shop.movements(&format!("N1{n}")), 1);
        assert!(is_paid(&shop.fields(&client, &form).await));
        assert_eq!(shop.movements(&format!("N1{n}")), 1);
    }
}

#[tokio::test]
async fn an_answer_can_come_later_than_a_client_waits_and_is_paid_nevertheless() {
    let shop = Shop::open().await;
    let client = shop.client();
    let form = transfer("ONCE_DELAY_60000");
    let waited = timeout(Duration::from_millis(100), shop.post(&client, &form)).await;
    assert!(waited.is_err());
    assert_eq!(shop.movements("N1"), 1);
    assert!(is_paid(&shop.fields(&client, &form).await));
}

#[tokio::test]
async fn a_short_delay_only_delays() {
    let shop = Shop::open().await;
    let start = tokio::time::Instant::now();
    assert!(is_paid(
        &shop.fields(&shop.client(), &transfer("DELAY_50")).await
    ));
    assert!(start.elapsed() >= Duration::from_millis(50));
}

#[tokio::test]
async fn an_answer_can_trickle_in() {
    let shop = Shop::open().await;
    let client = shop.client();
    let slow = transfer("ONCE_TRICKLE_1000");
    let waited = timeout(Duration::from_millis(100), shop.post(&client, &slow)).await;
    assert!(waited.is_err());
    assert_eq!(shop.movements("N1"), 1);
    // A millisecond a byte is slow as well, but it ends.
    let form = Form::transfer("N2", "oSIM-TRICKLE_0-1", 100);
    assert!(is_paid(&shop.fields(&client, &form).await));
}

#[tokio::test]
async fn a_held_back_request_arrives_after_the_client_has_given_up() {
    let shop = Shop::open().await;
    let client = shop.client();
    let form = transfer("LATE_20");
    assert!(shop.post(&client, &form).await.is_err());
    assert_eq!(
        code(&shop.fields(&client, &Form::inquiry("N1")).await),
        "NOT_FOUND"
    );
    shop.wait(20);
    assert!(is_paid(&shop.fields(&client, &Form::inquiry("N1")).await));
}

#[tokio::test]
async fn spoiled_bodies_arrive_as_they_are() {
    let shop = Shop::open().await;
    let client = shop.client();
    let cases: [(&str, u16, &[u8]); 6] = [
        ("EMPTY", 200, b""),
        ("HTML", 200, b"<!DOCTYPE html>"),
        ("DOCTYPE", 200, b"<!DOCTYPE xml"),
        (
            "PAID_HTTP_500",
            500,
            b"<html>\r\n<head><title>500 Internal Server Error",
        ),
        (
            "PAID_HTTP_429",
            429,
            b"<html>\r\n<head><title>429 Too Many Requests",
        ),
        ("TRUNCATED", 200, b"<xml>"),
    ];
    for (n, (fault, status, start)) in cases.into_iter().enumerate() {
        let form = Form::transfer(&format!("N{n}"), &format!("oSIM-{fault}-1"), 100);
        let (found, body) = shop.post(&client, &form).await.unwrap();
        assert_eq!(found, status, "{fault}");
        assert!(body.starts_with(start), "{fault}: {body:?}");
        assert_eq!(shop.movements(&format!("N{n}")), 1, "{fault}");
    }
    let form = Form::transfer("N9", "oSIM-OVERSIZED_2000000-1", 100);
    assert_eq!(shop.post(&client, &form).await.unwrap().1.len(), 2_000_000);
}

//! Numbers, nonces and what is kept of an exchange.

use uuid::Uuid;

use super::{Exchange, Nonce, PartnerTradeNo};
use crate::basics::{Id, PayoutId, Randomness};
use crate::wire::{BadAnswer, MaybeSent, NeverSent, Response, WireFault};

#[test]
fn a_payouts_number_is_its_id_and_nothing_else() {
    let payout = PayoutId::from_uuid(Uuid::from_u128(0x0193_5a6b_7c8d_7e9f_8a0b_1c2d_3e4f_5061));
    let number = PartnerTradeNo::from(payout);
    assert_eq!(number.as_str(), "01935a6b7c8d7e9f8a0b1c2d3e4f5061");
    assert_eq!(PartnerTradeNo::parse(number.as_str()), Ok(number.clone()));
    assert_eq!(PartnerTradeNo::from(payout), number);
}

#[test]
fn a_number_is_1_to_32_letters_and_digits() {
    for good in ["a", "100000982014120919616", &"9".repeat(32)] {
        assert!(PartnerTradeNo::parse(good).is_ok(), "{good}");
    }
    for bad in ["", &"9".repeat(33), "a-b", "a_b", "a b", "单号", "１２"] {
        assert!(PartnerTradeNo::parse(bad).is_err(), "{bad}");
        assert!(Nonce::parse(bad).is_err(), "{bad}");
    }
}

#[test]
fn a_fresh_nonce_takes_every_random_bit() {
    struct Sevens;
    impl Randomness for Sevens {
        fn fill(&self, bytes: &mut [u8]) {
            bytes.fill(0x77);
        }
    }
    assert_eq!(Nonce::fresh(&Sevens).as_str(), "7".repeat(32));
}

#[test]
fn an_exchange_keeps_the_status_wherever_there_was_one() {
    let response = Response {
        status: 502,
        content_type: None,
        body: b"bad gateway".to_vec(),
    };
    let exchange = Exchange::of(Ok(response));
    assert_eq!(exchange.http_status, Some(502));
    assert_eq!(exchange.answer, b"bad gateway");
    for (fault, status) in [
        (WireFault::NeverSent(NeverSent::NameNotFound), None),
        (WireFault::MaybeSent(MaybeSent::Timeout), None),
        (
            WireFault::AnsweredBadly {
                status: 200,
                why: BadAnswer::CutShort,
            },
            Some(200),
        ),
    ] {
        let exchange = Exchange::of(Err(fault.clone()));
        assert_eq!(exchange.http_status, status);
        assert_eq!(exchange.fault, Some(fault));
        assert!(exchange.answer.is_empty());
    }
}

#[test]
fn debug_output_names_nobody() {
    let exchange = Exchange::of(Ok(Response {
        status: 200,
        content_type: None,
        body: b"<openid>oUpF8uMuAJO_M2pxb1Q9zNjWeS6o</openid>".to_vec(),
    }));
    assert!(!format!("{exchange:?}").contains("oUpF"));
}

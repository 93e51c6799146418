//! Every published code × every shape × every status × both calls, and every fault of the wire. The list below
//! is written from `wechatpay-reference.md` §2.3 and §3.3 and not from the code's table.

use zhanfu::rails::wechat_v2::codes::published;
use zhanfu::rails::{Answer, Doubt, Inquiry, Outcome, Unsent};
use zhanfu::wire::{BadAnswer, CertificateAlert, IdentityFault, MaybeSent, NeverSent, WireFault};

use super::{APP, MERCHANT, Stage, inquiry_of, submission_of, xml};

#[derive(Clone, Copy, Debug, PartialEq)]
enum Class {
    NotSent,
    Paid,
    Refused,
    PutOff,
    Held,
    InDoubt,
    Failed,
    NotFound,
}
use Class::{Held, InDoubt, NotFound, PutOff, Refused};

/// Code · class of a submission · class of an inquiry.
const CODES: &[(&str, Class, Class)] = &[
    ("SYSTEMERROR", InDoubt, InDoubt),
    ("SYSTEM_ERROR", InDoubt, InDoubt),
    ("SEND_FAILED", InDoubt, InDoubt),
    ("FATAL_ERROR", InDoubt, InDoubt),
    ("FREQ_LIMIT", PutOff, InDoubt),
    ("NOTENOUGH", PutOff, InDoubt),
    ("MONEY_LIMIT", PutOff, InDoubt),
    ("SENDNUM_LIMIT", PutOff, InDoubt),
    ("SEND_MONEY_LIMIT", PutOff, InDoubt),
    ("RECEIVED_MONEY_LIMIT", PutOff, InDoubt),
    ("EXCEED_PAYEE_ACCOUNT_LIMIT", PutOff, InDoubt),
    ("AMOUNT_LIMIT", Refused, InDoubt),
    ("OPENID_ERROR", Refused, InDoubt),
    ("APPID_OR_OPENID_ERR", Refused, InDoubt),
    ("NAME_MISMATCH", Refused, InDoubt),
    ("V2_ACCOUNT_SIMPLE_BAN", Refused, InDoubt),
    ("PAYEE_ACCOUNT_ABNORMAL", Refused, InDoubt),
    ("NO_AUTH", Held, Held),
    ("PARAM_ERROR", Held, Held),
    ("SIGN_ERROR", Held, Held),
    ("CA_ERROR", Held, Held),
    ("XML_ERROR", Held, Held),
    ("PARAM_IS_NOT_UTF8", Held, InDoubt),
    ("RECV_ACCOUNT_NOT_ALLOWED", Held, InDoubt),
    ("PAY_CHANNEL_NOT_ALLOWED", Held, InDoubt),
    ("PAYER_ACCOUNT_ABNORMAL", Held, InDoubt),
    ("NOT_FOUND", InDoubt, NotFound),
];

fn of_submission(outcome: &Outcome) -> Class {
    match outcome {
        Outcome::NotSent(_) => Class::NotSent,
        Outcome::Paid(_) => Class::Paid,
        Outcome::Refused(_) => Refused,
        Outcome::PutOff(_) => PutOff,
        Outcome::Held(_) => Held,
        Outcome::Unknown(_) => InDoubt,
    }
}

fn of_inquiry(inquiry: &Inquiry) -> Class {
    match inquiry {
        Inquiry::Paid(_) => Class::Paid,
        Inquiry::Failed { .. } => Class::Failed,
        Inquiry::NotFound => NotFound,
        Inquiry::Held(_) => Held,
        Inquiry::Processing | Inquiry::Unanswered(_) => InDoubt,
    }
}

/// Ways in which a code can come, and whether the code counts in them.
fn shapes(code: &str) -> Vec<(Vec<u8>, bool)> {
    let fields: &[(&[(&str, &str)], bool)] = &[
        // B
        (&[("return_code", "SUCCESS"), ("result_code", "FAIL")], true),
        // B with the whole echo of both calls
        (
            &[
                ("return_code", "SUCCESS"),
                ("result_code", "FAIL"),
                ("mch_appid", APP),
                ("appid", APP),
                ("mchid", MERCHANT),
                ("mch_id", MERCHANT),
                ("partner_trade_no", super::NUMBER),
            ],
            true,
        ),
        // D
        (&[("return_code", "FAIL"), ("result_code", "FAIL")], true),
        // not documented: a code and no word about what it is about
        (&[("return_code", "FAIL")], false),
        (&[("return_code", "SUCCESS")], false),
        (&[("result_code", "FAIL")], false),
        (
            &[("return_code", "SUCCESS"), ("result_code", "SUCCESS")],
            false,
        ),
        (
            &[("return_code", "FAIL"), ("result_code", "SUCCESS")],
            false,
        ),
        (&[], false),
    ];
    fields
        .iter()
        .map(|(fields, counts)| {
            let mut fields = fields.to_vec();
            fields.extend([("err_code", code), ("err_code_des", "说明")]);
            (xml(&fields), *counts)
        })
        .collect()
}

#[tokio::test]
async fn every_code_has_its_class_in_every_shape_status_and_call() {
    let mut rows = 0;
    for (code, submission, inquiry) in CODES {
        for (answer, counts) in shapes(code) {
            for status in [
                200, 201, 204, 302, 400, 401, 403, 404, 429, 500, 502, 503, 504,
            ] {
                let believed = counts && status == 200;
                let expected = |class: Class| if believed { class } else { InDoubt };
                let outcome = submission_of(status, &answer).await;
                assert_eq!(
                    of_submission(&outcome),
                    expected(*submission),
                    "{code} {status} {outcome:?}"
                );
                let verdict = inquiry_of(status, &answer).await;
                assert_eq!(
                    of_inquiry(&verdict),
                    expected(*inquiry),
                    "{code} {status} {verdict:?}"
                );
                rows += 2;
            }
        }
    }
    assert!(rows > 400, "{rows}");
}

#[test]
fn the_table_and_this_list_have_the_same_codes() {
    let mut ours: Vec<&str> = CODES.iter().map(|(code, _, _)| *code).collect();
    let mut theirs: Vec<&str> = published().iter().map(|entry| entry.code).collect();
    ours.sort_unstable();
    theirs.sort_unstable();
    assert_eq!(ours, theirs);
}

#[tokio::test]
async fn a_listed_code_keeps_its_words() {
    let answer = xml(&[
        ("return_code", "SUCCESS"),
        ("return_msg", "支付失败"),
        ("result_code", "FAIL"),
        ("err_code", "NOTENOUGH"),
        ("err_code_des", "余额不足"),
    ]);
    assert_eq!(
        submission_of(200, &answer).await,
        Outcome::PutOff(Answer {
            code: "NOTENOUGH".to_owned(),
            text: "余额不足".to_owned()
        })
    );
}

#[tokio::test]
async fn one_hundred_codes_that_nobody_published_are_in_doubt() {
    let mut state = 20_261_123_u64;
    for _ in 0..100 {
        let length = 3 + usize::try_from(state % 30).unwrap();
        let mut code = String::new();
        for _ in 0..length {
            // Knuth's constants; any sequence will do, as long as it is the same one every time.
            state = state
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1_442_695_040_888_963_407);
            let at = usize::try_from(state >> 59).unwrap();
            code.push(char::from(b"ABCDEFGHIJKLMNOPQRSTUVWXYZ_01234"[at]));
        }
        assert!(CODES.iter().all(|(listed, _, _)| *listed != code));
        for (answer, _) in shapes(&code) {
            let outcome = submission_of(200, &answer).await;
            assert_eq!(of_submission(&outcome), InDoubt, "{code}");
            assert_eq!(
                of_inquiry(&inquiry_of(200, &answer).await),
                InDoubt,
                "{code}"
            );
        }
    }
}

#[tokio::test]
async fn almost_a_code_is_no_code() {
    for (code, _, _) in CODES {
        for near in [
            code.to_lowercase(),
            format!("{code} "),
            format!(" {code}"),
            format!("{code}S"),
        ] {
            for (answer, _) in shapes(&near) {
                let outcome = submission_of(200, &answer).await;
                assert_eq!(of_submission(&outcome), InDoubt, "{near}");
                assert_eq!(
                    of_inquiry(&inquiry_of(200, &answer).await),
                    InDoubt,
                    "{near}"
                );
            }
        }
    }
}

#[tokio::test]
async fn words_without_a_code_hold_the_tenant_only_when_they_are_about_settings() {
    for (text, class) in [
        ("签名错误", Held),
        ("签名失败", Held),
        ("参数格式校验错误", Held),
        ("系统繁忙", InDoubt),
        ("", InDoubt),
    ] {
        let answer = xml(&[("return_code", "FAIL"), ("return_msg", text)]);
        assert_eq!(
            of_submission(&submission_of(200, &answer).await),
            class,
            "{text}"
        );
        assert_eq!(of_inquiry(&inquiry_of(200, &answer).await), class, "{text}");
        // The same words with success are only words.
        let answer = xml(&[("return_code", "SUCCESS"), ("return_msg", text)]);
        assert_eq!(of_submission(&submission_of(200, &answer).await), InDoubt);
    }
}

#[tokio::test]
async fn the_fronts_pages_about_the_certificate_hold_the_tenant() {
    for (title, code) in [
        ("400 No required SSL certificate was sent", "no_certificate"),
        ("400 The SSL certificate error", "bad_certificate"),
    ] {
        let page = format!(
            "<html>\r\n<head><title>{title}</title></head>\r\n<body><center><h1>{title}</h1>\
             </center><hr><center>nginx</center></body></html>"
        );
        for status in [400, 200, 500] {
            let outcome = submission_of(status, page.as_bytes()).await;
            let inquiry = inquiry_of(status, page.as_bytes()).await;
            match (status, &outcome, &inquiry) {
                (400, Outcome::Held(paying), Inquiry::Held(asking)) => {
                    assert_eq!((paying.code.as_str(), asking.code.as_str()), (code, code));
                }
                (400, _, _) => panic!("{outcome:?} {inquiry:?}"),
                _ => {
                    assert_eq!(of_submission(&outcome), InDoubt);
                    assert_eq!(of_inquiry(&inquiry), InDoubt);
                }
            }
        }
    }
}

#[tokio::test]
async fn every_fault_of_the_wire_has_its_class() {
    let never = [
        NeverSent::NameNotFound,
        NeverSent::NotConnected(std::io::ErrorKind::ConnectionRefused),
        NeverSent::ConnectTimeout,
        NeverSent::ServerNotTrusted("UnknownIssuer".to_owned()),
        NeverSent::Handshake("HandshakeFailure".to_owned()),
        NeverSent::Identity(IdentityFault::Mismatch),
        NeverSent::NotARequest,
    ];
    for why in never {
        let stage = Stage::with(Err(WireFault::NeverSent(why.clone())));
        let unsent = Unsent::Wire(why);
        assert_eq!(stage.submits().await, Outcome::NotSent(unsent.clone()));
        assert_eq!(
            stage.inquires().await,
            Inquiry::Unanswered(Doubt::NotAsked(unsent))
        );
    }
    let maybe = [
        MaybeSent::Timeout,
        MaybeSent::ConnectionLost,
        MaybeSent::Alert("InternalError".to_owned()),
    ];
    for why in maybe {
        let stage = Stage::with(Err(WireFault::MaybeSent(why.clone())));
        let doubt = Doubt::NoAnswer(why);
        assert_eq!(stage.submits().await, Outcome::Unknown(doubt.clone()));
        assert_eq!(stage.inquires().await, Inquiry::Unanswered(doubt));
    }
    for why in [BadAnswer::TooLong { limit: 65_536 }, BadAnswer::CutShort] {
        for status in [200, 400, 500] {
            let stage = Stage::with(Err(WireFault::AnsweredBadly { status, why }));
            let doubt = Doubt::BadAnswer(why);
            assert_eq!(stage.submits().await, Outcome::Unknown(doubt.clone()));
            assert_eq!(stage.inquires().await, Inquiry::Unanswered(doubt));
        }
    }
    for alert in [
        CertificateAlert::Bad,
        CertificateAlert::Unsupported,
        CertificateAlert::Revoked,
        CertificateAlert::Expired,
        CertificateAlert::Unknown,
        CertificateAlert::UnknownAuthority,
        CertificateAlert::AccessDenied,
        CertificateAlert::Required,
    ] {
        let stage = Stage::with(Err(WireFault::CertificateRefused(alert)));
        let answer = Answer {
            code: "certificate_refused".to_owned(),
            text: alert.to_string(),
        };
        assert_eq!(stage.submits().await, Outcome::Held(answer.clone()));
        assert_eq!(stage.inquires().await, Inquiry::Held(answer));
    }
}

#[tokio::test]
async fn every_status_but_200_is_in_doubt_even_with_a_perfect_body() {
    for status in (100..600).filter(|status| *status != 200) {
        assert_eq!(
            submission_of(status, &xml(super::PAID)).await,
            Outcome::Unknown(Doubt::Status(status))
        );
        assert_eq!(
            inquiry_of(status, &xml(super::FOUND)).await,
            Inquiry::Unanswered(Doubt::Status(status))
        );
    }
}

//! When an answer is believed: complete, about this payment, and clear.

use zhanfu::basics::Timestamp;
use zhanfu::rails::{Doubt, Inquiry, Outcome, Payment};

use super::{FOUND, PAID, changed, inquiry_of, submission_of, xml};

fn payment() -> Payment {
    Payment {
        payment_no: Some("1000018301201505190181489473".to_owned()),
        paid_at: Some(Timestamp::parse_rfc3339("2025-01-15T10:20:30+08:00").unwrap()),
    }
}

async fn transfer_with(changes: &[(&'static str, Option<&'static str>)]) -> Outcome {
    submission_of(200, &xml(&changed(PAID, changes))).await
}

async fn inquiry_with(changes: &[(&'static str, Option<&'static str>)]) -> Inquiry {
    inquiry_of(200, &xml(&changed(FOUND, changes))).await
}

#[tokio::test]
async fn a_paid_transfer_is_paid_in_the_same_round_trip() {
    assert_eq!(transfer_with(&[]).await, Outcome::Paid(payment()));
    // A signature is neither promised nor checked here, and new elements may come any day.
    for changes in [
        &[("sign", Some("nonsense"))][..],
        &[("something_new", Some("1"))],
        &[("err_code", Some("SUCCESS"))],
        &[("return_msg", Some("支付成功"))],
    ] {
        assert_eq!(transfer_with(changes).await, Outcome::Paid(payment()));
    }
}

#[tokio::test]
async fn a_payment_time_never_spoils_a_paid_order() {
    for time in [None, Some(""), Some("soon"), Some("2025-99-99 10:20:30")] {
        let paid = Payment {
            paid_at: None,
            ..payment()
        };
        let changes = [("payment_time", time)];
        assert_eq!(transfer_with(&changes).await, Outcome::Paid(paid.clone()));
        assert_eq!(inquiry_with(&changes).await, Inquiry::Paid(paid));
    }
    let changes = [("payment_time", Some("2025-01-15 10：20：30"))];
    assert_eq!(transfer_with(&changes).await, Outcome::Paid(payment()));
    assert_eq!(inquiry_with(&changes).await, Inquiry::Paid(payment()));
}

#[tokio::test]
async fn a_transfer_whose_echo_is_not_ours_is_not_believed() {
    for (name, theirs) in [
        ("partner_trade_no", "100000982014120919617"),
        ("mchid", "10000099"),
        ("mch_appid", "wxe062425f740c30d9"),
    ] {
        let doubt = Doubt::Mismatch(name);
        assert!(doubt.is_alarming());
        assert_eq!(
            transfer_with(&[(name, Some(theirs))]).await,
            Outcome::Unknown(doubt)
        );
        for nothing in [None, Some("")] {
            assert_eq!(
                transfer_with(&[(name, nothing)]).await,
                Outcome::Unknown(Doubt::Missing(name))
            );
        }
    }
}

#[tokio::test]
async fn a_refusal_whose_echo_is_not_ours_is_not_believed_either() {
    for name in ["partner_trade_no", "mchid", "mch_appid"] {
        let changes = [
            ("result_code", Some("FAIL")),
            ("err_code", Some("OPENID_ERROR")),
            (name, Some("another")),
        ];
        assert_eq!(
            transfer_with(&changes).await,
            Outcome::Unknown(Doubt::Mismatch(name))
        );
    }
}

#[tokio::test]
async fn a_paid_transfer_has_a_payment_number() {
    let long = "1".repeat(65);
    for number in [None, Some(""), Some("a b"), Some(long.as_str())] {
        let answer = xml(&changed(PAID, &[("payment_no", number)]));
        assert_eq!(
            submission_of(200, &answer).await,
            Outcome::Unknown(Doubt::Missing("payment_no"))
        );
    }
}

#[tokio::test]
async fn a_paid_inquiry_is_paid() {
    assert_eq!(inquiry_with(&[]).await, Inquiry::Paid(payment()));
    // Nothing but an inquiry could settle the payout, so a missing number does not stand in its way.
    let without_number = Payment {
        payment_no: None,
        ..payment()
    };
    assert_eq!(
        inquiry_with(&[("detail_id", None)]).await,
        Inquiry::Paid(without_number)
    );
}

#[tokio::test]
async fn an_inquiry_about_another_payment_is_not_believed_whatever_its_status() {
    for status in ["SUCCESS", "FAILED", "PROCESSING"] {
        for (name, theirs) in [
            ("partner_trade_no", "100000982014120919617"),
            ("mch_id", "10000099"),
            ("appid", "wxe062425f740c30d9"),
            ("payment_amount", "101"),
            ("payment_amount", "100.00"),
            ("payment_amount", "0100"),
            ("openid", "ohO4Gt7wVPxIT1A9GjFaMYMiZY1t"),
        ] {
            let doubt = Doubt::Mismatch(name);
            assert!(doubt.is_alarming());
            assert_eq!(
                inquiry_with(&[("status", Some(status)), (name, Some(theirs))]).await,
                Inquiry::Unanswered(doubt)
            );
        }
    }
}

#[tokio::test]
async fn a_status_is_believed_only_with_the_order_it_is_about() {
    for status in ["SUCCESS", "FAILED", "PROCESSING"] {
        for name in ["partner_trade_no", "mch_id", "appid"] {
            assert_eq!(
                inquiry_with(&[("status", Some(status)), (name, None)]).await,
                Inquiry::Unanswered(Doubt::Missing(name))
            );
        }
    }
    for name in ["payment_amount", "openid"] {
        assert_eq!(
            inquiry_with(&[(name, None)]).await,
            Inquiry::Unanswered(Doubt::Missing(name))
        );
    }
}

#[tokio::test]
async fn a_failed_order_is_failed_with_its_reason() {
    let reason = "账户ohO4Gt7wVPxIT1A9GjFaMYMiZY1s异常";
    assert_eq!(
        inquiry_with(&[("status", Some("FAILED")), ("reason", Some(reason))]).await,
        Inquiry::Failed {
            reason: "账户ohO4…ZY1s异常".to_owned()
        }
    );
    assert_eq!(
        inquiry_with(&[
            ("status", Some("FAILED")),
            ("openid", None),
            ("payment_amount", None)
        ])
        .await,
        Inquiry::Failed {
            reason: String::new()
        }
    );
}

#[tokio::test]
async fn processing_is_processing_and_any_other_status_is_no_answer() {
    assert_eq!(
        inquiry_with(&[("status", Some("PROCESSING"))]).await,
        Inquiry::Processing
    );
    for status in [
        None,
        Some(""),
        Some("success"),
        Some("BANK_FAIL"),
        Some("REFUND"),
    ] {
        assert_eq!(
            inquiry_with(&[("status", status)]).await,
            Inquiry::Unanswered(Doubt::Missing("status"))
        );
    }
}

#[tokio::test]
async fn a_success_that_also_names_a_failure_is_a_contradiction() {
    let changes = [("err_code", Some("SYSTEMERROR"))];
    assert_eq!(
        transfer_with(&changes).await,
        Outcome::Unknown(Doubt::Contradiction)
    );
    assert_eq!(
        inquiry_with(&changes).await,
        Inquiry::Unanswered(Doubt::Contradiction)
    );
    assert_eq!(
        transfer_with(&[("return_code", Some("FAIL"))]).await,
        Outcome::Unknown(Doubt::Contradiction)
    );
}

#[tokio::test]
async fn success_is_spelled_in_capitals() {
    for name in ["return_code", "result_code"] {
        for spelling in ["success", "Success", "SUCCESS ", "OK", "TRUE", "1"] {
            for verdict in [
                transfer_with(&[(name, Some(spelling))]).await,
                transfer_with(&[(name, None)]).await,
            ] {
                assert_eq!(
                    verdict,
                    Outcome::Unknown(Doubt::Missing(name)),
                    "{spelling}"
                );
            }
            assert_eq!(
                inquiry_with(&[(name, Some(spelling))]).await,
                Inquiry::Unanswered(Doubt::Missing(name))
            );
        }
    }
}

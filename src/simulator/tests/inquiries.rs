//! What a query answers (reference §3).

use super::super::Endpoint;
use super::counter::{APP_ID, Counter, DAY_MS, Form, MCHID, PAYEE, SECOND_MS, code, is_paid};

#[test]
fn a_paid_order_is_found_with_the_documented_elements() {
    let counter = Counter::open();
    let paid = counter.pay(
        &Form::transfer("N1", PAYEE, 123)
            .with("check_name", "FORCE_CHECK")
            .with("re_user_name", "张三"),
    );
    counter.wait(5 * SECOND_MS);
    let found = counter.ask("N1");
    assert!(is_paid(&found));
    assert_eq!(found["status"], "SUCCESS");
    assert_eq!(found["detail_id"], paid["payment_no"]);
    assert_eq!(found["appid"], APP_ID);
    assert_eq!(found["mch_id"], MCHID);
    assert_eq!(found["openid"], PAYEE);
    assert_eq!(found["payment_amount"], "123");
    assert_eq!(found["transfer_name"], "张三");
    assert_eq!(found["transfer_time"], "2025-01-15 10:20:30");
    assert_eq!(found["payment_time"], paid["payment_time"]);
    assert_eq!(found["desc"], "节日快乐!");
    assert!(!found.contains_key("sign"));
}

#[test]
fn an_unknown_number_is_not_found() {
    let counter = Counter::open();
    let answer = counter.ask("N404");
    assert_eq!(answer["return_code"], "SUCCESS");
    assert_eq!(answer["result_code"], "FAIL");
    assert_eq!(code(&answer), "NOT_FOUND");
}

#[test]
fn a_query_sees_thirty_days_back() {
    let counter = Counter::open();
    counter.pay_plainly("N1", 100);
    counter.wait(30 * DAY_MS);
    assert!(is_paid(&counter.ask("N1")));
    counter.wait(1);
    assert_eq!(code(&counter.ask("N1")), "NOT_FOUND");
}

#[test]
fn a_success_can_stay_hidden_for_a_while() {
    let counter = Counter::open();
    let number = Form::transfer("N1", "oSIM-HIDDEN_5000-1", 100);
    assert!(is_paid(&counter.pay(&number)));
    assert_eq!(code(&counter.ask("N1")), "NOT_FOUND");
    counter.wait(5 * SECOND_MS);
    assert!(is_paid(&counter.ask("N1")));
}

#[test]
fn the_query_knows_its_own_names_only() {
    let counter = Counter::open();
    counter.pay_plainly("N1", 100);
    for (right, wrong) in [("mch_id", "mchid"), ("appid", "mch_appid")] {
        let value = if right == "mch_id" { MCHID } else { APP_ID };
        let form = Form::inquiry("N1").without(right).with(wrong, value);
        let answer =
            super::counter::fields(&counter.post(Endpoint::GetTransferInfo, &form.signed()));
        assert_eq!(code(&answer), "PARAM_ERROR", "{wrong}");
    }
}

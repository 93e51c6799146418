//! What makes the judge refuse a request, in itself or by its sender (reference §2.3, §5.6, §5.7).

use super::super::faults::{Action, Rule, Shape};
use super::super::{Arrival, CertificateInfo, Endpoint, Merchant, Variety};
use super::counter::{
    APP_ID, Counter, DAY_MS, Form, KEY, MCHID, PAYEE, code, fields, is_paid, reply, text,
};

#[test]
fn a_wrong_parameter_is_refused() {
    let counter = Counter::open();
    let form = || Form::transfer("N1", PAYEE, 100);
    let long = "长".repeat(101);
    let cases = [
        form().without("mch_appid"),
        form().without("mchid"),
        form().without("nonce_str"),
        form().without("partner_trade_no"),
        form().without("openid"),
        form().without("check_name"),
        form().without("amount"),
        form().without("desc"),
        form().without("spbill_create_ip"),
        form().with("mch_appid", "wx0000000000000000"),
        form().with("partner_trade_no", "N-1"),
        form().with("partner_trade_no", &"1".repeat(33)),
        form().with("check_name", "OPTION_CHECK"),
        form().with("check_name", "FORCE_CHECK"),
        form().with("amount", "1.00"),
        form().with("amount", "0100"),
        form().with("amount", "-100"),
        form().with("amount", "+100"),
        form().with("amount", "0"),
        form().with("desc", &long),
        form().with("spbill_create_ip", "localhost"),
        form().with("appid", APP_ID),
        form().with("extra", "1"),
    ];
    for case in cases {
        assert_eq!(code(&counter.pay(&case)), "PARAM_ERROR", "{:?}", case.0);
    }
    assert_eq!(
        code(&counter.pay(&form().with("openid", "o!"))),
        "OPENID_ERROR"
    );
    assert_eq!(counter.paid_fen(), 0);
    assert!(is_paid(
        &counter.pay(&form().with("desc", &"长".repeat(100)))
    ));
}

#[test]
fn a_wrong_signature_is_refused() {
    let counter = Counter::open();
    let form = Form::transfer("N1", PAYEE, 100);
    let post = |body: &[u8]| fields(&counter.post(Endpoint::Transfers, body));
    assert_eq!(
        code(&post(&form.signed_with("8934e7d15453e97507ef794cf7b0519d"))),
        "SIGN_ERROR"
    );
    assert_eq!(
        code(&post(&form.clone().with("sign_type", "MD5").signed())),
        "SIGN_ERROR"
    );
    let lower = String::from_utf8(form.signed()).unwrap();
    let (head, tail) = lower.split_once("<sign>").unwrap();
    let lower = format!("{head}<sign>{}", tail.to_lowercase());
    assert_eq!(code(&post(lower.as_bytes())), "SIGN_ERROR");
}

#[test]
fn a_changed_key_is_in_force_at_once() {
    let counter = Counter::open();
    let key = "8934e7d15453e97507ef794cf7b0519d";
    counter
        .gateway
        .change_merchant(MCHID, |m| key.clone_into(&mut m.api_key))
        .unwrap();
    let form = Form::transfer("N1", PAYEE, 100);
    assert_eq!(code(&counter.pay(&form)), "SIGN_ERROR");
    assert!(is_paid(&fields(
        &counter.post(Endpoint::Transfers, &form.signed_with(key))
    )));
}

#[test]
fn a_body_that_is_not_xml_or_not_utf8_is_refused() {
    let counter = Counter::open();
    let post = |body: &[u8]| fields(&counter.post(Endpoint::Transfers, body));
    assert_eq!(code(&post(b"amount=100")), "XML_ERROR");
    assert_eq!(code(&post(b"")), "XML_ERROR");
    assert_eq!(
        code(&post(b"<xml><desc>\xff</desc></xml>")),
        "PARAM_IS_NOT_UTF8"
    );
}

#[test]
fn chinese_without_a_charset_fails_the_signature() {
    let counter = Counter::open();
    let send = |form: &Form, content_type| {
        let body = form.signed();
        let arrival = Arrival {
            content_type,
            ..Arrival::new(&counter.certificate, Endpoint::Transfers, &body)
        };
        fields(&counter.gateway.answer(&arrival, counter.now_ms()))
    };
    let chinese = Form::transfer("N1", PAYEE, 100);
    let ascii = chinese.clone().with("desc", "bonus");
    assert_eq!(code(&send(&chinese, Some("text/xml"))), "SIGN_ERROR");
    assert_eq!(code(&send(&chinese, None)), "SIGN_ERROR");
    assert_eq!(
        code(&send(&chinese, Some("text/xml; charset=GBK"))),
        "PARAM_IS_NOT_UTF8"
    );
    assert!(is_paid(&send(&ascii, Some("text/xml"))));
    assert!(is_paid(&send(
        &chinese.with("partner_trade_no", "N2"),
        Some("application/xml;charset=UTF-8")
    )));
}

#[test]
fn another_merchants_certificate_is_refused_and_noted() {
    let counter = Counter::open();
    let other = CertificateInfo::fitting("1900009999");
    let body = Form::transfer("N1", PAYEE, 100).signed();
    let arrival = Arrival::new(&other, Endpoint::Transfers, &body);
    let answer = counter.gateway.answer(&arrival, counter.now_ms());
    assert_eq!(code(&fields(&answer)), "CA_ERROR");
    let book = counter.gateway.book(counter.now_ms());
    assert_eq!(book.certificate_mismatches_total, 1);
    assert_eq!(book.certificate_mismatches[0].mchid, MCHID);
    assert_eq!(book.certificate_mismatches[0].common_name, "1900009999");
    assert_eq!(
        book.certificate_mismatches[0].partner_trade_no.as_deref(),
        Some("N1")
    );
}

#[test]
fn the_front_turns_missing_and_bad_certificates_away() {
    let counter = Counter::open();
    let body = Form::transfer("N1", PAYEE, 100).signed();
    let send = |certificate: Option<&CertificateInfo>| {
        let arrival = Arrival {
            certificate,
            ..Arrival::new(&counter.certificate, Endpoint::Transfers, &body)
        };
        let answer = counter.gateway.answer(&arrival, counter.now_ms());
        assert_eq!(
            (reply(&answer).status, reply(&answer).content_type),
            (400, "text/html")
        );
        text(&answer)
    };
    assert!(send(None).contains("<title>400 No required SSL certificate was sent</title>"));
    let now = counter.now_ms();
    let fitting = CertificateInfo::fitting(MCHID);
    let bad = [
        CertificateInfo {
            not_after_ms: now - DAY_MS,
            ..fitting.clone()
        },
        CertificateInfo {
            not_before_ms: now + DAY_MS,
            ..fitting.clone()
        },
        CertificateInfo {
            origin: super::super::certificates::Origin::Foreign,
            ..fitting
        },
    ];
    for certificate in bad {
        let page = send(Some(&certificate));
        assert!(
            page.contains("<title>400 The SSL certificate error</title>"),
            "{page}"
        );
        assert!(page.contains("nginx"));
    }
    assert_eq!(counter.gateway.book(now).refusals_total, 4);
}

#[test]
fn an_unknown_merchant_and_an_unknown_path_are_refused() {
    let counter = Counter::open();
    let stranger = CertificateInfo::fitting("1900009999");
    let body = Form::transfer("N1", PAYEE, 100)
        .with("mchid", "1900009999")
        .signed();
    let arrival = Arrival::new(&stranger, Endpoint::Transfers, &body);
    let answer = counter.gateway.answer(&arrival, counter.now_ms());
    assert_eq!(code(&fields(&answer)), "PARAM_ERROR");
    let arrival = Arrival {
        path: "/pay/unifiedorder",
        ..arrival
    };
    assert_eq!(
        reply(&counter.gateway.answer(&arrival, counter.now_ms())).status,
        404
    );
}

#[test]
fn a_closed_product_and_a_foreign_address_are_refused() {
    let home = "203.0.113.5".parse().unwrap();
    let merchant = Merchant {
        allowed_ips: Some(vec![home]),
        ..Merchant::new(MCHID, APP_ID, KEY)
    };
    let counter = Counter::with(merchant, Variety::Plain);
    let body = Form::transfer("N1", PAYEE, 100).signed();
    let send = |source: &str| {
        let arrival = Arrival {
            source: Some(source.parse().unwrap()),
            ..Arrival::new(&counter.certificate, Endpoint::Transfers, &body)
        };
        fields(&counter.gateway.answer(&arrival, counter.now_ms()))
    };
    let foreign = send("203.0.113.6");
    assert_eq!(code(&foreign), "NO_AUTH");
    assert!(foreign["err_code_des"].contains("此IP地址不允许调用接口"));
    counter
        .gateway
        .change_merchant(MCHID, |m| m.product_open = false)
        .unwrap();
    let closed = send("203.0.113.5");
    assert_eq!(code(&closed), "NO_AUTH");
    assert!(!closed["err_code_des"].contains("IP"));
    counter
        .gateway
        .change_merchant(MCHID, |m| m.product_open = true)
        .unwrap();
    assert!(is_paid(&send("203.0.113.5")));
}

#[test]
fn a_refusal_has_one_of_the_three_shapes() {
    for (shape, return_code, has_code) in [
        (Shape::Business, "SUCCESS", true),
        (Shape::Communication, "FAIL", false),
        (Shape::Both, "FAIL", true),
    ] {
        let counter = Counter::open();
        let action = Action::Code {
            code: "SYSTEMERROR".to_owned(),
            shape: Some(shape),
        };
        counter.gateway.set_fault(Rule::always(action)).unwrap();
        let answer = counter.pay_plainly("N1", 100);
        assert_eq!(answer["return_code"], return_code);
        assert_eq!(answer.contains_key("err_code"), has_code);
        assert_eq!(
            answer.get("result_code").map(String::as_str),
            has_code.then_some("FAIL")
        );
        assert_eq!(answer.contains_key("mchid"), shape == Shape::Business);
    }
}

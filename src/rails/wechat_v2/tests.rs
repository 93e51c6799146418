//! The rules inside: the digest with any key, times, symptoms, and what is kept of messages.

use super::redact::redact;
use super::sign::digest;
use super::symptoms::{certificate_page, words};
use super::time::beijing;
use crate::basics::Timestamp;

/// V2-3a has a key that is not one of WeChat Pay's 32 characters, so it cannot go through `sign`.
#[test]
fn the_digest_of_vector_3a_is_the_published_one() {
    let fields = [
        ("timeStamp", "1601234567"),
        ("signType", "MD5"),
        ("package", "prepay_id=mock-prepay-id"),
        ("nonceStr", "mock-nonce"),
        ("appId", "mock-appid"),
    ];
    assert_eq!(
        digest(fields, "mock-v2-secret-key"),
        "C52D6B09E8A039D6E8696A014BB37160"
    );
}

#[test]
fn upper_case_names_sort_before_lower_case_ones() {
    let fields = [("b", "2"), ("a", "1"), ("B", "3"), ("ab", "4")];
    let mut reversed = fields;
    reversed.reverse();
    assert_eq!(digest(fields, "k"), digest(reversed, "k"));
    // md5 of "B=3&a=1&ab=4&b=2&key=k"
    assert_eq!(digest(fields, "k"), "C3C79D11CE5CC0A9E37FE4595F7D6520");
}

#[test]
fn a_payment_time_is_read_in_all_its_spellings() {
    let instant = Timestamp::parse_rfc3339("2025-01-15T10:20:30+08:00").unwrap();
    for text in [
        "2025-01-15 10:20:30",
        "2025-01-15 10：20：30",
        " 2025-01-15 10:20:30 ",
        "2025/01/15 10:20:30",
        "2025-01-15T10:20:30",
        "20250115102030",
    ] {
        assert_eq!(beijing(text), Some(instant), "{text}");
    }
}

#[test]
fn an_unreadable_payment_time_is_no_time() {
    for text in [
        "",
        "yesterday",
        "2025-01-15",
        "2025-13-15 10:20:30",
        "2025-02-30 10:20:30",
        "2025-01-15 25:20:30",
        "202501151020301",
        "２０２５-01-15 10:20:30",
        "+025-01-15 10:20:30",
        "0000-00-00 00:00:00",
        "2025-01-15 10:20:30 and much, much, much, much, much, much, much, much more",
    ] {
        assert_eq!(beijing(text), None, "{text}");
    }
}

#[test]
fn the_fronts_pages_about_our_certificate_are_known_by_status_and_words() {
    let page = |title: &str| {
        format!("<html><head><title>400 {title}</title></head><body>nginx</body></html>")
            .into_bytes()
    };
    let missing = page("No required SSL certificate was sent");
    let bad = page("The SSL certificate error");
    assert_eq!(
        certificate_page(400, &missing).unwrap().code,
        "no_certificate"
    );
    assert_eq!(certificate_page(400, &bad).unwrap().code, "bad_certificate");
    assert_eq!(certificate_page(200, &missing), None);
    assert_eq!(certificate_page(500, &bad), None);
    assert_eq!(certificate_page(400, &page("Bad Request")), None);
    assert_eq!(certificate_page(400, &[0xFF, 0xFE]), None);
}

#[test]
fn words_without_a_code_are_settings_only_where_they_name_signature_or_parameters() {
    for text in ["签名失败", "签名错误", "Sign error", "invalid signature"] {
        assert_eq!(words(text).unwrap().code, "signature_refused", "{text}");
    }
    for text in ["参数格式校验错误", "缺少参数", "PARAM error"] {
        assert_eq!(words(text).unwrap().code, "parameters_refused", "{text}");
    }
    for text in ["", "OK", "系统繁忙,请稍后再试", "system busy"] {
        assert_eq!(words(text), None, "{text}");
    }
}

#[test]
fn what_is_kept_of_a_message_names_nobody_and_has_no_signature() {
    let kept = redact(
        "<xml><openid>ohO4Gt7wVPxIT1A9GjFaMYMiZY1s</openid>\
         <re_user_name><![CDATA[张三丰]]></re_user_name><transfer_name>李四</transfer_name>\
         <sign>A70521B4A645781DECD5BDEFBF913A8B</sign><amount>100</amount>\
         <err_code_des>openid(ohO4Gt7wVPxIT1A9GjFaMYMiZY1s)不匹配</err_code_des></xml>"
            .as_bytes(),
    );
    assert_eq!(
        kept,
        "<xml><openid>ohO4…ZY1s</openid><re_user_name>张*</re_user_name>\
         <transfer_name>李*</transfer_name><sign>…</sign><amount>100</amount>\
         <err_code_des>openid(ohO4…ZY1s)不匹配</err_code_des></xml>"
    );
}

#[test]
fn a_broken_message_is_masked_to_its_end() {
    for (message, kept) in [
        ("<xml><sign>A70521B4A6", "<xml><sign>…"),
        ("<xml><re_user_name><![CDATA[张三", "<xml><re_user_name>张*"),
        (
            "<openid>short</openid><openid></openid>",
            "<openid>shor…</openid><openid></openid>",
        ),
        (
            "<sign>a</sign><sign>b</sign>",
            "<sign>…</sign><sign>…</sign>",
        ),
        ("x ohO4Gt7wVPxIT1A9GjFaMYMiZY1s", "x ohO4…ZY1s"),
    ] {
        assert_eq!(redact(message.as_bytes()), kept);
    }
    assert_eq!(redact(b"\xFF\xFE<html>"), "\u{FFFD}\u{FFFD}<html>");
    assert_eq!(redact(&vec![b'x'; 60_000]).len(), 8 * 1024);
}

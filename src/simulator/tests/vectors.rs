//! Published and recomputed vectors (reference §1.5), and the strictness of the reader.

use super::super::beijing;
use super::super::sign;
use super::super::xml::{XmlFault, read};

const FIRST: &str = "192006250b4c09247ec02edce69f6a2d";
const SECOND: &str = "8934e7d15453e97507ef794cf7b0519d";

fn signed(string: &str, key: &str) -> String {
    let pairs = string.split('&').map(|pair| pair.split_once('=').unwrap());
    // Backwards: the order of the parameters must not matter.
    let mut pairs: Vec<_> = pairs.collect();
    pairs.reverse();
    sign(pairs, key)
}

#[test]
fn the_published_vectors_are_reproduced() {
    let v2_1 = "appid=wxd930ea5d5a258f4f&body=test&device_info=1000&mch_id=10000100&nonce_str=ibuaiVcKdpRxkhJA";
    assert_eq!(signed(v2_1, FIRST), "9A0A8659F005D6984697E2CA0A9CF3B7");
    let v2_2 = "appid=wxd930ea5d5a258f4f&auth_code=123456&body=test&device_info=123&mch_id=1900000109&nonce_str=960f228109051b9969f76c82bde183ac&out_trade_no=1400755861&spbill_create_ip=127.0.0.1&total_fee=1";
    assert_eq!(signed(v2_2, SECOND), "729A68AC3DE268DBD9ADE442382E7B24");
    let v2_3a = "appId=mock-appid&nonceStr=mock-nonce&package=prepay_id=mock-prepay-id&signType=MD5&timeStamp=1601234567";
    assert_eq!(
        signed(v2_3a, "mock-v2-secret-key"),
        "C52D6B09E8A039D6E8696A014BB37160"
    );
    let v2_5 = "appid=wxe062425f740c30d8&mch_id=10000098&nonce_str=50780e0cca98c8c8e814883e5caa672e&partner_trade_no=1000005901201407261446939628";
    assert_eq!(signed(v2_5, FIRST), "C9155E97810C9825A4DA8C754DC6E388");
}

const V2_4: [(&str, &str); 12] = [
    ("mch_appid", "wxe062425f740c30d8"),
    ("mchid", "10000098"),
    ("nonce_str", "3PG2J4ILTKCH16CQ2502SI8ZNMTM67VS"),
    ("partner_trade_no", "100000982014120919616"),
    ("openid", "ohO4Gt7wVPxIT1A9GjFaMYMiZY1s"),
    ("check_name", "FORCE_CHECK"),
    ("re_user_name", "张三"),
    ("amount", "100"),
    ("desc", "节日快乐!"),
    ("spbill_create_ip", "10.2.3.10"),
    ("device_info", ""),
    ("sign", "whatever"),
];

#[test]
fn empty_values_and_the_sign_itself_are_left_out_of_a_signature() {
    assert_eq!(sign(V2_4, FIRST), "A70521B4A645781DECD5BDEFBF913A8B");
    assert_eq!(sign(V2_4, SECOND), "CAA70EAFCCC2EC030B6227ED0C4EDC95");
}

#[test]
fn the_request_of_the_reference_is_read_element_by_element() {
    let body = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<xml>\n  <mchid>10000098</mchid>\n  <re_user_name><![CDATA[张三]]></re_user_name>\n\
                <desc>a &amp; b&#x5143;</desc><empty/></xml>\n";
    let expected = [
        ("mchid", "10000098"),
        ("re_user_name", "张三"),
        ("desc", "a & b元"),
        ("empty", ""),
    ];
    let read = read(body).unwrap();
    let read: Vec<_> = read.iter().map(|(n, v)| (n.as_str(), v.as_str())).collect();
    assert_eq!(read, expected);
}

#[test]
fn a_body_that_is_not_one_flat_level_under_xml_is_refused() {
    let many: Vec<String> = (0..65).map(|n| format!("<e{n}>1</e{n}>")).collect();
    let cases = [
        ("", XmlFault::NotWellFormed),
        ("mchid=1", XmlFault::StrayText),
        ("<xml><mchid>1</mchid>", XmlFault::NotWellFormed),
        ("<xml><mchid>1</mch></xml>", XmlFault::NotWellFormed),
        ("<html></html>", XmlFault::WrongRoot),
        ("<html/>", XmlFault::WrongRoot),
        ("<xml><a><b>1</b></a></xml>", XmlFault::Nested),
        ("<xml><a b='1'>1</a></xml>", XmlFault::Attribute),
        ("<xml>1<a>1</a></xml>", XmlFault::StrayText),
        ("<xml><a>1</a></xml><xml/>", XmlFault::NotWellFormed),
        (
            "<xml><a>1</a><a>1</a></xml>",
            XmlFault::Duplicate("a".to_owned()),
        ),
        ("<xml><a>&nbsp;</a></xml>", XmlFault::Character),
        ("<xml><a>&#1;</a></xml>", XmlFault::Character),
        ("<xml><a>\u{1}</a></xml>", XmlFault::Character),
        (
            "<!DOCTYPE xml [<!ENTITY e \"1\">]><xml><a>&e;</a></xml>",
            XmlFault::Forbidden,
        ),
        ("<xml><!-- --><a>1</a></xml>", XmlFault::Forbidden),
        ("<?php 1 ?><xml><a>1</a></xml>", XmlFault::Forbidden),
    ];
    for (body, fault) in cases {
        assert_eq!(read(body), Err(fault), "{body}");
    }
    assert_eq!(read("<xml/>"), Ok(Vec::new()));
    assert_eq!(
        read(&format!("<xml>{}</xml>", many.concat())),
        Err(XmlFault::TooMany)
    );
}

#[test]
fn a_day_ends_at_midnight_in_beijing() {
    assert_eq!(beijing::format(1_736_907_630_000), "2025-01-15 10:20:30");
    assert_eq!(beijing::format(1_709_222_399_999), "2024-02-29 23:59:59");
    assert_eq!(beijing::format(1_709_222_400_000), "2024-03-01 00:00:00");
    assert_eq!(
        beijing::day(1_709_222_399_999) + 1,
        beijing::day(1_709_222_400_000)
    );
    assert_eq!(beijing::compact_day(0), "19700101");
    assert_eq!(beijing::format(-8 * 3_600_000), "1970-01-01 00:00:00");
}

//! The published and computed vectors of `wechatpay-reference.md` §1.5. (V2-3 has a key of another form; its MD5
//! half is beside the code, its HMAC half is not for these calls.)

use zhanfu::basics::ApiKey;
use zhanfu::rails::wechat_v2::sign::sign;

use super::{KEY, OTHER_KEY};

fn assert_signs(fields: &[(&str, &str)], key: &str, signature: &str) {
    let key = ApiKey::parse(key).unwrap();
    assert_eq!(sign(fields.iter().copied(), &key), signature);
    assert_eq!(sign(fields.iter().rev().copied(), &key), signature);
    let with_nothing_added = fields.iter().copied().chain([
        ("device_info_2", ""),
        ("sign", "A70521B4A645781DECD5BDEFBF913A8B"),
    ]);
    assert_eq!(sign(with_nothing_added, &key), signature);
}

#[test]
fn vector_1_of_the_official_signature_page() {
    let fields = [
        ("appid", "wxd930ea5d5a258f4f"),
        ("mch_id", "10000100"),
        ("device_info", "1000"),
        ("body", "test"),
        ("nonce_str", "ibuaiVcKdpRxkhJA"),
    ];
    assert_signs(&fields, KEY, "9A0A8659F005D6984697E2CA0A9CF3B7");
}

#[test]
fn vector_2_of_the_card_payment_page() {
    let fields = [
        ("appid", "wxd930ea5d5a258f4f"),
        ("auth_code", "123456"),
        ("body", "test"),
        ("device_info", "123"),
        ("mch_id", "1900000109"),
        ("nonce_str", "960f228109051b9969f76c82bde183ac"),
        ("out_trade_no", "1400755861"),
        ("spbill_create_ip", "127.0.0.1"),
        ("total_fee", "1"),
    ];
    assert_signs(&fields, OTHER_KEY, "729A68AC3DE268DBD9ADE442382E7B24");
}

#[test]
fn vector_4_is_a_transfer_under_two_keys() {
    let fields = [
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
    ];
    assert_signs(&fields, KEY, "A70521B4A645781DECD5BDEFBF913A8B");
    assert_signs(&fields, OTHER_KEY, "CAA70EAFCCC2EC030B6227ED0C4EDC95");
}

#[test]
fn vector_5_is_an_inquiry() {
    let fields = [
        ("appid", "wxe062425f740c30d8"),
        ("mch_id", "10000098"),
        ("nonce_str", "50780e0cca98c8c8e814883e5caa672e"),
        ("partner_trade_no", "1000005901201407261446939628"),
    ];
    assert_signs(&fields, KEY, "C9155E97810C9825A4DA8C754DC6E388");
}

//! The form of a request: which elements it may have, and what may stand in them (§2.1, §3.1).

use std::net::IpAddr;

use super::Refused;
use super::identify::missing;
use crate::simulator::arrival::{Elements, Endpoint};
use crate::simulator::codes;

/// One element of a request: name, whether it must be there, most characters.
type Rule = (&'static str, bool, usize);

const TRANSFERS: &[Rule] = &[
    ("mch_appid", true, 128),
    ("mchid", true, 32),
    ("device_info", false, 32),
    ("nonce_str", true, 32),
    ("sign", true, 32),
    ("partner_trade_no", true, 32),
    ("openid", true, 64),
    ("check_name", true, 16),
    ("re_user_name", false, 64),
    ("amount", true, 18),
    ("desc", true, 100),
    ("spbill_create_ip", true, 32),
    ("scene", false, 64),
    ("brand_id", false, 20),
    ("finder_template_id", false, 128),
];

const GET_TRANSFER_INFO: &[Rule] = &[
    ("appid", true, 128),
    ("mch_id", true, 32),
    ("nonce_str", true, 32),
    ("sign", true, 32),
    ("partner_trade_no", true, 32),
];

/// A transfer in due form.
pub(super) struct TransferForm<'a> {
    pub(super) app_id: &'a str,
    pub(super) openid: &'a str,
    pub(super) amount_fen: i64,
    pub(super) desc: &'a str,
    pub(super) payee_name: Option<&'a str>,
    /// The name to compare with the payee's, with `FORCE_CHECK`.
    pub(super) name_to_check: Option<&'a str>,
}

/// Checks that a request has the elements of its call and no others, and gives its order number.
pub(super) fn check(endpoint: Endpoint, elements: &Elements) -> Result<&str, Refused> {
    let rules = match endpoint {
        Endpoint::Transfers => TRANSFERS,
        Endpoint::GetTransferInfo => GET_TRANSFER_INFO,
    };
    for (name, value) in elements.iter() {
        let Some((_, _, longest)) = rules.iter().find(|(known, _, _)| *known == name) else {
            return Err(wrong(format!("参数错误：未知参数{name}")));
        };
        if value.chars().count() > *longest {
            return Err(wrong(format!("参数错误：参数{name}长度有误")));
        }
    }
    for (name, _, _) in rules.iter().filter(|(_, required, _)| *required) {
        elements.get(name).ok_or_else(|| missing(name))?;
    }
    let number = elements
        .get("partner_trade_no")
        .ok_or_else(|| missing("partner_trade_no"))?;
    if number.bytes().all(|b| b.is_ascii_alphanumeric()) {
        Ok(number)
    } else {
        Err(wrong("参数错误：商户订单号只能是字母或数字"))
    }
}

/// Reads a transfer whose elements have been checked.
pub(super) fn transfer(elements: &Elements) -> Result<TransferForm<'_>, Refused> {
    let get = |name: &'static str| elements.get(name).ok_or_else(|| missing(name));
    let openid = get("openid")?;
    if !openid
        .bytes()
        .all(|b| b.is_ascii_alphanumeric() || b == b'_' || b == b'-')
    {
        return Err(Refused::plain(codes::OPENID_ERROR));
    }
    let payee_name = elements.get("re_user_name");
    let name_to_check = match get("check_name")? {
        "NO_CHECK" => None,
        "FORCE_CHECK" => Some(payee_name.ok_or_else(|| missing("re_user_name"))?),
        _ => return Err(wrong("参数错误：check_name取值有误")),
    };
    if get("spbill_create_ip")?.parse::<IpAddr>().is_err() {
        return Err(wrong("参数错误：spbill_create_ip格式有误"));
    }
    if elements
        .get("brand_id")
        .is_some_and(|id| !id.bytes().all(|b| b.is_ascii_digit()))
    {
        return Err(wrong("参数错误：brand_id格式有误"));
    }
    Ok(TransferForm {
        app_id: get("mch_appid")?,
        openid,
        amount_fen: amount(get("amount")?)?,
        desc: get("desc")?,
        payee_name,
        name_to_check,
    })
}

/// Plain decimal digits without a leading zero.
fn amount(text: &str) -> Result<i64, Refused> {
    let plain = text.bytes().all(|b| b.is_ascii_digit()) && !text.starts_with('0');
    let parsed = text.parse().ok().filter(|_| plain);
    parsed.ok_or_else(|| wrong("参数错误：amount必须是以分为单位的正整数"))
}

fn wrong(text: impl Into<std::borrow::Cow<'static, str>>) -> Refused {
    Refused::with(codes::PARAM_ERROR, text)
}

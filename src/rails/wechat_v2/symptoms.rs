//! What settings problems look like where there is no code (`wechatpay-reference.md` §1.2 shape C, §5.6).

use super::codes::own;
use super::envelope::answer;
use crate::rails::Answer;

/// The front server's page about our certificate: HTTP 400 with HTML. The front refused the request before
/// anything behind it saw it.
pub(super) fn certificate_page(status: u16, body: &[u8]) -> Option<Answer> {
    if status != 400 {
        return None;
    }
    let page = String::from_utf8_lossy(body).to_ascii_lowercase();
    if page.contains("no required ssl certificate was sent") {
        Some(answer(
            own::NO_CERTIFICATE,
            "400 No required SSL certificate was sent",
        ))
    } else if page.contains("the ssl certificate error") {
        Some(answer(
            own::BAD_CERTIFICATE,
            "400 The SSL certificate error",
        ))
    } else {
        None
    }
}

/// `return_code=FAIL` with words only. Words about the signature or the parameters are settings; all other
/// words say nothing that could be relied upon.
pub(super) fn words(text: &str) -> Option<Answer> {
    let lower = text.to_lowercase();
    if lower.contains("签名") || lower.contains("sign") {
        Some(answer(own::SIGNATURE_REFUSED, text))
    } else if lower.contains("参数") || lower.contains("param") {
        Some(answer(own::PARAMETERS_REFUSED, text))
    } else {
        None
    }
}

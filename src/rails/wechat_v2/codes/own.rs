//! Words of ours, in small letters so that they cannot be taken for a code of WeChat Pay's, for what we know
//! without a code.

use super::{Entry, explanation};

/// The front server saw no certificate.
pub const NO_CERTIFICATE: &str = "no_certificate";
/// The front server did not accept the certificate.
pub const BAD_CERTIFICATE: &str = "bad_certificate";
/// The certificate was refused in the TLS handshake.
pub const CERTIFICATE_REFUSED: &str = "certificate_refused";
/// Words about the signature, without a code.
pub const SIGNATURE_REFUSED: &str = "signature_refused";
/// Words about the parameters, without a code.
pub const PARAMETERS_REFUSED: &str = "parameters_refused";

const fn word(
    code: &'static str,
    meaning_zh: &'static str,
    remedy_zh: &'static str,
    meaning_en: &'static str,
    remedy_en: &'static str,
) -> Entry {
    Entry {
        code,
        submission: None,
        inquiry: None,
        explanation: explanation(meaning_zh, remedy_zh, meaning_en, remedy_en),
    }
}

/// The words that [`crate::rails::Unsent::code`], [`crate::rails::Doubt::code`] and the symptoms of
/// `wechatpay-reference.md` §5.6 use.
pub(super) const WORDS: &[Entry] = &[
    word(
        NO_CERTIFICATE,
        "微信支付没有收到商户API证书",
        "请在「微信支付配置」重新上传商户API证书；保存后原单会自动重发。",
        "WeChat Pay saw no merchant API certificate",
        "Upload the merchant API certificate again; payouts then go on by themselves.",
    ),
    word(
        BAD_CERTIFICATE,
        "微信支付不接受商户API证书：已过期、已作废，或不是微信支付签发的",
        "请在微信商户平台「账户中心 → 账户设置 → API安全」申请新证书，并在「微信支付配置」上传。",
        "WeChat Pay does not accept the merchant API certificate: expired, revoked or of another issuer",
        "Apply for a new certificate on the merchant platform and upload it.",
    ),
    word(
        CERTIFICATE_REFUSED,
        "微信支付在TLS握手时拒绝了商户API证书",
        "请检查证书是否过期或已作废，必要时申请新证书并在「微信支付配置」上传。",
        "WeChat Pay refused the merchant API certificate in the TLS handshake",
        "Check whether the certificate has expired or was revoked; upload a new one if so.",
    ),
    word(
        SIGNATURE_REFUSED,
        "签名错误：这里的商户API密钥与微信商户平台上的不一致",
        "请在「微信支付配置」重新填写商户API密钥（32位）；保存后原单会自动重发。",
        "The signature is wrong: the API key here is not the one on the merchant platform",
        "Enter the merchant API key (32 characters) again; payouts then go on by themselves.",
    ),
    word(
        PARAMETERS_REFUSED,
        "微信支付认为请求参数有误",
        "请检查AppID与商户号是否正确且已绑定；仍有问题请联系平台运营。",
        "WeChat Pay finds a parameter wrong",
        "Check that AppID and merchant number are right and bound to each other; else ask the operator.",
    ),
    word(
        "certificate_unusable",
        "保存的商户API证书或私钥无法使用",
        "请在「微信支付配置」重新上传证书。",
        "The stored certificate or private key cannot be used",
        "Upload the certificate again.",
    ),
    word(
        "server_not_trusted",
        "对方服务器的证书无法验证，请求没有发出",
        "请联系平台运营检查网络出口与受信任的根证书；付款会自动重试。",
        "The server could not prove to be WeChat Pay; nothing was sent",
        "The operator checks the network and the trusted roots; payouts are tried again by themselves.",
    ),
    word(
        "not_connected",
        "暂时连不上微信支付，请求没有发出",
        "无需操作：系统会自动重试。",
        "WeChat Pay could not be reached; nothing was sent",
        "Nothing to do: it is tried again.",
    ),
    word(
        "request_unusable",
        "保存的请求与当前商户设置不符，没有发出",
        "商户号或AppID是否更换过？请联系平台运营处理这笔付款单。",
        "The stored request does not fit the merchant's settings; it was not sent",
        "Was the merchant number or AppID changed? The operator has to look at this payout.",
    ),
    word(
        "no_answer",
        "请求已发出，但没有收到微信支付的回答，结果未知",
        "无需操作：系统会用原单号查询。请勿另行付款。",
        "The request went out and no answer came back; the result is unknown",
        "Nothing to do: the same order number is asked about. Do not pay by other means.",
    ),
    word(
        "unreadable_answer",
        "微信支付的回答不完整或无法读取，结果未知",
        "无需操作：系统会用原单号查询。请勿另行付款。",
        "WeChat Pay's answer is incomplete or unreadable; the result is unknown",
        "Nothing to do: the same order number is asked about. Do not pay by other means.",
    ),
    word(
        "http_status",
        "微信支付返回了异常的HTTP状态，结果未知",
        "无需操作：系统会用原单号查询。请勿另行付款。",
        "WeChat Pay answered with an unusual HTTP status; the result is unknown",
        "Nothing to do: the same order number is asked about. Do not pay by other means.",
    ),
    word(
        "words_without_code",
        "微信支付返回了没有错误码的说明，结果未知",
        "无需操作：系统会用原单号查询。请勿另行付款。",
        "WeChat Pay answered with words but no code; the result is unknown",
        "Nothing to do: the same order number is asked about. Do not pay by other means.",
    ),
    word(
        "answer_about_another_payment",
        "微信支付的回答与这笔付款不符，系统没有采信",
        "请联系平台运营，在微信商户平台核对这个单号。请勿另行付款。",
        "WeChat Pay's answer does not fit this payment and was not believed",
        "The operator compares this order number on the merchant platform. Do not pay by other means.",
    ),
];

//! What the steps of a check say, and what its questions' answers mean: a check pays nothing, so what is said about payouts does not fit.

use crate::channels::Missing;
use crate::rails::wechat_v2::codes;
use crate::rails::{Call, Explanation, Words};

pub(super) const COMPLETE: Words = Words {
    zh: "各项已填写",
    en: "nothing is missing",
};
pub(super) const MISSING: Words = Words {
    zh: "缺少",
    en: "missing",
};
pub(super) const FILL_IN: Words = Words {
    zh: "请在「微信支付配置」补全后保存",
    en: "fill them in on 微信支付配置 and save",
};
pub(super) const VALID_UNTIL: Words = Words {
    zh: "有效期至",
    en: "valid until",
};
pub(super) const DAYS_LEFT: Words = Words {
    zh: "剩余天数",
    en: "days left",
};
pub(super) const VALIDITY: Words = Words {
    zh: "证书有效期",
    en: "the certificate is valid",
};
pub(super) const NEW_CERTIFICATE: Words = Words {
    zh: "请在商户平台 账户中心 → API安全 申请新证书，下载后在此上传",
    en: "request a new certificate on the merchant platform (账户中心 → API安全) and upload it",
};
pub(super) const OPENED: Words = Words {
    zh: "密钥可正常读取",
    en: "the sealed secrets open",
};
pub(super) const INCOMPLETE: Words = Words {
    zh: "保存的设置不完整",
    en: "the settings are incomplete",
};
pub(super) const SEALED: Words = Words {
    zh: "保存的密钥或私钥无法读取",
    en: "a secret could not be opened",
};
pub(super) const RE_ENTER: Words = Words {
    zh: "请重新填写商户API密钥并重新上传证书；如仍失败请联系平台",
    en: "enter the API key and upload the certificate again; ask the platform if that does not help",
};
pub(super) const CONNECTED: Words = Words {
    zh: "已用商户证书与微信支付建立安全连接",
    en: "the TLS handshake with the certificate succeeded",
};
pub(super) const ACCEPTED: Words = Words {
    zh: "微信支付已接受证书、签名、产品权限与IP白名单",
    en: "WeChat Pay accepts certificate, signature, product and IP whitelist",
};

/// What a person calls what is missing: by its label on the page, and by its name in commands.
pub(super) const fn missing(what: Missing) -> Words {
    Words {
        zh: match what {
            Missing::AppId => "AppID(应用ID)",
            Missing::MerchantNumber => "商户号",
            Missing::ApiKey => "商户API密钥",
            Missing::Certificate => "商户API证书",
        },
        en: what.as_str(),
    }
}

const fn told(meaning: Words, remedy: Words) -> Explanation {
    Explanation { meaning, remedy }
}

const LATER: Words = Words {
    zh: "请稍后再检测；多次失败请联系平台运营。",
    en: "Check again in a moment; ask the platform if it goes on.",
};

/// What says nothing about the settings.
const PASSING: &[(&[&str], Explanation)] = &[
    (
        &["not_connected"],
        told(
            Words {
                zh: "暂时连不上微信支付",
                en: "WeChat Pay could not be reached",
            },
            Words {
                zh: "请稍后再检测；多次失败请平台运营检查服务器的网络出口。",
                en: "Check again in a moment; if it goes on, the operator looks at the server's network.",
            },
        ),
    ),
    (
        &["no_answer"],
        told(
            Words {
                zh: "已发出检测请求，但没有收到微信支付的回答",
                en: "The question went out and no answer came back",
            },
            LATER,
        ),
    ),
    (
        &[
            "unreadable_answer",
            "http_status",
            "words_without_code",
            "answer_about_another_payment",
        ],
        told(
            Words {
                zh: "微信支付的回答无法识别",
                en: "WeChat Pay's answer cannot be understood",
            },
            LATER,
        ),
    ),
    (
        &["SYSTEMERROR", "SYSTEM_ERROR"],
        told(
            Words {
                zh: "微信支付系统繁忙",
                en: "WeChat Pay is busy",
            },
            LATER,
        ),
    ),
    (
        &["FREQ_LIMIT"],
        told(
            Words {
                zh: "调用过于频繁",
                en: "WeChat Pay was called too often",
            },
            Words {
                zh: "请一分钟后再检测。",
                en: "Check again in a minute.",
            },
        ),
    ),
];

const UNLISTED: Explanation = told(
    Words {
        zh: "微信支付返回了未收录的错误码",
        en: "WeChat Pay answered with a code that is not known",
    },
    Words {
        zh: "请对照错误码与说明在微信商户平台检查；仍不清楚请把它告诉平台运营。",
        en: "Look on the merchant platform with this code and its words; else tell the operator.",
    },
);

/// What an answer to a check's question means and what helps.
pub(super) fn explain(code: &str, text: &str) -> Explanation {
    if let Some((_, explanation)) = PASSING.iter().find(|(codes, _)| codes.contains(&code)) {
        return *explanation;
    }
    if is_known(code) {
        codes::explain(Call::Inquiry, code, text)
    } else {
        UNLISTED
    }
}

/// A code that is published for questions, or a word of ours.
fn is_known(code: &str) -> bool {
    let is_ours = code.bytes().all(|b| b.is_ascii_lowercase() || b == b'_');
    is_ours
        || codes::published()
            .iter()
            .any(|entry| entry.code == code && entry.inquiry.is_some())
}

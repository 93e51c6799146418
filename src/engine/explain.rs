//! What a payout's reason means and what to do about it, in the reader's language.

use crate::payouts::AttemptKind;
use crate::rails::wechat_v2::codes;
use crate::rails::{Call, Words};

/// A language that we speak.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Language {
    /// Simplified Chinese.
    Chinese,
    /// English.
    English,
}

impl Language {
    fn say(self, words: Words) -> String {
        match self {
            Language::Chinese => words.zh.to_owned(),
            Language::English => words.en.to_owned(),
        }
    }
}

/// A reason, explained.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Explained {
    /// What it means.
    pub message: String,
    /// What to do.
    pub remedy: String,
}

/// Our own reasons: those that no rail gives.
const OWN: &[(&str, Words, Words)] = &[
    (
        "settings_incomplete",
        Words {
            zh: "微信支付配置不完整或证书不可用",
            en: "The WeChat Pay settings are incomplete or the certificate cannot be used",
        },
        Words {
            zh: "请在「微信支付配置」补全后保存,付款会自动继续",
            en: "Complete them on 微信支付配置; the payout then goes on by itself",
        },
    ),
    (
        "needs_decision",
        Words {
            zh: "微信支付长时间未给出结果",
            en: "WeChat Pay has given no result for a long time",
        },
        Words {
            zh: "请勿重复打款。请在商户平台核对资金流水后由负责人处理",
            en: "Do not pay again. Compare with the fund statement on the merchant platform; a person decides",
        },
    ),
    (
        "merchant_changed",
        Words {
            zh: "商户号已更换,正在用原商户号确认此单未付款",
            en: "The merchant number was changed; asking as the former one confirms that this was not paid",
        },
        Words {
            zh: "无需操作:确认未付款后会用新的商户号自动付款。请勿另行付款",
            en: "Nothing to do: once confirmed it is paid from the new merchant number. Do not pay by other means",
        },
    ),
    (
        "decided_not_paid",
        Words {
            zh: "两位负责人核对资金流水后确认未付款",
            en: "Two people looked at the fund statement and say that it was not paid",
        },
        Words {
            zh: "款项已退回余额,可重新申请",
            en: "The money is back in the balance; ask again",
        },
    ),
    (
        "failed_at_rail",
        Words {
            zh: "微信支付确认付款失败,资金未转出",
            en: "WeChat Pay confirms that the payment failed; no money left",
        },
        Words {
            zh: "款项已退回余额,可重新申请",
            en: "The money is back in the balance; ask again",
        },
    ),
    (
        "rejected",
        Words {
            zh: "审核未通过",
            en: "A member rejected it",
        },
        Words {
            zh: "款项已退回余额,请联系商家",
            en: "The money is back in the balance; ask the shop",
        },
    ),
    (
        "cancelled",
        Words {
            zh: "已取消",
            en: "It was cancelled before it was sent",
        },
        Words {
            zh: "款项已退回余额",
            en: "The money is back in the balance",
        },
    ),
];

const LIMITS: Words = Words {
    zh: "已达到当日额度,将在有额度的日子自动付款",
    en: "The day's limit is reached; it goes out on the next day with room",
};
const LIMITS_REMEDY: Words = Words {
    zh: "如需当日付款,请在「提现额度配置」调整",
    en: "Change the limits on 提现额度配置 if it should go out earlier",
};

/// Explains what an attempt was answered with: the code, and the answer in which one code can mean several things.
pub fn explain_answer(
    kind: AttemptKind,
    code: &str,
    answer: &str,
    language: Language,
) -> Explained {
    let call = match kind {
        AttemptKind::Submission => Call::Submission,
        AttemptKind::Inquiry => Call::Inquiry,
    };
    let found = codes::explain(call, code, answer);
    Explained {
        message: language.say(found.meaning),
        remedy: language.say(found.remedy),
    }
}

/// Explains a reason code: ours, or WeChat Pay's.
pub fn explain(code: &str, language: Language) -> Explained {
    let say = |words: Words| language.say(words);
    if let Some((_, message, remedy)) = OWN.iter().find(|(own, _, _)| *own == code) {
        return Explained {
            message: say(*message),
            remedy: say(*remedy),
        };
    }
    if code.starts_with("limit_") {
        return Explained {
            message: say(LIMITS),
            remedy: say(LIMITS_REMEDY),
        };
    }
    let found = codes::explain(Call::Submission, code, "");
    Explained {
        message: say(found.meaning),
        remedy: say(found.remedy),
    }
}

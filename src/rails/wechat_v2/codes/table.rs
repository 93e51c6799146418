//! The table. A row says: code · class for a submission · class for an inquiry · meaning and remedy in Chinese ·
//! the same in English. "Same number" stands behind every remedy: the engine never changes it.

use super::{Entry, InquiryClass, SubmissionClass, explanation};
use crate::rails::Explanation;

const DOUBTFUL: Option<SubmissionClass> = Some(SubmissionClass::Doubtful);
const REFUSED: Option<SubmissionClass> = Some(SubmissionClass::Refused);
const PUT_OFF: Option<SubmissionClass> = Some(SubmissionClass::PutOff);
const HELD: Option<SubmissionClass> = Some(SubmissionClass::Held);
/// Not published for submissions.
const NOT_PAYING: Option<SubmissionClass> = None;

const ASK_AGAIN: Option<InquiryClass> = Some(InquiryClass::Doubtful);
const NOT_FOUND: Option<InquiryClass> = Some(InquiryClass::NotFound);
const ASKING_HELD: Option<InquiryClass> = Some(InquiryClass::Held);
/// Not published for inquiries.
const NOT_ASKING: Option<InquiryClass> = None;

const fn row(
    code: &'static str,
    submission: Option<SubmissionClass>,
    inquiry: Option<InquiryClass>,
    zh: [&'static str; 2],
    en: [&'static str; 2],
) -> Entry {
    let [meaning_zh, remedy_zh] = zh;
    let [meaning_en, remedy_en] = en;
    Entry {
        code,
        submission,
        inquiry,
        explanation: explanation(meaning_zh, remedy_zh, meaning_en, remedy_en),
    }
}

const WAIT_ZH: &str = "无需操作：系统会用原单号查询，必要时用原单号重发。请勿另行付款。";
const WAIT_EN: &str = "Nothing to do: the same order number is asked about and, if need be, sent again. Do not pay \
     by other means.";
const REFUSED_ZH: &str = "系统确认没有付款后会退回余额；请更正后重新发起。";
const REFUSED_EN: &str = "Once it is confirmed that nothing was paid, the balance is given back; correct it and ask anew.";

/// A code that nobody published.
pub(super) const UNLISTED: Explanation = explanation(
    "微信支付返回了未知的错误码，结果未知",
    "系统会用原单号查询；请勿另行付款。长时间没有结果时请联系平台运营或微信支付客服。",
    "WeChat Pay answered with an unknown code; the result is unknown",
    "The same order number is asked about. Do not pay by other means. If it takes long, ask the \
     operator or WeChat Pay.",
);

/// `NO_AUTH` because of the caller's address (§5.7).
pub(super) const ADDRESS_NOT_ALLOWED: Explanation = explanation(
    "平台服务器的IP地址不在微信商户平台的接口调用IP名单里",
    "请在微信商户平台「产品中心 → 企业付款到零钱 → 产品设置 → 付款发起方 → 接口调用IP」添加平台的全部出口IP\
     （旧版：账户中心 → API安全），约10分钟后生效；原单会自动重发。",
    "The platform's server address is not on the list of addresses that may call WeChat Pay",
    "Add all outgoing addresses of the platform on the merchant platform (产品中心 → 企业付款到零钱 → 产品设置 → \
     付款发起方 → 接口调用IP). It takes about 10 minutes; payouts then go on by themselves.",
);

pub(super) const PUBLISHED: &[Entry] = &[
    row(
        "SYSTEMERROR",
        DOUBTFUL,
        ASK_AGAIN,
        ["微信支付系统繁忙或出错，结果未知", WAIT_ZH],
        [
            "WeChat Pay had an internal error; the result is unknown",
            WAIT_EN,
        ],
    ),
    // The spelling of the other protocol generation. Programs that knew one spelling only took the other one
    // for a failure (security.md §0 finding 2).
    row(
        "SYSTEM_ERROR",
        DOUBTFUL,
        ASK_AGAIN,
        ["微信支付系统繁忙或出错，结果未知", WAIT_ZH],
        [
            "WeChat Pay had an internal error; the result is unknown",
            WAIT_EN,
        ],
    ),
    row(
        "SEND_FAILED",
        DOUBTFUL,
        NOT_ASKING,
        ["微信支付付款出错，是否付出以查询为准", WAIT_ZH],
        [
            "The payment ran into an error; only asking tells whether it was made",
            WAIT_EN,
        ],
    ),
    row(
        "FATAL_ERROR",
        DOUBTFUL,
        NOT_ASKING,
        [
            "这个单号在微信支付已有一笔参数不同的付款，结果未知",
            "系统会用原单号查询；请勿另行付款。长时间没有结果时请联系平台运营。",
        ],
        [
            "WeChat Pay already has an order of this number with other parameters; the result is unknown",
            "The same order number is asked about. Do not pay by other means. If it takes long, ask the \
             operator.",
        ],
    ),
    row(
        "NOT_FOUND",
        NOT_PAYING,
        NOT_FOUND,
        ["微信支付暂时查不到这个单号，不代表付款失败", WAIT_ZH],
        [
            "WeChat Pay does not find the order number yet; that is not a failure",
            WAIT_EN,
        ],
    ),
    row(
        "FREQ_LIMIT",
        PUT_OFF,
        ASK_AGAIN,
        [
            "调用微信支付过于频繁",
            "无需操作：系统会放慢速度，稍后用原单号重试。",
        ],
        [
            "WeChat Pay was called too often",
            "Nothing to do: it is tried again more slowly.",
        ],
    ),
    row(
        "NOTENOUGH",
        PUT_OFF,
        NOT_ASKING,
        [
            "商户的付款账户余额不足",
            "请在微信商户平台充值；充值后原单会自动重发。",
        ],
        [
            "The merchant's balance at WeChat Pay is too low",
            "Top it up on the merchant platform; payouts then go on by themselves.",
        ],
    ),
    row(
        "MONEY_LIMIT",
        PUT_OFF,
        NOT_ASKING,
        [
            "已达到商户当日付款总额或收款人的收款额度",
            "次日会用原单号自动重试；也可在微信商户平台申请提高额度。",
        ],
        [
            "The merchant's daily total or the recipient's limit is reached",
            "It is tried again on the next day; the limit can be raised on the merchant platform.",
        ],
    ),
    row(
        "SENDNUM_LIMIT",
        PUT_OFF,
        NOT_ASKING,
        [
            "该收款人今日收款次数已达上限",
            "次日会用原单号自动重试；也可在微信商户平台调整每日次数。",
        ],
        [
            "The recipient has reached the number of payments a day",
            "It is tried again on the next day; the number can be changed on the merchant platform.",
        ],
    ),
    row(
        "SEND_MONEY_LIMIT",
        PUT_OFF,
        NOT_ASKING,
        [
            "已达到商户当日付款额度",
            "次日会用原单号自动重试；也可在微信商户平台申请提高额度。",
        ],
        [
            "The merchant's daily amount is reached",
            "It is tried again on the next day; the limit can be raised on the merchant platform.",
        ],
    ),
    row(
        "RECEIVED_MONEY_LIMIT",
        PUT_OFF,
        NOT_ASKING,
        [
            "该收款人今日收款金额已达上限",
            "次日会用原单号自动重试；也可在微信商户平台申请提高额度。",
        ],
        [
            "The recipient's daily amount is reached",
            "It is tried again on the next day; the limit can be raised on the merchant platform.",
        ],
    ),
    row(
        "EXCEED_PAYEE_ACCOUNT_LIMIT",
        PUT_OFF,
        NOT_ASKING,
        [
            "收款人的微信账户额度已满",
            "稍后会用原单号自动重试；请收款人在微信里查看自己的收款额度。",
        ],
        [
            "The recipient's account limit is exceeded",
            "It is tried again later; the recipient can look up the limit in WeChat.",
        ],
    ),
    row(
        "AMOUNT_LIMIT",
        REFUSED,
        NOT_ASKING,
        [
            "金额低于微信支付的最低额或高于最高额，或被风控提高了最低额",
            REFUSED_ZH,
        ],
        [
            "The amount is below WeChat Pay's minimum or above its maximum, or risk control raised the minimum",
            REFUSED_EN,
        ],
    ),
    row(
        "OPENID_ERROR",
        REFUSED,
        NOT_ASKING,
        [
            "收款人的openid不属于这个AppID",
            "请让收款人在本站点重新登录以更新openid；系统确认没有付款后会退回余额。",
        ],
        [
            "The recipient's openid does not belong to this AppID",
            "Let the recipient sign in to this site again. Once it is confirmed that nothing was paid, the \
             balance is given back.",
        ],
    ),
    row(
        "APPID_OR_OPENID_ERR",
        REFUSED,
        NOT_ASKING,
        [
            "AppID与openid不匹配",
            "请检查AppID，并让收款人重新登录；系统确认没有付款后会退回余额。",
        ],
        [
            "AppID and openid do not fit",
            "Check the AppID and let the recipient sign in again. Once it is confirmed that nothing was \
             paid, the balance is given back.",
        ],
    ),
    row(
        "NAME_MISMATCH",
        REFUSED,
        NOT_ASKING,
        ["真实姓名与收款人的微信实名不一致", REFUSED_ZH],
        [
            "The real name is not the one verified in WeChat",
            REFUSED_EN,
        ],
    ),
    row(
        "V2_ACCOUNT_SIMPLE_BAN",
        REFUSED,
        NOT_ASKING,
        [
            "收款人没有完成微信支付实名认证，不能收款",
            "请收款人先在微信里完成实名认证，再重新发起；系统确认没有付款后会退回余额。",
        ],
        [
            "The recipient has not verified a real name in WeChat and cannot receive money",
            "The recipient verifies it in WeChat and asks anew. Once it is confirmed that nothing was paid, \
             the balance is given back.",
        ],
    ),
    row(
        "PAYEE_ACCOUNT_ABNORMAL",
        REFUSED,
        NOT_ASKING,
        [
            "收款人的微信账户状态异常，不能收款",
            "请收款人在微信里处理账户问题后重新发起；系统确认没有付款后会退回余额。",
        ],
        [
            "The recipient's WeChat account is not in order and cannot receive money",
            "The recipient clears it in WeChat and asks anew. Once it is confirmed that nothing was paid, \
             the balance is given back.",
        ],
    ),
    row(
        "NO_AUTH",
        HELD,
        ASKING_HELD,
        [
            "没有权限：产品未开通、被风控冻结，或商户、收款人受限",
            "请按微信支付返回的说明，在微信商户平台检查企业付款到零钱的产品状态；处理后原单会自动重发。",
        ],
        [
            "No permission: the product is not opened or is frozen, or the merchant or recipient is restricted",
            "Check the product on the merchant platform as WeChat Pay's words say; payouts then go on by \
             themselves.",
        ],
    ),
    row(
        "PARAM_ERROR",
        HELD,
        ASKING_HELD,
        [
            "参数错误，常见原因是AppID没有与商户号绑定",
            "请检查AppID与商户号，并在微信商户平台「产品中心 → AppID账号管理」绑定；仍有问题请联系平台运营。",
        ],
        [
            "A parameter is wrong; often the AppID is not bound to the merchant number",
            "Check AppID and merchant number and bind them on the merchant platform; else ask the operator.",
        ],
    ),
    row(
        "SIGN_ERROR",
        HELD,
        ASKING_HELD,
        [
            "签名错误：这里的商户API密钥与微信商户平台上的不一致",
            "请在「微信支付配置」重新填写商户API密钥（32位）；保存后原单会自动重发。",
        ],
        [
            "The signature is wrong: the API key here is not the one on the merchant platform",
            "Enter the merchant API key (32 characters) again; payouts then go on by themselves.",
        ],
    ),
    row(
        "CA_ERROR",
        HELD,
        ASKING_HELD,
        [
            "商户API证书缺失、错误、过期，或属于另一个商户号",
            "请在微信商户平台「账户中心 → 账户设置 → API安全」下载或申请证书，并在「微信支付配置」上传。",
        ],
        [
            "The merchant API certificate is missing, wrong, expired or of another merchant number",
            "Get the certificate on the merchant platform and upload it; payouts then go on by themselves.",
        ],
    ),
    row(
        "XML_ERROR",
        HELD,
        ASKING_HELD,
        [
            "微信支付无法读取请求",
            "请联系平台运营；修复后原单会自动重发。",
        ],
        [
            "WeChat Pay could not read the request",
            "Ask the operator; payouts then go on by themselves.",
        ],
    ),
    row(
        "PARAM_IS_NOT_UTF8",
        HELD,
        NOT_ASKING,
        [
            "请求的编码不是UTF-8",
            "请联系平台运营；修复后原单会自动重发。",
        ],
        [
            "A parameter is not UTF-8",
            "Ask the operator; payouts then go on by themselves.",
        ],
    ),
    row(
        "RECV_ACCOUNT_NOT_ALLOWED",
        HELD,
        NOT_ASKING,
        [
            "收款人不在商户的收款账户白名单里",
            "请在微信商户平台的产品设置里调整收款账户白名单；之后原单会自动重发。",
        ],
        [
            "The recipient is not on the merchant's list of permitted payees",
            "Change the list on the merchant platform; payouts then go on by themselves.",
        ],
    ),
    row(
        "PAY_CHANNEL_NOT_ALLOWED",
        HELD,
        NOT_ASKING,
        [
            "商户没有开通通过接口付款",
            "请在微信商户平台「产品中心 → 企业付款到零钱 → 产品设置 → 付款发起方」开通接口付款；之后原单会自动重发。",
        ],
        [
            "Paying through the API is not enabled for the merchant",
            "Enable it on the merchant platform; payouts then go on by themselves.",
        ],
    ),
    row(
        "PAYER_ACCOUNT_ABNORMAL",
        HELD,
        NOT_ASKING,
        [
            "商户的付款账户状态异常",
            "请在微信商户平台查看账户状态，或联系微信支付客服；处理后原单会自动重发。",
        ],
        [
            "The merchant's account is not in order",
            "Look at the account on the merchant platform or ask WeChat Pay; payouts then go on by themselves.",
        ],
    ),
];

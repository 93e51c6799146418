//! Every `err_code` the reference knows for the two calls (§2.3, §3.3), with a text as WeChat words it.

/// One documented error code.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Code {
    /// The code as it stands in `err_code`.
    pub name: &'static str,
    /// What `err_code_des` says; nobody may decide anything by it.
    pub text: &'static str,
}

/// Finds a documented code by its name.
pub(super) fn find(name: &str) -> Option<Code> {
    DOCUMENTED.iter().copied().find(|code| code.name == name)
}

macro_rules! codes {
    ($($(#[$doc:meta])* $name:ident $text:literal)*) => {
        $($(#[$doc])* pub(super) const $name: Code = Code { name: stringify!($name), text: $text };)*
        /// All documented codes of both calls.
        pub const DOCUMENTED: &[Code] = &[$($name),*];
    };
}

codes! {
    /// Result undetermined; also the answer while an accepted order is still being processed.
    SYSTEMERROR "系统繁忙，请稍后再试"
    /// A re-sent order that has failed for good; the query decides.
    SEND_FAILED "付款错误，请查单确认付款结果"
    /// The number exists with other parameters.
    FATAL_ERROR "两次请求参数不一致，请以原参数重试"
    /// Called too often.
    FREQ_LIMIT "超过频率限制，请稍后再试"
    /// The merchant's balance is too low.
    NOTENOUGH "余额不足"
    /// The merchant's or the payee's amount of the day is used up.
    MONEY_LIMIT "已经达到今日付款总额上限或已达到付款给此用户额度上限"
    /// The payee's count of the day is used up.
    SENDNUM_LIMIT "该用户今日付款次数超过限制"
    /// The merchant's amount of the day, newer name.
    SEND_MONEY_LIMIT "已达到今日商户付款额度上限"
    /// The payee's amount of the day, newer name.
    RECEIVED_MONEY_LIMIT "已达到今日付款给此用户额度上限"
    /// Below the minimum or above the maximum of one payout.
    AMOUNT_LIMIT "付款金额超出限制"
    /// Product not opened, or the caller's address is not on the list.
    NO_AUTH "产品权限验证失败，请查看您当前是否具有该产品的权限"
    /// A parameter is missing or wrong.
    PARAM_ERROR "参数错误"
    /// The openid does not belong to the AppID.
    OPENID_ERROR "openid与商户appid不匹配"
    /// The name check failed.
    NAME_MISMATCH "真实姓名不一致"
    /// The payee has not verified a real name.
    V2_ACCOUNT_SIMPLE_BAN "无法给未实名用户付款"
    /// The signature is wrong.
    SIGN_ERROR "签名错误"
    /// The body is not XML.
    XML_ERROR "输入XML格式错误"
    /// A parameter is not UTF-8.
    PARAM_IS_NOT_UTF8 "请使用UTF-8编码"
    /// The client certificate belongs to another merchant.
    CA_ERROR "证书出错，请登录微信支付商户平台下载证书"
    /// The payee is not on the merchant's list.
    RECV_ACCOUNT_NOT_ALLOWED "收款账户不在收款账户列表"
    /// The API is not enabled as a way to pay.
    PAY_CHANNEL_NOT_ALLOWED "本商户号未配置API发起能力"
    /// The payee's account is abnormal.
    PAYEE_ACCOUNT_ABNORMAL "收款用户账户异常"
    /// The merchant's account is abnormal.
    PAYER_ACCOUNT_ABNORMAL "商户账户异常"
    /// The payee's account limit is exceeded.
    EXCEED_PAYEE_ACCOUNT_LIMIT "超出收款用户账户限额"
    /// Named in one community list only.
    APPID_OR_OPENID_ERR "appid或openid错误"
    /// The query knows no such order.
    NOT_FOUND "指定单号数据不存在"
}

/// The text of `NO_AUTH` when the caller's address is not on the merchant's list (reference §5.7).
pub(super) const ADDRESS_NOT_ALLOWED: &str =
    "此IP地址不允许调用接口，如有需要请登录微信支付商户平台更改配置";

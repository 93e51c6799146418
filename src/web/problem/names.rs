//! What is wrong with a name, as a word and as a sentence.

use super::Said;
use crate::basics::names::NameFault;

/// The word for what is wrong with a name.
pub(in crate::web) const fn name_fault_code(fault: NameFault) -> &'static str {
    match fault {
        NameFault::AppId => "app_id",
        NameFault::AppSecret => "app_secret",
        NameFault::MerchantNumber => "merchant_number",
        NameFault::ApiKey { .. } => "api_key",
        NameFault::ApiV3Key { .. } => "api_v3_key",
        NameFault::OpenId => "openid",
        NameFault::StorefrontId => "id",
        NameFault::Description => "description",
        NameFault::RealName => "real_name",
        NameFault::EmailAddress => "email",
        NameFault::TenantSlug => "slug",
    }
}

/// The sentence that says what is expected.
pub(in crate::web) fn name_fault(fault: NameFault) -> Said {
    let zh = match fault {
        NameFault::AppId => "AppID 为 wx 加 16 位十六进制字符",
        NameFault::AppSecret => "AppSecret 为 16 至 64 位字母或数字",
        NameFault::MerchantNumber => "商户号为 8 至 10 位数字",
        NameFault::ApiKey { .. } => "商户API密钥为 32 位字母或数字",
        NameFault::ApiV3Key { .. } => "APIv3密钥为 32 位字母或数字",
        NameFault::OpenId => "openid 为 1 至 64 位 A-Z a-z 0-9 _ -",
        NameFault::StorefrontId => "编号为 1 至 64 位 A-Z a-z 0-9 _ . : -",
        NameFault::Description => {
            "描述为 1 至 100 字节 UTF-8(约 33 个汉字),不含控制字符与表情符号,首尾不留空格"
        }
        NameFault::RealName => "姓名为 1 至 64 字节 UTF-8,不含控制字符与表情符号,首尾不留空格",
        NameFault::EmailAddress => "邮箱形如 name@example.com",
        NameFault::TenantSlug => "短名为 1 至 40 位 a-z 0-9 -,首尾为字母或数字",
    };
    Said::new(zh, fault.to_string())
}

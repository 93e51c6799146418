//! The settings page 微信支付配置.

use super::tutorials::Tutorials;
use crate::basics::names::NameFault;
use crate::channels::certificate::CertificateFault;
use crate::channels::certificate::expiry::ExpiryNotice;
use crate::channels::{Change, Missing};
use crate::engine::CheckName;

/// The settings page.
pub(in crate::web) struct WechatPay {
    /// The title.
    pub(in crate::web) title: &'static str,
    /// The sentence below the title.
    pub(in crate::web) lead: &'static str,
    /// To somebody who may only look.
    pub(in crate::web) only_look: &'static str,

    /// Title: whether it can pay.
    pub(in crate::web) status: &'static str,
    /// It can.
    pub(in crate::web) ready: &'static str,
    /// What it means.
    pub(in crate::web) ready_means: &'static str,
    /// It cannot yet.
    pub(in crate::web) incomplete: &'static str,
    /// What is missing.
    pub(in crate::web) still_missing: fn(&[Missing]) -> String,
    /// The certificate's time is over, or has not come.
    pub(in crate::web) not_valid: &'static str,
    /// What it means.
    pub(in crate::web) not_valid_means: &'static str,
    /// Payouts wait because of the settings.
    pub(in crate::web) waiting: &'static str,
    /// Since when, why, and the code.
    pub(in crate::web) since: fn(&str, &str, &str) -> String,
    /// How they go on.
    pub(in crate::web) waiting_means: &'static str,
    /// The certificate's end is near.
    pub(in crate::web) expiring: fn(ExpiryNotice, u64) -> String,
    /// What to do then.
    pub(in crate::web) expiring_next: &'static str,

    /// Title of the fields.
    pub(in crate::web) merchant: &'static str,
    /// A label.
    pub(in crate::web) app_id: &'static str,
    /// A label.
    pub(in crate::web) app_secret: &'static str,
    /// A label, and a fact of a certificate.
    pub(in crate::web) merchant_number: &'static str,
    /// A label.
    pub(in crate::web) api_key: &'static str,
    /// A label.
    pub(in crate::web) api_v3_key: &'static str,
    /// After the label of a field that may stay empty.
    pub(in crate::web) optional: &'static str,
    /// Help below a field.
    pub(in crate::web) app_id_help: &'static str,
    /// Help below a field.
    pub(in crate::web) app_secret_help: &'static str,
    /// Help below a field.
    pub(in crate::web) merchant_number_help: &'static str,
    /// Help below a field.
    pub(in crate::web) api_key_help: &'static str,
    /// Help below a field.
    pub(in crate::web) api_v3_key_help: &'static str,
    /// A secret is there.
    pub(in crate::web) set: &'static str,
    /// A secret is not there.
    pub(in crate::web) not_set: &'static str,
    /// In the empty field of a secret that is there.
    pub(in crate::web) keeps: &'static str,
    /// Before the value that is saved, when another one was typed.
    pub(in crate::web) saved_value: &'static str,
    /// The button.
    pub(in crate::web) save: &'static str,

    /// Label of the file field and title of its card.
    pub(in crate::web) certificate: &'static str,
    /// Help below the field.
    pub(in crate::web) certificate_help: &'static str,
    /// Between two sentences.
    pub(in crate::web) full_stop: &'static str,
    /// What unfolds the facts of a certificate.
    pub(in crate::web) details: &'static str,
    /// The button.
    pub(in crate::web) upload: &'static str,
    /// Below the button.
    pub(in crate::web) upload_saves_all: &'static str,
    /// There is no certificate.
    pub(in crate::web) no_certificate: &'static str,
    /// What to do then, without a merchant number.
    pub(in crate::web) no_certificate_next: &'static str,
    /// What to do then, with one.
    pub(in crate::web) no_certificate_upload: &'static str,
    /// Badge.
    pub(in crate::web) in_use: &'static str,
    /// Badge.
    pub(in crate::web) waits: &'static str,
    /// Badge.
    pub(in crate::web) proved: &'static str,
    /// Badge.
    pub(in crate::web) retired: &'static str,
    /// Badge.
    pub(in crate::web) expired: &'static str,
    /// Badge: days that are left.
    pub(in crate::web) days_left: fn(u64) -> String,
    /// What is still to be done with a waiting certificate.
    pub(in crate::web) waits_means: &'static str,
    /// What can be done with one that was checked.
    pub(in crate::web) proved_means: &'static str,
    /// What can be done with a retired one, until then.
    pub(in crate::web) retired_means: fn(&str) -> String,
    /// A fact.
    pub(in crate::web) serial: &'static str,
    /// A fact.
    pub(in crate::web) subject: &'static str,
    /// A fact.
    pub(in crate::web) organization: &'static str,
    /// A fact.
    pub(in crate::web) company: &'static str,
    /// A fact.
    pub(in crate::web) issuer: &'static str,
    /// Badge at the issuer.
    pub(in crate::web) foreign_issuer: &'static str,
    /// What it means.
    pub(in crate::web) foreign_means: &'static str,
    /// A fact.
    pub(in crate::web) validity: &'static str,
    /// A fact.
    pub(in crate::web) fingerprint: &'static str,
    /// A fact.
    pub(in crate::web) key: &'static str,
    /// A fact.
    pub(in crate::web) uploaded: &'static str,
    /// A fact.
    pub(in crate::web) last_calls: &'static str,
    /// Its value.
    pub(in crate::web) calls: fn(u64, &str) -> String,
    /// Its value when there were none.
    pub(in crate::web) no_calls: &'static str,
    /// A button.
    pub(in crate::web) check_this: &'static str,
    /// A button.
    pub(in crate::web) activate: &'static str,
    /// A button.
    pub(in crate::web) use_again: &'static str,
    /// A button.
    pub(in crate::web) discard: &'static str,
    /// Beside the button that cannot be pressed yet.
    pub(in crate::web) check_first: &'static str,

    /// The button and its card.
    pub(in crate::web) check: &'static str,
    /// What it does.
    pub(in crate::web) check_lead: &'static str,
    /// All steps passed.
    pub(in crate::web) check_good: &'static str,
    /// A step failed.
    pub(in crate::web) check_bad: &'static str,
    /// It was never done.
    pub(in crate::web) check_never: &'static str,
    /// The settings have changed since.
    pub(in crate::web) check_stale: &'static str,
    /// Before when it was done.
    pub(in crate::web) checked: &'static str,
    /// What unfolds a check that passed.
    pub(in crate::web) check_result: &'static str,
    /// A step that was not tried.
    pub(in crate::web) check_skipped: &'static str,
    /// Before what to do.
    pub(in crate::web) check_remedy: &'static str,
    /// A step passed.
    pub(in crate::web) step_good: &'static str,
    /// A step failed.
    pub(in crate::web) step_bad: &'static str,
    /// The name of a step.
    pub(in crate::web) step: fn(CheckName) -> &'static str,

    /// Title of the versions.
    pub(in crate::web) history: &'static str,
    /// The sentence below it.
    pub(in crate::web) history_lead: &'static str,
    /// The link to all of them.
    pub(in crate::web) history_all: &'static str,
    /// The link to older ones.
    pub(in crate::web) history_older: &'static str,
    /// There are none that old.
    pub(in crate::web) history_none: &'static str,
    /// The link back.
    pub(in crate::web) back: &'static str,
    /// A column.
    pub(in crate::web) version: &'static str,
    /// A column.
    pub(in crate::web) when: &'static str,
    /// A column.
    pub(in crate::web) who: &'static str,
    /// A column.
    pub(in crate::web) what: &'static str,
    /// One change.
    pub(in crate::web) change: fn(&Change) -> String,
    /// How somebody with a shell on the server is called.
    pub(in crate::web) command_line: &'static str,

    /// After a redirect.
    pub(in crate::web) saved: &'static str,
    /// After a redirect.
    pub(in crate::web) unchanged: &'static str,
    /// After a redirect.
    pub(in crate::web) trimmed: &'static str,
    /// After a redirect.
    pub(in crate::web) taken_into_use: &'static str,
    /// After a redirect.
    pub(in crate::web) stored_beside: &'static str,
    /// After a redirect.
    pub(in crate::web) dropped: &'static str,
    /// After a redirect.
    pub(in crate::web) p12_not_used: &'static str,
    /// After a redirect.
    pub(in crate::web) going_on: &'static str,
    /// After a redirect.
    pub(in crate::web) activated: &'static str,
    /// After a redirect.
    pub(in crate::web) discarded: &'static str,

    /// Fields are wrong.
    pub(in crate::web) wrong_title: &'static str,
    /// Nothing was saved.
    pub(in crate::web) wrong: &'static str,
    /// What is wrong with a field.
    pub(in crate::web) field_fault: fn(NameFault) -> String,
    /// A field that had a value is empty.
    pub(in crate::web) cleared: &'static str,
    /// A file came with a wrong field.
    pub(in crate::web) file_again: &'static str,
    /// A file came without a merchant number.
    pub(in crate::web) number_first: &'static str,
    /// What is wrong with an upload.
    pub(in crate::web) upload_fault: fn(&CertificateFault) -> (String, &'static str),
    /// Too many wait.
    pub(in crate::web) too_many_waiting: fn(usize) -> String,
    /// Somebody else saved.
    pub(in crate::web) stale_title: &'static str,
    /// What to do.
    pub(in crate::web) stale: &'static str,
    /// Somebody else saved before a button was pressed.
    pub(in crate::web) stale_button: &'static str,
    /// The certificate was not proved.
    pub(in crate::web) not_proved: &'static str,
    /// The certificate is not valid today.
    pub(in crate::web) not_valid_today: &'static str,
    /// The one in use is not thrown away.
    pub(in crate::web) stays_in_use: &'static str,
    /// Nothing was done.
    pub(in crate::web) refused_title: &'static str,
    /// The body was too large.
    pub(in crate::web) too_large: fn(usize) -> String,
    /// The body was not a form.
    pub(in crate::web) unreadable: &'static str,
    /// So often in a minute.
    pub(in crate::web) too_often: &'static str,

    /// Title of the address list.
    pub(in crate::web) addresses: &'static str,
    /// The sentence below it.
    pub(in crate::web) addresses_lead: &'static str,
    /// The tutorials.
    pub(in crate::web) tutorials: Tutorials,
}

impl WechatPay {
    pub(super) const CHINESE: Self = Self {
        title: "微信支付配置",
        lead: "填写本站点自己的微信支付商户信息。付款从您的商户号直接到收款人的微信零钱，平台不经手资金。",
        only_look: "您可以查看这些设置。修改设置、上传证书与检测，请联系站点所有者或财务。",
        status: "当前状态",
        ready: "可以付款",
        ready_means: "设置完整，证书在有效期内。",
        incomplete: "设置不完整",
        still_missing: |missing| {
            let names: Vec<&str> = missing.iter().map(|what| chinese_name(*what)).collect();
            format!("还缺少：{}。补全之前，提现申请会被拒绝。", names.join("、"))
        },
        not_valid: "证书不在有效期内",
        not_valid_means: "微信支付不会接受这张证书。请申请新证书并上传，排队中的付款会自动继续。",
        waiting: "付款暂停，等待更正设置",
        since: |at, why, code| format!("{at} 起：{why}（{code}）。"),
        waiting_means: "更正后保存，或一键检测全部通过，等待中的付款会自动继续。",
        expiring: |notice, days| match notice {
            ExpiryNotice::Expired => "商户API证书已过期，微信支付会拒绝所有付款".to_owned(),
            ExpiryNotice::Within1Day => "商户API证书将在一天内过期".to_owned(),
            ExpiryNotice::Within90Days | ExpiryNotice::Within30Days | ExpiryNotice::Within7Days => {
                format!("商户API证书还有 {days} 天过期")
            }
        },
        expiring_next: "请用证书工具申请新证书并在这里上传。新证书先保存在旁边，检测通过后再启用，期间付款不中断。",
        merchant: "商户信息",
        app_id: "AppID(应用ID)",
        app_secret: "AppSecret(应用密码)",
        merchant_number: "商户号",
        api_key: "商户API密钥",
        api_v3_key: "APIv3密钥",
        optional: "（选填）",
        app_id_help: "以 wx 开头，共 18 位。收款人的 openid 必须来自这个应用。",
        app_secret_help: "付款本身不使用，只有获取收款人 openid 时才需要。",
        merchant_number_help: "8 到 10 位数字。",
        api_key_help: "32 位字母或数字，即商户平台上的 APIv2密钥。",
        api_v3_key_help: "32 位字母或数字，使用「商家转账」时需要。",
        set: "已设置",
        not_set: "未设置",
        keeps: "留空表示不修改",
        saved_value: "现在保存的是：",
        save: "保存",
        certificate: "商户API证书",
        certificate_help: "选择证书工具生成的 ZIP 压缩包（不用解压）；也可以选择 apiclient_cert.p12，或同时选择 apiclient_cert.pem 与 apiclient_key.pem。手机上不方便选择文件时，请用电脑浏览器打开本页。",
        full_stop: "。",
        details: "证书信息",
        upload: "上传",
        upload_saves_all: "上传时会一并保存上面填写的内容。证书信息由系统从文件中读取，不需要手工填写。",
        no_certificate: "还没有证书",
        no_certificate_next: "请先填写并保存「商户号」，再上传证书。",
        no_certificate_upload: "请在下面选择证书文件并上传。还没有证书时，按教程申请。",
        in_use: "使用中",
        waits: "待启用",
        proved: "检测通过",
        retired: "已停用",
        expired: "已过期",
        days_left: |days| match days {
            0 => "不到 1 天".to_owned(),
            days => format!("剩余 {days} 天"),
        },
        waits_means: "先检测这张证书，通过后启用；原来的证书会保留 14 天，可以随时换回。",
        proved_means: "检测已通过，可以启用。原来的证书会保留 14 天，可以随时换回。",
        retired_means: |until| format!("{until} 之前可以换回这张证书。"),
        serial: "证书序列号",
        subject: "主题",
        organization: "组织",
        company: "公司名称",
        issuer: "颁发者",
        foreign_issuer: "不是微信支付颁发",
        foreign_means: "真实付款请上传微信支付证书工具生成的证书；连接模拟环境时可以忽略。",
        validity: "有效期",
        fingerprint: "SHA-256 指纹",
        key: "密钥",
        uploaded: "上传",
        last_calls: "最近调用",
        calls: |calls, at| format!("最近的调用中有 {calls} 次使用这张证书，最后一次在 {at}"),
        no_calls: "最近的调用没有使用这张证书",
        check_this: "检测这张证书",
        activate: "启用",
        use_again: "换回这张证书",
        discard: "移除",
        check_first: "检测通过后才能启用",
        check: "一键检测",
        check_lead: "检测不会付款：系统用当前设置向微信支付查询一笔不存在的付款单，由此验证证书、密钥、产品权限与IP白名单。",
        check_good: "全部通过，可以付款",
        check_bad: "有一项没有通过",
        check_never: "还没有检测过。保存设置并上传证书后，请检测一次。",
        check_stale: "检测之后设置有过修改，请重新检测。",
        checked: "检测于",
        check_result: "检测结果",
        check_skipped: "前一项通过后才会检测",
        check_remedy: "处理办法：",
        step_good: "通过",
        step_bad: "未通过",
        step: |name| match name {
            CheckName::SettingsComplete => "设置完整",
            CheckName::CertificateValid => "证书在有效期内",
            CheckName::SecretsOpen => "密钥可以读取",
            CheckName::Connection => "与微信支付建立安全连接",
            CheckName::WechatAccepts => "微信支付接受证书、签名、产品权限与IP",
        },
        history: "修改记录",
        history_lead: "每次保存都是一个新版本，旧版本原样保留。密钥的内容从不显示。",
        history_all: "全部记录",
        history_older: "更早的记录",
        history_none: "没有更早的记录",
        back: "返回微信支付配置",
        version: "版本",
        when: "时间",
        who: "操作人",
        what: "修改内容",
        change: |change| {
            let from_to = |label: &str, from: &Option<String>, to: &Option<String>| {
                let none = || "无".to_owned();
                format!(
                    "{label}：{} → {}",
                    from.clone().unwrap_or_else(none),
                    to.clone().unwrap_or_else(none)
                )
            };
            match change {
                Change::Opened => "站点创建".to_owned(),
                Change::AppId { from, to } => from_to("AppID", from, to),
                Change::MerchantNumber { from, to } => from_to("商户号", from, to),
                Change::AppSecret => "AppSecret：已更新".to_owned(),
                Change::ApiKey => "商户API密钥：已更新".to_owned(),
                Change::ApiV3Key => "APIv3密钥：已更新".to_owned(),
                Change::Certificate { from, to } => {
                    from_to("证书", &from.as_deref().map(tail), &to.as_deref().map(tail))
                }
            }
        },
        command_line: "服务器命令行",
        saved: "已保存",
        unchanged: "没有需要保存的修改",
        trimmed: "粘贴时带入的空格或换行已自动去掉",
        taken_into_use: "证书已上传并开始使用",
        stored_beside: "新证书已保存，尚未启用。请先检测它，通过后点击启用",
        dropped: "商户号已更换，原商户号的证书已停用。请上传新商户号的证书",
        p12_not_used: "上传的 p12 文件无法读取，已改用同时上传的 PEM 文件",
        going_on: "等待中的付款已恢复",
        activated: "证书已启用，原来的证书保留 14 天，可以随时换回",
        discarded: "证书已移除",
        wrong_title: "没有保存，请更正标出的内容",
        wrong: "您填写的内容仍在页面上；出于安全，密钥需要重新填写，文件需要重新选择。",
        field_fault: |fault| match fault {
            NameFault::AppId => {
                "AppID 由小写的 wx 加 16 位 0-9、a-f 组成，共 18 位。请从公众平台重新复制。"
                    .to_owned()
            }
            NameFault::AppSecret => {
                "AppSecret 是 16 到 64 位字母或数字（通常 32 位）。请从公众平台重新复制。"
                    .to_owned()
            }
            NameFault::MerchantNumber => {
                "商户号是 8 到 10 位数字。请从商户平台「账户中心 → 商户信息」重新复制。".to_owned()
            }
            NameFault::ApiKey { length } => {
                format!("商户API密钥必须正好 32 位，只含字母和数字；您填写了 {length} 个字符。")
            }
            NameFault::ApiV3Key { length } => {
                format!("APIv3密钥必须正好 32 位，只含字母和数字；您填写了 {length} 个字符。")
            }
            NameFault::OpenId
            | NameFault::StorefrontId
            | NameFault::Description
            | NameFault::RealName
            | NameFault::EmailAddress
            | NameFault::TenantSlug => "格式不正确。".to_owned(),
        },
        cleared: "已保存的内容不能清空，请填写新的内容。",
        file_again: "证书没有上传：请先更正标出的内容，再重新选择文件。",
        number_first: "请先填写「商户号」：证书要与商户号核对。",
        upload_fault: |fault| (fault.chinese(), fault.chinese_remedy()),
        too_many_waiting: |most| format!("已有 {most} 张证书待启用，请先移除不需要的。"),
        stale_title: "没有保存：设置刚刚被别人修改过",
        stale: "下面是您填写的内容，旁边是现在保存的内容。核对后再次点击保存，就会以您填写的为准；密钥需要重新填写，文件需要重新选择。",
        stale_button: "下面是现在的设置，请核对后再操作。",
        not_proved: "这张证书还没有检测通过，请先检测它。",
        not_valid_today: "这张证书今天不在有效期内，不能启用。",
        stays_in_use: "使用中的证书不能移除。",
        refused_title: "没有做任何更改",
        too_large: |kib| {
            format!("上传的内容超过 {kib} KiB，证书文件不会这么大。请只上传证书文件本身。")
        },
        unreadable: "浏览器发来的表单无法读取。请刷新页面后重试。",
        too_often: "操作过于频繁，请一分钟后再试。",
        addresses: "IP白名单",
        addresses_lead: "微信支付只接受名单上的服务器发起付款。请把平台服务器的出口 IP 加到商户平台的「接口调用IP」里。",
        tutorials: Tutorials::CHINESE,
    };

    pub(super) const ENGLISH: Self = Self {
        title: "WeChat Pay settings",
        lead: "The data of this site's own merchant account at WeChat Pay. Payouts go from your account straight to the recipient's WeChat balance; the platform never holds the money.",
        only_look: "You may look at these settings. To change, upload or check anything, ask the owner or somebody of finance.",
        status: "Present state",
        ready: "Ready to pay",
        ready_means: "The settings are complete and the certificate is valid.",
        incomplete: "Settings incomplete",
        still_missing: |missing| {
            let names: Vec<&str> = missing.iter().map(|what| english_name(*what)).collect();
            format!(
                "Still missing: {}. Until then requests to be paid are refused.",
                names.join(", ")
            )
        },
        not_valid: "The certificate is not valid today",
        not_valid_means: "WeChat Pay will not accept it. Apply for a new one and upload it; payouts that wait then go on by themselves.",
        waiting: "Payouts wait for the settings to be mended",
        since: |at, why, code| format!("Since {at}: {why} ({code})."),
        waiting_means: "They go on by themselves once you save what was wrong, or once the check passes.",
        expiring: |notice, days| match notice {
            ExpiryNotice::Expired => {
                "The merchant certificate has expired; WeChat Pay refuses all payouts".to_owned()
            }
            ExpiryNotice::Within1Day => "The merchant certificate expires within a day".to_owned(),
            ExpiryNotice::Within90Days | ExpiryNotice::Within30Days | ExpiryNotice::Within7Days => {
                format!("The merchant certificate expires in {days} days")
            }
        },
        expiring_next: "Apply for a new certificate with the certificate tool and upload it here. It is stored beside the old one, checked, and then taken into use; payouts go on meanwhile.",
        merchant: "Merchant account",
        app_id: "AppID (应用ID)",
        app_secret: "AppSecret (应用密码)",
        merchant_number: "Merchant number (商户号)",
        api_key: "API key (商户API密钥)",
        api_v3_key: "APIv3 key (APIv3密钥)",
        optional: " (optional)",
        app_id_help: "18 characters, beginning with wx. The recipients' openids have to come from this app.",
        app_secret_help: "No payment uses it; it is needed only to find out recipients' openids.",
        merchant_number_help: "8 to 10 digits.",
        api_key_help: "32 letters or digits: the APIv2密钥 of the merchant platform.",
        api_v3_key_help: "32 letters or digits; needed for 商家转账.",
        set: "Set",
        not_set: "Not set",
        keeps: "Leave empty to keep it",
        saved_value: "Saved now: ",
        save: "Save",
        certificate: "Merchant API certificate",
        certificate_help: "Choose the ZIP that the certificate tool made (no need to unpack it); or apiclient_cert.p12; or apiclient_cert.pem together with apiclient_key.pem. If your phone makes choosing files hard, open this page on a computer.",
        full_stop: ". ",
        details: "Facts",
        upload: "Upload",
        upload_saves_all: "This also saves what you typed above. Everything about the certificate is read from the file.",
        no_certificate: "No certificate yet",
        no_certificate_next: "Save the merchant number first, then upload the certificate.",
        no_certificate_upload: "Choose the certificate package below and upload it. The tutorial says how to request one.",
        in_use: "In use",
        waits: "Waiting",
        proved: "Checked",
        retired: "Taken out of use",
        expired: "Expired",
        days_left: |days| match days {
            0 => "less than a day left".to_owned(),
            1 => "1 day left".to_owned(),
            days => format!("{days} days left"),
        },
        waits_means: "Check this certificate first, then take it into use. The present one is kept for 14 days and can be put back at any time.",
        proved_means: "It has passed the check and can be taken into use. The present one is kept for 14 days and can be put back at any time.",
        retired_means: |until| format!("Until {until} this certificate can be put back."),
        serial: "Serial number",
        subject: "Subject",
        organization: "Organization",
        company: "Company",
        issuer: "Issuer",
        foreign_issuer: "Not issued by WeChat Pay",
        foreign_means: "For real payments, upload the certificate from WeChat Pay's certificate tool; for a simulator this one is fine.",
        validity: "Valid",
        fingerprint: "SHA-256 fingerprint",
        key: "Key",
        uploaded: "Uploaded",
        last_calls: "Last calls",
        calls: |calls, at| match calls {
            1 => format!("1 of the last calls used this certificate, at {at}"),
            calls => format!("{calls} of the last calls used this certificate, the newest at {at}"),
        },
        no_calls: "None of the last calls used this certificate",
        check_this: "Check this certificate",
        activate: "Take into use",
        use_again: "Put this one back",
        discard: "Throw away",
        check_first: "It has to pass the check first",
        check: "Check everything",
        check_lead: "The check pays nothing: it asks WeChat Pay about a payout that does not exist, and so proves certificate, keys, product and IP whitelist.",
        check_good: "Everything passed; payouts can be made",
        check_bad: "One step failed",
        check_never: "Not checked yet. Save the settings, upload the certificate, then check once.",
        check_stale: "The settings have changed since; check again.",
        checked: "Checked at",
        check_result: "Result of the check",
        check_skipped: "Tried once the step before passes",
        check_remedy: "What to do: ",
        step_good: "passed",
        step_bad: "failed",
        step: |name| match name {
            CheckName::SettingsComplete => "Settings complete",
            CheckName::CertificateValid => "Certificate valid",
            CheckName::SecretsOpen => "Keys can be opened",
            CheckName::Connection => "Secure connection to WeChat Pay",
            CheckName::WechatAccepts => {
                "WeChat Pay accepts certificate, signature, product and address"
            }
        },
        history: "Changes",
        history_lead: "Every save is a new version; the old ones stay as they were. No secret is ever shown.",
        history_all: "All changes",
        history_older: "Older changes",
        history_none: "There are no older changes",
        back: "Back to the WeChat Pay settings",
        version: "Version",
        when: "When",
        who: "Who",
        what: "What",
        change: |change| {
            let from_to = |label: &str, from: &Option<String>, to: &Option<String>| {
                let none = || "none".to_owned();
                format!(
                    "{label}: {} → {}",
                    from.clone().unwrap_or_else(none),
                    to.clone().unwrap_or_else(none)
                )
            };
            match change {
                Change::Opened => "The site was made".to_owned(),
                Change::AppId { from, to } => from_to("AppID", from, to),
                Change::MerchantNumber { from, to } => from_to("Merchant number", from, to),
                Change::AppSecret => "AppSecret: set anew".to_owned(),
                Change::ApiKey => "API key: set anew".to_owned(),
                Change::ApiV3Key => "APIv3 key: set anew".to_owned(),
                Change::Certificate { from, to } => from_to(
                    "Certificate",
                    &from.as_deref().map(tail),
                    &to.as_deref().map(tail),
                ),
            }
        },
        command_line: "Command line of the server",
        saved: "Saved",
        unchanged: "There was nothing to save",
        trimmed: "Blanks and line ends that came with pasting were taken away",
        taken_into_use: "The certificate was uploaded and is in use",
        stored_beside: "The new certificate is stored and not in use yet. Check it, then take it into use",
        dropped: "The merchant number was changed and the certificate of the old one was taken out of use. Upload the new number's",
        p12_not_used: "The p12 file in the upload could not be read; the PEM files were used",
        going_on: "Payouts that waited go on",
        activated: "The certificate is in use; the old one is kept for 14 days and can be put back",
        discarded: "The certificate was thrown away",
        wrong_title: "Not saved: correct what is marked",
        wrong: "What you typed is still here; keys have to be typed and files to be chosen again, for safety.",
        field_fault: |fault| format!("{}.", capitalized(&fault.to_string())),
        cleared: "A value that was saved cannot be emptied; enter the new one.",
        file_again: "The certificate was not uploaded: correct what is marked, then choose the file again.",
        number_first: "Enter the merchant number first: the certificate is checked against it.",
        upload_fault: |fault| (capitalized(&fault.to_string()), fault.remedy()),
        too_many_waiting: |most| {
            format!("{most} certificates wait already; throw away what is not needed.")
        },
        stale_title: "Not saved: somebody else has changed the settings",
        stale: "Below is what you typed, beside it what is saved now. Save once more to put yours in its place; keys have to be typed and files to be chosen again.",
        stale_button: "Below are the settings as they are now; look at them and press again.",
        not_proved: "This certificate has not passed the check yet; check it first.",
        not_valid_today: "This certificate is not valid today and cannot be taken into use.",
        stays_in_use: "The certificate in use cannot be thrown away.",
        refused_title: "Nothing was changed",
        too_large: |kib| {
            format!(
                "That is more than {kib} KiB, which no certificate package is. Upload only the certificate package itself."
            )
        },
        unreadable: "The form that the browser sent cannot be read. Reload the page and try again.",
        too_often: "That was too often; try again in a minute.",
        addresses: "IP whitelist",
        addresses_lead: "WeChat Pay accepts payouts only from servers on your list. Add the platform's outgoing addresses to 接口调用IP on the merchant platform.",
        tutorials: Tutorials::ENGLISH,
    };
}

const fn chinese_name(what: Missing) -> &'static str {
    match what {
        Missing::AppId => "AppID(应用ID)",
        Missing::MerchantNumber => "商户号",
        Missing::ApiKey => "商户API密钥",
        Missing::Certificate => "商户API证书",
    }
}

const fn english_name(what: Missing) -> &'static str {
    match what {
        Missing::AppId => "the AppID",
        Missing::MerchantNumber => "the merchant number",
        Missing::ApiKey => "the API key",
        Missing::Certificate => "the certificate",
    }
}

fn capitalized(sentence: &str) -> String {
    let mut chars = sentence.chars();
    chars
        .next()
        .map(|first| first.to_uppercase().chain(chars).collect())
        .unwrap_or_default()
}

/// The end of a serial: enough to tell two apart.
pub(in crate::web) fn tail(serial: &str) -> String {
    let chars: Vec<char> = serial.chars().collect();
    chars.last_chunk::<8>().map_or_else(
        || serial.to_owned(),
        |tail| format!("…{}", String::from_iter(tail)),
    )
}

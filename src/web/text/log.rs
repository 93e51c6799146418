//! 日志: the words of its page, and what each kind of event is called.

use super::Tongue;
use crate::audit::EventKind;

/// 日志.
pub(in crate::web) struct Log {
    /// The title.
    pub(in crate::web) title: &'static str,
    /// Below it.
    pub(in crate::web) lead: &'static str,
    /// A label.
    pub(in crate::web) search: &'static str,
    /// Below the field.
    pub(in crate::web) search_help: &'static str,
    /// A label; a column.
    pub(in crate::web) doer: &'static str,
    /// A label.
    pub(in crate::web) kind: &'static str,
    /// A choice.
    pub(in crate::web) any: &'static str,
    /// A label.
    pub(in crate::web) from: &'static str,
    /// A label.
    pub(in crate::web) to: &'static str,
    /// A column.
    pub(in crate::web) when: &'static str,
    /// A column.
    pub(in crate::web) what: &'static str,
    /// A column.
    pub(in crate::web) request: &'static str,
    /// What opens the facts.
    pub(in crate::web) facts: &'static str,
    /// A doer.
    pub(in crate::web) member: &'static str,
    /// A doer.
    pub(in crate::web) storefront: &'static str,
    /// A doer.
    pub(in crate::web) system: &'static str,
    /// A doer.
    pub(in crate::web) visitor: &'static str,
    /// A doer by name.
    pub(in crate::web) engine: &'static str,
    /// A doer by name.
    pub(in crate::web) command_line: &'static str,
    /// When there is nothing.
    pub(in crate::web) none_title: &'static str,
    /// What to do then.
    pub(in crate::web) none: &'static str,
    /// A fact.
    pub(in crate::web) yes: &'static str,
    /// A fact.
    pub(in crate::web) no: &'static str,
    /// A fact.
    pub(in crate::web) nothing: &'static str,
}

impl Log {
    pub(super) const CHINESE: Self = Self {
        title: "日志",
        lead: "本站点内谁在什么时候做了什么。记录不可更改、不可删除。",
        search: "对象编号",
        search_help: "输入完整的付款单号、收款人、订单号或成员编号。",
        doer: "操作者",
        kind: "类型",
        any: "全部",
        from: "从",
        to: "至",
        when: "时间",
        what: "内容",
        request: "请求编号",
        facts: "详情",
        member: "成员",
        storefront: "商城接口",
        system: "系统",
        visitor: "未登录访客",
        engine: "付款引擎",
        command_line: "服务器命令行",
        none_title: "没有记录",
        none: "请更改筛选条件或时间范围。",
        yes: "是",
        no: "否",
        nothing: "无",
    };
    pub(super) const ENGLISH: Self = Self {
        title: "Log",
        lead: "What was done in this site, by whom and when. Records are never changed or deleted.",
        search: "Id",
        search_help: "The whole id of a payout, a recipient, an order or a member.",
        doer: "Who",
        kind: "Kind",
        any: "Any",
        from: "From",
        to: "To",
        when: "When",
        what: "What",
        request: "Request id",
        facts: "Facts",
        member: "Member",
        storefront: "Storefront",
        system: "System",
        visitor: "Not signed in",
        engine: "Payout engine",
        command_line: "Command line",
        none_title: "Nothing found",
        none: "Change the filters or the span of days.",
        yes: "Yes",
        no: "No",
        nothing: "None",
    };
}

impl Tongue {
    /// The one of two texts that is in this language.
    const fn of_two(self, (chinese, english): (&'static str, &'static str)) -> &'static str {
        match self {
            Self::Chinese => chinese,
            Self::English => english,
        }
    }
}

/// What was done, after who did it. A new kind does not compile before it has its words.
pub(in crate::web) const fn deed(kind: EventKind, tongue: Tongue) -> &'static str {
    tongue.of_two(match kind {
        EventKind::TenantCreated => ("创建了站点", "made the site"),
        EventKind::MemberAdded => ("加入为成员", "became a member"),
        EventKind::SignedIn => ("登录", "signed in"),
        EventKind::SignedOut => ("退出登录", "signed out"),
        EventKind::SignInFailed => ("登录或身份确认失败", "a sign-in or confirmation failed"),
        EventKind::Confirmed => ("确认了本人身份", "confirmed that it is them"),
        EventKind::RecoveryCodeUsed => ("使用了恢复码", "used a recovery code"),
        EventKind::SecondFactorOn => ("开启了两步验证", "turned the second factor on"),
        EventKind::SecondFactorOff => ("关闭了两步验证", "turned the second factor off"),
        EventKind::RecoveryCodesRenewed => ("更换了恢复码", "got new recovery codes"),
        EventKind::PasswordChanged => ("修改了密码", "changed the password"),
        EventKind::SessionsEnded => ("结束了登录", "ended sessions"),
        EventKind::MemberInvited => ("邀请了成员", "invited somebody"),
        EventKind::InvitationWithdrawn => ("撤回了邀请", "withdrew an invitation"),
        EventKind::MemberRoleChanged => ("更改了成员角色", "changed the role of a member"),
        EventKind::MemberDisabled => ("停用了成员", "disabled a member"),
        EventKind::MemberEnabled => ("启用了成员", "let a member in again"),
        EventKind::OperatorAdded => ("添加了平台运营", "added an operator"),
        EventKind::VaultRotated => ("更换了主密钥", "re-sealed keys under the newest master key"),
        EventKind::ApiKeyCreated => ("创建了接口密钥", "made a storefront key"),
        EventKind::ApiKeyRevoked => ("吊销了接口密钥", "revoked a storefront key"),
        EventKind::ChannelSaved => ("保存了微信支付配置", "saved the WeChat Pay settings"),
        EventKind::CertificateUploaded => ("上传了商户API证书", "uploaded a certificate"),
        EventKind::CertificateActivated => ("启用了商户API证书", "took a certificate into use"),
        EventKind::CertificateDiscarded => ("删除了商户API证书", "threw a certificate away"),
        EventKind::ChannelChecked => ("进行了一键检测", "checked the WeChat Pay settings"),
        EventKind::LimitsChanged => ("更改了提现额度", "changed limits"),
        EventKind::RecipientCreated => ("登记了收款人", "made a recipient known"),
        EventKind::RecipientChanged => ("更改了收款人资料", "changed a recipient"),
        EventKind::CommissionEarned => ("记入提成", "a commission was earned"),
        EventKind::CommissionReversed => ("撤回提成", "took a commission back"),
        EventKind::CommissionReduced => ("扣回部分提成", "took a part of a commission back"),
        EventKind::RuleAdded => ("添加了提成规则", "added a rule of commissions"),
        EventKind::RuleEnded => ("结束了提成规则", "ended a rule of commissions"),
        EventKind::OrderRecorded => ("记录了订单", "recorded an order"),
        EventKind::OrderRefunded => ("记录了订单退款", "recorded a refund"),
        EventKind::BatchTaken => ("上传了批量付款文件", "uploaded a batch"),
        EventKind::BatchApproved => ("通过了批量付款", "approved a batch"),
        EventKind::BatchPaused => ("暂停了批量付款", "paused a batch"),
        EventKind::BatchResumed => ("继续了批量付款", "resumed a batch"),
        EventKind::BatchDiscarded => ("放弃了批量付款", "discarded a batch"),
        EventKind::BatchDone => ("批量付款已处理完", "a batch is done"),
        EventKind::CorrectionAsked => ("申请更正余额", "asked for a correction of a balance"),
        EventKind::CorrectionApproved => ("通过了余额更正", "approved a correction"),
        EventKind::CorrectionRejected => ("驳回了余额更正", "rejected a correction"),
        EventKind::PayoutAccepted => ("受理了付款单", "a payout was accepted"),
        EventKind::PayoutApproved => ("审核通过了付款单", "approved a payout"),
        EventKind::PayoutRejected => ("驳回了付款单", "rejected a payout"),
        EventKind::PayoutCancelled => ("撤销了付款单", "cancelled a payout"),
        EventKind::PayoutSubmitted => ("提交付款单到微信支付", "wrote a payout down to be sent"),
        EventKind::PayoutPutOff => ("付款单稍后重试", "a payout waits to be sent again"),
        EventKind::PayoutInDoubt => (
            "付款结果确认中,请勿重复打款",
            "a payout is in doubt; do not pay it again",
        ),
        EventKind::PayoutSucceeded => ("付款成功", "a payout was paid"),
        EventKind::PayoutFailed => ("付款失败", "a payout failed"),
        EventKind::PayoutAsked => (
            "立即向微信查询付款单",
            "let WeChat Pay be asked about a payout",
        ),
        EventKind::PayoutHurried => ("立即重试付款单", "let a payout be tried at once"),
        EventKind::PayoutDecided => ("人工确认了付款结果", "said what became of a payout"),
        EventKind::FindingReported => ("发现一处对账差异", "a difference was found"),
        EventKind::FindingResolved => ("处理了对账差异", "resolved a difference"),
        EventKind::LaneClosed => ("暂停发送付款", "payouts are no longer sent"),
        EventKind::LaneOpened => ("恢复发送付款", "payouts are sent again"),
        EventKind::EndpointRegistered => ("登记了通知地址", "registered a webhook endpoint"),
        EventKind::EndpointChanged => ("更改了通知地址", "changed a webhook endpoint"),
        EventKind::EndpointSecretRotated => (
            "更换了通知地址的签名密钥",
            "rotated the secret of a webhook endpoint",
        ),
        EventKind::EndpointEnabled => ("启用了通知地址", "enabled a webhook endpoint"),
        EventKind::EndpointDisabled => ("停用了通知地址", "disabled a webhook endpoint"),
        EventKind::EndpointRemoved => ("删除了通知地址", "removed a webhook endpoint"),
        EventKind::EndpointTested => ("向通知地址发送了测试", "tested a webhook endpoint"),
        EventKind::EndpointReplayed => (
            "向通知地址重新发送了通知",
            "sent events to a webhook endpoint again",
        ),
    })
}

/// The families of kinds, by what stands before the dot in their names.
pub(in crate::web) const FAMILIES: [&str; 18] = [
    "member",
    "payout",
    "batch",
    "commission",
    "commission_rule",
    "order",
    "correction",
    "recipient",
    "limits",
    "channel",
    "certificate",
    "api_key",
    "endpoint",
    "finding",
    "lane",
    "tenant",
    "operator",
    "vault",
];

/// What a family of kinds is called.
pub(in crate::web) fn family(name: &str, tongue: Tongue) -> Option<&'static str> {
    let words = match name {
        "member" => ("成员与登录", "Members and sign-ins"),
        "payout" => ("付款单", "Payouts"),
        "batch" => ("批量付款", "Batches"),
        "commission" => ("提成", "Commissions"),
        "commission_rule" => ("提成规则", "Rules of commissions"),
        "order" => ("订单", "Orders"),
        "correction" => ("余额更正", "Corrections"),
        "recipient" => ("收款人", "Recipients"),
        "limits" => ("额度", "Limits"),
        "channel" => ("微信支付配置", "WeChat Pay settings"),
        "certificate" => ("证书", "Certificates"),
        "api_key" => ("接口密钥", "Storefront keys"),
        "endpoint" => ("通知地址", "Webhooks"),
        "finding" => ("对账差异", "Differences"),
        "lane" => ("付款通道状态", "Sending"),
        "tenant" => ("站点", "Site"),
        "operator" => ("平台运营", "Operators"),
        "vault" => ("主密钥", "Master key"),
        _ => return None,
    };
    Some(tongue.of_two(words))
}

/// What a fact is called. One that has no words here is shown by its own name.
pub(in crate::web) fn fact(name: &str, tongue: Tongue) -> Option<&'static str> {
    let words = match name {
        "amount_fen" => ("金额", "Amount"),
        "email" => ("邮箱", "E-mail"),
        "role" => ("角色", "Role"),
        "code" => ("代码", "Code"),
        "recipient" => ("收款人", "Recipient"),
        "serial" => ("证书序列号", "Certificate serial"),
        "reason" => ("原因", "Reason"),
        "name" => ("名称", "Name"),
        "kind" => ("类型", "Kind"),
        "version" => ("版本", "Version"),
        "state" => ("状态", "State"),
        "status" => ("状态", "Status"),
        "sessions" => ("登录数", "Sessions"),
        "sessions_ended" => ("结束的登录数", "Sessions ended"),
        "resolution" => ("处理方式", "Resolution"),
        "payment_no" => ("微信付款单号", "WeChat's number"),
        "lines" => ("行数", "Lines"),
        "good_lines" => ("有效行数", "Good lines"),
        "failed" => ("失败", "Failed"),
        "address" => ("网络地址", "Network address"),
        "step" => ("步骤", "Step"),
        "by" => ("方式", "By"),
        "codes_left" => ("剩余恢复码", "Recovery codes left"),
        "approvals" => ("已审核人数", "Approvals"),
        "needed" => ("需审核人数", "Approvals needed"),
        "verdict" => ("结论", "Verdict"),
        "evidence" => ("依据", "Evidence"),
        "expires_at" => ("有效期至", "Good until"),
        "slug" => ("站点代号", "Slug"),
        "by_invitation" => ("通过邀请", "By invitation"),
        "certificate" => ("证书", "Certificate"),
        "detail" => ("说明", "Detail"),
        "ok" => ("通过", "Passed"),
        "order" => ("订单", "Order"),
        "refund" => ("退款", "Refund"),
        "file" => ("文件", "File"),
        "app_id" => ("AppID", "AppID"),
        "merchant_number" => ("商户号", "Merchant number"),
        "app_secret" => ("AppSecret", "AppSecret"),
        "api_key" => ("商户API密钥", "API key"),
        "api_v3_key" => ("APIv3密钥", "APIv3 key"),
        "not_after" => ("到期时间", "Valid to"),
        "cause" => ("原因", "Cause"),
        "because" => ("原因", "Because"),
        "reversed_fen" => ("扣回金额", "Taken back"),
        "commission_fen" => ("提成金额", "Commission"),
        "level" => ("级别", "Level"),
        "from" => ("起", "From"),
        "to" => ("止", "To"),
        "url" => ("地址", "Address"),
        "events" => ("通知类型", "Events"),
        "event" => ("通知类型", "Event"),
        "when_day_is_full" => ("当日额度用完时", "When a day is full"),
        _ => return None,
    };
    Some(tongue.of_two(words))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_belongs_to_a_family_that_has_words() {
        for kind in EventKind::ALL {
            let (name, _) = kind.as_str().split_once('.').unwrap();
            assert!(FAMILIES.contains(&name), "{name}");
            assert!(family(name, Tongue::Chinese).is_some(), "{name}");
        }
        for name in FAMILIES {
            assert!(family(name, Tongue::English).is_some(), "{name}");
        }
    }
}

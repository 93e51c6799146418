//! The first page.

/// The first page.
pub(in crate::web) struct Home {
    /// The sentence below the title.
    pub(in crate::web) lead: &'static str,
    /// Before the time.
    pub(in crate::web) as_of: &'static str,
    /// A heading.
    pub(in crate::web) needs: &'static str,
    /// Nothing needs a person.
    pub(in crate::web) needs_nothing: &'static str,
    /// A link.
    pub(in crate::web) go_look: &'static str,
    /// A link.
    pub(in crate::web) go_decide: &'static str,
    /// A link.
    pub(in crate::web) go_review: &'static str,
    /// A link.
    pub(in crate::web) go_fill_in: &'static str,
    /// A link.
    pub(in crate::web) go_certificate: &'static str,
    /// A link.
    pub(in crate::web) go_check: &'static str,
    /// A link.
    pub(in crate::web) go_limits: &'static str,
    /// A link.
    pub(in crate::web) go_key: &'static str,
    /// A link.
    pub(in crate::web) go_webhooks: &'static str,
    /// Something to do.
    pub(in crate::web) need_settings: &'static str,
    /// Something to do.
    pub(in crate::web) need_certificate_expired: &'static str,
    /// A heading.
    pub(in crate::web) begin: &'static str,
    /// The sentence below it.
    pub(in crate::web) begin_lead: &'static str,
    /// The state of a step.
    pub(in crate::web) step_done: &'static str,
    /// The state of a step.
    pub(in crate::web) step_open: &'static str,
    /// A step.
    pub(in crate::web) step_settings: &'static str,
    /// How.
    pub(in crate::web) step_settings_help: &'static str,
    /// A step.
    pub(in crate::web) step_certificate: &'static str,
    /// How.
    pub(in crate::web) step_certificate_help: &'static str,
    /// A step.
    pub(in crate::web) step_check: &'static str,
    /// How.
    pub(in crate::web) step_check_help: &'static str,
    /// A step.
    pub(in crate::web) step_limits: &'static str,
    /// How.
    pub(in crate::web) step_limits_help: &'static str,
    /// A step.
    pub(in crate::web) step_key: &'static str,
    /// How.
    pub(in crate::web) step_key_help: &'static str,
    /// A step.
    pub(in crate::web) step_pay: &'static str,
    /// How.
    pub(in crate::web) step_pay_help: &'static str,
    /// What opens the calls.
    pub(in crate::web) step_calls: &'static str,
    /// A figure.
    pub(in crate::web) owed: &'static str,
    /// Between two notes.
    pub(in crate::web) and: &'static str,
    /// A figure.
    pub(in crate::web) held: &'static str,
    /// A figure.
    pub(in crate::web) paid_today: &'static str,
    /// A figure.
    pub(in crate::web) paid_month: &'static str,
    /// A figure.
    pub(in crate::web) in_review: &'static str,
    /// A note.
    pub(in crate::web) in_review_note: &'static str,
    /// A figure.
    pub(in crate::web) in_doubt: &'static str,
    /// A note.
    pub(in crate::web) in_doubt_none: &'static str,
    /// A figure.
    pub(in crate::web) blocked: &'static str,
    /// A note.
    pub(in crate::web) blocked_note: &'static str,
    /// A figure.
    pub(in crate::web) failed_today: &'static str,
    /// A note.
    pub(in crate::web) failed_note: &'static str,
    /// There is no limit.
    pub(in crate::web) no_day_limit: &'static str,
    /// A heading.
    pub(in crate::web) chart_amounts: &'static str,
    /// A heading.
    pub(in crate::web) chart_outcomes: &'static str,
    /// A part of a chart.
    pub(in crate::web) called_off: &'static str,
    /// What opens the table.
    pub(in crate::web) table: &'static str,
    /// A column.
    pub(in crate::web) day: &'static str,
    /// A column.
    pub(in crate::web) paid_count: &'static str,
    /// A column.
    pub(in crate::web) paid_amount: &'static str,
    /// Nothing was paid yet.
    pub(in crate::web) none_yet_title: &'static str,
    /// What to do.
    pub(in crate::web) none_yet: &'static str,
    /// Something to do.
    pub(in crate::web) need_findings: fn(&str) -> String,
    /// Something to do.
    pub(in crate::web) need_undecided: fn(&str) -> String,
    /// Something to do.
    pub(in crate::web) need_doubt: fn(&str) -> String,
    /// Something to do.
    pub(in crate::web) need_certificate: fn(u64) -> String,
    /// Something to do.
    pub(in crate::web) need_limit: fn(usize) -> String,
    /// Something to do.
    pub(in crate::web) need_review: fn(&str) -> String,
    /// Something to do.
    pub(in crate::web) need_webhooks: fn(usize) -> String,
    /// A note.
    pub(in crate::web) owed_pending: fn(&str) -> String,
    /// A note.
    pub(in crate::web) owed_overdrawn: fn(&str) -> String,
    /// A note.
    pub(in crate::web) held_note: fn(&str) -> String,
    /// So many payouts.
    pub(in crate::web) payouts: fn(i64) -> String,
    /// How far the day is used.
    pub(in crate::web) of_day_limit: fn(&str, &str) -> String,
    /// A note.
    pub(in crate::web) in_doubt_since: fn(&str) -> String,
    /// A round amount in yuan.
    pub(in crate::web) axis_yuan: fn(i64) -> String,
}

impl Home {
    pub(super) const CHINESE: Self = Self {
        lead: "今天的付款、余额与需要处理的事项。",
        as_of: "数据截至",
        needs: "需要处理",
        needs_nothing: "一切正常,没有需要处理的事项。",
        go_look: "查看",
        go_decide: "去确认",
        go_review: "去审核",
        go_fill_in: "去填写",
        go_certificate: "更换证书",
        go_check: "去检测",
        go_limits: "去设置",
        go_key: "去创建",
        go_webhooks: "查看",
        need_settings: "微信支付配置不完整,付款无法发送",
        need_certificate_expired: "商户API证书已过期",
        begin: "开始使用:从配置到第一笔付款",
        begin_lead: "按顺序完成以下步骤,每一步都可以随时回来修改。",
        step_done: "已完成",
        step_open: "待完成",
        step_settings: "填写微信支付配置",
        step_settings_help: "AppID、商户号与商户API密钥,旁边都有教程。",
        step_certificate: "上传商户API证书",
        step_certificate_help: "直接上传微信证书工具生成的 ZIP,信息自动识别。",
        step_check: "一键检测",
        step_check_help: "确认证书、签名、产品权限与IP白名单都正确,不会产生付款。",
        step_limits: "设置提现额度",
        step_limits_help: "默认额度较保守,请按店铺需要调整。",
        step_key: "创建店铺系统密钥",
        step_key_help: "店铺系统用它调用接口;只显示一次。",
        step_pay: "用 0.30 元试付一笔",
        step_pay_help: "登记自己的 openid 为收款人,付款 0.30 元;到账后会出现在「付款单」。",
        step_calls: "查看接口调用示例",
        owed: "欠收款人余额(可提现)",
        and: ",",
        held: "付款中冻结",
        paid_today: "今日已付",
        paid_month: "本月已付",
        in_review: "待审核",
        in_review_note: "等待成员通过",
        in_doubt: "结果确认中",
        in_doubt_none: "没有结果未知的付款",
        blocked: "受阻待重试",
        blocked_note: "受额度或微信限制,会自动重试",
        failed_today: "今日失败",
        failed_note: "款项已退回余额",
        no_day_limit: "· 未设每日额度",
        chart_amounts: "近 30 天已付金额(元)",
        chart_outcomes: "近 30 天付款结果(笔)",
        called_off: "驳回与撤销",
        table: "查看数据表",
        day: "日期",
        paid_count: "到账笔数",
        paid_amount: "到账金额",
        none_yet_title: "近 30 天还没有付款",
        none_yet: "付款结束后,这里会显示每天的金额与结果。",
        need_findings: |n| format!("{n} 项对账差异待处理"),
        need_undecided: |n| format!("{n} 笔付款需两人确认结果,请勿重复打款"),
        need_doubt: |n| format!("{n} 笔付款结果确认中超过 10 分钟,请勿重复打款"),
        need_certificate: |days| format!("商户API证书还有 {days} 天到期"),
        need_limit: |n| format!("微信支付今天提示 {n} 项额度已用完,付款将在次日自动重试"),
        need_review: |n| format!("{n} 笔付款等待审核"),
        need_webhooks: |n| format!("{n} 个通知地址无法送达"),
        owed_pending: |sum| format!("另有待解冻 {sum}"),
        owed_overdrawn: |sum| format!("收款人欠店铺 {sum}"),
        held_note: |n| format!("{n} 笔排队中"),
        payouts: |n| format!("{n} 笔"),
        of_day_limit: |used, limit| format!("· 额度已用 {used} / {limit}"),
        in_doubt_since: |at| format!("最早发送于 {at}"),
        axis_yuan: |yuan| {
            if yuan >= 10_000 && yuan % 10_000 == 0 {
                format!("{}万", yuan / 10_000)
            } else {
                yuan.to_string()
            }
        },
    };
    pub(super) const ENGLISH: Self = Self {
        lead: "Today's payouts, the balances, and what needs you.",
        as_of: "As of",
        needs: "What needs you",
        needs_nothing: "All is well; nothing needs you.",
        go_look: "Look",
        go_decide: "Decide",
        go_review: "Review",
        go_fill_in: "Fill in",
        go_certificate: "Renew",
        go_check: "Check",
        go_limits: "Set",
        go_key: "Create",
        go_webhooks: "Look",
        need_settings: "The WeChat Pay settings are incomplete; nothing can be sent",
        need_certificate_expired: "The merchant API certificate has expired",
        begin: "Begin: from the settings to the first payment",
        begin_lead: "Take these steps in order; each can be changed later.",
        step_done: "Done",
        step_open: "To do",
        step_settings: "Fill in the WeChat Pay settings",
        step_settings_help: "AppID, merchant number and API key; each has its tutorial.",
        step_certificate: "Upload the merchant API certificate",
        step_certificate_help: "The ZIP of WeChat's certificate tool is enough; the rest is read from it.",
        step_check: "Check the connection",
        step_check_help: "Proves certificate, signature, product and IP whitelist; nothing is paid.",
        step_limits: "Set the limits",
        step_limits_help: "The defaults are careful; set them as your shop needs.",
        step_key: "Create a storefront key",
        step_key_help: "Your storefront calls the API with it; it is shown once.",
        step_pay: "Pay 0.30 yuan as a test",
        step_pay_help: "Make yourself known as a recipient by your openid and pay 0.30 yuan; it appears under Payouts.",
        step_calls: "Show the calls",
        owed: "Owed to recipients",
        and: " · ",
        held: "Held for payouts",
        paid_today: "Paid today",
        paid_month: "Paid this month",
        in_review: "In review",
        in_review_note: "Waiting for a member",
        in_doubt: "In doubt",
        in_doubt_none: "Every outcome is known",
        blocked: "Put off",
        blocked_note: "By a limit or WeChat's word; tried again by itself",
        failed_today: "Failed today",
        failed_note: "The money is back in the balances",
        no_day_limit: "· no limit per day",
        chart_amounts: "Paid on the last 30 days (yuan)",
        chart_outcomes: "Outcomes of the last 30 days (payouts)",
        called_off: "Rejected or cancelled",
        table: "Show the table",
        day: "Day",
        paid_count: "Paid",
        paid_amount: "Amount",
        none_yet_title: "Nothing was paid on the last 30 days",
        none_yet: "Amounts and outcomes by day appear here.",
        need_findings: |n| format!("{n} findings to look into"),
        need_undecided: |n| format!("{n} payouts need two people's word; do not pay again"),
        need_doubt: |n| format!("{n} payouts in doubt for more than 10 minutes; do not pay again"),
        need_certificate: |days| format!("The merchant API certificate expires in {days} days"),
        need_limit: |n| {
            format!("WeChat Pay has named {n} limits today; payouts are tried again tomorrow")
        },
        need_review: |n| format!("{n} payouts wait for approval"),
        need_webhooks: |n| format!("{n} webhook endpoints cannot be reached"),
        owed_pending: |sum| format!("{sum} more is pending"),
        owed_overdrawn: |sum| format!("{sum} is owed by recipients"),
        held_note: |n| format!("{n} queued"),
        payouts: |n| {
            if n == 1 {
                "1 payout".to_owned()
            } else {
                format!("{n} payouts")
            }
        },
        of_day_limit: |used, limit| format!("· {used} of {limit} used"),
        in_doubt_since: |at| format!("the first was sent {at}"),
        axis_yuan: |yuan| {
            if yuan >= 1_000 && yuan % 1_000 == 0 {
                format!("{}k", yuan / 1_000)
            } else {
                yuan.to_string()
            }
        },
    };
}

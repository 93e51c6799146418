//! 提现额度配置: the page of limits.

/// 提现额度配置: the page of limits.
pub(in crate::web) struct LimitsText {
    /// The title.
    pub(in crate::web) title: &'static str,
    /// The sentence below it.
    pub(in crate::web) lead: &'static str,
    /// A heading.
    pub(in crate::web) per_payout: &'static str,
    /// A heading.
    pub(in crate::web) per_recipient: &'static str,
    /// A heading.
    pub(in crate::web) per_shop: &'static str,
    /// A heading.
    pub(in crate::web) review: &'static str,
    /// A unit.
    pub(in crate::web) yuan: &'static str,
    /// A unit.
    pub(in crate::web) payouts: &'static str,
    /// What it does.
    pub(in crate::web) help_transfer_min: &'static str,
    /// What it does.
    pub(in crate::web) help_transfer_max: &'static str,
    /// What it does.
    pub(in crate::web) help_recipient_day_amount: &'static str,
    /// What it does.
    pub(in crate::web) help_recipient_day_count: &'static str,
    /// What it does.
    pub(in crate::web) help_tenant_day_amount: &'static str,
    /// What it does.
    pub(in crate::web) help_tenant_day_count: &'static str,
    /// What it does.
    pub(in crate::web) help_review_above: &'static str,
    /// What it does.
    pub(in crate::web) help_second_review_above: &'static str,
    /// What an empty field means.
    pub(in crate::web) empty_is_none: &'static str,
    /// How much today has used.
    pub(in crate::web) used_today: &'static str,
    /// What is left.
    pub(in crate::web) left: &'static str,
    /// The platform's cap.
    pub(in crate::web) cap: &'static str,
    /// The cap is stricter.
    pub(in crate::web) cap_rules: &'static str,
    /// The number that holds now, beside a typed one.
    pub(in crate::web) was: &'static str,
    /// No limit.
    pub(in crate::web) none: &'static str,
    /// A legend.
    pub(in crate::web) when_full: &'static str,
    /// A choice.
    pub(in crate::web) refuse: &'static str,
    /// What it does.
    pub(in crate::web) refuse_help: &'static str,
    /// A choice.
    pub(in crate::web) queue: &'static str,
    /// What it does.
    pub(in crate::web) queue_help: &'static str,
    /// The button.
    pub(in crate::web) preview: &'static str,
    /// The button.
    pub(in crate::web) save: &'static str,
    /// A notice.
    pub(in crate::web) saved: &'static str,
    /// A notice.
    pub(in crate::web) unchanged: &'static str,
    /// The reader cannot change it.
    pub(in crate::web) read_only: &'static str,
    /// Something in the form is wrong.
    pub(in crate::web) wrong_title: &'static str,
    /// Somebody was faster.
    pub(in crate::web) stale_title: &'static str,
    /// What to do.
    pub(in crate::web) stale: &'static str,
    /// A preset or a preview is shown.
    pub(in crate::web) not_saved_yet: &'static str,
    /// A heading.
    pub(in crate::web) effect_title: &'static str,
    /// A column.
    pub(in crate::web) effect_now: &'static str,
    /// A column.
    pub(in crate::web) effect_then: &'static str,
    /// A row.
    pub(in crate::web) effect_stopped: &'static str,
    /// A row.
    pub(in crate::web) effect_one: &'static str,
    /// A row.
    pub(in crate::web) effect_two: &'static str,
    /// A column.
    pub(in crate::web) effect_what: &'static str,
    /// Not all were looked at.
    pub(in crate::web) effect_cut: &'static str,
    /// A heading.
    pub(in crate::web) presets: &'static str,
    /// What they are.
    pub(in crate::web) presets_lead: &'static str,
    /// A preset.
    pub(in crate::web) preset_since_2022: &'static str,
    /// What it holds.
    pub(in crate::web) preset_since_2022_what: &'static str,
    /// Where it is from.
    pub(in crate::web) preset_since_2022_source: &'static str,
    /// A preset.
    pub(in crate::web) preset_from_2019: &'static str,
    /// What it holds.
    pub(in crate::web) preset_from_2019_what: &'static str,
    /// Where it is from.
    pub(in crate::web) preset_from_2019_source: &'static str,
    /// A preset.
    pub(in crate::web) preset_until_2018: &'static str,
    /// What it holds.
    pub(in crate::web) preset_until_2018_what: &'static str,
    /// Where it is from.
    pub(in crate::web) preset_until_2018_source: &'static str,
    /// A preset.
    pub(in crate::web) preset_transfers_2024: &'static str,
    /// What it holds.
    pub(in crate::web) preset_transfers_2024_what: &'static str,
    /// Where it is from.
    pub(in crate::web) preset_transfers_2024_source: &'static str,
    /// The link.
    pub(in crate::web) use_preset: &'static str,
    /// A heading.
    pub(in crate::web) reached_title: &'static str,
    /// What it means.
    pub(in crate::web) reached_lead: &'static str,
    /// There is none.
    pub(in crate::web) reached_none: &'static str,
    /// A column.
    pub(in crate::web) reached_recipient: &'static str,
    /// A column.
    pub(in crate::web) reached_code: &'static str,
    /// A column.
    pub(in crate::web) reached_first: &'static str,
    /// A column.
    pub(in crate::web) reached_times: &'static str,
    /// A heading.
    pub(in crate::web) history: &'static str,
    /// There is none.
    pub(in crate::web) history_none: &'static str,
    /// What is wrong.
    pub(in crate::web) wrong_third_decimal: &'static str,
    /// What is wrong.
    pub(in crate::web) wrong_sign: &'static str,
    /// What is wrong.
    pub(in crate::web) wrong_too_large: &'static str,
    /// What is wrong.
    pub(in crate::web) wrong_not_whole: &'static str,
    /// What is wrong.
    pub(in crate::web) wrong_number: &'static str,
    /// What is wrong.
    pub(in crate::web) wrong_min_max: &'static str,
    /// The corrected value.
    pub(in crate::web) offer: fn(&str) -> String,
    /// How many were looked at.
    pub(in crate::web) looked_at: fn(usize) -> String,
    /// Who changed it and when.
    pub(in crate::web) changed_by: fn(&str, &str) -> String,
}

impl LimitsText {
    pub(super) const CHINESE: Self = Self {
        title: "提现额度配置",
        lead: "本店自己的付款规则。微信支付还有它自己的额度,以微信支付的回答为准。",
        per_payout: "单笔付款",
        per_recipient: "每位收款人每天",
        per_shop: "全店每天",
        review: "审核",
        yuan: "元",
        payouts: "笔",
        help_transfer_min: "低于此金额的付款会被拒绝。微信支付的最低金额约为 0.30 元。",
        help_transfer_max: "高于此金额的付款会被拒绝。填 0 表示一笔也不放行。",
        help_recipient_day_amount: "同一收款人一天内的合计。填 0 表示一笔也不放行。",
        help_recipient_day_count: "同一收款人一天内的笔数。填 0 表示一笔也不放行。",
        help_tenant_day_amount: "全店一天内的合计。填 0 表示停止放行。",
        help_tenant_day_count: "全店一天内的笔数。填 0 表示停止放行。",
        help_review_above: "超过此金额的付款要一位成员通过才发送。填 0 表示每笔都要审核。",
        help_second_review_above: "超过此金额的付款要两位不同成员通过。填 0 表示每笔都要两人。",
        empty_is_none: "留空 = 不限制",
        used_today: "今日已用",
        left: "剩余",
        cap: "平台上限",
        cap_rules: "平台上限更严,实际按平台上限执行",
        was: "现值",
        none: "不限制",
        when_full: "当日额度用完时",
        refuse: "拒绝新的付款",
        refuse_help: "店铺系统立即收到「超出额度」。",
        queue: "排队到有额度的日子",
        queue_help: "付款单先受理,最多排到 30 天后。",
        preview: "预览影响",
        save: "保存",
        saved: "已保存,立即生效。",
        unchanged: "没有变化。",
        read_only: "您的角色只能查看;所有者或财务可以修改。",
        wrong_title: "有内容需要更正,没有保存",
        stale_title: "额度刚被他人修改,没有保存",
        stale: "下面保留了您填写的内容,并标出现值。请核对后再保存。",
        not_saved_yet: "尚未保存。",
        effect_title: "对近 30 天付款的影响",
        effect_now: "现行额度",
        effect_then: "新额度",
        effect_stopped: "会被拒绝的付款",
        effect_one: "需一人审核",
        effect_two: "需两人审核",
        effect_what: "项目",
        effect_cut: "付款较多,只统计了最近的部分。",
        presets: "参考:微信支付公布的默认额度",
        presets_lead: "不同产品、不同年份的默认值不同,您商户号的实际额度以商户平台为准。点选只会填入表单,保存后才生效。",
        preset_since_2022: "企业付款 · 2022 年至今",
        preset_since_2022_what: "单笔与每人每日 200 元,全店每日 10 万元,每人每日 10 笔",
        preset_since_2022_source: "官方文档「企业付款到零钱」,2025-08-19 更新;最低金额未公布",
        preset_from_2019: "企业付款 · 2019–2021",
        preset_from_2019_what: "单笔与每人每日 5,000 元,全店每日 10 万元,每人每日 10 笔,最低 0.30 元",
        preset_from_2019_source: "当时页面的存档与社区记录",
        preset_until_2018: "企业付款 · 2018 年及以前",
        preset_until_2018_what: "单笔与每人每日 2 万元,全店每日 100 万元,每人每日 10 笔,最低 1 元",
        preset_until_2018_source: "当时页面的存档",
        preset_transfers_2024: "商家转账到零钱 · 2024",
        preset_transfers_2024_what: "每人每日最高 2 万元,全店每日 10 万元,最低 0.10 元,不限笔数",
        preset_transfers_2024_source: "2024 年规则公告的存档",
        use_preset: "填入表单",
        reached_title: "微信支付今天提示的额度",
        reached_lead: "这些付款不会失败,会在次日用原单号自动重试。",
        reached_none: "今天没有。",
        reached_recipient: "收款人",
        reached_code: "微信返回",
        reached_first: "首次出现",
        reached_times: "次数",
        history: "修改记录",
        history_none: "还没有修改过,使用默认额度。",
        wrong_third_decimal: "金额最多两位小数,例如 12.50;不会四舍五入。",
        wrong_sign: "请直接填写数字,不带正负号。",
        wrong_too_large: "数字太大。",
        wrong_not_whole: "笔数是整数,例如 10。",
        wrong_number: "请填写数字,例如 200.00;留空表示不限制。",
        wrong_min_max: "单笔最低金额高于最高金额,任何付款都无法通过。",
        offer: |value| format!("请用半角数字填写,已为您改为 {value},确认后再保存。"),
        looked_at: |n| format!("统计了 {n} 笔付款。"),
        changed_by: |who, when| format!("{when} · {who}"),
    };
    pub(super) const ENGLISH: Self = Self {
        title: "Limits",
        lead: "Your shop's own rules. WeChat Pay has limits of its own; what it answers decides.",
        per_payout: "One payout",
        per_recipient: "One recipient on one day",
        per_shop: "The whole shop on one day",
        review: "Review",
        yuan: "yuan",
        payouts: "payouts",
        help_transfer_min: "Smaller payouts are refused. WeChat Pay's least is about 0.30 yuan.",
        help_transfer_max: "Larger payouts are refused. 0 lets none through.",
        help_recipient_day_amount: "All payouts of one recipient on one day. 0 lets none through.",
        help_recipient_day_count: "Payouts of one recipient on one day. 0 lets none through.",
        help_tenant_day_amount: "All payouts of the shop on one day. 0 lets none through.",
        help_tenant_day_count: "Payouts of the shop on one day. 0 lets none through.",
        help_review_above: "Payouts above it are sent only after a member approves. 0 sends every payout to review.",
        help_second_review_above: "Payouts above it need two different members. 0 means every payout.",
        empty_is_none: "empty = no limit",
        used_today: "Used today",
        left: "left",
        cap: "Platform cap",
        cap_rules: "the platform's cap is stricter and holds",
        was: "holds now",
        none: "no limit",
        when_full: "When a day is full",
        refuse: "Refuse new payouts",
        refuse_help: "The storefront is told at once that a limit is exceeded.",
        queue: "Queue until a day with room",
        queue_help: "The payout is accepted and waits, for 30 days at the most.",
        preview: "Preview the effect",
        save: "Save",
        saved: "Saved; it holds at once.",
        unchanged: "Nothing was different.",
        read_only: "Your role can look only; the owner or finance changes limits.",
        wrong_title: "Something has to be corrected; nothing was saved",
        stale_title: "Somebody else has just changed the limits; nothing was saved",
        stale: "What you typed is kept below, with what holds now beside it. Compare, then save.",
        not_saved_yet: "Not saved yet.",
        effect_title: "Effect on the payouts of the last 30 days",
        effect_now: "Limits now",
        effect_then: "New limits",
        effect_stopped: "Payouts that would be stopped",
        effect_one: "Needing one approval",
        effect_two: "Needing two approvals",
        effect_what: "What",
        effect_cut: "There are more; only the newest are looked at.",
        presets: "For reference: WeChat Pay's published defaults",
        presets_lead: "They differ by product and year; your merchant number's own are on the merchant platform. A click fills the form, nothing is saved.",
        preset_since_2022: "企业付款, since 2022",
        preset_since_2022_what: "200 yuan per payout and recipient's day, 100,000 per shop and day, 10 payouts per recipient",
        preset_since_2022_source: "official page, updated 2025-08-19; the least amount is not stated",
        preset_from_2019: "企业付款, 2019–2021",
        preset_from_2019_what: "5,000 yuan per payout and recipient's day, 100,000 per shop and day, 10 payouts, least 0.30",
        preset_from_2019_source: "page copies and the forum of that time",
        preset_until_2018: "企业付款, until 2018",
        preset_until_2018_what: "20,000 yuan per payout and recipient's day, 1,000,000 per shop and day, 10 payouts, least 1",
        preset_until_2018_source: "old page copies",
        preset_transfers_2024: "商家转账到零钱, 2024",
        preset_transfers_2024_what: "up to 20,000 yuan per recipient's day, 100,000 per shop and day, least 0.10, any number",
        preset_transfers_2024_source: "copies of the announcement of 2024",
        use_preset: "Fill in",
        reached_title: "Limits that WeChat Pay has named today",
        reached_lead: "These payouts do not fail; the same number is tried again tomorrow.",
        reached_none: "None today.",
        reached_recipient: "Recipient",
        reached_code: "WeChat's answer",
        reached_first: "First said",
        reached_times: "Times",
        history: "Changes",
        history_none: "Never changed; these are the defaults.",
        wrong_third_decimal: "An amount has at most two decimals, like 12.50; nothing is rounded.",
        wrong_sign: "Write the number alone, without a sign.",
        wrong_too_large: "The number is too large.",
        wrong_not_whole: "A number of payouts is a whole number, like 10.",
        wrong_number: "Write a number, like 200.00; leave it empty for no limit.",
        wrong_min_max: "The least is above the most: no payout could pass.",
        offer: |value| format!("Written as {value} now; look at it and save again."),
        looked_at: |n| format!("{n} payouts were looked at."),
        changed_by: |who, when| format!("{when} · {who}"),
    };
}

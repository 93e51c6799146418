//! 提成管理: rules, balances, statements, corrections.

/// 提成管理: rules, balances, statements, corrections.
pub(in crate::web) struct Commissions {
    /// Title.
    pub(in crate::web) title: &'static str,
    /// The sentence below it.
    pub(in crate::web) lead: &'static str,
    /// Heading of the rules.
    pub(in crate::web) rules: &'static str,
    /// When there is no rule.
    pub(in crate::web) no_rules: &'static str,
    /// What to do then.
    pub(in crate::web) no_rules_next: &'static str,
    /// Column: what a rule is for.
    pub(in crate::web) key: &'static str,
    /// A rule for everything that has none of its own.
    pub(in crate::web) everything: &'static str,
    /// Column: level.
    pub(in crate::web) level: &'static str,
    /// The first level.
    pub(in crate::web) first_level: &'static str,
    /// The second level.
    pub(in crate::web) second_level: &'static str,
    /// Column: what a rule gives.
    pub(in crate::web) reward: &'static str,
    /// Column: how long a commission is frozen.
    pub(in crate::web) freeze_days: &'static str,
    /// Behind a number of days.
    pub(in crate::web) days: &'static str,
    /// Column: when a rule holds.
    pub(in crate::web) validity: &'static str,
    /// A rule without an end.
    pub(in crate::web) no_end: &'static str,
    /// Column: by whom.
    pub(in crate::web) by: &'static str,
    /// A rule in force.
    pub(in crate::web) in_force: &'static str,
    /// A rule that begins later.
    pub(in crate::web) to_come: &'static str,
    /// A rule that has ended.
    pub(in crate::web) ended: &'static str,
    /// The button that ends a rule.
    pub(in crate::web) end: &'static str,
    /// Heading of the form.
    pub(in crate::web) add: &'static str,
    /// The button of the form.
    pub(in crate::web) add_button: &'static str,
    /// Help for the key.
    pub(in crate::web) key_help: &'static str,
    /// Label: share or amount.
    pub(in crate::web) reward_kind: &'static str,
    /// A share.
    pub(in crate::web) share: &'static str,
    /// An amount.
    pub(in crate::web) amount: &'static str,
    /// Label of the number.
    pub(in crate::web) value: &'static str,
    /// Help for the number.
    pub(in crate::web) value_help: &'static str,
    /// Help for the days.
    pub(in crate::web) freeze_help: &'static str,
    /// Label: first day.
    pub(in crate::web) valid_from: &'static str,
    /// Label: last day.
    pub(in crate::web) valid_to: &'static str,
    /// Help for the days of validity.
    pub(in crate::web) validity_help: &'static str,
    /// Behind a label.
    pub(in crate::web) optional: &'static str,
    /// A rule was made.
    pub(in crate::web) rule_added: &'static str,
    /// A rule was ended.
    pub(in crate::web) rule_ended: &'static str,
    /// A rule was not made.
    pub(in crate::web) not_added: &'static str,
    /// What is wrong with the key.
    pub(in crate::web) wrong_key: &'static str,
    /// What is wrong with the number.
    pub(in crate::web) wrong_value: &'static str,
    /// What is wrong with the days.
    pub(in crate::web) wrong_freeze: &'static str,
    /// What is wrong with the validity.
    pub(in crate::web) wrong_validity: &'static str,
    /// Both levels together.
    pub(in crate::web) more_than_all: &'static str,
    /// Too many rules.
    pub(in crate::web) too_many: &'static str,
    /// How rules are applied.
    pub(in crate::web) how: &'static str,
    /// The explanation.
    pub(in crate::web) how_text: &'static str,
    /// Heading of the recipients.
    pub(in crate::web) recipients: &'static str,
    /// The sentence below it.
    pub(in crate::web) recipients_lead: &'static str,
    /// When there is nobody.
    pub(in crate::web) nobody: &'static str,
    /// What to do then.
    pub(in crate::web) nobody_next: &'static str,
    /// Label of the search.
    pub(in crate::web) search: &'static str,
    /// The button of the search.
    pub(in crate::web) search_button: &'static str,
    /// Help for the search.
    pub(in crate::web) search_help: &'static str,
    /// Column.
    pub(in crate::web) recipient: &'static str,
    /// Column.
    pub(in crate::web) available: &'static str,
    /// Column.
    pub(in crate::web) pending: &'static str,
    /// Column.
    pub(in crate::web) held: &'static str,
    /// Column.
    pub(in crate::web) paid: &'static str,
    /// Link to a statement.
    pub(in crate::web) statement: &'static str,
    /// Link to the next page.
    pub(in crate::web) next_page: &'static str,
    /// Link to the first page.
    pub(in crate::web) first_page: &'static str,
    /// When there is no entry.
    pub(in crate::web) no_entries: &'static str,
    /// Column.
    pub(in crate::web) when: &'static str,
    /// Column.
    pub(in crate::web) what: &'static str,
    /// Column.
    pub(in crate::web) change: &'static str,
    /// Column.
    pub(in crate::web) available_after: &'static str,
    /// Column.
    pub(in crate::web) source: &'static str,
    /// An entry.
    pub(in crate::web) earned: &'static str,
    /// An entry.
    pub(in crate::web) matured: &'static str,
    /// An entry.
    pub(in crate::web) reversed: &'static str,
    /// An entry.
    pub(in crate::web) reduced: &'static str,
    /// An entry.
    pub(in crate::web) corrected: &'static str,
    /// An entry.
    pub(in crate::web) payout_held: &'static str,
    /// An entry.
    pub(in crate::web) payout_released: &'static str,
    /// An entry.
    pub(in crate::web) payout_settled: &'static str,
    /// Heading of the corrections.
    pub(in crate::web) corrections: &'static str,
    /// Heading of those that wait.
    pub(in crate::web) open_corrections: &'static str,
    /// The sentence below it.
    pub(in crate::web) corrections_lead: &'static str,
    /// Label: add or take away.
    pub(in crate::web) direction: &'static str,
    /// Add.
    pub(in crate::web) up: &'static str,
    /// Take away.
    pub(in crate::web) down: &'static str,
    /// Label of the amount.
    pub(in crate::web) yuan: &'static str,
    /// Label of the reason.
    pub(in crate::web) reason: &'static str,
    /// The button that asks.
    pub(in crate::web) ask: &'static str,
    /// The button that agrees.
    pub(in crate::web) approve: &'static str,
    /// The button that does not.
    pub(in crate::web) reject: &'static str,
    /// It waits for another member.
    pub(in crate::web) waits: &'static str,
    /// It was made.
    pub(in crate::web) approved: &'static str,
    /// It was not made.
    pub(in crate::web) rejected: &'static str,
    /// One's own has to be decided by another.
    pub(in crate::web) own: &'static str,
    /// A correction was asked for.
    pub(in crate::web) asked_done: &'static str,
    /// A correction was made.
    pub(in crate::web) approved_done: &'static str,
    /// A correction was not made.
    pub(in crate::web) rejected_done: &'static str,
    /// It was decided before.
    pub(in crate::web) decided_before: &'static str,
    /// What is wrong with the amount.
    pub(in crate::web) wrong_amount: &'static str,
    /// What is wrong with the reason.
    pub(in crate::web) wrong_reason: &'static str,
    /// For roles that may only look.
    pub(in crate::web) look_only: &'static str,
}

impl Commissions {
    pub(super) const CHINESE: Self = Self {
        title: "提成管理",
        lead: "设置提成规则,查看收款人余额与流水,人工调整余额。",
        rules: "提成规则",
        no_rules: "还没有提成规则",
        no_rules_next: "添加一条规则后,网店上报的订单会自动计算提成;也可以由网店直接上报每笔提成。",
        key: "适用商品/分类",
        everything: "全部(无单独规则的商品)",
        level: "层级",
        first_level: "一级(直接推广人)",
        second_level: "二级(推广人的上级)",
        reward: "提成",
        freeze_days: "冻结天数",
        days: "天",
        validity: "有效期",
        no_end: "长期",
        by: "操作人",
        in_force: "生效中",
        to_come: "未开始",
        ended: "已结束",
        end: "结束",
        add: "添加规则",
        add_button: "添加",
        key_help: "网店上报订单时使用的商品或分类编号;留空表示适用于没有单独规则的全部商品。",
        reward_kind: "提成方式",
        share: "按比例(%)",
        amount: "固定金额(元)",
        value: "数值",
        value_help: "例如 10.5 表示 10.5% 或 10.50 元。比例计算结果舍去不足一分的部分;固定金额不超过商品实付金额。",
        freeze_help: "订单付款后多少天可以提现,0 表示立即可提,最多 365 天。",
        valid_from: "开始日期",
        valid_to: "结束日期(含当日)",
        validity_help: "按订单付款时间判断。留空表示立即开始、长期有效。",
        optional: "选填",
        rule_added: "规则已添加。同一商品同一层级的原规则在新规则开始时结束。",
        rule_ended: "规则已结束,之后付款的订单不再使用它。",
        not_added: "规则没有添加,请修改下面标出的内容。",
        wrong_key: "编号为 1–64 个字母、数字或 _ . : -,留空表示全部商品。",
        wrong_value: "请填写数字:比例为 0.01–100,金额不少于 0.01 元,最多两位小数。",
        wrong_freeze: "请填写 0 到 365 之间的整数。",
        wrong_validity: "开始日期不能早于今天,结束日期不能早于开始日期。",
        more_than_all: "一级与二级比例之和超过 100%,请调低比例。",
        too_many: "生效中的规则过多,请先结束不用的规则。",
        how: "规则如何生效",
        how_text: "网店用 POST /api/v1/orders 上报订单(金额、推广人、商品编号)。每件商品先用自己的规则,没有则用「全部」规则;退款按比例收回提成,全额退款收回全部。规则不会被修改,只会结束并由新规则接替,所以历史订单始终可以对账。",
        recipients: "收款人",
        recipients_lead: "每个收款人的余额与流水。",
        nobody: "没有找到收款人",
        nobody_next: "收款人由网店通过 PUT /api/v1/recipients/{recipient_id} 登记;请检查查询内容,或清空查询条件。",
        search: "收款人编号或 openid",
        search_button: "查询",
        search_help: "输入编号的开头部分,或完整的 openid。",
        recipient: "收款人",
        available: "可提现",
        pending: "冻结中",
        held: "提现中",
        paid: "已提现",
        statement: "流水",
        next_page: "下一页",
        first_page: "第一页",
        no_entries: "还没有流水",
        when: "时间",
        what: "事项",
        change: "变动",
        available_after: "变动后可提现",
        source: "关联编号",
        earned: "获得提成",
        matured: "提成解冻",
        reversed: "收回提成",
        reduced: "部分退款,收回部分提成",
        corrected: "人工调整",
        payout_held: "申请付款",
        payout_released: "付款未成功,退回",
        payout_settled: "已到账",
        corrections: "人工调整余额",
        open_corrections: "待确认的人工调整",
        corrections_lead: "由一名成员提出并说明原因,另一名成员确认后才会变动余额。",
        direction: "调整方向",
        up: "增加",
        down: "减少",
        yuan: "金额(元)",
        reason: "原因",
        ask: "提出调整",
        approve: "确认调整",
        reject: "不同意",
        waits: "待另一名成员确认",
        approved: "已调整",
        rejected: "未同意",
        own: "由您提出,须由另一名成员确认",
        asked_done: "已提出,等待另一名成员确认。",
        approved_done: "余额已调整。",
        rejected_done: "已驳回,余额没有变动。",
        decided_before: "这笔调整已被处理过,没有再次变动。",
        wrong_amount: "请填写金额,例如 12.50,最多两位小数且大于 0。",
        wrong_reason: "请填写原因,1–200 字。",
        look_only: "您的角色可以查看,不能修改。",
    };
    pub(super) const ENGLISH: Self = Self {
        title: "Commissions",
        lead: "Rules of commissions, balances and statements of recipients, corrections by hand.",
        rules: "Rules",
        no_rules: "There is no rule yet",
        no_rules_next: "With a rule, orders that the storefront tells earn commissions by themselves; the storefront may also tell each commission.",
        key: "For",
        everything: "Everything without a rule of its own",
        level: "Level",
        first_level: "First (brought the buyer)",
        second_level: "Second (brought the first)",
        reward: "Commission",
        freeze_days: "Frozen for",
        days: "days",
        validity: "In force",
        no_end: "no end",
        by: "By",
        in_force: "In force",
        to_come: "To come",
        ended: "Ended",
        end: "End",
        add: "Add a rule",
        add_button: "Add",
        key_help: "The product or category as the storefront names it in orders; empty for everything without a rule of its own.",
        reward_kind: "Kind",
        share: "Share (%)",
        amount: "Amount (yuan)",
        value: "Value",
        value_help: "10.5 means 10.5 % or 10.50 yuan. Shares are rounded down to a fen; an amount is never more than was paid for the item.",
        freeze_help: "How many days after payment it can be withdrawn; 0 is at once, 365 the most.",
        valid_from: "First day",
        valid_to: "Last day",
        validity_help: "By the time of payment of an order. Empty: from now on, without an end.",
        optional: "optional",
        rule_added: "The rule was added. The former rule for the same item and level ends when it begins.",
        rule_ended: "The rule has ended; orders paid from now on do not know it.",
        not_added: "The rule was not added. Change what is marked below.",
        wrong_key: "A key is 1 to 64 letters, digits or _ . : - ; empty for everything.",
        wrong_value: "A number: a share from 0.01 to 100, an amount from 0.01 yuan, at most two decimals.",
        wrong_freeze: "A whole number from 0 to 365.",
        wrong_validity: "The first day is today or later, the last day not before the first.",
        more_than_all: "The shares of both levels together are more than 100 %; choose a smaller one.",
        too_many: "There are too many rules in force; end some first.",
        how: "How rules work",
        how_text: "The storefront tells orders with POST /api/v1/orders (amount, promoters, items). An item's own rule comes first, then the one for everything; refunds take back in proportion, a whole refund takes everything. A rule is never changed, it ends and another begins, so old orders can always be explained.",
        recipients: "Recipients",
        recipients_lead: "Balance and statement of each recipient.",
        nobody: "Nobody was found",
        nobody_next: "The storefront makes recipients known with PUT /api/v1/recipients/{recipient_id}; check what you searched for, or clear it.",
        search: "Recipient id or openid",
        search_button: "Search",
        search_help: "The beginning of an id, or a whole openid.",
        recipient: "Recipient",
        available: "Available",
        pending: "Frozen",
        held: "On its way",
        paid: "Paid",
        statement: "Statement",
        next_page: "Next page",
        first_page: "First page",
        no_entries: "There is no entry yet",
        when: "Time",
        what: "What",
        change: "Change",
        available_after: "Available after",
        source: "Number",
        earned: "Commission earned",
        matured: "Commission available",
        reversed: "Commission taken back",
        reduced: "Partly refunded, part of the commission taken back",
        corrected: "Corrected by hand",
        payout_held: "Payout asked for",
        payout_released: "Payout not made, given back",
        payout_settled: "Paid",
        corrections: "Correct the balance",
        open_corrections: "Corrections that wait",
        corrections_lead: "One member asks with a reason; the balance changes when another member has agreed.",
        direction: "Direction",
        up: "Add",
        down: "Take away",
        yuan: "Amount (yuan)",
        reason: "Reason",
        ask: "Ask for it",
        approve: "Correct it",
        reject: "Refuse",
        waits: "Waits for another member",
        approved: "Made",
        rejected: "Refused",
        own: "You asked for it; another member has to agree",
        asked_done: "Asked for. Another member has to agree.",
        approved_done: "The balance was corrected.",
        rejected_done: "Refused; the balance was not changed.",
        decided_before: "This correction was decided before; nothing was changed again.",
        wrong_amount: "An amount like 12.50, more than 0, with at most two decimals.",
        wrong_reason: "A reason of 1 to 200 characters.",
        look_only: "Your role may look, not change.",
    };
}

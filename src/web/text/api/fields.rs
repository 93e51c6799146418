//! What each field means, by schema and name; `*` stands for every schema that has no words of its own for the name.

use super::{Both, both};

/// The words of all fields and parameters.
pub(in crate::web) const FIELDS: &[(&str, &str, Both)] = &[
    (
        "*",
        "recipient_id",
        both(
            "收款人,站点自己的用户编号",
            "The recipient, by the storefront's own id",
        ),
    ),
    (
        "*",
        "commission_id",
        both(
            "提成,站点自己的编号;一个编号永远只代表一笔提成",
            "The commission, by the storefront's own id; an id stands for one commission for ever",
        ),
    ),
    (
        "*",
        "openid",
        both(
            "用户在本商户 AppID 下的 openid",
            "Who that is under the tenant's AppID",
        ),
    ),
    (
        "*",
        "created_at",
        both("创建时间(UTC)", "When it was made (UTC)"),
    ),
    (
        "*",
        "amount_fen",
        both(
            "金额,整数分",
            "The amount: a whole number of fen (1 yuan is 100 fen)",
        ),
    ),
    (
        "*",
        "description",
        both(
            "描述;微信收款通知中可见。至多 100 字节,约 33 个汉字,不含表情符号",
            "What the recipient reads in WeChat; at most 100 bytes (33 Chinese characters), no emoji",
        ),
    ),
    (
        "*",
        "order_no",
        both("产生提成的订单号", "The order it was earned with"),
    ),
    (
        "*",
        "limit",
        both("每页条数,1–100", "How many rows a page holds, 1 to 100"),
    ),
    (
        "*",
        "cursor",
        both(
            "上一页的 `next_cursor`,原样传回,筛选条件须相同",
            "`next_cursor` of the page before, unchanged, with the same filters",
        ),
    ),
    (
        "*",
        "next_cursor",
        both(
            "下一页的游标;没有下一页时为 null",
            "Where the next page starts; null when there is none",
        ),
    ),
    (
        "*",
        "data",
        both("本页内容,最新的在前", "The rows, newest first"),
    ),
    (
        "RecipientPut",
        "real_name",
        both(
            "微信实名;给出时微信核对,不一致则拒付。每次 PUT 都是完整内容,不给即清除",
            "The name that WeChat Pay checks against the account's verified one. Each PUT says all: a name that is left out is none",
        ),
    ),
    (
        "Recipient",
        "has_real_name",
        both(
            "是否登记了实名;实名本身不会返回",
            "Whether a real name is known; the name itself is never sent back",
        ),
    ),
    (
        "Recipient",
        "balance",
        both("余额", "What the recipient has"),
    ),
    (
        "Balance",
        "available_fen",
        both(
            "可提现,分;提现后撤回提成可为负数",
            "What can be withdrawn now, in fen; below zero when a commission was taken back after it was withdrawn",
        ),
    ),
    (
        "Balance",
        "pending_fen",
        both(
            "待生效的提成,分",
            "Commissions whose `available_at` is yet to come, in fen",
        ),
    ),
    (
        "Balance",
        "held_fen",
        both("付款途中,分", "On its way out, in fen"),
    ),
    (
        "Balance",
        "paid_fen",
        both(
            "累计已付,分(不含直接付款)",
            "Paid out of the balance so far, in fen (direct payouts not counted)",
        ),
    ),
    (
        "CommissionEarn",
        "description",
        both("给人看的说明", "For people"),
    ),
    (
        "CommissionEarn",
        "available_at",
        both(
            "何时起可提现;不给则立即",
            "From when on it can be withdrawn; at once when left out",
        ),
    ),
    (
        "Commission",
        "description",
        both("给人看的说明", "For people"),
    ),
    (
        "Commission",
        "available_at",
        both("何时起可提现", "From when on it can be withdrawn"),
    ),
    (
        "Commission",
        "status",
        both(
            "`pending` 待生效,`available` 可提现,`reversed` 已撤回",
            "`pending`: not yet to be withdrawn; `available`: it counts in the balance; `reversed`: taken back",
        ),
    ),
    (
        "Commission",
        "reversed_at",
        both("撤回时间", "When it was taken back"),
    ),
    (
        "CommissionReverse",
        "reason",
        both("原因,记入审计", "Why; kept in the audit log"),
    ),
    (
        "PayoutAsk",
        "description",
        both(
            "微信收款通知中的说明;不给时为「提现」或「付款」。至多 100 字节,约 33 个汉字",
            "What the recipient reads in WeChat; 提现 or 付款 when left out. At most 100 bytes (33 Chinese characters)",
        ),
    ),
    (
        "PayoutAsk",
        "external_id",
        both(
            "站点自己的付款编号,永久唯一",
            "The storefront's own number of the payout, unique for ever",
        ),
    ),
    ("Payout", "id", both("付款单编号", "The payout's id")),
    (
        "Payout",
        "kind",
        both(
            "`withdrawal` 从余额提现,`direct` 直接付款",
            "`withdrawal`: out of the balance; `direct`: no balance involved",
        ),
    ),
    (
        "Payout",
        "external_id",
        both("站点自己的付款编号", "The storefront's own number"),
    ),
    (
        "Payout",
        "status",
        both("状态,见「付款单状态」", "Where it stands, see the statuses"),
    ),
    (
        "Payout",
        "reason",
        both(
            "为何处于此状态;没有则为 null",
            "Why it stands there; null when there is nothing to say",
        ),
    ),
    (
        "Payout",
        "not_before",
        both("在此时间之前不会发送", "It is not sent before"),
    ),
    ("Payout", "rail", both("付款通道", "The product that pays")),
    (
        "Payout",
        "partner_trade_no",
        both(
            "商户订单号,一生不变;可在微信商户平台查询",
            "The order number at WeChat Pay, the same for the payout's whole life",
        ),
    ),
    (
        "Payout",
        "payment_no",
        both(
            "微信付款单号,到账后才有",
            "WeChat Pay's own number, once it is paid",
        ),
    ),
    (
        "Payout",
        "created_at",
        both("受理时间(UTC)", "When it was accepted (UTC)"),
    ),
    (
        "Payout",
        "submitted_at",
        both(
            "首次发送(或可能已发送)的时间",
            "When it was first sent, or may have been",
        ),
    ),
    (
        "Payout",
        "finished_at",
        both("成为最终状态的时间", "When it became final"),
    ),
    (
        "Reason",
        "code",
        both(
            "原因代码:我们的,或微信支付的",
            "A code of ours or of WeChat Pay",
        ),
    ),
    ("Reason", "message", both("含义", "What it means")),
    ("Reason", "remedy", both("怎么办", "What to do about it")),
    (
        "list_payouts",
        "recipient_id",
        both("只要此收款人的", "Only this recipient's"),
    ),
    (
        "list_payouts",
        "status",
        both("只要此状态的", "Only those in this status"),
    ),
    (
        "list_payouts",
        "external_id",
        both("只要此编号的", "Only the one of this number"),
    ),
    (
        "list_payouts",
        "created_from",
        both("受理时间不早于(含)", "Accepted at this instant or later"),
    ),
    (
        "list_payouts",
        "created_to",
        both("受理时间早于(不含)", "Accepted before this instant"),
    ),
    ("get_payout", "id", both("付款单编号", "The payout's id")),
    ("cancel_payout", "id", both("付款单编号", "The payout's id")),
    (
        "list_limits",
        "recipient_id",
        both(
            "给出时,同时说明此收款人当日的用量",
            "When given, this recipient's day is told as well",
        ),
    ),
    ("Entry", "id", both("分录编号", "The entry's id")),
    (
        "Entry",
        "kind",
        both(
            "发生了什么,例如 `commission_earned`、`payout_held`、`payout_settled`、`payout_released`",
            "What happened, like `commission_earned`, `payout_held`, `payout_settled`, `payout_released`",
        ),
    ),
    (
        "Entry",
        "debit_account",
        both("借方账户", "The account that was debited"),
    ),
    (
        "Entry",
        "credit_account",
        both("贷方账户", "The account that was credited"),
    ),
    (
        "Entry",
        "available_after_fen",
        both("此后的可提现余额,分", "What was available after it, in fen"),
    ),
    (
        "Entry",
        "source",
        both(
            "提成编号或付款单编号",
            "The commission or payout it came from",
        ),
    ),
    (
        "Entry",
        "posted_at",
        both("记账时间(UTC)", "When it was posted (UTC)"),
    ),
    ("Limit", "name", both("限额名称", "The limit's name")),
    (
        "Limit",
        "limit",
        both(
            "上限;金额类为分,次数类为笔",
            "Its number: fen, or payouts where the name ends with `count`",
        ),
    ),
    (
        "Limit",
        "used",
        both(
            "当日已用;单笔类为 null",
            "What today has used; null for a limit of one payout",
        ),
    ),
    (
        "Limit",
        "remaining",
        both(
            "当日剩余;单笔类为 null",
            "What is left today; null for a limit of one payout",
        ),
    ),
    (
        "Limit",
        "resets_at",
        both(
            "何时重置(北京时间零点)",
            "When the counter starts anew (midnight in Shanghai)",
        ),
    ),
    (
        "LimitList",
        "data",
        both(
            "生效的限额;未启用的不列出",
            "The limits in force; those switched off are not listed",
        ),
    ),
    (
        "LimitList",
        "when_day_is_full",
        both(
            "当日额满时:`refuse` 拒绝,`queue` 排到有额度的日子",
            "On a full day: `refuse`, or `queue` for the next day with room",
        ),
    ),
    (
        "Problem",
        "type",
        both(
            "说明此类错误的地址",
            "The address that says what such a problem is",
        ),
    ),
    (
        "Problem",
        "title",
        both("此类错误的名称", "What such a problem is called"),
    ),
    ("Problem", "status", both("HTTP 状态码", "The HTTP status")),
    (
        "Problem",
        "detail",
        both("这一次的具体说明", "What is wrong this time"),
    ),
    (
        "Problem",
        "code",
        both(
            "错误代码,程序据此判断",
            "The code, by which a program decides",
        ),
    ),
    (
        "Problem",
        "errors",
        both("每个有问题的字段", "Each field that is wrong"),
    ),
    (
        "Problem",
        "limit",
        both(
            "`limit_exceeded` 时:哪一项限额",
            "With `limit_exceeded`: which limit",
        ),
    ),
    (
        "Problem",
        "payout_id",
        both(
            "`external_id_conflict` 时:已有的付款单",
            "With `external_id_conflict`: the payout that has the number",
        ),
    ),
    (
        "Problem",
        "request_id",
        both(
            "请求编号,与响应头 `X-Request-Id` 及日志相同",
            "The id of the request, as in the header `X-Request-Id` and in the log",
        ),
    ),
    (
        "*",
        "order_id",
        both(
            "订单,站点自己的编号",
            "The order, by the storefront's own id",
        ),
    ),
    (
        "*",
        "refund_id",
        both(
            "退款,站点自己的编号;在一个订单内唯一",
            "The refund, by the storefront's own id; unique within an order",
        ),
    ),
    (
        "*",
        "buyer_id",
        both(
            "买家,站点自己的用户编号",
            "Who bought, by the storefront's own id",
        ),
    ),
    (
        "*",
        "promoters",
        both(
            "推广人,至多两级,近的在前;须是已登记的收款人",
            "Who brought the buyer, and who brought that one: known recipients, the nearer first",
        ),
    ),
    (
        "*",
        "items",
        both(
            "商品,至多 50 件;留空则整单按「全部」规则计",
            "What was bought, at most 50; without any, the whole order goes by the rule for everything",
        ),
    ),
    (
        "*",
        "key",
        both(
            "商品或分类编号,对应提成规则",
            "The product or category, as the rules call it",
        ),
    ),
    (
        "*",
        "paid_at",
        both(
            "付款时间;规则与冻结天数按它计算。缺省为现在",
            "When it was paid: rules and frozen days go by it. Now when absent",
        ),
    ),
    (
        "*",
        "refunded_fen",
        both("已退款金额,整数分", "What was refunded, in fen"),
    ),
    (
        "*",
        "commission_fen",
        both("计得的提成合计,整数分", "What was earned with it, in fen"),
    ),
    ("*", "commissions", both("每笔提成", "Each commission")),
    (
        "*",
        "level",
        both(
            "层级:1 直接推广人,2 其上级",
            "1 brought the buyer, 2 brought that one",
        ),
    ),
    (
        "*",
        "reversed_fen",
        both("已收回,整数分", "What was taken back, in fen"),
    ),
    (
        "OrderCommission",
        "status",
        both("这笔提成的现状", "Where the commission stands"),
    ),
    (
        "OrderCommission",
        "available_at",
        both(
            "何时起可提现(UTC)",
            "From when on it can be withdrawn (UTC)",
        ),
    ),
    ("ProblemField", "field", both("字段名", "The field")),
    (
        "ProblemField",
        "code",
        both("原因代码", "What is wrong, as a word"),
    ),
    (
        "ProblemField",
        "message",
        both("说明", "What is wrong, as a sentence"),
    ),
    ("ProblemLimit", "name", both("限额名称", "The limit's name")),
    ("ProblemLimit", "limit", both("上限", "Its number")),
    ("ProblemLimit", "used", both("已用", "What is used")),
    ("ProblemLimit", "remaining", both("剩余", "What is left")),
    (
        "ProblemLimit",
        "resets_at",
        both(
            "何时重置;单笔类为 null",
            "When the counter starts anew; null for a limit of one payout",
        ),
    ),
];

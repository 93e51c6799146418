//! What each call does, by its operation id: its name, and what else there is to know.

use super::{Both, both};

/// The words of all calls, in the order of the documentation.
pub(in crate::web) const OPERATIONS: &[(&str, Both, Both)] = &[
    (
        "put_recipient",
        both("登记或更改收款人", "Make a recipient known, or change one"),
        both(
            "用站点自己的用户编号登记 openid 与(可选)实名。每次都是完整内容。更改 openid 会记入审计。",
            "Binds the storefront's own id of a user to an openid and, optionally, a real name. Each call says all of it. A changed openid is on record.",
        ),
    ),
    (
        "get_recipient",
        both("查询收款人与余额", "Read a recipient with the balance"),
        both(
            "到期的提成即时计入可提现余额。",
            "A commission that is due counts as available at once.",
        ),
    ),
    (
        "list_entries",
        both("收款人的账目", "A recipient's ledger entries"),
        both(
            "复式记账的每一笔,最新的在前。",
            "Every posting of the double-entry ledger, newest first.",
        ),
    ),
    (
        "earn_commission",
        both("记一笔提成", "Earn a commission"),
        both(
            "同一 `commission_id`、同样内容再次发送:200 与第一次的结果;内容不同:409 `commission_conflict`。",
            "The same `commission_id` with the same body again: 200 and the first answer; with another body: 409 `commission_conflict`.",
        ),
    ),
    (
        "reverse_commission",
        both("撤回提成", "Take a commission back"),
        both(
            "已提现的也能撤回:余额变为负数,由以后的提成补足。重复撤回不再改变什么。",
            "Also one that was withdrawn already: the balance goes below zero and later commissions fill it. Done again it changes nothing.",
        ),
    ),
    (
        "record_order",
        both(
            "上报订单,按规则计提成",
            "Tell an order: its promoters earn by the rules",
        ),
        both(
            "按「提成管理」里的规则为推广人计提成。同一 `order_id`、同样内容再次发送:200 与第一次的结果;内容不同:409 `order_conflict`。商品之外的金额(如运费)不计提成。",
            "Promoters earn by the rules of the page 提成管理. The same `order_id` with the same body again: 200 and the first answer; with another body: 409 `order_conflict`. What the items leave over (postage) earns nothing.",
        ),
    ),
    (
        "get_order",
        both("查询订单与提成", "Read an order with its commissions"),
        both(
            "包括已退款金额与每笔提成的现状。",
            "With what was refunded, and where each commission stands.",
        ),
    ),
    (
        "refund_order",
        both(
            "上报退款,收回提成",
            "Tell a refund: commissions are taken back",
        ),
        both(
            "按退款占订单的比例收回提成(最大余数法,分文不差);全额退款收回全部。同一 `refund_id` 再次发送不再改变什么。",
            "Takes commissions back in proportion (by largest remainder, to the fen); a whole refund takes everything. The same `refund_id` again changes nothing.",
        ),
    ),
    (
        "withdraw",
        both("从余额提现", "Withdraw out of the balance"),
        both(
            "立即冻结余额并受理付款单。超过审核额度时为 `in_review`,等待成员审核。结果以付款单的最终状态为准。",
            "Holds the money at once and accepts a payout. Above the review limit it is `in_review` until a member approves. The payout's final status decides.",
        ),
    ),
    (
        "pay_directly",
        both("直接付款", "Pay directly"),
        both(
            "不涉及余额,由商户直接付给收款人。限额与审核同提现。",
            "No balance involved: the shop pays the recipient. Limits and review are those of a withdrawal.",
        ),
    ),
    (
        "list_payouts",
        both("查询付款单列表", "List payouts"),
        both(
            "最新的在前;翻页期间新增的付款单不影响后续页。",
            "Newest first; payouts that come in while you page do not shift the older ones.",
        ),
    ),
    (
        "get_payout",
        both("查询付款单", "Read a payout"),
        both(
            "状态未到最终前可轮询,建议间隔 2 秒以上并逐步加长。",
            "Poll it until its status is final: every two seconds at first, then less often.",
        ),
    ),
    (
        "cancel_payout",
        both("取消付款单", "Cancel a payout"),
        both(
            "仅在请求不可能已到达微信支付时可以取消(`in_review`、`queued`),否则 409 `not_cancellable`。",
            "Possible while nothing of it can have reached WeChat Pay (`in_review`, `queued`); after that 409 `not_cancellable`.",
        ),
    ),
    (
        "list_limits",
        both(
            "查询限额与用量",
            "Read the limits and how far they are used",
        ),
        both(
            "用于在提现前告诉用户还能提多少。",
            "To tell a user before a withdrawal how much is left.",
        ),
    ),
];

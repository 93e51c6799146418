//! Where a payout stands, in words.

/// Where a payout stands, in words.
pub(in crate::web) struct StatusWords {
    /// `in_review`.
    pub(in crate::web) in_review: &'static str,
    /// `queued`.
    pub(in crate::web) queued: &'static str,
    /// `processing`, while it is being sent.
    pub(in crate::web) processing: &'static str,
    /// `processing`, and nobody knows what became of it.
    pub(in crate::web) in_doubt: &'static str,
    /// `processing`, and only people can find out.
    pub(in crate::web) undecided: &'static str,
    /// What must not be done then.
    pub(in crate::web) do_not_pay_again: &'static str,
    /// `awaiting_recipient`.
    pub(in crate::web) awaiting_recipient: &'static str,
    /// `succeeded`.
    pub(in crate::web) succeeded: &'static str,
    /// `failed`.
    pub(in crate::web) failed: &'static str,
    /// `rejected`.
    pub(in crate::web) rejected: &'static str,
    /// `cancelled`.
    pub(in crate::web) cancelled: &'static str,
    /// Out of the balance.
    pub(in crate::web) withdrawal: &'static str,
    /// Directly from the shop.
    pub(in crate::web) direct: &'static str,
}

impl StatusWords {
    pub(super) const CHINESE: Self = Self {
        in_review: "待审核",
        queued: "排队中",
        processing: "转账中",
        in_doubt: "结果确认中",
        undecided: "待人工确认",
        do_not_pay_again: "请勿重复打款",
        awaiting_recipient: "待用户确认收款",
        succeeded: "已到账",
        failed: "失败",
        rejected: "已驳回",
        cancelled: "已撤销",
        withdrawal: "提现",
        direct: "直接付款",
    };
    pub(super) const ENGLISH: Self = Self {
        in_review: "In review",
        queued: "Queued",
        processing: "Being sent",
        in_doubt: "Result being confirmed",
        undecided: "A person has to confirm",
        do_not_pay_again: "Do not pay again",
        awaiting_recipient: "Recipient has to confirm",
        succeeded: "Paid",
        failed: "Failed",
        rejected: "Rejected",
        cancelled: "Cancelled",
        withdrawal: "Withdrawal",
        direct: "Direct payout",
    };
}

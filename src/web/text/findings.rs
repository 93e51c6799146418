//! The inbox of findings.

/// The inbox of findings.
pub(in crate::web) struct Findings {
    /// The title.
    pub(in crate::web) title: &'static str,
    /// The sentence below it.
    pub(in crate::web) lead: &'static str,
    /// Nothing is open.
    pub(in crate::web) none_title: &'static str,
    /// Nothing is open.
    pub(in crate::web) none: &'static str,
    /// A mark.
    pub(in crate::web) open: &'static str,
    /// A mark.
    pub(in crate::web) stops: &'static str,
    /// Before what to do.
    pub(in crate::web) next: &'static str,
    /// A label.
    pub(in crate::web) payout: &'static str,
    /// A label.
    pub(in crate::web) found_at: &'static str,
    /// A column.
    pub(in crate::web) what: &'static str,
    /// A label.
    pub(in crate::web) resolution: &'static str,
    /// What to write.
    pub(in crate::web) resolution_help: &'static str,
    /// The button.
    pub(in crate::web) resolve: &'static str,
    /// A notice.
    pub(in crate::web) did_resolve: &'static str,
    /// The link.
    pub(in crate::web) back: &'static str,
    /// A heading.
    pub(in crate::web) history: &'static str,
    /// There is none.
    pub(in crate::web) history_none: &'static str,
    /// A column.
    pub(in crate::web) resolved_at: &'static str,
    /// How something closed without anybody.
    pub(in crate::web) by_itself: &'static str,
    /// What is wrong.
    pub(in crate::web) wrong_resolution: &'static str,
    /// A kind.
    pub(in crate::web) paid_there: &'static str,
    /// What it means.
    pub(in crate::web) paid_there_means: &'static str,
    /// What to do.
    pub(in crate::web) paid_there_next: &'static str,
    /// A kind.
    pub(in crate::web) failed_there: &'static str,
    /// What it means.
    pub(in crate::web) failed_there_means: &'static str,
    /// What to do.
    pub(in crate::web) failed_there_next: &'static str,
    /// A kind.
    pub(in crate::web) unknown_there: &'static str,
    /// What it means.
    pub(in crate::web) unknown_there_means: &'static str,
    /// What to do.
    pub(in crate::web) unknown_there_next: &'static str,
    /// A kind.
    pub(in crate::web) record: &'static str,
    /// What it means.
    pub(in crate::web) record_means: &'static str,
    /// What to do.
    pub(in crate::web) record_next: &'static str,
    /// A kind.
    pub(in crate::web) ledger: &'static str,
    /// What it means.
    pub(in crate::web) ledger_means: &'static str,
    /// What to do.
    pub(in crate::web) ledger_next: &'static str,
    /// A kind.
    pub(in crate::web) attempts: &'static str,
    /// What it means.
    pub(in crate::web) attempts_means: &'static str,
    /// What to do.
    pub(in crate::web) attempts_next: &'static str,
    /// A kind.
    pub(in crate::web) doubt: &'static str,
    /// What it means.
    pub(in crate::web) doubt_means: &'static str,
    /// What to do.
    pub(in crate::web) doubt_next: &'static str,
}

impl Findings {
    pub(super) const CHINESE: Self = Self {
        title: "对账",
        lead: "系统每天核对付款单、账目与微信支付的记录;不一致的会出现在这里,由人处理。",
        none_title: "没有待处理的差异",
        none: "付款单、账目与微信支付的记录一致。",
        open: "待处理",
        stops: "付款已停止",
        next: "怎么做:",
        payout: "付款单",
        found_at: "发现时间",
        what: "差异",
        resolution: "处理说明",
        resolution_help: "5–500 字,写明核对了什么、如何处理;会写入审计记录。",
        resolve: "标记为已处理",
        did_resolve: "已标记为已处理。",
        back: "返回对账",
        history: "处理记录",
        history_none: "还没有处理过差异。",
        resolved_at: "处理",
        by_itself: "微信支付已返回结果,自动关闭",
        wrong_resolution: "请用 5–500 字写明如何处理。",
        paid_there: "微信已付款,本系统记为未付",
        paid_there_means: "这笔款项已退回收款人余额,但微信支付的记录显示钱已付出,收款人可能多收一次。",
        paid_there_next: "在商户平台用商户订单号核对资金流水;确认后与收款人协商或在「提成管理」更正余额,再写明处理结果。",
        failed_there: "本系统记为已付,微信显示失败",
        failed_there_means: "收款人被告知已到账,但微信支付的记录显示付款失败,收款人可能没有收到钱。",
        failed_there_next: "在商户平台核对;确认未付后更正收款人余额,由其重新提现。不要直接再付一次。",
        unknown_there: "本系统记为已付,微信查不到",
        unknown_there_means: "连续多日查询,微信支付都没有这笔记录。微信只保留约 30 天的查询。",
        unknown_there_next: "在商户平台的资金流水中核对这笔付款,写明结果。",
        record: "微信记录与付款单不符",
        record_means: "金额、收款人或单号与本系统不同,系统没有采信该回答。",
        record_next: "请勿重复打款。把付款单的诊断信息发给平台运营,一起与微信支付核对。",
        ledger: "账目与付款单不符",
        ledger_means: "账目记录的金额变动与这笔付款单的状态不一致。",
        ledger_next: "请联系平台运营检查;处理完成前付款保持停止。",
        attempts: "请求记录与付款单不符",
        attempts_means: "与微信支付的通信记录得出的结果与付款单的状态不一致。",
        attempts_next: "在付款单的「经过」中查看各次请求与回答,并联系平台运营。",
        doubt: "结果超过一天仍未知",
        doubt_means: "微信支付一天以上没有给出结果。款项保持冻结,系统会继续查询;得到结果后此项自动关闭。",
        doubt_next: "请勿重复打款。可在商户平台核对这笔订单号。",
    };
    pub(super) const ENGLISH: Self = Self {
        title: "Reconciliation",
        lead: "Payouts, books and WeChat Pay's records are compared every day; what does not fit appears here for a person.",
        none_title: "No open findings",
        none: "Payouts, books and WeChat Pay's records agree.",
        open: "Open",
        stops: "Payments are stopped",
        next: "What to do:",
        payout: "Payout",
        found_at: "Found",
        what: "Finding",
        resolution: "How it was resolved",
        resolution_help: "5 to 500 characters: what you compared and what you did; it is kept in the log.",
        resolve: "Mark as resolved",
        did_resolve: "Marked as resolved.",
        back: "Back to reconciliation",
        history: "History",
        history_none: "Nothing was resolved yet.",
        resolved_at: "Resolved",
        by_itself: "WeChat Pay has answered; closed by itself",
        wrong_resolution: "Say in 5 to 500 characters how it was resolved.",
        paid_there: "WeChat has paid, our books say not paid",
        paid_there_means: "The money went back to the recipient's balance, but WeChat Pay's record says that it was paid: the recipient may have been paid twice.",
        paid_there_next: "Look up the order number in the fund statement; settle it with the recipient or correct the balance, then say how.",
        failed_there: "Our books say paid, WeChat says failed",
        failed_there_means: "The recipient was told of a payment that WeChat Pay's record says has failed.",
        failed_there_next: "Compare on the merchant platform; when it was not paid, correct the balance and let the recipient ask again. Do not simply pay again.",
        unknown_there: "Our books say paid, WeChat does not know it",
        unknown_there_means: "WeChat Pay has not known this number for several days. It answers for about 30 days.",
        unknown_there_next: "Look for it in the fund statement and say what you found.",
        record: "WeChat's record differs from the payout",
        record_means: "Amount, recipient or number differ from ours; the answer was not believed.",
        record_next: "Do not pay again. Give the payout's diagnosis to the platform and compare with WeChat Pay together.",
        ledger: "The ledger differs from the payout",
        ledger_means: "The ledger has moved other money than the payout's status says.",
        ledger_next: "The platform has to look at it; payments stay stopped until then.",
        attempts: "The calls differ from the payout",
        attempts_means: "What WeChat Pay has answered says something else than the payout's status.",
        attempts_next: "Look at the calls on the payout's page, and ask the platform.",
        doubt: "In doubt for more than a day",
        doubt_means: "WeChat Pay has given no result for a day. The money stays held and asking goes on; this closes by itself.",
        doubt_next: "Do not pay again. You can look the order number up on the merchant platform.",
    };
}

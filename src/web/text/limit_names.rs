//! The limits by name.

use crate::limits::LimitName;

/// The limits by name.
pub(in crate::web) struct LimitNames {
    transfer_min: &'static str,
    transfer_max: &'static str,
    recipient_day_amount: &'static str,
    recipient_day_count: &'static str,
    tenant_day_amount: &'static str,
    tenant_day_count: &'static str,
    review_above: &'static str,
    second_review_above: &'static str,
}

impl LimitNames {
    pub(super) const CHINESE: Self = Self {
        transfer_min: "单笔最低金额",
        transfer_max: "单笔最高金额",
        recipient_day_amount: "单个收款人每日金额",
        recipient_day_count: "单个收款人每日笔数",
        tenant_day_amount: "全店每日金额",
        tenant_day_count: "全店每日笔数",
        review_above: "超过此金额需审核",
        second_review_above: "超过此金额需两人审核",
    };
    pub(super) const ENGLISH: Self = Self {
        transfer_min: "Least per payout",
        transfer_max: "Most per payout",
        recipient_day_amount: "Amount per recipient and day",
        recipient_day_count: "Payouts per recipient and day",
        tenant_day_amount: "Amount per day, whole shop",
        tenant_day_count: "Payouts per day, whole shop",
        review_above: "Review above",
        second_review_above: "Second review above",
    };

    /// The name of a limit.
    pub(in crate::web) const fn of(&self, name: LimitName) -> &'static str {
        match name {
            LimitName::TransferMin => self.transfer_min,
            LimitName::TransferMax => self.transfer_max,
            LimitName::RecipientDayAmount => self.recipient_day_amount,
            LimitName::RecipientDayCount => self.recipient_day_count,
            LimitName::TenantDayAmount => self.tenant_day_amount,
            LimitName::TenantDayCount => self.tenant_day_count,
            LimitName::ReviewAbove => self.review_above,
            LimitName::SecondReviewAbove => self.second_review_above,
        }
    }
}

//! WeChat Pay's published defaults for paying into people's balance, by the time in which they held (`wechatpay-reference.md` §2.7).
//!
//! They differ by product and year, and each merchant's own limits are in its merchant platform: a preset is a beginning, not a truth.

use super::rule::{LimitName, Limits};

/// A set of published defaults. Where and when it was published is said by the page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Preset {
    /// 企业付款到零钱, the page as of 2025-08-19: 200 yuan.
    Since2022,
    /// 企业付款到零钱, 2019 to 2021: 5,000 yuan.
    From2019,
    /// 企业付款到零钱, until 2018: 20,000 yuan.
    Until2018,
    /// 商家转账到零钱, the rules of 2024: up to 20,000 yuan, no number of payouts.
    Transfers2024,
}

impl Preset {
    /// All of them, the present one first.
    pub const ALL: [Preset; 4] = [
        Preset::Since2022,
        Preset::From2019,
        Preset::Until2018,
        Preset::Transfers2024,
    ];

    /// Its name in addresses.
    pub const fn as_str(self) -> &'static str {
        match self {
            Preset::Since2022 => "since-2022",
            Preset::From2019 => "from-2019",
            Preset::Until2018 => "until-2018",
            Preset::Transfers2024 => "transfers-2024",
        }
    }

    /// The preset of a name.
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|preset| preset.as_str() == text)
    }

    /// The limits with the preset's numbers in place of their own. What WeChat Pay says nothing about stays.
    pub fn put_into(self, own: Limits) -> Limits {
        let numbers: &[(LimitName, Option<i64>)] = match self {
            // the least amount is not stated
            Preset::Since2022 => &[
                (LimitName::TransferMax, Some(20_000)),
                (LimitName::RecipientDayAmount, Some(20_000)),
                (LimitName::RecipientDayCount, Some(10)),
                (LimitName::TenantDayAmount, Some(10_000_000)),
            ],
            Preset::From2019 => &[
                (LimitName::TransferMin, Some(30)),
                (LimitName::TransferMax, Some(500_000)),
                (LimitName::RecipientDayAmount, Some(500_000)),
                (LimitName::RecipientDayCount, Some(10)),
                (LimitName::TenantDayAmount, Some(10_000_000)),
            ],
            Preset::Until2018 => &[
                (LimitName::TransferMin, Some(100)),
                (LimitName::TransferMax, Some(2_000_000)),
                (LimitName::RecipientDayAmount, Some(2_000_000)),
                (LimitName::RecipientDayCount, Some(10)),
                (LimitName::TenantDayAmount, Some(100_000_000)),
            ],
            Preset::Transfers2024 => &[
                (LimitName::TransferMin, Some(10)),
                (LimitName::TransferMax, Some(2_000_000)),
                (LimitName::RecipientDayAmount, Some(2_000_000)),
                (LimitName::RecipientDayCount, None),
                (LimitName::TenantDayAmount, Some(10_000_000)),
            ],
        };
        numbers
            .iter()
            .fold(own, |limits, (name, number)| limits.with(*name, *number))
    }
}

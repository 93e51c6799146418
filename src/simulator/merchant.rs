//! A merchant as WeChat Pay knows it: `AppID`s, key, balance, limits, permissions.

use std::net::IpAddr;

use serde::{Deserialize, Serialize};
use thiserror::Error;

/// `AppID`s one merchant number may be bound to (reference §5.1).
const MAX_APP_IDS: usize = 50;

/// What a merchant is registered with.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Merchant {
    /// The merchant number; also the certificate's common name and the p12's password.
    pub mchid: String,
    /// The company name, `OU` of the certificate.
    #[serde(default = "default_company")]
    pub company: String,
    /// `AppID`s bound to the merchant number.
    pub app_ids: Vec<String>,
    /// The APIv2 key: 32 letters and digits.
    pub api_key: String,
    /// Money in the account, in fen.
    #[serde(default)]
    pub balance_fen: i64,
    /// What may be paid.
    #[serde(default)]
    pub limits: Limits,
    /// Whether the payout product is opened; `NO_AUTH` when not.
    #[serde(default = "default_open")]
    pub product_open: bool,
    /// Addresses that may call; none means all.
    #[serde(default)]
    pub allowed_ips: Option<Vec<IpAddr>>,
}

fn default_company() -> String {
    "模拟商户有限公司".to_owned()
}

fn default_open() -> bool {
    true
}

impl Merchant {
    /// A merchant with one AppID, 1 000 000 yuan and the default limits.
    pub fn new(mchid: &str, app_id: &str, api_key: &str) -> Self {
        Self {
            mchid: mchid.to_owned(),
            company: default_company(),
            app_ids: vec![app_id.to_owned()],
            api_key: api_key.to_owned(),
            balance_fen: 100_000_000,
            limits: Limits::default(),
            product_open: true,
            allowed_ips: None,
        }
    }

    pub(super) fn check(&self) -> Result<(), MerchantFault> {
        let digits = self.mchid.bytes().all(|b| b.is_ascii_digit());
        if !digits || !(6..=32).contains(&self.mchid.len()) {
            return Err(MerchantFault::Number);
        }
        if self.api_key.len() != 32 || !self.api_key.bytes().all(|b| b.is_ascii_alphanumeric()) {
            return Err(MerchantFault::Key);
        }
        if self.app_ids.is_empty() || self.app_ids.len() > MAX_APP_IDS {
            return Err(MerchantFault::AppIds);
        }
        if self.balance_fen < 0 {
            return Err(MerchantFault::Balance);
        }
        Ok(())
    }
}

/// What a merchant may pay. The defaults are those of the years 2019–2021 (reference §2.7).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Limits {
    /// Least amount of one payout, in fen.
    pub transfer_min_fen: i64,
    /// Greatest amount of one payout, in fen.
    pub transfer_max_fen: i64,
    /// What one payee may get on one Beijing day, in fen.
    pub payee_day_fen: i64,
    /// How often one payee may be paid on one Beijing day.
    pub payee_day_count: u32,
    /// What the merchant may pay on one Beijing day, in fen.
    pub merchant_day_fen: i64,
    /// Which names the codes of the day's amounts have.
    pub names: LimitNames,
    /// Transfers in one second before `FREQ_LIMIT`; none means unlimited.
    pub transfers_per_second: Option<u32>,
    /// Queries in one second before `FREQ_LIMIT`; none means unlimited.
    pub queries_per_second: Option<u32>,
    /// Least pause between two transfers of the same number, in milliseconds, before `FREQ_LIMIT`.
    pub same_number_pause_ms: i64,
}

/// Names of the codes for a day's amounts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LimitNames {
    /// `MONEY_LIMIT` for both.
    Classic,
    /// `SEND_MONEY_LIMIT` for the merchant, `RECEIVED_MONEY_LIMIT` for the payee.
    Newer,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            transfer_min_fen: 30,
            transfer_max_fen: 500_000,
            payee_day_fen: 500_000,
            payee_day_count: 10,
            merchant_day_fen: 10_000_000,
            names: LimitNames::Classic,
            transfers_per_second: None,
            queries_per_second: None,
            same_number_pause_ms: 0,
        }
    }
}

impl Limits {
    /// No limits, for speed tests.
    pub fn none() -> Self {
        Self {
            transfer_min_fen: 1,
            transfer_max_fen: i64::MAX,
            payee_day_fen: i64::MAX,
            payee_day_count: u32::MAX,
            merchant_day_fen: i64::MAX,
            ..Self::default()
        }
    }

    /// The rates the documentation publishes: 100 transfers and 30 queries a second, and one
    /// second between two transfers of the same number.
    #[must_use]
    pub fn with_published_rates(mut self) -> Self {
        self.transfers_per_second = Some(100);
        self.queries_per_second = Some(30);
        self.same_number_pause_ms = 1000;
        self
    }
}

/// What WeChat Pay knows of a payee. A payee nobody registered can be paid and is not name-checked.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Payee {
    /// The AppID the openid belongs to; another one gives `OPENID_ERROR`.
    pub app_id: Option<String>,
    /// The real name; with `FORCE_CHECK` another one gives `NAME_MISMATCH`.
    pub real_name: Option<String>,
    /// Whether the real name is verified; `V2_ACCOUNT_SIMPLE_BAN` when not.
    pub verification: Verification,
}

/// Whether a payee has verified a real name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Verification {
    /// The name is verified.
    Verified,
    /// It is not: the payee cannot be paid.
    Unverified,
}

/// Why a merchant cannot be registered or changed.
#[derive(Debug, Error, PartialEq, Eq)]
pub enum MerchantFault {
    /// Not a merchant number.
    #[error("mchid must be 6 to 32 digits")]
    Number,
    /// Not an APIv2 key.
    #[error("api_key must be exactly 32 letters and digits")]
    Key,
    /// None or too many `AppID`s.
    #[error("a merchant has 1 to {MAX_APP_IDS} app_ids")]
    AppIds,
    /// A negative balance.
    #[error("balance_fen must not be negative")]
    Balance,
    /// The merchant number is taken.
    #[error("this merchant is registered already")]
    Registered,
    /// No such merchant.
    #[error("no such merchant is registered")]
    Unknown,
}

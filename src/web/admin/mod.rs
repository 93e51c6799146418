//! The members' pages under `/admin`.

pub(super) mod account;
pub(super) mod badge;
pub(super) mod batches;
pub(super) mod commissions;
pub(super) mod confirm;
pub(super) mod developers;
mod fields;
pub(super) mod findings;
pub(super) mod home;
mod lane_notice;
pub(super) mod limits;
pub(super) mod log;
pub(super) mod members;
pub(super) mod payouts;
mod typed;
pub(super) mod wechat_pay;

//! The members' pages under `/admin`.

pub(super) mod batches;
pub(super) mod commissions;
pub(super) mod confirm;
mod home;

pub(super) use home::show as home;

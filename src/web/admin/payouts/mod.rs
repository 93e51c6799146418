//! 付款单: the list, one payout, and what members do with them.

mod ask;
mod balance_filled;
mod cancel;
mod decide;
mod deed;
mod did;
mod hurry;
mod judge;
mod line;
mod list;
mod query;
mod refuse;
mod review;
mod show;
mod timeline;

pub(in crate::web) use ask::ask_now;
pub(in crate::web) use balance_filled::balance_filled;
pub(in crate::web) use cancel::cancel;
pub(in crate::web) use decide::decide;
pub(in crate::web) use hurry::hurry;
pub(in crate::web) use judge::{approve, reject};
pub(in crate::web) use list::show as list;
pub(in crate::web) use review::show as review;
pub(in crate::web) use show::show;

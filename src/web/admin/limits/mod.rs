//! 提现额度配置: how much a shop lets go out, what today has used of it, and what other numbers would do.

mod form;
mod page;
mod save;
mod show;

pub(in crate::web) use save::save;
pub(in crate::web) use show::show;

//! 日志: what was done in the tenant, by whom, searchable.

mod line;
mod query;
mod show;

pub(in crate::web) use show::show;

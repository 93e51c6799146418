//! 对账: what does not fit together, who looked into it and how.

mod resolve;
mod show;

pub(in crate::web) use resolve::resolve;
pub(in crate::web) use show::show;

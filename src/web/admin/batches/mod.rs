//! 批量付款: upload, check, approve, watch, result.

mod change;
mod list;
mod result;
mod show;
mod upload;

pub(in crate::web) use change::{approve, discard, pause, resume};
pub(in crate::web) use list::list;
pub(in crate::web) use result::{result, sample};
pub(in crate::web) use show::show;
pub(in crate::web) use upload::upload;

//! 微信支付配置: the settings, the certificates, 一键检测, and what was changed by whom.

mod certificates;
mod check;
mod done;
mod form;
mod history;
mod lines;
mod look;
mod save;
mod show;
mod upload;

pub(in crate::web) use certificates::{activate, discard};
pub(in crate::web) use check::{check, check_certificate};
pub(in crate::web) use history::list as history;
pub(in crate::web) use save::save;
pub(in crate::web) use show::show;

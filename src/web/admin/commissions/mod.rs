//! 提成管理: rules, recipients with their statements, corrections.

mod corrections;
mod recipient;
mod recipients;
mod rules;
mod show;

pub(in crate::web) use corrections::{ask, decide};
pub(in crate::web) use recipient::show as recipient;
pub(in crate::web) use recipients::list as recipients;
pub(in crate::web) use rules::{add, end};
pub(in crate::web) use show::show;

//! 首页: how the shop stands, what needs a person, and the way of a new shop.

mod chart;
mod needs;
mod remembered;
mod show;
mod steps;

pub(in crate::web) use remembered::RememberedBalances;
pub(in crate::web) use show::show;

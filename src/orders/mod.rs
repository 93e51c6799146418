//! Orders (订单) and the rules by which they earn commissions.
//!
//! - **What it is:** rules of commissions (提成规则), orders that the storefront tells, and their refunds.
//! - **What it promises:** the same order, told again, earns nothing more; refunds take back in proportion, and a whole refund
//!   takes back everything, to the fen; a rule that was in force is never changed afterwards.
//! - **What it does not do:** it moves no money by itself: commissions do.
//! - **Who comes in:** the storefront's door, the page 提成管理.
//! - **Where to start:** [`record()`], then [`Rule`].

mod add_rule;
mod model;
mod record;
mod refund;
mod store;

pub use add_rule::{AddRuleError, NewRule, add_rule, end_rule};
pub use model::{Earned, Item, Level, Order, Refund, Reward, Rule};
pub use record::{MOST_ITEMS, NewOrder, RecordError, record};
pub use refund::{RefundError, refund};
pub use store::{find, list_earned, list_rules};

#[cfg(test)]
mod tests;

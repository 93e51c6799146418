//! What rules and orders are.

use std::time::Duration;

use crate::basics::{
    CommissionId, Fen, ItemKey, OrderId, RecipientId, RefundId, RuleId, TenantId, Timestamp,
};

/// How far away from the buyer a promoter is: the one who brought the buyer, or the one who brought that one. There are no more than
/// two, by law.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Level {
    /// Brought the buyer.
    First,
    /// Brought the one who brought the buyer.
    Second,
}

impl Level {
    /// Both of them, the nearer first.
    pub const ALL: [Level; 2] = [Level::First, Level::Second];

    /// Its number in the database and in the API.
    pub const fn number(self) -> i64 {
        match self {
            Level::First => 1,
            Level::Second => 2,
        }
    }

    /// The level of a number.
    pub fn from_number(number: i64) -> Option<Self> {
        Self::ALL.into_iter().find(|level| level.number() == number)
    }
}

/// What a rule gives.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reward {
    /// A share of what was paid for the item, in ten-thousandths, rounded down to a fen.
    Share(u16),
    /// An amount for each item, but never more than was paid for it.
    Amount(Fen),
}

impl Reward {
    /// What it gives for an item of this price.
    pub fn of(self, price: Fen) -> Fen {
        match self {
            Reward::Share(basis_points) => price.share_rounded_down(basis_points),
            Reward::Amount(amount) => amount.min(price),
        }
    }
}

/// One rule.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rule {
    /// Its id.
    pub id: RuleId,
    /// What it is for; without a key it is for everything that has no rule of its own.
    pub key: Option<ItemKey>,
    /// Whom it rewards.
    pub level: Level,
    /// With what.
    pub reward: Reward,
    /// How many days after the order a commission can be withdrawn.
    pub freeze_days: u16,
    /// It is for orders that were paid from then on.
    pub valid_from: Timestamp,
    /// And before then.
    pub valid_to: Option<Timestamp>,
    /// Who made it.
    pub created_by: String,
    /// Who ended it.
    pub ended_by: Option<String>,
}

impl Rule {
    /// Whether it is for orders paid at this instant.
    pub fn holds_at(&self, at: Timestamp) -> bool {
        self.valid_from <= at && self.valid_to.is_none_or(|end| at < end)
    }

    /// From when on a commission of this rule can be withdrawn.
    pub fn available_at(&self, paid_at: Timestamp) -> Timestamp {
        paid_at.plus(Duration::from_hours(
            u64::from(self.freeze_days).saturating_mul(24),
        ))
    }
}

/// The rule for an item: its own before the one for everything, and of several the youngest.
pub(super) fn choose<'a>(
    rules: &'a [Rule],
    key: Option<&ItemKey>,
    level: Level,
    at: Timestamp,
) -> Option<&'a Rule> {
    let of_key = |wanted: Option<&ItemKey>| {
        rules
            .iter()
            .filter(|rule| rule.level == level && rule.key.as_ref() == wanted && rule.holds_at(at))
            .max_by_key(|rule| (rule.valid_from, rule.id))
    };
    key.and_then(|key| of_key(Some(key)))
        .or_else(|| of_key(None))
}

/// A part of an order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Item {
    /// The product or category, as the rules call it.
    pub key: Option<ItemKey>,
    /// What was paid for it.
    pub amount: Fen,
}

/// One order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Order {
    /// The storefront's own id.
    pub id: OrderId,
    /// What makes it the same order when it is told again.
    pub(super) fingerprint: [u8; 32],
    /// What was paid.
    pub amount: Fen,
    /// Who bought, as the storefront calls them.
    pub buyer: Option<RecipientId>,
    /// When it was paid.
    pub paid_at: Timestamp,
    /// What it has earned for its promoters.
    pub commission: Fen,
    /// What was refunded so far.
    pub refunded: Fen,
    /// What refunds were to take back of the commissions so far.
    pub(super) taken_back: Fen,
    /// When it was told.
    pub created_at: Timestamp,
}

/// What an order has earned for one promoter with one item.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Earned {
    /// The commission.
    pub commission: CommissionId,
    /// The item.
    pub key: Option<ItemKey>,
    /// How far away from the buyer.
    pub level: Level,
    /// By which rule.
    pub rule: RuleId,
}

/// One refund of an order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refund {
    /// The order.
    pub order: OrderId,
    /// The storefront's own id.
    pub id: RefundId,
    /// How much of the order.
    pub amount: Fen,
    /// How much commission it took back.
    pub reversed: Fen,
    /// When it was told.
    pub created_at: Timestamp,
}

/// The commission of an item: the same for the same order, item and level, so that nothing is earned twice.
pub(super) fn commission_id(
    tenant: TenantId,
    order: &OrderId,
    place: usize,
    level: Level,
) -> Option<CommissionId> {
    use sha2::{Digest as _, Sha256};
    let digest = Sha256::new()
        .chain_update(tenant.as_bytes())
        .chain_update(order.as_str().as_bytes())
        .chain_update([0])
        .chain_update(place.to_string().as_bytes())
        .chain_update([0])
        .chain_update(level.number().to_string().as_bytes())
        .finalize();
    let (half, _) = digest.split_at(16);
    CommissionId::parse(&format!("order.{}", hex::encode(half))).ok()
}

//! The rules and their names.

use crate::basics::Fen;

/// What a limit's number counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unit {
    /// Fen.
    Fen,
    /// Payouts.
    Payouts,
}

/// A limit of the contract.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum LimitName {
    /// The least one payout may be.
    TransferMin,
    /// The most one payout may be.
    TransferMax,
    /// The most one recipient gets on one day.
    RecipientDayAmount,
    /// How many payouts one recipient gets on one day.
    RecipientDayCount,
    /// The most that goes out on one day.
    TenantDayAmount,
    /// How many payouts go out on one day.
    TenantDayCount,
    /// A payout above it waits for a member.
    ReviewAbove,
    /// A payout above it waits for two different members.
    SecondReviewAbove,
}

impl LimitName {
    /// All of them, in the order in which pages and commands show them.
    pub const ALL: [LimitName; 8] = [
        LimitName::TransferMin,
        LimitName::TransferMax,
        LimitName::RecipientDayAmount,
        LimitName::RecipientDayCount,
        LimitName::TenantDayAmount,
        LimitName::TenantDayCount,
        LimitName::ReviewAbove,
        LimitName::SecondReviewAbove,
    ];

    /// Its name in commands, in the API and in the database.
    pub const fn as_str(self) -> &'static str {
        match self {
            LimitName::TransferMin => "transfer_min",
            LimitName::TransferMax => "transfer_max",
            LimitName::RecipientDayAmount => "recipient_day_amount",
            LimitName::RecipientDayCount => "recipient_day_count",
            LimitName::TenantDayAmount => "tenant_day_amount",
            LimitName::TenantDayCount => "tenant_day_count",
            LimitName::ReviewAbove => "review_above",
            LimitName::SecondReviewAbove => "second_review_above",
        }
    }

    /// The limit of a name.
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|name| name.as_str() == text)
    }

    /// What its number counts.
    pub const fn unit(self) -> Unit {
        match self {
            LimitName::RecipientDayCount | LimitName::TenantDayCount => Unit::Payouts,
            LimitName::TransferMin
            | LimitName::TransferMax
            | LimitName::RecipientDayAmount
            | LimitName::TenantDayAmount
            | LimitName::ReviewAbove
            | LimitName::SecondReviewAbove => Unit::Fen,
        }
    }

    /// A greater number lets less through.
    const fn is_a_floor(self) -> bool {
        match self {
            LimitName::TransferMin => true,
            LimitName::TransferMax
            | LimitName::RecipientDayAmount
            | LimitName::RecipientDayCount
            | LimitName::TenantDayAmount
            | LimitName::TenantDayCount
            | LimitName::ReviewAbove
            | LimitName::SecondReviewAbove => false,
        }
    }

    /// Whether another number lets more through than the one before: payouts that were stopped, or that a person had to look at.
    pub fn lets_more_through(self, before: Option<i64>, after: Option<i64>) -> bool {
        match (before, after) {
            (None, _) => false,
            (Some(_), None) => true,
            (Some(before), Some(after)) if self.is_a_floor() => after < before,
            (Some(before), Some(after)) => after > before,
        }
    }

    const fn place(self) -> usize {
        match self {
            LimitName::TransferMin => 0,
            LimitName::TransferMax => 1,
            LimitName::RecipientDayAmount => 2,
            LimitName::RecipientDayCount => 3,
            LimitName::TenantDayAmount => 4,
            LimitName::TenantDayCount => 5,
            LimitName::ReviewAbove => 6,
            LimitName::SecondReviewAbove => 7,
        }
    }
}

/// One number for each limit; `None` where it is switched off.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Limits([Option<i64>; 8]);

impl Limits {
    /// What a new tenant starts with (`contract.md`, Limits).
    pub const DEFAULTS: Limits = Limits([
        Some(30),
        Some(500_000),
        Some(500_000),
        Some(10),
        Some(10_000_000),
        None,
        Some(50_000),
        None,
    ]);

    /// From numbers in the order of [`LimitName::ALL`].
    pub const fn new(numbers: [Option<i64>; 8]) -> Self {
        Self(numbers)
    }

    /// The numbers in the order of [`LimitName::ALL`].
    pub const fn numbers(&self) -> [Option<i64>; 8] {
        self.0
    }

    /// The number of one limit.
    pub fn get(&self, name: LimitName) -> Option<i64> {
        self.0.get(name.place()).copied().flatten()
    }

    /// Whether any of these lets more through than the one before.
    pub fn let_more_through_than(&self, before: &Limits) -> bool {
        LimitName::ALL
            .into_iter()
            .any(|name| name.lets_more_through(before.get(name), self.get(name)))
    }

    /// The same with another number for one limit.
    pub fn with(mut self, name: LimitName, number: Option<i64>) -> Self {
        if let Some(place) = self.0.get_mut(name.place()) {
            *place = number;
        }
        self
    }
}

/// What happens to a payout that today has no room for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WhenDayIsFull {
    /// It is refused.
    Refuse,
    /// It waits for the next day with room.
    Queue,
}

impl WhenDayIsFull {
    /// Its name in commands and in the database.
    pub const fn as_str(self) -> &'static str {
        match self {
            WhenDayIsFull::Refuse => "refuse",
            WhenDayIsFull::Queue => "queue",
        }
    }

    /// The choice of a name.
    pub fn parse(text: &str) -> Option<Self> {
        [WhenDayIsFull::Refuse, WhenDayIsFull::Queue]
            .into_iter()
            .find(|it| it.as_str() == text)
    }
}

/// A tenant's limits with the platform's caps.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Policy {
    /// The tenant's own.
    pub own: Limits,
    /// The platform's caps.
    pub caps: Limits,
    /// What happens when a day is full.
    pub when_day_is_full: WhenDayIsFull,
    /// Grows with every change, so that a page that is out of date is noticed.
    pub version: i64,
}

impl Policy {
    /// The number in force: the stricter one of the tenant's and the platform's.
    pub fn in_force(&self, name: LimitName) -> Option<i64> {
        match (self.own.get(name), self.caps.get(name)) {
            (Some(own), Some(cap)) => Some(if name.is_a_floor() {
                own.max(cap)
            } else {
                own.min(cap)
            }),
            (own, cap) => own.or(cap),
        }
    }

    /// How many different members have to approve a payout of this amount.
    pub fn approvals_needed(&self, amount: Fen) -> i64 {
        let above = |name| {
            self.in_force(name)
                .is_some_and(|limit| amount.fen() > limit)
        };
        if above(LimitName::SecondReviewAbove) {
            2
        } else {
            i64::from(above(LimitName::ReviewAbove))
        }
    }
}

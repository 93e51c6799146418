//! What a commission is.

use crate::basics::{CommissionId, Description, ExternalId, Fen, RecipientId, Timestamp};
use crate::ledger::postings::Maturity;

/// Where a commission's money stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CommissionState {
    /// It waits for its day.
    Pending,
    /// It can be, or has been, withdrawn.
    Available,
    /// It was taken back.
    Reversed,
}

impl CommissionState {
    /// Its name in the database and in the API.
    pub const fn as_str(self) -> &'static str {
        match self {
            CommissionState::Pending => "pending",
            CommissionState::Available => "available",
            CommissionState::Reversed => "reversed",
        }
    }

    /// Which account its money stands on, while it has any.
    pub(super) const fn maturity(self) -> Option<Maturity> {
        match self {
            CommissionState::Pending => Some(Maturity::Pending),
            CommissionState::Available => Some(Maturity::Available),
            CommissionState::Reversed => None,
        }
    }

    /// The state of a stored name.
    pub fn parse(text: &str) -> Option<Self> {
        [Self::Pending, Self::Available, Self::Reversed]
            .into_iter()
            .find(|it| it.as_str() == text)
    }
}

/// One commission.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Commission {
    /// The storefront's own id.
    pub id: CommissionId,
    /// Who earned it.
    pub recipient: RecipientId,
    /// How much.
    pub amount: Fen,
    /// How much of it was taken back so far.
    pub reversed: Fen,
    /// The order it was earned with.
    pub order_no: Option<ExternalId>,
    /// For people.
    pub description: Option<Description>,
    /// The day that the storefront gave, when it gave one.
    pub given_available_at: Option<Timestamp>,
    /// From when on it can be withdrawn.
    pub available_at: Timestamp,
    /// Where its money stands.
    pub state: CommissionState,
    /// When it was told.
    pub created_at: Timestamp,
    /// When it was taken back.
    pub reversed_at: Option<Timestamp>,
    /// Why it was taken back.
    pub reverse_reason: Option<String>,
}

impl Commission {
    /// What is left of it.
    pub fn remaining(&self) -> Fen {
        self.amount.minus(self.reversed).unwrap_or(Fen::ZERO)
    }
}

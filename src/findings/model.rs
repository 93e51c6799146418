//! What a finding is.

use crate::basics::{FindingId, PayoutId, Timestamp};

/// What does not fit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// We released the money, and the rail says that it was paid. Somebody may have been paid twice.
    PaidThereFailedHere,
    /// We say that it was paid, and the rail says that it failed. Somebody was told a payment that they did not get.
    PaidHereFailedThere,
    /// We say that it was paid, and the rail does not know it.
    PaidHereUnknownThere,
    /// The rail's record has another amount, payee or number than ours.
    RecordDiffers,
    /// The ledger has moved other money than the payout's status says.
    LedgerDiffers,
    /// The attempts say something else than the payout's status.
    AttemptsDiffer,
    /// The outcome has not been known for a day. It ends by itself when the rail answers.
    InDoubtForADay,
}

impl Kind {
    /// All of them.
    pub const ALL: [Kind; 7] = [
        Kind::PaidThereFailedHere,
        Kind::PaidHereFailedThere,
        Kind::PaidHereUnknownThere,
        Kind::RecordDiffers,
        Kind::LedgerDiffers,
        Kind::AttemptsDiffer,
        Kind::InDoubtForADay,
    ];

    /// Its name in the database and on the command line.
    pub const fn as_str(self) -> &'static str {
        match self {
            Kind::PaidThereFailedHere => "paid_there_failed_here",
            Kind::PaidHereFailedThere => "paid_here_failed_there",
            Kind::PaidHereUnknownThere => "paid_here_unknown_there",
            Kind::RecordDiffers => "record_differs",
            Kind::LedgerDiffers => "ledger_differs",
            Kind::AttemptsDiffer => "attempts_differ",
            Kind::InDoubtForADay => "in_doubt_for_a_day",
        }
    }

    /// The kind of a stored name.
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == text)
    }

    /// A law of money is broken: the tenant's money stops until a person has looked.
    pub const fn is_a_breach(self) -> bool {
        match self {
            Kind::PaidThereFailedHere
            | Kind::PaidHereFailedThere
            | Kind::RecordDiffers
            | Kind::LedgerDiffers
            | Kind::AttemptsDiffer => true,
            Kind::PaidHereUnknownThere | Kind::InDoubtForADay => false,
        }
    }
}

/// A finding that somebody has looked into.
#[derive(Clone, Debug)]
pub struct Resolved {
    /// The finding.
    pub finding: Finding,
    /// When it was resolved.
    pub at: Timestamp,
    /// By whom.
    pub by: String,
    /// How.
    pub resolution: String,
}

/// One finding.
#[derive(Clone, Debug)]
pub struct Finding {
    /// Its id.
    pub id: FindingId,
    /// The payout.
    pub payout: PayoutId,
    /// What does not fit.
    pub kind: Kind,
    /// The facts, as JSON.
    pub details: String,
    /// When it was found.
    pub found_at: Timestamp,
}

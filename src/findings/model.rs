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
}

impl Kind {
    const ALL: [Kind; 4] = [
        Kind::PaidThereFailedHere,
        Kind::PaidHereFailedThere,
        Kind::PaidHereUnknownThere,
        Kind::RecordDiffers,
    ];

    /// Its name in the database and on the command line.
    pub const fn as_str(self) -> &'static str {
        match self {
            Kind::PaidThereFailedHere => "paid_there_failed_here",
            Kind::PaidHereFailedThere => "paid_here_failed_there",
            Kind::PaidHereUnknownThere => "paid_here_unknown_there",
            Kind::RecordDiffers => "record_differs",
        }
    }

    /// The kind of a stored name.
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == text)
    }

    /// A law of money is broken: the tenant's money stops until a person has looked.
    pub const fn is_a_breach(self) -> bool {
        match self {
            Kind::PaidThereFailedHere | Kind::PaidHereFailedThere | Kind::RecordDiffers => true,
            Kind::PaidHereUnknownThere => false,
        }
    }
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

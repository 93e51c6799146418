//! How much work an upload may ask for, and how much it has used.
//!
//! Every encrypted part of a p12 names the number of rounds that turn the password into a key. The uploader chooses
//! those numbers and knows the password, so a file of a few hundred bytes can keep a processor busy for minutes.

use super::der::NotDer;

/// OpenSSL writes 2,048 rounds, careful people 600,000; a million takes half a second or less.
const MAX_ROUNDS: u64 = 1_000_000;
/// All the rounds of one upload.
const MAX_ROUNDS_IN_ALL: u64 = 2_000_000;
/// The encrypted parts of one file: one for the certificates, one for the key, and as many to spare.
const MAX_BAGS: usize = 4;

/// Why a p12 is not opened.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Refusal {
    Damaged,
    WorkTooHigh,
    TooManyBags,
    UnsupportedProtection,
    WrongPassword,
}

impl From<NotDer> for Refusal {
    fn from(_: NotDer) -> Self {
        Self::Damaged
    }
}

/// What is left of the work.
#[derive(Clone, Debug)]
pub(super) struct Budget {
    rounds: u64,
    bags: usize,
}

impl Budget {
    /// For a whole upload.
    pub(super) const fn full() -> Self {
        Self {
            rounds: MAX_ROUNDS_IN_ALL,
            bags: MAX_BAGS,
        }
    }

    /// The next file may have as many encrypted parts as the first, but the rounds are one purse.
    pub(super) const fn next_file(&mut self) {
        self.bags = MAX_BAGS;
    }

    /// Before a key is derived.
    pub(super) fn spend(&mut self, rounds: u64) -> Result<(), Refusal> {
        if rounds > MAX_ROUNDS {
            return Err(Refusal::WorkTooHigh);
        }
        self.rounds = self
            .rounds
            .checked_sub(rounds)
            .ok_or(Refusal::WorkTooHigh)?;
        Ok(())
    }

    /// Before an encrypted part is looked at.
    pub(super) fn count_bag(&mut self) -> Result<(), Refusal> {
        self.bags = self.bags.checked_sub(1).ok_or(Refusal::TooManyBags)?;
        Ok(())
    }
}

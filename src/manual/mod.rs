//! Prose that is compiled into the documentation: what holds, how, and why it was done so.

#[doc = include_str!("laws.md")]
pub mod laws {}

#[doc = include_str!("life_of_a_payout.md")]
pub mod life_of_a_payout {}

/// Decisions that somebody will ask about.
pub mod decisions {
    #[doc = include_str!("decisions/0001-three-outcomes.md")]
    pub mod three_outcomes {}

    #[doc = include_str!("decisions/0002-the-same-bytes.md")]
    pub mod the_same_bytes {}

    #[doc = include_str!("decisions/0003-the-lane.md")]
    pub mod the_lane {}
}

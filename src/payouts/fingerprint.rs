//! What somebody has looked at before approving it: the facts of a payout in 32 bytes.
//!
//! A page shows payouts and carries the fingerprint of what it showed; the approval that comes back is for these facts and no others
//! (`laws.md` INV-28).

use std::fmt;

use sha2::{Digest as _, Sha256};

use super::model::Payout;
use crate::basics::TenantId;

/// SHA-256 of facts, each with its length in front, so that two of them never run into each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Fingerprint([u8; 32]);

impl Fingerprint {
    /// Of one payout: who gets how much, from what, by how many people's word.
    pub fn of(tenant: TenantId, payout: &Payout) -> Self {
        let mut facts = Facts::new("payout");
        facts.add(tenant.as_bytes());
        facts.add(payout.id.as_bytes());
        facts.add(payout.kind.as_str().as_bytes());
        facts.add(payout.recipient.as_str().as_bytes());
        facts.add(payout.openid.as_str().as_bytes());
        facts.add(&payout.amount.fen().to_be_bytes());
        facts.add(payout.description.as_str().as_bytes());
        facts.add(&payout.approvals_needed.to_be_bytes());
        facts.finish()
    }

    /// Of several payouts and their number, in whatever order they come.
    pub fn of_all(tenant: TenantId, payouts: &[Payout]) -> Self {
        let mut each: Vec<[u8; 32]> = payouts
            .iter()
            .map(|payout| Self::of(tenant, payout).0)
            .collect();
        each.sort_unstable();
        let mut facts = Facts::new("payouts");
        facts.add(&u64::try_from(each.len()).unwrap_or(u64::MAX).to_be_bytes());
        for one in each {
            facts.add(&one);
        }
        facts.finish()
    }
}

impl fmt::Display for Fingerprint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&hex::encode(self.0))
    }
}

struct Facts(Sha256);

impl Facts {
    fn new(of: &str) -> Self {
        let mut facts = Self(Sha256::new());
        facts.add(of.as_bytes());
        facts
    }

    fn add(&mut self, fact: &[u8]) {
        let length = u64::try_from(fact.len()).unwrap_or(u64::MAX);
        self.0.update(length.to_be_bytes());
        self.0.update(fact);
    }

    fn finish(self) -> Fingerprint {
        Fingerprint(self.0.finalize().into())
    }
}

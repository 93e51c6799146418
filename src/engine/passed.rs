//! When payouts of each tenant last passed, as far as this process has seen.
//!
//! It tells a refusal of one payee from wrong settings: settings by which others are paid are not wrong. It is a hint and not a fact of the
//! database: a process that does not remember closes a lane once more, and a probe opens it.

use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};

use crate::basics::{TenantId, Timestamp};

/// How many tenants are remembered; past it, all are forgotten.
const REMEMBERED: usize = 50_000;

/// The tenants and when they were last paid for.
#[derive(Debug, Default)]
pub(super) struct Passed(Mutex<BTreeMap<TenantId, Timestamp>>);

impl Passed {
    /// A payout of the tenant was paid.
    pub(super) fn note(&self, tenant: TenantId, now: Timestamp) {
        let mut passed = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if passed.len() >= REMEMBERED {
            passed.clear();
        }
        passed.insert(tenant, now);
    }

    /// Whether one was paid at or after an instant.
    pub(super) fn since(&self, tenant: TenantId, at: Option<Timestamp>) -> bool {
        let passed = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        match (passed.get(&tenant), at) {
            (Some(last), Some(at)) => *last >= at,
            (None, _) | (_, None) => false,
        }
    }
}

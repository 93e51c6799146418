//! The calls with an `Idempotency-Key` that are at work in this process.
//!
//! Only a courtesy: that one key makes one payout is the database's promise. But whoever asks again while the first call is at
//! work is told so at once, and does not hold a second connection while waiting.

use std::collections::HashSet;
use std::sync::{Arc, Mutex, PoisonError};

use crate::basics::TenantId;
use crate::idempotency::Call;

type Key = (TenantId, &'static str, String);

/// All of them. There are never more than requests at the same time.
#[derive(Clone, Default)]
pub(in crate::web) struct UnderWay(Arc<Mutex<HashSet<Key>>>);

impl UnderWay {
    /// Takes the call's place; none when an equal one is at work.
    pub(super) fn begin(&self, tenant: TenantId, call: &Call) -> Option<AtWork> {
        let key = (tenant, call.route, call.key.as_str().to_owned());
        let mut keys = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        keys.insert(key.clone()).then(|| AtWork {
            all: self.clone(),
            key,
        })
    }
}

/// A call at work. Its place is free again when this is dropped.
pub(super) struct AtWork {
    all: UnderWay,
    key: Key,
}

impl Drop for AtWork {
    fn drop(&mut self) {
        let mut keys = self.all.0.lock().unwrap_or_else(PoisonError::into_inner);
        keys.remove(&self.key);
    }
}

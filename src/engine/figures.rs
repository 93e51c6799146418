//! What the engine counts, for those who watch it. No label names a tenant: there are thousands.

use prometheus_client::encoding::EncodeLabelSet;
use prometheus_client::encoding::text::encode;
use prometheus_client::metrics::counter::Counter;
use prometheus_client::metrics::family::Family;
use prometheus_client::metrics::gauge::Gauge;
use prometheus_client::registry::{Registry, Unit};

use super::call::Verdict;
use super::settle::class_and_code;
use crate::basics::Timestamp;
use crate::payouts;

#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
pub(super) struct CallLabels {
    call: &'static str,
    outcome: &'static str,
    code: String,
}

/// The counters of one engine.
pub(super) struct Figures {
    registry: Registry,
    calls: Family<CallLabels, Counter>,
    pub(super) claimed: Counter,
    pub(super) put_aside: Counter,
    pub(super) leases_lost: Counter,
    pub(super) fences_refused: Counter,
    pub(super) settle_faults: Counter,
    due: Gauge,
    in_doubt: Gauge,
    oldest_in_doubt: Gauge,
}

impl Figures {
    pub(super) fn new() -> Self {
        let mut figures = Self {
            registry: Registry::with_prefix("zhanfu"),
            calls: Family::default(),
            claimed: Counter::default(),
            put_aside: Counter::default(),
            leases_lost: Counter::default(),
            fences_refused: Counter::default(),
            settle_faults: Counter::default(),
            due: Gauge::default(),
            in_doubt: Gauge::default(),
            oldest_in_doubt: Gauge::default(),
        };
        let registry = &mut figures.registry;
        registry.register(
            "rail_calls",
            "Remote calls by kind, outcome and code",
            figures.calls.clone(),
        );
        registry.register("claimed", "Payouts taken up", figures.claimed.clone());
        registry.register(
            "put_aside",
            "Payouts taken up and put aside without a call",
            figures.put_aside.clone(),
        );
        registry.register(
            "lease_lost",
            "Calls not made because their claim was too old",
            figures.leases_lost.clone(),
        );
        registry.register(
            "fence_rejected",
            "Outcomes not written because the claim was another engine's",
            figures.fences_refused.clone(),
        );
        registry.register(
            "settle_faults",
            "Outcomes that could not be written",
            figures.settle_faults.clone(),
        );
        registry.register("queue_due", "Payouts that are due", figures.due.clone());
        registry.register(
            "payout_in_doubt",
            "Payouts whose outcome is not known",
            figures.in_doubt.clone(),
        );
        registry.register_with_unit(
            "payout_in_doubt_oldest",
            "Since when the oldest of them is in doubt",
            Unit::Seconds,
            figures.oldest_in_doubt.clone(),
        );
        figures
    }

    /// Counts what came back.
    pub(super) fn answered(&self, verdict: &Verdict) {
        let call = match verdict {
            Verdict::Submission(_) => "submission",
            Verdict::Inquiry(_) => "inquiry",
            Verdict::Recheck(_) => "recheck",
        };
        let (outcome, code) = class_and_code(verdict);
        // codes come from the remote side: a table of ours bounds how many there can be
        let code = code.filter(|code| code.len() <= 32).unwrap_or_default();
        self.calls
            .get_or_create(&CallLabels {
                call,
                outcome,
                code,
            })
            .inc();
    }

    /// Everything as Prometheus reads it.
    pub(super) fn exposition(&self, open: Option<&payouts::Figures>, now: Timestamp) -> String {
        if let Some(open) = open {
            let oldest = open.oldest_in_doubt.map_or(0, |at| now.since(at).as_secs());
            self.due.set(open.due);
            self.in_doubt.set(open.in_doubt);
            self.oldest_in_doubt
                .set(i64::try_from(oldest).unwrap_or(i64::MAX));
        }
        let mut text = String::new();
        if encode(&mut text, &self.registry).is_err() {
            tracing::error!("the metrics could not be written");
        }
        text
    }
}

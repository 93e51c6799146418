//! What the courier counts, for those who watch it. No label names a tenant or an endpoint.

use prometheus_client::encoding::EncodeLabelSet;
use prometheus_client::encoding::text::encode_registry;
use prometheus_client::metrics::counter::Counter;
use prometheus_client::metrics::family::Family;
use prometheus_client::registry::Registry;

use crate::outbox::Outcome;

#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
struct TryLabels {
    outcome: &'static str,
}

/// The counters of one courier.
pub(super) struct Figures {
    registry: Registry,
    tries: Family<TryLabels, Counter>,
    pub(super) claims_too_old: Counter,
    pub(super) fences_refused: Counter,
    pub(super) disabled: Counter,
    pub(super) swept: Counter,
}

impl Figures {
    pub(super) fn new() -> Self {
        let mut figures = Self {
            registry: Registry::with_prefix("zhanfu"),
            tries: Family::default(),
            claims_too_old: Counter::default(),
            fences_refused: Counter::default(),
            disabled: Counter::default(),
            swept: Counter::default(),
        };
        let registry = &mut figures.registry;
        registry.register(
            "webhook_tries",
            "Tries to deliver a webhook, by outcome",
            figures.tries.clone(),
        );
        registry.register(
            "webhook_claims_too_old",
            "Webhooks not sent because their claim was too old",
            figures.claims_too_old.clone(),
        );
        registry.register(
            "webhook_fence_rejected",
            "Outcomes of webhooks not written because the claim was another courier's",
            figures.fences_refused.clone(),
        );
        registry.register(
            "webhook_endpoints_disabled",
            "Endpoints disabled because they are gone or do nothing but fail",
            figures.disabled.clone(),
        );
        registry.register(
            "webhook_events_swept",
            "Old events that were removed",
            figures.swept.clone(),
        );
        figures
    }

    /// Counts a try.
    pub(super) fn tried(&self, outcome: Outcome) {
        self.tries
            .get_or_create(&TryLabels {
                outcome: outcome.as_str(),
            })
            .inc();
    }

    /// Everything as Prometheus reads it, without the end: the engine's follows.
    pub(super) fn exposition(&self) -> String {
        let mut text = String::new();
        if encode_registry(&mut text, &self.registry).is_err() {
            tracing::error!("the metrics could not be written");
        }
        text
    }
}

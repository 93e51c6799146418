//! What the engine counts, for those who watch it. No label names a tenant: there are thousands.

use prometheus_client::encoding::EncodeLabelSet;
use prometheus_client::encoding::text::encode;
use prometheus_client::metrics::counter::Counter;
use prometheus_client::metrics::family::Family;
use prometheus_client::metrics::gauge::Gauge;
use prometheus_client::metrics::histogram::Histogram;
use prometheus_client::registry::{Registry, Unit};

use super::call::Verdict;
use super::judge::Effect;
use super::settle::class_and_code;
use crate::basics::Timestamp;
use crate::db::{DbFault, Tx};
use crate::findings;
use crate::payouts;
use crate::rails::wechat_v2::codes;
use crate::wire;

#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
pub(super) struct CallLabels {
    call: &'static str,
    outcome: &'static str,
    code: String,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
struct StateLabels {
    state: &'static str,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
struct CodeLabels {
    code: String,
}

/// What is open, in the database.
#[derive(Clone, Copy, Debug)]
pub struct Watched {
    /// Payouts.
    pub payouts: payouts::Figures,
    /// Findings that nobody has resolved.
    pub findings: i64,
}

/// Looks at what is open.
pub fn watch(tx: &mut Tx<'_>, now: Timestamp) -> Result<Watched, DbFault> {
    Ok(Watched {
        payouts: payouts::figures(tx, now)?,
        findings: findings::count_open(tx)?,
    })
}

/// Upper bounds of a remote call's time, in seconds: a reused connection answers in tens of milliseconds, and a call ends after ten seconds.
const CALL_SECONDS: [f64; 12] = [
    0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.0, 3.0, 5.0, 10.0, 15.0,
];

/// The counters of one engine.
pub(super) struct Figures {
    registry: Registry,
    calls: Family<CallLabels, Counter>,
    payouts: Family<StateLabels, Counter>,
    errors: Family<CodeLabels, Counter>,
    pub(super) call_seconds: Histogram,
    findings: Gauge,
    lanes_closed: Gauge,
    wire: WireGauges,
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
            payouts: Family::default(),
            errors: Family::default(),
            call_seconds: Histogram::new(CALL_SECONDS),
            findings: Gauge::default(),
            lanes_closed: Gauge::default(),
            wire: WireGauges::default(),
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
        registry.register(
            "payouts",
            "Payouts by what became of them",
            figures.payouts.clone(),
        );
        registry.register(
            "wechat_errors",
            "Answers of WeChat Pay with an error code",
            figures.errors.clone(),
        );
        registry.register_with_unit(
            "payout_send",
            "How long a remote call took",
            Unit::Seconds,
            figures.call_seconds.clone(),
        );
        registry.register(
            "findings_open",
            "Differences that nobody has resolved",
            figures.findings.clone(),
        );
        registry.register(
            "lanes_closed",
            "Tenants whose payouts are not sent",
            figures.lanes_closed.clone(),
        );
        figures.wire.register(registry);
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
        let code = code.map(|code| known(&code)).unwrap_or_default();
        if code.bytes().any(|byte| byte.is_ascii_uppercase()) {
            let labels = CodeLabels { code: code.clone() };
            self.errors.get_or_create(&labels).inc();
        }
        let labels = CallLabels {
            call,
            outcome,
            code,
        };
        self.calls.get_or_create(&labels).inc();
    }

    /// Counts what became of a payout.
    pub(super) fn became(&self, effect: Effect) {
        let state = match effect {
            Effect::Paid => "succeeded",
            Effect::Failed { .. } => "failed",
            Effect::PutOff => "put_off",
            Effect::InDoubt => "in_doubt",
            Effect::Contradicted(_) => "contradicted",
            Effect::Waits => return,
        };
        self.payouts.get_or_create(&StateLabels { state }).inc();
    }

    /// Everything as Prometheus reads it.
    pub(super) fn exposition(
        &self,
        watched: Option<&Watched>,
        wire: Option<wire::Figures>,
        now: Timestamp,
    ) -> String {
        if let Some(watched) = watched {
            let open = &watched.payouts;
            let oldest = open.oldest_in_doubt.map_or(0, |at| now.since(at).as_secs());
            self.due.set(open.due);
            self.in_doubt.set(open.in_doubt);
            self.oldest_in_doubt
                .set(i64::try_from(oldest).unwrap_or(i64::MAX));
            self.lanes_closed.set(open.lanes_closed);
            self.findings.set(watched.findings);
        }
        if let Some(wire) = wire {
            self.wire.set(wire);
        }
        let mut text = String::new();
        if encode(&mut text, &self.registry).is_err() {
            tracing::error!("the metrics could not be written");
        }
        text
    }
}

/// A code that the table knows, or a word of ours. What the remote side makes up is counted together, so that it cannot make up labels.
fn known(code: &str) -> String {
    let is_ours = code.bytes().all(|byte| !byte.is_ascii_uppercase());
    let is_listed = codes::published().iter().any(|entry| entry.code == code);
    if is_ours || is_listed {
        code.to_owned()
    } else {
        "UNLISTED".to_owned()
    }
}

/// What the wire did since the start.
#[derive(Default)]
struct WireGauges {
    requests: Gauge,
    connections: Gauge,
    certificates: Gauge,
    resumptions: Gauge,
    clients: Gauge,
}

impl WireGauges {
    fn register(&self, registry: &mut Registry) {
        registry.register(
            "wire_requests",
            "Requests to WeChat Pay since the start",
            self.requests.clone(),
        );
        registry.register(
            "wire_handshakes",
            "TLS handshakes begun since the start; each is one connection",
            self.connections.clone(),
        );
        registry.register(
            "wire_certificates_shown",
            "Full handshakes in which a merchant's certificate was shown, since the start",
            self.certificates.clone(),
        );
        registry.register(
            "wire_resumptions_offered",
            "Handshakes that offered to resume an earlier session, since the start",
            self.resumptions.clone(),
        );
        registry.register(
            "wire_clients_built",
            "TLS clients built since the start",
            self.clients.clone(),
        );
    }

    fn set(&self, figures: wire::Figures) {
        for (gauge, number) in [
            (&self.requests, figures.requests),
            (&self.connections, figures.connections),
            (&self.certificates, figures.certificates_shown),
            (&self.resumptions, figures.resumptions_offered),
            (&self.clients, figures.clients_built),
        ] {
            gauge.set(i64::try_from(number).unwrap_or(i64::MAX));
        }
    }
}

//! What happened to a payout, in one order: the audit log's records and the calls that were made for it.

use std::collections::BTreeMap;

use serde_json::Value as Json;

use crate::audit::Entry;
use crate::basics::Timestamp;
use crate::engine::{self, Language};
use crate::payouts::{Attempt, AttemptKind};
use crate::reports::names::Names;
use crate::web::text::{Payouts, Text};

/// Something that happened.
pub(super) struct Moment {
    at: Timestamp,
    rank: u8,
    /// When, for people.
    pub(super) time: String,
    /// The colour of its dot.
    pub(super) class: &'static str,
    /// What.
    pub(super) title: String,
    /// By whom; empty for a call.
    pub(super) who: String,
    /// Facts with their labels.
    pub(super) facts: Vec<(&'static str, String)>,
    /// What went out, without what identifies a person.
    pub(super) request: Option<String>,
    /// What came back.
    pub(super) answer: Option<String>,
}

/// What the timeline is made of.
pub(super) struct History {
    /// The audit log's records of the payout.
    pub(super) entries: Vec<Entry>,
    /// The calls.
    pub(super) attempts: Vec<Attempt>,
    /// What was sent, by the attempt that keeps it.
    pub(super) requests: BTreeMap<i64, String>,
    /// Who is who.
    pub(super) names: Names,
}

/// Everything in its order: what was decided before a call stands before it, what followed from its answer after it, even within one
/// millisecond.
pub(super) fn timeline(history: &History, t: &Text, language: Language) -> Vec<Moment> {
    let mut moments: Vec<Moment> = history
        .entries
        .iter()
        .map(|entry| recorded(entry, &history.names, t, language))
        .collect();
    let mut sent = None;
    for attempt in &history.attempts {
        let request = history.requests.get(&attempt.number);
        let repeats = AttemptKind::parse(&attempt.kind) == Some(AttemptKind::Submission)
            && request.is_none()
            && sent.is_some();
        sent = request.or(sent);
        let request = if repeats {
            Some(t.payouts.same_request.to_owned())
        } else {
            request.cloned()
        };
        moments.push(called(attempt, request, &t.payouts, language));
    }
    moments.sort_by_key(|moment| (moment.at, moment.rank));
    moments
}

fn recorded(entry: &Entry, names: &Names, t: &Text, language: Language) -> Moment {
    let words = &t.payouts;
    let (title, class, rank) = match entry.kind.as_str() {
        "payout.accepted" => (words.event_accepted, "info", 0),
        "payout.approved" => (words.event_approved, "good", 0),
        "payout.rejected" => (words.event_rejected, "bad", 0),
        "payout.cancelled" => (words.event_cancelled, "", 0),
        "payout.submitted" => (words.event_submitted, "info", 0),
        "payout.asked" => (words.event_asked, "", 0),
        "payout.hurried" => (words.event_hurried, "", 0),
        "payout.put_off" => (words.event_put_off, "warn", 2),
        "payout.in_doubt" => (words.event_in_doubt, "warn", 2),
        "payout.succeeded" => (words.event_succeeded, "good", 2),
        "payout.failed" => (words.event_failed, "bad", 2),
        "payout.decided" => (words.event_decided, "info", 0),
        "finding.reported" => (words.event_finding, "bad", 3),
        "finding.resolved" => (words.event_resolved, "good", 3),
        _ => (words.event_other, "", 0),
    };
    let text = |name: &str| entry.details.get(name).and_then(Json::as_str);
    let number = |name: &str| entry.details.get(name).and_then(Json::as_i64);
    let mut facts = Vec::new();
    if let (Some(given), Some(needed)) = (number("approvals"), number("needed")) {
        facts.push((words.approvals, (words.approvals_of)(given, needed)));
    }
    if let Some(reason) = text("reason") {
        facts.push((words.why, reason.to_owned()));
    }
    if let Some(payment_no) = text("payment_no") {
        facts.push((words.payment_no, payment_no.to_owned()));
    }
    match text("verdict") {
        Some("paid") => facts.push((words.result, words.decide_paid.to_owned())),
        Some("not_paid") => facts.push((words.result, words.decide_not_paid.to_owned())),
        Some(_) | None => {}
    }
    if let Some(evidence) = text("evidence") {
        facts.push((words.decide_evidence, evidence.to_owned()));
    }
    if let Some(resolution) = text("resolution") {
        facts.push((words.result, resolution.to_owned()));
    }
    if let Some(code) = text("code") {
        let explained = engine::explain(code, language);
        facts.push((words.code, code.to_owned()));
        facts.push((words.meaning, explained.message));
    }
    Moment {
        at: entry.at,
        rank,
        time: entry.at.shanghai(),
        class,
        title: title.to_owned(),
        who: who(entry, names, words),
        facts,
        request: None,
        answer: None,
    }
}

/// Who did it, as people call them.
fn who(entry: &Entry, names: &Names, t: &Payouts) -> String {
    let kind = match entry.actor_kind.as_str() {
        "member" => t.by_member,
        "storefront" => t.by_storefront,
        "command_line" => t.by_command_line,
        _ => t.by_engine,
    };
    names
        .of(entry)
        .map_or_else(|| kind.to_owned(), |name| format!("{kind} {name}"))
}

fn called(attempt: &Attempt, request: Option<String>, t: &Payouts, language: Language) -> Moment {
    let kind = AttemptKind::parse(&attempt.kind);
    let title = match kind {
        Some(AttemptKind::Submission) => t.attempt_submission,
        Some(AttemptKind::Inquiry) | None => t.attempt_inquiry,
    };
    let (outcome, class) = outcome(attempt.outcome.as_deref(), t);
    let mut facts = Vec::new();
    if let Some(status) = attempt.http_status {
        facts.push((t.http_status, status.to_string()));
    }
    if let (Some(code), Some(kind)) = (&attempt.code, kind) {
        let answer = attempt.answer.as_deref().unwrap_or_default();
        let explained = engine::explain_answer(kind, code, answer, language);
        facts.push((t.code, code.clone()));
        facts.push((t.meaning, explained.message));
        facts.push((t.what_to_do, explained.remedy));
    }
    if let Some(finished) = attempt.finished_at {
        let took = finished.since(attempt.prepared_at);
        let seconds = format!("{}.{:03}", took.as_secs(), took.subsec_millis());
        facts.push((t.took, (t.seconds)(&seconds)));
    }
    Moment {
        at: attempt.prepared_at,
        rank: 1,
        time: attempt.prepared_at.shanghai(),
        class,
        title: format!("{title} #{} · {outcome}", attempt.number),
        who: String::new(),
        facts,
        request,
        answer: attempt.answer.clone().filter(|answer| !answer.is_empty()),
    }
}

/// The outcome of a call in words, and its colour.
pub(super) fn outcome(outcome: Option<&str>, t: &Payouts) -> (&'static str, &'static str) {
    match outcome {
        None => (t.outcome_open, "info"),
        Some("paid") => (t.outcome_paid, "good"),
        Some("refused") => (t.outcome_refused, "bad"),
        Some("put_off") => (t.outcome_put_off, "warn"),
        Some("held") => (t.outcome_held, "warn"),
        Some("not_sent") => (t.outcome_not_sent, "warn"),
        Some("failed") => (t.outcome_failed, "bad"),
        Some("processing") => (t.outcome_processing, "info"),
        Some("not_found") => (t.outcome_not_found, "info"),
        Some("unanswered") => (t.outcome_unanswered, "warn"),
        Some(_) => (t.outcome_unknown, "warn"),
    }
}

//! `GET /admin/findings`: the inbox and its history.

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, web};
use askama::Template;
use serde_json::Value as Json;

use crate::basics::page::{Page, PageSize};
use crate::basics::{FindingId, PayoutId, Timestamp};
use crate::db::{DbFault, Scope};
use crate::findings::{self, Finding, Kind, Resolved};
use crate::payouts::{self, Payout};
use crate::web::State;
use crate::web::admin::badge::Badge;
use crate::web::admin::fields::Fields;
use crate::web::guard::{Member, MemberFault};
use crate::web::page::{Shell, html};
use crate::web::text::{Findings, Text};

/// A finding as people read it.
struct Open {
    id: String,
    title: &'static str,
    meaning: &'static str,
    next: &'static str,
    class: &'static str,
    stops_money: bool,
    found_at: String,
    payout: String,
    about: Option<About>,
    facts: Vec<(String, String)>,
}

/// The payout that it is about.
struct About {
    recipient: String,
    amount: String,
    badge: Badge,
}

struct Past {
    title: &'static str,
    payout: String,
    found_at: String,
    at: String,
    by: String,
    resolution: String,
}

#[derive(Template)]
#[template(path = "admin/findings/show.html")]
struct FindingsPage {
    s: Shell,
    form_token: String,
    may_decide: bool,
    resolved: bool,
    open: Vec<Open>,
    past: Vec<Past>,
    older: Option<String>,
}

/// `GET /admin/findings`
pub(in crate::web) async fn show(
    request: HttpRequest,
    state: web::Data<State>,
    member: Member,
) -> Result<HttpResponse, MemberFault> {
    let fields = Fields::of_query(&request);
    let before: Option<FindingId> = fields.get("before").and_then(|text| text.parse().ok());
    let tenant = member.tenant_id();
    let (open, about, history) = state
        .database
        .read(
            "the page of findings",
            Scope::Tenant(tenant),
            move |tx| -> Result<_, DbFault> {
                let open = findings::list_open(tx, tenant)?;
                let ids: Vec<PayoutId> = open.iter().map(|finding| finding.payout).collect();
                let about = payouts::list_all(tx, tenant, &ids)?;
                let history = findings::list_resolved(tx, tenant, before, PageSize::DEFAULT)?;
                Ok((open, about, history))
            },
        )
        .await?;
    let s = Shell::of(&request, &member);
    let (t, now) = (s.t, state.clock.now());
    let Page { rows, next } = history;
    let page = FindingsPage {
        form_token: member.form_token.as_str().to_owned(),
        may_decide: member.who.role.handles_money(),
        resolved: fields.get("did") == Some("resolved"),
        open: open
            .iter()
            .map(|finding| {
                let payout = about.iter().find(|payout| payout.id == finding.payout);
                line(finding, payout, t, now)
            })
            .collect(),
        past: rows.iter().map(|one| past(one, t)).collect(),
        older: next.map(|last| format!("/admin/findings?before={last}#history")),
        s,
    };
    Ok(html(StatusCode::OK, &page))
}

fn line(finding: &Finding, payout: Option<&Payout>, t: &Text, now: Timestamp) -> Open {
    let (title, meaning, next) = words(finding.kind, &t.findings);
    Open {
        id: finding.id.to_string(),
        title,
        meaning,
        next,
        class: if finding.kind.is_a_breach() {
            "bad"
        } else {
            "warn"
        },
        stops_money: finding.kind.is_a_breach(),
        found_at: finding.found_at.shanghai(),
        payout: finding.payout.to_string(),
        about: payout.map(|payout| About {
            recipient: payout.recipient.to_string(),
            amount: payout.amount.yuan(),
            badge: Badge::of(payout, &t.status, now),
        }),
        facts: facts(&finding.details),
    }
}

fn past(resolved: &Resolved, t: &Text) -> Past {
    let (title, _, _) = words(resolved.finding.kind, &t.findings);
    let by_itself = resolved.resolution == findings::ANSWERED;
    Past {
        title,
        payout: resolved.finding.payout.to_string(),
        found_at: resolved.finding.found_at.shanghai(),
        at: resolved.at.shanghai(),
        by: if by_itself {
            t.payouts.by_engine.to_owned()
        } else {
            resolved.by.clone()
        },
        resolution: if by_itself {
            t.findings.by_itself.to_owned()
        } else {
            resolved.resolution.clone()
        },
    }
}

/// The facts of a finding, by their names: for whoever is asked to help.
fn facts(details: &str) -> Vec<(String, String)> {
    let Ok(Json::Object(facts)) = serde_json::from_str(details) else {
        return Vec::new();
    };
    facts
        .into_iter()
        .filter(|(_, value)| !value.is_null())
        .map(|(name, value)| match value {
            Json::String(text) => (name, text),
            other @ (Json::Null
            | Json::Bool(_)
            | Json::Number(_)
            | Json::Array(_)
            | Json::Object(_)) => (name, other.to_string()),
        })
        .collect()
}

/// What a kind is called, what it means, and what to do.
const fn words(kind: Kind, t: &Findings) -> (&'static str, &'static str, &'static str) {
    match kind {
        Kind::PaidThereFailedHere => (t.paid_there, t.paid_there_means, t.paid_there_next),
        Kind::PaidHereFailedThere => (t.failed_there, t.failed_there_means, t.failed_there_next),
        Kind::PaidHereUnknownThere => {
            (t.unknown_there, t.unknown_there_means, t.unknown_there_next)
        }
        Kind::RecordDiffers => (t.record, t.record_means, t.record_next),
        Kind::LedgerDiffers => (t.ledger, t.ledger_means, t.ledger_next),
        Kind::AttemptsDiffer => (t.attempts, t.attempts_means, t.attempts_next),
        Kind::InDoubtForADay => (t.doubt, t.doubt_means, t.doubt_next),
    }
}

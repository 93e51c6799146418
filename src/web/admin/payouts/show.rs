//! `GET /admin/payouts/{id}`: one payout, what happened to it, and what can be done.

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, web};
use askama::Template;

use super::did::Did;
use super::line::{Line, Reader};
use super::timeline::{History, Moment, outcome, timeline};
use crate::audit::{self, Object};
use crate::basics::{PayoutId, PersonId, TenantId, Timestamp, mask};
use crate::db::{DbFault, Scope, Tx};
use crate::engine;
use crate::payouts::{self, Decision, Fingerprint, Lane, Payout, Status, Step, Verdict};
use crate::reports::names::Names;
use crate::web::State;
use crate::web::admin::fields::Fields;
use crate::web::admin::lane_notice::{self, LaneNotice, Mend};
use crate::web::guard::{Member, MemberFault};
use crate::web::page::{self, Shell, html};
use crate::web::text::Text;

/// A fact with its label; `code` ones are set in a face in which digits are told apart.
struct Fact {
    label: &'static str,
    value: String,
    is_code: bool,
    href: Option<String>,
}

/// What the reader can do now.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is a button that is there or not"
)]
struct Can {
    approve: bool,
    reject: bool,
    cancel: bool,
    ask: bool,
    retry: bool,
    decide: bool,
}

impl Can {
    fn anything_small(self) -> bool {
        self.cancel || self.ask || self.retry
    }
}

#[derive(Template)]
#[template(path = "admin/payouts/show.html")]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is a part of the page that is there or not"
)]
struct ShowPage {
    s: Shell,
    form_token: String,
    may_decide: bool,
    did: Option<Did>,
    lane: Option<LaneNotice>,
    id: String,
    line: Line,
    capitals: String,
    facts: Vec<Fact>,
    in_doubt: bool,
    next_question: Option<String>,
    next_try: Option<String>,
    undecided: bool,
    decisions: Vec<(String, String)>,
    waits_for_another: bool,
    can: Can,
    seen: String,
    moments: Vec<Moment>,
    diagnostics: String,
}

/// Everything that is read about a payout.
struct Found {
    payout: Payout,
    approvals: Vec<PersonId>,
    decisions: Vec<Decision>,
    lane: Option<Lane>,
    history: History,
}

/// `GET /admin/payouts/{id}`
pub(in crate::web) async fn show(
    request: HttpRequest,
    state: web::Data<State>,
    member: Member,
    path: web::Path<String>,
) -> Result<HttpResponse, MemberFault> {
    let Ok(id) = path.parse::<PayoutId>() else {
        return Ok(page::not_found(&request));
    };
    let tenant = member.tenant_id();
    let found = state
        .database
        .read(
            "a payout's page",
            Scope::Tenant(tenant),
            move |tx| -> Result<_, DbFault> { find(tx, tenant, id) },
        )
        .await?;
    let Some(mut found) = found else {
        return Ok(page::not_found(&request));
    };
    found.history.requests = state.engine.show_requests(tenant, id).await?;
    let page = page_of(&request, &member, &found, state.clock.now());
    Ok(html(StatusCode::OK, &page))
}

fn find(tx: &mut Tx<'_>, tenant: TenantId, id: PayoutId) -> Result<Option<Found>, DbFault> {
    let Some(payout) = payouts::find(tx, tenant, id)? else {
        return Ok(None);
    };
    let entries = audit::list_for_object(tx, tenant, &Object::Payout(id))?;
    let approvals = payouts::approvals_given(tx, tenant, id)?;
    let decisions = payouts::decisions_given(tx, tenant, id)?;
    let people: Vec<String> = approvals
        .iter()
        .chain(decisions.iter().map(|decision| &decision.person))
        .map(ToString::to_string)
        .collect();
    let ids = entries.iter().map(|entry| entry.actor_id.as_str());
    let names = Names::load(tx, tenant, ids.chain(people.iter().map(String::as_str)))?;
    let history = History {
        attempts: payouts::list_attempts(tx, tenant, id)?,
        requests: std::collections::BTreeMap::new(),
        entries,
        names,
    };
    Ok(Some(Found {
        lane: lane_notice::find_closed(tx, tenant)?,
        payout,
        approvals,
        decisions,
        history,
    }))
}

fn page_of(request: &HttpRequest, member: &Member, found: &Found, now: Timestamp) -> ShowPage {
    let s = Shell::of(request, member);
    let (payout, person) = (&found.payout, member.who.person);
    let may_decide = member.who.role.handles_money();
    let reader = Reader {
        t: s.t,
        language: s.tongue.into(),
        now,
    };
    let waits_to_be_sent =
        matches!(payout.work.next, Some((Step::Submit, _))) && payout.status == Status::Queued;
    let next = payout.work.next.map(|(step, at)| (step, at.shanghai()));
    let in_doubt = payout.is_in_doubt(now);
    ShowPage {
        form_token: member.form_token.as_str().to_owned(),
        may_decide,
        did: Did::read(&Fields::of_query(request)),
        lane: found
            .lane
            .as_ref()
            .filter(|_| waits_to_be_sent)
            .map(|lane| LaneNotice::of(lane, &s.t.payouts)),
        id: payout.id.to_string(),
        line: Line::of(payout, reader),
        capitals: payout.amount.capitals(),
        facts: facts(found, s.t),
        in_doubt,
        next_question: next
            .clone()
            .filter(|(step, _)| in_doubt && *step == Step::Inquire)
            .map(|(_, at)| at),
        next_try: next
            .filter(|_| waits_to_be_sent && found.lane.is_none())
            .map(|(_, at)| at),
        undecided: payout.needs_decision(),
        decisions: found
            .decisions
            .iter()
            .map(|decision| said(decision, &found.history.names, s.t))
            .collect(),
        waits_for_another: payout.status == Status::InReview && found.approvals.contains(&person),
        can: if may_decide {
            can(found, person, now)
        } else {
            Can::default()
        },
        seen: Fingerprint::of_all(member.tenant_id(), std::slice::from_ref(payout)).to_string(),
        moments: timeline(&found.history, s.t, s.tongue.into()),
        diagnostics: diagnostics(found, s.t),
        s,
    }
}

/// What makes sense now. The verbs decide again when it is done.
fn can(found: &Found, person: PersonId, now: Timestamp) -> Can {
    let payout = &found.payout;
    let in_review = payout.status == Status::InReview;
    let waits_until = match payout.work.next {
        Some((Step::Submit, at)) if payout.status == Status::Queued => Some(at),
        Some((Step::Submit | Step::Inquire | Step::Recheck, _)) | None => None,
    };
    Can {
        approve: in_review && !found.approvals.contains(&person),
        reject: in_review,
        cancel: payout.can_be_cancelled() && !in_review,
        ask: matches!(
            payout.status,
            Status::Processing | Status::AwaitingRecipient
        ),
        retry: waits_until.is_some_and(|at| now < at) && found.lane.is_none(),
        decide: payout.needs_decision()
            && found
                .decisions
                .iter()
                .all(|decision| decision.person != person),
    }
}

fn said(decision: &Decision, names: &Names, t: &Text) -> (String, String) {
    let person = decision.person.to_string();
    let who = names.get(&person).unwrap_or(t.payouts.by_member);
    let verdict = match &decision.verdict {
        Verdict::Paid { payment_no } => format!("{} ({payment_no})", t.payouts.decide_paid),
        Verdict::NotPaid => t.payouts.decide_not_paid.to_owned(),
    };
    (
        format!("{} · {who}", decision.at.shanghai()),
        format!("{verdict} – {}", decision.evidence),
    )
}

fn facts(found: &Found, t: &Text) -> Vec<Fact> {
    let (payout, words) = (&found.payout, &t.payouts);
    let mut facts = vec![Fact {
        label: words.recipient,
        value: payout.recipient.to_string(),
        is_code: false,
        href: Some(format!("/admin/recipients/{}", payout.recipient)),
    }];
    let mut plain = |label, value: String| {
        facts.push(Fact {
            label,
            value,
            is_code: false,
            href: None,
        });
    };
    plain(words.openid, mask::openid(payout.openid.as_str()));
    plain(
        words.kind,
        super::line::kind_word(payout.kind, t).to_owned(),
    );
    plain(words.description, payout.description.to_string());
    let checks = if payout.checks_name {
        words.yes
    } else {
        words.no
    };
    plain(words.checks_name, checks.to_owned());
    if payout.approvals_needed > 0 {
        let given = i64::try_from(found.approvals.len()).unwrap_or(i64::MAX);
        let names: Vec<String> = found
            .approvals
            .iter()
            .filter_map(|person| found.history.names.get(&person.to_string()))
            .map(str::to_owned)
            .collect();
        let count = (words.approvals_of)(given, payout.approvals_needed);
        plain(
            words.approvals,
            format!("{count} {}", names.join(" ")).trim().to_owned(),
        );
    }
    plain(words.created_at, payout.created_at.shanghai());
    let or_not_yet =
        |at: Option<Timestamp>| at.map_or_else(|| words.not_yet.to_owned(), Timestamp::shanghai);
    plain(words.submitted_at, or_not_yet(payout.submitted_at));
    plain(words.finished_at, or_not_yet(payout.finished_at));
    if let Some(not_before) = payout.not_before {
        plain(words.not_before, not_before.shanghai());
    }
    plain(words.planned_on, payout.planned_on.to_string());
    let mut code = |label, value: String| {
        facts.push(Fact {
            label,
            value,
            is_code: true,
            href: None,
        });
    };
    code(words.id, payout.id.to_string());
    code(words.trade_no, engine::partner_trade_no(payout.id));
    if let Some(external_id) = &payout.external_id {
        code(words.external_id, external_id.to_string());
    }
    if let Some(payment_no) = &payout.payment_no {
        code(words.payment_no, payment_no.clone());
    }
    if let Some(sent_with) = &payout.sent_with {
        code(words.merchant, sent_with.merchant_number.to_string());
    }
    facts
}

/// Everything that somebody who helps will ask for, in plain text: no secret, no name, no full openid.
fn diagnostics(found: &Found, t: &Text) -> String {
    let payout = &found.payout;
    let at = |at: Option<Timestamp>| at.map_or_else(|| "-".to_owned(), Timestamp::to_rfc3339);
    let mut lines = vec![
        format!("payout {}", payout.id),
        format!("partner_trade_no {}", engine::partner_trade_no(payout.id)),
        format!("payment_no {}", payout.payment_no.as_deref().unwrap_or("-")),
        format!("rail {}", payout.rail),
        format!(
            "merchant {}",
            payout
                .sent_with
                .as_ref()
                .map_or("-", |sent| sent.merchant_number.as_str())
        ),
        format!(
            "kind {} amount_fen {}",
            payout.kind.as_str(),
            payout.amount.fen()
        ),
        format!("openid {}", mask::openid(payout.openid.as_str())),
        format!(
            "status {} reason {}",
            payout.status.as_str(),
            payout.reason_code.as_deref().unwrap_or("-")
        ),
        format!(
            "created {} submitted {} finished {}",
            at(Some(payout.created_at)),
            at(payout.submitted_at),
            at(payout.finished_at)
        ),
        format!(
            "attempts {} may_have_been_sent {}",
            payout.work.attempts, payout.work.may_have_been_sent
        ),
    ];
    for attempt in &found.history.attempts {
        let (word, _) = outcome(attempt.outcome.as_deref(), &t.payouts);
        lines.push(format!(
            "#{} {} {} http {} {} {} ({word})",
            attempt.number,
            attempt.kind,
            attempt.prepared_at.to_rfc3339(),
            attempt
                .http_status
                .map_or_else(|| "-".to_owned(), |status| status.to_string()),
            attempt.outcome.as_deref().unwrap_or("-"),
            attempt.code.as_deref().unwrap_or("-"),
        ));
    }
    lines.join("\n")
}

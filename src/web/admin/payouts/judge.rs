//! `POST /admin/payouts/approve` and `/reject`: the deed, one payout at a time, each with its own result.

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, web};
use askama::Template;

use super::did::Did;
use super::line::{Line, Reader};
use super::refuse::{changed, refuse};
use super::review::read_ids;
use crate::audit::By;
use crate::basics::{Done, TenantId, Timestamp};
use crate::db::{DbFault, Scope};
use crate::limits;
use crate::payouts::{self, ApproveError, Fingerprint, Payout, Status};
use crate::web::State;
use crate::web::admin::fields::Fields;
use crate::web::guard::{Member, MemberFault, Proof};
use crate::web::page::{self, Shell, html, see_other};
use crate::web::refusal::{No, Refuse as _};
use crate::web::text::Text;

struct Outcome {
    line: Line,
    done: bool,
    sentence: String,
}

#[derive(Template)]
#[template(path = "admin/payouts/results.html")]
struct ResultsPage {
    s: Shell,
    summary: String,
    all_done: bool,
    outcomes: Vec<Outcome>,
}

/// `POST /admin/payouts/approve`
pub(in crate::web) async fn approve(
    request: HttpRequest,
    state: web::Data<State>,
    mut member: Member,
    fields: Fields,
) -> Result<HttpResponse, MemberFault> {
    let seen = match what_was_seen(&request, &state, &member, &fields).await? {
        Ok(seen) => seen,
        Err(answer) => return Ok(answer),
    };
    let proof = Proof::of_fields(fields.pairs());
    member.check_fresh(&request, &state, proof).await?;
    let (tenant, by, now) = (member.tenant_id(), member.by(), state.clock.now());
    let mut results = Vec::with_capacity(seen.len());
    for payout in seen {
        let result = approve_one(&state, tenant, &payout, &by, now).await;
        results.push((payout, result.map_err(|error| error.no(text(&request)))));
    }
    state.engine.wake();
    answer(&request, &member, results, now)
}

/// `POST /admin/payouts/reject`
pub(in crate::web) async fn reject(
    request: HttpRequest,
    state: web::Data<State>,
    member: Member,
    fields: Fields,
) -> Result<HttpResponse, MemberFault> {
    let seen = match what_was_seen(&request, &state, &member, &fields).await? {
        Ok(seen) => seen,
        Err(answer) => return Ok(answer),
    };
    let (tenant, by, now) = (member.tenant_id(), member.by(), state.clock.now());
    let reason = fields.text("reason").to_owned();
    let mut results = Vec::with_capacity(seen.len());
    for payout in seen {
        let (id, by, reason) = (payout.id, by.clone(), reason.clone());
        let result = state
            .database
            .write("reject a payout", Scope::Tenant(tenant), move |tx| {
                payouts::reject(tx, tenant, id, &reason, &by, now)
            })
            .await;
        results.push((payout, result.map_err(|error| error.no(text(&request)))));
    }
    answer(&request, &member, results, now)
}

async fn approve_one(
    state: &State,
    tenant: TenantId,
    payout: &Payout,
    by: &By,
    now: Timestamp,
) -> Result<Done<Payout>, ApproveError> {
    let (id, by, seen) = (payout.id, by.clone(), Fingerprint::of(tenant, payout));
    state
        .database
        .write("approve a payout", Scope::Tenant(tenant), move |tx| {
            let policy = limits::load_policy(tx, tenant)?;
            payouts::approve(tx, tenant, id, Some(&seen), &policy, &by, now)
        })
        .await
}

/// The payouts that the form names, when they are what the form's page has shown.
async fn what_was_seen(
    request: &HttpRequest,
    state: &State,
    member: &Member,
    fields: &Fields,
) -> Result<Result<Vec<Payout>, HttpResponse>, MemberFault> {
    member.check_form(fields.text("form_token"))?;
    let Some(ids) = read_ids(fields.all("id")).filter(|ids| !ids.is_empty()) else {
        return Ok(Err(page::not_found(request)));
    };
    let (tenant, wanted) = (member.tenant_id(), ids.len());
    let found = state
        .database
        .read(
            "payouts to decide about",
            Scope::Tenant(tenant),
            move |tx| -> Result<_, DbFault> { payouts::list_all(tx, tenant, &ids) },
        )
        .await?;
    if found.len() != wanted {
        return Ok(Err(page::not_found(request)));
    }
    if Fingerprint::of_all(tenant, &found).to_string() != fields.text("seen") {
        return Ok(Err(changed(request, member)));
    }
    Ok(Ok(found))
}

/// One payout: its page, or why not. Several: what became of each.
fn answer(
    request: &HttpRequest,
    member: &Member,
    results: Vec<(Payout, Result<Done<Payout>, No>)>,
    now: Timestamp,
) -> Result<HttpResponse, MemberFault> {
    if let [(payout, _)] = results.as_slice() {
        let path = format!("/admin/payouts/{}", payout.id);
        return match results.into_iter().next() {
            Some((_, Ok(Done::Now(payout)))) => Ok(see_other(&did(&payout).at(&path))),
            Some((_, Ok(Done::Already(_)))) => {
                let sentence = text(request).payouts.result_already.to_owned();
                refuse(
                    request,
                    member,
                    No::Rules(StatusCode::CONFLICT, sentence),
                    &path,
                )
            }
            Some((_, Err(no))) => refuse(request, member, no, &path),
            None => Err(MemberFault::Broken),
        };
    }
    let s = Shell::of(request, member).with_path("/admin/payouts");
    let reader = Reader {
        t: s.t,
        language: s.tongue.into(),
        now,
    };
    let outcomes: Vec<Outcome> = results
        .into_iter()
        .map(|(payout, result)| outcome(payout, result, reader))
        .collect();
    let done = outcomes.iter().filter(|outcome| outcome.done).count();
    let page = ResultsPage {
        summary: (s.t.payouts.chosen_results)(done, outcomes.len().saturating_sub(done)),
        all_done: done == outcomes.len(),
        outcomes,
        s,
    };
    Ok(html(StatusCode::OK, &page))
}

fn outcome(payout: Payout, result: Result<Done<Payout>, No>, reader: Reader) -> Outcome {
    let t = &reader.t.payouts;
    let (payout, done, sentence) = match result {
        Ok(Done::Now(payout)) => {
            let sentence = match payout.status {
                Status::Rejected => t.result_rejected,
                Status::InReview => t.result_one_more,
                Status::Queued
                | Status::Processing
                | Status::AwaitingRecipient
                | Status::Succeeded
                | Status::Failed
                | Status::Cancelled => t.result_approved,
            };
            (payout, true, sentence.to_owned())
        }
        Ok(Done::Already(payout)) => (payout, false, t.result_already.to_owned()),
        Err(No::Rules(_, sentence)) => (payout, false, sentence),
        Err(No::NotFound) => (payout, false, reader.t.fault.not_found.to_owned()),
        Err(No::Fault(_)) => (payout, false, reader.t.fault.unavailable.to_owned()),
    };
    Outcome {
        line: Line::of(&payout, reader),
        done,
        sentence,
    }
}

/// What a decision has led to.
const fn did(payout: &Payout) -> Did {
    match payout.status {
        Status::InReview => Did::OneMore,
        Status::Rejected => Did::Rejected,
        Status::Queued
        | Status::Processing
        | Status::AwaitingRecipient
        | Status::Succeeded
        | Status::Failed
        | Status::Cancelled => Did::Approved,
    }
}

fn text(request: &HttpRequest) -> &'static Text {
    crate::web::text::Tongue::of(request).text()
}

//! The page of rules, with the corrections that wait.

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, web};
use askama::Template;
use serde::Deserialize;

use super::corrections::{CorrectionLine, lines};
use super::rules::{Errors, RuleForm, RuleLine};
use crate::basics::Timestamp;
use crate::commissions;
use crate::db::{DbFault, Scope};
use crate::orders;
use crate::web::State;
use crate::web::guard::{Member, MemberFault};
use crate::web::page::{Shell, html};
use crate::web::text::Commissions;

/// The most rules that the page shows; those in force come first.
const SHOWN: i64 = 200;

#[derive(Template)]
#[template(path = "admin/commissions/show.html")]
struct ShowPage {
    s: Shell,
    w: &'static Commissions,
    done: Option<&'static str>,
    may_change: bool,
    form: RuleForm,
    errors: Errors,
    rules: Vec<RuleLine>,
    corrections: Vec<CorrectionLine>,
    today: String,
}

#[derive(Deserialize)]
pub(in crate::web) struct Query {
    #[serde(default)]
    done: String,
}

/// `GET /admin/commissions`
pub(in crate::web) async fn show(
    request: HttpRequest,
    state: web::Data<State>,
    member: Member,
    query: web::Query<Query>,
) -> Result<HttpResponse, MemberFault> {
    let done = query.into_inner().done;
    render(
        &request,
        &state,
        &member,
        StatusCode::OK,
        &done,
        RuleForm::default(),
        Errors::default(),
    )
    .await
}

/// The page, with a form as it was sent and what is wrong with it.
pub(super) async fn render(
    request: &HttpRequest,
    state: &State,
    member: &Member,
    status: StatusCode,
    done: &str,
    form: RuleForm,
    errors: Errors,
) -> Result<HttpResponse, MemberFault> {
    let s = Shell::of(request, member);
    let w = &s.t.commissions;
    let (tenant, now) = (member.tenant_id(), state.clock.now());
    let (rules, open) = state
        .database
        .read(
            "rules of commissions",
            Scope::Tenant(tenant),
            move |tx| -> Result<_, DbFault> {
                Ok((
                    orders::list_rules(tx, tenant, now, SHOWN)?,
                    commissions::list_open_corrections(tx, tenant)?,
                ))
            },
        )
        .await?;
    let page = ShowPage {
        w,
        done: notice(w, done),
        may_change: member.who.role.handles_money(),
        form,
        errors,
        rules: rules
            .iter()
            .map(|rule| RuleLine::of(w, rule, now))
            .collect(),
        corrections: lines(w, open, member),
        today: day(now),
        s,
    };
    Ok(html(status, &page))
}

fn day(now: Timestamp) -> String {
    now.day().to_string()
}

/// The sentence for what was done a moment ago.
pub(super) fn notice(w: &'static Commissions, done: &str) -> Option<&'static str> {
    match done {
        "rule_added" => Some(w.rule_added),
        "rule_ended" => Some(w.rule_ended),
        "correction_asked" => Some(w.asked_done),
        "correction_approved" => Some(w.approved_done),
        "correction_rejected" => Some(w.rejected_done),
        "correction_decided_before" => Some(w.decided_before),
        _ => None,
    }
}

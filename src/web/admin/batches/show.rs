//! One batch: what was found, the approval, the progress.

use actix_web::http::{StatusCode, header};
use actix_web::{HttpRequest, HttpResponse, web};
use askama::Template;
use serde::Deserialize;

use super::list::look;
use crate::basics::{BatchId, Timestamp};
use crate::batches::{self, Batch, BatchState, Line, Progress};
use crate::db::{DbFault, Scope};
use crate::web::State;
use crate::web::guard::{Member, MemberFault};
use crate::web::page::{Shell, html, not_found};
use crate::web::text::Batches;

/// How many wrong lines the page shows; the result file has all.
const SHOWN: i64 = 200;

/// How often the page of a running batch is loaded anew, in seconds.
const REFRESH_SECONDS: u32 = 2;

struct WrongLine {
    number: i64,
    recipient: String,
    fault: &'static str,
    code: &'static str,
}

#[derive(Template)]
#[template(path = "admin/batches/show.html")]
struct ShowPage {
    s: Shell,
    w: &'static Batches,
    done: Option<&'static str>,
    is_problem: bool,
    batch: Batch,
    created_at: String,
    good: String,
    state: &'static str,
    look: &'static str,
    progress: Progress,
    made_amount: String,
    dealt: i64,
    per_minute: Option<i64>,
    minutes_left: Option<i64>,
    wrong: Vec<WrongLine>,
    more_wrong: bool,
    may_change: bool,
}

impl ShowPage {
    fn waits(&self) -> bool {
        self.batch.state == BatchState::Checked
    }
    fn runs(&self) -> bool {
        self.batch.state == BatchState::Running
    }
    fn is_paused(&self) -> bool {
        self.batch.state == BatchState::Paused
    }
    fn was_approved(&self) -> bool {
        self.batch.approved.is_some()
    }
}

#[derive(Deserialize)]
pub(in crate::web) struct Query {
    #[serde(default)]
    done: String,
}

/// `GET /admin/batches/{id}`
pub(in crate::web) async fn show(
    request: HttpRequest,
    state: web::Data<State>,
    member: Member,
    path: web::Path<String>,
    query: web::Query<Query>,
) -> Result<HttpResponse, MemberFault> {
    let Ok(id) = path.parse::<BatchId>() else {
        return Ok(not_found(&request));
    };
    let tenant = member.tenant_id();
    let found = state
        .database
        .read(
            "a batch",
            Scope::Tenant(tenant),
            move |tx| -> Result<_, DbFault> {
                let Some(batch) = batches::find(tx, tenant, id)? else {
                    return Ok(None);
                };
                let progress = batches::progress(tx, tenant, id)?;
                let wrong = batches::list_wrong(tx, tenant, id, SHOWN)?;
                Ok(Some((batch, progress, wrong)))
            },
        )
        .await?;
    let Some((batch, progress, wrong)) = found else {
        return Ok(not_found(&request));
    };
    let s = Shell::of(&request, &member);
    let w = &s.t.batches;
    let dealt = progress.made.saturating_add(progress.refused);
    let (per_minute, minutes_left) = pace(&batch, &progress, dealt, state.clock.now());
    let runs = batch.state == BatchState::Running;
    let page = ShowPage {
        w,
        done: notice(w, &query.done),
        is_problem: matches!(query.done.as_str(), "not_now" | "changed"),
        created_at: batch.created_at.shanghai(),
        good: batch.good.yuan(),
        state: (w.states)(batch.state),
        look: look(batch.state),
        made_amount: progress.made_amount.yuan(),
        dealt,
        per_minute,
        minutes_left,
        more_wrong: progress.wrong.saturating_add(progress.refused) > SHOWN,
        wrong: wrong.into_iter().map(|line| wrong_line(w, line)).collect(),
        may_change: member.who.role.handles_money(),
        progress,
        batch,
        s,
    };
    let mut answer = html(StatusCode::OK, &page);
    if runs {
        // works without any script
        answer.headers_mut().insert(
            header::HeaderName::from_static("refresh"),
            header::HeaderValue::from(REFRESH_SECONDS),
        );
    }
    Ok(answer)
}

fn wrong_line(w: &'static Batches, line: Line) -> WrongLine {
    WrongLine {
        number: line.number,
        recipient: line.recipient,
        fault: line.fault.map_or("", w.faults),
        code: line.fault.map_or("", batches::LineFault::as_str),
    }
}

/// Lines a minute so far, and the minutes that are left at this pace.
fn pace(
    batch: &Batch,
    progress: &Progress,
    dealt: i64,
    now: Timestamp,
) -> (Option<i64>, Option<i64>) {
    let (BatchState::Running, Some(started)) = (batch.state, batch.started_at) else {
        return (None, None);
    };
    let seconds = i64::try_from(now.since(started).as_secs()).unwrap_or(i64::MAX);
    let rate = dealt
        .saturating_mul(60)
        .checked_div(seconds)
        .filter(|rate| *rate > 0);
    let left = rate
        .and_then(|rate| progress.waiting.checked_div(rate))
        .map(|minutes| minutes.saturating_add(1));
    (rate, left)
}

fn notice(w: &'static Batches, done: &str) -> Option<&'static str> {
    match done {
        "already" => Some(w.already),
        "approved" => Some(w.approved_done),
        "paused" => Some(w.paused_done),
        "resumed" => Some(w.resumed_done),
        "discarded" => Some(w.discarded_done),
        "not_now" => Some(w.not_now),
        "changed" => Some(w.changed),
        _ => None,
    }
}

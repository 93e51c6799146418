//! The batches, and the form that uploads one.

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, web};
use askama::Template;
use serde::Deserialize;

use crate::basics::BatchId;
use crate::basics::page::PageSize;
use crate::batches::{self, Batch, BatchState};
use crate::db::{DbFault, Scope};
use crate::web::State;
use crate::web::guard::{Member, MemberFault};
use crate::web::page::{Shell, html};
use crate::web::text::Batches;

struct Line {
    id: BatchId,
    file_name: String,
    created_at: String,
    created_by: String,
    lines: i64,
    amount: String,
    state: &'static str,
    look: &'static str,
}

#[derive(Template)]
#[template(path = "admin/batches/list.html")]
struct ListPage {
    s: Shell,
    w: &'static Batches,
    wrong: Option<String>,
    may_change: bool,
    batches: Vec<Line>,
    next: Option<BatchId>,
}

#[derive(Deserialize)]
pub(in crate::web) struct Query {
    #[serde(default)]
    before: String,
}

/// `GET /admin/batches`
pub(in crate::web) async fn list(
    request: HttpRequest,
    state: web::Data<State>,
    member: Member,
    query: web::Query<Query>,
) -> Result<HttpResponse, MemberFault> {
    let before = query.before.parse().ok();
    render(&request, &state, &member, StatusCode::OK, before, None).await
}

/// The page, with what is wrong with a file that was not taken.
pub(super) async fn render(
    request: &HttpRequest,
    state: &State,
    member: &Member,
    status: StatusCode,
    before: Option<BatchId>,
    wrong: Option<String>,
) -> Result<HttpResponse, MemberFault> {
    let tenant = member.tenant_id();
    let page = state
        .database
        .read(
            "batches",
            Scope::Tenant(tenant),
            move |tx| -> Result<_, DbFault> {
                batches::list(tx, tenant, before, PageSize::DEFAULT)
            },
        )
        .await?;
    let s = Shell::of(request, member);
    let w = &s.t.batches;
    let page = ListPage {
        w,
        wrong,
        may_change: member.who.role.handles_money(),
        batches: page.rows.into_iter().map(|batch| line(w, batch)).collect(),
        next: page.next,
        s,
    };
    Ok(html(status, &page))
}

fn line(w: &'static Batches, batch: Batch) -> Line {
    Line {
        id: batch.id,
        file_name: batch.file_name,
        created_at: batch.created_at.shanghai(),
        created_by: batch.created_by,
        lines: batch.lines,
        amount: batch.good.yuan(),
        state: (w.states)(batch.state),
        look: look(batch.state),
    }
}

/// The colour of a state.
pub(super) const fn look(state: BatchState) -> &'static str {
    match state {
        BatchState::Checked | BatchState::Paused => "warn",
        BatchState::Running => "info",
        BatchState::Done => "good",
        BatchState::Discarded => "",
    }
}

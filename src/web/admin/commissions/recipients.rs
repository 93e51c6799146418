//! The list of recipients with their balances.

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, web};
use askama::Template;
use serde::Deserialize;

use crate::basics::page::PageSize;
use crate::basics::{RecipientId, mask};
use crate::db::{DbFault, Scope};
use crate::reports::recipients::{self, Search};
use crate::web::State;
use crate::web::guard::{Member, MemberFault};
use crate::web::page::{Shell, html};
use crate::web::text::Commissions;

/// The longest text that is searched for, in characters: an id and an openid have 64.
const LONGEST_SEARCH: usize = 64;

struct Line {
    id: RecipientId,
    openid: String,
    available: String,
    pending: String,
    held: String,
    paid: String,
}

#[derive(Template)]
#[template(path = "admin/commissions/recipients.html")]
struct RecipientsPage {
    s: Shell,
    w: &'static Commissions,
    search: String,
    lines: Vec<Line>,
    is_first: bool,
    next: Option<String>,
}

#[derive(Deserialize)]
pub(in crate::web) struct Query {
    #[serde(default)]
    q: String,
    #[serde(default)]
    after: String,
}

/// `GET /admin/recipients`
pub(in crate::web) async fn list(
    request: HttpRequest,
    state: web::Data<State>,
    member: Member,
    query: web::Query<Query>,
) -> Result<HttpResponse, MemberFault> {
    let tenant = member.tenant_id();
    let text: String = query.q.trim().chars().take(LONGEST_SEARCH).collect();
    let search = Search {
        text: Some(text.clone()).filter(|text| !text.is_empty()),
    };
    let after = RecipientId::parse(&query.after).ok();
    let is_first = after.is_none();
    let page = state
        .database
        .read(
            "recipients with balances",
            Scope::Tenant(tenant),
            move |tx| -> Result<_, DbFault> {
                recipients::list(tx, tenant, &search, after.as_ref(), PageSize::DEFAULT)
            },
        )
        .await?;
    let s = Shell::of(&request, &member);
    let lines = page
        .rows
        .iter()
        .map(|line| Line {
            id: line.id.clone(),
            openid: mask::openid(line.openid.as_str()),
            available: line.available_fen.yuan(),
            pending: line.pending_fen.yuan(),
            held: line.held_fen.yuan(),
            paid: line.paid_fen.yuan(),
        })
        .collect();
    let next = page.next.map(|after| {
        url::form_urlencoded::Serializer::new(String::new())
            .append_pair("q", &text)
            .append_pair("after", after.as_str())
            .finish()
    });
    let page = RecipientsPage {
        w: &s.t.commissions,
        search: text,
        lines,
        is_first,
        next,
        s,
    };
    Ok(html(StatusCode::OK, &page))
}

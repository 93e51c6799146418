//! The page of the log.

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, web};
use askama::Template;

use super::line::Line;
use super::query::LogQuery;
use crate::audit::{self, Doer, EventKind};
use crate::basics::page::PageSize;
use crate::basics::{Day, Timestamp};
use crate::db::{DbFault, Scope};
use crate::reports::names::Names;
use crate::web::State;
use crate::web::admin::fields::Fields;
use crate::web::guard::{Member, MemberFault};
use crate::web::page::{Shell, html};
use crate::web::text::{FAMILIES, Log, deed, family};

/// Records of one page.
const ROWS: u8 = 50;

struct Choice {
    value: String,
    label: String,
    is_chosen: bool,
}

struct Group {
    label: &'static str,
    whole: Choice,
    kinds: Vec<Choice>,
}

#[derive(Template)]
#[template(path = "admin/log/show.html")]
struct LogPage {
    s: Shell,
    w: &'static Log,
    object: String,
    doers: Vec<Choice>,
    groups: Vec<Group>,
    from: String,
    to: String,
    dates: Vec<Choice>,
    lines: Vec<Line>,
    newest: Option<String>,
    older: Option<String>,
}

/// `GET /admin/log`
pub(in crate::web) async fn show(
    request: HttpRequest,
    state: web::Data<State>,
    member: Member,
) -> Result<HttpResponse, MemberFault> {
    let query = LogQuery::read(&Fields::of_query(&request));
    let (tenant, filter) = (member.tenant_id(), query.filter());
    let size = PageSize::new(ROWS).unwrap_or(PageSize::DEFAULT);
    let (page, names) = state
        .database
        .read(
            "the log",
            Scope::Tenant(tenant),
            move |tx| -> Result<_, DbFault> {
                let page = audit::list(tx, tenant, &filter, size)?;
                let ids = page.rows.iter().map(|record| record.actor_id.as_str());
                let names = Names::load(tx, tenant, ids)?;
                Ok((page, names))
            },
        )
        .await?;
    let s = Shell::of(&request, &member);
    let at = |before| {
        LogQuery {
            before,
            ..query.clone()
        }
        .href()
    };
    let page = LogPage {
        w: &s.t.log,
        doers: doers(&s, &query),
        groups: groups(&s, &query),
        from: query.from.map(|day| day.to_string()).unwrap_or_default(),
        to: query.to.map(|day| day.to_string()).unwrap_or_default(),
        dates: dates(&s, &query, state.clock.now()),
        lines: page
            .rows
            .iter()
            .map(|record| Line::of(&s, &names, record))
            .collect(),
        newest: query.before.map(|_| at(None)),
        older: page.next.map(|next| at(Some(next))),
        object: query.object.clone(),
        s,
    };
    Ok(html(StatusCode::OK, &page))
}

fn doers(s: &Shell, query: &LogQuery) -> Vec<Choice> {
    let w = &s.t.log;
    Doer::ALL
        .into_iter()
        .map(|doer| Choice {
            value: doer.as_str().to_owned(),
            label: match doer {
                Doer::Member => w.member,
                Doer::Storefront => w.storefront,
                Doer::System => w.system,
                Doer::Visitor => w.visitor,
            }
            .to_owned(),
            is_chosen: query.doer == Some(doer),
        })
        .collect()
}

fn groups(s: &Shell, query: &LogQuery) -> Vec<Group> {
    let choice = |value: &str, label: &str| Choice {
        value: value.to_owned(),
        label: label.to_owned(),
        is_chosen: query.kind == value,
    };
    FAMILIES
        .into_iter()
        .filter_map(|name| {
            let label = family(name, s.tongue)?;
            let kinds = EventKind::ALL
                .iter()
                .filter(|kind| {
                    kind.as_str()
                        .split_once('.')
                        .is_some_and(|(of, _)| of == name)
                })
                .map(|kind| choice(kind.as_str(), deed(*kind, s.tongue)))
                .collect();
            let whole = choice(name, &format!("{label} · {}", s.t.log.any));
            Some(Group {
                label,
                whole,
                kinds,
            })
        })
        .collect()
}

fn dates(s: &Shell, query: &LogQuery, now: Timestamp) -> Vec<Choice> {
    let t = &s.t.payouts;
    let today = now.day();
    let yesterday = today.previous();
    let ends = |from: Day, to: Day| (Some(from), Some(to));
    [
        (t.any_time, (None, None)),
        (t.today, ends(today, today)),
        (t.yesterday, ends(yesterday, yesterday)),
        (t.last_7_days, ends(today.days_before(6), today)),
        (t.last_30_days, ends(today.days_before(29), today)),
        (t.this_month, ends(today.first_of_month(), today)),
    ]
    .into_iter()
    .map(|(label, (from, to))| Choice {
        value: LogQuery {
            from,
            to,
            before: None,
            ..query.clone()
        }
        .href(),
        label: label.to_owned(),
        is_chosen: query.from == from && query.to == to,
    })
    .collect()
}

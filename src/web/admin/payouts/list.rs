//! `GET /admin/payouts`: the list.

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, web};
use askama::Template;

use super::did::Did;
use super::line::{Line, Reader};
use super::query::{ListQuery, SIZES};
use crate::basics::{Day, OpenId, Timestamp};
use crate::db::{DbFault, Scope};
use crate::payouts::{self, Kind, Start, Status};
use crate::recipients;
use crate::web::State;
use crate::web::admin::badge;
use crate::web::admin::fields::Fields;
use crate::web::admin::lane_notice::{self, LaneNotice, Mend};
use crate::web::guard::{Member, MemberFault};
use crate::web::page::{Shell, html};

/// How far what waits for somebody is counted.
const COUNTED: i64 = 100;

/// A choice of a select, or a link among others.
struct Choice {
    value: String,
    label: String,
    is_chosen: bool,
}

#[derive(Template)]
#[template(path = "admin/payouts/list.html")]
struct ListPage {
    s: Shell,
    form_token: String,
    may_decide: bool,
    did: Option<Did>,
    lane: Option<LaneNotice>,
    query: ListQuery,
    all_href: String,
    mine_href: String,
    waiting: Option<String>,
    statuses: Vec<Choice>,
    kinds: Vec<Choice>,
    dates: Vec<Choice>,
    sizes: Vec<Choice>,
    from: String,
    to: String,
    lines: Vec<Line>,
    reviewable: bool,
    tick_href: String,
    newest: Option<String>,
    newer: Option<String>,
    older: Option<String>,
}

/// `GET /admin/payouts`
pub(in crate::web) async fn show(
    request: HttpRequest,
    state: web::Data<State>,
    member: Member,
) -> Result<HttpResponse, MemberFault> {
    let fields = Fields::of_query(&request);
    let query = ListQuery::read(&fields);
    let (asked, person, tenant) = (query.clone(), member.who.person, member.tenant_id());
    let (slice, waiting, lane) = state
        .database
        .read(
            "the page of payouts",
            Scope::Tenant(tenant),
            move |tx| -> Result<_, DbFault> {
                let known_as = match OpenId::parse(&asked.words) {
                    Ok(openid) => recipients::list_by_openid(tx, tenant, &openid)?,
                    Err(_) => Vec::new(),
                };
                let filter = asked.filter(person, known_as);
                Ok((
                    payouts::browse(tx, tenant, &filter, asked.place, asked.page_size())?,
                    payouts::count_waiting(tx, tenant, person, COUNTED)?,
                    lane_notice::find_closed(tx, tenant)?,
                ))
            },
        )
        .await?;
    let s = Shell::of(&request, &member);
    let now = state.clock.now();
    let reader = Reader {
        t: s.t,
        language: s.tongue.into(),
        now,
    };
    let lines: Vec<Line> = slice
        .rows
        .iter()
        .map(|payout| Line::of(payout, reader))
        .collect();
    let may_decide = member.who.role.handles_money();
    let page = ListPage {
        form_token: member.form_token.as_str().to_owned(),
        may_decide,
        did: Did::read(&fields),
        lane: lane.map(|lane| LaneNotice::of(&lane, &s.t.payouts)),
        all_href: ListQuery {
            mine: false,
            ..query.clone()
        }
        .href_at(Start::Newest),
        mine_href: ListQuery {
            mine: true,
            size: query.size,
            ..ListQuery::default()
        }
        .href(),
        waiting: shown_count(waiting),
        statuses: statuses(&s, &query),
        kinds: kinds(&s, &query),
        dates: dates(&s, &query, now),
        sizes: sizes(&query),
        from: query.from.map_or_else(String::new, |day| day.to_string()),
        to: query.to.map_or_else(String::new, |day| day.to_string()),
        reviewable: may_decide && lines.iter().any(|line| line.in_review),
        lines,
        tick_href: ListQuery {
            all_ticked: !query.all_ticked,
            ..query.clone()
        }
        .href(),
        newest: (query.place != Start::Newest).then(|| query.href_at(Start::Newest)),
        newer: slice.newer.map(|first| query.newer(first)),
        older: slice.older.map(|last| query.older(last)),
        query,
        s,
    };
    Ok(html(StatusCode::OK, &page))
}

/// `7`, or `99+`; nothing when there is none.
fn shown_count(count: i64) -> Option<String> {
    match count {
        0 => None,
        few if few < COUNTED => Some(few.to_string()),
        _ => Some(format!("{}+", COUNTED.saturating_sub(1))),
    }
}

fn statuses(s: &Shell, query: &ListQuery) -> Vec<Choice> {
    let choice = |status: &Status| Choice {
        value: status.as_str().to_owned(),
        label: badge::word(*status, &s.t.status).to_owned(),
        is_chosen: query.status == Some(*status),
    };
    Status::ALL.iter().map(choice).collect()
}

fn kinds(s: &Shell, query: &ListQuery) -> Vec<Choice> {
    let choice = |kind: &Kind| Choice {
        value: kind.as_str().to_owned(),
        label: super::line::kind_word(*kind, s.t).to_owned(),
        is_chosen: query.kind == Some(*kind),
    };
    Kind::ALL.iter().map(choice).collect()
}

fn sizes(query: &ListQuery) -> Vec<Choice> {
    let choice = |size: u8| Choice {
        value: size.to_string(),
        label: size.to_string(),
        is_chosen: query.page_size().rows() == i64::from(size),
    };
    SIZES.into_iter().map(choice).collect()
}

fn dates(s: &Shell, query: &ListQuery, now: Timestamp) -> Vec<Choice> {
    let t = &s.t.payouts;
    let today = now.day();
    let yesterday = today.previous();
    let last_month = today.first_of_previous_month();
    let ends = |from: Day, to: Day| (Some(from), Some(to));
    [
        (t.any_time, (None, None)),
        (t.today, ends(today, today)),
        (t.yesterday, ends(yesterday, yesterday)),
        (t.last_7_days, ends(today.days_before(6), today)),
        (t.last_30_days, ends(today.days_before(29), today)),
        (t.this_month, ends(today.first_of_month(), today)),
        (
            t.last_month,
            ends(last_month, today.first_of_month().previous()),
        ),
    ]
    .into_iter()
    .map(|(label, (from, to))| Choice {
        value: query.href_between(from, to),
        label: label.to_owned(),
        is_chosen: query.from == from && query.to == to,
    })
    .collect()
}

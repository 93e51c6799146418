//! One endpoint: how it stands, and its deliveries.

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, web};
use askama::Template;
use serde::Deserialize;

use crate::basics::page::PageSize;
use crate::basics::{Day, EndpointId, EventId, PayoutId, Timestamp};
use crate::db::{DbFault, Scope};
use crate::outbox::{
    self, Because, Counts, Delivery, DeliveryFilter, Endpoint, Kind, State as Stand, Target, Wants,
};
use crate::web::State;
use crate::web::guard::{Member, MemberFault};
use crate::web::page::{Shell, html, not_found};
use crate::web::text::{Developers, Tongue};

/// Words and colour of a state.
pub(super) struct Look {
    pub(super) words: &'static str,
    pub(super) class: &'static str,
    pub(super) icon: &'static str,
}

/// How an endpoint stands.
pub(super) fn look(w: &'static Developers, endpoint: &Endpoint, now: Timestamp) -> Look {
    let (words, class, icon) = match endpoint.disabled {
        Some((_, Because::Member)) => (w.disabled, "", "pause"),
        Some((_, Because::Gone | Because::Failing)) => (w.disabled, "bad", "bad"),
        None if endpoint.is_in_trouble(now) => (w.trouble_title, "bad", "bad"),
        None if endpoint.failing_since.is_some() => (w.fails, "warn", "warn"),
        None => (w.well, "good", "ok"),
    };
    Look { words, class, icon }
}

/// How a delivery stands.
pub(super) fn stand(w: &'static Developers, delivery: &Delivery) -> Look {
    let (words, class, icon) = match delivery.state {
        Stand::Waiting { .. } if delivery.tries == 0 => (w.waiting, "info", "wait"),
        Stand::Waiting { .. } => (w.retrying, "warn", "refresh"),
        Stand::Delivered => (w.delivered, "good", "ok"),
        Stand::Failed => (w.failed, "bad", "bad"),
    };
    Look { words, class, icon }
}

/// A number that was not counted any further than a page needs.
pub(super) fn count(number: i64) -> String {
    if number > Counts::MOST {
        format!("{}+", Counts::MOST)
    } else {
        number.to_string()
    }
}

/// An address as a member may see it: its path can carry a secret, which is for those who handle money.
pub(super) fn shown_url(url: &Target, member: &Member) -> String {
    if member.who.role.handles_money() {
        url.as_str().to_owned()
    } else {
        format!("{}/…", url.origin())
    }
}

struct DeliveryLine {
    event: EventId,
    at: String,
    words: &'static str,
    kind: &'static str,
    payout: Option<PayoutId>,
    state: Look,
    tries: i64,
    next: Option<String>,
}

/// What can be chosen in the filter.
struct Choosable {
    value: &'static str,
    words: &'static str,
    chosen: bool,
}

/// What happened to an endpoint that somebody has to know.
struct Trouble {
    class: &'static str,
    icon: &'static str,
    title: &'static str,
    since: String,
    next: &'static str,
}

#[derive(Template)]
#[template(path = "admin/developers/endpoint.html")]
struct EndpointPage {
    s: Shell,
    w: &'static Developers,
    done: Option<String>,
    wrong: Option<&'static str>,
    may_change: bool,
    id: EndpointId,
    name: String,
    url: String,
    events: Vec<&'static str>,
    state: Look,
    is_disabled: bool,
    trouble: Option<Trouble>,
    old_secret_until: Option<String>,
    secret_set_at: String,
    created_at: String,
    created_by: String,
    waiting: String,
    failed: String,
    states: Vec<Choosable>,
    kinds: Vec<Choosable>,
    query: Query,
    deliveries: Vec<DeliveryLine>,
    /// What is said when there is none, and what to do then.
    none: (&'static str, &'static str),
    is_first: bool,
    next: Option<EventId>,
    replay_from: String,
    replay_to: String,
}

/// What is looked for, and what was done a moment ago.
#[derive(Clone, Debug, Default, Deserialize)]
pub(in crate::web) struct Query {
    #[serde(default)]
    pub(super) done: String,
    #[serde(default)]
    pub(super) count: String,
    #[serde(default)]
    state: String,
    #[serde(default)]
    kind: String,
    #[serde(default)]
    from: String,
    #[serde(default)]
    to: String,
    #[serde(default)]
    before: String,
}

impl Query {
    fn filter(&self) -> DeliveryFilter {
        let states = ["waiting", "delivered", "failed"];
        DeliveryFilter {
            state: states.into_iter().find(|state| *state == self.state),
            kind: Kind::parse(&self.kind),
            from: Day::parse(&self.from).map(Day::start),
            to: Day::parse(&self.to).map(Day::end),
        }
    }
}

/// `GET /admin/developers/endpoints/{id}`
pub(in crate::web) async fn show(
    request: HttpRequest,
    state: web::Data<State>,
    member: Member,
    path: web::Path<String>,
    query: web::Query<Query>,
) -> Result<HttpResponse, MemberFault> {
    let Ok(id) = path.parse::<EndpointId>() else {
        return Ok(not_found(&request));
    };
    let ok = StatusCode::OK;
    render(&request, &state, &member, ok, id, query.into_inner(), None).await
}

/// The page, with what is wrong with a replay that was not made.
pub(super) async fn render(
    request: &HttpRequest,
    state: &State,
    member: &Member,
    status: StatusCode,
    id: EndpointId,
    query: Query,
    wrong: Option<&'static str>,
) -> Result<HttpResponse, MemberFault> {
    let (tenant, now) = (member.tenant_id(), state.clock.now());
    let (filter, before) = (query.filter(), query.before.parse().ok());
    let is_filtered = filter.state.is_some()
        || filter.kind.is_some()
        || filter.from.is_some()
        || filter.to.is_some();
    let found = state
        .database
        .read(
            "an endpoint's deliveries",
            Scope::Tenant(tenant),
            move |tx| -> Result<_, DbFault> {
                let Some(endpoint) = outbox::find_endpoint(tx, tenant, id)? else {
                    return Ok(None);
                };
                let counts = outbox::count_open(tx, tenant, id)?;
                let size = PageSize::DEFAULT;
                let page = outbox::list_deliveries(tx, tenant, id, &filter, before, size)?;
                Ok(Some((endpoint, counts, page)))
            },
        )
        .await?;
    let Some((endpoint, counts, deliveries)) = found else {
        return Ok(not_found(request));
    };
    let s = Shell::of(request, member);
    let w = &s.t.developers;
    let page = EndpointPage {
        done: notice(request, &query),
        wrong,
        may_change: member.who.role.handles_money(),
        id,
        name: endpoint.wish.name.as_str().to_owned(),
        url: shown_url(&endpoint.wish.url, member),
        events: match &endpoint.wish.wants {
            Wants::All => vec![w.all_events],
            Wants::Only(kinds) => kinds.iter().map(|kind| (w.kinds)(*kind)).collect(),
        },
        state: look(w, &endpoint, now),
        is_disabled: endpoint.disabled.is_some(),
        trouble: trouble(w, &endpoint, now),
        old_secret_until: endpoint
            .old_secret_until
            .filter(|until| now < *until)
            .map(Timestamp::shanghai),
        secret_set_at: endpoint.secret_set_at.shanghai(),
        created_at: endpoint.created_at.shanghai(),
        created_by: endpoint.created_by,
        waiting: count(counts.waiting),
        failed: count(counts.failed),
        states: [
            ("", w.all_states),
            ("waiting", w.waiting),
            ("delivered", w.delivered),
            ("failed", w.failed),
        ]
        .map(|(value, words)| Choosable {
            value,
            words,
            chosen: value == query.state,
        })
        .into(),
        kinds: Kind::ALL
            .iter()
            .map(|kind| Choosable {
                value: kind.as_str(),
                words: (w.kinds)(*kind),
                chosen: kind.as_str() == query.kind,
            })
            .collect(),
        deliveries: deliveries.rows.iter().map(|row| line(w, row)).collect(),
        none: if is_filtered || before.is_some() {
            (w.none_found, w.none_found_next)
        } else {
            (w.no_deliveries, w.no_deliveries_next)
        },
        is_first: before.is_none(),
        next: deliveries.next,
        replay_from: now.day().start().shanghai_minutes(),
        replay_to: now.shanghai_minutes(),
        query,
        w,
        s,
    };
    Ok(html(status, &page))
}

fn line(w: &'static Developers, delivery: &Delivery) -> DeliveryLine {
    DeliveryLine {
        event: delivery.event,
        at: delivery.happened_at.shanghai(),
        words: (w.kinds)(delivery.kind),
        kind: delivery.kind.as_str(),
        payout: delivery.payout.map(|(payout, _)| payout),
        state: stand(w, delivery),
        tries: delivery.tries,
        next: match delivery.state {
            Stand::Waiting { due_at, .. } => Some(due_at.shanghai()),
            Stand::Delivered | Stand::Failed => None,
        },
    }
}

fn trouble(w: &'static Developers, endpoint: &Endpoint, now: Timestamp) -> Option<Trouble> {
    let (class, icon, title, since, next) = match endpoint.disabled {
        Some((at, Because::Gone)) => ("bad", "bad", w.gone_title, at, w.gone_next),
        Some((at, Because::Failing)) => ("bad", "bad", w.failing_title, at, w.failing_next),
        Some((at, Because::Member)) => ("", "pause", w.member_title, at, w.member_next),
        None if endpoint.is_in_trouble(now) => {
            let since = endpoint.failing_since?;
            ("warn", "warn", w.trouble_title, since, w.trouble_next)
        }
        None => return None,
    };
    Some(Trouble {
        class,
        icon,
        title,
        since: since.shanghai(),
        next,
    })
}

fn notice(request: &HttpRequest, query: &Query) -> Option<String> {
    let w = &Tongue::of(request).text().developers;
    let sentence = match query.done.as_str() {
        "saved" => w.saved_hook,
        "enabled" => w.enabled_hook,
        "disabled" => w.disabled_hook,
        "tested" => w.tested,
        "replayed" => return Some((w.replayed)(query.count.parse().ok()?)),
        _ => return None,
    };
    Some(sentence.to_owned())
}

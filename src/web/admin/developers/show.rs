//! The page of keys and endpoints.

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, web};
use askama::Template;
use serde::Deserialize;

use super::endpoint::{Look, count, look, shown_url};
use crate::basics::{ApiKeyId, EndpointId};
use crate::db::{DbFault, Scope};
use crate::outbox;
use crate::tenants;
use crate::web::State;
use crate::web::guard::{Member, MemberFault};
use crate::web::page::{Shell, html};
use crate::web::text::Developers;

struct KeyLine {
    id: ApiKeyId,
    name: String,
    tail: String,
    made_at: String,
    made_by: String,
    revoked_at: Option<String>,
}

struct EndpointLine {
    id: EndpointId,
    name: String,
    url: String,
    events: String,
    state: Look,
    waiting: String,
    failed: String,
    has_failed: bool,
}

#[derive(Template)]
#[template(path = "admin/developers/show.html")]
struct ShowPage {
    s: Shell,
    w: &'static Developers,
    done: Option<&'static str>,
    may_change: bool,
    keys: Vec<KeyLine>,
    endpoints: Vec<EndpointLine>,
    has_room: bool,
    name: String,
    name_wrong: bool,
}

/// What was done a moment ago.
#[derive(Deserialize)]
pub(in crate::web) struct Query {
    #[serde(default)]
    done: String,
}

/// `GET /admin/developers`
pub(in crate::web) async fn show(
    request: HttpRequest,
    state: web::Data<State>,
    member: Member,
    query: web::Query<Query>,
) -> Result<HttpResponse, MemberFault> {
    render(&request, &state, &member, StatusCode::OK, &query.done, None).await
}

/// The page, with the name of a key that was not made because of it.
pub(super) async fn render(
    request: &HttpRequest,
    state: &State,
    member: &Member,
    status: StatusCode,
    done: &str,
    wrong_name: Option<&str>,
) -> Result<HttpResponse, MemberFault> {
    let (tenant, now) = (member.tenant_id(), state.clock.now());
    let (keys, endpoints) = state
        .database
        .read(
            "keys and endpoints",
            Scope::Tenant(tenant),
            move |tx| -> Result<_, DbFault> {
                let keys = tenants::list_api_keys(tx, tenant)?;
                let mut endpoints = Vec::new();
                for endpoint in outbox::list_endpoints(tx, tenant)? {
                    let counts = outbox::count_open(tx, tenant, endpoint.id)?;
                    endpoints.push((endpoint, counts));
                }
                Ok((keys, endpoints))
            },
        )
        .await?;
    let s = Shell::of(request, member);
    let w = &s.t.developers;
    let has_room = i64::try_from(endpoints.len()).unwrap_or(i64::MAX) < outbox::ENDPOINTS_MOST;
    let page = ShowPage {
        done: notice(w, done),
        may_change: member.who.role.handles_money(),
        keys: keys.into_iter().map(key_line).collect(),
        endpoints: endpoints
            .into_iter()
            .map(|(endpoint, counts)| EndpointLine {
                id: endpoint.id,
                name: endpoint.wish.name.as_str().to_owned(),
                url: shown_url(&endpoint.wish.url, member),
                events: match &endpoint.wish.wants {
                    outbox::Wants::All => w.all_short.to_owned(),
                    outbox::Wants::Only(kinds) => kinds.len().to_string(),
                },
                state: look(w, &endpoint, now),
                waiting: count(counts.waiting),
                failed: count(counts.failed),
                has_failed: counts.failed > 0,
            })
            .collect(),
        has_room,
        name: wrong_name.unwrap_or_default().to_owned(),
        name_wrong: wrong_name.is_some(),
        w,
        s,
    };
    Ok(html(status, &page))
}

fn key_line(key: tenants::ListedKey) -> KeyLine {
    KeyLine {
        id: key.id,
        name: key.name,
        tail: key.tail,
        made_at: key.created_at.shanghai(),
        made_by: key.created_by,
        revoked_at: key.revoked_at.map(crate::basics::Timestamp::shanghai),
    }
}

fn notice(w: &'static Developers, done: &str) -> Option<&'static str> {
    match done {
        "revoked" => Some(w.key_revoked),
        "removed" => Some(w.removed_hook),
        _ => None,
    }
}

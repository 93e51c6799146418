//! One event on its way to one endpoint, with every try.

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, web};
use askama::Template;

use super::endpoint::{Look, shown_url, stand};
use super::keys::TokenForm;
use crate::basics::{EndpointId, EventId, PayoutId, Timestamp};
use crate::courier::compose;
use crate::db::{DbFault, Scope};
use crate::outbox::{self, Outcome, ReplayError, State as Stand, Try};
use crate::web::State;
use crate::web::guard::{Member, MemberFault};
use crate::web::page::{Shell, html, not_found, see_other};
use crate::web::text::Developers;

struct TryLine {
    number: i64,
    at: String,
    took: String,
    is_good: bool,
    outcome: &'static str,
    status: String,
    answer: String,
}

#[derive(Template)]
#[template(path = "admin/developers/delivery.html")]
struct DeliveryPage {
    s: Shell,
    w: &'static Developers,
    is_resent: bool,
    may_change: bool,
    endpoint: EndpointId,
    url: String,
    event: EventId,
    words: &'static str,
    kind: &'static str,
    happened_at: String,
    payout: Option<PayoutId>,
    sequence: Option<i64>,
    state: Look,
    due: Option<String>,
    delivered_at: Option<String>,
    tries: Vec<TryLine>,
    payload: String,
}

/// What a path names, when both are ids of ours.
fn named(path: &(String, String)) -> Option<(EndpointId, EventId)> {
    Some((path.0.parse().ok()?, path.1.parse().ok()?))
}

/// `GET /admin/developers/endpoints/{id}/deliveries/{event}`
pub(in crate::web) async fn show(
    request: HttpRequest,
    state: web::Data<State>,
    member: Member,
    path: web::Path<(String, String)>,
) -> Result<HttpResponse, MemberFault> {
    let Some((id, event)) = named(&path) else {
        return Ok(not_found(&request));
    };
    let tenant = member.tenant_id();
    let found = state
        .database
        .read(
            "a delivery",
            Scope::Tenant(tenant),
            move |tx| -> Result<_, DbFault> {
                let Some(endpoint) = outbox::find_endpoint(tx, tenant, id)? else {
                    return Ok(None);
                };
                let Some(delivery) = outbox::find_delivery(tx, tenant, id, event)? else {
                    return Ok(None);
                };
                let tries = outbox::list_tries(tx, tenant, id, event)?;
                Ok(Some((endpoint, delivery, tries)))
            },
        )
        .await?;
    let Some((endpoint, delivery, tries)) = found else {
        return Ok(not_found(&request));
    };
    let s = Shell::of(&request, &member);
    let w = &s.t.developers;
    let page = DeliveryPage {
        is_resent: request.query_string() == "done=resent",
        may_change: member.who.role.handles_money(),
        endpoint: id,
        url: shown_url(&endpoint.wish.url, &member),
        event,
        words: (w.kinds)(delivery.kind),
        kind: delivery.kind.as_str(),
        happened_at: delivery.happened_at.shanghai(),
        payout: delivery.payout.map(|(payout, _)| payout),
        sequence: delivery.payout.map(|(_, sequence)| sequence),
        state: stand(w, &delivery),
        due: match delivery.state {
            Stand::Waiting { due_at, .. } => Some(due_at.shanghai()),
            Stand::Delivered | Stand::Failed => None,
        },
        delivered_at: delivery.delivered_at.map(Timestamp::shanghai),
        tries: tries.into_iter().map(|one| line(w, one)).collect(),
        payload: readable(&compose(&delivery)),
        w,
        s,
    };
    Ok(html(StatusCode::OK, &page))
}

fn line(w: &'static Developers, one: Try) -> TryLine {
    TryLine {
        number: one.number,
        at: one.at.shanghai(),
        took: if one.verdict.outcome == Outcome::Interrupted {
            "—".to_owned()
        } else {
            format!("{} ms", one.took.as_millis())
        },
        is_good: one.verdict.outcome == Outcome::Delivered,
        outcome: (w.outcomes)(one.verdict.outcome),
        status: one
            .verdict
            .http_status
            .map_or_else(|| "—".to_owned(), |status| status.to_string()),
        answer: one.verdict.answer.unwrap_or_else(|| "—".to_owned()),
    }
}

fn readable(body: &[u8]) -> String {
    serde_json::from_slice::<serde_json::Value>(body)
        .and_then(|value| serde_json::to_string_pretty(&value))
        .unwrap_or_default()
}

/// `POST /admin/developers/endpoints/{id}/deliveries/{event}/replay`
pub(in crate::web) async fn replay(
    request: HttpRequest,
    state: web::Data<State>,
    member: Member,
    path: web::Path<(String, String)>,
    form: web::Form<TokenForm>,
) -> Result<HttpResponse, MemberFault> {
    member.check_form(&form.form_token)?;
    let Some((id, event)) = named(&path) else {
        return Ok(not_found(&request));
    };
    let (tenant, by, now) = (member.tenant_id(), member.by(), state.clock.now());
    let replayed = state
        .database
        .write("send an event again", Scope::Tenant(tenant), move |tx| {
            outbox::replay(tx, tenant, id, event, &by, now)
        })
        .await;
    match replayed {
        Ok(()) => Ok(see_other(&format!(
            "/admin/developers/endpoints/{id}/deliveries/{event}?done=resent"
        ))),
        Err(ReplayError::NotFound | ReplayError::Backwards) => Ok(not_found(&request)),
        Err(ReplayError::Db(fault)) => Err(fault.into()),
    }
}

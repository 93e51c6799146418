//! What a member does to an endpoint with one button.

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, web};
use serde::Deserialize;

use super::endpoint::{Query, render};
use super::keys::TokenForm;
use super::secret::{Kind, shown_once};
use crate::audit::By;
use crate::basics::{Day, EndpointId, TenantId, Timestamp};
use crate::db::{Scope, Tx};
use crate::outbox::{self, Because, EndpointError, ReplayError, RotateError, Which};
use crate::web::State;
use crate::web::guard::{KeptForm, Member, MemberFault, Proof};
use crate::web::page::{not_found, see_other};
use crate::web::text::Tongue;
use std::time::Duration;

/// One button: one verb, and where the browser goes then. `name` is the transaction's.
async fn press<T, V>(
    (request, state, member): (&HttpRequest, &State, &Member),
    path: &str,
    form: &TokenForm,
    name: &'static str,
    back: impl Fn(EndpointId) -> String,
    verb: V,
) -> Result<HttpResponse, MemberFault>
where
    T: Send + 'static,
    V: Fn(&mut Tx<'_>, TenantId, EndpointId, &By, Timestamp) -> Result<T, EndpointError>
        + Send
        + 'static,
{
    member.check_form(&form.form_token)?;
    let Ok(id) = path.parse::<EndpointId>() else {
        return Ok(not_found(request));
    };
    let (tenant, by, now) = (member.tenant_id(), member.by(), state.clock.now());
    let result = state
        .database
        .write(name, Scope::Tenant(tenant), move |tx| {
            verb(tx, tenant, id, &by, now)
        })
        .await;
    match result {
        Ok(_) => Ok(see_other(&back(id))),
        Err(EndpointError::NotFound) => Ok(not_found(request)),
        Err(EndpointError::Db(fault)) => Err(fault.into()),
    }
}

/// The endpoint's page, which says what was done.
fn page_of(id: EndpointId, done: &str) -> String {
    format!("/admin/developers/endpoints/{id}?done={done}")
}

/// `POST /admin/developers/endpoints/{id}/test`
pub(in crate::web) async fn test(
    request: HttpRequest,
    state: web::Data<State>,
    member: Member,
    path: web::Path<String>,
    form: web::Form<TokenForm>,
) -> Result<HttpResponse, MemberFault> {
    let who = (&request, &**state, &member);
    let back = |id| page_of(id, "tested");
    press(
        who,
        &path,
        &form,
        "test an endpoint",
        back,
        outbox::test_endpoint,
    )
    .await
}

/// `POST /admin/developers/endpoints/{id}/enable`
pub(in crate::web) async fn enable(
    request: HttpRequest,
    state: web::Data<State>,
    member: Member,
    path: web::Path<String>,
    form: web::Form<TokenForm>,
) -> Result<HttpResponse, MemberFault> {
    let who = (&request, &**state, &member);
    let back = |id| page_of(id, "enabled");
    press(
        who,
        &path,
        &form,
        "enable an endpoint",
        back,
        outbox::enable,
    )
    .await
}

/// `POST /admin/developers/endpoints/{id}/disable`
pub(in crate::web) async fn disable(
    request: HttpRequest,
    state: web::Data<State>,
    member: Member,
    path: web::Path<String>,
    form: web::Form<TokenForm>,
) -> Result<HttpResponse, MemberFault> {
    let who = (&request, &**state, &member);
    let back = |id| page_of(id, "disabled");
    press(
        who,
        &path,
        &form,
        "disable an endpoint",
        back,
        |tx, tenant, id, by, now| outbox::disable(tx, tenant, id, Because::Member, by, now),
    )
    .await
}

/// `POST /admin/developers/endpoints/{id}/remove`
pub(in crate::web) async fn remove(
    request: HttpRequest,
    state: web::Data<State>,
    member: Member,
    path: web::Path<String>,
    form: web::Form<TokenForm>,
) -> Result<HttpResponse, MemberFault> {
    let who = (&request, &**state, &member);
    let back = |_| "/admin/developers?done=removed".to_owned();
    press(
        who,
        &path,
        &form,
        "remove an endpoint",
        back,
        outbox::remove,
    )
    .await
}

/// `POST /admin/developers/endpoints/{id}/rotate`
pub(in crate::web) async fn rotate(
    request: HttpRequest,
    state: web::Data<State>,
    mut member: Member,
    path: web::Path<String>,
    form: KeptForm<TokenForm>,
) -> Result<HttpResponse, MemberFault> {
    member.check_form(&form.form.form_token)?;
    let Ok(id) = path.parse::<EndpointId>() else {
        return Ok(not_found(&request));
    };
    member
        .check_fresh(&request, &state, Proof::of(&form))
        .await?;
    let (tenant, by, now) = (member.tenant_id(), member.by(), state.clock.now());
    let (vault, random) = (state.vault.clone(), state.random.clone());
    let rotated = state
        .database
        .write(
            "rotate an endpoint's secret",
            Scope::Tenant(tenant),
            move |tx| outbox::rotate(tx, &vault, tenant, id, &by, &*random, now),
        )
        .await;
    match rotated {
        Ok(secret) => {
            let back = format!("/admin/developers/endpoints/{id}");
            let secret = secret.text();
            Ok(shown_once(&request, &member, Kind::Rotated, &secret, back))
        }
        Err(RotateError::NotFound) => Ok(not_found(&request)),
        Err(RotateError::Vault(fault)) => {
            tracing::error!(error = ?fault, "a secret was not rotated");
            Err(MemberFault::Unavailable)
        }
        Err(RotateError::Db(fault)) => Err(fault.into()),
    }
}

/// The form that sends the events of a time again.
#[derive(Deserialize)]
pub(in crate::web) struct ReplayForm {
    form_token: String,
    #[serde(default)]
    from: String,
    #[serde(default)]
    to: String,
    #[serde(default)]
    which: String,
}

/// `POST /admin/developers/endpoints/{id}/replay`
pub(in crate::web) async fn replay_range(
    request: HttpRequest,
    state: web::Data<State>,
    member: Member,
    path: web::Path<String>,
    form: web::Form<ReplayForm>,
) -> Result<HttpResponse, MemberFault> {
    member.check_form(&form.form_token)?;
    let Ok(id) = path.parse::<EndpointId>() else {
        return Ok(not_found(&request));
    };
    let w = &Tongue::of(&request).text().developers;
    let wrong = StatusCode::UNPROCESSABLE_ENTITY;
    let (Some(from), Some(to)) = (wall_time(&form.from), wall_time(&form.to)) else {
        let (nothing, why) = (Query::default(), Some(w.replay_wrong));
        return render(&request, &state, &member, wrong, id, nothing, why).await;
    };
    // the minute that was given is meant, too
    let to = to.plus(Duration::from_mins(1));
    let which = if form.which == "all" {
        Which::All
    } else {
        Which::Failed
    };
    let (tenant, by, now) = (member.tenant_id(), member.by(), state.clock.now());
    let replayed = state
        .database
        .write(
            "send the events of a time again",
            Scope::Tenant(tenant),
            move |tx| outbox::replay_range(tx, tenant, id, from, to, which, &by, now),
        )
        .await;
    match replayed {
        Ok(count) => Ok(see_other(&format!(
            "/admin/developers/endpoints/{id}?done=replayed&count={count}"
        ))),
        Err(ReplayError::NotFound) => Ok(not_found(&request)),
        Err(ReplayError::Backwards) => {
            let (nothing, why) = (Query::default(), Some(w.replay_wrong));
            render(&request, &state, &member, wrong, id, nothing, why).await
        }
        Err(ReplayError::Db(fault)) => Err(fault.into()),
    }
}

/// Reads wall time in Shanghai as a browser's field sends it: `2026-11-23T08:00`.
fn wall_time(text: &str) -> Option<Timestamp> {
    let (day, time) = text.split_once('T')?;
    let mut parts = time.split(':');
    let number = |part: Option<&str>, most: u64| {
        let part =
            part.filter(|part| part.len() == 2 && part.bytes().all(|b| b.is_ascii_digit()))?;
        part.parse::<u64>().ok().filter(|number| *number <= most)
    };
    let (hours, minutes) = (number(parts.next(), 23)?, number(parts.next(), 59)?);
    let since_midnight = Duration::from_hours(hours).saturating_add(Duration::from_mins(minutes));
    Some(Day::parse(day)?.start().plus(since_midnight))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wall_time_is_read_as_browsers_send_it() {
        let noon = Timestamp::parse_rfc3339("2026-11-23T12:05:00+08:00").ok();
        assert_eq!(wall_time("2026-11-23T12:05"), noon);
        assert_eq!(wall_time("2026-11-23T12:05:59"), noon);
        for text in [
            "",
            "2026-11-23",
            "2026-11-23T",
            "2026-11-23T24:00",
            "2026-11-23T12:60",
            "2026-11-23T1:00",
            "2026-02-30T12:00",
            "2026-11-23T12",
            "x",
        ] {
            assert_eq!(wall_time(text), None, "{text}");
        }
    }
}

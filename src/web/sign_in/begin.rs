//! Checking a password, and what comes after it.

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, web};
use askama::Template;
use serde::Deserialize;

use super::attempt::{Attempt, check_password};
use super::ticket::{self, Stage};
use super::{factor, forms, show, start};
use crate::basics::{Id as _, PersonId, TenantId};
use crate::db::{DbFault, Scope};
use crate::people::{Membership, Proved};
use crate::tenants;
use crate::web::State;
use crate::web::guard::MemberFault;
use crate::web::page::{Shell, html};

#[derive(Deserialize)]
pub(in crate::web) struct SignInForm {
    #[serde(default)]
    form_token: String,
    #[serde(default)]
    email: String,
    #[serde(default)]
    password: String,
    /// Of the last step, when the person is a member of several tenants.
    ticket: Option<String>,
    tenant: Option<String>,
}

#[derive(Template)]
#[template(path = "sign_in/choose.html")]
struct ChoosePage {
    s: Shell,
    form_token: String,
    ticket: String,
    tenants: Vec<(String, String)>,
}

/// `POST /sign-in`
pub(in crate::web) async fn sign_in(
    request: HttpRequest,
    state: web::Data<State>,
    form: web::Form<SignInForm>,
) -> Result<HttpResponse, MemberFault> {
    let form = form.into_inner();
    let visit = forms::check(&request, &state, &form.form_token)?;
    if let (Some(text), Some(tenant)) = (&form.ticket, &form.tenant) {
        let redeemed = ticket::redeem(&state.form_key, &visit, text, state.clock.now());
        let tenant = uuid::Uuid::try_parse(tenant).ok().map(TenantId::from_uuid);
        let (Some((Stage::Tenant(proved), person)), Some(tenant)) = (redeemed, tenant) else {
            return Err(MemberFault::Forged);
        };
        return start::start(&request, &state, person, tenant, proved).await;
    }
    let attempt = check_password(&request, &state, &form.email, &form.password).await?;
    let words = &Shell::open(&request).t.sign_in;
    let again =
        |status, sentence: String| show::again(&request, &state, status, &form.email, sentence);
    match attempt {
        Attempt::Right(candidate) if candidate.memberships.is_empty() => {
            again(StatusCode::UNAUTHORIZED, words.wrong.to_owned())
        }
        Attempt::Right(candidate) if candidate.has_factor => {
            Ok(factor::ask(&request, &state, &visit, candidate.person))
        }
        Attempt::Right(candidate) => {
            let memberships = &candidate.memberships;
            proceed(
                &request,
                &state,
                &visit,
                candidate.person,
                memberships,
                Proved::Password,
            )
            .await
        }
        Attempt::Wrong => again(StatusCode::UNAUTHORIZED, words.wrong.to_owned()),
        Attempt::TooLong => again(StatusCode::BAD_REQUEST, words.too_long.to_owned()),
        Attempt::Wait(wait) => show::wait(&request, &state, &form.email, wait),
        Attempt::Busy => show::busy(&request, &state, &form.email),
    }
}

/// All is proved: into the only tenant, or to the choice among several.
pub(super) async fn proceed(
    request: &HttpRequest,
    state: &State,
    visit: &str,
    person: PersonId,
    memberships: &[Membership],
    proved: Proved,
) -> Result<HttpResponse, MemberFault> {
    if let [only] = memberships {
        return start::start(request, state, person, only.tenant, proved).await;
    }
    let page = ChoosePage {
        s: Shell::open(request),
        form_token: forms::token(state, visit),
        ticket: ticket::issue(
            &state.form_key,
            visit,
            Stage::Tenant(proved),
            person,
            state.clock.now(),
        ),
        tenants: names(state, memberships).await?,
    };
    Ok(html(StatusCode::OK, &page))
}

async fn names(
    state: &State,
    memberships: &[Membership],
) -> Result<Vec<(String, String)>, MemberFault> {
    let ids: Vec<TenantId> = memberships
        .iter()
        .map(|membership| membership.tenant)
        .collect();
    let tenants = state
        .database
        .read(
            "names of tenants",
            Scope::AcrossTenants,
            move |tx| -> Result<_, DbFault> {
                ids.iter()
                    .map(|id| tenants::load(tx, *id))
                    .collect::<Result<Vec<_>, _>>()
            },
        )
        .await?;
    Ok(tenants
        .into_iter()
        .map(|tenant| (tenant.id.to_string(), tenant.name))
        .collect())
}

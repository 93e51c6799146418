//! Checking a password and beginning a session.

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, web};
use askama::Template;
use serde::Deserialize;

use super::{forms, show, ticket};
use crate::basics::{EmailAddress, Id as _, PersonId, TenantId};
use crate::db::{DbFault, Scope};
use crate::people::{self, Candidate, Client, Membership, Password, SignInError};
use crate::tenants;
use crate::web::State;
use crate::web::guard::{MemberFault, cookie, request_id, session_cookie_name};
use crate::web::page::{Shell, html, see_other};

#[derive(Deserialize)]
pub(in crate::web) struct SignInForm {
    form_token: String,
    email: String,
    #[serde(default)]
    password: String,
    /// Of the second step, when the person is a member of several tenants.
    ticket: Option<String>,
    tenant: Option<String>,
}

#[derive(Template)]
#[template(path = "sign_in/choose.html")]
struct ChoosePage {
    s: Shell,
    form_token: String,
    email: String,
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
        let person = ticket::redeem(&state.form_key, &visit, text, state.clock.now());
        let tenant = uuid::Uuid::try_parse(tenant).ok().map(TenantId::from_uuid);
        let (Some(person), Some(tenant)) = (person, tenant) else {
            return Err(MemberFault::Forged);
        };
        return begin(&request, &state, person, tenant).await;
    }
    let words = &Shell::open(&request).t.sign_in;
    let Some(candidate) = check_password(&state, &form).await? else {
        tracing::warn!("a sign-in was refused");
        let status = StatusCode::UNAUTHORIZED;
        return show::render(&request, &state, status, form.email, Some(words.wrong));
    };
    match candidate.memberships.as_slice() {
        [] => show::render(
            &request,
            &state,
            StatusCode::UNAUTHORIZED,
            form.email,
            Some(words.wrong),
        ),
        [only] => begin(&request, &state, candidate.person, only.tenant).await,
        several => {
            let tenants = names(&state, several).await?;
            let ticket =
                ticket::issue(&state.form_key, &visit, candidate.person, state.clock.now());
            let s = Shell::open(&request);
            let page = ChoosePage {
                s,
                form_token: form.form_token,
                email: form.email,
                ticket,
                tenants,
            };
            Ok(html(StatusCode::OK, &page))
        }
    }
}

/// The person, when the password is right. An unknown address costs as much time as a wrong password.
async fn check_password(
    state: &State,
    form: &SignInForm,
) -> Result<Option<Candidate>, MemberFault> {
    let email = EmailAddress::parse(&form.email.trim().to_lowercase()).ok();
    let Ok(password) = Password::typed(&form.password) else {
        return Ok(None);
    };
    let candidate = match email {
        None => None,
        Some(email) => {
            state
                .database
                .read(
                    "who signs in",
                    Scope::AcrossTenants,
                    move |tx| -> Result<_, DbFault> { people::find_candidate(tx, &email) },
                )
                .await?
        }
    };
    let hash = candidate
        .as_ref()
        .map_or_else(people::unknown_person_hash, |candidate| {
            candidate.hash.clone()
        });
    let permit = state.hashing.clone().acquire_owned().await.ok();
    let matches = web::block(move || {
        let matches = password.matches(&hash);
        drop(permit);
        matches
    })
    .await
    .map_err(|_| MemberFault::Unavailable)?;
    Ok(candidate.filter(|_| matches))
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

async fn begin(
    request: &HttpRequest,
    state: &State,
    person: PersonId,
    tenant: TenantId,
) -> Result<HttpResponse, MemberFault> {
    let client = Client {
        address: request
            .peer_addr()
            .map(|peer| peer.ip().to_string())
            .unwrap_or_default(),
        user_agent: request
            .headers()
            .get("user-agent")
            .and_then(|value| value.to_str().ok())
            .unwrap_or_default()
            .to_owned(),
    };
    let (random, now, id) = (state.random.clone(), state.clock.now(), request_id());
    let begun = state
        .database
        .write("sign in", Scope::Tenant(tenant), move |tx| {
            people::sign_in(tx, tenant, person, &client, &*random, Some(id.clone()), now)
        })
        .await;
    let token = match begun {
        Ok(token) => token,
        Err(SignInError::NotAMember) => return Err(MemberFault::Forged),
        Err(SignInError::Db(fault)) => return Err(fault.into()),
    };
    let mut answer = see_other("/admin");
    let name = session_cookie_name(state.is_secure());
    let session = cookie(name, token.expose().to_owned(), state.is_secure());
    answer
        .add_cookie(&session)
        .map_err(|_| MemberFault::Unavailable)?;
    Ok(answer)
}

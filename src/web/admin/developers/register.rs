//! Registering an endpoint, and changing one.

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, web};
use askama::Template;

use super::endpoint_form::{Choice, EndpointErrors, EndpointForm, Token, cannot_dial};
use super::secret::{Kind, shown_once};
use crate::basics::EndpointId;
use crate::db::{DbFault, Scope};
use crate::outbox::{self, EndpointError, RegisterError, Target};
use crate::web::State;
use crate::web::guard::{KeptForm, Member, MemberFault, Proof};
use crate::web::page::{Shell, html, not_found, see_other};
use crate::web::text::{Developers, Tongue};

#[derive(Template)]
#[template(path = "admin/developers/form.html")]
struct FormPage {
    s: Shell,
    w: &'static Developers,
    id: Option<EndpointId>,
    form: EndpointForm,
    choices: Vec<Choice>,
    errors: EndpointErrors,
}

fn render(
    request: &HttpRequest,
    member: &Member,
    id: Option<EndpointId>,
    form: EndpointForm,
    errors: EndpointErrors,
) -> HttpResponse {
    let s = Shell::of(request, member);
    let w = &s.t.developers;
    let status = if errors.any() {
        StatusCode::UNPROCESSABLE_ENTITY
    } else {
        StatusCode::OK
    };
    let page = FormPage {
        choices: form.choices(w),
        w,
        id,
        form,
        errors,
        s,
    };
    html(status, &page)
}

/// `GET /admin/developers/endpoints/new`
pub(in crate::web) async fn new(request: HttpRequest, member: Member) -> HttpResponse {
    let (form, errors) = (EndpointForm::empty(), EndpointErrors::default());
    render(&request, &member, None, form, errors)
}

/// `POST /admin/developers/endpoints`
pub(in crate::web) async fn register(
    request: HttpRequest,
    state: web::Data<State>,
    mut member: Member,
    sent: KeptForm<Token>,
) -> Result<HttpResponse, MemberFault> {
    member.check_form(&sent.form.form_token)?;
    let w = &Tongue::of(&request).text().developers;
    let form = EndpointForm::read(sent.fields());
    let wish = match form.judge(w) {
        Ok(wish) => wish,
        Err(errors) => return Ok(render(&request, &member, None, form, errors)),
    };
    if let Some(errors) = undiallable(&state, w, &wish.url).await {
        return Ok(render(&request, &member, None, form, errors));
    }
    member
        .check_fresh(&request, &state, Proof::of(&sent))
        .await?;
    let (tenant, by, now) = (member.tenant_id(), member.by(), state.clock.now());
    let (vault, random) = (state.vault.clone(), state.random.clone());
    let registered = state
        .database
        .write("register an endpoint", Scope::Tenant(tenant), move |tx| {
            outbox::register(tx, &vault, tenant, &wish, &by, &*random, now)
        })
        .await;
    match registered {
        Ok((id, secret)) => {
            let back = format!("/admin/developers/endpoints/{id}");
            let secret = secret.text();
            Ok(shown_once(&request, &member, Kind::Secret, &secret, back))
        }
        Err(RegisterError::TooMany) => {
            let errors = EndpointErrors {
                whole: Some(w.too_many),
                ..EndpointErrors::default()
            };
            Ok(render(&request, &member, None, form, errors))
        }
        Err(RegisterError::Vault(fault)) => {
            tracing::error!(error = ?fault, "an endpoint was not registered");
            Err(MemberFault::Unavailable)
        }
        Err(RegisterError::Db(fault)) => Err(fault.into()),
    }
}

/// `GET /admin/developers/endpoints/{id}/edit`
pub(in crate::web) async fn edit(
    request: HttpRequest,
    state: web::Data<State>,
    member: Member,
    path: web::Path<String>,
) -> Result<HttpResponse, MemberFault> {
    let Some(id) = path.parse::<EndpointId>().ok() else {
        return Ok(not_found(&request));
    };
    let tenant = member.tenant_id();
    let endpoint = state
        .database
        .read(
            "an endpoint",
            Scope::Tenant(tenant),
            move |tx| -> Result<_, DbFault> { outbox::find_endpoint(tx, tenant, id) },
        )
        .await?;
    let Some(endpoint) = endpoint else {
        return Ok(not_found(&request));
    };
    let (form, errors) = (EndpointForm::of(&endpoint), EndpointErrors::default());
    Ok(render(&request, &member, Some(id), form, errors))
}

/// `POST /admin/developers/endpoints/{id}`
pub(in crate::web) async fn change(
    request: HttpRequest,
    state: web::Data<State>,
    mut member: Member,
    path: web::Path<String>,
    sent: KeptForm<Token>,
) -> Result<HttpResponse, MemberFault> {
    member.check_form(&sent.form.form_token)?;
    let Ok(id) = path.parse::<EndpointId>() else {
        return Ok(not_found(&request));
    };
    let w = &Tongue::of(&request).text().developers;
    let form = EndpointForm::read(sent.fields());
    let wish = match form.judge(w) {
        Ok(wish) => wish,
        Err(errors) => return Ok(render(&request, &member, Some(id), form, errors)),
    };
    if let Some(errors) = undiallable(&state, w, &wish.url).await {
        return Ok(render(&request, &member, Some(id), form, errors));
    }
    member
        .check_fresh(&request, &state, Proof::of(&sent))
        .await?;
    let (tenant, by, now) = (member.tenant_id(), member.by(), state.clock.now());
    let changed = state
        .database
        .write("change an endpoint", Scope::Tenant(tenant), move |tx| {
            outbox::change(tx, tenant, id, &wish, &by, now)
        })
        .await;
    match changed {
        Ok(_) => Ok(see_other(&format!(
            "/admin/developers/endpoints/{id}?done=saved"
        ))),
        Err(EndpointError::NotFound) => Ok(not_found(&request)),
        Err(EndpointError::Db(fault)) => Err(fault.into()),
    }
}

/// Why an address cannot be dialled now. Asked before the transaction, for it looks names up; and again each time something is sent.
async fn undiallable(state: &State, w: &Developers, url: &Target) -> Option<EndpointErrors> {
    let why = state.courier.could_dial(url).await.err()?;
    tracing::warn!(target: "zhanfu::security", to = %url.origin(), %why, "an address for webhooks was refused");
    Some(cannot_dial(w, why))
}

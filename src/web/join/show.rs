//! The page that an invitation's link opens.

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, web};
use askama::Template;
use serde::Deserialize;

use crate::db::{DbFault, Scope};
use crate::people::invitations::{Invitation, InvitationToken, find_invitation};
use crate::tenants::{self, Tenant};
use crate::web::State;
use crate::web::admin::members::role_name;
use crate::web::guard::MemberFault;
use crate::web::page::{Shell, html};
use crate::web::sign_in::{Visit, form_token};
use crate::web::text::Join;

#[derive(Template)]
#[template(path = "join/show.html")]
struct JoinPage {
    s: Shell,
    w: &'static Join,
    form_token: String,
    token: String,
    site: String,
    email: String,
    role: &'static str,
    until: String,
    is_known: bool,
    wrong: Option<String>,
    wrong_again: Option<&'static str>,
}

#[derive(Template)]
#[template(path = "join/gone.html")]
struct GonePage {
    s: Shell,
    w: &'static Join,
}

#[derive(Deserialize)]
pub(in crate::web) struct Query {
    #[serde(default)]
    token: String,
}

/// `GET /join?token=…`
pub(in crate::web) async fn show(
    request: HttpRequest,
    state: web::Data<State>,
    query: web::Query<Query>,
) -> Result<HttpResponse, MemberFault> {
    let Some((token, invitation, tenant)) = open(&state, &query.token).await? else {
        return Ok(gone(&request));
    };
    let asked = (&token, &invitation, &tenant);
    render(&request, &state, StatusCode::OK, asked, None, None)
}

/// The invitation of a link, when it is open, and whose it is.
pub(super) async fn open(
    state: &State,
    token: &str,
) -> Result<Option<(InvitationToken, Invitation, Tenant)>, MemberFault> {
    let Some(token) = InvitationToken::parse(token) else {
        return Ok(None);
    };
    let now = state.clock.now();
    let (this, found) = (token.clone(), Scope::AcrossTenants);
    let found = state
        .database
        .read("an invitation", found, move |tx| -> Result<_, DbFault> {
            let Some(invitation) = find_invitation(tx, &this, now)? else {
                return Ok(None);
            };
            let tenant = tenants::load(tx, invitation.tenant)?;
            Ok(Some((invitation, tenant)))
        })
        .await?;
    Ok(found.map(|(invitation, tenant)| (token, invitation, tenant)))
}

/// The page, with what is wrong with the passwords.
pub(super) fn render(
    request: &HttpRequest,
    state: &State,
    status: StatusCode,
    (token, invitation, tenant): (&InvitationToken, &Invitation, &Tenant),
    wrong: Option<String>,
    wrong_again: Option<&'static str>,
) -> Result<HttpResponse, MemberFault> {
    let visit = Visit::of(request, state)?;
    let s = Shell::open(request);
    let page = JoinPage {
        w: &s.t.join,
        form_token: form_token(state, &visit.cookie),
        token: token.expose().to_owned(),
        site: tenant.name.clone(),
        email: invitation.email.to_string(),
        role: role_name(&s.t.members, invitation.role),
        until: invitation.expires_at.shanghai(),
        is_known: invitation.is_known,
        wrong,
        wrong_again,
        s,
    };
    visit.remembered(html(status, &page), state)
}

/// The page of a link that is no longer good.
pub(super) fn gone(request: &HttpRequest) -> HttpResponse {
    let s = Shell::open(request);
    let w = &s.t.join;
    html(StatusCode::NOT_FOUND, &GonePage { s, w })
}

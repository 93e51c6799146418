//! Inviting somebody: a link that is shown once.

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, web};
use askama::Template;
use serde::Deserialize;

use super::role_name;
use super::show::{Invited, render};
use crate::basics::EmailAddress;
use crate::db::Scope;
use crate::people::Role;
use crate::people::invitations::{self, INVITATION_LASTS, InvitationToken, InviteError};
use crate::web::State;
use crate::web::guard::{KeptForm, Member, MemberFault, Proof};
use crate::web::page::{Shell, html};
use crate::web::text::Members;

#[derive(Deserialize)]
pub(in crate::web) struct InviteForm {
    #[serde(default)]
    form_token: String,
    #[serde(default)]
    email: String,
    #[serde(default)]
    role: String,
}

#[derive(Template)]
#[template(path = "admin/members/link.html")]
struct LinkPage {
    s: Shell,
    w: &'static Members,
    link: String,
    email: String,
    role: &'static str,
    until: String,
}

/// `POST /admin/members/invitations`
pub(in crate::web) async fn invite(
    request: HttpRequest,
    state: web::Data<State>,
    mut member: Member,
    form: KeptForm<InviteForm>,
) -> Result<HttpResponse, MemberFault> {
    member.check_form(&form.form.form_token)?;
    let w = &Shell::open(&request).t.members;
    let typed = form.form.email.trim().to_lowercase();
    let email = EmailAddress::parse(&typed).ok();
    let role = Role::parse(&form.form.role);
    let mut invited = Invited {
        email: typed,
        role,
        wrong_email: email.is_none().then_some(w.wrong_email),
        wrong_role: role.is_none().then_some(w.wrong_role),
    };
    let refused = StatusCode::UNPROCESSABLE_ENTITY;
    let nothing = (None, None);
    let (Some(email), Some(role)) = (email, role) else {
        return render(&request, &state, &member, refused, nothing, invited).await;
    };
    member
        .check_fresh(&request, &state, Proof::of(&form))
        .await?;
    let (tenant, by, now) = (member.tenant_id(), member.by(), state.clock.now());
    let (random, for_whom) = (state.random.clone(), email.clone());
    let token = state
        .database
        .write("invite", Scope::Tenant(tenant), move |tx| {
            invitations::invite(tx, tenant, &for_whom, role, &*random, &by, now)
        })
        .await;
    match token {
        Ok(token) => Ok(show_link(&request, &state, &member, &token, &email, role)),
        Err(InviteError::Already(_)) => {
            invited.wrong_email = Some(w.already);
            render(&request, &state, &member, refused, nothing, invited).await
        }
        Err(InviteError::Full) => {
            invited.wrong_email = Some(w.full);
            render(&request, &state, &member, refused, nothing, invited).await
        }
        Err(InviteError::Db(fault)) => Err(fault.into()),
    }
}

fn show_link(
    request: &HttpRequest,
    state: &State,
    member: &Member,
    token: &InvitationToken,
    email: &EmailAddress,
    role: Role,
) -> HttpResponse {
    let s = Shell::of(request, member);
    let w = &s.t.members;
    // the token stands in the query: paths are logged
    let mut link = url::Url::clone(&state.public_url);
    link.set_path("/join");
    link.set_query(Some(&format!("token={}", token.expose())));
    let page = LinkPage {
        w,
        link: link.to_string(),
        email: email.to_string(),
        role: role_name(w, role),
        until: state.clock.now().plus(INVITATION_LASTS).shanghai(),
        s,
    };
    html(StatusCode::OK, &page)
}

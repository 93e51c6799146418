//! What an owner does about a member or an invitation.

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, web};
use serde::Deserialize;

use super::show::{Invited, render};
use crate::basics::{InvitationId, MemberId};
use crate::db::{Scope, Tx};
use crate::people::Role;
use crate::people::invitations;
use crate::people::members::{self, MemberError};
use crate::web::State;
use crate::web::guard::{KeptForm, Member, MemberFault, Proof};
use crate::web::page::{Shell, not_found, see_other};

#[derive(Clone, Debug, Deserialize)]
pub(in crate::web) struct ChangeForm {
    #[serde(default)]
    form_token: String,
    #[serde(default)]
    role: String,
}

/// `POST /admin/members/{id}/role`
pub(in crate::web) async fn change_role(
    request: HttpRequest,
    state: web::Data<State>,
    mut member: Member,
    path: web::Path<String>,
    form: KeptForm<ChangeForm>,
) -> Result<HttpResponse, MemberFault> {
    let w = &Shell::open(&request).t.members;
    let Some(role) = Role::parse(&form.form.role) else {
        member.check_form(&form.form.form_token)?;
        return refuse(&request, &state, &member, w.wrong_role).await;
    };
    let (tenant, by, now) = (member.tenant_id(), member.by(), state.clock.now());
    let verb = move |tx: &mut Tx<'_>, id: MemberId| {
        members::change_role(tx, tenant, id, role, &by, now).map(|_| ())
    };
    change(&request, &state, &mut member, &path, &form, "role", verb).await
}

/// `POST /admin/members/{id}/disable`
pub(in crate::web) async fn disable(
    request: HttpRequest,
    state: web::Data<State>,
    mut member: Member,
    path: web::Path<String>,
    form: KeptForm<ChangeForm>,
) -> Result<HttpResponse, MemberFault> {
    let (tenant, by, now) = (member.tenant_id(), member.by(), state.clock.now());
    let verb =
        move |tx: &mut Tx<'_>, id: MemberId| members::disable(tx, tenant, id, &by, now).map(|_| ());
    change(
        &request,
        &state,
        &mut member,
        &path,
        &form,
        "disabled",
        verb,
    )
    .await
}

/// `POST /admin/members/{id}/enable`
pub(in crate::web) async fn enable(
    request: HttpRequest,
    state: web::Data<State>,
    mut member: Member,
    path: web::Path<String>,
    form: KeptForm<ChangeForm>,
) -> Result<HttpResponse, MemberFault> {
    let (tenant, by, now) = (member.tenant_id(), member.by(), state.clock.now());
    let verb =
        move |tx: &mut Tx<'_>, id: MemberId| members::enable(tx, tenant, id, &by, now).map(|_| ());
    change(&request, &state, &mut member, &path, &form, "enabled", verb).await
}

/// `POST /admin/members/{id}/end-sessions`
pub(in crate::web) async fn end_sessions(
    request: HttpRequest,
    state: web::Data<State>,
    mut member: Member,
    path: web::Path<String>,
    form: KeptForm<ChangeForm>,
) -> Result<HttpResponse, MemberFault> {
    let (tenant, by, now) = (member.tenant_id(), member.by(), state.clock.now());
    let verb = move |tx: &mut Tx<'_>, id: MemberId| {
        members::end_sessions(tx, tenant, id, &by, now).map(|_| ())
    };
    change(&request, &state, &mut member, &path, &form, "ended", verb).await
}

/// `POST /admin/members/invitations/{id}/withdraw`
pub(in crate::web) async fn withdraw(
    request: HttpRequest,
    state: web::Data<State>,
    member: Member,
    path: web::Path<String>,
    form: KeptForm<ChangeForm>,
) -> Result<HttpResponse, MemberFault> {
    member.check_form(&form.form.form_token)?;
    let Ok(id) = path.parse::<InvitationId>() else {
        return Ok(not_found(&request));
    };
    let (tenant, by, now) = (member.tenant_id(), member.by(), state.clock.now());
    let withdrawn = state
        .database
        .write("withdraw an invitation", Scope::Tenant(tenant), move |tx| {
            invitations::withdraw(tx, tenant, id, &by, now)
        })
        .await?;
    if !withdrawn {
        return Ok(not_found(&request));
    }
    Ok(see_other("/admin/members?done=withdrawn"))
}

/// One verb on one member: the form's token, the proof, the verb, the answer.
async fn change(
    request: &HttpRequest,
    state: &State,
    member: &mut Member,
    id: &str,
    form: &KeptForm<ChangeForm>,
    done: &str,
    mut verb: impl FnMut(&mut Tx<'_>, MemberId) -> Result<(), MemberError> + Send + 'static,
) -> Result<HttpResponse, MemberFault> {
    member.check_form(&form.form.form_token)?;
    let Ok(id) = id.parse::<MemberId>() else {
        return Ok(not_found(request));
    };
    member.check_fresh(request, state, Proof::of(form)).await?;
    let w = &Shell::open(request).t.members;
    let changed = state
        .database
        .write(
            "change a member",
            Scope::Tenant(member.tenant_id()),
            move |tx| verb(tx, id),
        )
        .await;
    match changed {
        Ok(()) => Ok(see_other(&format!("/admin/members?done={done}"))),
        Err(MemberError::NotFound) => Ok(not_found(request)),
        Err(MemberError::LastOwner) => refuse(request, state, member, w.last_owner).await,
        Err(MemberError::Oneself) => refuse(request, state, member, w.oneself).await,
        Err(MemberError::Db(fault)) => Err(fault.into()),
    }
}

async fn refuse(
    request: &HttpRequest,
    state: &State,
    member: &Member,
    sentence: &'static str,
) -> Result<HttpResponse, MemberFault> {
    let said = (None, Some(sentence));
    render(
        request,
        state,
        member,
        StatusCode::CONFLICT,
        said,
        Invited::default(),
    )
    .await
}

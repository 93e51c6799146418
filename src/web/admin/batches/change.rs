//! What members do with a batch.

use actix_web::{HttpRequest, HttpResponse, web};
use serde::Deserialize;

use crate::audit::By;
use crate::basics::{BatchId, Fen, TenantId, Timestamp};
use crate::batches::{self, ApproveError, Batch};
use crate::db::{Scope, Tx};
use crate::web::State;
use crate::web::guard::{Member, MemberFault};
use crate::web::page::{not_found, see_other};

/// The form of a button. The approval carries what was shown.
#[derive(Deserialize)]
pub(in crate::web) struct ChangeForm {
    form_token: String,
    #[serde(default)]
    lines: i64,
    #[serde(default)]
    fen: i64,
}

/// `POST /admin/batches/{id}/approve`
pub(in crate::web) async fn approve(
    request: HttpRequest,
    state: web::Data<State>,
    member: Member,
    path: web::Path<String>,
    form: web::Form<ChangeForm>,
) -> Result<HttpResponse, MemberFault> {
    let shown = (form.lines, Fen::new(form.fen));
    let verb = move |tx: &mut Tx<'_>, tenant, id, by: &By, now| {
        batches::approve(tx, tenant, id, shown, by, now)
    };
    let answer = change(&request, &state, &member, &path, &form, "approved", verb).await?;
    state.engine.wake();
    Ok(answer)
}

/// `POST /admin/batches/{id}/pause`
pub(in crate::web) async fn pause(
    request: HttpRequest,
    state: web::Data<State>,
    member: Member,
    path: web::Path<String>,
    form: web::Form<ChangeForm>,
) -> Result<HttpResponse, MemberFault> {
    change(
        &request,
        &state,
        &member,
        &path,
        &form,
        "paused",
        batches::pause,
    )
    .await
}

/// `POST /admin/batches/{id}/resume`
pub(in crate::web) async fn resume(
    request: HttpRequest,
    state: web::Data<State>,
    member: Member,
    path: web::Path<String>,
    form: web::Form<ChangeForm>,
) -> Result<HttpResponse, MemberFault> {
    change(
        &request,
        &state,
        &member,
        &path,
        &form,
        "resumed",
        batches::resume,
    )
    .await
}

/// `POST /admin/batches/{id}/discard`
pub(in crate::web) async fn discard(
    request: HttpRequest,
    state: web::Data<State>,
    member: Member,
    path: web::Path<String>,
    form: web::Form<ChangeForm>,
) -> Result<HttpResponse, MemberFault> {
    change(
        &request,
        &state,
        &member,
        &path,
        &form,
        "discarded",
        batches::discard,
    )
    .await
}

async fn change<V>(
    request: &HttpRequest,
    state: &State,
    member: &Member,
    path: &str,
    form: &ChangeForm,
    done: &str,
    verb: V,
) -> Result<HttpResponse, MemberFault>
where
    V: Fn(&mut Tx<'_>, TenantId, BatchId, &By, Timestamp) -> Result<Batch, ApproveError>
        + Send
        + 'static,
{
    member.check_form(&form.form_token)?;
    member.check_handles_money()?;
    let Ok(id) = path.parse::<BatchId>() else {
        return Ok(not_found(request));
    };
    let (tenant, by, now) = (member.tenant_id(), member.by(), state.clock.now());
    let changed = state
        .database
        .write("change a batch", Scope::Tenant(tenant), move |tx| {
            verb(tx, tenant, id, &by, now)
        })
        .await;
    let done = match changed {
        Ok(_) => done,
        Err(ApproveError::NotFound) => return Ok(not_found(request)),
        Err(ApproveError::NotNow(_) | ApproveError::NothingToPay) => "not_now",
        Err(ApproveError::Changed) => "changed",
        Err(ApproveError::NotAPerson) => return Err(MemberFault::Role(member.who.role)),
        Err(ApproveError::Db(fault)) => return Err(fault.into()),
    };
    Ok(see_other(&format!("/admin/batches/{id}?done={done}")))
}

//! Ending one's own sessions elsewhere.

use actix_web::{HttpRequest, HttpResponse, web};
use serde::Deserialize;

use crate::basics::SessionId;
use crate::db::Scope;
use crate::people::account::{end_other_sessions, end_own_session};
use crate::web::State;
use crate::web::guard::{Member, MemberFault};
use crate::web::page::{not_found, see_other};

#[derive(Deserialize)]
pub(in crate::web) struct TokenForm {
    #[serde(default)]
    pub(super) form_token: String,
}

/// `POST /admin/account/sessions/{id}/end`
pub(in crate::web) async fn end(
    request: HttpRequest,
    state: web::Data<State>,
    member: Member,
    path: web::Path<String>,
    form: web::Form<TokenForm>,
) -> Result<HttpResponse, MemberFault> {
    member.check_form(&form.form_token)?;
    let Ok(session) = path.parse::<SessionId>() else {
        return Ok(not_found(&request));
    };
    let (who, by, now) = (member.who.clone(), member.by(), state.clock.now());
    let ended = state
        .database
        .write("end a session", Scope::AcrossTenants, move |tx| {
            end_own_session(tx, &who, session, &by, now)
        })
        .await?;
    if !ended {
        return Ok(not_found(&request));
    }
    Ok(see_other("/admin/account?done=session"))
}

/// `POST /admin/account/end-other-sessions`
pub(in crate::web) async fn end_others(
    state: web::Data<State>,
    member: Member,
    form: web::Form<TokenForm>,
) -> Result<HttpResponse, MemberFault> {
    member.check_form(&form.form_token)?;
    let (who, by, now) = (member.who.clone(), member.by(), state.clock.now());
    state
        .database
        .write("end other sessions", Scope::AcrossTenants, move |tx| {
            end_other_sessions(tx, &who, &by, now)
        })
        .await?;
    Ok(see_other("/admin/account?done=others"))
}

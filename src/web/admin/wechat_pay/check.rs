//! 一键检测, of the settings in force and of a certificate that waits.

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, web};
use serde::Deserialize;

use super::done::{self, Done};
use super::show::{Refused, Why, render};
use crate::basics::CertificateId;
use crate::db::{DbFault, Scope};
use crate::engine::{self, CheckError};
use crate::web::State;
use crate::web::guard::{Member, MemberFault};
use crate::web::page::{not_found, see_other};

/// The form of a button that only carries its token.
#[derive(Deserialize)]
pub(in crate::web) struct CheckForm {
    form_token: String,
}

/// `POST /admin/wechat-pay/check`
pub(in crate::web) async fn check(
    request: HttpRequest,
    state: web::Data<State>,
    member: Member,
    form: web::Form<CheckForm>,
) -> Result<HttpResponse, MemberFault> {
    run(&request, &state, &member, &form.form_token, None).await
}

/// `POST /admin/wechat-pay/certificates/{id}/check`
pub(in crate::web) async fn check_certificate(
    request: HttpRequest,
    state: web::Data<State>,
    member: Member,
    path: web::Path<String>,
    form: web::Form<CheckForm>,
) -> Result<HttpResponse, MemberFault> {
    let Ok(id) = path.parse() else {
        return Ok(not_found(&request));
    };
    run(&request, &state, &member, &form.form_token, Some(id)).await
}

async fn run(
    request: &HttpRequest,
    state: &State,
    member: &Member,
    form_token: &str,
    certificate: Option<CertificateId>,
) -> Result<HttpResponse, MemberFault> {
    member.check_handles_money()?;
    member.check_form(form_token)?;
    let (tenant, by, now) = (member.tenant_id(), member.by(), state.clock.now());
    if !state.checks.take(tenant, now) {
        let refused = Refused::because(StatusCode::TOO_MANY_REQUESTS, Why::TooOften);
        return render(request, state, member, refused).await;
    }
    let report = match state.engine.check(tenant, certificate).await {
        Ok(report) => report,
        Err(CheckError::NoSuchCertificate) => return Ok(not_found(request)),
        Err(CheckError::Db(fault)) => return Err(fault.into()),
    };
    let is_going_on = state
        .database
        .write(
            "note a check",
            Scope::Tenant(tenant),
            move |tx| -> Result<_, DbFault> { engine::note_check(tx, tenant, &report, &by, now) },
        )
        .await?;
    state.engine.wake();
    let done: &[Done] = if is_going_on { &[Done::GoingOn] } else { &[] };
    let place = certificate.map_or_else(|| "check".to_owned(), |id| format!("certificate-{id}"));
    Ok(see_other(&format!("{}#{place}", done::address(done))))
}

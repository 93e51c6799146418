//! 启用, 换回 and 移除 of a stored certificate.

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, web};
use serde::Deserialize;

use super::done::{self, Done};
use super::show::{Refused, Why, render};
use crate::basics::CertificateId;
use crate::channels::{self, ActivateError, DiscardError};
use crate::db::Scope;
use crate::engine;
use crate::web::State;
use crate::web::guard::{KeptForm, Member, MemberFault, Proof};
use crate::web::page::{not_found, see_other};

/// The form of a button at a certificate.
#[derive(Deserialize)]
pub(in crate::web) struct CertificateForm {
    form_token: String,
    seen_version: i64,
}

/// `POST /admin/wechat-pay/certificates/{id}/activate`
pub(in crate::web) async fn activate(
    request: HttpRequest,
    state: web::Data<State>,
    mut member: Member,
    path: web::Path<String>,
    form: KeptForm<CertificateForm>,
) -> Result<HttpResponse, MemberFault> {
    member.check_handles_money()?;
    member.check_form(&form.form.form_token)?;
    let Ok(id) = path.parse::<CertificateId>() else {
        return Ok(not_found(&request));
    };
    member
        .check_fresh(&request, &state, Proof::of(&form))
        .await?;
    let (tenant, by, now) = (member.tenant_id(), member.by(), state.clock.now());
    let seen = form.form.seen_version;
    let activated = state
        .database
        .write("use a certificate", Scope::Tenant(tenant), move |tx| {
            channels::activate(tx, tenant, id, seen, &by, now)?;
            Ok::<_, ActivateError>(engine::settings_mended(tx, tenant, &by, now)?)
        })
        .await;
    let refused = match activated {
        Ok(is_going_on) => {
            state.engine.wake();
            let mut done = vec![Done::Activated];
            if is_going_on {
                done.push(Done::GoingOn);
            }
            return Ok(see_other(&done::address(&done)));
        }
        Err(ActivateError::NotFound) => return Ok(not_found(&request)),
        Err(ActivateError::Changed) => Refused::because(StatusCode::CONFLICT, Why::StaleButton),
        Err(ActivateError::NotProved) => Refused::because(StatusCode::CONFLICT, Why::NotProved),
        Err(ActivateError::NotValid) => Refused::because(StatusCode::CONFLICT, Why::NotValidToday),
        Err(ActivateError::Db(fault)) => return Err(fault.into()),
    };
    render(&request, &state, &member, refused).await
}

/// `POST /admin/wechat-pay/certificates/{id}/discard`
pub(in crate::web) async fn discard(
    request: HttpRequest,
    state: web::Data<State>,
    member: Member,
    path: web::Path<String>,
    form: web::Form<CertificateForm>,
) -> Result<HttpResponse, MemberFault> {
    member.check_handles_money()?;
    member.check_form(&form.form_token)?;
    let Ok(id) = path.parse::<CertificateId>() else {
        return Ok(not_found(&request));
    };
    let (tenant, by, now) = (member.tenant_id(), member.by(), state.clock.now());
    let discarded = state
        .database
        .write("discard a certificate", Scope::Tenant(tenant), move |tx| {
            channels::discard(tx, tenant, id, &by, now)
        })
        .await;
    match discarded {
        Ok(()) => Ok(see_other(&done::address(&[Done::Discarded]))),
        Err(DiscardError::NotFound) => Ok(not_found(&request)),
        Err(DiscardError::InUse) => {
            let refused = Refused::because(StatusCode::CONFLICT, Why::StaysInUse);
            render(&request, &state, &member, refused).await
        }
        Err(DiscardError::Db(fault)) => Err(fault.into()),
    }
}

//! Uploading a table: read, checked, kept.

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, web};

use super::list::render;
use crate::basics::Done;
use crate::batches::{self, MOST_BYTES, TakeError};
use crate::db::Scope;
use crate::limits;
use crate::web::State;
use crate::web::form_body::{self, FormFault, FormLimits};
use crate::web::guard::{Member, MemberFault};
use crate::web::page::see_other;
use crate::web::text::Tongue;

/// The file, and the form around it.
const LIMITS: FormLimits = FormLimits {
    bytes: MOST_BYTES + 64 * 1024,
    parts: 16,
};

/// `POST /admin/batches`
pub(in crate::web) async fn upload(
    request: HttpRequest,
    state: web::Data<State>,
    member: Member,
    payload: web::Payload,
) -> Result<HttpResponse, MemberFault> {
    member.check_handles_money()?;
    let w = &Tongue::of(&request).text().batches;
    let refuse =
        |status, sentence: String| render(&request, &state, &member, status, None, Some(sentence));
    let form = match form_body::read(&request, payload, LIMITS).await {
        Ok(form) => form,
        Err(FormFault::TooLarge) => {
            return refuse(StatusCode::PAYLOAD_TOO_LARGE, w.too_large.to_owned()).await;
        }
        Err(FormFault::NotAForm | FormFault::Unreadable) => {
            return refuse(StatusCode::BAD_REQUEST, w.malformed.to_owned()).await;
        }
    };
    member.check_form(form.text("form_token"))?;
    let Some(file) = form.into_files("file").pop() else {
        return refuse(StatusCode::UNPROCESSABLE_ENTITY, w.no_file.to_owned()).await;
    };
    // reading a table takes its time, and not that of other requests
    let read = web::block(move || {
        let read = batches::read(&file.bytes);
        (file, read)
    })
    .await
    .map_err(|_| MemberFault::Unavailable)?;
    let (file, raw) = match read {
        (file, Ok(raw)) => (file, raw),
        (_, Err(fault)) => {
            return refuse(StatusCode::UNPROCESSABLE_ENTITY, (w.file_faults)(fault)).await;
        }
    };
    // some browsers send a whole path
    let name = file
        .name
        .rsplit(['/', '\\'])
        .next()
        .unwrap_or_default()
        .to_owned();
    let (tenant, by, now) = (member.tenant_id(), member.by(), state.clock.now());
    let taken = state
        .database
        .write("take a batch", Scope::Tenant(tenant), move |tx| {
            let policy = limits::load_policy(tx, tenant)?;
            batches::take(tx, tenant, &name, &file.bytes, &raw, &policy, &by, now)
        })
        .await;
    match taken {
        Ok(Done::Now(batch)) => Ok(see_other(&format!("/admin/batches/{}", batch.id))),
        Ok(Done::Already(batch)) => Ok(see_other(&format!(
            "/admin/batches/{}?done=already",
            batch.id
        ))),
        Err(TakeError::TooLarge) => {
            let fault = (w.faults)(batches::LineFault::TooLarge).to_owned();
            refuse(StatusCode::UNPROCESSABLE_ENTITY, fault).await
        }
        Err(TakeError::NotAPerson) => Err(MemberFault::Role(member.who.role)),
        Err(TakeError::Db(fault)) => Err(fault.into()),
    }
}

//! `POST /admin/payouts/{id}/retry`: 立即重试.

use actix_web::{HttpRequest, HttpResponse, web};

use super::did::Did;
use super::refuse::refuse;
use crate::basics::{Done, PayoutId};
use crate::db::Scope;
use crate::payouts;
use crate::web::State;
use crate::web::admin::fields::Fields;
use crate::web::guard::{Member, MemberFault};
use crate::web::page::{self, see_other};
use crate::web::refusal::Refuse as _;
use crate::web::text::Tongue;

/// `POST /admin/payouts/{id}/retry`
pub(in crate::web) async fn hurry(
    request: HttpRequest,
    state: web::Data<State>,
    member: Member,
    path: web::Path<String>,
    fields: Fields,
) -> Result<HttpResponse, MemberFault> {
    member.check_form(fields.text("form_token"))?;
    let Ok(id) = path.parse::<PayoutId>() else {
        return Ok(page::not_found(&request));
    };
    let (tenant, by, now) = (member.tenant_id(), member.by(), state.clock.now());
    let done = state
        .database
        .write("try a payout now", Scope::Tenant(tenant), move |tx| {
            payouts::hurry(tx, tenant, id, &by, now)
        })
        .await;
    let back = format!("/admin/payouts/{id}");
    match done {
        Ok(Done::Now(_)) => {
            state.engine.wake();
            Ok(see_other(&Did::Hurried.at(&back)))
        }
        Ok(Done::Already(_)) => Ok(see_other(&Did::Already.at(&back))),
        Err(error) => refuse(
            &request,
            &member,
            error.no(Tongue::of(&request).text()),
            &back,
        ),
    }
}

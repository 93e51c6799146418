//! `POST /admin/payouts/{id}/decide`: one person's word on a payout that WeChat Pay no longer answers for.

use actix_web::{HttpRequest, HttpResponse, web};

use super::did::Did;
use super::refuse::refuse;
use crate::basics::PayoutId;
use crate::db::Scope;
use crate::payouts::{self, Verdict};
use crate::web::State;
use crate::web::admin::fields::Fields;
use crate::web::guard::{Member, MemberFault, Proof};
use crate::web::page::{self, see_other};
use crate::web::refusal::Refuse as _;
use crate::web::text::Tongue;

/// What the form says, when it says one of the two things.
fn verdict(fields: &Fields) -> Option<Verdict> {
    match fields.get("verdict")? {
        "paid" => Some(Verdict::Paid {
            payment_no: fields.get("payment_no").unwrap_or_default().to_owned(),
        }),
        "not_paid" => Some(Verdict::NotPaid),
        _ => None,
    }
}

/// `POST /admin/payouts/{id}/decide`
pub(in crate::web) async fn decide(
    request: HttpRequest,
    state: web::Data<State>,
    mut member: Member,
    path: web::Path<String>,
    fields: Fields,
) -> Result<HttpResponse, MemberFault> {
    member.check_form(fields.text("form_token"))?;
    let Ok(id) = path.parse::<PayoutId>() else {
        return Ok(page::not_found(&request));
    };
    let t = Tongue::of(&request).text();
    let back = format!("/admin/payouts/{id}");
    let Some(verdict) = verdict(&fields) else {
        let no = payouts::DecideError::NoEvidence.no(t);
        return refuse(&request, &member, no, &back);
    };
    let proof = Proof::of_fields(fields.pairs());
    member.check_fresh(&request, &state, proof).await?;
    let (tenant, by, now) = (member.tenant_id(), member.by(), state.clock.now());
    let evidence = fields.text("evidence").to_owned();
    let decided = state
        .database
        .write("decide a payout", Scope::Tenant(tenant), move |tx| {
            payouts::decide(tx, tenant, id, &verdict, &evidence, &by, now)
        })
        .await;
    match decided {
        Ok(payout) if payout.status.is_final() => Ok(see_other(&Did::Decided.at(&back))),
        Ok(_) => Ok(see_other(&Did::Said.at(&back))),
        Err(error) => refuse(&request, &member, error.no(t), &back),
    }
}

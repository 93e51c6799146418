//! `POST /admin/findings/{id}/resolve`: somebody has looked into a difference.

use actix_web::{HttpRequest, HttpResponse, web};

use crate::basics::FindingId;
use crate::db::Scope;
use crate::findings;
use crate::web::State;
use crate::web::admin::fields::Fields;
use crate::web::guard::{Member, MemberFault};
use crate::web::page::{self, Refusal, see_other};
use crate::web::refusal::{No, Refuse as _};
use crate::web::text::Tongue;

/// `POST /admin/findings/{id}/resolve`
pub(in crate::web) async fn resolve(
    request: HttpRequest,
    state: web::Data<State>,
    member: Member,
    path: web::Path<String>,
    fields: Fields,
) -> Result<HttpResponse, MemberFault> {
    member.check_form(fields.text("form_token"))?;
    let Ok(id) = path.parse::<FindingId>() else {
        return Ok(page::not_found(&request));
    };
    let (tenant, by, now) = (member.tenant_id(), member.by(), state.clock.now());
    let resolution = fields.text("resolution").to_owned();
    let resolved = state
        .database
        .write("resolve a finding", Scope::Tenant(tenant), move |tx| {
            findings::resolve(tx, tenant, id, &resolution, &by, now)
        })
        .await;
    let t = Tongue::of(&request).text();
    match resolved.map_err(|error| error.no(t)) {
        Ok(()) => Ok(see_other("/admin/findings?did=resolved")),
        Err(No::NotFound) => Ok(page::not_found(&request)),
        Err(No::Fault(fault)) => Err(fault),
        Err(No::Rules(status, sentence)) => {
            let refusal = Refusal {
                title: t.payouts.refused_title,
                sentence: &sentence,
                next: "",
                back: "/admin/findings",
                back_label: t.findings.back,
            };
            Ok(page::refused(&request, &member, status, &refusal))
        }
    }
}

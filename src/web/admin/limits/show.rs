//! `GET /admin/limits`

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, web};

use super::form::Form;
use super::page::{Banner, LimitsPage, find};
use crate::db::{DbFault, Scope};
use crate::limits::Preset;
use crate::web::State;
use crate::web::admin::fields::Fields;
use crate::web::guard::{Member, MemberFault};
use crate::web::page::html;

/// `GET /admin/limits`, perhaps with the numbers of a preset filled in and not saved.
pub(in crate::web) async fn show(
    request: HttpRequest,
    state: web::Data<State>,
    member: Member,
) -> Result<HttpResponse, MemberFault> {
    let fields = Fields::of_query(&request);
    let (tenant, now) = (member.tenant_id(), state.clock.now());
    let found = state
        .database
        .read(
            "the page of limits",
            Scope::Tenant(tenant),
            move |tx| -> Result<_, DbFault> { find(tx, tenant, now) },
        )
        .await?;
    let preset = fields.get("preset").and_then(Preset::parse);
    let own = found.policy.own;
    let shown = preset.map_or(own, |preset| preset.put_into(own));
    let banner = match fields.get("did") {
        _ if shown != own => Banner::NotSavedYet,
        Some("saved") => Banner::Saved,
        Some("unchanged") => Banner::Unchanged,
        Some(_) | None => Banner::Nothing,
    };
    let form = Form::of(&shown, &found.policy);
    let page = LimitsPage::of(&request, &member, &found, &form, banner, None);
    Ok(html(StatusCode::OK, &page))
}

//! `POST /admin/limits`: saving the limits, or looking first at what they would have done.

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, web};

use super::form::Form;
use super::page::{Banner, LimitsPage, find};
use crate::db::{DbFault, Scope};
use crate::limits::{self, ChangeError, LimitName, Limits, Policy};
use crate::reports::limit_effect::{self, Effect};
use crate::web::State;
use crate::web::admin::fields::Fields;
use crate::web::guard::{Member, MemberFault, Proof};
use crate::web::page::{html, see_other};
use crate::web::text::Tongue;

/// `POST /admin/limits`
pub(in crate::web) async fn save(
    request: HttpRequest,
    state: web::Data<State>,
    mut member: Member,
    fields: Fields,
) -> Result<HttpResponse, MemberFault> {
    member.check_form(fields.text("form_token"))?;
    let t = Tongue::of(&request).text();
    let (mut form, wanted) = Form::read(&fields, &t.limits);
    let is_wrong = !form.errors.is_empty();
    let before = policy(&state, &member).await?;
    let saves = fields.get("deed") != Some("preview") && !is_wrong;
    if saves && wanted.let_more_through_than(&before.own) {
        let proof = Proof::of_fields(fields.pairs());
        member.check_fresh(&request, &state, proof).await?;
    }
    let desk = Desk {
        request: &request,
        state: &state,
        member: &member,
    };
    if is_wrong {
        return desk.show(&form, Banner::Wrong, None).await;
    }
    if !saves {
        return desk.show(&form, Banner::NotSavedYet, Some(wanted)).await;
    }
    let (tenant, by, now) = (member.tenant_id(), member.by(), state.clock.now());
    let change = form.change(&wanted);
    let changed = state
        .database
        .write("change limits", Scope::Tenant(tenant), move |tx| {
            limits::change(tx, tenant, &change, &by, now)
        })
        .await;
    match changed {
        Ok(after) if after.version == before.version => {
            Ok(see_other("/admin/limits?did=unchanged"))
        }
        Ok(_) => {
            state.engine.wake();
            Ok(see_other("/admin/limits?did=saved"))
        }
        Err(ChangeError::Changed) => {
            form.version = policy(&state, &member).await?.version;
            desk.show(&form, Banner::Stale, None).await
        }
        Err(ChangeError::MinAboveMax { .. }) => {
            for name in [LimitName::TransferMin, LimitName::TransferMax] {
                form.errors.insert(name, t.limits.wrong_min_max.to_owned());
            }
            desk.show(&form, Banner::Wrong, None).await
        }
        Err(ChangeError::Negative(name)) => {
            form.errors.insert(name, t.limits.wrong_sign.to_owned());
            desk.show(&form, Banner::Wrong, None).await
        }
        Err(ChangeError::Db(fault)) => Err(fault.into()),
    }
}

async fn policy(state: &State, member: &Member) -> Result<Policy, DbFault> {
    let tenant = member.tenant_id();
    state
        .database
        .read("limits", Scope::Tenant(tenant), move |tx| {
            limits::load_policy(tx, tenant)
        })
        .await
}

struct Desk<'a> {
    request: &'a HttpRequest,
    state: &'a State,
    member: &'a Member,
}

impl Desk<'_> {
    /// The page with the form as it was filled in, and with the effect of the wanted limits when it is asked for.
    async fn show(
        &self,
        form: &Form,
        banner: Banner,
        wanted: Option<Limits>,
    ) -> Result<HttpResponse, MemberFault> {
        let (tenant, now) = (self.member.tenant_id(), self.state.clock.now());
        let (found, effect) = self
            .state
            .database
            .read(
                "the page of limits",
                Scope::Tenant(tenant),
                move |tx| -> Result<_, DbFault> {
                    let found = find(tx, tenant, now)?;
                    let effect = match wanted {
                        None => None,
                        Some(own) => {
                            let then = Policy {
                                own,
                                ..found.policy
                            };
                            let holds = &found.policy;
                            Some(limit_effect::effect(tx, tenant, holds, &then, now)?)
                        }
                    };
                    Ok((found, effect))
                },
            )
            .await?;
        let status = match banner {
            Banner::Wrong => StatusCode::UNPROCESSABLE_ENTITY,
            Banner::Stale => StatusCode::CONFLICT,
            Banner::Nothing | Banner::Saved | Banner::Unchanged | Banner::NotSavedYet => {
                StatusCode::OK
            }
        };
        let effect: Option<&Effect> = effect.as_ref();
        let page = LimitsPage::of(self.request, self.member, &found, form, banner, effect);
        Ok(html(status, &page))
    }
}

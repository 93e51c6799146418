//! `POST /admin/balance-filled`: 已充值,继续. A member has filled the merchant's account, and what waited for it goes on.

use actix_web::{HttpResponse, web};

use super::did::Did;
use crate::db::{DbFault, Scope};
use crate::engine;
use crate::web::State;
use crate::web::admin::fields::Fields;
use crate::web::guard::{Member, MemberFault};
use crate::web::page::see_other;

/// `POST /admin/balance-filled`
pub(in crate::web) async fn balance_filled(
    state: web::Data<State>,
    member: Member,
    fields: Fields,
) -> Result<HttpResponse, MemberFault> {
    member.check_form(fields.text("form_token"))?;
    let (tenant, by, now) = (member.tenant_id(), member.by(), state.clock.now());
    let opened = state
        .database
        .write(
            "the balance was filled",
            Scope::Tenant(tenant),
            move |tx| -> Result<_, DbFault> { engine::balance_filled(tx, tenant, &by, now) },
        )
        .await?;
    state.engine.wake();
    let did = if opened { Did::Opened } else { Did::NotClosed };
    Ok(see_other(&did.at("/admin/payouts")))
}

//! What a button of one payout does: who, what, one verb, one answer.

use actix_web::{HttpRequest, HttpResponse};

use super::did::Did;
use super::refuse::refuse;
use crate::audit::By;
use crate::basics::{Done, PayoutId, TenantId, Timestamp};
use crate::db::{DbFault, Scope, Tx};
use crate::payouts::Payout;
use crate::web::State;
use crate::web::admin::fields::Fields;
use crate::web::guard::{Member, MemberFault};
use crate::web::page::{self, see_other};
use crate::web::refusal::Refuse;
use crate::web::text::Tongue;

/// Does the verb to the payout of the path, and goes back to its page. `name` is the transaction's.
pub(super) async fn do_to_one<V, E>(
    (request, state, member): (&HttpRequest, &State, &Member),
    path: &str,
    fields: &Fields,
    (name, did): (&'static str, Did),
    verb: V,
) -> Result<HttpResponse, MemberFault>
where
    V: Fn(&mut Tx<'_>, TenantId, PayoutId, &By, Timestamp) -> Result<Done<Payout>, E>
        + Send
        + 'static,
    E: From<DbFault> + std::error::Error + Refuse + Send + 'static,
{
    member.check_form(fields.text("form_token"))?;
    let Ok(id) = path.parse::<PayoutId>() else {
        return Ok(page::not_found(request));
    };
    let (tenant, by, now) = (member.tenant_id(), member.by(), state.clock.now());
    let done = state
        .database
        .write(name, Scope::Tenant(tenant), move |tx| {
            verb(tx, tenant, id, &by, now)
        })
        .await;
    let back = format!("/admin/payouts/{id}");
    match done {
        Ok(Done::Now(_)) => {
            // what is due now is done now
            state.engine.wake();
            Ok(see_other(&did.at(&back)))
        }
        Ok(Done::Already(_)) => Ok(see_other(&Did::Already.at(&back))),
        Err(error) => refuse(request, member, error.no(Tongue::of(request).text()), &back),
    }
}

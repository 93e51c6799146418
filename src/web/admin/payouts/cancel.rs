//! `POST /admin/payouts/{id}/cancel`: somebody calls a payout off.

use actix_web::{HttpRequest, HttpResponse, web};

use super::deed::do_to_one;
use super::did::Did;
use crate::payouts;
use crate::web::State;
use crate::web::admin::fields::Fields;
use crate::web::guard::{Member, MemberFault};

/// `POST /admin/payouts/{id}/cancel`
pub(in crate::web) async fn cancel(
    request: HttpRequest,
    state: web::Data<State>,
    member: Member,
    path: web::Path<String>,
    fields: Fields,
) -> Result<HttpResponse, MemberFault> {
    let who = (&request, &**state, &member);
    let what = ("cancel a payout", Did::Cancelled);
    do_to_one(who, &path, &fields, what, payouts::cancel).await
}

//! `POST /admin/payouts/{id}/retry`: 立即重试.

use actix_web::{HttpRequest, HttpResponse, web};

use super::deed::do_to_one;
use super::did::Did;
use crate::payouts;
use crate::web::State;
use crate::web::admin::fields::Fields;
use crate::web::guard::{Member, MemberFault};

/// `POST /admin/payouts/{id}/retry`
pub(in crate::web) async fn hurry(
    request: HttpRequest,
    state: web::Data<State>,
    member: Member,
    path: web::Path<String>,
    fields: Fields,
) -> Result<HttpResponse, MemberFault> {
    let who = (&request, &**state, &member);
    let what = ("try a payout now", Did::Hurried);
    do_to_one(who, &path, &fields, what, payouts::hurry).await
}

//! `POST /admin/payouts/{id}/inquire`: 立即查询.

use actix_web::{HttpRequest, HttpResponse, web};

use super::deed::do_to_one;
use super::did::Did;
use crate::payouts;
use crate::web::State;
use crate::web::admin::fields::Fields;
use crate::web::guard::{Member, MemberFault};

/// `POST /admin/payouts/{id}/inquire`
pub(in crate::web) async fn ask_now(
    request: HttpRequest,
    state: web::Data<State>,
    member: Member,
    path: web::Path<String>,
    fields: Fields,
) -> Result<HttpResponse, MemberFault> {
    let who = (&request, &**state, &member);
    let what = ("ask about a payout now", Did::Asked);
    do_to_one(who, &path, &fields, what, payouts::ask_now).await
}

//! The pages on which a verb says no.

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse};

use crate::web::guard::{Member, MemberFault};
use crate::web::page::{self, Refusal};
use crate::web::refusal::No;
use crate::web::text::Tongue;

/// The answer to a no, with the way back to `path`.
pub(super) fn refuse(
    request: &HttpRequest,
    member: &Member,
    no: No,
    path: &str,
) -> Result<HttpResponse, MemberFault> {
    let t = &Tongue::of(request).text().payouts;
    match no {
        No::NotFound => Ok(page::not_found(request)),
        No::Fault(fault) => Err(fault),
        No::Rules(status, sentence) => {
            let refusal = Refusal {
                title: t.refused_title,
                sentence: &sentence,
                next: t.refused_next,
                back: path,
                back_label: t.to_payout,
            };
            Ok(page::refused(request, member, status, &refusal))
        }
    }
}

/// What was looked at is not what is there.
pub(super) fn changed(request: &HttpRequest, member: &Member) -> HttpResponse {
    let t = &Tongue::of(request).text().payouts;
    let refusal = Refusal {
        title: t.changed_title,
        sentence: t.changed,
        next: t.changed_next,
        back: "/admin/payouts?status=in_review",
        back_label: t.back,
    };
    page::refused(request, member, StatusCode::CONFLICT, &refusal)
}

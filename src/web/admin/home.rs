//! The first page of a member.

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse};
use askama::Template;

use crate::web::guard::{Member, MemberFault};
use crate::web::page::{Shell, html};

#[derive(Template)]
#[template(path = "admin/home.html")]
struct HomePage {
    s: Shell,
}

/// `GET /admin`
pub(in crate::web) async fn show(
    request: HttpRequest,
    member: Member,
) -> Result<HttpResponse, MemberFault> {
    Ok(html(
        StatusCode::OK,
        &HomePage {
            s: Shell::of(&request, &member),
        },
    ))
}

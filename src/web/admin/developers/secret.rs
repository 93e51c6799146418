//! The page that shows a secret, for the only time. It answers the form itself: a secret stands in no address and in no list.

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse};
use askama::Template;

use crate::basics::Secret;
use crate::web::guard::Member;
use crate::web::page::{Shell, html};
use crate::web::text::Developers;

/// What is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// A storefront's key.
    Key,
    /// An endpoint's first secret.
    Secret,
    /// A secret that another one still holds beside.
    Rotated,
}

#[derive(Template)]
#[template(path = "admin/developers/secret.html")]
struct SecretPage<'a> {
    s: Shell,
    w: &'static Developers,
    is_key: bool,
    is_rotated: bool,
    secret: &'a str,
    back: String,
}

/// The page.
pub(super) fn shown_once(
    request: &HttpRequest,
    member: &Member,
    kind: Kind,
    secret: &Secret<String>,
    back: String,
) -> HttpResponse {
    let s = Shell::of(request, member);
    let page = SecretPage {
        w: &s.t.developers,
        is_key: kind == Kind::Key,
        is_rotated: kind == Kind::Rotated,
        secret: secret.expose(),
        back,
        s,
    };
    html(StatusCode::OK, &page)
}

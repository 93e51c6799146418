//! Pages: what every one of them has, and how one is sent.

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse};
use askama::Template;

use super::assets::Assets;
use super::guard::{Member, MemberFault, request_id};
use super::text::{Text, Tongue};

/// What the frame of every page needs.
pub(super) struct Shell {
    /// The words in the reader's language.
    pub(super) t: &'static Text,
    /// The reader's language.
    pub(super) tongue: Tongue,
    /// The addresses of style sheet and pictures.
    pub(super) assets: &'static Assets,
    /// The path of this page, for the language switch.
    pub(super) path: String,
    /// Who is signed in, when somebody is.
    pub(super) member: Option<MemberShell>,
}

/// What the frame shows of a member.
pub(super) struct MemberShell {
    /// The tenant's name.
    pub(super) tenant_name: String,
    /// The member's address.
    pub(super) email: String,
    /// The token of the sign-out form.
    pub(super) form_token: String,
}

impl Shell {
    /// The frame of a page that anyone may see.
    pub(super) fn open(request: &HttpRequest) -> Self {
        let tongue = Tongue::of(request);
        Self {
            t: tongue.text(),
            tongue,
            assets: Assets::get(),
            path: request.path().to_owned(),
            member: None,
        }
    }

    /// The frame of a member's page.
    pub(super) fn of(request: &HttpRequest, member: &Member) -> Self {
        Self {
            member: Some(MemberShell {
                tenant_name: member.tenant.name.clone(),
                email: member.who.email.to_string(),
                form_token: member.form_token.as_str().to_owned(),
            }),
            ..Self::open(request)
        }
    }

    /// The class of a menu entry: whether this page is under it.
    pub(super) fn menu(&self, path: &str) -> &'static str {
        if self.path == path || self.path.starts_with(&format!("{path}/")) {
            "here"
        } else {
            ""
        }
    }
}

/// Sends a page.
pub(super) fn html(status: StatusCode, page: &impl Template) -> HttpResponse {
    match page.render() {
        Ok(text) => HttpResponse::build(status)
            .content_type("text/html; charset=utf-8")
            .body(text),
        Err(error) => {
            tracing::error!(%error, "a page could not be rendered");
            HttpResponse::InternalServerError()
                .content_type("text/plain; charset=utf-8")
                .body(format!("500 · {}", request_id()))
        }
    }
}

/// Sends the browser to another page, after something was done.
pub(super) fn see_other(path: &str) -> HttpResponse {
    HttpResponse::SeeOther()
        .insert_header(("Location", path))
        .finish()
}

#[derive(Template)]
#[template(path = "fault.html")]
struct FaultPage {
    s: Shell,
    title: &'static str,
    sentence: &'static str,
    next: &'static str,
    request_id: String,
}

/// The page of a request that the members' guard refused. Its error has no request at hand, so it speaks Chinese, like most who
/// read it; the English is below it.
pub(super) fn fault(fault: &MemberFault) -> HttpResponse {
    use actix_web::ResponseError as _;
    let s = Shell {
        t: Tongue::Chinese.text(),
        tongue: Tongue::Chinese,
        assets: Assets::get(),
        path: String::new(),
        member: None,
    };
    let words = &s.t.fault;
    let (title, sentence, next) = match fault {
        MemberFault::SignedOut | MemberFault::Forged | MemberFault::TwoCookies => {
            (words.forged_title, words.forged, words.forged_next)
        }
        MemberFault::Role(_) => (words.role_title, words.role, words.role_next),
        MemberFault::Unavailable => (
            words.unavailable_title,
            words.unavailable,
            words.unavailable_next,
        ),
    };
    html(
        fault.status_code(),
        &FaultPage {
            s,
            title,
            sentence,
            next,
            request_id: request_id(),
        },
    )
}

/// The page of an address that leads nowhere.
pub(super) fn not_found(request: &HttpRequest) -> HttpResponse {
    let s = Shell::open(request);
    let words = &s.t.fault;
    let (title, sentence, next) = (words.not_found_title, words.not_found, words.not_found_next);
    html(
        StatusCode::NOT_FOUND,
        &FaultPage {
            s,
            title,
            sentence,
            next,
            request_id: request_id(),
        },
    )
}

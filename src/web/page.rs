//! Pages: what every one of them has, and how one is sent.

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse};
use askama::Template;

use super::assets::Assets;
use super::guard::{Member, MemberFault, Reader, reader, request_id};
use super::text::{Text, Tongue};
use super::theme::Theme;

/// What the frame of every page needs.
pub(super) struct Shell {
    /// The words in the reader's language.
    pub(super) t: &'static Text,
    /// The reader's language.
    pub(super) tongue: Tongue,
    /// Light, dark, or as the reader's system has it.
    pub(super) theme: Theme,
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
            theme: Theme::of(request),
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

    /// The token that forms carry; nobody is signed in without one.
    pub(super) fn form_token(&self) -> &str {
        self.member
            .as_ref()
            .map_or("", |member| member.form_token.as_str())
    }

    /// The frame of a page that answers a form: the switches of language and theme lead to a page that can be opened again.
    pub(super) fn with_path(self, path: &str) -> Self {
        Self {
            path: path.to_owned(),
            ..self
        }
    }

    /// A picture out of the sprite, for the eye only: words stand beside it. The name is ours, never a visitor's.
    pub(super) fn icon(&self, name: &str) -> String {
        format!(
            "<svg class=\"icon\" aria-hidden=\"true\"><use href=\"{}#{name}\"></use></svg>",
            self.assets.url("icons.svg")
        )
    }

    /// The menu, with where the reader is.
    pub(super) fn menu(&self) -> Vec<MenuEntry> {
        let inside = |path: &str| {
            self.path == path || (path != "/admin" && self.path.starts_with(&format!("{path}/")))
        };
        menu::ENTRIES
            .iter()
            .map(|(path, icon, label)| MenuEntry {
                path,
                icon,
                label: label(&self.t.frame),
                is_here: inside(path),
            })
            .collect()
    }
}

/// One line of the menu.
pub(super) struct MenuEntry {
    /// Where it leads.
    pub(super) path: &'static str,
    /// Its picture in the sprite.
    pub(super) icon: &'static str,
    /// Its words.
    pub(super) label: &'static str,
    /// Whether the reader is there.
    pub(super) is_here: bool,
}

mod menu {
    //! What the members' menu holds, in order: daily work first, settings last.

    use crate::web::text::Frame;

    type Entry = (&'static str, &'static str, fn(&Frame) -> &'static str);

    pub(super) const ENTRIES: &[Entry] = &[
        ("/admin", "home", |t| t.home),
        ("/admin/payouts", "payouts", |t| t.payouts),
        ("/admin/batches", "batch", |t| t.batches),
        ("/admin/commissions", "commissions", |t| t.commissions),
        ("/admin/findings", "reconcile", |t| t.findings),
        ("/admin/limits", "limits", |t| t.limits),
        ("/admin/wechat-pay", "wechat", |t| t.wechat_pay),
        ("/admin/developers", "developers", |t| t.developers),
        ("/admin/members", "members", |t| t.members),
        ("/admin/log", "log", |t| t.log),
    ];
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

/// The page of a request that the members' guard refused, in the reader's language.
pub(super) fn fault(fault: &MemberFault) -> HttpResponse {
    use actix_web::ResponseError as _;
    let Reader {
        tongue,
        theme,
        path,
    } = reader();
    let s = Shell {
        t: tongue.text(),
        tongue,
        theme,
        assets: Assets::get(),
        path,
        member: None,
    };
    let words = &s.t.fault;
    let (title, sentence, next) = match fault {
        MemberFault::SignedOut
        | MemberFault::Forged
        | MemberFault::NotFresh(_)
        | MemberFault::TwoCookies => (words.forged_title, words.forged, words.forged_next),
        MemberFault::Role(_) => (words.role_title, words.role, words.role_next),
        MemberFault::Busy | MemberFault::Unavailable => (
            words.unavailable_title,
            words.unavailable,
            words.unavailable_next,
        ),
        MemberFault::Broken => (words.broken_title, words.broken, words.broken_next),
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

#[derive(Template)]
#[template(path = "refusal.html")]
struct RefusalPage<'a> {
    s: Shell,
    title: &'a str,
    sentence: &'a str,
    next: &'a str,
    back: &'a str,
    back_label: &'a str,
}

/// What a page of a refusal says.
pub(super) struct Refusal<'a> {
    /// The title.
    pub(super) title: &'a str,
    /// Why.
    pub(super) sentence: &'a str,
    /// What to do.
    pub(super) next: &'a str,
    /// Where to go back to.
    pub(super) back: &'a str,
    /// What the link is called.
    pub(super) back_label: &'a str,
}

/// The page of a verb that says no. Nothing was done.
pub(super) fn refused(
    request: &HttpRequest,
    member: &Member,
    status: StatusCode,
    refusal: &Refusal<'_>,
) -> HttpResponse {
    let page = RefusalPage {
        s: Shell::of(request, member).with_path(refusal.back),
        title: refusal.title,
        sentence: refusal.sentence,
        next: refusal.next,
        back: refusal.back,
        back_label: refusal.back_label,
    };
    html(status, &page)
}

/// The page of a form or an address that cannot be read.
pub(super) fn unreadable(request: &HttpRequest, status: StatusCode) -> HttpResponse {
    let s = Shell::open(request);
    let words = &s.t.fault;
    let (title, sentence, next) = (
        words.unreadable_title,
        words.unreadable,
        words.unreadable_next,
    );
    html(
        status,
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

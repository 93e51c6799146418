//! What a reader chooses for their own eyes: the language, and light or dark. Kept in cookies that anyone may set.

use actix_web::cookie::Cookie;
use actix_web::{HttpResponse, web};
use serde::Deserialize;

use super::page::see_other;
use super::text::{self, Tongue};
use super::theme::{self, Theme};

#[derive(Deserialize)]
pub(super) struct Back {
    #[serde(default)]
    back: String,
}

impl Back {
    /// Only a path of ours, never another host.
    pub(super) fn path(&self) -> &str {
        Some(self.back.as_str())
            .filter(|back| back.starts_with('/') && !back.starts_with("//"))
            .filter(|back| !back.contains('\\') && !back.contains(|c: char| c.is_control()))
            .unwrap_or("/admin")
    }
}

/// `GET /language/{code}`: remembers the language and goes back to a page of ours.
pub(super) async fn language(path: web::Path<String>, query: web::Query<Back>) -> HttpResponse {
    let tongue = Tongue::parse(&path).unwrap_or(Tongue::Chinese);
    remember(text::COOKIE, tongue.code(), query.path())
}

/// `GET /theme/{name}`: remembers light or dark and goes back to a page of ours.
pub(super) async fn theme(path: web::Path<String>, query: web::Query<Back>) -> HttpResponse {
    remember(theme::COOKIE, Theme::parse(&path).as_str(), query.path())
}

fn remember(name: &'static str, value: &'static str, back: &str) -> HttpResponse {
    let mut answer = see_other(back);
    let mut cookie = Cookie::new(name, value);
    cookie.set_path("/");
    cookie.make_permanent();
    if answer.add_cookie(&cookie).is_err() {
        tracing::debug!(name, "a choice could not be remembered");
    }
    answer
}

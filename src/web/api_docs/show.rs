//! `GET /api/v1/openapi.json` and `GET /api/docs`.

use actix_web::http::{StatusCode, header};
use actix_web::{HttpRequest, HttpResponse, web};
use askama::Template;

use super::document::document;
use super::operations::OPERATIONS;
use super::samples::PROGRAMS;
use super::view::{Call, Reader};
use crate::web::State;
use crate::web::page::{Shell, html};
use crate::web::problem::Code;
use crate::web::text::Tongue;
use crate::web::text::api::{Block, Both, Chapter, FRAME, chapters};

/// `GET /api/v1/openapi.json`
pub(in crate::web) async fn openapi(state: web::Data<State>) -> HttpResponse {
    HttpResponse::Ok()
        .content_type("application/json")
        .insert_header((header::CACHE_CONTROL, "public, max-age=300"))
        .body(document(&state.public_url).to_string())
}

#[derive(Template)]
#[template(path = "api_docs/show.html")]
struct DocsPage {
    s: Shell,
    chapters: [&'static Chapter; 7],
    calls: Vec<Call>,
}

impl DocsPage {
    fn say(&self, words: &Both) -> &'static str {
        words.of(self.s.tongue)
    }

    /// A code's title and what to do, in the reader's language.
    #[expect(
        clippy::trivially_copy_pass_by_ref,
        reason = "a template hands everything over by reference"
    )]
    fn of_code(&self, code: &Code) -> (&'static str, &'static str) {
        let (title, next) = (code.title(), code.next());
        match self.s.tongue {
            Tongue::Chinese => (title.0, next.0),
            Tongue::English => (title.1, next.1),
        }
    }
}

/// A sentence with what stands between backticks set as code. The sentences are ours; they are escaped all the same.
fn marked(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for (place, part) in text.split('`').enumerate() {
        let escaped = part
            .replace('&', "&amp;")
            .replace('<', "&lt;")
            .replace('>', "&gt;");
        if place % 2 == 1 {
            out.push_str("<code>");
            out.push_str(&escaped);
            out.push_str("</code>");
        } else {
            out.push_str(&escaped);
        }
    }
    out
}

/// `GET /api/docs`
pub(in crate::web) async fn show(request: HttpRequest, state: web::Data<State>) -> HttpResponse {
    let s = Shell::open(&request);
    let document = document(&state.public_url);
    let reader = Reader::new(&document, s.tongue);
    let base = state.public_url.as_str().trim_end_matches('/');
    let calls = OPERATIONS
        .iter()
        .filter_map(|operation| reader.call(operation, base))
        .collect();
    html(
        StatusCode::OK,
        &DocsPage {
            s,
            chapters: chapters(),
            calls,
        },
    )
}

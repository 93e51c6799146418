//! The frame around every request: its id, its log line, its headers, and the refusal of compressed bodies.

use actix_web::body::MessageBody;
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::header::{self, HeaderName, HeaderValue};
use actix_web::middleware::Next;
use actix_web::{Error, HttpMessage as _, ResponseError as _, web};
use tracing::Instrument as _;

use crate::basics::{AuditId, ids};
use crate::web::State;
use crate::web::problem::{Code, Problem, Said};
use crate::web::text::Tongue;
use crate::web::theme::Theme;

/// What an answer needs to know of its request, wherever it is made.
struct Frame {
    id: String,
    reader: Reader,
    /// The language that it asks the API for.
    tongue: Tongue,
    /// Where the documentation is, by which problems name their type.
    docs: String,
}

/// For whose eyes an answer is, also where no request is at hand.
#[derive(Clone, Debug)]
pub(in crate::web) struct Reader {
    /// The language.
    pub(in crate::web) tongue: Tongue,
    /// Light or dark.
    pub(in crate::web) theme: Theme,
    /// The path of the page.
    pub(in crate::web) path: String,
}

tokio::task_local! {
    static FRAME: Frame;
}

/// The id of the request at hand; empty outside of one.
pub(in crate::web) fn request_id() -> String {
    FRAME.try_with(|frame| frame.id.clone()).unwrap_or_default()
}

/// The reader of the request at hand.
pub(in crate::web) fn reader() -> Reader {
    FRAME
        .try_with(|frame| frame.reader.clone())
        .unwrap_or(Reader {
            tongue: Tongue::Chinese,
            theme: Theme::System,
            path: String::new(),
        })
}

/// The language that the request at hand asks the API for.
pub(in crate::web) fn said_in() -> Tongue {
    FRAME
        .try_with(|frame| frame.tongue)
        .unwrap_or(Tongue::English)
}

/// The address that says what a problem of this code is.
pub(in crate::web) fn type_of(code: &str) -> String {
    FRAME
        .try_with(|frame| format!("{}#{code}", frame.docs))
        .unwrap_or_else(|_| format!("/api/docs#{code}"))
}

/// Headers of every answer (`security.md` §10).
const HEADERS: [(HeaderName, &str); 8] = [
    (
        header::CONTENT_SECURITY_POLICY,
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; \
         connect-src 'self'; form-action 'self'; base-uri 'none'; object-src 'none'; frame-ancestors 'none'",
    ),
    (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    (header::REFERRER_POLICY, "same-origin"),
    (
        HeaderName::from_static("cross-origin-opener-policy"),
        "same-origin",
    ),
    (
        HeaderName::from_static("cross-origin-resource-policy"),
        "same-origin",
    ),
    (
        HeaderName::from_static("permissions-policy"),
        "camera=(), geolocation=(), microphone=(), payment=()",
    ),
    (HeaderName::from_static("x-robots-tag"), "noindex"),
    (header::CACHE_CONTROL, "no-store"),
];

/// Runs a request in its frame.
pub async fn request_scope<B: MessageBody + 'static>(
    request: ServiceRequest,
    next: Next<B>,
) -> Result<ServiceResponse<impl MessageBody>, Error> {
    let state = request.app_data::<web::Data<State>>().cloned();
    let id = state.as_ref().map_or_else(String::new, |state| {
        ids::fresh::<AuditId>(state.clock.now(), &*state.random).to_string()
    });
    let docs = state
        .as_ref()
        .and_then(|state| state.public_url.join("/api/docs").ok())
        .map_or_else(|| "/api/docs".to_owned(), String::from);
    let secure = state.is_some_and(|state| state.is_secure());
    let tongue = Tongue::accepted(request.headers());
    let span = tracing::info_span!(
        "request",
        request_id = %id,
        method = %request.method(),
        path = %request.path(),
        tenant = tracing::field::Empty,
    );
    let reader = Reader {
        tongue: Tongue::of(request.request()),
        theme: Theme::of(request.request()),
        path: request.path().to_owned(),
    };
    let framed = async move {
        let answered = match refusal(&request) {
            Some(problem) => Ok(refuse(request, &problem).map_into_right_body()),
            None => next
                .call(request)
                .await
                .map(ServiceResponse::map_into_left_body),
        };
        answered.map(|mut answer| {
            add_headers(&mut answer, &request_id(), secure);
            tracing::info!(status = answer.status().as_u16(), "answered");
            answer
        })
    };
    let frame = Frame {
        id,
        reader,
        tongue,
        docs,
    };
    FRAME.scope(frame, framed.instrument(span)).await
}

/// What is refused at any door, before the door is looked for.
fn refusal(request: &ServiceRequest) -> Option<Problem> {
    if is_compressed(request) {
        return Some(compressed());
    }
    None
}

fn is_compressed(request: &ServiceRequest) -> bool {
    request
        .headers()
        .get_all(header::CONTENT_ENCODING)
        .any(|encoding| !encoding.as_bytes().eq_ignore_ascii_case(b"identity"))
}

/// A few bytes may inflate to gigabytes before any limit is applied (RUSTSEC-2026-0447), and no caller of ours needs it.
fn compressed() -> Problem {
    let detail = Said::new(
        "请勿压缩请求体,不要发送 Content-Encoding",
        "send the body uncompressed, without Content-Encoding",
    );
    Problem::new(Code::UnsupportedMediaType, detail)
}

fn refuse(request: ServiceRequest, problem: &Problem) -> ServiceResponse {
    let (request, _) = request.into_parts();
    request.extensions_mut().clear();
    ServiceResponse::new(request, problem.error_response())
}

fn add_headers<B>(answer: &mut ServiceResponse<B>, id: &str, secure: bool) {
    let headers = answer.headers_mut();
    for (name, value) in HEADERS {
        if !headers.contains_key(&name) {
            headers.insert(name, HeaderValue::from_static(value));
        }
    }
    if secure {
        let lasting = HeaderValue::from_static("max-age=31536000; includeSubDomains");
        headers.insert(header::STRICT_TRANSPORT_SECURITY, lasting);
    }
    if let Ok(value) = HeaderValue::from_str(id) {
        headers.insert(HeaderName::from_static("x-request-id"), value);
    }
}

//! The frame around every request: its id, its log line, its headers, and the refusal of compressed bodies.

use actix_web::body::MessageBody;
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::header::{self, HeaderName, HeaderValue};
use actix_web::middleware::Next;
use actix_web::{Error, HttpMessage as _, ResponseError as _, web};
use tracing::Instrument as _;

use crate::basics::{AuditId, ids};
use crate::web::State;
use crate::web::problem::{Code, Problem};

tokio::task_local! {
    static REQUEST_ID: String;
}

/// The id of the request at hand; empty outside of one.
pub(in crate::web) fn request_id() -> String {
    REQUEST_ID.try_with(Clone::clone).unwrap_or_default()
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
    let secure = state.is_some_and(|state| state.is_secure());
    let span = tracing::info_span!(
        "request",
        request_id = %id,
        method = %request.method(),
        path = %request.path(),
        tenant = tracing::field::Empty,
    );
    let framed = async move {
        let answered = if is_compressed(&request) {
            Ok(refuse(request, &compressed()).map_into_right_body())
        } else {
            next.call(request)
                .await
                .map(ServiceResponse::map_into_left_body)
        };
        answered.map(|mut answer| {
            add_headers(&mut answer, &request_id(), secure);
            tracing::info!(status = answer.status().as_u16(), "answered");
            answer
        })
    };
    REQUEST_ID.scope(id, framed.instrument(span)).await
}

fn is_compressed(request: &ServiceRequest) -> bool {
    request
        .headers()
        .get_all(header::CONTENT_ENCODING)
        .any(|encoding| !encoding.as_bytes().eq_ignore_ascii_case(b"identity"))
}

/// A few bytes may inflate to gigabytes before any limit is applied (RUSTSEC-2026-0447), and no caller of ours needs it.
fn compressed() -> Problem {
    Problem::new(
        Code::UnsupportedMediaType,
        "send the body uncompressed, without Content-Encoding",
    )
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

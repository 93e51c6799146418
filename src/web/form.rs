//! Forms and queries that cannot be read: a page that says so, in the reader's language.

use actix_web::error::{InternalError, QueryPayloadError, UrlencodedError};
use actix_web::http::StatusCode;
use actix_web::web::{FormConfig, QueryConfig};
use actix_web::{Error, HttpRequest};

use super::page;

/// The largest form (`security.md` §8). Files have a bound of their own.
const MOST_BYTES: usize = 64 * 1024;

/// For the forms of pages.
pub(super) fn form_config() -> FormConfig {
    FormConfig::default()
        .limit(MOST_BYTES)
        .error_handler(refuse)
}

/// For the queries of pages; the API has its own.
pub(super) fn query_config() -> QueryConfig {
    QueryConfig::default().error_handler(|error, request| {
        if request.path().starts_with("/api/") {
            return error.into();
        }
        refuse(error, request)
    })
}

/// What could not be read.
trait Unreadable: std::fmt::Debug + std::fmt::Display + 'static {
    fn status(&self, path: &str) -> StatusCode;
}

impl Unreadable for UrlencodedError {
    fn status(&self, path: &str) -> StatusCode {
        match self {
            // nobody's address and password are so long (`security.md` L-05)
            UrlencodedError::Overflow { .. } if path.starts_with("/sign-in") => {
                StatusCode::BAD_REQUEST
            }
            UrlencodedError::Overflow { .. } => StatusCode::PAYLOAD_TOO_LARGE,
            UrlencodedError::ContentType => StatusCode::UNSUPPORTED_MEDIA_TYPE,
            UrlencodedError::Chunked
            | UrlencodedError::UnknownLength
            | UrlencodedError::Parse(_)
            | UrlencodedError::Encoding
            | UrlencodedError::Serialize(_)
            | UrlencodedError::Payload(_)
            | _ => StatusCode::BAD_REQUEST,
        }
    }
}

impl Unreadable for QueryPayloadError {
    fn status(&self, _: &str) -> StatusCode {
        StatusCode::BAD_REQUEST
    }
}

fn refuse(error: impl Unreadable, request: &HttpRequest) -> Error {
    let status = error.status(request.path());
    let answer = page::unreadable(request, status);
    InternalError::from_response(error, answer).into()
}

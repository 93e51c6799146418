//! Reading a JSON body: its size, its type, its shape. What its fields hold is judged afterwards, all of them at once.

use actix_web::dev::Payload;
use actix_web::error::PayloadError;
use actix_web::http::header;
use actix_web::web::{Bytes, BytesMut};
use actix_web::{FromRequest, HttpRequest};
use futures_util::StreamExt as _;
use serde::Deserialize;
use serde::de::DeserializeOwned;
use std::future::Future;
use std::pin::Pin;

use crate::web::problem::{Code, FieldError, Problem};

/// The longest body: ours have a few hundred bytes.
const MOST_BYTES: usize = 64 * 1024;

/// How actix reads bodies of the API by itself: not at all.
pub(in crate::web) fn body_config() -> actix_web::web::PayloadConfig {
    actix_web::web::PayloadConfig::new(MOST_BYTES)
}

/// A JSON body that has the fields of `T` and no others.
pub(in crate::web) struct JsonBody<T> {
    /// Its fields, of the right types, not yet judged.
    pub(super) fields: T,
    /// The same in canonical form (RFC 8785).
    pub(super) canonical: Vec<u8>,
}

impl<T: DeserializeOwned + 'static> FromRequest for JsonBody<T> {
    type Error = Problem;
    type Future = Pin<Box<dyn Future<Output = Result<Self, Problem>>>>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let is_json = has_json_type(request);
        let payload = payload.take();
        Box::pin(async move {
            if !is_json {
                return Err(Problem::new(
                    Code::UnsupportedMediaType,
                    "send JSON with Content-Type: application/json",
                ));
            }
            read(&collect(payload).await?)
        })
    }
}

/// A JSON body that may be left out: then all its fields are.
pub(in crate::web) struct OptionalJsonBody<T> {
    /// Its fields.
    pub(super) fields: T,
}

impl<T: DeserializeOwned + Default + 'static> FromRequest for OptionalJsonBody<T> {
    type Error = Problem;
    type Future = Pin<Box<dyn Future<Output = Result<Self, Problem>>>>;

    fn from_request(_: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let payload = payload.take();
        Box::pin(async move {
            let bytes = collect(payload).await?;
            if bytes.is_empty() {
                return Ok(Self {
                    fields: T::default(),
                });
            }
            read::<T>(&bytes).map(|body| Self {
                fields: body.fields,
            })
        })
    }
}

/// The fields of a call that has none: no body, or an empty object.
#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::web) struct NoFields {}

fn has_json_type(request: &HttpRequest) -> bool {
    request
        .headers()
        .get(header::CONTENT_TYPE)
        .and_then(|value| value.to_str().ok())
        .is_some_and(|text| {
            let essence = text.split(';').next().unwrap_or_default().trim();
            essence.eq_ignore_ascii_case("application/json")
        })
}

async fn collect(mut payload: Payload) -> Result<Bytes, Problem> {
    let too_large = || {
        Problem::new(
            Code::PayloadTooLarge,
            format!("a body has at most {MOST_BYTES} bytes"),
        )
    };
    let mut body = BytesMut::new();
    while let Some(chunk) = payload.next().await {
        let chunk = chunk.map_err(|error| {
            if matches!(error, PayloadError::Overflow) {
                return too_large();
            }
            tracing::debug!(%error, "a body broke off");
            Problem::new(Code::InvalidRequest, "the body broke off")
        })?;
        if body.len().saturating_add(chunk.len()) > MOST_BYTES {
            return Err(too_large());
        }
        body.extend_from_slice(&chunk);
    }
    Ok(body.freeze())
}

fn read<T: DeserializeOwned>(bytes: &[u8]) -> Result<JsonBody<T>, Problem> {
    let mut reader = serde_json::Deserializer::from_slice(bytes);
    let fields: T = serde_path_to_error::deserialize(&mut reader).map_err(|error| {
        let path = error.path().to_string();
        let mut problem = Problem::new(Code::InvalidRequest, error.inner().to_string());
        // "." and "?" say that it is no field's fault
        if path != "." && !path.contains('?') {
            let message = error.inner().to_string();
            problem = problem.with_errors(vec![FieldError {
                field: path,
                code: "invalid",
                message,
            }]);
        }
        problem
    })?;
    reader
        .end()
        .map_err(|error| Problem::new(Code::InvalidRequest, error.to_string()))?;
    let canonical = serde_json::from_slice::<serde_json::Value>(bytes)
        .ok()
        .and_then(|value| serde_json_canonicalizer::to_vec(&value).ok())
        .ok_or_else(|| Problem::new(Code::InvalidRequest, "the body has no canonical form"))?;
    Ok(JsonBody { fields, canonical })
}

//! Reading a JSON body: its size, its type, its shape. What its fields hold is judged afterwards, all of them at once.
//!
//! Nothing of what was sent comes back in a refusal: it may be a name or an openid.

use actix_web::dev::Payload;
use actix_web::error::PayloadError;
use actix_web::http::header;
use actix_web::web::{Bytes, BytesMut};
use actix_web::{FromRequest, HttpRequest};
use futures_util::StreamExt as _;
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::Value as Json;
use std::future::Future;
use std::pin::Pin;
use std::time::Duration;

use crate::web::problem::{Code, FieldError, Problem, Said};

/// The longest body: ours have a few hundred bytes.
const MOST_BYTES: usize = 64 * 1024;

/// How long a caller may take to send it.
const MOST_TIME: Duration = Duration::from_secs(30);

/// The longest name of an unknown field that is said back.
const LONGEST_NAME: usize = 64;

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
                return Err(not_json());
            }
            read(&collect(payload, MOST_TIME).await?)
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

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let is_json = has_json_type(request);
        let payload = payload.take();
        Box::pin(async move {
            let bytes = collect(payload, MOST_TIME).await?;
            if bytes.is_empty() {
                return Ok(Self {
                    fields: T::default(),
                });
            }
            if !is_json {
                return Err(not_json());
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

/// `application/json`, and no other encoding than the one that JSON has.
fn has_json_type(request: &HttpRequest) -> bool {
    let Some(text) = request
        .headers()
        .get(header::CONTENT_TYPE)
        .and_then(|value| value.to_str().ok())
    else {
        return false;
    };
    let mut parts = text.split(';').map(str::trim);
    let essence = parts.next().unwrap_or_default();
    let charset = parts.find_map(|part| {
        part.to_ascii_lowercase()
            .strip_prefix("charset=")
            .map(str::to_owned)
    });
    essence.eq_ignore_ascii_case("application/json")
        && charset.is_none_or(|charset| charset.trim_matches('"') == "utf-8")
}

fn not_json() -> Problem {
    let detail = Said::new(
        "请发送 UTF-8 编码的 JSON,并带 Content-Type: application/json",
        "send JSON in UTF-8 with Content-Type: application/json",
    );
    Problem::new(Code::UnsupportedMediaType, detail)
}

async fn collect(payload: Payload, most_time: Duration) -> Result<Bytes, Problem> {
    tokio::time::timeout(most_time, collect_all(payload))
        .await
        .unwrap_or_else(|_| {
            let detail = Said::new("请求体发送太慢", "the body took too long to arrive");
            Err(Problem::new(Code::InvalidRequest, detail))
        })
}

async fn collect_all(mut payload: Payload) -> Result<Bytes, Problem> {
    let too_large = || {
        let detail = Said::new(
            format!("请求体最多 {MOST_BYTES} 字节"),
            format!("a body has at most {MOST_BYTES} bytes"),
        );
        Problem::new(Code::PayloadTooLarge, detail)
    };
    let mut body = BytesMut::new();
    while let Some(chunk) = payload.next().await {
        let chunk = chunk.map_err(|error| {
            if matches!(error, PayloadError::Overflow) {
                return too_large();
            }
            tracing::debug!(%error, "a body broke off");
            let detail = Said::new("请求体不完整", "the body broke off");
            Problem::new(Code::InvalidRequest, detail)
        })?;
        if body.len().saturating_add(chunk.len()) > MOST_BYTES {
            return Err(too_large());
        }
        body.extend_from_slice(&chunk);
    }
    Ok(body.freeze())
}

fn read<T: DeserializeOwned>(bytes: &[u8]) -> Result<JsonBody<T>, Problem> {
    // serde would also take an array, with the fields by their place
    let first = bytes.iter().find(|byte| !byte.is_ascii_whitespace());
    if first != Some(&b'{') {
        return Err(unreadable(Said::new(
            "请求体须为一个 JSON 对象",
            "the body is one JSON object",
        )));
    }
    let mut reader = serde_json::Deserializer::from_slice(bytes);
    let fields: T = serde_path_to_error::deserialize(&mut reader).map_err(|error| {
        let path = error.path().to_string();
        shape_fault(&path, error.inner())
    })?;
    reader.end().map_err(|error| syntax_fault(&error))?;
    let value: Json = serde_json::from_slice(bytes).map_err(|error| syntax_fault(&error))?;
    if !is_exact(&value) {
        return Err(unreadable(Said::new(
            "文本中不能有 U+0000,数字不能是 -0",
            "a text has no U+0000, and -0 is no number here",
        )));
    }
    let canonical = serde_json_canonicalizer::to_vec(&value).map_err(|_| {
        unreadable(Said::new(
            "请求体没有规范形式",
            "the body has no canonical form",
        ))
    })?;
    Ok(JsonBody { fields, canonical })
}

fn unreadable(detail: Said) -> Problem {
    Problem::new(Code::InvalidRequest, detail)
}

fn syntax_fault(error: &serde_json::Error) -> Problem {
    let (line, column) = (error.line(), error.column());
    unreadable(Said::new(
        format!("请求体不是有效的 JSON(第 {line} 行第 {column} 列)"),
        format!("the body is not valid JSON, at line {line} column {column}"),
    ))
}

/// What serde says of a body, as a field and a sentence.
fn shape_fault(path: &str, error: &serde_json::Error) -> Problem {
    if !error.is_data() {
        return syntax_fault(error);
    }
    let text = error.to_string();
    let quoted = |before: &str| {
        let rest = text.strip_prefix(before)?;
        let (name, _) = rest.split_once('`')?;
        Some(name.chars().take(LONGEST_NAME).collect::<String>())
    };
    let (field, code, message) = if let Some(name) = quoted("unknown field `") {
        let known = text.split_once(", expected ").map_or("", |(_, rest)| {
            rest.split(" at line ").next().unwrap_or_default()
        });
        let message = if known.is_empty() {
            Said::new(
                format!("没有字段 {name};此请求没有字段"),
                format!("there is no field {name}; this call has none"),
            )
        } else {
            Said::new(
                format!("没有字段 {name};可用: {known}"),
                format!("there is no field {name}; expected {known}"),
            )
        };
        (name, "unknown_field", message)
    } else if let Some(name) = quoted("duplicate field `") {
        let message = Said::new(
            format!("字段 {name} 出现两次"),
            format!("the field {name} occurs twice"),
        );
        (name, "duplicate_field", message)
    } else {
        let field = path.to_owned();
        let expected = text.split_once(", expected ").map_or("", |(_, rest)| {
            rest.split(" at line ").next().unwrap_or_default()
        });
        let message = Said::new(
            format!("字段 {field} 的类型不对,应为 {expected}"),
            format!("the field {field} has another type; expected {expected}"),
        );
        (field, "wrong_type", message)
    };
    let problem = unreadable(message.clone());
    // "." and "?" say that it is no field's fault
    if field == "." || field.contains('?') {
        return problem;
    }
    problem.with_errors(vec![FieldError {
        field,
        code,
        message,
    }])
}

/// Whether every text can be kept as it is, and every number is the number that it looks like.
fn is_exact(value: &Json) -> bool {
    match value {
        Json::Null | Json::Bool(_) => true,
        Json::Number(number) => number.to_string() != "-0.0",
        Json::String(text) => !text.contains('\0'),
        Json::Array(values) => values.iter().all(is_exact),
        Json::Object(fields) => fields.values().all(is_exact),
    }
}

#[cfg(test)]
mod tests {
    use std::pin::Pin;
    use std::time::Duration;

    use actix_web::ResponseError as _;
    use actix_web::dev::Payload;
    use actix_web::error::PayloadError;
    use actix_web::web::Bytes;

    #[tokio::test]
    async fn a_body_that_does_not_come_is_not_waited_for() {
        let never = futures_util::stream::pending::<Result<Bytes, PayloadError>>();
        let never: Pin<Box<dyn futures_util::Stream<Item = _>>> = Box::pin(never);
        let payload = Payload::Stream { payload: never };
        let refused = super::collect(payload, Duration::from_millis(1)).await;
        assert_eq!(refused.unwrap_err().status_code(), 400);
    }
}

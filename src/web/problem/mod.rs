//! The only place that turns an error into a status.
//!
//! One match for each verb, no wildcard: a new way to fail does not compile until it has its answer. Nothing of the
//! database or of the remote side gets out but codes that are documented.

mod code;
mod names;
mod refusals;
mod said;

use std::fmt;

use actix_web::http::{StatusCode, header};
use actix_web::{HttpResponse, ResponseError};
use serde::Serialize;
use utoipa::ToSchema;

use super::guard::{request_id, said_in, type_of};
use super::storefront::schema;
use super::text::Tongue;
use crate::basics::{PayoutId, Timestamp};
use crate::limits::LimitExceeded;

pub use code::Code;
pub(in crate::web) use names::{name_fault, name_fault_code};
pub use said::Said;

/// What is wrong with one field.
#[derive(Clone, Debug)]
pub struct FieldError {
    /// The field.
    pub field: String,
    /// What, as a word.
    pub code: &'static str,
    /// What, as a sentence.
    pub message: Said,
}

#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = ProblemLimit)]
pub(in crate::web) struct LimitAnswer {
    #[schema(schema_with = schema::limit_name)]
    name: &'static str,
    #[schema(schema_with = schema::count)]
    limit: i64,
    #[schema(schema_with = schema::count)]
    used: i64,
    #[schema(schema_with = schema::count)]
    remaining: i64,
    #[schema(required = true, schema_with = schema::instant_or_null)]
    resets_at: Option<Timestamp>,
}

/// An error answer of the API (RFC 9457).
#[derive(Clone, Debug)]
pub struct Problem(Box<Inside>);

/// In a box, because every handler's result has room for it.
#[derive(Clone, Debug)]
struct Inside {
    code: Code,
    detail: Said,
    errors: Vec<FieldError>,
    limit: Option<LimitAnswer>,
    payout: Option<PayoutId>,
    retry_after_seconds: Option<u64>,
}

impl Problem {
    /// A problem with its own sentence.
    pub fn new(code: Code, detail: Said) -> Self {
        let retry_after_seconds = match code {
            Code::Unavailable | Code::IdempotencyInProgress | Code::RateLimited => Some(1),
            Code::Unauthenticated
            | Code::Forbidden
            | Code::NotFound
            | Code::MethodNotAllowed
            | Code::InvalidRequest
            | Code::ValidationFailed
            | Code::InsufficientBalance
            | Code::LimitExceeded
            | Code::IdempotencyKeyRequired
            | Code::IdempotencyKeyReused
            | Code::CommissionConflict
            | Code::OrderConflict
            | Code::ExternalIdConflict
            | Code::NotCancellable
            | Code::TenantNotReady
            | Code::TenantSuspended
            | Code::PayloadTooLarge
            | Code::UnsupportedMediaType
            | Code::Internal => None,
        };
        Self(Box::new(Inside {
            code,
            detail,
            errors: Vec::new(),
            limit: None,
            payout: None,
            retry_after_seconds,
        }))
    }

    /// Fields that are not valid.
    pub fn fields(errors: Vec<FieldError>) -> Self {
        let names: Vec<&str> = errors.iter().map(|error| error.field.as_str()).collect();
        let names = names.join(", ");
        let detail = Said::new(
            format!("以下字段无效: {names}"),
            format!("not valid: {names}"),
        );
        Self::new(Code::ValidationFailed, detail).with_errors(errors)
    }

    /// The same with the fields it is about.
    pub fn with_errors(mut self, errors: Vec<FieldError>) -> Self {
        self.0.errors = errors;
        self
    }

    /// One field that is not valid.
    pub fn field(field: &str, code: &'static str, message: Said) -> Self {
        Self::fields(vec![FieldError {
            field: field.to_owned(),
            code,
            message,
        }])
    }

    /// Something that is not there. Another tenant's thing gives the very same answer.
    pub fn not_found() -> Self {
        let detail = Said::new("没有此编号的对象", "there is nothing of this id");
        Self::new(Code::NotFound, detail)
    }

    /// A fault of ours, whose cause is in the log.
    pub(in crate::web) fn internal() -> Self {
        let detail = Said::new(
            "请提供 request_id 以便查找原因",
            "the request id helps us to find what went wrong",
        );
        Self::new(Code::Internal, detail)
    }

    fn with_limit(mut self, exceeded: &LimitExceeded) -> Self {
        self.0.limit = Some(LimitAnswer {
            name: exceeded.name.as_str(),
            limit: exceeded.limit,
            used: exceeded.used,
            remaining: exceeded.remaining,
            resets_at: exceeded.resets_at,
        });
        self
    }

    fn with_payout(mut self, payout: PayoutId) -> Self {
        self.0.payout = Some(payout);
        self
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{}: {}",
            self.0.code.as_str(),
            self.0.detail.of(Tongue::English)
        )
    }
}

#[derive(Serialize, ToSchema)]
#[schema(as = ProblemField)]
pub(in crate::web) struct FieldBody<'a> {
    #[schema(schema_with = schema::field_name)]
    field: &'a str,
    #[schema(schema_with = schema::field_code)]
    code: &'static str,
    #[schema(schema_with = schema::sentence)]
    message: &'a str,
}

/// The body of an error answer.
#[derive(Serialize, ToSchema)]
#[schema(as = Problem)]
pub(in crate::web) struct Body<'a> {
    #[schema(schema_with = schema::problem_type)]
    r#type: String,
    #[schema(schema_with = schema::sentence)]
    title: &'static str,
    #[schema(schema_with = schema::http_status)]
    status: u16,
    #[schema(schema_with = schema::sentence)]
    detail: &'a str,
    #[schema(schema_with = schema::problem_code)]
    code: &'static str,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[schema(required = false)]
    errors: Vec<FieldBody<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(required = false, value_type = LimitAnswer)]
    limit: &'a Option<LimitAnswer>,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(required = false, schema_with = schema::our_id)]
    payout_id: Option<PayoutId>,
    #[schema(schema_with = schema::our_id)]
    request_id: String,
}

impl ResponseError for Problem {
    fn status_code(&self) -> StatusCode {
        self.0.code.status()
    }

    fn error_response(&self) -> HttpResponse {
        let this = &*self.0;
        let (tongue, code) = (said_in(), this.code.as_str());
        let title = this.code.title();
        let body = Body {
            r#type: type_of(code),
            title: match tongue {
                Tongue::Chinese => title.0,
                Tongue::English => title.1,
            },
            status: this.code.status().as_u16(),
            detail: this.detail.of(tongue),
            code,
            errors: this
                .errors
                .iter()
                .map(|error| FieldBody {
                    field: &error.field,
                    code: error.code,
                    message: error.message.of(tongue),
                })
                .collect(),
            limit: &this.limit,
            payout_id: this.payout,
            request_id: request_id(),
        };
        let mut answer = HttpResponse::build(this.code.status());
        if this.code == Code::Unauthenticated {
            answer.insert_header((header::WWW_AUTHENTICATE, "Bearer realm=\"zhanfu\""));
        }
        if let Some(seconds) = this.retry_after_seconds {
            answer.insert_header((header::RETRY_AFTER, seconds.to_string()));
        }
        answer
            .insert_header((header::CONTENT_LANGUAGE, tongue.html()))
            .insert_header((header::VARY, "Accept-Language"))
            .content_type("application/problem+json")
            .body(
                serde_json::to_string(&body).unwrap_or_else(|_| format!("{{\"code\":\"{code}\"}}")),
            )
    }
}

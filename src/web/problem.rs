//! The only place that turns an error into a status.
//!
//! One match for each verb, no wildcard: a new way to fail does not compile until it has its answer. Nothing of the
//! database or of the remote side gets out but codes that are documented.

use std::fmt;

use actix_web::http::{StatusCode, header};
use actix_web::{HttpResponse, ResponseError};
use serde::Serialize;

use super::guard::request_id;
use crate::basics::Timestamp;
use crate::basics::names::NameFault;
use crate::commissions::{EarnError, MatureError, ReverseError};
use crate::db::DbFault;
use crate::limits::LimitExceeded;
use crate::payouts::{AcceptError, CancelError};
use crate::recipients::PutError;
use crate::vault::VaultFault;

/// A code of the contract. Each has its status and its title.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Code {
    /// No key, or none that lives.
    Unauthenticated,
    /// A key or a member that may not do this.
    Forbidden,
    /// Not there, or another tenant's.
    NotFound,
    /// Another method than the path has.
    MethodNotAllowed,
    /// Not JSON, a wrong type, an unknown field.
    InvalidRequest,
    /// A field's contents.
    ValidationFailed,
    /// The balance does not suffice.
    InsufficientBalance,
    /// A limit does not let it through.
    LimitExceeded,
    /// The header is missing or malformed.
    IdempotencyKeyRequired,
    /// The key was used with another body.
    IdempotencyKeyReused,
    /// The id was used for another commission.
    CommissionConflict,
    /// The number was used for another payout.
    ExternalIdConflict,
    /// It may have been sent.
    NotCancellable,
    /// The settings are incomplete.
    TenantNotReady,
    /// An operator stopped the tenant.
    TenantSuspended,
    /// The body is too large.
    PayloadTooLarge,
    /// The body is not JSON by its type, or is compressed.
    UnsupportedMediaType,
    /// The database is out of reach.
    Unavailable,
    /// A fault of ours.
    Internal,
}

impl Code {
    /// Its name, its status and its title.
    const fn parts(self) -> (&'static str, StatusCode, &'static str) {
        match self {
            Code::Unauthenticated => (
                "unauthenticated",
                StatusCode::UNAUTHORIZED,
                "A valid storefront key is needed",
            ),
            Code::Forbidden => ("forbidden", StatusCode::FORBIDDEN, "This is not allowed"),
            Code::NotFound => ("not_found", StatusCode::NOT_FOUND, "There is no such thing"),
            Code::MethodNotAllowed => (
                "method_not_allowed",
                StatusCode::METHOD_NOT_ALLOWED,
                "The path has no such method",
            ),
            Code::InvalidRequest => (
                "invalid_request",
                StatusCode::BAD_REQUEST,
                "The request cannot be read",
            ),
            Code::ValidationFailed => (
                "validation_failed",
                StatusCode::UNPROCESSABLE_ENTITY,
                "A field is not valid",
            ),
            Code::InsufficientBalance => (
                "insufficient_balance",
                StatusCode::UNPROCESSABLE_ENTITY,
                "The balance does not suffice",
            ),
            Code::LimitExceeded => (
                "limit_exceeded",
                StatusCode::UNPROCESSABLE_ENTITY,
                "A limit is exceeded",
            ),
            Code::IdempotencyKeyRequired => (
                "idempotency_key_required",
                StatusCode::BAD_REQUEST,
                "The header Idempotency-Key is needed",
            ),
            Code::IdempotencyKeyReused => (
                "idempotency_key_reused",
                StatusCode::UNPROCESSABLE_ENTITY,
                "The Idempotency-Key was used with another body",
            ),
            Code::CommissionConflict => (
                "commission_conflict",
                StatusCode::CONFLICT,
                "Another commission has this commission_id",
            ),
            Code::ExternalIdConflict => (
                "external_id_conflict",
                StatusCode::CONFLICT,
                "Another payout has this external_id",
            ),
            Code::NotCancellable => (
                "not_cancellable",
                StatusCode::CONFLICT,
                "The payout can no longer be cancelled",
            ),
            Code::TenantNotReady => (
                "tenant_not_ready",
                StatusCode::CONFLICT,
                "The settings are incomplete",
            ),
            Code::TenantSuspended => (
                "tenant_suspended",
                StatusCode::FORBIDDEN,
                "The tenant is suspended",
            ),
            Code::PayloadTooLarge => (
                "payload_too_large",
                StatusCode::PAYLOAD_TOO_LARGE,
                "The body is too large",
            ),
            Code::UnsupportedMediaType => (
                "unsupported_media_type",
                StatusCode::UNSUPPORTED_MEDIA_TYPE,
                "The body has an unsupported type",
            ),
            Code::Unavailable => (
                "unavailable",
                StatusCode::SERVICE_UNAVAILABLE,
                "Try again in a moment",
            ),
            Code::Internal => (
                "internal",
                StatusCode::INTERNAL_SERVER_ERROR,
                "Something went wrong here",
            ),
        }
    }
}

/// What is wrong with one field.
#[derive(Clone, Debug, Serialize)]
pub struct FieldError {
    /// The field.
    pub field: String,
    /// What, as a word.
    pub code: &'static str,
    /// What, as a sentence.
    pub message: String,
}

#[derive(Clone, Debug, Serialize)]
struct LimitAnswer {
    name: &'static str,
    limit: i64,
    used: i64,
    remaining: i64,
    resets_at: Option<Timestamp>,
}

/// An error answer of the API (RFC 9457).
#[derive(Clone, Debug)]
pub struct Problem {
    code: Code,
    detail: String,
    errors: Vec<FieldError>,
    limit: Option<LimitAnswer>,
}

impl Problem {
    /// A problem with its own sentence.
    pub fn new(code: Code, detail: impl Into<String>) -> Self {
        Self {
            code,
            detail: detail.into(),
            errors: Vec::new(),
            limit: None,
        }
    }

    /// Fields that are not valid.
    pub fn fields(errors: Vec<FieldError>) -> Self {
        let names: Vec<&str> = errors.iter().map(|error| error.field.as_str()).collect();
        let detail = format!("not valid: {}", names.join(", "));
        Self {
            errors,
            ..Self::new(Code::ValidationFailed, detail)
        }
    }

    /// The same with the fields it is about.
    pub fn with_errors(self, errors: Vec<FieldError>) -> Self {
        Self { errors, ..self }
    }

    /// One field that is not valid.
    pub fn field(field: &str, code: &'static str, message: impl Into<String>) -> Self {
        Self::fields(vec![FieldError {
            field: field.to_owned(),
            code,
            message: message.into(),
        }])
    }

    /// Something that is not there. Another tenant's thing gives the very same answer.
    pub fn not_found() -> Self {
        Self::new(Code::NotFound, "there is nothing of this id")
    }
}

impl Problem {
    fn unknown_recipient() -> Self {
        Self::new(
            Code::NotFound,
            "recipient_id: there is no such recipient; make it known with PUT /recipients/{recipient_id}",
        )
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.code.parts().0, self.detail)
    }
}

#[derive(Serialize)]
struct Body<'a> {
    r#type: String,
    title: &'static str,
    status: u16,
    detail: &'a str,
    code: &'static str,
    #[serde(skip_serializing_if = "<[FieldError]>::is_empty")]
    errors: &'a [FieldError],
    #[serde(skip_serializing_if = "Option::is_none")]
    limit: &'a Option<LimitAnswer>,
    request_id: String,
}

impl ResponseError for Problem {
    fn status_code(&self) -> StatusCode {
        self.code.parts().1
    }

    fn error_response(&self) -> HttpResponse {
        let (code, status, title) = self.code.parts();
        let body = Body {
            r#type: format!("urn:zhanfu:problem:{code}"),
            title,
            status: status.as_u16(),
            detail: &self.detail,
            code,
            errors: &self.errors,
            limit: &self.limit,
            request_id: request_id(),
        };
        let mut answer = HttpResponse::build(status);
        if self.code == Code::Unauthenticated {
            answer.insert_header((header::WWW_AUTHENTICATE, "Bearer"));
        }
        if self.code == Code::Unavailable {
            answer.insert_header((header::RETRY_AFTER, "1"));
        }
        answer.content_type("application/problem+json").body(
            serde_json::to_string(&body).unwrap_or_else(|_| format!("{{\"code\":\"{code}\"}}")),
        )
    }
}

/// The machine is unwell: a bland answer, and the cause in the log.
impl From<DbFault> for Problem {
    fn from(fault: DbFault) -> Self {
        match &fault {
            DbFault::Busy(_)
            | DbFault::Lost(_)
            | DbFault::CommitUnknown(_)
            | DbFault::NoConnection(_) => {
                tracing::warn!(error = ?fault, "the database is out of reach");
                Self::new(
                    Code::Unavailable,
                    "the database is busy or out of reach; repeat the request with the same Idempotency-Key",
                )
            }
            DbFault::Constraint(_)
            | DbFault::Damaged { .. }
            | DbFault::Other(_)
            | DbFault::Panicked => {
                tracing::error!(error = ?fault, "the database failed");
                Self::new(
                    Code::Internal,
                    "the request id helps us to find what went wrong",
                )
            }
        }
    }
}

impl From<VaultFault> for Problem {
    fn from(fault: VaultFault) -> Self {
        match fault {
            VaultFault::Db(fault) => fault.into(),
            VaultFault::Damaged { .. } | VaultFault::NoDataKey => {
                tracing::error!(error = ?fault, "the vault failed");
                Self::new(
                    Code::Internal,
                    "the request id helps us to find what went wrong",
                )
            }
        }
    }
}

impl From<PutError> for Problem {
    fn from(error: PutError) -> Self {
        match error {
            PutError::Vault(fault) => fault.into(),
            PutError::Db(fault) => fault.into(),
        }
    }
}

impl From<EarnError> for Problem {
    fn from(error: EarnError) -> Self {
        match error {
            EarnError::Conflict(_) => Self::new(Code::CommissionConflict, error.to_string()),
            EarnError::UnknownRecipient(_) => Self::unknown_recipient(),
            EarnError::TooLarge => Self::field("amount_fen", "too_large", error.to_string()),
            EarnError::Db(fault) => fault.into(),
        }
    }
}

impl From<ReverseError> for Problem {
    fn from(error: ReverseError) -> Self {
        match error {
            ReverseError::NotFound => Self::not_found(),
            ReverseError::TooSmall => Self::new(Code::ValidationFailed, error.to_string()),
            ReverseError::Db(fault) => fault.into(),
        }
    }
}

impl From<LimitExceeded> for Problem {
    fn from(exceeded: LimitExceeded) -> Self {
        let limit = LimitAnswer {
            name: exceeded.name.as_str(),
            limit: exceeded.limit,
            used: exceeded.used,
            remaining: exceeded.remaining,
            resets_at: exceeded.resets_at,
        };
        Self {
            limit: Some(limit),
            ..Self::new(Code::LimitExceeded, exceeded.to_string())
        }
    }
}

impl From<AcceptError> for Problem {
    fn from(error: AcceptError) -> Self {
        match error {
            AcceptError::InsufficientBalance { .. } => {
                Self::new(Code::InsufficientBalance, error.to_string())
            }
            AcceptError::LimitExceeded(exceeded) => exceeded.into(),
            AcceptError::ExternalIdTaken { .. } => {
                Self::new(Code::ExternalIdConflict, error.to_string())
            }
            AcceptError::UnknownRecipient => Self::unknown_recipient(),
            AcceptError::TooLarge => Self::field("amount_fen", "too_large", error.to_string()),
            AcceptError::Db(fault) => fault.into(),
        }
    }
}

impl From<MatureError> for Problem {
    fn from(error: MatureError) -> Self {
        match error {
            MatureError::Overflow(_) => Self::field("amount_fen", "too_large", error.to_string()),
            MatureError::Db(fault) => fault.into(),
        }
    }
}

impl From<CancelError> for Problem {
    fn from(error: CancelError) -> Self {
        match error {
            CancelError::NotFound => Self::not_found(),
            CancelError::NotCancellable(_) => Self::new(Code::NotCancellable, error.to_string()),
            CancelError::NoSuchWay(_) => {
                tracing::error!(%error, "a payout went a way that it cannot go");
                Self::new(
                    Code::Internal,
                    "the request id helps us to find what went wrong",
                )
            }
            CancelError::Db(fault) => fault.into(),
        }
    }
}

/// The word for what is wrong with a name.
pub(super) const fn name_fault_code(fault: NameFault) -> &'static str {
    match fault {
        NameFault::AppId => "app_id",
        NameFault::AppSecret => "app_secret",
        NameFault::MerchantNumber => "merchant_number",
        NameFault::ApiKey { .. } => "api_key",
        NameFault::ApiV3Key { .. } => "api_v3_key",
        NameFault::OpenId => "openid",
        NameFault::StorefrontId => "id",
        NameFault::Description => "description",
        NameFault::RealName => "real_name",
        NameFault::EmailAddress => "email",
        NameFault::TenantSlug => "slug",
    }
}

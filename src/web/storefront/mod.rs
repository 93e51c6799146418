//! The storefront's API under `/api/v1`.

mod body;
mod check;
pub(super) mod commissions;
mod cursor;
mod idempotent;
pub(super) mod limits;
pub(super) mod orders;
pub(super) mod payouts;
mod query;
pub(super) mod recipients;
pub(super) mod schema;
mod under_way;
pub(super) mod withdrawals;

pub(super) use body::body_config;
pub(super) use under_way::UnderWay;

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use serde::Serialize;

use super::problem::Problem;

/// A JSON answer.
fn json(status: StatusCode, body: &impl Serialize) -> Result<HttpResponse, Problem> {
    Ok(json_text(status, to_text(body)?))
}

/// A JSON answer whose text is at hand.
fn json_text(status: StatusCode, body: String) -> HttpResponse {
    HttpResponse::build(status)
        .content_type("application/json")
        .body(body)
}

fn to_text(body: &impl Serialize) -> Result<String, Problem> {
    serde_json::to_string(body).map_err(|error| {
        tracing::error!(%error, "an answer could not be written");
        Problem::internal()
    })
}

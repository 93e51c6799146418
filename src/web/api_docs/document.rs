//! The OpenAPI document: what the handlers' types say, and what they do not say added to it.

use serde_json::{Map, Value as Json, json};
use url::Url;
use utoipa::OpenApi;

use super::operations::{self, Operation};
use crate::web::problem::{self, Code};
use crate::web::storefront::{commissions, limits, orders, payouts, recipients, withdrawals};
use crate::web::text::Tongue;
use crate::web::text::api::{FIELDS, OPERATIONS};

#[derive(OpenApi)]
#[openapi(
    paths(
        recipients::put,
        recipients::show,
        recipients::entries,
        commissions::earn,
        commissions::reverse,
        orders::record,
        orders::show,
        orders::refund,
        withdrawals::withdraw,
        withdrawals::pay_directly,
        payouts::list,
        payouts::show,
        payouts::cancel,
        limits::list,
    ),
    components(schemas(problem::Body))
)]
struct Described;

const OVERVIEW: &str = "Makes a shop's recipients known, earns commissions, pays them out through the shop's own WeChat Pay account, and tells \
     what became of it. Money is a whole number of fen. Readable documentation with examples: /api/docs.";

/// The document, for this server. Sentences are English: it is read by programs.
pub(super) fn document(public_url: &Url) -> Json {
    let mut document = serde_json::to_value(Described::openapi()).unwrap_or_default();
    let server = public_url.as_str().trim_end_matches('/');
    put(
        &mut document,
        "info",
        json!({
            "title": "Zhanfu storefront API",
            "version": "1",
            "summary": "Pays a shop's people through the shop's own WeChat Pay account",
            "description": OVERVIEW,
            "license": { "name": "MIT OR Apache-2.0", "identifier": "MIT OR Apache-2.0" },
        }),
    );
    put(&mut document, "servers", json!([{ "url": server }]));
    put(&mut document, "security", json!([{ "storefront_key": [] }]));
    put(
        &mut document,
        "externalDocs",
        json!({ "url": format!("{server}/api/docs"), "description": "Chapters and examples" }),
    );
    put(&mut document, "tags", tags());
    if let Some(components) = document.get_mut("components") {
        put(components, "securitySchemes", security());
        put(components, "headers", headers());
    }
    describe_schemas(&mut document);
    for operation in operations::OPERATIONS {
        if let Some(described) = find(&mut document, operation.id) {
            complete(described, operation);
        }
    }
    document
}

fn put(object: &mut Json, name: &str, value: Json) {
    if let Some(object) = object.as_object_mut() {
        object.insert(name.to_owned(), value);
    }
}

fn tags() -> Json {
    json!([
        { "name": "recipients", "description": "The shop's users who are paid" },
        { "name": "commissions", "description": "Money that a recipient has earned" },
        { "name": "payouts", "description": "Instructions to pay one recipient once" },
        { "name": "limits", "description": "The tenant's own limits and how far they are used" },
    ])
}

fn security() -> Json {
    json!({
        "storefront_key": {
            "type": "http",
            "scheme": "bearer",
            "description": "A storefront key, zfk_ followed by 43 characters. It names the tenant.",
        }
    })
}

fn headers() -> Json {
    json!({
        "X-Request-Id": {
            "description": "The id of this request, as in problems and in the log",
            "required": true,
            "schema": { "type": "string" },
        },
        "Idempotent-Replayed": {
            "description": "true when this is the first answer once more",
            "schema": { "type": "string", "enum": ["true"] },
        },
        "Retry-After": {
            "description": "After how many seconds the call may be repeated",
            "required": true,
            "schema": { "type": "string", "pattern": "^[0-9]+$" },
        },
        "WWW-Authenticate": {
            "description": "How to authenticate",
            "required": true,
            "schema": { "type": "string" },
        },
    })
}

/// The words for a field: those of its own schema, or those that all schemas share.
pub(super) fn words(schema: &str, field: &str, tongue: Tongue) -> &'static str {
    let of = |wanted: &str| {
        FIELDS
            .iter()
            .find(|(of, name, _)| *of == wanted && *name == field)
    };
    of(schema)
        .or_else(|| of("*"))
        .map_or("", |(_, _, words)| words.of(tongue))
}

fn describe_schemas(document: &mut Json) {
    let schemas = document.pointer_mut("/components/schemas");
    let Some(schemas) = schemas.and_then(Json::as_object_mut) else {
        return;
    };
    for (name, schema) in schemas {
        // what is sent in an answer never has other fields, but may get some
        let Some(properties) = schema.get_mut("properties").and_then(Json::as_object_mut) else {
            continue;
        };
        for (field, form) in properties {
            put(
                form,
                "description",
                json!(words(name, field, Tongue::English)),
            );
        }
    }
}

/// The operation of an id.
fn find<'a>(document: &'a mut Json, id: &str) -> Option<&'a mut Json> {
    document
        .get_mut("paths")?
        .as_object_mut()?
        .values_mut()
        .filter_map(Json::as_object_mut)
        .flat_map(Map::values_mut)
        .find(|operation| {
            operation
                .get("operationId")
                .is_some_and(|found| found == id)
        })
}

fn complete(described: &mut Json, operation: &Operation) {
    if let Some((_, title, text)) = OPERATIONS.iter().find(|(id, _, _)| *id == operation.id) {
        put(described, "summary", json!(title.en));
        put(described, "description", json!(text.en));
    }
    let mut parameters = described
        .get("parameters")
        .and_then(Json::as_array)
        .cloned()
        .unwrap_or_default();
    for parameter in &mut parameters {
        let name = parameter
            .get("name")
            .and_then(Json::as_str)
            .unwrap_or_default()
            .to_owned();
        put(
            parameter,
            "description",
            json!(words(operation.id, &name, Tongue::English)),
        );
    }
    if operation.is_keyed {
        parameters.push(json!({
            "name": "Idempotency-Key",
            "in": "header",
            "required": true,
            "description": "Made by the caller, new for each payment; the same key with the same body gives the first answer again",
            "schema": { "type": "string", "minLength": 1, "maxLength": 255, "pattern": "^[\\x21-\\x7E]+$" },
        }));
    }
    if !parameters.is_empty() {
        put(described, "parameters", Json::Array(parameters));
    }
    if let Some(responses) = described.get_mut("responses").and_then(Json::as_object_mut) {
        complete_responses(responses, operation);
    }
}

fn complete_responses(responses: &mut Map<String, Json>, operation: &Operation) {
    for (status, response) in responses.iter_mut() {
        let meaning = match (operation.id, status.as_str()) {
            ("put_recipient" | "earn_commission" | "record_order" | "refund_order", "200") => {
                "It was known already"
            }
            (_, "201") => "It is new",
            _ => "Done",
        };
        put(response, "description", json!(meaning));
        let mut sent = json!({ "X-Request-Id": reference("headers", "X-Request-Id") });
        if operation.is_keyed {
            put(
                &mut sent,
                "Idempotent-Replayed",
                reference("headers", "Idempotent-Replayed"),
            );
        }
        put(response, "headers", sent);
    }
    for code in operation.all_problems() {
        let status = code.status().as_str().to_owned();
        let response = responses
            .entry(status)
            .or_insert_with(|| problem_response(code));
        let said = response
            .get("description")
            .and_then(Json::as_str)
            .unwrap_or_default();
        let said = format!(
            "{said}{}`{}`: {}",
            if said.is_empty() { "" } else { " · " },
            code.as_str(),
            code.title().1
        );
        put(response, "description", json!(said));
    }
}

fn reference(kind: &str, name: &str) -> Json {
    json!({ "$ref": format!("#/components/{kind}/{name}") })
}

fn problem_response(code: Code) -> Json {
    let mut sent = json!({ "X-Request-Id": reference("headers", "X-Request-Id") });
    match code {
        Code::Unauthenticated => put(
            &mut sent,
            "WWW-Authenticate",
            reference("headers", "WWW-Authenticate"),
        ),
        Code::Unavailable | Code::RateLimited => put(
            &mut sent,
            "Retry-After",
            reference("headers", "Retry-After"),
        ),
        Code::Forbidden
        | Code::NotFound
        | Code::MethodNotAllowed
        | Code::InvalidRequest
        | Code::ValidationFailed
        | Code::InsufficientBalance
        | Code::LimitExceeded
        | Code::IdempotencyKeyRequired
        | Code::IdempotencyKeyReused
        | Code::IdempotencyInProgress
        | Code::CommissionConflict
        | Code::OrderConflict
        | Code::ExternalIdConflict
        | Code::NotCancellable
        | Code::TenantNotReady
        | Code::TenantSuspended
        | Code::PayloadTooLarge
        | Code::UnsupportedMediaType
        | Code::Internal => {}
    }
    json!({
        "description": "",
        "headers": sent,
        "content": { "application/problem+json": { "schema": reference("schemas", "Problem") } },
    })
}

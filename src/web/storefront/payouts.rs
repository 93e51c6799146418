//! Payouts: reading and cancelling them.

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::body::{NoFields, OptionalJsonBody};
use super::check::Check;
use super::cursor::List;
use super::query::Query;
use super::{json, json_text, schema};
use crate::basics::page::PageSize;
use crate::basics::{Description, ExternalId, Fen, PayoutId, RecipientId, Timestamp};
use crate::db::{DbFault, Scope};
use crate::engine::{Language, explain};
use crate::payouts::{self, Filter, Payout, Status};
use crate::web::State;
use crate::web::guard::{Storefront, said_in};
use crate::web::problem::{Problem, Said};

#[derive(Serialize, ToSchema)]
#[schema(as = Reason)]
pub(in crate::web) struct ReasonAnswer<'a> {
    #[schema(schema_with = schema::reason_code)]
    code: &'a str,
    #[schema(schema_with = schema::sentence)]
    message: String,
    #[schema(schema_with = schema::sentence)]
    remedy: String,
}

#[derive(Serialize, ToSchema)]
#[schema(as = Payout)]
pub(in crate::web) struct PayoutAnswer<'a> {
    #[schema(schema_with = schema::our_id)]
    id: PayoutId,
    #[schema(schema_with = schema::payout_kind)]
    kind: &'static str,
    #[schema(schema_with = schema::recipient_id)]
    recipient_id: &'a RecipientId,
    #[schema(required = true, schema_with = schema::external_id)]
    external_id: Option<&'a ExternalId>,
    #[schema(schema_with = schema::amount)]
    amount_fen: Fen,
    #[schema(schema_with = schema::description)]
    description: &'a Description,
    #[schema(schema_with = schema::payout_status)]
    status: &'static str,
    #[schema(required = true)]
    reason: Option<ReasonAnswer<'a>>,
    #[schema(required = true, schema_with = schema::instant_or_null)]
    not_before: Option<Timestamp>,
    #[schema(schema_with = schema::rail)]
    rail: &'a str,
    #[schema(schema_with = schema::partner_trade_no)]
    partner_trade_no: String,
    #[schema(required = true, schema_with = schema::payment_no)]
    payment_no: Option<&'a str>,
    #[schema(schema_with = schema::instant)]
    created_at: Timestamp,
    #[schema(required = true, schema_with = schema::instant_or_null)]
    submitted_at: Option<Timestamp>,
    #[schema(required = true, schema_with = schema::instant_or_null)]
    finished_at: Option<Timestamp>,
}

/// What stands in the path.
#[derive(IntoParams)]
#[into_params(parameter_in = Path)]
#[expect(dead_code, reason = "the documentation's word for the path's one part")]
struct PayoutPath {
    #[param(schema_with = schema::our_id)]
    id: String,
}

fn answer(payout: &Payout, language: Language) -> PayoutAnswer<'_> {
    let reason = payout.reason_code.as_deref().map(|code| {
        let explained = explain(code, language);
        ReasonAnswer {
            code,
            message: explained.message,
            remedy: explained.remedy,
        }
    });
    PayoutAnswer {
        id: payout.id,
        kind: payout.kind.as_str(),
        recipient_id: &payout.recipient,
        external_id: payout.external_id.as_ref(),
        amount_fen: payout.amount,
        description: &payout.description,
        status: payout.status.as_str(),
        reason,
        not_before: payout.not_before,
        rail: &payout.rail,
        partner_trade_no: crate::engine::partner_trade_no(payout.id),
        payment_no: payout.payment_no.as_deref(),
        created_at: payout.created_at,
        submitted_at: payout.submitted_at,
        finished_at: payout.finished_at,
    }
}

/// A payout as the text of its answer; empty when it cannot be written, which no payout of ours can be.
pub(super) fn render(payout: &Payout, language: Language) -> String {
    serde_json::to_string(&answer(payout, language)).unwrap_or_default()
}

/// What is not an id of ours is simply not there.
fn known_id(text: &str) -> Result<PayoutId, Problem> {
    text.parse().map_err(|_| Problem::not_found())
}

/// `GET /payouts/{id}`
#[utoipa::path(
    get,
    path = "/api/v1/payouts/{id}",
    operation_id = "get_payout",
    tag = "payouts",
    params(PayoutPath),
    responses((status = 200, body = PayoutAnswer))
)]
pub(in crate::web) async fn show(
    state: web::Data<State>,
    storefront: Storefront,
    path: web::Path<String>,
) -> Result<HttpResponse, Problem> {
    let (tenant, id) = (storefront.tenant(), known_id(&path)?);
    let payout = state
        .database
        .read(
            "a payout",
            Scope::Tenant(tenant),
            move |tx| -> Result<_, DbFault> { payouts::find(tx, tenant, id) },
        )
        .await?
        .ok_or_else(Problem::not_found)?;
    Ok(json_text(StatusCode::OK, render(&payout, said_in().into())))
}

/// `POST /payouts/{id}/cancel`
#[utoipa::path(
    post,
    path = "/api/v1/payouts/{id}/cancel",
    operation_id = "cancel_payout",
    tag = "payouts",
    params(PayoutPath),
    responses((status = 200, body = PayoutAnswer))
)]
pub(in crate::web) async fn cancel(
    state: web::Data<State>,
    storefront: Storefront,
    path: web::Path<String>,
    _body: OptionalJsonBody<NoFields>,
) -> Result<HttpResponse, Problem> {
    let (tenant, id) = (storefront.tenant(), known_id(&path)?);
    let (by, now) = (storefront.by(), state.clock.now());
    let done = state
        .database
        .write("cancel a payout", Scope::Tenant(tenant), move |tx| {
            payouts::cancel(tx, tenant, id, &by, now)
        })
        .await
        .map_err(Problem::from)?;
    let language = said_in().into();
    Ok(json_text(
        StatusCode::OK,
        render(&done.into_inner(), language),
    ))
}

#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(in crate::web) struct ListQuery {
    #[param(schema_with = schema::recipient_id)]
    recipient_id: Option<String>,
    #[param(schema_with = schema::payout_status)]
    status: Option<String>,
    #[param(schema_with = schema::recipient_id)]
    external_id: Option<String>,
    #[param(schema_with = schema::instant)]
    created_from: Option<String>,
    #[param(schema_with = schema::instant)]
    created_to: Option<String>,
    #[param(schema_with = schema::page_size)]
    limit: Option<String>,
    #[param(schema_with = schema::cursor)]
    cursor: Option<String>,
}

#[derive(Serialize, ToSchema)]
#[schema(as = PayoutList)]
pub(in crate::web) struct ListAnswer<'a> {
    data: Vec<PayoutAnswer<'a>>,
    #[schema(required = true, schema_with = schema::cursor_or_null)]
    next_cursor: Option<String>,
}

/// `limit`: 1 to 100, or the default.
pub(super) fn page_size(check: &mut Check, text: Option<&str>) -> PageSize {
    let Some(text) = text else {
        return PageSize::DEFAULT;
    };
    let plain = text.bytes().all(|b| b.is_ascii_digit());
    let size = text.parse().ok().filter(|_| plain).and_then(PageSize::new);
    if size.is_none() {
        check.wrong(
            "limit",
            "limit",
            Said::new(
                format!("limit 为 1 至 {} 的整数", PageSize::MAX),
                format!("limit is a number from 1 to {}", PageSize::MAX),
            ),
        );
    }
    size.unwrap_or(PageSize::DEFAULT)
}

/// `GET /payouts`
#[utoipa::path(
    get,
    path = "/api/v1/payouts",
    operation_id = "list_payouts",
    tag = "payouts",
    params(ListQuery),
    responses((status = 200, body = ListAnswer))
)]
pub(in crate::web) async fn list(
    state: web::Data<State>,
    storefront: Storefront,
    query: Query<ListQuery>,
) -> Result<HttpResponse, Problem> {
    let query = query.0;
    let mut check = Check::default();
    let recipient = check.optional(
        "recipient_id",
        query.recipient_id.as_deref(),
        RecipientId::parse,
    );
    let external_id = check.optional(
        "external_id",
        query.external_id.as_deref(),
        ExternalId::parse,
    );
    let created_from = check.instant("created_from", query.created_from.as_deref());
    let created_to = check.instant("created_to", query.created_to.as_deref());
    let status = query.status.as_deref().and_then(|text| {
        let status = Status::parse(text);
        if status.is_none() {
            let all: Vec<&str> = Status::ALL.iter().map(|status| status.as_str()).collect();
            let all = all.join(", ");
            let message = Said::new(
                format!("status 为以下之一: {all}"),
                format!("status is one of {all}"),
            );
            check.wrong("status", "status", message);
        }
        status
    });
    let size = page_size(&mut check, query.limit.as_deref());
    check.finish()?;
    let tenant = storefront.tenant();
    let filter = Filter {
        recipient,
        status,
        external_id,
        created_from,
        created_to,
        ..Filter::default()
    };
    let filter_text = format!("payouts {filter:?}");
    let list = List {
        tenant,
        filter: &filter_text,
    };
    let before = query
        .cursor
        .as_deref()
        .map(|cursor| list.position(&state.cursor_key, cursor));
    let before = before.transpose()?;
    let page = state
        .database
        .read(
            "payouts",
            Scope::Tenant(tenant),
            move |tx| -> Result<_, DbFault> { payouts::list(tx, tenant, &filter, before, size) },
        )
        .await?;
    let next_cursor = page.next.map(|last| list.cursor(&state.cursor_key, &last));
    let language = said_in().into();
    json(
        StatusCode::OK,
        &ListAnswer {
            data: page
                .rows
                .iter()
                .map(|payout| answer(payout, language))
                .collect(),
            next_cursor,
        },
    )
}

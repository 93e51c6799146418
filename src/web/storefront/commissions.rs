//! Commissions: earning and taking back.

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};
use serde::{Deserialize, Serialize};
use serde_json::Number;
use utoipa::{IntoParams, ToSchema};

use super::body::{JsonBody, OptionalJsonBody};
use super::check::Check;
use super::{json, schema};
use crate::basics::{CommissionId, Description, Done, ExternalId, Fen, RecipientId, Timestamp};
use crate::commissions::{self, Commission, NewCommission};
use crate::db::Scope;
use crate::web::State;
use crate::web::guard::Storefront;
use crate::web::problem::{Problem, Said};

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = CommissionEarn)]
pub(in crate::web) struct EarnBody {
    #[schema(required = true, schema_with = schema::commission_id)]
    commission_id: Option<String>,
    #[schema(required = true, schema_with = schema::recipient_id)]
    recipient_id: Option<String>,
    #[schema(required = true, schema_with = schema::amount)]
    amount_fen: Option<Number>,
    #[schema(schema_with = schema::order_no)]
    order_no: Option<String>,
    #[schema(schema_with = schema::description_or_null)]
    description: Option<String>,
    #[schema(schema_with = schema::instant_or_null)]
    available_at: Option<String>,
}

#[derive(Serialize, ToSchema)]
#[schema(as = Commission)]
pub(in crate::web) struct CommissionAnswer<'a> {
    #[schema(schema_with = schema::commission_id)]
    commission_id: &'a CommissionId,
    #[schema(schema_with = schema::recipient_id)]
    recipient_id: &'a RecipientId,
    #[schema(schema_with = schema::amount)]
    amount_fen: Fen,
    #[schema(required = true, schema_with = schema::order_no)]
    order_no: Option<&'a ExternalId>,
    #[schema(required = true, schema_with = schema::description_or_null)]
    description: Option<&'a Description>,
    #[schema(schema_with = schema::instant)]
    available_at: Timestamp,
    #[schema(schema_with = schema::commission_status)]
    status: &'static str,
    #[schema(schema_with = schema::instant)]
    created_at: Timestamp,
    #[schema(required = true, schema_with = schema::instant_or_null)]
    reversed_at: Option<Timestamp>,
}

fn answer(commission: &Commission) -> CommissionAnswer<'_> {
    CommissionAnswer {
        commission_id: &commission.id,
        recipient_id: &commission.recipient,
        amount_fen: commission.amount,
        order_no: commission.order_no.as_ref(),
        description: commission.description.as_ref(),
        available_at: commission.available_at,
        status: commission.state.as_str(),
        created_at: commission.created_at,
        reversed_at: commission.reversed_at,
    }
}

/// `POST /commissions`
#[utoipa::path(
    post,
    path = "/api/v1/commissions",
    operation_id = "earn_commission",
    tag = "commissions",
    request_body = EarnBody,
    responses((status = 200, body = CommissionAnswer), (status = 201, body = CommissionAnswer))
)]
pub(in crate::web) async fn earn(
    state: web::Data<State>,
    storefront: Storefront,
    body: JsonBody<EarnBody>,
) -> Result<HttpResponse, Problem> {
    let fields = &body.fields;
    let mut check = Check::default();
    let id = check.required(
        "commission_id",
        fields.commission_id.as_deref(),
        CommissionId::parse,
    );
    let recipient = check.required(
        "recipient_id",
        fields.recipient_id.as_deref(),
        RecipientId::parse,
    );
    let amount = check.amount("amount_fen", fields.amount_fen.as_ref());
    let order_no = check.optional("order_no", fields.order_no.as_deref(), ExternalId::parse);
    let description = check.optional(
        "description",
        fields.description.as_deref(),
        Description::parse,
    );
    let available_at = check.instant("available_at", fields.available_at.as_deref());
    let (Some(id), Some(recipient), Some(amount)) = (id, recipient, amount) else {
        return Err(check.into_problem());
    };
    check.finish()?;
    let new = NewCommission {
        id,
        recipient,
        amount,
        order_no,
        description,
        available_at,
    };
    let (tenant, by, now) = (storefront.tenant(), storefront.by(), state.clock.now());
    let done = state
        .database
        .write("earn a commission", Scope::Tenant(tenant), move |tx| {
            commissions::earn(tx, tenant, &new, &by, now)
        })
        .await?;
    match done {
        Done::Now(commission) => json(StatusCode::CREATED, &answer(&commission)),
        Done::Already(commission) => json(StatusCode::OK, &answer(&commission)),
    }
}

/// What stands in the path.
#[derive(IntoParams)]
#[into_params(parameter_in = Path)]
#[expect(dead_code, reason = "the documentation's word for the path's one part")]
struct CommissionPath {
    #[param(schema_with = schema::commission_id)]
    commission_id: String,
}

#[derive(Deserialize, Default, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = CommissionReverse)]
pub(in crate::web) struct ReverseBody {
    #[schema(schema_with = schema::reason_text)]
    reason: Option<String>,
}

/// The longest reason, in characters.
const LONGEST_REASON: usize = 200;

/// `POST /commissions/{commission_id}/reverse`
#[utoipa::path(
    post,
    path = "/api/v1/commissions/{commission_id}/reverse",
    operation_id = "reverse_commission",
    tag = "commissions",
    params(CommissionPath),
    request_body = Option<ReverseBody>,
    responses((status = 200, body = CommissionAnswer))
)]
pub(in crate::web) async fn reverse(
    state: web::Data<State>,
    storefront: Storefront,
    path: web::Path<String>,
    body: OptionalJsonBody<ReverseBody>,
) -> Result<HttpResponse, Problem> {
    let id = CommissionId::parse(&path).map_err(|_| Problem::not_found())?;
    let reason = body.fields.reason;
    if let Some(text) = &reason
        && (text.chars().count() > LONGEST_REASON || text.chars().any(char::is_control))
    {
        let message = Said::new(
            format!("至多 {LONGEST_REASON} 个字符,不含控制字符"),
            format!("at most {LONGEST_REASON} characters, without control characters"),
        );
        return Err(Problem::field("reason", "reason", message));
    }
    let (tenant, by, now) = (storefront.tenant(), storefront.by(), state.clock.now());
    let done = state
        .database
        .write("reverse a commission", Scope::Tenant(tenant), move |tx| {
            commissions::reverse(tx, tenant, &id, reason.as_deref(), &by, now)
        })
        .await
        .map_err(Problem::from)?;
    json(StatusCode::OK, &answer(&done.into_inner()))
}

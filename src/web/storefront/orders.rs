//! Orders: told once, they earn commissions by the rules; refunds take back in proportion.

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};
use serde::{Deserialize, Serialize};
use serde_json::Number;
use utoipa::{IntoParams, ToSchema};

use super::body::JsonBody;
use super::check::Check;
use super::{json, schema};
use crate::basics::{
    CommissionId, Done, Fen, ItemKey, OrderId, RecipientId, RefundId, TenantId, Timestamp,
};
use crate::commissions::{self, Commission};
use crate::db::{DbFault, Scope, Tx};
use crate::orders::{self, Earned, Item, MOST_ITEMS, NewOrder, Order};
use crate::web::State;
use crate::web::guard::Storefront;
use crate::web::problem::{Problem, Said};

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = OrderItem)]
pub(in crate::web) struct ItemBody {
    #[schema(schema_with = schema::item_key)]
    key: Option<String>,
    #[schema(required = true, schema_with = schema::amount)]
    amount_fen: Option<Number>,
}

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = OrderRecord)]
pub(in crate::web) struct OrderBody {
    #[schema(required = true, schema_with = schema::order_id)]
    order_id: Option<String>,
    #[schema(required = true, schema_with = schema::amount)]
    amount_fen: Option<Number>,
    #[schema(schema_with = schema::recipient_id_or_null)]
    buyer_id: Option<String>,
    #[schema(schema_with = schema::promoters)]
    promoters: Option<Vec<String>>,
    #[schema(max_items = 50)]
    items: Option<Vec<ItemBody>>,
    #[schema(schema_with = schema::instant_or_null)]
    paid_at: Option<String>,
}

#[derive(Serialize, ToSchema)]
#[schema(as = OrderCommission)]
pub(in crate::web) struct EarnedAnswer {
    #[schema(schema_with = schema::commission_id)]
    commission_id: CommissionId,
    #[schema(schema_with = schema::recipient_id)]
    recipient_id: RecipientId,
    #[schema(schema_with = schema::level)]
    level: i64,
    #[schema(required = true, schema_with = schema::item_key)]
    key: Option<ItemKey>,
    #[schema(schema_with = schema::amount)]
    amount_fen: Fen,
    #[schema(schema_with = schema::fen)]
    reversed_fen: Fen,
    #[schema(schema_with = schema::commission_status)]
    status: &'static str,
    #[schema(schema_with = schema::instant)]
    available_at: Timestamp,
}

#[derive(Serialize, ToSchema)]
#[schema(as = Order)]
pub(in crate::web) struct OrderAnswer {
    #[schema(schema_with = schema::order_id)]
    order_id: OrderId,
    #[schema(schema_with = schema::amount)]
    amount_fen: Fen,
    #[schema(required = true, schema_with = schema::recipient_id_or_null)]
    buyer_id: Option<RecipientId>,
    #[schema(schema_with = schema::instant)]
    paid_at: Timestamp,
    #[schema(schema_with = schema::fen)]
    refunded_fen: Fen,
    #[schema(schema_with = schema::fen)]
    commission_fen: Fen,
    commissions: Vec<EarnedAnswer>,
    #[schema(schema_with = schema::instant)]
    created_at: Timestamp,
}

/// `POST /orders`
#[utoipa::path(
    post,
    path = "/api/v1/orders",
    operation_id = "record_order",
    tag = "commissions",
    request_body = OrderBody,
    responses((status = 200, body = OrderAnswer), (status = 201, body = OrderAnswer))
)]
pub(in crate::web) async fn record(
    state: web::Data<State>,
    storefront: Storefront,
    body: JsonBody<OrderBody>,
) -> Result<HttpResponse, Problem> {
    let now = state.clock.now();
    let new = read_order(&body.fields, now)?;
    let (tenant, by) = (storefront.tenant(), storefront.by());
    let (status, answer) = state
        .database
        .write("record an order", Scope::Tenant(tenant), move |tx| {
            let done = orders::record(tx, tenant, &new, &by, now)?;
            let status = match done {
                Done::Now(_) => StatusCode::CREATED,
                Done::Already(_) => StatusCode::OK,
            };
            Ok::<_, orders::RecordError>((status, answer(tx, tenant, done.into_inner())?))
        })
        .await?;
    json(status, &answer)
}

fn read_order(fields: &OrderBody, now: Timestamp) -> Result<NewOrder, Problem> {
    let mut check = Check::default();
    let id = check.required("order_id", fields.order_id.as_deref(), OrderId::parse);
    let amount = check.amount("amount_fen", fields.amount_fen.as_ref());
    let buyer = check.optional("buyer_id", fields.buyer_id.as_deref(), RecipientId::parse);
    let promoters = fields
        .promoters
        .iter()
        .flatten()
        .enumerate()
        .filter_map(|(place, id)| {
            check.optional(&format!("promoters[{place}]"), Some(id), RecipientId::parse)
        })
        .collect();
    let told = fields.items.as_deref().unwrap_or_default();
    let mut items = Vec::new();
    // more than may be are told as one mistake and not looked at
    for (place, item) in told.iter().take(MOST_ITEMS).enumerate() {
        let key = check.optional(
            &format!("items[{place}].key"),
            item.key.as_deref(),
            ItemKey::parse,
        );
        let amount = check.amount(
            &format!("items[{place}].amount_fen"),
            item.amount_fen.as_ref(),
        );
        items.extend(amount.map(|amount| Item { key, amount }));
    }
    if told.len() > MOST_ITEMS {
        let message = Said::new(
            format!("至多 {MOST_ITEMS} 件商品"),
            format!("an order has at most {MOST_ITEMS} items"),
        );
        check.wrong("items", "too_many", message);
    }
    let paid_at = check.instant("paid_at", fields.paid_at.as_deref());
    let (Some(id), Some(amount)) = (id, amount) else {
        return Err(check.into_problem());
    };
    check.finish()?;
    Ok(NewOrder {
        id,
        amount,
        buyer,
        promoters,
        items,
        paid_at: paid_at.unwrap_or(now),
    })
}

fn answer(tx: &mut Tx<'_>, tenant: TenantId, order: Order) -> Result<OrderAnswer, DbFault> {
    let mut earned = Vec::new();
    for one in orders::list_earned(tx, tenant, &order.id)? {
        if let Some(commission) = commissions::find(tx, tenant, &one.commission)? {
            earned.push(earned_answer(one, commission));
        }
    }
    Ok(OrderAnswer {
        order_id: order.id,
        amount_fen: order.amount,
        buyer_id: order.buyer,
        paid_at: order.paid_at,
        refunded_fen: order.refunded,
        commission_fen: order.commission,
        commissions: earned,
        created_at: order.created_at,
    })
}

fn earned_answer(earned: Earned, commission: Commission) -> EarnedAnswer {
    EarnedAnswer {
        commission_id: commission.id,
        recipient_id: commission.recipient,
        level: earned.level.number(),
        key: earned.key,
        amount_fen: commission.amount,
        reversed_fen: commission.reversed,
        status: commission.state.as_str(),
        available_at: commission.available_at,
    }
}

/// What stands in the path.
#[derive(IntoParams)]
#[into_params(parameter_in = Path)]
#[expect(dead_code, reason = "the documentation's word for the path's one part")]
struct OrderPath {
    #[param(schema_with = schema::order_id)]
    order_id: String,
}

/// `GET /orders/{order_id}`
#[utoipa::path(
    get,
    path = "/api/v1/orders/{order_id}",
    operation_id = "get_order",
    tag = "commissions",
    params(OrderPath),
    responses((status = 200, body = OrderAnswer))
)]
pub(in crate::web) async fn show(
    state: web::Data<State>,
    storefront: Storefront,
    path: web::Path<String>,
) -> Result<HttpResponse, Problem> {
    let id = OrderId::parse(&path).map_err(|_| Problem::not_found())?;
    let tenant = storefront.tenant();
    let found = state
        .database
        .read(
            "an order",
            Scope::Tenant(tenant),
            move |tx| -> Result<_, DbFault> {
                match orders::find(tx, tenant, &id)? {
                    Some(order) => answer(tx, tenant, order).map(Some),
                    None => Ok(None),
                }
            },
        )
        .await?;
    json(StatusCode::OK, &found.ok_or_else(Problem::not_found)?)
}

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = OrderRefund)]
pub(in crate::web) struct RefundBody {
    #[schema(required = true, schema_with = schema::refund_id)]
    refund_id: Option<String>,
    #[schema(required = true, schema_with = schema::amount)]
    amount_fen: Option<Number>,
}

#[derive(Serialize, ToSchema)]
#[schema(as = Refund)]
pub(in crate::web) struct RefundAnswer {
    #[schema(schema_with = schema::order_id)]
    order_id: OrderId,
    #[schema(schema_with = schema::refund_id)]
    refund_id: RefundId,
    #[schema(schema_with = schema::amount)]
    amount_fen: Fen,
    #[schema(schema_with = schema::fen)]
    reversed_fen: Fen,
    #[schema(schema_with = schema::instant)]
    created_at: Timestamp,
}

/// `POST /orders/{order_id}/refunds`
#[utoipa::path(
    post,
    path = "/api/v1/orders/{order_id}/refunds",
    operation_id = "refund_order",
    tag = "commissions",
    params(OrderPath),
    request_body = RefundBody,
    responses((status = 200, body = RefundAnswer), (status = 201, body = RefundAnswer))
)]
pub(in crate::web) async fn refund(
    state: web::Data<State>,
    storefront: Storefront,
    path: web::Path<String>,
    body: JsonBody<RefundBody>,
) -> Result<HttpResponse, Problem> {
    let order = OrderId::parse(&path).map_err(|_| Problem::not_found())?;
    let mut check = Check::default();
    let fields = &body.fields;
    let id = check.required("refund_id", fields.refund_id.as_deref(), RefundId::parse);
    let amount = check.amount("amount_fen", fields.amount_fen.as_ref());
    let (Some(id), Some(amount)) = (id, amount) else {
        return Err(check.into_problem());
    };
    let (tenant, by, now) = (storefront.tenant(), storefront.by(), state.clock.now());
    let done = state
        .database
        .write("refund an order", Scope::Tenant(tenant), move |tx| {
            orders::refund(tx, tenant, &order, &id, amount, &by, now)
        })
        .await?;
    let status = match done {
        Done::Now(_) => StatusCode::CREATED,
        Done::Already(_) => StatusCode::OK,
    };
    let refund = done.into_inner();
    let answer = RefundAnswer {
        order_id: refund.order,
        refund_id: refund.id,
        amount_fen: refund.amount,
        reversed_fen: refund.reversed,
        created_at: refund.created_at,
    };
    json(status, &answer)
}

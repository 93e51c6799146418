//! `GET /limits`: what holds, and how far it is used.

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::check::Check;
use super::query::Query;
use super::{json, schema};
use crate::basics::{RecipientId, Timestamp};
use crate::db::{DbFault, Scope};
use crate::limits::{self, Standing};
use crate::web::State;
use crate::web::guard::Storefront;
use crate::web::problem::Problem;

#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(in crate::web) struct LimitsQuery {
    #[param(schema_with = schema::recipient_id)]
    recipient_id: Option<String>,
}

#[derive(Serialize, ToSchema)]
#[schema(as = Limit)]
pub(in crate::web) struct StandingAnswer {
    #[schema(schema_with = schema::limit_name)]
    name: &'static str,
    #[schema(schema_with = schema::count)]
    limit: i64,
    #[schema(required = true, schema_with = schema::count_or_null)]
    used: Option<i64>,
    #[schema(required = true, schema_with = schema::count_or_null)]
    remaining: Option<i64>,
    #[schema(required = true, schema_with = schema::instant_or_null)]
    resets_at: Option<Timestamp>,
}

impl From<Standing> for StandingAnswer {
    fn from(standing: Standing) -> Self {
        Self {
            name: standing.name.as_str(),
            limit: standing.limit,
            used: standing.used,
            remaining: standing.remaining,
            resets_at: standing.resets_at,
        }
    }
}

#[derive(Serialize, ToSchema)]
#[schema(as = LimitList)]
pub(in crate::web) struct LimitsAnswer {
    data: Vec<StandingAnswer>,
    #[schema(schema_with = schema::when_day_is_full)]
    when_day_is_full: &'static str,
}

/// `GET /limits`
#[utoipa::path(
    get,
    path = "/api/v1/limits",
    operation_id = "list_limits",
    tag = "limits",
    params(LimitsQuery),
    responses((status = 200, body = LimitsAnswer))
)]
pub(in crate::web) async fn list(
    state: web::Data<State>,
    storefront: Storefront,
    query: Query<LimitsQuery>,
) -> Result<HttpResponse, Problem> {
    let mut check = Check::default();
    let recipient = check.optional(
        "recipient_id",
        query.0.recipient_id.as_deref(),
        RecipientId::parse,
    );
    check.finish()?;
    let (tenant, now) = (storefront.tenant(), state.clock.now());
    let (policy, standings) = state
        .database
        .read(
            "limits",
            Scope::Tenant(tenant),
            move |tx| -> Result<_, DbFault> {
                let policy = limits::load_policy(tx, tenant)?;
                let standings = limits::standings(tx, tenant, recipient.as_ref(), &policy, now)?;
                Ok((policy, standings))
            },
        )
        .await?;
    json(
        StatusCode::OK,
        &LimitsAnswer {
            data: standings.into_iter().map(StandingAnswer::from).collect(),
            when_day_is_full: policy.when_day_is_full.as_str(),
        },
    )
}

//! `GET /limits`: what holds, and how far it is used.

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};
use serde::{Deserialize, Serialize};

use super::check::Check;
use super::json;
use super::query::Query;
use crate::basics::{RecipientId, Timestamp};
use crate::db::{DbFault, Scope};
use crate::limits::{self, Standing};
use crate::web::State;
use crate::web::guard::Storefront;
use crate::web::problem::Problem;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::web) struct LimitsQuery {
    recipient_id: Option<String>,
}

#[derive(Serialize)]
struct StandingAnswer {
    name: &'static str,
    limit: i64,
    used: Option<i64>,
    remaining: Option<i64>,
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

#[derive(Serialize)]
struct LimitsAnswer {
    data: Vec<StandingAnswer>,
    when_day_is_full: &'static str,
}

/// `GET /limits`
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

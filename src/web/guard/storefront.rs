//! The storefront's guard: a key in `Authorization: Bearer`, and nothing else names the tenant.

use std::future::{Ready, ready};

use actix_web::body::MessageBody;
use actix_web::dev::{Payload, ServiceRequest, ServiceResponse};
use actix_web::http::header;
use actix_web::middleware::Next;
use actix_web::{Error, FromRequest, HttpMessage as _, HttpRequest, ResponseError as _, web};

use super::request_id;
use crate::audit::{Actor, By};
use crate::basics::TenantId;
use crate::db::{DbFault, Scope};
use crate::tenants::{self, Caller, PresentedKey, TenantState};
use crate::web::State;
use crate::web::problem::{Code, Problem, Said};

/// A storefront whose key lives.
#[derive(Clone, Debug)]
pub(in crate::web) struct Storefront {
    caller: Caller,
}

impl Storefront {
    /// The tenant of the key.
    pub(in crate::web) const fn tenant(&self) -> TenantId {
        self.caller.tenant
    }

    /// The storefront as somebody who does something.
    pub(in crate::web) fn by(&self) -> By {
        By {
            actor: Actor::Storefront(self.caller.key),
            name: String::new(),
            request: Some(request_id()),
        }
    }

    /// Goes on only while no operator has stopped the tenant's money.
    pub(in crate::web) fn may_move_money(&self) -> Result<(), Problem> {
        match &self.caller.state {
            TenantState::Active => Ok(()),
            TenantState::Suspended { .. } => {
                let detail = Said::new(
                    "平台已暂停此站点的付款,请联系平台运营",
                    "an operator has suspended this tenant; ask the platform",
                );
                Err(Problem::new(Code::TenantSuspended, detail))
            }
        }
    }
}

impl FromRequest for Storefront {
    type Error = Problem;
    type Future = Ready<Result<Self, Problem>>;

    /// What [`storefront_first`] has found.
    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let found = request.extensions().get::<Self>().cloned();
        ready(found.ok_or_else(unauthenticated))
    }
}

/// Stands before every door of the storefront's API: nothing else of a request is looked at before its key is known.
pub(in crate::web) async fn storefront_first<B: MessageBody + 'static>(
    request: ServiceRequest,
    next: Next<B>,
) -> Result<ServiceResponse<impl MessageBody>, Error> {
    match identify(request.request()).await {
        Ok(storefront) => {
            request.extensions_mut().insert(storefront);
            let answer = next.call(request).await?;
            Ok(answer.map_into_left_body())
        }
        Err(problem) => {
            let answer = problem.error_response();
            Ok(request.into_response(answer).map_into_right_body())
        }
    }
}

async fn identify(request: &HttpRequest) -> Result<Storefront, Problem> {
    let state = request.app_data::<web::Data<State>>().cloned();
    let (Some(key), Some(state)) = (presented(request), state) else {
        return Err(unauthenticated());
    };
    let found = state
        .database
        .read(
            "whose key",
            Scope::AcrossTenants,
            move |tx| -> Result<_, DbFault> { tenants::authenticate(tx, &key) },
        )
        .await?;
    let caller = found.ok_or_else(unauthenticated)?;
    tracing::Span::current().record("tenant", tracing::field::display(caller.tenant));
    Ok(Storefront { caller })
}

fn presented(request: &HttpRequest) -> Option<PresentedKey> {
    let mut headers = request.headers().get_all(header::AUTHORIZATION);
    let text = headers.next()?.to_str().ok()?;
    if headers.next().is_some() {
        return None;
    }
    let (scheme, key) = text.split_once(' ')?;
    if scheme.eq_ignore_ascii_case("bearer") {
        PresentedKey::parse(key.trim())
    } else {
        None
    }
}

fn unauthenticated() -> Problem {
    let detail = Said::new(
        "请以 Authorization: Bearer zfk_… 发送有效的站点密钥;用 zhanfu api-key create 创建",
        "send a live storefront key as Authorization: Bearer zfk_…; make one with zhanfu api-key create",
    );
    Problem::new(Code::Unauthenticated, detail)
}

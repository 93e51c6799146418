//! The storefront's guard: a key in `Authorization: Bearer`, and nothing else names the tenant.

use std::future::Future;
use std::pin::Pin;

use actix_web::dev::Payload;
use actix_web::http::header;
use actix_web::{FromRequest, HttpRequest, web};

use super::request_id;
use crate::audit::{Actor, By};
use crate::basics::TenantId;
use crate::db::{DbFault, Scope};
use crate::tenants::{self, Caller, PresentedKey, TenantState};
use crate::web::State;
use crate::web::problem::{Code, Problem};

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
            TenantState::Suspended { .. } => Err(Problem::new(
                Code::TenantSuspended,
                "an operator has suspended this tenant; ask the platform",
            )),
        }
    }
}

impl FromRequest for Storefront {
    type Error = Problem;
    type Future = Pin<Box<dyn Future<Output = Result<Self, Problem>>>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let key = presented(request);
        let state = request.app_data::<web::Data<State>>().cloned();
        Box::pin(async move {
            let (Some(key), Some(state)) = (key, state) else {
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
            Ok(Self { caller })
        })
    }
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
    Problem::new(
        Code::Unauthenticated,
        "send a live storefront key as Authorization: Bearer zfk_…; make one with zhanfu api-key create",
    )
}

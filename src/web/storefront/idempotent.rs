//! Calls that may be made again: the same call with the same key gets the first answer.

use actix_web::http::StatusCode;
use actix_web::http::header::{HeaderName, HeaderValue};
use actix_web::{FromRequest, HttpRequest, HttpResponse};
use std::future::{Ready, ready};
use std::sync::Arc;

use super::json_text;
use crate::audit::By;
use crate::basics::{TenantId, Timestamp};
use crate::db::{DbFault, Scope, Tx};
use crate::idempotency::{self, Call, IdempotencyKey, LookUp, StoredAnswer};
use crate::web::State;
use crate::web::problem::{Code, Problem, Said};

/// The header `Idempotency-Key`.
pub(in crate::web) struct KeyHeader(pub(super) IdempotencyKey);

impl FromRequest for KeyHeader {
    type Error = Problem;
    type Future = Ready<Result<Self, Problem>>;

    fn from_request(request: &HttpRequest, _: &mut actix_web::dev::Payload) -> Self::Future {
        let mut headers = request.headers().get_all("Idempotency-Key");
        let key = match (headers.next(), headers.next()) {
            (Some(header), None) => header.to_str().ok().and_then(IdempotencyKey::parse),
            _ => None,
        };
        ready(key.map(Self).ok_or_else(|| {
            let detail = Said::new(
                "请发送一个 Idempotency-Key 请求头,1 至 255 个可见 ASCII 字符;同键重发会得到第一次的结果",
                "send one header Idempotency-Key with 1 to 255 visible ASCII characters; the same key again gives the \
                 first answer",
            );
            Problem::new(Code::IdempotencyKeyRequired, detail)
        }))
    }
}

/// Why a call has no answer of its own.
#[derive(Debug, thiserror::Error)]
enum CallError<E: std::error::Error + 'static> {
    /// The verb refused it, or met a fault.
    #[error(transparent)]
    Verb(E),
    /// Another call with this key was faster. Its answer is the answer.
    #[error("another call with this key was faster")]
    Overtaken,
    /// The database failed.
    #[error("the database failed")]
    Db(#[from] DbFault),
}

enum Answered {
    Now(StoredAnswer),
    Before(StoredAnswer),
    Reused,
}

/// How often a call that was overtaken looks for the other's answer.
const ROUNDS: u32 = 3;

/// Does the call once. `verb` accepts a payout and writes the text of its answer, in one transaction with the key.
///
/// A second call with the key, while the first is at work in this process, is told so at once. One in another process waits
/// for the first one's row and then gives its answer.
///
/// A refusal is not kept, so a corrected call may use the key again. But a refusal may also come from the very success of an
/// equal call at the same time (it took the balance), so before a refusal is told the key is looked up once more.
pub(super) async fn once<V, E>(
    state: &State,
    tenant: TenantId,
    call: Call,
    by: By,
    verb: V,
) -> Result<HttpResponse, Problem>
where
    V: Fn(&mut Tx<'_>, &By, Timestamp) -> Result<String, E> + Clone + Send + 'static,
    E: std::error::Error + Into<Problem> + Send + 'static,
{
    let now = state.clock.now();
    let Some(place) = state.under_way.begin(tenant, &call) else {
        return Err(in_progress());
    };
    let place = Arc::new(place);
    for _ in 0..ROUNDS {
        let (this, by, verb) = (call.clone(), by.clone(), verb.clone());
        // the transaction holds its place: it runs on when the caller has gone away
        let held = place.clone();
        let done = state
            .database
            .write("accept a payout", Scope::Tenant(tenant), move |tx| {
                let _at_work = &held;
                attempt(tx, tenant, &this, &by, now, &verb)
            })
            .await;
        match done {
            Ok(Answered::Now(answer)) => {
                state.engine.wake();
                return Ok(render(answer, false));
            }
            Ok(Answered::Before(answer)) => return Ok(render(answer, true)),
            Ok(Answered::Reused) => return Err(reused()),
            Err(CallError::Overtaken) => {}
            Err(CallError::Verb(refusal)) => {
                return match look_up(state, tenant, call).await? {
                    LookUp::New => Err(refusal.into()),
                    LookUp::Answered(answer) => Ok(render(answer, true)),
                    LookUp::Reused => Err(reused()),
                };
            }
            Err(CallError::Db(fault)) => return Err(fault.into()),
        }
    }
    Err(in_progress())
}

async fn look_up(state: &State, tenant: TenantId, call: Call) -> Result<LookUp, DbFault> {
    state
        .database
        .read("answered meanwhile", Scope::Tenant(tenant), move |tx| {
            idempotency::look_up(tx, tenant, &call)
        })
        .await
}

fn attempt<E: std::error::Error + 'static>(
    tx: &mut Tx<'_>,
    tenant: TenantId,
    call: &Call,
    by: &By,
    now: Timestamp,
    verb: &impl Fn(&mut Tx<'_>, &By, Timestamp) -> Result<String, E>,
) -> Result<Answered, CallError<E>> {
    match idempotency::look_up(tx, tenant, call)? {
        LookUp::Answered(answer) => return Ok(Answered::Before(answer)),
        LookUp::Reused => return Ok(Answered::Reused),
        LookUp::New => {}
    }
    let body = verb(tx, by, now).map_err(CallError::Verb)?;
    let answer = StoredAnswer {
        status: StatusCode::CREATED.as_u16(),
        body,
    };
    if idempotency::keep(tx, tenant, call, &answer, now)? {
        Ok(Answered::Now(answer))
    } else {
        Err(CallError::Overtaken)
    }
}

fn render(answer: StoredAnswer, replayed: bool) -> HttpResponse {
    let status = StatusCode::from_u16(answer.status).unwrap_or(StatusCode::CREATED);
    let mut response = json_text(status, answer.body);
    if replayed {
        let name = HeaderName::from_static("idempotent-replayed");
        response
            .headers_mut()
            .insert(name, HeaderValue::from_static("true"));
    }
    response
}

fn reused() -> Problem {
    let detail = Said::new(
        "此键已用于另一内容的请求;新的付款请用新的键",
        "this key was used with another body; use a new key for a new payout",
    );
    Problem::new(Code::IdempotencyKeyReused, detail)
}

fn in_progress() -> Problem {
    let detail = Said::new(
        "同键的请求正在处理;请稍候用同一个键重试",
        "a call with this key is at work; repeat it with the same key in a moment",
    );
    Problem::new(Code::IdempotencyInProgress, detail)
}

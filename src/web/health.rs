//! Whether the process lives, and whether it can work.

use std::time::Duration;

use actix_web::http::header;
use actix_web::{HttpRequest, HttpResponse, web};
use serde_json::json;

use super::State;
use crate::db::{DbFault, SchemaState, Scope, sql};

/// `/healthz`: the process lives.
pub(super) async fn live() -> HttpResponse {
    HttpResponse::Ok().json(json!({ "status": "ok" }))
}

/// How long a database may take to answer whether it is there: those who ask `/readyz` wait three seconds or so.
const READY_WITHIN: Duration = Duration::from_secs(2);

/// `/readyz`: the database answers and the schema fits.
pub(super) async fn ready(state: web::Data<State>) -> HttpResponse {
    let answers = async {
        let answer = state.database.read("ready?", Scope::AcrossTenants, |tx| {
            sql("SELECT 1").execute(tx)
        });
        let answered: Result<usize, DbFault> = answer.await;
        answered.is_ok()
    };
    let fits = async {
        let database = state.database.clone();
        let schema = web::block(move || database.schema_state()).await;
        matches!(schema, Ok(Ok(SchemaState::Current)))
    };
    let asked = tokio::time::timeout(READY_WITHIN, async {
        let answers = answers.await;
        (answers, answers && fits.await)
    });
    let (answers, fits) = asked.await.unwrap_or((false, false));
    let body = json!({
        "status": if answers && fits { "ok" } else { "unready" },
        "database": answers,
        "schema": fits,
    });
    if answers && fits {
        HttpResponse::Ok().json(body)
    } else {
        HttpResponse::ServiceUnavailable().json(body)
    }
}

/// `/metrics` for callers on this machine; others find nothing here.
pub(super) async fn metrics(request: HttpRequest, state: web::Data<State>) -> HttpResponse {
    let local = request
        .peer_addr()
        .is_some_and(|peer| peer.ip().is_loopback());
    if !local || state.metrics_elsewhere {
        return HttpResponse::NotFound().finish();
    }
    exposition(&state).await
}

/// The metrics as Prometheus reads them.
pub async fn exposition(state: &State) -> HttpResponse {
    let now = state.clock.now();
    let figures = state
        .database
        .read(
            "figures",
            Scope::AcrossTenants,
            move |tx| -> Result<_, DbFault> { crate::engine::watch(tx, now) },
        )
        .await;
    let mut text = state.courier.exposition();
    text.push_str(&state.engine.exposition(figures.ok().as_ref(), now));
    HttpResponse::Ok()
        .insert_header((
            header::CONTENT_TYPE,
            "text/plain; version=0.0.4; charset=utf-8",
        ))
        .body(text)
}

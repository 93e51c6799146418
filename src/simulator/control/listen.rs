//! Listening on loopback.

use std::convert::Infallible;
use std::io;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use http_body_util::{BodyExt as _, Full, Limited};
use hyper::body::Incoming;
use hyper::header::{CONTENT_TYPE, HeaderMap};
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper::{Request, Response};
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::net::TcpListener;
use tokio::sync::Semaphore;
use tokio::task::{JoinSet, spawn_blocking};
use tokio::time::{sleep, timeout};

use super::routes::{Call, Said, route};
use crate::simulator::premises::Premises;

/// Connections at once: a person and a few scripts.
const MAX_CONNECTIONS: usize = 64;
/// The longest body: a merchant or a rule is far below.
const MAX_BODY_BYTES: usize = 64 * 1024;
/// How long a head, a body, or the pause before the next request may take.
const PATIENCE_SECONDS: u64 = 30;
/// Pause after the system has refused a connection (out of file descriptors).
const REFUSED_PAUSE_MS: u64 = 50;

/// Binds the control port; anything but loopback is refused, because whoever reaches it may
/// change balances.
pub(in crate::simulator) async fn bind(wanted: SocketAddr) -> io::Result<TcpListener> {
    if !wanted.ip().is_loopback() {
        let fault = "the simulator's control port listens on loopback only";
        return Err(io::Error::new(io::ErrorKind::InvalidInput, fault));
    }
    TcpListener::bind(wanted).await
}

/// Serves until it is dropped.
pub(in crate::simulator) async fn serve(listener: TcpListener, premises: Arc<Premises>) {
    let places = Arc::new(Semaphore::new(MAX_CONNECTIONS));
    let mut connections = JoinSet::new();
    loop {
        while connections.try_join_next().is_some() {}
        let Ok(place) = places.clone().acquire_owned().await else {
            return;
        };
        let Ok((stream, _)) = listener.accept().await else {
            sleep(Duration::from_millis(REFUSED_PAUSE_MS)).await;
            continue;
        };
        let premises = premises.clone();
        connections.spawn(async move {
            let service = service_fn(move |request| answer(premises.clone(), request));
            let served = http1::Builder::new()
                .timer(TokioTimer::new())
                .header_read_timeout(Duration::from_secs(PATIENCE_SECONDS))
                .serve_connection(TokioIo::new(stream), service)
                .await;
            // A client that goes away in the middle concerns nobody.
            drop(served);
            drop(place);
        });
    }
}

async fn answer(
    premises: Arc<Premises>,
    request: Request<Incoming>,
) -> Result<Response<Full<Bytes>>, Infallible> {
    let (head, body) = request.into_parts();
    let body = Limited::new(body, MAX_BODY_BYTES).collect();
    let said = match timeout(Duration::from_secs(PATIENCE_SECONDS), body).await {
        Ok(Ok(body)) => {
            let call = Call {
                method: head.method,
                path: head.uri.path().to_owned(),
                query: head.uri.query().unwrap_or_default().to_owned(),
                is_json: is_json(&head.headers),
                body: body.to_bytes(),
            };
            // Making a key and copying a long book would hold the other connections up.
            let routed = spawn_blocking(move || route(&premises, &call)).await;
            routed.unwrap_or_else(|_| Said::error(500, "the simulator failed"))
        }
        Ok(Err(_)) | Err(_) => Said::error(413, "the body is too long or did not come"),
    };
    let mut response = Response::new(Full::new(said.body));
    *response.status_mut() = said.status;
    response
        .headers_mut()
        .insert(CONTENT_TYPE, said.content_type);
    Ok(response)
}

fn is_json(headers: &HeaderMap) -> bool {
    let content_type = headers
        .get(CONTENT_TYPE)
        .and_then(|value| value.to_str().ok());
    let kind = content_type.and_then(|text| text.split(';').next());
    kind.is_some_and(|kind| kind.trim().eq_ignore_ascii_case("application/json"))
}

//! Taking connections.

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use rustls::HandshakeKind;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio::task::JoinSet;
use tokio::time::{sleep, timeout};
use tokio_rustls::TlsAcceptor;
use tokio_rustls::server::TlsStream;

use super::exchange::Connection;
use super::wire::{Tap, Wire};
use crate::simulator::gateway::WireEvent;
use crate::simulator::premises::Premises;

/// Connections at once; more than any engine's pools hold, and within the usual open-file limit.
const MAX_CONNECTIONS: usize = 4096;
/// How long a handshake may take.
const HANDSHAKE_SECONDS: u64 = 10;
/// How long a connection may wait for its next request: nginx's default.
const IDLE_SECONDS: u64 = 75;
/// The longest HTTP head.
const MAX_HEAD_BYTES: usize = 64 * 1024;
/// Pause after the system has refused a connection (out of file descriptors).
const REFUSED_PAUSE_MS: u64 = 50;

/// Serves until it is dropped; then every connection is dropped with it.
pub(in crate::simulator) async fn serve(listener: TcpListener, premises: Arc<Premises>) {
    let places = Arc::new(Semaphore::new(MAX_CONNECTIONS));
    let mut connections = JoinSet::new();
    loop {
        while connections.try_join_next().is_some() {}
        let Ok(place) = places.clone().acquire_owned().await else {
            return;
        };
        match listener.accept().await {
            Ok((stream, source)) => {
                connections.spawn(connection(stream, source, premises.clone(), place));
            }
            Err(_) => sleep(Duration::from_millis(REFUSED_PAUSE_MS)).await,
        }
    }
}

async fn connection(
    stream: TcpStream,
    source: SocketAddr,
    premises: Arc<Premises>,
    _place: OwnedSemaphorePermit,
) {
    let gateway = premises.gateway();
    gateway.count(WireEvent::Connection);
    let Some(stream) = handshake(stream, &premises).await else {
        gateway.count(WireEvent::FailedHandshake);
        return;
    };
    let certificate = stream
        .get_ref()
        .1
        .peer_certificates()
        .and_then(|chain| premises.authorities().read(chain));
    let tap = Tap::default();
    let connection = Arc::new(Connection {
        gateway: gateway.clone(),
        now: premises.now().clone(),
        certificate,
        source: source.ip().to_canonical(),
        tap: tap.clone(),
    });
    let service = service_fn(move |request| {
        let connection = connection.clone();
        async move { connection.exchange(request).await }
    });
    let served = http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(Duration::from_secs(IDLE_SECONDS))
        .max_buf_size(MAX_HEAD_BYTES)
        .serve_connection(TokioIo::new(Wire::new(stream, tap)), service)
        .await;
    // However it ended: clients that vanish and connections cut on purpose are everyday here.
    drop(served);
}

async fn handshake(stream: TcpStream, premises: &Premises) -> Option<TlsStream<TcpStream>> {
    if premises.gateway().refuses_handshake() {
        return None;
    }
    stream.set_nodelay(true).ok()?;
    let acceptor = TlsAcceptor::from(premises.presented().config());
    let limit = Duration::from_secs(HANDSHAKE_SECONDS);
    let stream = timeout(limit, acceptor.accept(stream)).await.ok()?.ok()?;
    let event = match stream.get_ref().1.handshake_kind() {
        Some(HandshakeKind::Resumed) => WireEvent::ResumedHandshake,
        Some(HandshakeKind::Full | HandshakeKind::FullWithHelloRetryRequest) | None => {
            WireEvent::FullHandshake
        }
    };
    premises.gateway().count(event);
    Some(stream)
}

//! `zhanfu serve`: the web server and the payout engine.

use std::net::{SocketAddr, TcpListener};
use std::sync::Arc;
use std::time::Duration;

use actix_web::middleware::from_fn;
use actix_web::{App, HttpServer, web};
use tokio::sync::watch;

use super::CommandFault;
use super::args::{RoleArg, ServeArgs};
use super::output::Refused;
use crate::app::{Ground, Schema};
use crate::config::Settings;
use crate::web::State;

/// How long requests under way may take once the end was asked for.
const SHUTDOWN_SECONDS: u64 = 25;

/// A runtime for everything that waits.
pub(super) fn runtime() -> Result<tokio::runtime::Runtime, Refused> {
    tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
        .map_err(|error| Refused(format!("the runtime does not start: {error}")))
}

/// Runs until SIGTERM or Ctrl-C; then it claims nothing more, lets what is under way end, and exits within 25 seconds.
pub(super) fn run(args: &ServeArgs, settings: Settings) -> Result<(), CommandFault> {
    let schema = if args.migrate {
        Schema::Migrate
    } else {
        Schema::MustFit
    };
    let ground = Ground::open(settings, schema)?;
    let (engine, courier) = (ground.engine()?, ground.courier()?);
    let runs_engine = matches!(args.role, RoleArg::All | RoleArg::Engine);
    let lock = if runs_engine {
        Some(ground.engine_lock()?)
    } else {
        None
    };
    let web = match args.role {
        RoleArg::All | RoleArg::Web => Some(bind(ground.settings.listen)?),
        RoleArg::Engine => None,
    };
    let metrics = ground.settings.metrics_listen.map(bind).transpose()?;
    let state = ground.web_state(engine.clone(), courier.clone());
    runtime()?.block_on(async move {
        let (stop, stopped) = watch::channel(false);
        let courier_run = runs_engine.then(|| tokio::spawn(courier.run(stopped.clone())));
        let engine_run = runs_engine.then(|| tokio::spawn(engine.run(stopped)));
        let served = serve(web, metrics, state).await;
        stop.send_replace(true);
        if let Some(run) = engine_run
            && let Err(error) = run.await
        {
            tracing::error!(%error, "the engine stopped");
        }
        if let Some(run) = courier_run
            && let Err(error) = run.await
        {
            tracing::error!(%error, "the courier stopped");
        }
        drop(lock);
        served
    })?;
    Ok(())
}

/// Binds an address; port 0 takes a free one.
pub(super) fn bind(address: SocketAddr) -> Result<TcpListener, Refused> {
    TcpListener::bind(address).map_err(|error| {
        Refused(format!(
            "{address} cannot be listened on ({error}); set ZHANFU_LISTEN to a free address"
        ))
    })
}

/// Serves on bound listeners until a signal comes.
pub(super) async fn serve(
    web: Option<TcpListener>,
    metrics: Option<TcpListener>,
    state: State,
) -> Result<(), Refused> {
    let failed = |error: std::io::Error| Refused(format!("the web server failed: {error}"));
    let mut servers = Vec::new();
    if let Some(listener) = web {
        let address = listener.local_addr().map_err(failed)?;
        tracing::info!(%address, "the web server listens");
        servers.push(web_server(listener, state.clone()).map_err(failed)?);
    }
    if let Some(listener) = metrics {
        servers.push(metrics_server(listener, state).map_err(failed)?);
    }
    if servers.is_empty() {
        tracing::info!("the engine runs alone");
        return wait_for_signal().await.map_err(failed);
    }
    let handles: Vec<_> = servers.iter().map(actix_web::dev::Server::handle).collect();
    let running = futures_util::future::join_all(servers);
    tokio::pin!(running);
    tokio::select! {
        results = &mut running => results.into_iter().collect::<Result<(), _>>().map_err(failed),
        signal = wait_for_signal() => {
            signal.map_err(failed)?;
            tracing::info!("stopping");
            futures_util::future::join_all(handles.iter().map(|handle| handle.stop(true))).await;
            running.await.into_iter().collect::<Result<(), _>>().map_err(failed)
        }
    }
}

async fn wait_for_signal() -> std::io::Result<()> {
    use tokio::signal::unix::{SignalKind, signal};
    let mut term = signal(SignalKind::terminate())?;
    let mut int = signal(SignalKind::interrupt())?;
    tokio::select! {
        _ = term.recv() => {}
        _ = int.recv() => {}
    }
    Ok(())
}

fn web_server(listener: TcpListener, state: State) -> std::io::Result<actix_web::dev::Server> {
    let server = HttpServer::new(move || {
        let state = state.clone();
        App::new()
            .app_data(web::Data::new(state.clone()))
            .wrap(from_fn(crate::web::request_scope))
            .configure(move |config| crate::web::configure(config, state))
    })
    .keep_alive(Duration::from_secs(15))
    .client_request_timeout(Duration::from_secs(10))
    .client_disconnect_timeout(Duration::from_secs(5))
    .max_connections(10_000)
    .shutdown_timeout(SHUTDOWN_SECONDS)
    .disable_signals()
    .listen(listener)?;
    Ok(server.run())
}

fn metrics_server(listener: TcpListener, state: State) -> std::io::Result<actix_web::dev::Server> {
    let state = Arc::new(state);
    let server = HttpServer::new(move || {
        let state = state.clone();
        App::new().route(
            "/metrics",
            web::get().to(move || {
                let state = state.clone();
                async move { crate::web::exposition(&state).await }
            }),
        )
    })
    .workers(1)
    .disable_signals()
    .listen(listener)?;
    Ok(server.run())
}

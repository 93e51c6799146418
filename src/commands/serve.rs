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
use super::timekeeper;
use super::under_way::{UnderWay, counted};
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

/// Runs until SIGTERM or Ctrl-C; then it takes up nothing more, neither requests nor payouts, lets what is under way end, and exits within
/// 25 seconds.
pub(super) fn run(args: &ServeArgs, settings: Settings) -> Result<(), CommandFault> {
    let schema = if args.migrate {
        Schema::Migrate
    } else {
        Schema::MustFit
    };
    let mut ground = Ground::open(settings, schema)?;
    let clock = timekeeper::set(&mut ground)?;
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
        let stop = Arc::new(watch::Sender::new(false));
        let time = tokio::spawn(timekeeper::keep(clock, stop.subscribe()));
        let mut runs = Vec::new();
        if runs_engine {
            let stopped = stop.subscribe();
            runs.push(tokio::spawn(watched(
                "engine",
                engine.run(stopped),
                stop.clone(),
            )));
            let stopped = stop.subscribe();
            runs.push(tokio::spawn(watched(
                "courier",
                courier.run(stopped),
                stop.clone(),
            )));
        }
        let served = serve(web, metrics, state, &stop).await;
        let mut ended_well = true;
        for run in runs {
            ended_well &= run.await.unwrap_or(false);
        }
        time.abort();
        drop(lock);
        served?;
        if ended_well {
            Ok(())
        } else {
            Err(Refused(
                "the engine or the courier broke down; the log says why".into(),
            ))
        }
    })?;
    Ok(())
}

/// Runs a part until the end is asked for. Should it break down, everything else ends too: a server whose engine is gone would accept payouts
/// that nobody sends. False then.
async fn watched(
    part: &'static str,
    run: impl Future<Output = ()> + Send + 'static,
    stop: Arc<watch::Sender<bool>>,
) -> bool {
    tracing::info!("the {part} runs");
    let ended = tokio::spawn(run).await;
    stop.send_replace(true);
    ended
        .inspect_err(|error| tracing::error!(%error, "the {part} broke down"))
        .is_ok()
}

/// Binds an address; port 0 takes a free one.
pub(super) fn bind(address: SocketAddr) -> Result<TcpListener, Refused> {
    TcpListener::bind(address).map_err(|error| {
        Refused(format!(
            "{address} cannot be listened on ({error}); set ZHANFU_LISTEN to a free address"
        ))
    })
}

/// Serves on bound listeners until a signal comes, or until a server fails. The signal is passed on at once: the engine and the servers end
/// what they have under way side by side.
pub(super) async fn serve(
    web: Option<TcpListener>,
    metrics: Option<TcpListener>,
    state: State,
    stop: &watch::Sender<bool>,
) -> Result<(), Refused> {
    let served = serve_until_stopped(web, metrics, state, stop).await;
    stop.send_replace(true);
    served
}

async fn serve_until_stopped(
    web: Option<TcpListener>,
    metrics: Option<TcpListener>,
    state: State,
    stop: &watch::Sender<bool>,
) -> Result<(), Refused> {
    let failed = |error: std::io::Error| Refused(format!("the web server failed: {error}"));
    let under_way = UnderWay::default();
    let mut servers = Vec::new();
    if let Some(listener) = web {
        let address = listener.local_addr().map_err(failed)?;
        tracing::info!(%address, "the web server listens");
        servers.push(web_server(listener, state.clone(), under_way.clone()).map_err(failed)?);
    }
    if let Some(listener) = metrics {
        servers.push(metrics_server(listener, state).map_err(failed)?);
    }
    if servers.is_empty() {
        return wait_for_the_end(stop).await.map_err(failed);
    }
    let handles: Vec<_> = servers.iter().map(actix_web::dev::Server::handle).collect();
    let running = futures_util::future::join_all(servers);
    tokio::pin!(running);
    tokio::select! {
        results = &mut running => results.into_iter().collect::<Result<(), _>>().map_err(failed),
        end = wait_for_the_end(stop) => {
            end.map_err(failed)?;
            tracing::info!("stopping");
            stop.send_replace(true);
            let stopping = futures_util::future::join_all(handles.iter().map(|handle| handle.stop(true)));
            // what keeps its connection open without a request is not waited for
            let quiet = async { futures_util::future::join(stopping, under_way.are_none()).await.1 };
            tokio::select! {
                results = &mut running => results.into_iter().collect::<Result<(), _>>().map_err(failed),
                () = quiet => Ok(()),
            }
        }
    }
}

/// A signal, or somebody else's word that this is the end.
async fn wait_for_the_end(stop: &watch::Sender<bool>) -> std::io::Result<()> {
    use tokio::signal::unix::{SignalKind, signal};
    let mut term = signal(SignalKind::terminate())?;
    let mut int = signal(SignalKind::interrupt())?;
    let mut stopped = stop.subscribe();
    tokio::select! {
        _ = term.recv() => {}
        _ = int.recv() => {}
        said = stopped.wait_for(|stopped| *stopped) => drop(said),
    }
    Ok(())
}

fn web_server(
    listener: TcpListener,
    state: State,
    under_way: UnderWay,
) -> std::io::Result<actix_web::dev::Server> {
    let server = HttpServer::new(move || {
        let state = state.clone();
        App::new()
            .app_data(web::Data::new(state.clone()))
            .app_data(web::Data::new(under_way.clone()))
            .wrap(from_fn(crate::web::request_scope))
            .wrap(from_fn(counted))
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
    // nobody waits for a scrape
    .shutdown_timeout(1)
    .disable_signals()
    .listen(listener)?;
    Ok(server.run())
}

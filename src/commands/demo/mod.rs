//! `zhanfu demo`: everything on one machine, with nothing else installed.
//!
//! It is the real thing with one replacement: WeChat Pay is the simulator, reached over mutual TLS. The shops are made by the verbs that the
//! commands and pages use, and their storefronts call the API over HTTP.

mod past;
mod report;
mod scene;
mod shop;
mod storefront;

use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;
use std::time::Duration;

use tokio::sync::watch;

use super::CommandFault;
use super::args::DemoArgs;
use super::output::{self, Refused};
use super::serve::{bind, runtime, serve};
use crate::basics::Clock as _;
use crate::basics::clock::SystemClock;
use crate::telemetry::{self, LogTo};
use scene::Scene;

/// Runs the demo: until Ctrl-C, or once.
pub(super) fn run(args: &DemoArgs) -> Result<ExitCode, CommandFault> {
    telemetry::start("warn", LogTo::Stderr);
    let directory = directory(args.directory.as_deref())?;
    // run once, nobody has to find the pages: any free port will do, and a second demo may run
    let address = if args.once {
        "127.0.0.1:0".parse().unwrap_or(args.listen)
    } else {
        args.listen
    };
    let listener = bind(address)?;
    let local = listener
        .local_addr()
        .map_err(|error| Refused(error.to_string()))?;
    let once = args.once;
    runtime()?.block_on(async move {
        let behind = if once {
            Duration::ZERO
        } else {
            past::beginning()
        };
        let scene = Arc::new(Scene::open(&directory, local, behind).await?);
        let stop = Arc::new(watch::Sender::new(false));
        let courier = scene.ground.courier()?;
        let courier_run = tokio::spawn(courier.clone().run(stop.subscribe()));
        let state = scene.ground.web_state(scene.engine.clone(), courier);
        let stopping = stop.clone();
        let server =
            tokio::spawn(async move { serve(Some(listener), None, state, &stopping).await });
        if !once {
            output::line("the shops live through their last four weeks …");
            past::live(&scene).await?;
        }
        let engine = tokio::spawn(scene.engine.clone().run(stop.subscribe()));
        let paid = storefront::first_day(&scene).await?;
        let code = if once {
            let report = report::wait_and_compare(&scene, &paid).await?;
            output::json(&report.json());
            if report.agrees() {
                ExitCode::SUCCESS
            } else {
                ExitCode::from(1)
            }
        } else {
            storefront::troubles(&scene).await?;
            report::introduce(&scene, &directory);
            let trickle = tokio::spawn(storefront::trickle(scene.clone()));
            let ended = server.await.map_err(|error| Refused(error.to_string()))?;
            trickle.abort();
            ended?;
            ExitCode::SUCCESS
        };
        stop.send_replace(true);
        if let Err(error) = engine.await {
            return Err(Refused(format!("the engine stopped: {error}")).into());
        }
        if let Err(error) = courier_run.await {
            return Err(Refused(format!("the courier stopped: {error}")).into());
        }
        Ok(code)
    })
}

/// A directory of the demo's own: a new one each time, so that every demo starts fresh and nothing is ever deleted.
fn directory(wanted: Option<&Path>) -> Result<PathBuf, Refused> {
    let directory = wanted.map_or_else(
        || {
            let now = SystemClock.now();
            PathBuf::from("data/demo")
                .join(now.shanghai().replace(['-', ':'], "").replace(' ', "-"))
        },
        Path::to_path_buf,
    );
    let mut candidate = directory.clone();
    let mut number = 1_u32;
    while candidate.join("zhanfu.db").exists() {
        number = number.saturating_add(1);
        candidate = directory.with_file_name(format!(
            "{}-{number}",
            directory.file_name().unwrap_or_default().to_string_lossy()
        ));
    }
    std::fs::create_dir_all(&candidate)
        .map_err(|error| Refused(format!("{} cannot be made: {error}", candidate.display())))?;
    Ok(candidate)
}

//! `zhanfu simulator`: WeChat Pay for development.

use std::fs;
use std::path::Path;
use std::sync::Arc;

use super::CommandFault;
use super::args::SimulatorArgs;
use super::output::{self, Refused};
use super::serve::runtime;
use crate::basics::Clock as _;
use crate::basics::clock::SystemClock;
use crate::simulator::{self, Merchant, Simulator};

/// Runs until it is stopped.
pub(super) fn run(args: &SimulatorArgs) -> Result<(), CommandFault> {
    if args.list_faults {
        for line in list_faults() {
            output::line(&line);
        }
        return Ok(());
    }
    let merchants = args
        .merchant
        .iter()
        .map(|text| merchant(text))
        .collect::<Result<Vec<_>, _>>()?;
    runtime()?.block_on(async {
        let mut settings = simulator::Settings::new(Arc::new(|| SystemClock.now().as_millis()));
        settings.address = args.listen;
        settings.control = Some(args.control);
        settings.seed = args.seed;
        settings.merchants = merchants.clone();
        let running = simulator::start(settings).await.map_err(|error| {
            Refused(format!(
                "the simulator does not start on {}: {error}",
                args.listen
            ))
        })?;
        announce(args, &running, &merchants)?;
        tokio::signal::ctrl_c()
            .await
            .map_err(|error| Refused(format!("waiting for Ctrl-C failed: {error}")))?;
        running.shutdown().await;
        Ok(())
    })
}

fn merchant(text: &str) -> Result<Merchant, Refused> {
    let wrong = || Refused(format!("--merchant {text}: write MCHID:APPID:KEYFILE"));
    let mut parts = text.splitn(3, ':');
    let (Some(mchid), Some(app_id), Some(key_file)) = (parts.next(), parts.next(), parts.next())
    else {
        return Err(wrong());
    };
    let key = output::read_text(Path::new(key_file))?;
    Ok(Merchant::new(mchid, app_id, &key))
}

fn announce(
    args: &SimulatorArgs,
    running: &Simulator,
    merchants: &[Merchant],
) -> Result<(), Refused> {
    let directory = &args.directory;
    let unwritable = |error| {
        Refused(format!(
            "{} cannot be written: {error}",
            directory.display()
        ))
    };
    fs::create_dir_all(directory).map_err(unwritable)?;
    let ca = directory.join("ca.pem");
    fs::write(&ca, running.ca_pem()).map_err(unwritable)?;
    output::line(&format!("WeChat Pay simulator at {}", running.base_url()));
    output::line(&format!(
        "export ZHANFU_WECHAT_BASE_URL={}",
        running.base_url()
    ));
    output::line(&format!("export ZHANFU_WECHAT_CA_FILE={}", ca.display()));
    if let Some(control) = running.control_url() {
        output::line(&format!(
            "control port at {control} (book, merchants, packages, faults)"
        ));
    }
    for merchant in merchants {
        let zip = running
            .package(&merchant.mchid)
            .and_then(|package| package.zip());
        let zip = zip
            .map_err(|fault| Refused(format!("no certificate for {}: {fault}", merchant.mchid)))?;
        let path = directory.join(format!("{}_apiclient_cert.zip", merchant.mchid));
        fs::write(&path, zip).map_err(unwritable)?;
        output::line(&format!(
            "merchant {}: certificate package in {}",
            merchant.mchid,
            path.display()
        ));
    }
    Ok(())
}

/// The faults that an openid can ask for, a line each.
pub(super) fn list_faults() -> Vec<String> {
    let mut lines = vec![
        "An openid oSIM-[ONCE_][QUERY_][PAID_|UNPAID_]NAME[_N]-… asks for a fault; rules are set by POST /faults on the control port."
            .to_owned(),
        "Names:".to_owned(),
    ];
    let faults = simulator::faults::catalogue().iter();
    lines.extend(faults.map(|(name, meaning)| format!("  {name:<28} {meaning}")));
    let codes = simulator::codes::DOCUMENTED.iter();
    lines.extend(codes.map(|code| format!("  {:<28} the code: {}", code.name, code.text)));
    lines
}

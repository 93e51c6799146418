//! One remote call on a reused connection: written, signed, sent, answered, judged; no database.

use std::path::PathBuf;
use std::process::Command;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use serde::{Deserialize, Serialize};
use zhanfu::basics::ids::fresh;
use zhanfu::basics::randomness::OsRandomness;
use zhanfu::basics::{
    ApiKey, AppId, Description, Fen, MerchantNumber, OpenId, PayoutId, Secret, Timestamp,
};
use zhanfu::rails::wechat_v2::WechatV2;
use zhanfu::rails::{Credential, Nonce, Order, Outcome, PartnerTradeNo, Rail as _, Submission};
use zhanfu::simulator::{Limits, Merchant};
use zhanfu::wire::https::CLIENTS_MOST;
use zhanfu::wire::{ClientIdentity, HttpsRemote, HttpsSetup, Roots};

use super::end_to_end::handshakes;
use crate::figures::{Bar, Report, count, median};
use crate::rig::Rig;
use crate::{Args, Res, machine};

const MCHID: &str = "1900000000";
const APP_ID: &str = "wx0000000000000000";
const API_KEY: &str = "192006250b4c09247ec02edce69f6a2d";

/// Calls in flight at once: as many as connections are kept open for one identity.
const AT_ONCE: usize = 4;

#[derive(Clone, Debug, clap::Args)]
pub(crate) struct CallerArgs {
    #[arg(long)]
    base: String,
    /// The simulator's authority.
    #[arg(long)]
    ca: PathBuf,
    /// The merchant's certificate, DER.
    #[arg(long)]
    certificate: PathBuf,
    /// Its key, PKCS#8.
    #[arg(long)]
    key: PathBuf,
    #[arg(long)]
    calls: usize,
}

#[derive(Deserialize, Serialize)]
struct Told {
    cpu_us: f64,
    wall_us: f64,
    connections: u64,
}

pub(crate) fn measure(args: &Args, report: &mut Report) -> Res<()> {
    let rig = Rig::open(args)?;
    let mut merchant = Merchant::new(MCHID, APP_ID, API_KEY);
    merchant.limits = Limits::none();
    merchant.balance_fen = i64::MAX / 4;
    rig.simulator.add_merchant(merchant)?;
    let package = rig.simulator.package(MCHID)?;
    let (certificate, key) = (
        rig.directory.join("cert.der"),
        rig.directory.join("key.der"),
    );
    std::fs::write(&certificate, &package.certificate_der)?;
    std::fs::write(&key, &package.private_key_der)?;
    let (mut cpu, mut wall) = (vec![], vec![]);
    let calls = args.payouts.max(1_000);
    for round in 1..=args.rounds {
        let before = handshakes(&rig);
        let output = Command::new(std::env::current_exe()?)
            .arg("caller")
            .args(["--base", rig.simulator.base_url()])
            .arg("--ca")
            .arg(&rig.ca_file)
            .arg("--certificate")
            .arg(&certificate)
            .arg("--key")
            .arg(&key)
            .args(["--calls", &calls.to_string()])
            .output()?;
        if !output.status.success() {
            return Err(String::from_utf8_lossy(&output.stderr).into());
        }
        let told: Told = serde_json::from_slice(&output.stdout)?;
        println!(
            "  round {round}: {calls} calls over {} connections, {} handshakes at the simulator; {:.1} µs CPU, {:.1} µs wall for each",
            told.connections,
            handshakes(&rig).saturating_sub(before),
            told.cpu_us,
            told.wall_us
        );
        cpu.push(told.cpu_us);
        wall.push(told.wall_us);
    }
    report.bar(
        "a remote call on a reused connection: CPU",
        median(&cpu),
        "µs",
        Bar::AtMost(50.0),
    );
    report.figure(
        format!("a remote call on a reused connection: wall, {AT_ONCE} at once"),
        median(&wall),
        "µs",
    );
    Ok(())
}

/// The process that calls. It has one thread, whose CPU time is told to the nanosecond.
pub(crate) fn run_caller(args: &CallerArgs) -> Res<()> {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()?;
    let told = runtime.block_on(call_many(args))?;
    println!("{}", serde_json::to_string(&told)?);
    Ok(())
}

async fn call_many(args: &CallerArgs) -> Res<Told> {
    let remote = Arc::new(HttpsRemote::new(HttpsSetup {
        base: args.base.parse()?,
        roots: Roots::Pem(std::fs::read(&args.ca)?),
        timeout: Duration::from_secs(10),
        clients_most: CLIENTS_MOST,
    })?);
    let rail = WechatV2::new(remote.clone());
    let identity = Arc::new(ClientIdentity {
        tenant: fresh(Timestamp::from_seconds(0), &OsRandomness),
        certificate: fresh(Timestamp::from_seconds(0), &OsRandomness),
        chain: vec![std::fs::read(&args.certificate)?],
        key: Secret::new(std::fs::read(&args.key)?),
    });
    let credential = Credential {
        merchant_number: MerchantNumber::parse(MCHID)?,
        app_id: AppId::parse(APP_ID)?,
        api_key: ApiKey::parse(API_KEY)?,
        identity,
    };
    // connections are made before anything is measured
    calls(&rail, &credential, AT_ONCE.saturating_mul(8)).await?;
    let (cpu, began) = (machine::cpu_of_this_thread()?, Instant::now());
    calls(&rail, &credential, args.calls).await?;
    let cpu = machine::cpu_of_this_thread()?.saturating_sub(cpu);
    let each = |time: Duration| time.as_secs_f64() * 1e6 / count(args.calls);
    Ok(Told {
        cpu_us: each(cpu),
        wall_us: each(began.elapsed()),
        connections: remote.figures().connections,
    })
}

async fn calls(rail: &WechatV2, credential: &Credential, calls: usize) -> Res<()> {
    let next = AtomicUsize::new(0);
    let callers = (0..AT_ONCE).map(|_| async {
        while next.fetch_add(1, Ordering::Relaxed) < calls {
            call_once(rail, credential).await?;
        }
        Ok::<_, Box<dyn std::error::Error + Send + Sync>>(())
    });
    futures_util::future::try_join_all(callers).await?;
    Ok(())
}

async fn call_once(rail: &WechatV2, credential: &Credential) -> Res<()> {
    let payout: PayoutId = fresh(Timestamp::from_seconds(1), &OsRandomness);
    let number = PartnerTradeNo::from(payout);
    let order = Order {
        partner_trade_no: number.clone(),
        app_id: credential.app_id.clone(),
        merchant_number: credential.merchant_number.clone(),
        openid: OpenId::parse("o-1")?,
        real_name: None,
        amount: Fen::new(100),
        description: Description::parse("提现")?,
        caller_ip: std::net::Ipv4Addr::LOCALHOST,
    };
    let request = rail.compose(&order, credential, &Nonce::fresh(&OsRandomness))?;
    let submission = Submission {
        credential,
        partner_trade_no: &number,
        request: &request,
    };
    match rail.submit(submission).await.verdict {
        Outcome::Paid(_) => Ok(()),
        other @ (Outcome::NotSent(_)
        | Outcome::Refused(_)
        | Outcome::PutOff(_)
        | Outcome::Held(_)
        | Outcome::Unknown(_)) => Err(format!("not paid: {other:?}").into()),
    }
}

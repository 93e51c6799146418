//! SIGTERM: nothing more is begun, what is under way is brought to its end, and that is soon.

use std::time::Duration;

use zhanfu::simulator::Endpoint;
use zhanfu::simulator::faults::{Action, Rule};

use crate::database::On;
use crate::stage::{Load, PATIENCE, Stage, http_client, until};

const PAYOUTS: usize = 40;

/// The promise of `zhanfu serve`.
const DRAIN: Duration = Duration::from_secs(25);

/// Open attempts: written down, and their end is not.
const OPEN: &str = "SELECT COUNT(*) AS number FROM attempts WHERE finished_at IS NULL";

async fn drains(on: On) {
    // a call may take as long as a call may take by default
    let stage = Stage::on(on)
        .await
        .with("WECHAT_TIMEOUT", "10s")
        .with("LEASE", "60s");
    let shop = stage.shop("tea").await;
    let slow = Rule::always(Action::Delay { ms: 4_000 }).on(Endpoint::Transfers);
    stage.simulator.set_fault(slow).unwrap();
    let server = stage.serve("server", &[]).await;
    let load = Load::of(&[shop], &server.base, PAYOUTS, 8);
    load.finish().await;
    until("calls are under way", PATIENCE, async || {
        (stage.number(OPEN) > 10).then_some(())
    })
    .await;
    // a browser that keeps its connection open holds nobody up
    let idle = http_client();
    idle.get(format!("{}/healthz", server.base))
        .send()
        .await
        .unwrap();
    let ended = server.terminate(DRAIN).await;
    assert!(ended.success(), "{ended}");
    assert_eq!(stage.number(OPEN), 0, "every call's end is written down");
    let statuses = stage.statuses().unwrap();
    assert!(!statuses.contains_key("processing"), "{statuses:?}");
    let succeeded = statuses.get("succeeded").copied().unwrap_or(0);
    assert_eq!(u64::try_from(succeeded).unwrap(), stage.paid_at_wechat());
    // and what was not begun is there for the next
    stage.simulator.gateway().clear_faults();
    let server = stage.serve("next", &[]).await;
    stage.until_final(PAYOUTS).await;
    stage.judge(PAYOUTS).await;
    server.kill();
    stage.strike();
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_under_way_ends_within_25_seconds_on_sqlite() {
    drains(On::Sqlite).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_under_way_ends_within_25_seconds_on_postgres() {
    drains(On::Postgres).await;
}

//! An engine that is paused past its lease, as a virtual machine is, and wakes with answers in its hands.

use zhanfu::simulator::Endpoint;
use zhanfu::simulator::faults::{Action, Rule};

use crate::database::On;
use crate::stage::{Load, PATIENCE, Stage, free_port, http_client, until};

const PAYOUTS: usize = 40;

#[tokio::test(flavor = "multi_thread")]
async fn it_changes_nothing_when_it_wakes_and_nobody_is_paid_twice() {
    let mut stage = Stage::on(On::Postgres).await;
    let shop = stage.shop("tea").await;
    // while answers are on their way, the engine stands still
    let slow = Rule::always(Action::Delay { ms: 800 }).on(Endpoint::Transfers);
    stage.simulator.set_fault(slow).unwrap();
    let web = stage.serve("web", &["--role", "web"]).await;
    let load = Load::of(&[shop], &web.base, PAYOUTS, 8);
    load.finish().await;
    let metrics = free_port();
    stage.set("METRICS_LISTEN", &format!("127.0.0.1:{metrics}"));
    let mut paused = stage.serve("paused", &["--role", "engine"]).await;
    until("payments are on their way", PATIENCE, async || {
        (stage.paid_at_wechat() >= 10).then_some(())
    })
    .await;
    paused.signal("STOP");
    let held = stage.statuses().unwrap();
    assert!(held.contains_key("processing"), "{held:?}");
    stage.settings.remove("ZHANFU_METRICS_LISTEN");
    let other = stage.serve("other", &["--role", "engine"]).await;
    let statuses = stage.until_final(PAYOUTS).await;
    assert_eq!(statuses.get("succeeded"), Some(&PAYOUTS), "{statuses:?}");
    let fences = "SELECT CAST(SUM(fence) AS BIGINT) AS number FROM payouts";
    let before = stage.number(fences);
    paused.signal("CONT");
    let http = http_client();
    until(
        "its outcomes are refused by their fences",
        PATIENCE,
        async || {
            let url = format!("http://127.0.0.1:{metrics}/metrics");
            let text = http.get(url).send().await.ok()?.text().await.ok()?;
            text.lines()
                .filter_map(|line| line.strip_prefix("zhanfu_fence_rejected_total "))
                .any(|count| count != "0")
                .then_some(())
        },
    )
    .await;
    assert!(paused.lives(), "it goes on working");
    assert_eq!(stage.number(fences), before, "nothing changed");
    assert_eq!(stage.statuses().unwrap(), statuses);
    stage.judge(PAYOUTS).await;
    drop((web, paused, other));
    stage.strike();
}

//! `kill -9` while money is on its way.

use zhanfu::simulator::Endpoint;
use zhanfu::simulator::faults::{Action, Rule};

use crate::database::On;
use crate::stage::{Load, PATIENCE, Stage, free_port, until};

/// How many payouts are asked for.
const PAYOUTS: usize = 100;

async fn killed_in_the_middle_of_a_hundred(on: On) {
    let listen = format!("127.0.0.1:{}", free_port());
    let stage = Stage::on(on).await.with("LISTEN", &listen);
    let shop = stage.shop("tea").await;
    // answers take a while, so that there is a middle
    let slow = Rule::always(Action::Delay { ms: 600 }).on(Endpoint::Transfers);
    stage.simulator.set_fault(slow).unwrap();
    let server = stage.serve("first", &[]).await;
    let load = Load::of(&[shop], &server.base, PAYOUTS, 8);
    load.release(PAYOUTS);
    let before = until(
        "a third is paid, and more is on its way",
        PATIENCE,
        async || {
            let statuses = stage.statuses()?;
            (stage.paid_at_wechat() >= 30 && statuses.contains_key("processing"))
                .then_some(statuses)
        },
    )
    .await;
    server.kill();
    assert_ne!(before.get("succeeded"), Some(&PAYOUTS), "{before:?}");
    // the storefronts have no answer to their last calls, and go on
    let server = stage.serve("second", &[]).await;
    load.finish().await;
    let after = stage.until_final(PAYOUTS).await;
    assert_eq!(after.get("succeeded"), Some(&PAYOUTS), "{after:?}");
    stage.judge(PAYOUTS).await;
    server.kill();
    stage.strike();
}

#[tokio::test(flavor = "multi_thread")]
async fn all_end_and_each_is_paid_once_on_sqlite() {
    killed_in_the_middle_of_a_hundred(On::Sqlite).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn all_end_and_each_is_paid_once_on_postgres() {
    killed_in_the_middle_of_a_hundred(On::Postgres).await;
}

//! PostgreSQL stops at once under load, and comes back.

use zhanfu::simulator::Endpoint;
use zhanfu::simulator::faults::{Action, Rule};

use crate::stage::{Load, OwnPostgres, PATIENCE, Stage, http_client, until};

const PAYOUTS: usize = 150;

/// How often the database dies.
const TIMES: usize = 3;

#[tokio::test(flavor = "multi_thread")]
async fn what_was_accepted_is_paid_once_though_the_database_died_thrice() {
    let postgres = OwnPostgres::start();
    let stage = Stage::on_own(&postgres).await;
    stage.run(&["migrate"]).await.done();
    let shop = stage.shop("tea").await;
    let slow = Rule::always(Action::Delay { ms: 200 }).on(Endpoint::Transfers);
    stage.simulator.set_fault(slow).unwrap();
    let mut engine = stage.serve("engine", &["--role", "engine"]).await;
    let mut web = stage.serve("web", &["--role", "web"]).await;
    let http = http_client();
    let ready = async |wanted: u16| {
        until(&format!("readyz says {wanted}"), PATIENCE, async || {
            let answer = http.get(format!("{}/readyz", web.base)).send().await.ok()?;
            (answer.status().as_u16() == wanted).then_some(())
        })
        .await;
    };
    ready(200).await;
    let load = Load::of(&[shop], &web.base, PAYOUTS, 8);
    let share = PAYOUTS / (TIMES + 1);
    for time in 0..TIMES {
        load.release(share);
        load.until_accepted(time * share + share / 2).await;
        let paid = stage.paid_at_wechat();
        until("money moves", PATIENCE, async || {
            (stage.paid_at_wechat() > paid).then_some(())
        })
        .await;
        postgres.halt();
        ready(503).await;
        postgres.again();
        ready(200).await;
    }
    load.finish().await;
    let statuses = stage.until_final(PAYOUTS).await;
    assert_eq!(statuses.get("succeeded"), Some(&PAYOUTS), "{statuses:?}");
    assert!(engine.lives() && web.lives(), "both went on");
    stage.judge(PAYOUTS).await;
    drop((engine, web));
    stage.strike();
}

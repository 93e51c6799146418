//! A backup that was put back pays nothing: it asks, until an operator says go.

use std::fs;
use std::time::Duration;

use crate::database::On;
use crate::stage::{Load, PATIENCE, Shop, Stage, until};

/// Payouts that are paid before the backup is made, that are accepted before it and paid after it, and that come after it.
const BEFORE: usize = 10;
const OPEN: usize = 10;
const LOST: usize = 10;

/// The engine's own count of its beats.
const BEATS: &str = "SELECT CAST(COALESCE(MAX(beat), 0) AS BIGINT) AS number FROM heartbeat";

/// The files of a SQLite database.
const FILES: [&str; 3] = ["zhanfu.db", "zhanfu.db-wal", "zhanfu.db-shm"];

/// Runs a role for as long as some storefronts ask, and stops it.
async fn ask(stage: &Stage, shop: &Shop, role: &str, payouts: std::ops::Range<usize>, paid: usize) {
    let server = stage.serve("server", &["--role", role]).await;
    Load::numbers(std::slice::from_ref(shop), &server.base, payouts, 2)
        .finish()
        .await;
    if role == "all" {
        stage.until_final(paid).await;
    }
    assert!(server.terminate(Duration::from_secs(25)).await.success());
}

#[tokio::test(flavor = "multi_thread")]
async fn it_asks_only_until_an_operator_says_go() {
    let mut stage = Stage::on(On::Sqlite).await;
    let shop = stage.shop("tea").await;
    ask(&stage, &shop, "all", 0..BEFORE, BEFORE).await;
    let snapshot_holds = BEFORE + OPEN;
    ask(&stage, &shop, "web", BEFORE..snapshot_holds, 0).await;
    let backup = stage.file("backup");
    fs::create_dir(&backup).unwrap();
    stage.close_database();
    for name in FILES {
        drop(fs::copy(stage.file(name), backup.join(name)));
    }
    // life goes on: what was open is paid, and more comes and is paid
    let all = snapshot_holds + LOST;
    ask(&stage, &shop, "all", snapshot_holds..all, all).await;
    assert_eq!(stage.paid_at_wechat(), u64::try_from(all).unwrap());

    // the disk breaks, and the backup is put back
    stage.close_database();
    for name in FILES {
        drop(fs::remove_file(stage.file(name)));
        drop(fs::copy(backup.join(name), stage.file(name)));
    }
    let server = stage.serve("restored", &[]).await;
    // what the backup calls unsent was paid: asking finds out, and nothing is sent
    let statuses = stage.until_final(snapshot_holds).await;
    assert_eq!(
        statuses.get("succeeded"),
        Some(&snapshot_holds),
        "{statuses:?}"
    );
    let closed = stage.run(&["lane", "list", "--json"]).await.done().json();
    assert_eq!(closed["closed"][0]["state"], "restored", "{closed}");
    // new payouts are accepted, and wait
    Load::numbers(&[shop], &server.base, all..all + 5, 1)
        .finish()
        .await;
    let beats = stage.number(BEATS);
    until("the engine looks a few times", PATIENCE, async || {
        (stage.number(BEATS) >= beats + 3).then_some(())
    })
    .await;
    let statuses = stage.statuses().unwrap();
    assert_eq!(statuses.get("queued"), Some(&5), "{statuses:?}");
    assert_eq!(
        stage.paid_at_wechat(),
        u64::try_from(all).unwrap(),
        "nothing was sent"
    );
    // nor by an engine that is started anew
    server.kill();
    let server = stage.serve("again", &[]).await;
    let beats = stage.number(BEATS);
    until("the next engine looks a few times", PATIENCE, async || {
        (stage.number(BEATS) >= beats + 2).then_some(())
    })
    .await;
    assert_eq!(
        stage.paid_at_wechat(),
        u64::try_from(all).unwrap(),
        "nothing was sent"
    );
    // the operator has compared, and says go
    stage.run(&["lane", "open", "--platform"]).await.done();
    let statuses = stage.until_final(snapshot_holds + 5).await;
    assert_eq!(
        statuses.get("succeeded"),
        Some(&(snapshot_holds + 5)),
        "{statuses:?}"
    );
    server.kill();
    // each was paid once, also those that this database has lost
    let book = stage.simulator.book();
    let numbers: std::collections::BTreeSet<&str> = book
        .movements
        .iter()
        .map(|movement| movement.partner_trade_no.as_str())
        .collect();
    assert_eq!(numbers.len(), book.movements.len());
    assert_eq!(numbers.len(), all + 5);
    stage.run(&["ledger", "verify"]).await.done();
    stage.strike();
}

//! How fast the judge is; a measurement, run by hand:
//! `cargo test --release --lib simulator::tests::speed -- --ignored --nocapture`.

use std::sync::Arc;
use std::time::Instant;

use super::super::Limits;
use super::counter::{Counter, Form, MCHID, PAYEE};
use super::over_tls::Shop;

const TRANSFERS: u32 = 20_000;
const TARGET_PER_SECOND: u128 = 5_000;

fn per_second(count: u32, since: Instant) -> u128 {
    u128::from(count) * 1_000_000 / since.elapsed().as_micros().max(1)
}

#[test]
#[ignore = "a measurement"]
fn the_judge_alone_keeps_up() {
    let counter = Counter::with_limits(Limits::none());
    let start = Instant::now();
    for n in 0..TRANSFERS {
        counter.pay_plainly(&format!("N{n}"), 1);
    }
    assert!(per_second(TRANSFERS, start) > TARGET_PER_SECOND);
}

#[tokio::test]
#[ignore = "a measurement"]
async fn kept_connections_keep_up() {
    let shop = Arc::new(Shop::open().await);
    shop.simulator
        .gateway()
        .change_merchant(MCHID, |m| m.limits = Limits::none())
        .unwrap();
    let client = shop.client();
    let start = Instant::now();
    let workers: Vec<_> = (0..8)
        .map(|worker| {
            let (shop, client) = (shop.clone(), client.clone());
            tokio::spawn(async move {
                for n in 0..TRANSFERS / 8 {
                    let form = Form::transfer(&format!("W{worker}N{n}"), PAYEE, 1);
                    shop.post(&client, &form).await.unwrap();
                }
            })
        })
        .collect();
    for worker in workers {
        worker.await.unwrap();
    }
    let reached = per_second(TRANSFERS, start);
    assert_eq!(shop.simulator.book().paid_fen, i64::from(TRANSFERS));
    assert!(
        reached > TARGET_PER_SECOND,
        "{reached} transfers a second, client included"
    );
}

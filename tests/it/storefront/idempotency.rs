//! The same call again gives the first answer, whatever happened in between.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc;

use futures_util::future::{Either, join_all, select};
use reqwest::Method;
use serde_json::{Value as Json, json};
use zhanfu::db::{Backend, DbFault, Point, Saboteur, Scope, Strike, sql};

use crate::harness::{Answer, House, On, Plan, Shop};
use crate::on_both_databases;

fn body(amount: i64) -> Json {
    json!({ "recipient_id": "u1", "amount_fen": amount })
}

async fn withdraw(shop: &Shop, body: Json, key: &str) -> Answer {
    shop.call(Method::POST, "/withdrawals", Some(body), Some(key))
        .await
}

async fn rich(house: &House) -> Shop {
    let shop = house.shop("tea");
    shop.knows("u1").await;
    shop.earns("u1", 100_000).await;
    shop
}

/// Lets no payout be written until it is told to go on.
struct Barrier {
    release: mpsc::Sender<()>,
    thread: std::thread::JoinHandle<()>,
}

impl Barrier {
    fn put_up(house: &House) -> Self {
        let database = house.ground.database.clone();
        let (release, released) = mpsc::channel::<()>();
        let (stands, standing) = mpsc::channel();
        let thread = std::thread::spawn(move || {
            let held = database.write_blocking(
                "a barrier",
                Scope::AcrossTenants,
                |tx| -> Result<(), DbFault> {
                    if tx.backend() == Backend::Postgres {
                        sql("LOCK TABLE payouts IN EXCLUSIVE MODE").execute(tx)?;
                    }
                    stands.send(()).unwrap();
                    released.recv().unwrap();
                    Ok(())
                },
            );
            held.unwrap();
        });
        standing.recv().unwrap();
        Self { release, thread }
    }

    fn take_down(self) {
        self.release.send(()).unwrap();
        self.thread.join().unwrap();
    }
}

on_both_databases! {
    async fn the_same_key_gives_the_first_answer_byte_for_byte(house) {
        let shop = rich(house).await;
        let first = withdraw(&shop, body(1_000), "k").await.expect(201);
        assert!(first.header("idempotent-replayed").is_none());
        house.run().await;
        // the payout has gone on since; the answer is the first one all the same
        let again = withdraw(&shop, body(1_000), "k").await.expect(201);
        assert_eq!(again.text, first.text);
        assert_eq!(again.header("idempotent-replayed"), Some("true"));
        assert_eq!(again.header("content-type"), first.header("content-type"));
        assert_eq!(shop.balance("u1").await, (99_000, 0, 1_000));
        // also in quotes, as the IETF draft writes a key
        assert_eq!(withdraw(&shop, body(1_000), "\"k\"").await.expect(201).text, first.text);
    }

    async fn order_and_blanks_of_the_json_do_not_count(house) {
        let shop = rich(house).await;
        let post = async |text: &str| {
            let request = shop.request(Method::POST, "/withdrawals").header("idempotency-key", "k");
            Answer::of(request.header("content-type", "application/json; charset=utf-8").body(text.to_owned())).await
        };
        let first = post(r#"{"recipient_id":"u1","amount_fen":1000}"#).await.expect(201);
        let again = post("{ \"amount_fen\" : 1000,\n\t\"recipient_id\" : \"\\u00751\" }").await.expect(201);
        assert_eq!(again.text, first.text);
        assert_eq!(again.header("idempotent-replayed"), Some("true"));
    }

    async fn another_body_with_the_key_is_refused(house) {
        let shop = rich(house).await;
        withdraw(&shop, body(1_000), "k").await.expect(201);
        withdraw(&shop, body(1_001), "k").await.expect_problem(422, "idempotency_key_reused");
        let with_more = json!({ "recipient_id": "u1", "amount_fen": 1_000, "external_id": "x" });
        withdraw(&shop, with_more, "k").await.expect_problem(422, "idempotency_key_reused");
        assert_eq!(shop.balance("u1").await, (99_000, 1_000, 0));
    }

    async fn a_key_belongs_to_a_tenant_and_a_route(house) {
        let (shop, other) = (rich(house).await, house.shop("rice"));
        other.knows("u1").await;
        other.earns("u1", 5_000).await;
        let first = withdraw(&shop, body(1_000), "k").await.expect(201);
        let direct = shop.call(Method::POST, "/payouts", Some(body(1_000)), Some("k")).await.expect(201);
        let others = withdraw(&other, body(1_000), "k").await.expect(201);
        assert_ne!(first.id(), direct.id());
        assert_ne!(first.id(), others.id());
        for answer in [direct, others] {
            assert!(answer.header("idempotent-replayed").is_none());
        }
        // two keys of the storefront are one storefront
        let second = shop.with(&shop.makes_key(house, "second"), &house.base);
        assert_eq!(withdraw(&second, body(1_000), "k").await.expect(201).text, first.text);
    }

    async fn a_money_moving_call_needs_one_well_formed_key(house) {
        let shop = rich(house).await;
        let sent = async |key: Option<reqwest::header::HeaderValue>, path: &str| {
            let mut request = shop.request(Method::POST, path).header("content-type", "application/json");
            if let Some(key) = key {
                request = request.header("idempotency-key", key);
            }
            Answer::of(request.body(body(100).to_string())).await
        };
        for path in ["/withdrawals", "/payouts"] {
            sent(None, path).await.expect_problem(400, "idempotency_key_required");
            let long = "k".repeat(256);
            for key in ["".as_bytes(), b"\"\"", "\u{1F600}".as_bytes(), b"a\tb", "键".as_bytes(), long.as_bytes()] {
                let key = reqwest::header::HeaderValue::from_bytes(key).unwrap();
                sent(Some(key), path).await.expect_problem(400, "idempotency_key_required");
            }
            let twice = shop
                .request(Method::POST, path)
                .header("content-type", "application/json")
                .header("idempotency-key", "a")
                .header("idempotency-key", "b")
                .body(body(100).to_string());
            Answer::of(twice).await.expect_problem(400, "idempotency_key_required");
            withdraw(&shop, body(100), &"k".repeat(255)).await.expect(201);
        }
    }

    async fn a_refused_call_keeps_nothing(house) {
        let shop = rich(house).await;
        withdraw(&shop, json!({ "recipient_id": "u1" }), "k").await.expect_field("amount_fen", "required");
        withdraw(&shop, body(200_000), "k").await.expect_problem(422, "insufficient_balance");
        withdraw(&shop, json!({ "recipient_id": "u1", "amount": 1 }), "k").await.expect_problem(400, "invalid_request");
        let fresh = withdraw(&shop, body(1_000), "k").await.expect(201);
        assert!(fresh.header("idempotent-replayed").is_none());
    }

    async fn of_32_equal_calls_at_once_one_makes_a_payout(house) {
        let shop = rich(house).await;
        let calls = join_all((0..32).map(|_| withdraw(&shop, body(1_000), "k"))).await;
        let mut fresh = Vec::new();
        let mut replayed = Vec::new();
        for answer in calls {
            match (answer.status, answer.header("idempotent-replayed")) {
                (201, None) => fresh.push(answer.text),
                (201, Some("true")) => replayed.push(answer.text),
                (409, None) => {
                    let answer = answer.expect_problem(409, "idempotency_in_progress");
                    assert_eq!(answer.header("retry-after"), Some("1"));
                }
                _ => panic!("{} {}", answer.status, answer.text),
            }
        }
        assert_eq!(fresh.len(), 1);
        assert!(replayed.iter().all(|text| text == &fresh[0]));
        assert_eq!(withdraw(&shop, body(1_000), "k").await.expect(201).text, fresh[0]);
        assert_eq!(shop.balance("u1").await, (99_000, 1_000, 0));
    }

    async fn while_the_first_is_at_work_the_second_is_told_so(house) {
        let shop = rich(house).await;
        let barrier = Barrier::put_up(house);
        let (first, second) = (withdraw(&shop, body(1_000), "k"), withdraw(&shop, body(1_000), "k"));
        let (told, waits) = match select(Box::pin(first), Box::pin(second)).await {
            Either::Left((told, waits)) | Either::Right((told, waits)) => (told, waits),
        };
        let told = told.expect_problem(409, "idempotency_in_progress");
        assert_eq!(told.header("retry-after"), Some("1"));
        // another key does not wait for this one's answer, only for the database
        barrier.take_down();
        let done = waits.await.expect(201);
        assert_eq!(withdraw(&shop, body(1_000), "k").await.expect(201).text, done.text);
    }

    async fn after_a_restart_the_answer_is_still_the_first(house) {
        let shop = rich(house).await;
        let first = withdraw(&shop, body(1_000), "k").await.expect(201);
        let (base, server) = house.restarted();
        let there = shop.with(&shop.key, &base);
        let again = withdraw(&there, body(1_000), "k").await.expect(201);
        assert_eq!(again.text, first.text);
        assert_eq!(again.header("idempotent-replayed"), Some("true"));
        server.stop(false).await;
    }

    async fn an_answer_is_kept_for_30_days_and_forgotten_after_that(house) {
        let shop = rich(house).await;
        let first = withdraw(&shop, body(1_000), "k").await.expect(201);
        house.run().await;
        house.clock.advance(std::time::Duration::from_hours(24 * 30));
        house.engine.tidy().await;
        assert_eq!(withdraw(&shop, body(1_000), "k").await.expect(201).text, first.text);
        house.clock.advance(std::time::Duration::from_hours(24 * 2));
        house.engine.tidy().await;
        assert_ne!(withdraw(&shop, body(1_000), "k").await.expect(201).id(), first.id());
    }
}

/// Cuts the first acceptance off after its commit: the payout is there, and nobody has heard of it.
struct LostAnswer(AtomicBool);

impl Saboteur for LostAnswer {
    fn strike(&self, transaction: &'static str, point: Point) -> Option<Strike> {
        let strikes = transaction == "accept a payout"
            && point == Point::Answer
            && !self.0.swap(true, Ordering::SeqCst);
        strikes.then_some(Strike::Dead)
    }
}

async fn a_lost_answer_is_given_to_the_next_call(on: On) {
    let plan = Plan {
        saboteur: Some(Arc::new(LostAnswer(AtomicBool::new(false)))),
        ..Plan::default()
    };
    let house = House::built(on, plan).await;
    let shop = rich(&house).await;
    let lost = withdraw(&shop, body(1_000), "k")
        .await
        .expect_problem(503, "unavailable");
    assert_eq!(lost.header("retry-after"), Some("1"));
    assert_eq!(
        shop.balance("u1").await,
        (99_000, 1_000, 0),
        "it was committed"
    );
    let told = withdraw(&shop, body(1_000), "k").await.expect(201);
    assert_eq!(told.header("idempotent-replayed"), Some("true"));
    assert_eq!(
        shop.get("/payouts").await.json()["data"]
            .as_array()
            .unwrap()
            .len(),
        1
    );
    house.run().await;
    assert_eq!(shop.balance("u1").await, (99_000, 0, 1_000));
    house.conscience().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_lost_answer_is_given_to_the_next_call_on_sqlite() {
    a_lost_answer_is_given_to_the_next_call(On::Sqlite).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_lost_answer_is_given_to_the_next_call_on_postgres() {
    a_lost_answer_is_given_to_the_next_call(On::Postgres).await;
}

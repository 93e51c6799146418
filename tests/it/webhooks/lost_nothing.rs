//! Whatever happens to the courier, no event is lost.

use std::collections::BTreeMap;
use std::future::Future as _;
use std::task::{Context, Waker};
use std::time::Duration;

use reqwest::header::{HeaderMap, HeaderName};
use standardwebhooks::Webhook;
use zhanfu::basics::clock::SystemClock;
use zhanfu::basics::{Clock as _, TenantId, Timestamp};
use zhanfu::db::{DbFault, Scope};
use zhanfu::outbox::{self, Event, Kind, Outcome, State};

use super::Registered;
use crate::harness::{Arrival, House, Manner};
use crate::on_both_databases;

const URL: &str = "https://hooks.tea.example.com/zhanfu";

/// What an independent library says, the age of the message included.
fn verifies(arrival: &Arrival, secret: &str) -> bool {
    let mut headers = HeaderMap::new();
    for (name, value) in &arrival.headers {
        let name = HeaderName::from_bytes(name.as_bytes()).unwrap();
        headers.insert(name, value.parse().unwrap());
    }
    Webhook::new(secret)
        .unwrap()
        .verify(&arrival.body, &headers)
        .is_ok()
}

/// Writes many events with texts of all kinds.
fn tell_many(house: &House, tenant: TenantId, count: usize, now: Timestamp) {
    const TEXTS: [&str; 4] = [
        "提现 ¥1,234.50",
        "emoji 🧧 \u{1f468}\u{200d}\u{1f469}",
        "quote \" \\ \u{7f}",
        "\u{fffd}é\u{301}",
    ];
    let events = (0..count).map(|number| {
        let event = Event {
            kind: Kind::PayoutSucceeded,
            payout: None,
            once: None,
            facts: serde_json::json!({ "number": number, "text": TEXTS[number % TEXTS.len()] }),
        };
        (tenant, event)
    });
    let events: Vec<_> = events.collect();
    house
        .ground
        .database
        .write_blocking(
            "tell many",
            Scope::Tenant(tenant),
            |tx| -> Result<(), DbFault> {
                for batch in events.chunks(100) {
                    outbox::tell_all(tx, batch.to_vec(), now)?;
                }
                Ok(())
            },
        )
        .unwrap();
}

on_both_databases! {
    async fn ten_thousand_events_arrive_and_each_can_be_verified(house) {
        const EACH: usize = 1_000;
        house.clock.set(SystemClock.now());
        let mut endpoints: BTreeMap<String, Registered> = BTreeMap::new();
        let shops: Vec<_> = ["a1", "b2", "c3", "d4", "e5"].map(|slug| house.shop(slug)).into();
        for shop in &shops {
            for number in 0..2 {
                let url = format!("https://h{number}.{}.example.com/", shop.slug);
                endpoints.insert(url.clone(), shop.listens(house, &url));
            }
            tell_many(house, shop.tenant, EACH, house.clock.now());
        }
        // some of them stumble first
        house.outside.behaves("h0.a1.example.com", Manner::Answers(503, "busy"));
        house.outside.behaves("h1.b2.example.com", Manner::Silent);
        for _ in 0..40 {
            house.courier.step().await.unwrap();
        }
        let mut arrived: BTreeMap<(String, String), usize> = BTreeMap::new();
        let mut check = |arrivals: Vec<Arrival>| {
            for arrival in arrivals {
                assert!(verifies(&arrival, &endpoints[&arrival.url].secret), "{arrival:?}");
                let key = (arrival.url.clone(), arrival.header("webhook-id").to_owned());
                *arrived.entry(key).or_default() += 1;
            }
        };
        check(house.outside.take());
        house.outside.behaves("h0.a1.example.com", Manner::Answers(200, ""));
        house.outside.behaves("h1.b2.example.com", Manner::Answers(200, ""));
        for _ in 0..4 {
            house.deliver().await;
            check(house.outside.take());
            house.clock.advance(Duration::from_secs(6));
        }
        assert_eq!(arrived.len(), 10 * EACH);
        for shop in &shops {
            for endpoint in shop.in_tx(house, |tx| outbox::list_endpoints(tx, shop.tenant).unwrap()) {
                let open = shop.in_tx(house, |tx| outbox::count_open(tx, shop.tenant, endpoint.id).unwrap());
                assert_eq!((open.waiting, open.failed), (0, 0));
            }
        }
    }

    async fn who_dies_between_the_answer_and_the_note_sends_it_again(house) {
        let shop = house.shop("tea");
        let endpoint = shop.listens(house, URL);
        let event = shop.tests(house, endpoint.id);
        for prepared in house.courier.claim(64).await.unwrap() {
            let tried = house.courier.call(prepared).await.unwrap();
            assert_eq!(tried.state, State::Delivered);
            // and the process is no more
            drop(tried);
        }
        assert_eq!(house.deliver().await, 0, "its lease holds");
        house.clock.advance(Duration::from_secs(61));
        assert_eq!(house.deliver().await, 1);
        let arrivals = house.outside.take();
        assert_eq!(arrivals.len(), 2);
        assert!(arrivals.iter().all(|it| it.header("webhook-id") == event.to_string()));
        assert_eq!(arrivals[0].body, arrivals[1].body);
        assert_eq!(shop.outcomes(house, endpoint.id), [Outcome::Interrupted, Outcome::Delivered]);
    }

    async fn a_round_that_is_cut_at_any_point_loses_nothing(house) {
        let shop = house.shop("tea");
        let endpoint = shop.listens(house, URL);
        for cut in 0..12 {
            let event = shop.tests(house, endpoint.id);
            {
                let mut round = Box::pin(house.courier.step());
                let mut context = Context::from_waker(Waker::noop());
                for _ in 0..cut {
                    // what runs on a database thread goes on; the courier itself stops here
                    if round.as_mut().poll(&mut context).is_ready() {
                        break;
                    }
                    tokio::task::yield_now().await;
                    std::thread::yield_now();
                }
            }
            // claims that were under way are committed before anybody looks
            shop.in_tx(house, |_| ());
            house.clock.advance(Duration::from_secs(61));
            house.deliver().await;
            house.clock.advance(Duration::from_secs(61));
            house.deliver().await;
            let delivery = shop.in_tx(house, |tx| {
                outbox::find_delivery(tx, shop.tenant, endpoint.id, event).unwrap().unwrap()
            });
            assert_eq!(delivery.state, State::Delivered, "cut at {cut}");
            let arrivals = house.outside.take();
            assert!(arrivals.iter().any(|it| it.header("webhook-id") == event.to_string()), "cut at {cut}");
        }
    }

    async fn two_couriers_share_the_work_and_an_old_claim_changes_nothing(house) {
        let shop = house.shop("tea");
        let endpoint = shop.listens(house, URL);
        let other = house.ground.courier_over(house.outside.clone());
        for _ in 0..20 {
            shop.tests(house, endpoint.id);
        }
        let (here, there) = tokio::join!(house.courier.step(), other.step());
        let tried = here.unwrap().tried + there.unwrap().tried;
        assert_eq!(house.outside.take().len(), tried, "nobody sends what the other has claimed");
        house.deliver().await;
        house.outside.take();

        let event = shop.tests(house, endpoint.id);
        house.outside.behaves("hooks.tea.example.com", Manner::Answers(500, "old"));
        let mut stale = Vec::new();
        for prepared in house.courier.claim(64).await.unwrap() {
            stale.extend(house.courier.call(prepared).await);
        }
        house.clock.advance(Duration::from_secs(61));
        house.outside.behaves("hooks.tea.example.com", Manner::Answers(200, "new"));
        assert_eq!(other.step().await.unwrap().delivered, 1);
        let settled = house.courier.settle(stale).await.unwrap();
        assert_eq!(settled.fenced_out, 1);
        let delivery = shop.in_tx(house, |tx| {
            outbox::find_delivery(tx, shop.tenant, endpoint.id, event).unwrap().unwrap()
        });
        assert_eq!(delivery.state, State::Delivered);
    }

    async fn a_claim_that_has_grown_old_is_not_sent(house) {
        let shop = house.shop("tea");
        let endpoint = shop.listens(house, URL);
        shop.tests(house, endpoint.id);
        let prepared = house.courier.claim(64).await.unwrap();
        house.clock.advance(Duration::from_secs(36));
        for prepared in prepared {
            assert!(house.courier.call(prepared).await.is_none());
        }
        assert!(house.outside.take().is_empty());
        house.clock.advance(Duration::from_secs(25));
        assert_eq!(house.deliver().await, 1);
    }
}

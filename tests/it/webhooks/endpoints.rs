//! Endpoints: how many, whose, with which secret.

use std::time::Duration;

use zhanfu::audit::By;
use zhanfu::basics::Clock as _;
use zhanfu::outbox::{self, EndpointError, RegisterError, ReplayError, RotateError, Wants, Which};

use super::{is_signed_with, wish};
use crate::on_both_databases;

const URL: &str = "https://hooks.tea.example.com/zhanfu";

on_both_databases! {
    async fn the_eleventh_endpoint_is_refused_also_when_all_come_at_once(house) {
        let shop = house.shop("tea");
        let registered: Vec<bool> = std::thread::scope(|scope| {
            let threads: Vec<_> = (0..12)
                .map(|number| {
                    let shop = &shop;
                    scope.spawn(move || {
                        let url = format!("https://h{number}.tea.example.com/");
                        let result = shop.in_tx(house, |tx| {
                            let ground = &house.ground;
                            outbox::register(
                                tx, &ground.vault, shop.tenant, &wish(&url, Wants::All), &By::COMMAND_LINE,
                                &*ground.random, house.clock.now(),
                            )
                            .map_err(|error| matches!(error, RegisterError::TooMany))
                            .map(|_| ())
                        });
                        assert_ne!(result, Err(false));
                        result.is_ok()
                    })
                })
                .collect();
            threads.into_iter().map(|thread| thread.join().unwrap()).collect()
        });
        assert_eq!(registered.iter().filter(|ok| **ok).count(), 10);
        let endpoints = shop.in_tx(house, |tx| outbox::list_endpoints(tx, shop.tenant).unwrap());
        assert_eq!(endpoints.len(), 10);
        // a place that is given back is free
        shop.in_tx(house, |tx| {
            outbox::remove(tx, shop.tenant, endpoints[4].id, &By::COMMAND_LINE, house.clock.now()).unwrap();
        });
        shop.listens(house, URL);
    }

    async fn a_rotated_secret_signs_beside_the_old_one_for_a_day(house) {
        let shop = house.shop("tea");
        let endpoint = shop.listens(house, URL);
        let rotate = || {
            shop.in_tx(house, |tx| {
                let ground = &house.ground;
                outbox::rotate(
                    tx, &ground.vault, shop.tenant, endpoint.id, &By::COMMAND_LINE, &*ground.random, house.clock.now(),
                )
                .unwrap()
                .text()
                .expose()
                .clone()
            })
        };
        let second = rotate();
        assert_ne!(second, endpoint.secret);
        shop.tests(house, endpoint.id);
        house.deliver().await;
        let arrival = &house.outside.take()[0];
        assert!(is_signed_with(arrival, &endpoint.secret) && is_signed_with(arrival, &second));
        // rotated again within the day, only the last two hold
        let third = rotate();
        shop.tests(house, endpoint.id);
        house.deliver().await;
        let arrival = &house.outside.take()[0];
        assert!(!is_signed_with(arrival, &endpoint.secret));
        assert!(is_signed_with(arrival, &second) && is_signed_with(arrival, &third));
        house.clock.advance(Duration::from_hours(24));
        shop.tests(house, endpoint.id);
        house.deliver().await;
        let arrival = &house.outside.take()[0];
        assert!(!is_signed_with(arrival, &second));
        assert!(is_signed_with(arrival, &third));
        assert_eq!(arrival.header("webhook-signature").split(' ').count(), 1);
    }

    async fn another_shops_endpoint_is_as_if_it_were_not_there(house) {
        let shop = house.shop("tea");
        let other = house.shop("coffee");
        let theirs = other.listens(house, URL);
        let event = other.tests(house, theirs.id);
        let (by, now) = (By::COMMAND_LINE, house.clock.now());
        let ground = &house.ground;
        shop.in_tx(house, |tx| {
            let (me, id) = (shop.tenant, theirs.id);
            assert!(matches!(outbox::change(tx, me, id, &wish(URL, Wants::All), &by, now), Err(EndpointError::NotFound)));
            assert!(matches!(outbox::enable(tx, me, id, &by, now), Err(EndpointError::NotFound)));
            let member = outbox::Because::Member;
            assert!(matches!(outbox::disable(tx, me, id, member, &by, now), Err(EndpointError::NotFound)));
            assert!(matches!(outbox::remove(tx, me, id, &by, now), Err(EndpointError::NotFound)));
            assert!(matches!(outbox::test_endpoint(tx, me, id, &by, now), Err(EndpointError::NotFound)));
            let rotated = outbox::rotate(tx, &ground.vault, me, id, &by, &*ground.random, now);
            assert!(matches!(rotated, Err(RotateError::NotFound)));
            assert!(matches!(outbox::replay(tx, me, id, event, &by, now), Err(ReplayError::NotFound)));
            let (from, to) = (now.minus(Duration::from_hours(1)), now.plus(Duration::from_hours(1)));
            let replayed = outbox::replay_range(tx, me, id, from, to, Which::All, &by, now);
            assert!(matches!(replayed, Err(ReplayError::NotFound)));
            assert!(outbox::find_endpoint(tx, me, id).unwrap().is_none());
            assert!(outbox::find_delivery(tx, me, id, event).unwrap().is_none());
            assert!(outbox::list_tries(tx, me, id, event).unwrap().is_empty());
        });
    }

    async fn the_events_of_a_time_are_sent_again(house) {
        let shop = house.shop("tea");
        let endpoint = shop.listens(house, URL);
        let hour = Duration::from_hours(1);
        let start = house.clock.now();
        for _ in 0..6 {
            shop.tests(house, endpoint.id);
            house.deliver().await;
            house.clock.advance(hour);
        }
        house.outside.take();
        let replay = |which| {
            let (from, to) = (start.plus(hour), start.plus(hour * 4));
            let (by, now) = (By::COMMAND_LINE, house.clock.now());
            shop.in_tx(house, |tx| {
                outbox::replay_range(tx, shop.tenant, endpoint.id, from, to, which, &by, now).unwrap()
            })
        };
        assert_eq!(replay(Which::Failed), 0);
        assert_eq!(replay(Which::All), 3);
        assert_eq!(house.deliver().await, 3);
        assert_eq!(house.outside.take().len(), 3);
    }

    async fn old_events_go_in_small_batches_with_their_tries(house) {
        let shop = house.shop("tea");
        let endpoint = shop.listens(house, URL);
        for _ in 0..450 {
            shop.tests(house, endpoint.id);
        }
        house.deliver().await;
        house.clock.advance(Duration::from_hours(29 * 24));
        shop.tests(house, endpoint.id);
        house.deliver().await;
        assert_eq!(house.courier.sweep(None).await.unwrap().events, 0);
        house.clock.advance(Duration::from_hours(25));
        for gone in [200, 200, 50, 0] {
            assert_eq!(house.courier.sweep(None).await.unwrap().events, gone);
        }
        assert_eq!(shop.deliveries(house, endpoint.id).len(), 1);
        // a removed endpoint leaves nothing behind
        shop.in_tx(house, |tx| {
            outbox::remove(tx, shop.tenant, endpoint.id, &By::COMMAND_LINE, house.clock.now()).unwrap();
        });
        for _ in 0..3 {
            house.courier.sweep(None).await.unwrap();
        }
        for table in ["webhook_endpoints", "webhook_deliveries", "webhook_tries"] {
            let left = house.rows(table);
            assert_eq!(left, 0, "{table}");
        }
    }
}

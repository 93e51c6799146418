//! How events get to an endpoint that is up, down, slow, gone, or somewhere else than it was.

use std::time::Duration;

use zhanfu::audit::{self, By, Object};
use zhanfu::basics::Clock as _;
use zhanfu::outbox::{self, Because, Outcome, SCHEDULE, State};

use crate::harness::Manner;
use crate::on_both_databases;

const HOST: &str = "hooks.tea.example.com";
const URL: &str = "https://hooks.tea.example.com/zhanfu";

on_both_databases! {
    async fn an_endpoint_that_was_down_for_74_hours_gets_everything(house) {
        let shop = house.shop("tea");
        let endpoint = shop.listens(house, URL);
        shop.knows("u1").await;
        house.outside.behaves(HOST, Manner::Down);
        for _ in 0..5 {
            shop.pays("u1", 1_000).await.expect(201);
        }
        house.run().await;
        let started = house.clock.now();
        // the courier looks often; the schedule decides
        while house.clock.now().since(started) < Duration::from_hours(74) {
            house.deliver().await;
            house.clock.advance(Duration::from_mins(10));
        }
        assert!(house.outside.take().is_empty());
        assert!(shop.endpoint(house, endpoint.id).is_in_trouble(house.clock.now()));
        house.outside.behaves(HOST, Manner::Answers(204, ""));
        while house.clock.now().since(started) < Duration::from_hours(90) {
            house.deliver().await;
            house.clock.advance(Duration::from_mins(10));
        }
        let arrivals = house.outside.take();
        assert_eq!(arrivals.len(), 15, "three events of each of five payouts");
        assert!(arrivals.iter().all(|arrival| super::is_signed_with(arrival, &endpoint.secret)));
        assert!(shop.deliveries(house, endpoint.id).iter().all(|it| it.state == State::Delivered));
        assert!(!shop.endpoint(house, endpoint.id).is_in_trouble(house.clock.now()));
    }

    async fn the_schedule_has_ten_tries_and_then_a_member_decides(house) {
        let shop = house.shop("tea");
        let endpoint = shop.listens(house, URL);
        house.outside.behaves(HOST, Manner::Answers(500, "oops"));
        let event = shop.tests(house, endpoint.id);
        let mut tries = 0;
        for (number, pause) in SCHEDULE.iter().enumerate() {
            house.clock.advance(pause.mul_f64(0.999));
            let early = house.deliver().await;
            assert_eq!(early, usize::from(number == 0), "try {number} comes no earlier");
            house.clock.advance(pause.mul_f64(0.102));
            tries += early + house.deliver().await;
        }
        assert_eq!(tries, 10);
        assert_eq!(shop.state(house, endpoint.id), State::Failed);
        house.clock.advance(Duration::from_hours(24));
        assert_eq!(house.deliver().await, 0);
        let kept = shop.tries(house, endpoint.id);
        assert_eq!(kept.len(), 10);
        assert_eq!(kept[9].number, 10);
        assert_eq!(kept[9].verdict.outcome, Outcome::Refused);
        assert_eq!(kept[9].verdict.http_status, Some(500));
        assert_eq!(kept[9].verdict.answer.as_deref(), Some("oops"));
        // sent again, it has the same id and begins its schedule anew
        house.outside.take();
        house.outside.behaves(HOST, Manner::Answers(200, "ok"));
        shop.in_tx(house, |tx| {
            outbox::replay(tx, shop.tenant, endpoint.id, event, &By::COMMAND_LINE, house.clock.now()).unwrap();
        });
        assert_eq!(house.deliver().await, 1);
        assert_eq!(house.outside.take()[0].header("webhook-id"), event.to_string());
        assert_eq!(shop.state(house, endpoint.id), State::Delivered);
        assert_eq!(shop.tries(house, endpoint.id).len(), 11);
    }

    async fn each_manner_of_failing_has_its_name(house) {
        let shop = house.shop("tea");
        for (number, (manner, outcome)) in [
            (Manner::Answers(302, "elsewhere"), Outcome::Redirected),
            (Manner::Answers(307, ""), Outcome::Redirected),
            (Manner::Answers(404, "<b>no</b>"), Outcome::Refused),
            (Manner::Down, Outcome::NotConnected),
            (Manner::Silent, Outcome::TimedOut),
            (Manner::Nameless, Outcome::NameNotFound),
            (Manner::Rebound, Outcome::Blocked),
        ]
        .into_iter()
        .enumerate()
        {
            let host = format!("h{number}.tea.example.com");
            let endpoint = shop.listens(house, &format!("https://{host}/"));
            house.outside.behaves(&host, manner);
            shop.tests(house, endpoint.id);
            house.deliver().await;
            assert_eq!(shop.outcomes(house, endpoint.id), [outcome]);
            assert!(shop.endpoint(house, endpoint.id).failing_since.is_some());
        }
    }

    async fn who_is_gone_is_disabled_and_what_happens_meanwhile_waits(house) {
        let shop = house.shop("tea");
        let endpoint = shop.listens(house, URL);
        house.outside.behaves(HOST, Manner::Answers(410, "gone"));
        shop.tests(house, endpoint.id);
        house.deliver().await;
        let disabled = shop.endpoint(house, endpoint.id).disabled;
        assert_eq!(disabled, Some((house.clock.now(), Because::Gone)));
        assert!(shop.endpoint(house, endpoint.id).is_in_trouble(house.clock.now()));
        let history = shop.in_tx(house, |tx| {
            audit::list_for_object(tx, shop.tenant, &Object::Endpoint(endpoint.id)).unwrap()
        });
        let noted = history
            .iter()
            .any(|entry| entry.kind == "endpoint.disabled" && entry.actor_kind == "engine");
        assert!(noted, "{history:?}");
        shop.knows("u1").await;
        shop.pays("u1", 1_000).await.expect(201);
        house.run().await;
        house.clock.advance(Duration::from_hours(24));
        assert_eq!(house.deliver().await, 0);
        house.outside.take();
        house.outside.behaves(HOST, Manner::Answers(200, "back"));
        shop.in_tx(house, |tx| {
            outbox::enable(tx, shop.tenant, endpoint.id, &By::COMMAND_LINE, house.clock.now()).unwrap();
        });
        assert_eq!(house.deliver().await, 4);
        let mut told = house.outside.take_kinds();
        told.sort();
        assert_eq!(told, ["payout.created", "payout.processing", "payout.succeeded", "webhook.test"]);
    }

    async fn five_days_of_nothing_but_failure_disable_an_endpoint(house) {
        let shop = house.shop("tea");
        let endpoint = shop.listens(house, URL);
        house.outside.behaves(HOST, Manner::Down);
        let started = house.clock.now();
        while house.clock.now().since(started) < Duration::from_hours(119) {
            shop.tests(house, endpoint.id);
            house.deliver().await;
            house.clock.advance(Duration::from_hours(6));
        }
        assert_eq!(shop.endpoint(house, endpoint.id).disabled, None);
        house.deliver().await;
        let disabled = shop.endpoint(house, endpoint.id).disabled.unwrap();
        assert_eq!(disabled.1, Because::Failing);
        // one success in between would have saved it
        let lucky = shop.listens(house, "https://lucky.tea.example.com/");
        house.outside.behaves("lucky.tea.example.com", Manner::Down);
        for round in 0..40 {
            let manner = if round == 15 { Manner::Answers(200, "") } else { Manner::Down };
            house.outside.behaves("lucky.tea.example.com", manner);
            shop.tests(house, lucky.id);
            house.deliver().await;
            if round < 34 {
                assert_eq!(shop.endpoint(house, lucky.id).disabled, None, "round {round}");
            }
            house.clock.advance(Duration::from_hours(6));
        }
        assert!(shop.endpoint(house, lucky.id).disabled.is_some());
    }

    async fn a_dead_endpoint_does_not_delay_the_others(house) {
        let shop = house.shop("tea");
        let other = house.shop("coffee");
        let dead = shop.listens(house, URL);
        let alive = other.listens(house, "https://alive.coffee.example.com/");
        house.outside.behaves(HOST, Manner::Down);
        for _ in 0..500 {
            shop.tests(house, dead.id);
        }
        other.tests(house, alive.id);
        // in the very first round, and then in every one
        let stepped = house.courier.step().await.unwrap();
        assert!(stepped.tried <= 9, "{stepped:?}");
        assert_eq!(other.state(house, alive.id), State::Delivered);
    }
}

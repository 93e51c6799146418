//! What is told, when, and to whom.

use std::time::Duration;

use serde_json::json;
use zhanfu::audit::By;
use zhanfu::basics::Clock as _;
use zhanfu::outbox::Kind;

use super::only;
use crate::harness::House;
use crate::on_both_databases;

const URL: &str = "https://hooks.tea.example.com/zhanfu";

fn kinds(house: &House) -> Vec<String> {
    let mut arrivals = house.outside.take();
    // the order of arrival is not promised, that of the sequence is
    arrivals.sort_by_key(|arrival| arrival.json()["sequence"].as_i64());
    arrivals.iter().map(super::Arrival::kind).collect()
}

on_both_databases! {
    async fn a_payout_is_told_as_the_api_shows_it(house) {
        let shop = house.shop("tea");
        let endpoint = shop.listens(house, URL);
        shop.knows("u1").await;
        shop.earns("u1", 10_000).await;
        let accepted = shop.asks("u1", 1_234).await.expect(201);
        house.run().await;
        house.deliver().await;
        let mut arrivals = house.outside.take();
        arrivals.sort_by_key(|arrival| arrival.json()["sequence"].as_i64());
        let told: Vec<String> = arrivals.iter().map(super::Arrival::kind).collect();
        assert_eq!(told, ["payout.created", "payout.processing", "payout.succeeded"]);
        assert_eq!(arrivals[0].json()["data"], accepted.json());
        assert_eq!(arrivals[2].json()["data"], shop.payout(&accepted.id()).await.json());
        let sequences: Vec<i64> = arrivals
            .iter()
            .map(|arrival| arrival.json()["sequence"].as_i64().unwrap())
            .collect();
        assert!(sequences.is_sorted_by(|a, b| a < b), "{sequences:?}");
        for arrival in &arrivals {
            assert!(super::is_signed_with(arrival, &endpoint.secret));
            assert_eq!(arrival.url, URL);
            assert!(arrival.body.len() < 20_000);
            assert!(arrival.json()["timestamp"].as_str().unwrap().ends_with('Z'));
        }
    }

    async fn without_an_endpoint_nothing_is_written(house) {
        let shop = house.shop("tea");
        let other = house.shop("coffee");
        other.listens(house, URL);
        shop.knows("u1").await;
        shop.pays("u1", 1_234).await.expect(201);
        house.run().await;
        let count = house.rows("webhook_deliveries");
        assert_eq!(count, 0);
        assert_eq!(house.deliver().await, 0);
    }

    async fn an_endpoint_is_told_what_it_has_asked_for(house) {
        let shop = house.shop("tea");
        shop.listens_for(house, URL, &only(&[Kind::PayoutSucceeded, Kind::PayoutFailed]));
        shop.knows("u1").await;
        shop.pays("u1", 1_234).await.expect(201);
        house.run().await;
        house.deliver().await;
        assert_eq!(kinds(house), ["payout.succeeded"]);
    }

    async fn what_members_and_storefronts_decide_is_told(house) {
        let shop = house.shop("tea");
        shop.listens(house, URL);
        shop.knows("u1").await;
        let lin = shop.member(house, "lin@tea.example.com");
        let now = house.clock.now();
        // above 500 yuan a member decides
        let approved = shop.pays("u1", 50_001).await.expect(201).id();
        let rejected = shop.pays("u1", 50_002).await.expect(201).id();
        shop.in_tx(house, |tx| {
            let policy = zhanfu::limits::load_policy(tx, shop.tenant).unwrap();
            let (approved, rejected) = (approved.parse().unwrap(), rejected.parse().unwrap());
            zhanfu::payouts::approve(tx, shop.tenant, approved, None, &policy, &lin, now).unwrap();
            zhanfu::payouts::reject(tx, shop.tenant, rejected, "not known here", &lin, now).unwrap();
        });
        shop.post(&format!("/payouts/{approved}/cancel"), json!({})).await.expect(200);
        house.deliver().await;
        let mut told = house.outside.take_kinds();
        told.sort();
        assert_eq!(
            told,
            ["payout.cancelled", "payout.created", "payout.created", "payout.queued", "payout.rejected"]
        );
    }

    async fn doubt_is_told_and_then_the_outcome(house) {
        let shop = house.shop("tea");
        shop.listens(house, URL);
        shop.knows_as("u1", "oSIM-PROCESSING_60000").await;
        let payout = shop.pays("u1", 1_234).await.expect(201).id();
        house.run().await;
        house.deliver().await;
        assert_eq!(kinds(house), ["payout.created", "payout.processing", "payout.in_doubt"]);
        for _ in 0..20 {
            house.after(Duration::from_mins(1)).await;
        }
        assert_eq!(shop.status(&payout).await, "succeeded");
        house.deliver().await;
        assert_eq!(kinds(house), ["payout.succeeded"]);
    }

    async fn a_failure_is_told_with_what_it_means(house) {
        let shop = house.shop("tea");
        shop.listens(house, URL);
        shop.knows_as("u1", "oSIM-NAME_MISMATCH").await;
        let payout = shop.pays("u1", 1_234).await.expect(201).id();
        house.run().await;
        for _ in 0..20 {
            house.after(Duration::from_mins(10)).await;
        }
        assert_eq!(shop.status(&payout).await, "failed");
        house.deliver().await;
        let arrivals = house.outside.take();
        let failed = arrivals.iter().find(|arrival| arrival.kind() == "payout.failed").unwrap();
        assert_eq!(failed.json()["data"], shop.payout(&payout).await.json());
        assert_eq!(failed.json()["data"]["reason"]["code"], "NAME_MISMATCH");
        assert!(!failed.json()["data"]["reason"]["remedy"].as_str().unwrap().is_empty());
    }

    async fn a_full_day_is_told_once_for_each_limit(house) {
        let shop = house.shop("tea");
        shop.listens(house, URL);
        shop.knows("u1").await;
        shop.in_tx(house, |tx| {
            let change = zhanfu::limits::LimitChange {
                numbers: vec![(zhanfu::limits::LimitName::TenantDayAmount, Some(2_000))],
                when_day_is_full: Some(zhanfu::limits::WhenDayIsFull::Queue),
                ..Default::default()
            };
            zhanfu::limits::change(tx, shop.tenant, &change, &By::COMMAND_LINE, house.clock.now()).unwrap();
        });
        shop.pays("u1", 1_500).await.expect(201);
        shop.pays("u1", 1_000).await.expect(201);
        shop.pays("u1", 1_000).await.expect(201);
        house.deliver().await;
        let arrivals = house.outside.take();
        let reached: Vec<_> = arrivals.iter().filter(|it| it.kind() == "limit.reached").collect();
        assert_eq!(reached.len(), 1, "{arrivals:?}");
        let data = reached[0].json()["data"].clone();
        assert_eq!(data["limit"], "tenant_day_amount");
        assert_eq!(data["set_by"], "tenant");
        assert_eq!(data["day"], "2026-11-23");
        assert!(data["reason"]["message"].is_string());
        let queued: Vec<_> = arrivals.iter().filter(|it| it.kind() == "payout.queued").collect();
        assert_eq!(queued.len(), 2);
        assert!(queued[0].json()["data"]["not_before"].is_string());
    }

    async fn the_rails_limit_is_told(house) {
        let shop = house.shop("tea");
        shop.listens(house, URL);
        shop.knows_as("u1", "oSIM-SENDNUM_LIMIT").await;
        shop.pays("u1", 1_000).await.expect(201);
        house.run().await;
        house.deliver().await;
        let arrivals = house.outside.take();
        let reached: Vec<_> = arrivals.iter().filter(|it| it.kind() == "limit.reached").collect();
        assert_eq!(reached.len(), 1, "{arrivals:?}");
        assert_eq!(reached[0].json()["data"]["set_by"], "rail");
        assert_eq!(reached[0].json()["data"]["reason"]["code"], "SENDNUM_LIMIT");
        assert!(arrivals.iter().any(|it| it.kind() == "payout.queued"));
    }

    async fn a_closed_lane_is_told(house) {
        let shop = house.shop("tea");
        shop.listens_for(house, URL, &only(&[Kind::TenantPaused]));
        shop.knows_as("u1", "oSIM-NOTENOUGH").await;
        shop.pays("u1", 1_000).await.expect(201);
        shop.pays("u1", 1_000).await.expect(201);
        house.run().await;
        house.after(Duration::from_mins(10)).await;
        house.deliver().await;
        let arrivals = house.outside.take();
        assert_eq!(arrivals.len(), 1, "{arrivals:?}");
        assert_eq!(arrivals[0].kind(), "tenant.paused");
        assert_eq!(arrivals[0].json()["data"]["state"], "balance");
        assert_eq!(arrivals[0].json()["data"]["reason"]["code"], "NOTENOUGH");
    }

    async fn a_certificate_that_ends_is_told_at_each_notice_once(house) {
        let shop = house.shop("tea");
        shop.listens(house, URL);
        let silent = house.empty_shop("coffee");
        silent.listens(house, "https://hooks.coffee.example.com/");
        let end = shop.certificate_ends(house);
        let day = Duration::from_hours(24);
        for (days, notice) in [
            (91, None),
            (90, Some("within_90_days")),
            (60, None),
            (30, Some("within_30_days")),
            (7, Some("within_7_days")),
            (1, Some("within_1_day")),
        ] {
            house.clock.set(end.minus(day * days));
            for _ in 0..3 {
                house.courier.remind().await.unwrap();
            }
            let mut swept = None;
            loop {
                swept = house.courier.sweep(swept).await.unwrap().after;
                if swept.is_none() {
                    break;
                }
            }
            house.deliver().await;
            let arrivals = house.outside.take();
            let told: Vec<_> = arrivals.iter().map(|it| it.json()["data"]["notice"].clone()).collect();
            assert_eq!(told, notice.into_iter().map(|it| json!(it)).collect::<Vec<_>>(), "{days}");
            if let Some(arrival) = arrivals.first() {
                assert_eq!(arrival.kind(), "certificate.expiring");
                assert_eq!(arrival.json()["data"]["merchant_number"], shop.mchid);
                assert_eq!(arrival.json()["data"]["days_left"], days);
            }
        }
    }
}

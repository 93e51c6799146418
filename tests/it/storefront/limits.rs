//! Limits at the storefront's door: each of them refuses with its own figures, and `GET /limits` tells them before.

use serde_json::{Value as Json, json};
use zhanfu::limits::WhenDayIsFull::{Queue, Refuse};

use crate::harness::Answer;
use crate::on_both_databases;

#[track_caller]
fn assert_limit(refused: &Answer, limit: &Json) {
    assert_eq!(&refused.at("/limit"), limit, "{}", refused.text);
}

/// The next midnight in Shanghai.
const MIDNIGHT: &str = "2026-11-23T16:00:00.000Z";

on_both_databases! {
    async fn each_limit_refuses_with_what_is_used_and_what_is_left(house) {
        let shop = house.shop("tea");
        for recipient in ["u1", "u2", "u3"] {
            shop.knows(recipient).await;
        }
        let refused = async |recipient: &str, amount: i64| {
            shop.pays(recipient, amount).await.expect_problem(422, "limit_exceeded")
        };
        assert_limit(
            &refused("u1", 29).await,
            &json!({ "name": "transfer_min", "limit": 30, "used": 0, "remaining": 30, "resets_at": null }),
        );
        assert_limit(
            &refused("u1", 500_001).await,
            &json!({ "name": "transfer_max", "limit": 500_000, "used": 0, "remaining": 500_000, "resets_at": null }),
        );
        shop.limits(house, &[
            ("review_above", None),
            ("transfer_max", Some(1_000)),
            ("recipient_day_amount", Some(1_500)),
            ("recipient_day_count", Some(2)),
            ("tenant_day_amount", Some(2_400)),
            ("tenant_day_count", Some(5)),
        ], Refuse);
        shop.pays("u1", 1_000).await.expect(201);
        assert_limit(
            &refused("u1", 501).await,
            &json!({ "name": "recipient_day_amount", "limit": 1_500, "used": 1_000, "remaining": 500, "resets_at": MIDNIGHT }),
        );
        shop.pays("u1", 100).await.expect(201);
        assert_limit(
            &refused("u1", 30).await,
            &json!({ "name": "recipient_day_count", "limit": 2, "used": 2, "remaining": 0, "resets_at": MIDNIGHT }),
        );
        shop.pays("u2", 1_000).await.expect(201);
        assert_limit(
            &refused("u2", 301).await,
            &json!({ "name": "tenant_day_amount", "limit": 2_400, "used": 2_100, "remaining": 300, "resets_at": MIDNIGHT }),
        );
        shop.pays("u2", 50).await.expect(201);
        shop.pays("u3", 50).await.expect(201);
        assert_limit(
            &refused("u3", 50).await,
            &json!({ "name": "tenant_day_count", "limit": 5, "used": 5, "remaining": 0, "resets_at": MIDNIGHT }),
        );
        // what was refused holds nothing, and the next day is a new one
        let limits = shop.get("/limits?recipient_id=u3").await.expect(200);
        let used = |name: &str| {
            let all = limits.json()["data"].as_array().unwrap().clone();
            all.into_iter().find(|limit| limit["name"] == name).unwrap()["used"].clone()
        };
        assert_eq!(used("recipient_day_amount"), 50);
        assert_eq!(used("recipient_day_count"), 1);
        assert_eq!(used("tenant_day_amount"), 2_200);
        assert_eq!(used("tenant_day_count"), 5);
        house.run().await;
        house.after(std::time::Duration::from_hours(12)).await;
        shop.pays("u3", 50).await.expect(201);
    }

    async fn a_limit_of_zero_lets_nothing_pass_and_none_switches_it_off(house) {
        let shop = house.shop("tea");
        shop.knows("u1").await;
        shop.limits(house, &[("transfer_max", Some(0))], Refuse);
        shop.pays("u1", 100).await.expect_problem(422, "limit_exceeded");
        shop.limits(house, &[("transfer_max", None), ("recipient_day_amount", None), ("review_above", None)], Refuse);
        shop.pays("u1", 9_000_000).await.expect(201);
        let limits = shop.get("/limits").await.expect(200);
        assert!(!limits.text.contains("transfer_max"), "{}", limits.text);
    }

    async fn a_full_day_queues_when_the_shop_has_chosen_so(house) {
        let shop = house.shop("tea");
        shop.knows("u1").await;
        shop.limits(house, &[("recipient_day_count", Some(1))], Queue);
        shop.pays("u1", 100).await.expect(201);
        let tomorrow = shop.pays("u1", 100).await.expect(201);
        assert_eq!(tomorrow.at("/status"), "queued");
        assert_eq!(tomorrow.at("/reason/code"), "limit_recipient_day_count");
        assert_eq!(tomorrow.at("/not_before"), MIDNIGHT);
        let later = shop.pays("u1", 100).await.expect(201);
        assert_eq!(later.at("/not_before"), "2026-11-24T16:00:00.000Z");
        house.run().await;
        assert_eq!(shop.status(&tomorrow.id()).await, "queued");
        house.after(std::time::Duration::from_hours(12)).await;
        assert_eq!(shop.status(&tomorrow.id()).await, "succeeded");
        assert_eq!(shop.status(&later.id()).await, "queued");
        // what could never fit is refused even so
        shop.pays("u1", 500_001).await.expect_problem(422, "limit_exceeded");
    }

    async fn an_amount_above_review_waits_for_a_member(house) {
        let shop = house.shop("tea");
        shop.knows("u1").await;
        let waits = shop.pays("u1", 50_001).await.expect(201);
        assert_eq!(waits.at("/status"), "in_review");
        house.run().await;
        assert_eq!(shop.status(&waits.id()).await, "in_review");
        let at_once = shop.pays("u1", 50_000).await.expect(201);
        assert_eq!(at_once.at("/status"), "queued");
    }

    async fn the_limits_in_force_are_told_with_and_without_a_recipient(house) {
        let shop = house.shop("tea");
        shop.knows("u1").await;
        shop.pays("u1", 1_000).await.expect(201);
        let all = shop.get("/limits").await.expect(200);
        assert_eq!(all.at("/when_day_is_full"), "refuse");
        let names: Vec<String> = all.json()["data"]
            .as_array()
            .unwrap()
            .iter()
            .map(|limit| limit["name"].as_str().unwrap().to_owned())
            .collect();
        assert_eq!(
            names,
            ["transfer_min", "transfer_max", "recipient_day_amount", "recipient_day_count", "tenant_day_amount", "review_above"]
        );
        assert!(all.at("/data/2/used").is_null(), "whose day is not said");
        let of_u1 = shop.get("/limits?recipient_id=u1").await.expect(200);
        assert_eq!(
            of_u1.at("/data/2"),
            json!({ "name": "recipient_day_amount", "limit": 500_000, "used": 1_000, "remaining": 499_000, "resets_at": MIDNIGHT })
        );
        shop.get("/limits?recipient_id=a%20b").await.expect_field("recipient_id", "id");
        shop.get("/limits?recipient=u1").await.expect_problem(400, "invalid_request");
    }
}

//! Recipients: making one known, changing one, reading the balance.

use reqwest::Method;
use serde_json::json;

use crate::harness::Answer;
use crate::on_both_databases;

on_both_databases! {
    async fn a_recipient_is_made_known_once_and_changed_after_that(house) {
        let shop = house.shop("tea");
        let put = async |body| shop.call(Method::PUT, "/recipients/u1", Some(body), None).await;
        let created = put(json!({ "openid": "oA-1", "real_name": "张三" })).await.expect(201);
        assert_eq!(created.at("/recipient_id"), "u1");
        assert_eq!(created.at("/openid"), "oA-1");
        assert_eq!(created.at("/has_real_name"), true);
        assert_eq!(
            created.at("/balance"),
            json!({ "available_fen": 0, "pending_fen": 0, "held_fen": 0, "paid_fen": 0 })
        );
        assert_eq!(created.at("/created_at"), "2026-11-23T04:00:00.000Z");
        assert!(!created.text.contains("张三"), "a name is never sent back");
        // the same again is no change, and everything is said each time: a name that is left out is none
        put(json!({ "openid": "oA-1", "real_name": "张三" })).await.expect(200);
        let changed = put(json!({ "openid": "oA-1" })).await.expect(200);
        assert_eq!(changed.at("/has_real_name"), false);
        let shown = shop.get("/recipients/u1").await.expect(200);
        assert_eq!(shown.json(), changed.json());
    }

    async fn a_recipient_that_nobody_made_known_is_not_there(house) {
        let shop = house.shop("tea");
        shop.get("/recipients/nobody").await.expect_problem(404, "not_found");
        shop.get("/recipients/nobody/entries").await.expect_problem(404, "not_found");
        // what is no id cannot be one of theirs
        shop.get("/recipients/%20").await.expect_problem(404, "not_found");
        shop.get("/recipients/a%2Fb").await.expect_problem(404, "not_found");
        shop.get("/recipients/%FF").await.expect_problem(404, "not_found");
        let earned = json!({ "commission_id": "c1", "recipient_id": "nobody", "amount_fen": 100 });
        shop.post("/commissions", earned).await.expect_problem(404, "not_found");
        shop.asks("nobody", 100).await.expect_problem(404, "not_found");
        shop.pays("nobody", 100).await.expect_problem(404, "not_found");
    }

    async fn openids_and_names_are_judged_with_their_field(house) {
        let shop = house.shop("tea");
        let put = async |body| shop.call(Method::PUT, "/recipients/u1", Some(body), None).await;
        put(json!({})).await.expect_field("openid", "required");
        for openid in ["", " oA", "oA ", "o'A", "o\"A", "o<A>", "开放", "o\u{1F600}", &"o".repeat(65), &"o".repeat(200)] {
            put(json!({ "openid": openid })).await.expect_field("openid", "openid");
        }
        put(json!({ "openid": "o".repeat(64) })).await.expect(201);
        // 100 Chinese characters are 300 bytes
        for name in ["", " 张三", &"张".repeat(100), "张\n三", "\u{1F600}"] {
            put(json!({ "openid": "oA", "real_name": name })).await.expect_field("real_name", "real_name");
        }
        put(json!({ "openid": "oA", "real_name": "<b>O'Neil & 三" })).await.expect(200);
        // every mistake is told at once
        let both = put(json!({ "openid": "", "real_name": "" })).await.expect_problem(422, "validation_failed");
        assert_eq!(both.at("/errors/1/field"), "real_name");
    }

    async fn an_id_of_the_storefront_has_1_to_64_of_its_characters(house) {
        let shop = house.shop("tea");
        let put = async |id: &str| {
            let request = shop.request(Method::PUT, &format!("/recipients/{id}"));
            let request = request.header("content-type", "application/json").body(r#"{"openid":"oA"}"#);
            Answer::of(request).await
        };
        for id in ["a", "A-Z_a.z:0", &"x".repeat(64)] {
            put(id).await.expect(201);
        }
        for id in [&"x".repeat(65), "a%20b", "%E5%BA%97", "a%00", "a%27", "..%2F..%2F"] {
            put(id).await.expect_field("recipient_id", "id");
        }
    }

    async fn the_entries_tell_all_that_happened_to_a_balance(house) {
        let shop = house.shop("tea");
        shop.knows("u1").await;
        shop.earns("u1", 1_000).await;
        let payout = shop.asks("u1", 400).await.expect(201);
        house.run().await;
        let entries = shop.get("/recipients/u1/entries").await.expect(200);
        let kinds: Vec<String> = entries.json()["data"]
            .as_array()
            .unwrap()
            .iter()
            .map(|entry| entry["kind"].as_str().unwrap().to_owned())
            .collect();
        assert_eq!(kinds, ["payout_settled", "payout_held", "commission_earned"], "{}", entries.text);
        assert_eq!(entries.at("/data/0/amount_fen"), 400);
        assert!(entries.at("/data/0/source").as_str().unwrap().contains(&payout.id()), "{}", entries.text);
        assert_eq!(entries.at("/data/2/available_after_fen"), 1_000);
        assert!(entries.at("/next_cursor").is_null());
    }
}

//! Commissions: earning, telling again, taking back, becoming available.

use std::time::Duration;

use serde_json::json;

use crate::on_both_databases;

on_both_databases! {
    async fn a_commission_told_again_changes_nothing(house) {
        let shop = house.shop("tea");
        shop.knows("u1").await;
        shop.knows("u2").await;
        let told = json!({
            "commission_id": "c1", "recipient_id": "u1", "amount_fen": 8_880,
            "order_no": "A-1", "description": "茶具一套",
        });
        let first = shop.post("/commissions", told.clone()).await.expect(201);
        assert_eq!(first.at("/status"), "available");
        assert_eq!(first.at("/order_no"), "A-1");
        house.clock.advance(Duration::from_mins(1));
        let again = shop.post("/commissions", told.clone()).await.expect(200);
        assert_eq!(again.text, first.text);
        assert_eq!(shop.balance("u1").await, (8_880, 0, 0));
        for (field, other) in [
            ("recipient_id", json!("u2")),
            ("amount_fen", json!(8_881)),
            ("order_no", json!("A-2")),
            ("description", json!("茶")),
            ("available_at", json!("2026-11-23T04:00:00.000Z")),
        ] {
            let mut other_body = told.clone();
            other_body[field] = other;
            shop.post("/commissions", other_body).await.expect_problem(409, "commission_conflict");
        }
        assert_eq!(shop.balance("u1").await, (8_880, 0, 0));
        assert_eq!(shop.balance("u2").await, (0, 0, 0));
    }

    async fn a_commission_becomes_available_when_it_was_promised(house) {
        let shop = house.shop("tea");
        shop.knows("u1").await;
        let told = json!({
            "commission_id": "c1", "recipient_id": "u1", "amount_fen": 500,
            "available_at": "2026-11-24T12:00:00+08:00",
        });
        let pending = shop.post("/commissions", told).await.expect(201);
        assert_eq!(pending.at("/status"), "pending");
        assert_eq!(pending.at("/available_at"), "2026-11-24T04:00:00.000Z");
        assert_eq!(shop.get("/recipients/u1").await.at("/balance/pending_fen"), 500);
        let refused = shop.asks("u1", 100).await.expect_problem(422, "insufficient_balance");
        assert!(refused.at("/detail").as_str().unwrap().contains('0'));
        house.clock.advance(Duration::from_hours(24));
        // it counts from its instant on, whether a worker has come by or not
        assert_eq!(shop.get("/recipients/u1").await.at("/balance/available_fen"), 500);
        shop.asks("u1", 100).await.expect(201);
        assert_eq!(shop.balance("u1").await, (400, 100, 0));
    }

    async fn a_commission_is_taken_back_once_even_below_zero(house) {
        let shop = house.shop("tea");
        shop.knows("u1").await;
        let told = json!({ "commission_id": "c1", "recipient_id": "u1", "amount_fen": 1_000 });
        shop.post("/commissions", told.clone()).await.expect(201);
        shop.asks("u1", 700).await.expect(201);
        house.run().await;
        let back = shop.post("/commissions/c1/reverse", json!({ "reason": "退货" })).await.expect(200);
        assert_eq!(back.at("/status"), "reversed");
        assert!(back.at("/reversed_at").is_string());
        assert_eq!(shop.balance("u1").await, (-700, 0, 700));
        let again = shop.post("/commissions/c1/reverse", json!({})).await.expect(200);
        assert_eq!(again.text, back.text);
        assert_eq!(shop.balance("u1").await, (-700, 0, 700));
        // later commissions fill it
        shop.earns("u1", 1_000).await;
        assert_eq!(shop.balance("u1").await, (300, 0, 700));
        shop.asks("u1", 301).await.expect_problem(422, "insufficient_balance");
        shop.asks("u1", 300).await.expect(201);
        house.run().await;
        // without any body it works as well
        let bare = shop.request(reqwest::Method::POST, "/commissions/c1/reverse");
        crate::harness::Answer::of(bare).await.expect(200);
        shop.post("/commissions/nothing/reverse", json!({})).await.expect_problem(404, "not_found");
        shop.post("/commissions/c1/reverse", json!({ "reason": "x".repeat(201) })).await.expect_field("reason", "reason");
        shop.post("/commissions/c1/reverse", json!({ "reason": "a\nb" })).await.expect_field("reason", "reason");
    }

    async fn a_commissions_fields_are_judged_all_at_once(house) {
        let shop = house.shop("tea");
        let wrong = json!({
            "commission_id": "c 1", "recipient_id": "", "amount_fen": 0, "order_no": "单",
            "description": "\u{1F600}", "available_at": "tomorrow",
        });
        let answer = shop.post("/commissions", wrong).await.expect_problem(422, "validation_failed");
        let fields: Vec<String> = answer.json()["errors"]
            .as_array()
            .unwrap()
            .iter()
            .map(|error| error["field"].as_str().unwrap().to_owned())
            .collect();
        assert_eq!(
            fields,
            ["commission_id", "recipient_id", "amount_fen", "order_no", "description", "available_at"]
        );
        let empty = shop.post("/commissions", json!({})).await.expect_problem(422, "validation_failed");
        assert_eq!(empty.json()["errors"].as_array().unwrap().len(), 3);
        for instant in ["2026-11-23", "2026-11-23T04:00:00", "2026-02-30T04:00:00Z", "1795406400", ""] {
            let body = json!({ "commission_id": "c", "recipient_id": "u", "amount_fen": 1, "available_at": instant });
            shop.post("/commissions", body).await.expect_field("available_at", "timestamp");
        }
    }

    async fn a_balance_beyond_64_bits_is_refused_and_nothing_moves(house) {
        let shop = house.shop("tea");
        shop.knows("u1").await;
        shop.earns("u1", i64::MAX).await;
        let more = json!({ "commission_id": "more", "recipient_id": "u1", "amount_fen": 1 });
        shop.post("/commissions", more).await.expect_field("amount_fen", "too_large");
        assert_eq!(shop.balance("u1").await, (i64::MAX, 0, 0));
    }
}

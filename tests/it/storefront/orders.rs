//! Orders: commissions by the rules, and what refunds take back.

use serde_json::json;

use crate::harness::{House, Shop};
use crate::on_both_databases;

async fn rule(house: &House, shop: &Shop, level: &str, percent: &str) {
    let owner = house.signs_in(shop).await;
    owner.get("/admin/commissions").await.expect(200);
    let form = [("level", level), ("kind", "share"), ("value", percent)];
    owner
        .post_form("/admin/commissions/rules", &form)
        .await
        .expect(303);
}

on_both_databases! {
    async fn an_order_earns_once_and_a_refund_takes_back_in_proportion(house) {
        let shop = house.shop("tea");
        for who in ["u1", "u2"] {
            shop.knows(who).await;
        }
        rule(house, &shop, "1", "10").await;
        rule(house, &shop, "2", "5").await;
        let order = json!({ "order_id": "o1", "amount_fen": 1_001, "promoters": ["u1", "u2"], "buyer_id": "b1" });
        let told = shop.post("/orders", order.clone()).await.expect(201);
        assert_eq!(told.at("/commission_fen"), 150, "{}", told.text);
        assert_eq!(told.at("/commissions/0/level"), 1);
        let again = shop.post("/orders", order).await.expect(200);
        assert_eq!(again.at("/commissions"), told.at("/commissions"));
        assert_eq!(shop.balance("u1").await, (100, 0, 0));
        let other = json!({ "order_id": "o1", "amount_fen": 1_002, "promoters": ["u1", "u2"], "buyer_id": "b1" });
        shop.post("/orders", other).await.expect_problem(409, "order_conflict");
        let refund = json!({ "refund_id": "r1", "amount_fen": 333 });
        let refunded = shop.post("/orders/o1/refunds", refund.clone()).await.expect(201);
        assert_eq!(refunded.at("/reversed_fen"), 49);
        shop.post("/orders/o1/refunds", refund).await.expect(200);
        shop.post("/orders/o1/refunds", json!({ "refund_id": "r1", "amount_fen": 1 })).await.expect_problem(409, "order_conflict");
        shop.post("/orders/o1/refunds", json!({ "refund_id": "r2", "amount_fen": 669 })).await.expect_problem(422, "validation_failed");
        shop.post("/orders/o1/refunds", json!({ "refund_id": "r2", "amount_fen": 668 })).await.expect(201);
        assert_eq!((shop.balance("u1").await, shop.balance("u2").await), ((0, 0, 0), (0, 0, 0)));
        let now = shop.get("/orders/o1").await.expect(200);
        assert_eq!((now.at("/refunded_fen"), now.at("/commissions/1/status")), (json!(1_001), json!("reversed")));
    }

    async fn wrong_orders_are_refused_field_by_field(house) {
        let (shop, other) = (house.shop("tea"), house.shop("fruit"));
        shop.knows("u1").await;
        rule(house, &shop, "1", "10").await;
        let answer = shop.post("/orders", json!({ "order_id": "a b", "amount_fen": 0, "promoters": ["u1", "no one"],
            "items": [{ "key": "茶", "amount_fen": -1 }], "paid_at": "yesterday" })).await.expect_problem(422, "validation_failed");
        for field in ["order_id", "amount_fen", "promoters[1]", "items[0].key", "items[0].amount_fen", "paid_at"] {
            assert!(answer.text.contains(&format!("\"field\":\"{field}\"")), "{field}: {}", answer.text);
        }
        let base = |extra: serde_json::Value| {
            let mut body = json!({ "order_id": "o1", "amount_fen": 100 });
            body.as_object_mut().into_iter().for_each(|body| body.extend(extra.as_object().cloned().unwrap_or_default()));
            body
        };
        shop.post("/orders", base(json!({ "promoters": ["u1", "u1"] }))).await.expect_problem(422, "validation_failed");
        shop.post("/orders", base(json!({ "items": [{ "amount_fen": 101 }] }))).await.expect_problem(422, "validation_failed");
        shop.post("/orders", base(json!({ "promoters": ["nobody"] }))).await.expect_problem(404, "not_found");
        shop.post("/orders", base(json!({ "tenant_id": "x" }))).await.expect_problem(400, "invalid_request");
        let many: Vec<_> = (0..51).map(|_| json!({ "amount_fen": 1 })).collect();
        shop.post("/orders", base(json!({ "items": many }))).await.expect_problem(422, "validation_failed");
        shop.get("/orders/o1").await.expect_problem(404, "not_found");
        shop.post("/orders", base(json!({}))).await.expect(201);
        other.get("/orders/o1").await.expect_problem(404, "not_found");
        other.post("/orders/o1/refunds", json!({ "refund_id": "r", "amount_fen": 1 })).await.expect_problem(404, "not_found");
    }
}

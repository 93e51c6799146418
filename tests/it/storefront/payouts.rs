//! Payouts: what an answer tells, what a shop that is not ready hears, and the storefront's own numbers.

use reqwest::Method;
use serde_json::{Value as Json, json};
use std::time::Duration;

use crate::harness::Answer;
use crate::on_both_databases;

/// The fields of the contract, and no others.
const FIELDS: [&str; 15] = [
    "amount_fen",
    "created_at",
    "description",
    "external_id",
    "finished_at",
    "id",
    "kind",
    "not_before",
    "partner_trade_no",
    "payment_no",
    "rail",
    "reason",
    "recipient_id",
    "status",
    "submitted_at",
];

#[track_caller]
fn assert_fields(payout: &Json) {
    let mut fields: Vec<&str> = payout
        .as_object()
        .unwrap()
        .keys()
        .map(String::as_str)
        .collect();
    fields.sort_unstable();
    assert_eq!(fields, FIELDS);
}

on_both_databases! {
    async fn a_payout_has_the_fields_of_the_contract(house) {
        let shop = house.shop("tea");
        shop.knows("u1").await;
        shop.earns("u1", 1_000).await;
        let body = json!({
            "recipient_id": "u1", "amount_fen": 500, "description": "十一月提成", "external_id": "W:2026.11-1_a",
        });
        let accepted = shop.call(Method::POST, "/withdrawals", Some(body), Some("k")).await.expect(201);
        assert_fields(&accepted.json());
        assert_eq!(accepted.at("/kind"), "withdrawal");
        assert_eq!(accepted.at("/external_id"), "W:2026.11-1_a");
        assert_eq!(accepted.at("/description"), "十一月提成");
        assert_eq!(accepted.at("/rail"), "wechat_v2");
        assert_eq!(accepted.at("/partner_trade_no"), accepted.id().replace('-', ""));
        for nothing in ["reason", "not_before", "payment_no", "submitted_at", "finished_at"] {
            assert!(accepted.at(&format!("/{nothing}")).is_null(), "{nothing}");
        }
        house.after(Duration::from_secs(2)).await;
        let paid = shop.payout(&accepted.id()).await;
        assert_fields(&paid.json());
        assert_eq!(paid.at("/status"), "succeeded");
        assert_eq!(paid.at("/finished_at"), "2026-11-23T04:00:02.000Z");
        assert_eq!(paid.at("/created_at"), "2026-11-23T04:00:00.000Z");
    }

    async fn a_direct_payout_touches_no_balance(house) {
        let shop = house.shop("tea");
        shop.knows("u1").await;
        let accepted = shop.pays("u1", 4_200).await.expect(201);
        assert_eq!(accepted.at("/kind"), "direct");
        assert_eq!(accepted.at("/description"), "付款");
        house.run().await;
        assert_eq!(shop.status(&accepted.id()).await, "succeeded");
        assert_eq!(shop.balance("u1").await, (0, 0, 0));
    }

    async fn a_refused_payment_gives_its_reason_and_the_money_back(house) {
        let shop = house.shop("tea");
        shop.knows_as("u1", "oSIM-V2_ACCOUNT_SIMPLE_BAN-1").await;
        shop.earns("u1", 1_000).await;
        let accepted = shop.asks("u1", 1_000).await.expect(201);
        house.run().await;
        for _ in 0..20 {
            house.after(Duration::from_mins(10)).await;
        }
        let failed = shop.payout(&accepted.id()).await;
        assert_eq!(failed.at("/status"), "failed", "{}", failed.text);
        assert_eq!(failed.at("/reason/code"), "V2_ACCOUNT_SIMPLE_BAN");
        assert!(!failed.at("/reason/message").as_str().unwrap().is_empty());
        assert!(!failed.at("/reason/remedy").as_str().unwrap().is_empty());
        assert_eq!(shop.balance("u1").await, (1_000, 0, 0));
    }

    async fn a_shop_that_is_not_ready_hears_what_is_missing(house) {
        let shop = house.empty_shop("tea");
        shop.knows("u1").await;
        shop.earns("u1", 1_000).await;
        let answer = shop.asks("u1", 100).await.expect_problem(409, "tenant_not_ready");
        for missing in ["app_id", "mch_id", "api_key", "certificate"] {
            assert!(answer.at("/detail").as_str().unwrap().contains(missing), "{}", answer.text);
        }
        assert_eq!(shop.balance("u1").await, (1_000, 0, 0));
        shop.configure(house);
        shop.asks("u1", 100).await.expect(201);
        house.run().await;
    }

    async fn a_certificate_that_has_expired_is_told_at_the_call(house) {
        let shop = house.shop("tea");
        shop.knows("u1").await;
        house.clock.advance(Duration::from_hours(24 * 365 * 6));
        let answer = shop.pays("u1", 100).await.expect_problem(409, "tenant_not_ready");
        assert!(answer.at("/detail").as_str().unwrap().contains("certificate"), "{}", answer.text);
    }

    async fn a_number_of_the_storefront_is_one_payouts_for_ever(house) {
        let (shop, other) = (house.shop("tea"), house.shop("rice"));
        for shop in [&shop, &other] {
            shop.knows("u1").await;
        }
        let body = json!({ "recipient_id": "u1", "amount_fen": 100, "external_id": "n-1" });
        let pay = async |shop: &crate::harness::Shop, path: &str| {
            shop.call(Method::POST, path, Some(body.clone()), Some(&shop.fresh_key())).await
        };
        let first = pay(&shop, "/payouts").await.expect(201);
        let taken = pay(&shop, "/payouts").await.expect_problem(409, "external_id_conflict");
        assert_eq!(taken.at("/payout_id"), first.id(), "{}", taken.text);
        shop.earns("u1", 100).await;
        pay(&shop, "/withdrawals").await.expect_problem(409, "external_id_conflict");
        assert_eq!(shop.balance("u1").await, (100, 0, 0));
        // another tenant's numbers are its own
        pay(&other, "/payouts").await.expect(201);
        house.after(Duration::from_hours(24 * 40)).await;
        house.engine.tidy().await;
        pay(&shop, "/payouts").await.expect_problem(409, "external_id_conflict");
        for number in ["", "../../", &"x".repeat(65), "单号", "a b"] {
            let body = json!({ "recipient_id": "u1", "amount_fen": 100, "external_id": number });
            shop.call(Method::POST, "/payouts", Some(body), Some(&shop.fresh_key())).await.expect_field("external_id", "id");
        }
    }

    async fn a_payout_that_is_no_id_is_not_there(house) {
        let shop = house.shop("tea");
        for id in ["x", "019a0000-0000-7000-8000-000000000000", "019A0000-0000-7000-8000-000000000000", "%00", "%FF", "1%27%20or%201=1"] {
            shop.get(&format!("/payouts/{id}")).await.expect_problem(404, "not_found");
            let cancel = shop.request(Method::POST, &format!("/payouts/{id}/cancel"));
            Answer::of(cancel).await.expect_problem(404, "not_found");
        }
    }
}

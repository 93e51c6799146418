//! Lists: filters, sizes, and cursors that stay where they were while new payouts come in.

use std::time::Duration;

use crate::harness::{Answer, Shop};
use crate::on_both_databases;

fn ids(page: &Answer) -> Vec<String> {
    page.json()["data"]
        .as_array()
        .unwrap()
        .iter()
        .map(|payout| payout["id"].as_str().unwrap().to_owned())
        .collect()
}

/// The list that holds this one alone.
fn only(id: &String) -> &[String] {
    std::slice::from_ref(id)
}

fn cursor(page: &Answer) -> String {
    page.at("/next_cursor").as_str().unwrap().to_owned()
}

/// `count` direct payouts, the oldest first, a second apart.
async fn payouts(house: &crate::harness::House, shop: &Shop, count: usize) -> Vec<String> {
    let mut made = Vec::new();
    for _ in 0..count {
        house.clock.advance(Duration::from_secs(1));
        made.push(shop.pays("u1", 100).await.expect(201).id());
    }
    made
}

on_both_databases! {
    async fn pages_follow_each_other_without_gap_or_repetition_while_payouts_come_in(house) {
        let shop = house.shop("tea");
        shop.knows("u1").await;
        let mut expected = payouts(house, &shop, 7).await;
        expected.reverse();
        let mut seen = Vec::new();
        let mut page = shop.get("/payouts?limit=3").await.expect(200);
        loop {
            seen.extend(ids(&page));
            if page.at("/next_cursor").is_null() {
                break;
            }
            let next = cursor(&page);
            house.clock.advance(Duration::from_secs(1));
            shop.pays("u1", 200).await.expect(201);
            page = shop.get(&format!("/payouts?limit=3&cursor={next}")).await.expect(200);
        }
        assert_eq!(seen, expected);
        // the entries of a recipient likewise
        let whole = shop.get("/recipients/u1/entries?limit=100").await.expect(200);
        let first = shop.get("/recipients/u1/entries?limit=4").await.expect(200);
        let second = shop.get(&format!("/recipients/u1/entries?limit=100&cursor={}", cursor(&first))).await.expect(200);
        assert_eq!([ids(&first), ids(&second)].concat(), ids(&whole));
    }

    async fn filters_choose_and_combine(house) {
        let shop = house.shop("tea");
        shop.knows("u1").await;
        shop.knows_as("u2", "oSIM-SYSTEMERROR-x").await;
        let paid = shop.pays("u1", 100).await.expect(201).id();
        house.run().await;
        house.clock.advance(Duration::from_mins(1));
        let body = serde_json::json!({ "recipient_id": "u2", "amount_fen": 60_000, "external_id": "n-1" });
        let waits = shop.call(reqwest::Method::POST, "/payouts", Some(body), Some("k")).await.expect(201).id();
        let cancelled = shop.pays("u1", 100).await.expect(201).id();
        shop.post(&format!("/payouts/{cancelled}/cancel"), serde_json::json!({})).await.expect(200);
        let one = async |query: &str| ids(&shop.get(&format!("/payouts?{query}")).await.expect(200));
        assert_eq!(one("").await.len(), 3);
        assert_eq!(one("status=succeeded").await, only(&paid));
        assert_eq!(one("status=in_review").await, only(&waits));
        assert_eq!(one("status=cancelled").await, only(&cancelled));
        for empty in ["queued", "processing", "awaiting_recipient", "failed", "rejected"] {
            assert!(one(&format!("status={empty}")).await.is_empty(), "{empty}");
        }
        assert_eq!(one("recipient_id=u2").await, only(&waits));
        assert_eq!(one("external_id=n-1").await, only(&waits));
        assert_eq!(one("recipient_id=u1&status=cancelled").await, only(&cancelled));
        assert!(one("recipient_id=u2&status=succeeded").await.is_empty());
        assert!(one("recipient_id=nobody").await.is_empty());
        // from is included, to is not; any offset is understood
        assert_eq!(one("created_from=2026-11-23T04:01:00Z").await.len(), 2);
        assert_eq!(one("created_to=2026-11-23T04:01:00Z").await, only(&paid));
        assert_eq!(one("created_from=2026-11-23T12:00:00%2B08:00&created_to=2026-11-23T12:00:01%2B08:00").await, only(&paid));
        assert!(one("created_from=2026-11-23T04:01:00.001Z").await.is_empty());
        assert!(one("created_from=1969-01-01T00:00:00Z&created_to=1970-01-01T00:00:00Z").await.is_empty());
        assert_eq!(one("created_from=0001-01-01T00:00:00Z&created_to=9999-01-01T00:00:00Z").await.len(), 3);
    }

    async fn a_page_holds_1_to_100_rows_and_20_when_nothing_is_said(house) {
        let shop = house.shop("tea");
        shop.knows("u1").await;
        shop.limits(house, &[("recipient_day_count", None), ("recipient_day_amount", None)], zhanfu::limits::WhenDayIsFull::Refuse);
        payouts(house, &shop, 21).await;
        assert_eq!(ids(&shop.get("/payouts").await).len(), 20);
        assert_eq!(ids(&shop.get("/payouts?limit=1").await).len(), 1);
        assert_eq!(ids(&shop.get("/payouts?limit=100").await).len(), 21);
        for path in ["/payouts", "/recipients/u1/entries"] {
            for limit in ["0", "-1", "101", "1e9", "1000000000", "abc", "", "1.5", "%2B1", "０"] {
                shop.get(&format!("{path}?limit={limit}")).await.expect_field("limit", "limit");
            }
            for query in ["limit=1&limit=2", "order=id;drop", "offset=3", "sort=created_at"] {
                shop.get(&format!("{path}?{query}")).await.expect_problem(400, "invalid_request");
            }
        }
        shop.get("/payouts?status=paid").await.expect_field("status", "status");
        shop.get("/payouts?status=").await.expect_field("status", "status");
        shop.get("/payouts?recipient_id=a%27b").await.expect_field("recipient_id", "id");
        shop.get("/payouts?external_id=").await.expect_field("external_id", "id");
        shop.get("/payouts?created_from=yesterday").await.expect_field("created_from", "timestamp");
        shop.get("/payouts?created_to=2026-11-23T04:00:00%20").await.expect_field("created_to", "timestamp");
        shop.get("/payouts?recipient_id=%FF").await.expect_field("recipient_id", "id");
    }

    async fn a_cursor_continues_only_the_list_it_came_from(house) {
        let (shop, other) = (house.shop("tea"), house.shop("rice"));
        for shop in [&shop, &other] {
            shop.knows("u1").await;
        }
        payouts(house, &shop, 3).await;
        payouts(house, &other, 3).await;
        let good = cursor(&shop.get("/payouts?limit=1").await.expect(200));
        let (_, without_its_first) = good.split_at(1);
        // the size of a page is free
        assert_eq!(ids(&shop.get(&format!("/payouts?limit=2&cursor={good}")).await.expect(200)).len(), 2);
        let refused = async |shop: &Shop, query: &str| {
            shop.get(query).await.expect_problem(400, "invalid_request");
        };
        refused(&other, &format!("/payouts?cursor={good}")).await;
        refused(&shop, &format!("/payouts?status=queued&cursor={good}")).await;
        refused(&shop, &format!("/payouts?recipient_id=u1&cursor={good}")).await;
        refused(&shop, &format!("/recipients/u1/entries?cursor={good}")).await;
        let entries = cursor(&shop.get("/recipients/u1/entries?limit=1").await.expect(200));
        refused(&shop, &format!("/payouts?cursor={entries}")).await;
        for place in 0..good.len() {
            let mut edited = good.clone().into_bytes();
            edited[place] = if edited[place] == b'A' { b'B' } else { b'A' };
            let edited = String::from_utf8(edited).unwrap();
            let answer = shop.get(&format!("/payouts?cursor={edited}")).await;
            assert_eq!(answer.status, 400, "at {place}: {}", answer.text);
        }
        for nonsense in ["", "x", "%00", without_its_first, &format!("{good}A"), &"A".repeat(4_000)] {
            refused(&shop, &format!("/payouts?cursor={nonsense}")).await;
        }
    }
}

//! Cancelling: possible until something may have been sent, and never after.

use reqwest::Method;
use serde_json::json;

use crate::harness::Answer;
use crate::on_both_databases;

on_both_databases! {
    async fn what_was_not_sent_is_cancelled_and_gives_everything_back(house) {
        let shop = house.shop("tea");
        shop.knows("u1").await;
        shop.earns("u1", 100_000).await;
        for amount in [1_000, 60_000] {
            let payout = shop.asks("u1", amount).await.expect(201);
            assert_eq!(shop.balance("u1").await, (100_000 - amount, amount, 0));
            let bare = shop.request(Method::POST, &format!("/payouts/{}/cancel", payout.id()));
            let cancelled = Answer::of(bare).await.expect(200);
            assert_eq!(cancelled.at("/status"), "cancelled");
            assert_eq!(cancelled.at("/reason/code"), "cancelled");
            assert!(cancelled.at("/finished_at").is_string());
            assert_eq!(shop.balance("u1").await, (100_000, 0, 0));
            // again: nothing changes
            let again = shop.post(&format!("/payouts/{}/cancel", payout.id()), json!({})).await.expect(200);
            assert_eq!(again.text, cancelled.text);
        }
        let used = shop.get("/limits?recipient_id=u1").await.at("/data/2/used");
        assert_eq!(used, 0);
        house.run().await;
        assert!(house.simulator.book().movements.is_empty());
    }

    async fn what_may_have_been_sent_is_not_cancelled(house) {
        let shop = house.shop("tea");
        shop.knows("u1").await;
        shop.knows_as("u2", "oSIM-SYSTEMERROR-1").await;
        // claimed, and its request written down: from here on it may have been sent
        let sending = shop.pays("u1", 100).await.expect(201).id();
        let (prepared, _) = house.engine.claim_some(10).await.unwrap();
        assert_eq!(prepared.len(), 1);
        let cancel = async |id: &str| shop.post(&format!("/payouts/{id}/cancel"), json!({})).await;
        let refused = cancel(&sending).await.expect_problem(409, "not_cancellable");
        assert!(refused.at("/detail").as_str().unwrap().contains("processing"), "{}", refused.text);
        for prepared in prepared {
            let answered = house.engine.call(prepared).await.unwrap();
            house.engine.settle(vec![answered]).await;
        }
        assert_eq!(shop.status(&sending).await, "succeeded");
        cancel(&sending).await.expect_problem(409, "not_cancellable");
        // in doubt
        let doubtful = shop.pays("u2", 100).await.expect(201).id();
        house.run().await;
        assert_eq!(shop.status(&doubtful).await, "processing");
        cancel(&doubtful).await.expect_problem(409, "not_cancellable");
        shop.post(&format!("/payouts/{doubtful}/cancel"), json!({ "force": true })).await.expect_problem(400, "invalid_request");
    }
}

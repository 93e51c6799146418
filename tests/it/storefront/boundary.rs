//! The boundary between tenants: what is another's is not there (`security.md` §12, groups A and D).

use reqwest::Method;
use serde_json::json;

use crate::harness::{Answer, Shop};
use crate::on_both_databases;

/// An answer without what differs in every answer.
fn told(answer: &Answer) -> (u16, serde_json::Value) {
    let mut body = answer.json();
    body["request_id"] = serde_json::Value::Null;
    (answer.status, body)
}

on_both_databases! {
    async fn anothers_things_are_told_like_missing_ones(house) {
        let (shop, other) = (house.shop("tea"), house.shop("rice"));
        other.knows("theirs").await;
        let told_them = json!({ "commission_id": "their-c", "recipient_id": "theirs", "amount_fen": 1_000 });
        other.post("/commissions", told_them).await.expect(201);
        let payout = other.asks("theirs", 500).await.expect(201).id();
        let missing = "019a0000-0000-7000-8000-000000000000";
        let same = async |method: Method, theirs: String, nothing: String| {
            let body = (method == Method::POST).then(|| json!({}));
            let answer = shop.call(method.clone(), &theirs, body.clone(), None).await.expect_problem(404, "not_found");
            let absent = shop.call(method, &nothing, body, None).await;
            assert_eq!(told(&answer), told(&absent));
            assert_eq!(answer.headers.len(), absent.headers.len());
        };
        same(Method::GET, format!("/payouts/{payout}"), format!("/payouts/{missing}")).await;
        same(Method::POST, format!("/payouts/{payout}/cancel"), format!("/payouts/{missing}/cancel")).await;
        same(Method::GET, "/recipients/theirs".to_owned(), "/recipients/nobody".to_owned()).await;
        same(Method::GET, "/recipients/theirs/entries".to_owned(), "/recipients/nobody/entries".to_owned()).await;
        same(Method::POST, "/commissions/their-c/reverse".to_owned(), "/commissions/nothing/reverse".to_owned()).await;
        let theirs = told(&shop.asks("theirs", 100).await.expect_problem(404, "not_found"));
        assert_eq!(theirs, told(&shop.asks("nobody", 100).await));
        // filters find nothing either, and the same ids may be used here
        assert_eq!(shop.get("/payouts?recipient_id=theirs").await.expect(200).json()["data"], json!([]));
        shop.knows("theirs").await;
        let ours = json!({ "commission_id": "their-c", "recipient_id": "theirs", "amount_fen": 7 });
        shop.post("/commissions", ours).await.expect(201);
        assert_eq!(shop.balance("theirs").await, (7, 0, 0));
        assert_eq!(other.balance("theirs").await, (500, 500, 0));
        assert_eq!(other.status(&payout).await, "queued");
    }

    async fn only_the_key_names_the_tenant(house) {
        let (shop, other) = (house.shop("tea"), house.shop("rice"));
        other.knows("theirs").await;
        let request = shop
            .request(Method::GET, "/recipients/theirs")
            .header("x-tenant-id", other.tenant.to_string())
            .header("x-tenant", "rice")
            .header("host", house.address());
        Answer::of(request).await.expect_problem(404, "not_found");
    }

    async fn without_a_live_key_nothing_is_told(house) {
        let shop = house.shop("tea");
        let with = async |authorization: Option<&str>| {
            let mut request = house.request(Method::GET, "/api/v1/payouts");
            if let Some(authorization) = authorization {
                request = request.header("authorization", authorization);
            }
            Answer::of(request).await
        };
        let never_made = format!("zfk_{}", "A".repeat(43));
        let key = &shop.key;
        let bearer = |text: &str| format!("Bearer {text}");
        let mut first = None;
        for authorization in [
            None,
            Some(""),
            Some("Bearer"),
            Some("Bearer "),
            Some(key.as_str()),
            Some(bearer(&never_made).as_str()),
            Some(bearer(key.split_at(key.len() - 1).0).as_str()),
            Some(bearer(&format!("{key}A")).as_str()),
            Some(bearer(&key.to_uppercase()).as_str()),
            Some(bearer(&key.replace("zfk_", "zft_")).as_str()),
            Some(bearer("' OR 1=1 --").as_str()),
            Some(format!("Basic {key}").as_str()),
            Some(bearer(&"A".repeat(8_000)).as_str()),
        ] {
            let answer = with(authorization).await.expect_problem(401, "unauthenticated");
            assert!(answer.header("www-authenticate").unwrap().starts_with("Bearer"));
            assert!(!answer.text.contains(key.as_str()));
            let first = first.get_or_insert_with(|| told(&answer));
            assert_eq!(*first, told(&answer), "all that is no key is told alike");
        }
        let twice = house
            .request(Method::GET, "/api/v1/payouts")
            .header("authorization", bearer(key))
            .header("authorization", bearer(key));
        Answer::of(twice).await.expect_problem(401, "unauthenticated");
        with(Some(format!("bearer {key}").as_str())).await.expect(200);
    }

    async fn a_suspended_tenant_reads_and_moves_no_money(house) {
        let shop: Shop = house.shop("tea");
        shop.knows("u1").await;
        shop.earns("u1", 1_000).await;
        let queued = shop.asks("u1", 100).await.expect(201).id();
        house
            .ground
            .database
            .write_blocking("suspend", zhanfu::db::Scope::AcrossTenants, |tx| -> Result<_, zhanfu::db::DbFault> {
                zhanfu::db::sql("UPDATE tenants SET state = 'suspended', suspended_reason = 'a reason inside' WHERE id = $1")
                    .bind(shop.tenant)
                    .execute(tx)
            })
            .unwrap();
        for answer in [shop.asks("u1", 100).await, shop.pays("u1", 100).await] {
            let answer = answer.expect_problem(403, "tenant_suspended");
            assert!(!answer.text.contains("a reason inside"));
        }
        shop.get("/payouts").await.expect(200);
        assert_eq!(shop.balance("u1").await, (900, 100, 0));
        // taking money back is always possible
        shop.post(&format!("/payouts/{queued}/cancel"), json!({})).await.expect(200);
    }
}

//! Commands work beside a running server: what they change is in force there within two seconds.

use std::time::Duration;

use serde_json::{Value as Json, json};

use crate::database::On;
use crate::stage::{API_KEY, Stage, http_client, until};

/// The promise.
const SOON: Duration = Duration::from_secs(2);

async fn beside(on: On) {
    let stage = Stage::on(on).await;
    let server = stage.serve("server", &[]).await;
    let http = http_client();
    let get = async |key: &str, path: &str| -> Option<(u16, Json)> {
        let url = format!("{}/api/v1{path}", server.base);
        let answer = http.get(url).bearer_auth(key).send().await.ok()?;
        let status = answer.status().as_u16();
        Some((
            status,
            serde_json::from_str(&answer.text().await.ok()?).ok()?,
        ))
    };
    // a tenant, a key: used at once
    stage.tenant("tea").await;
    let made = stage
        .run(&["api-key", "create", "tea", "--name", "n", "--json"])
        .await
        .done()
        .json();
    let key = made["key"].as_str().unwrap();
    until("the key opens", SOON, async || {
        (get(key, "/limits").await?.0 == 200).then_some(())
    })
    .await;
    // limits
    stage
        .run(&["tenant", "limits", "tea", "--set", "transfer_max=777"])
        .await
        .done();
    until("the limit holds", SOON, async || {
        let (_, limits) = get(key, "/limits").await?;
        let all = limits.as_array().or_else(|| limits["data"].as_array())?;
        let max = all.iter().find(|limit| limit["name"] == "transfer_max")?;
        (max["limit"] == 777).then_some(())
    })
    .await;
    // settings: a payout that was refused for their lack is accepted and paid
    let call = async |method: reqwest::Method, path: &str, body: Json| -> Option<(u16, Json)> {
        let answer = http
            .request(method, format!("{}/api/v1{path}", server.base))
            .bearer_auth(key)
            .header("content-type", "application/json")
            .header("idempotency-key", "k1")
            .body(body.to_string())
            .send()
            .await
            .ok()?;
        let status = answer.status().as_u16();
        Some((
            status,
            serde_json::from_str(&answer.text().await.ok()?).ok()?,
        ))
    };
    let recipient = call(
        reqwest::Method::PUT,
        "/recipients/r1",
        json!({ "openid": "o-r1" }),
    );
    assert_eq!(recipient.await.unwrap().0, 201);
    let ask = async || {
        let body = json!({ "recipient_id": "r1", "amount_fen": 500 });
        call(reqwest::Method::POST, "/payouts", body).await
    };
    let (status, refusal) = ask().await.unwrap();
    assert_eq!(
        (status, &refusal["code"]),
        (409, &json!("tenant_not_ready")),
        "{refusal}"
    );
    let shop = stage.shop_at_wechat("tea");
    let key_file = stage.write("key", API_KEY.as_bytes());
    let zip = stage.simulator.package(&shop.mchid).unwrap().zip().unwrap();
    let zip = stage.write("cert.zip", &zip);
    let configure = [
        "tenant",
        "configure",
        "tea",
        "--app-id",
        &shop.app_id,
        "--mch-id",
        &shop.mchid,
    ];
    let more = ["--api-key-file", &key_file, "--certificate", &zip];
    let args: Vec<&str> = configure.iter().chain(&more).copied().collect();
    stage.run(&args).await.done();
    let accepted = until("the settings are in force", SOON, async || {
        let (status, payout) = ask().await?;
        (status == 201).then_some(payout)
    })
    .await;
    stage.until_final(1).await;
    let path = format!("/payouts/{}", accepted["id"].as_str().unwrap());
    let (_, paid) = get(key, &path).await.unwrap();
    assert_eq!(paid["status"], "succeeded", "{paid}");
    stage.judge(1).await;
    drop(server);
    stage.strike();
}

#[tokio::test(flavor = "multi_thread")]
async fn what_they_change_is_in_force_on_sqlite() {
    beside(On::Sqlite).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_they_change_is_in_force_on_postgres() {
    beside(On::Postgres).await;
}

//! The demo's storefronts: they call the API over HTTP, as a developer's program would.

use std::sync::Arc;
use std::time::Duration;

use reqwest::Method;
use serde_json::{Value as Json, json};

use super::scene::Scene;
use super::shop::Shop;
use crate::basics::TenantId;
use crate::commands::output::Refused;

/// A payout that was asked for.
pub(super) struct Asked {
    pub(super) tenant: TenantId,
    pub(super) id: String,
}

/// Withdrawals of each recipient on the first day, in fen.
const WITHDRAWALS: [i64; 3] = [1_880, 6_600, 12_345];

/// A withdrawal that waits for a member, because it is above `review_above`.
const LARGE: i64 = 66_600;

/// A direct payout.
const BONUS: i64 = 888;

/// Everybody earns, everybody withdraws, each shop pays one bonus directly and has one large withdrawal to review.
pub(super) async fn first_day(scene: &Scene) -> Result<Vec<Asked>, Refused> {
    let mut asked = Vec::new();
    for shop in &scene.shops {
        let mut number = 0_u32;
        let mut fresh = || {
            number = number.saturating_add(1);
            format!("first-day-{number}")
        };
        for (person, openid) in shop.plan.people {
            let path = format!("/api/v1/recipients/{person}");
            call(
                scene,
                shop,
                Method::PUT,
                &path,
                None,
                json!({ "openid": openid }),
            )
            .await?;
            let commission = json!({
                "commission_id": fresh(), "recipient_id": person, "amount_fen": 100_000,
                "order_no": format!("SO-{person}"), "description": "推广提成",
            });
            call(
                scene,
                shop,
                Method::POST,
                "/api/v1/commissions",
                None,
                commission,
            )
            .await?;
            for amount in WITHDRAWALS {
                asked.push(ask(scene, shop, "withdrawals", person, amount, &fresh()).await?);
            }
        }
        let first = shop
            .plan
            .people
            .first()
            .map(|(person, _)| *person)
            .unwrap_or_default();
        asked.push(ask(scene, shop, "payouts", first, BONUS, &fresh()).await?);
        asked.push(ask(scene, shop, "withdrawals", first, LARGE, &fresh()).await?);
    }
    Ok(asked)
}

/// Somebody becomes known, earns, and withdraws what was earned.
pub(super) async fn earn_and_withdraw(
    scene: &Scene,
    shop: &Shop,
    person: &str,
    amount_fen: i64,
    key: &str,
) -> Result<(), Refused> {
    let known = shop.plan.people.iter().chain(&TROUBLED);
    let openid = known
        .clone()
        .find(|(name, _)| *name == person)
        .map(|(_, openid)| *openid)
        .unwrap_or_default();
    let path = format!("/api/v1/recipients/{person}");
    let recipient = json!({ "openid": openid });
    call(scene, shop, Method::PUT, &path, None, recipient).await?;
    let commission = json!({
        "commission_id": key, "recipient_id": person, "amount_fen": amount_fen.saturating_mul(2),
        "order_no": format!("SO-{key}"), "description": "推广提成",
    });
    let path = "/api/v1/commissions";
    call(scene, shop, Method::POST, path, None, commission).await?;
    ask(scene, shop, "withdrawals", person, amount_fen, key).await?;
    Ok(())
}

/// People whom WeChat Pay keeps waiting: one whose result it does not tell for days, and one whose day is full.
const TROUBLED: [(&str, &str); 2] = [
    ("zhou-yan", "oSIM-PROCESSING_900000000-zhouyan"),
    ("xu-jing", "oSIM-SENDNUM_LIMIT-xujing"),
];

/// What does not go smoothly, so that one can see how it looks. Not when the demo runs once: it would not end.
pub(super) async fn troubles(scene: &Scene) -> Result<(), Refused> {
    let Some(shop) = scene.shops.first() else {
        return Ok(());
    };
    for (person, _) in TROUBLED {
        earn_and_withdraw(scene, shop, person, 2_600, &format!("trouble-{person}")).await?;
    }
    Ok(())
}

/// Now and then somebody earns and withdraws, so that there is something to watch.
pub(super) async fn trickle(scene: Arc<Scene>) {
    for number in 0..200_usize {
        tokio::time::sleep(Duration::from_secs(20)).await;
        for shop in &scene.shops {
            let people = shop.plan.people;
            let Some((person, _)) = people.get(number.checked_rem(people.len()).unwrap_or(0))
            else {
                continue;
            };
            let commission = json!({
                "commission_id": format!("trickle-{number}"), "recipient_id": person, "amount_fen": 2_000,
            });
            let earned = call(
                &scene,
                shop,
                Method::POST,
                "/api/v1/commissions",
                None,
                commission,
            )
            .await;
            let asked = ask(
                &scene,
                shop,
                "withdrawals",
                person,
                1_500,
                &format!("trickle-{number}"),
            )
            .await;
            if let Err(refused) = earned.and(asked.map(|_| Json::Null)) {
                // a day's limit is reached: that is what limits are for
                tracing::info!(%refused, "the demo's storefront was refused");
            }
        }
    }
}

async fn ask(
    scene: &Scene,
    shop: &Shop,
    what: &str,
    person: &str,
    amount_fen: i64,
    key: &str,
) -> Result<Asked, Refused> {
    let body = json!({ "recipient_id": person, "amount_fen": amount_fen });
    let path = format!("/api/v1/{what}");
    let answer = call(scene, shop, Method::POST, &path, Some(key), body).await?;
    let id = answer
        .get("id")
        .and_then(Json::as_str)
        .unwrap_or_default()
        .to_owned();
    Ok(Asked {
        tenant: shop.tenant,
        id,
    })
}

async fn call(
    scene: &Scene,
    shop: &Shop,
    method: Method,
    path: &str,
    idempotency_key: Option<&str>,
    body: Json,
) -> Result<Json, Refused> {
    let (status, text) = scene
        .http
        .call(
            method,
            path,
            &shop.key,
            idempotency_key,
            Some(body.to_string()),
        )
        .await
        .map_err(|fault| Refused::because(&fault))?;
    if !(200..300).contains(&status) {
        return Err(Refused(format!("{path} answered {status}: {text}")));
    }
    serde_json::from_str(&text).map_err(|_| Refused(format!("{path} answered no JSON: {text}")))
}

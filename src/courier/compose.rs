//! The body of a delivery: `type`, `timestamp`, `data`, and for payouts their `sequence`.
//!
//! An event keeps facts and codes. What explains them (the words of a reason, the order number) is made of them here, so the same
//! event has the same body each time it is sent.

use serde::Serialize;
use serde_json::Value as Json;

use crate::basics::{PayoutId, Timestamp};
use crate::engine::{Language, explain, partner_trade_no};
use crate::outbox::Delivery;

#[derive(Serialize)]
struct Body<'a> {
    r#type: &'a str,
    timestamp: Timestamp,
    #[serde(skip_serializing_if = "Option::is_none")]
    sequence: Option<i64>,
    data: Json,
}

/// The bytes that are signed and sent.
pub fn compose(delivery: &Delivery) -> Vec<u8> {
    let payout = delivery.payout.map(|(payout, _)| payout);
    let body = Body {
        r#type: delivery.kind.as_str(),
        timestamp: delivery.happened_at,
        sequence: delivery.payout.map(|(_, sequence)| sequence),
        data: explained(&delivery.facts, payout),
    };
    // a value of JSON can always be written
    serde_json::to_vec(&body).unwrap_or_default()
}

fn explained(facts: &str, payout: Option<PayoutId>) -> Json {
    let Ok(Json::Object(mut data)) = serde_json::from_str(facts) else {
        tracing::error!("the facts of an event are no object");
        return Json::Null;
    };
    if let Some(Json::Object(reason)) = data.get_mut("reason")
        && let Some(code) = reason.get("code").and_then(Json::as_str)
    {
        let words = explain(code, Language::English);
        reason.insert("message".to_owned(), words.message.into());
        reason.insert("remedy".to_owned(), words.remedy.into());
    }
    if let Some(payout) = payout {
        data.insert(
            "partner_trade_no".to_owned(),
            partner_trade_no(payout).into(),
        );
    }
    Json::Object(data)
}

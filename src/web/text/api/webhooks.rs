//! The chapter on webhooks.

use super::{Block, Chapter, both};

pub(super) const WEBHOOKS: Chapter = Chapter {
    id: "webhooks",
    title: both("回调通知 Webhook", "Webhooks"),
    blocks: &[Block::Text(both(
        "付款单的每次变化都会按 Standard Webhooks 签名后推送到站点登记的地址;至少一次,不保证顺序,每个事件带有所属付款单内的 `sequence`。收到后请以 `GET /payouts/{id}` 核对。",
        "What becomes of a payout is sent to the endpoints that the tenant registers, signed by the Standard Webhooks scheme, at least once, in no promised order, each with a `sequence` within its payout. `GET /payouts/{id}` is the truth.",
    ))],
};

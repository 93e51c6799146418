//! A query (reference §3).

use super::form;
use super::identify::{check_pace, identify};
use super::{Case, Refused, Ruling};
use crate::simulator::arrival::Endpoint;
use crate::simulator::beijing::DAY_MS;
use crate::simulator::codes;
use crate::simulator::order::OrderKey;
use crate::simulator::state::State;

/// How far back a query sees.
const HORIZON_MS: i64 = 30 * DAY_MS;

pub(super) fn judge(state: &mut State, case: &Case<'_>, now_ms: i64) -> Result<Ruling, Refused> {
    let (elements, mchid) = identify(state, case, now_ms)?;
    let number = form::check(Endpoint::GetTransferInfo, elements)?;
    check_pace(state, Endpoint::GetTransferInfo, &mchid, now_ms)?;
    let key = OrderKey {
        mchid,
        number: number.to_owned(),
    };
    let visible = state.orders.get(&key).is_some_and(|order| {
        order.hidden_until_ms <= now_ms
            && now_ms.saturating_sub(order.initiated_at_ms) <= HORIZON_MS
    });
    if visible {
        Ok(Ruling::Found(key))
    } else {
        Err(Refused::plain(codes::NOT_FOUND))
    }
}

//! Telling the tenant's own servers what became of a payout.

use serde_json::{Value as Json, json};

use super::model::Payout;
use super::store::Saved;
use crate::basics::{TenantId, Timestamp};
use crate::db::{DbFault, Tx};
use crate::outbox::{self, Event, Kind};

/// One change of a payout that is to be told.
#[derive(Clone, Copy, Debug)]
pub struct Told<'a> {
    /// The tenant.
    pub tenant: TenantId,
    /// The payout as it is now.
    pub payout: &'a Payout,
    /// What became of it.
    pub kind: Kind,
    /// The change, as it was written.
    pub saved: Saved,
}

/// Tells changes in one statement; in none when nobody listens.
pub fn tell_all<'a>(
    tx: &mut Tx<'_>,
    changes: impl IntoIterator<Item = Told<'a>>,
    now: Timestamp,
) -> Result<(), DbFault> {
    let events = changes
        .into_iter()
        .filter(|told| told.saved.has_listeners)
        .map(|told| {
            let event = Event {
                kind: told.kind,
                payout: Some((told.payout.id, told.saved.changes)),
                once: None,
                facts: facts(told.payout),
            };
            (told.tenant, event)
        });
    outbox::tell_all(tx, events.collect(), now)
}

/// Tells one change.
pub(super) fn tell(
    tx: &mut Tx<'_>,
    tenant: TenantId,
    payout: &Payout,
    kind: Kind,
    saved: Saved,
    now: Timestamp,
) -> Result<(), DbFault> {
    let told = Told {
        tenant,
        payout,
        kind,
        saved,
    };
    tell_all(tx, [told], now)
}

/// A payout as the API shows it, but for what is made of these facts alone: the order number, and the words of the reason.
fn facts(payout: &Payout) -> Json {
    json!({
        "id": payout.id,
        "kind": payout.kind.as_str(),
        "recipient_id": payout.recipient,
        "external_id": payout.external_id,
        "amount_fen": payout.amount,
        "description": payout.description,
        "status": payout.status.as_str(),
        "reason": payout.reason_code.as_ref().map(|code| json!({ "code": code })),
        "not_before": payout.not_before,
        "rail": payout.rail,
        "payment_no": payout.payment_no,
        "created_at": payout.created_at,
        "submitted_at": payout.submitted_at,
        "finished_at": payout.finished_at,
    })
}

/// Tells that a limit keeps a payout from going out today, once for each limit and day. The payout's reason says which: a limit of
/// the tenant's own or a code of the rail.
pub fn tell_limit(
    tx: &mut Tx<'_>,
    tenant: TenantId,
    payout: &Payout,
    saved: Saved,
    now: Timestamp,
) -> Result<(), DbFault> {
    let Some(code) = payout
        .reason_code
        .as_deref()
        .filter(|_| saved.has_listeners)
    else {
        return Ok(());
    };
    let own = code.strip_prefix("limit_");
    // whose limit the rail means, it does not say
    let one_recipients = own.is_some_and(|name| name.starts_with("recipient_"));
    let day = now.day();
    let whose = if one_recipients {
        payout.recipient.as_str()
    } else {
        ""
    };
    let event = Event {
        kind: Kind::LimitReached,
        payout: None,
        once: Some(format!("limit {day} {code} {whose}")),
        facts: json!({
            "limit": own,
            "set_by": if own.is_some() { "tenant" } else { "rail" },
            "reason": { "code": code },
            "day": day.to_string(),
            "recipient_id": payout.recipient,
            "payout_id": payout.id,
        }),
    };
    outbox::tell(tx, tenant, event, now)
}

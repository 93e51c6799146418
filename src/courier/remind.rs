//! Telling tenants that their certificate ends, 90, 30, 7 and 1 days before and when it has ended: once for each certificate and each of
//! these.

use serde_json::json;

use crate::basics::Timestamp;
use crate::channels::{self, Expiring};
use crate::db::{DbFault, Tx};
use crate::outbox::{self, Event, Kind};

/// How many certificates one transaction tells of.
const CERTIFICATES: i64 = 100;

/// Tells of certificates of which a notice is due. False when there may be more of them.
pub(super) fn remind(tx: &mut Tx<'_>, now: Timestamp) -> Result<bool, DbFault> {
    let expiring = channels::take_due_notices(tx, CERTIFICATES, now)?;
    let told_all = i64::try_from(expiring.len()).unwrap_or(i64::MAX) < CERTIFICATES;
    let events = expiring.iter().map(|one| (one.tenant, event(one)));
    outbox::tell_all(tx, events.collect(), now)?;
    Ok(told_all)
}

fn event(one: &Expiring) -> Event {
    Event {
        kind: Kind::CertificateExpiring,
        payout: None,
        // the notice is taken in this transaction, so it is told once anyway
        once: None,
        facts: json!({
            "certificate_id": one.certificate,
            "merchant_number": one.merchant_number,
            "serial": one.serial,
            "not_after": one.not_after,
            "days_left": one.days_left,
            "notice": one.notice.code(),
        }),
    }
}

//! What has to be done from time to time, and belongs to nobody's request.

use crate::basics::Timestamp;
use crate::commissions::{self, MatureError};
use crate::db::{Database, DbFault, Scope};
use crate::idempotency;

/// What one round of housekeeping did.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Tidied {
    pub(super) matured: usize,
    pub(super) forgotten: usize,
}

/// Lets due commissions mature and forgets old answers, a batch of each.
pub(super) async fn tidy(database: &Database, now: Timestamp) -> Result<Tidied, MatureError> {
    let matured = database
        .write("let commissions mature", Scope::AcrossTenants, move |tx| {
            commissions::mature_due(tx, now)
        })
        .await?;
    let forgotten = database
        .write(
            "forget old answers",
            Scope::AcrossTenants,
            move |tx| -> Result<_, DbFault> { idempotency::purge(tx, now) },
        )
        .await?;
    Ok(Tidied { matured, forgotten })
}

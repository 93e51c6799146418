//! What the page shows, as it is in the database.

use crate::basics::page::PageSize;
use crate::basics::{CertificateId, TenantId, Timestamp};
use crate::channels::{self, Settings, Shelf, VersionChange};
use crate::db::{DbFault, Scope, Tx};
use crate::engine::{self, PastCheck};
use crate::payouts::{self, Lane};
use crate::reports::certificate_use::{self, CertificateUse};
use crate::web::State;

/// How many versions the page shows; the others have a page of their own.
const VERSIONS: u8 = 5;

/// Everything that the page shows.
pub(super) struct Look {
    pub(super) settings: Settings,
    pub(super) beside: Shelf,
    pub(super) uses: Vec<CertificateUse>,
    /// The last check of the settings in force.
    pub(super) check: Option<PastCheck>,
    /// The last checks of the certificates beside.
    pub(super) checks_beside: Vec<(CertificateId, PastCheck)>,
    pub(super) changes: Vec<VersionChange>,
    pub(super) has_more_changes: bool,
    pub(super) lane: Option<Lane>,
}

/// Reads it.
pub(super) async fn read(state: &State, tenant: TenantId) -> Result<Look, DbFault> {
    let now = state.clock.now();
    state
        .database
        .read("wechat pay page", Scope::Tenant(tenant), move |tx| {
            look(tx, tenant, now)
        })
        .await
}

fn look(tx: &mut Tx<'_>, tenant: TenantId, now: Timestamp) -> Result<Look, DbFault> {
    let settings = channels::load_settings(tx, tenant)?;
    let beside = channels::load_shelf(tx, tenant, &settings, now)?;
    let channel = settings.channel;
    let in_use = settings
        .certificate
        .as_ref()
        .map(|certificate| certificate.id);
    let check = engine::find_past_check(tx, tenant, channel, in_use)?;
    let mut checks_beside = Vec::new();
    for certificate in beside.waiting.iter().chain(&beside.retired) {
        let past = engine::find_past_check(tx, tenant, channel, Some(certificate.id))?;
        checks_beside.extend(past.map(|past| (certificate.id, past)));
    }
    let size = PageSize::new(VERSIONS).unwrap_or(PageSize::DEFAULT);
    let changes = channels::list_changes(tx, tenant, channel, None, size)?;
    Ok(Look {
        uses: certificate_use::list(tx, tenant)?,
        lane: payouts::find_lane(tx, tenant)?,
        settings,
        beside,
        check,
        checks_beside,
        has_more_changes: changes.next.is_some(),
        changes: changes.rows,
    })
}

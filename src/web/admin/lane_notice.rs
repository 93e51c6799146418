//! Why a tenant's payouts are not sent at the moment, and what helps.

use crate::basics::TenantId;
use crate::db::{DbFault, Tx};
use crate::payouts::{self, Lane, LaneState};
use crate::web::text::Payouts;

/// What a person can do about a closed lane.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::web) enum Mend {
    /// Say that the account was filled.
    Fill,
    /// Go to the settings.
    Settings,
    /// Look at the findings.
    Findings,
    /// Nothing here.
    Nothing,
}

/// A closed lane, for people.
#[derive(Clone, Debug)]
pub(in crate::web) struct LaneNotice {
    /// What is the matter.
    pub(in crate::web) title: &'static str,
    /// What to do.
    pub(in crate::web) next: &'static str,
    /// The code that closed it.
    pub(in crate::web) code: String,
    /// Since when.
    pub(in crate::web) since: String,
    /// What helps.
    pub(in crate::web) mend: Mend,
}

/// The lane that stops this tenant's payouts: the platform's, or its own.
pub(in crate::web) fn find_closed(
    tx: &mut Tx<'_>,
    tenant: TenantId,
) -> Result<Option<Lane>, DbFault> {
    match payouts::find_lane(tx, payouts::platform())? {
        Some(lane) => Ok(Some(lane)),
        None => payouts::find_lane(tx, tenant),
    }
}

impl LaneNotice {
    /// A lane in words.
    pub(in crate::web) fn of(lane: &Lane, t: &Payouts) -> Self {
        let (title, next, mend) = match lane.state {
            LaneState::Settings => (t.lane_settings, t.lane_settings_next, Mend::Settings),
            LaneState::Balance => (t.lane_balance, t.lane_balance_next, Mend::Fill),
            LaneState::Stopped => (t.lane_stopped, t.lane_people_next, Mend::Findings),
            LaneState::Frozen => (t.lane_frozen, t.lane_people_next, Mend::Nothing),
            LaneState::Restored => (t.lane_restored, t.lane_people_next, Mend::Nothing),
        };
        Self {
            title,
            next,
            code: lane.code.clone(),
            since: lane.since.shanghai(),
            mend,
        }
    }
}

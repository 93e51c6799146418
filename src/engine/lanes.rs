//! Closing and opening tenants' lanes by what the rail answers, and by what people mend.

use super::judge::{Shown, Trouble};
use super::pace::Paces;
use crate::audit::By;
use crate::basics::{Randomness, TenantId, Timestamp};
use crate::db::{DbFault, Tx};
use crate::payouts::{self, Lane, LaneState};

/// What has to be done to a lane after an answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct LaneMove {
    pub(super) trouble: Trouble,
    pub(super) shown: Shown,
    pub(super) is_probe: bool,
}

impl LaneMove {
    /// What a call with former settings leaves of itself: how fast it was.
    pub(super) fn of_former_settings(trouble: &Trouble, is_probe: bool) -> Self {
        let trouble = match trouble {
            Trouble::TooFast => Trouble::TooFast,
            Trouble::None | Trouble::Settings(_) | Trouble::Balance(_) | Trouble::DayReached(_) => {
                Trouble::None
            }
        };
        Self {
            trouble,
            shown: Shown::Nothing,
            is_probe,
        }
    }
}

/// A lane that is closed by this trouble, with the time of its next probe: gaps grow with the probes that have failed.
pub(super) fn trouble_lane(
    was: Option<Lane>,
    state: LaneState,
    code: &str,
    paces: &Paces,
    random: &dyn Randomness,
    now: Timestamp,
) -> Lane {
    let probes = was
        .filter(|was| was.state == state)
        .map_or(0, |was| was.probes.saturating_add(1));
    Lane {
        state,
        code: code.to_owned(),
        since: now,
        probe_at: Some(now.plus(paces.retry_pause(probes, random))),
        probes,
    }
}

/// Closes or opens a tenant's lane after an answer.
pub(super) fn move_lane(
    tx: &mut Tx<'_>,
    tenant: TenantId,
    lane_move: &LaneMove,
    paces: &Paces,
    random: &dyn Randomness,
    now: Timestamp,
) -> Result<(), DbFault> {
    let (state, code) = match &lane_move.trouble {
        Trouble::Settings(code) => (LaneState::Settings, code),
        Trouble::Balance(code) => (LaneState::Balance, code),
        Trouble::None | Trouble::TooFast | Trouble::DayReached(_) => {
            return after_a_probe(tx, tenant, lane_move, paces, random, now);
        }
    };
    let was = payouts::find_lane(tx, tenant)?;
    // calls that were under way when the lane closed say nothing new
    if was
        .as_ref()
        .is_some_and(|was| was.state == state && was.code == *code)
        && !lane_move.is_probe
    {
        return Ok(());
    }
    let lane = trouble_lane(was, state, code, paces, random, now);
    payouts::close_lane(tx, tenant, &lane, &By::ENGINE, now)
}

/// A probe came back without the trouble: it opens the lane, when it shows that the trouble is over; otherwise another is sent soon.
fn after_a_probe(
    tx: &mut Tx<'_>,
    tenant: TenantId,
    lane_move: &LaneMove,
    paces: &Paces,
    random: &dyn Randomness,
    now: Timestamp,
) -> Result<(), DbFault> {
    if !lane_move.is_probe {
        return Ok(());
    }
    let over: &[LaneState] = match lane_move.shown {
        Shown::AllGood => &[LaneState::Settings, LaneState::Balance],
        Shown::SettingsGood => &[LaneState::Settings],
        Shown::Nothing => &[],
    };
    if !payouts::open_lane(tx, tenant, over, &By::ENGINE, now)? {
        payouts::plan_probe(tx, tenant, now.plus(paces.retry_pause(0, random)))?;
    }
    Ok(())
}

/// New settings were saved, or 一键检测 has found everything well: what waited for them goes on at once. In the transaction that saved them.
pub fn settings_mended(
    tx: &mut Tx<'_>,
    tenant: TenantId,
    by: &By,
    now: Timestamp,
) -> Result<bool, DbFault> {
    if let Some(lane) = payouts::find_lane(tx, tenant)?
        && lane.state == LaneState::Settings
    {
        payouts::bring_forward(tx, tenant, now)?;
    }
    payouts::open_lane(tx, tenant, &[LaneState::Settings], by, now)
}

/// 已充值,继续: a member has filled the merchant's account.
pub fn balance_filled(
    tx: &mut Tx<'_>,
    tenant: TenantId,
    by: &By,
    now: Timestamp,
) -> Result<bool, DbFault> {
    payouts::open_lane(tx, tenant, &[LaneState::Balance], by, now)
}

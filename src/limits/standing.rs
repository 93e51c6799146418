//! How far each limit is used.

use super::rule::{LimitName, Policy};
use super::store;
use crate::basics::{RecipientId, TenantId, Timestamp};
use crate::db::{DbFault, Tx};

/// One limit in force and how far it is used today.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Standing {
    /// Which one.
    pub name: LimitName,
    /// Its number.
    pub limit: i64,
    /// What today has used; none for a limit of one payout.
    pub used: Option<i64>,
    /// What is left today; none for a limit of one payout.
    pub remaining: Option<i64>,
    /// When the counter starts anew.
    pub resets_at: Option<Timestamp>,
}

/// Every limit in force. A recipient's day is told only when a recipient is named.
pub fn standings(
    tx: &mut Tx<'_>,
    tenant: TenantId,
    recipient: Option<&RecipientId>,
    policy: &Policy,
    now: Timestamp,
) -> Result<Vec<Standing>, DbFault> {
    let day = now.day();
    let used = store::find_usage(tx, tenant, recipient, day)?;
    let counted = |name| match name {
        LimitName::RecipientDayAmount => recipient.map(|_| used.recipient.amount.fen()),
        LimitName::RecipientDayCount => recipient.map(|_| used.recipient.payouts),
        LimitName::TenantDayAmount => Some(used.tenant.amount.fen()),
        LimitName::TenantDayCount => Some(used.tenant.payouts),
        LimitName::TransferMin
        | LimitName::TransferMax
        | LimitName::ReviewAbove
        | LimitName::SecondReviewAbove => None,
    };
    let standing = |name| {
        let limit = policy.in_force(name)?;
        let used = counted(name);
        let remaining = used.map(|used| limit.saturating_sub(used).max(0));
        Some(Standing {
            name,
            limit,
            used,
            remaining,
            resets_at: used.map(|_| day.end()),
        })
    };
    Ok(LimitName::ALL.into_iter().filter_map(standing).collect())
}

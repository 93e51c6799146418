//! Changing a tenant's limits.

use serde_json::{Map, Value as Json, json};

use super::rule::{LimitName, Policy, WhenDayIsFull};
use super::store;
use crate::audit::{self, By, Event, EventKind, Object};
use crate::basics::{TenantId, Timestamp};
use crate::db::{DbFault, Tx};

/// What is to be different. What is not named stays.
#[derive(Clone, Debug, Default)]
pub struct LimitChange {
    /// New numbers; `None` inside switches a limit off.
    pub numbers: Vec<(LimitName, Option<i64>)>,
    /// A new choice for full days.
    pub when_day_is_full: Option<WhenDayIsFull>,
    /// The version that the change was made from, when somebody looked at one first.
    pub seen_version: Option<i64>,
}

/// Why limits are not changed.
#[derive(Debug, thiserror::Error)]
pub enum ChangeError {
    /// A number is below zero.
    #[error("{} cannot be below zero; use none to switch it off", .0.as_str())]
    Negative(LimitName),
    /// The least is above the most.
    #[error("transfer_min {min} is above transfer_max {max}: no payout could pass")]
    MinAboveMax {
        /// The least.
        min: i64,
        /// The most.
        max: i64,
    },
    /// Somebody else changed them in the meantime.
    #[error("the limits were changed by somebody else in the meantime; look at them again")]
    Changed,
    /// The database failed.
    #[error("the database failed")]
    Db(#[from] DbFault),
}

/// Changes the limits and says what holds now. The platform's caps hold as well, whatever is set here.
pub fn change(
    tx: &mut Tx<'_>,
    tenant: TenantId,
    wanted: &LimitChange,
    by: &By,
    now: Timestamp,
) -> Result<Policy, ChangeError> {
    let before = store::load_policy(tx, tenant)?;
    if wanted
        .seen_version
        .is_some_and(|seen| seen != before.version)
    {
        return Err(ChangeError::Changed);
    }
    let mut after = Policy {
        version: before.version.saturating_add(1),
        ..before
    };
    let mut details = Map::new();
    for (name, number) in &wanted.numbers {
        if number.is_some_and(|number| number < 0) {
            return Err(ChangeError::Negative(*name));
        }
        if before.own.get(*name) != *number {
            details.insert(
                name.as_str().to_owned(),
                json!([before.own.get(*name), number]),
            );
        }
        after.own = after.own.with(*name, *number);
    }
    if let Some(choice) = wanted.when_day_is_full {
        if choice != before.when_day_is_full {
            details.insert(
                "when_day_is_full".to_owned(),
                json!([before.when_day_is_full.as_str(), choice.as_str()]),
            );
        }
        after.when_day_is_full = choice;
    }
    let (min, max) = (
        after.own.get(LimitName::TransferMin),
        after.own.get(LimitName::TransferMax),
    );
    // a limit of 0 means that none may pass, which is a wish and not a slip
    if let (Some(min), Some(max)) = (min, max)
        && min > max
        && max > 0
    {
        return Err(ChangeError::MinAboveMax { min, max });
    }
    if details.is_empty() {
        return Ok(before);
    }
    if !store::update_policy(tx, tenant, &after, before.version)? {
        return Err(ChangeError::Changed);
    }
    let event = Event {
        kind: EventKind::LimitsChanged,
        object: Object::Tenant(tenant),
        details: Json::Object(details),
    };
    audit::record(tx, tenant, event, by, now)?;
    Ok(after)
}

//! Making and ending rules.

use serde_json::json;

use super::model::{Level, Reward, Rule};
use super::store;
use crate::audit::{self, By, Event, EventKind, Object};
use crate::basics::{Fen, ItemKey, RuleId, TenantId, Timestamp};
use crate::db::{DbFault, Tx};
use crate::tenants;

/// The most days that a commission can be frozen.
pub(super) const MOST_FREEZE_DAYS: u16 = 365;

/// The most rules in force at once: an order looks at those of its items only.
const MOST_RULES: i64 = 2_000;

/// A rule to be made.
#[derive(Clone, Debug)]
pub struct NewRule {
    /// What it is for; without a key it is for everything that has no rule of its own.
    pub key: Option<ItemKey>,
    /// Whom it rewards.
    pub level: Level,
    /// With what.
    pub reward: Reward,
    /// How many days after the order a commission can be withdrawn.
    pub freeze_days: u16,
    /// It begins now when absent.
    pub valid_from: Option<Timestamp>,
    /// It has no end when absent.
    pub valid_to: Option<Timestamp>,
}

/// Why a rule is not made, or not ended.
#[derive(Debug, thiserror::Error)]
pub enum AddRuleError {
    /// A share of nothing, or of more than everything.
    #[error("a share is between 0.01 % and 100 %")]
    Share,
    /// An amount of nothing.
    #[error("an amount is at least 1 fen")]
    Amount,
    /// Frozen for too long.
    #[error("a commission is frozen for at most {MOST_FREEZE_DAYS} days")]
    FreezeDays,
    /// It ends before it begins, or began in the past.
    #[error("a rule begins now or later, and ends after that")]
    Validity,
    /// Both levels together would give more than was paid.
    #[error("the shares of both levels together are more than 100 %")]
    MoreThanAll,
    /// Too many rules.
    #[error("there are {MOST_RULES} rules in force; end some first")]
    TooMany,
    /// The tenant has no such rule in force.
    #[error("there is no such rule in force")]
    NotFound,
    /// The database failed.
    #[error("the database failed")]
    Db(#[from] DbFault),
}

/// Makes a rule. The one that was in force for the same key and level ends when this one begins.
pub fn add_rule(
    tx: &mut Tx<'_>,
    tenant: TenantId,
    new: &NewRule,
    by: &By,
    now: Timestamp,
) -> Result<Rule, AddRuleError> {
    check(new, now)?;
    let valid_from = new.valid_from.unwrap_or(now);
    // rules are made one after the other
    tenants::take_turns(tx, tenant)?;
    if store::count_rules(tx, tenant, now)? >= MOST_RULES {
        return Err(AddRuleError::TooMany);
    }
    if let Reward::Share(share) = new.reward {
        let other_level = match new.level {
            Level::First => Level::Second,
            Level::Second => Level::First,
        };
        let others = store::list_rules_of(tx, tenant, std::slice::from_ref(&new.key), valid_from)?;
        let other = others.iter().find(|rule| rule.level == other_level);
        if let Some(Reward::Share(others_share)) = other.map(|rule| rule.reward)
            && u32::from(share).saturating_add(u32::from(others_share)) > 10_000
        {
            return Err(AddRuleError::MoreThanAll);
        }
    }
    store::end_rules(tx, tenant, new.key.as_ref(), new.level, valid_from, by)?;
    let rule = Rule {
        id: tx.fresh_id(now),
        key: new.key.clone(),
        level: new.level,
        reward: new.reward,
        freeze_days: new.freeze_days,
        valid_from,
        valid_to: new.valid_to,
        created_by: by.text().to_owned(),
        ended_by: None,
    };
    store::insert_rule(tx, tenant, &rule, now)?;
    record(tx, tenant, EventKind::RuleAdded, &rule, by, now)?;
    Ok(rule)
}

/// Ends a rule now: orders paid from now on do not know it.
pub fn end_rule(
    tx: &mut Tx<'_>,
    tenant: TenantId,
    id: RuleId,
    by: &By,
    now: Timestamp,
) -> Result<Rule, AddRuleError> {
    let rule = store::end_rule(tx, tenant, id, by, now)?.ok_or(AddRuleError::NotFound)?;
    record(tx, tenant, EventKind::RuleEnded, &rule, by, now)?;
    Ok(rule)
}

fn check(new: &NewRule, now: Timestamp) -> Result<(), AddRuleError> {
    match new.reward {
        Reward::Share(share) if !(1..=10_000).contains(&share) => return Err(AddRuleError::Share),
        Reward::Amount(amount) if amount < Fen::new(1) => return Err(AddRuleError::Amount),
        Reward::Share(_) | Reward::Amount(_) => {}
    }
    if new.freeze_days > MOST_FREEZE_DAYS {
        return Err(AddRuleError::FreezeDays);
    }
    let from = new.valid_from.unwrap_or(now);
    if from < now || new.valid_to.is_some_and(|to| to <= from) {
        return Err(AddRuleError::Validity);
    }
    Ok(())
}

fn record(
    tx: &mut Tx<'_>,
    tenant: TenantId,
    kind: EventKind,
    rule: &Rule,
    by: &By,
    now: Timestamp,
) -> Result<(), DbFault> {
    let (share, amount) = match rule.reward {
        Reward::Share(share) => (Some(share), None),
        Reward::Amount(amount) => (None, Some(amount)),
    };
    let event = Event {
        kind,
        object: Object::Rule(rule.id),
        details: json!({
            "key": rule.key,
            "level": rule.level.number(),
            "basis_points": share,
            "amount_fen": amount,
            "freeze_days": rule.freeze_days,
            "valid_from": rule.valid_from,
            "valid_to": rule.valid_to,
        }),
    };
    audit::record(tx, tenant, event, by, now)
}

//! Adding and ending rules.

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, web};
use serde::Deserialize;

use super::show::render;
use crate::basics::{Day, Fen, ItemKey, RuleId, Timestamp};
use crate::db::Scope;
use crate::orders::{self, AddRuleError, Level, NewRule, Reward, Rule};
use crate::web::State;
use crate::web::guard::{Member, MemberFault};
use crate::web::page::{not_found, see_other};
use crate::web::text::Commissions;

/// The form of a rule, as it was sent.
#[derive(Clone, Debug, Default, Deserialize)]
pub(in crate::web) struct RuleForm {
    #[serde(default)]
    form_token: String,
    #[serde(default)]
    pub(super) key: String,
    #[serde(default)]
    pub(super) level: String,
    #[serde(default)]
    pub(super) kind: String,
    #[serde(default)]
    pub(super) value: String,
    #[serde(default)]
    pub(super) freeze_days: String,
    #[serde(default)]
    pub(super) valid_from: String,
    #[serde(default)]
    pub(super) valid_to: String,
}

/// What is wrong with it, field by field.
#[derive(Clone, Debug, Default)]
pub(super) struct Errors {
    pub(super) key: Option<&'static str>,
    pub(super) value: Option<&'static str>,
    pub(super) freeze_days: Option<&'static str>,
    pub(super) validity: Option<&'static str>,
    pub(super) whole: Option<&'static str>,
}

impl Errors {
    /// Whether anything is wrong.
    pub(super) const fn any(&self) -> bool {
        self.key.is_some()
            || self.value.is_some()
            || self.freeze_days.is_some()
            || self.validity.is_some()
            || self.whole.is_some()
    }
}

/// One rule as the page shows it.
pub(super) struct RuleLine {
    pub(super) id: RuleId,
    pub(super) key: String,
    pub(super) level: &'static str,
    pub(super) reward: String,
    pub(super) freeze_days: u16,
    pub(super) from: String,
    pub(super) to: Option<String>,
    pub(super) by: String,
    pub(super) state: &'static str,
    pub(super) look: &'static str,
    pub(super) can_end: bool,
}

impl RuleLine {
    /// The line of a rule.
    pub(super) fn of(w: &'static Commissions, rule: &Rule, now: Timestamp) -> Self {
        let ended = rule.valid_to.is_some_and(|end| end <= now);
        let (state, look) = if ended {
            (w.ended, "")
        } else if rule.holds_at(now) {
            (w.in_force, "good")
        } else {
            (w.to_come, "info")
        };
        Self {
            id: rule.id,
            key: rule
                .key
                .as_ref()
                .map_or_else(|| w.everything.to_owned(), ToString::to_string),
            level: match rule.level {
                Level::First => w.first_level,
                Level::Second => w.second_level,
            },
            reward: match rule.reward {
                // ten-thousandths of a whole are hundredths of a percent
                Reward::Share(share) => format!("{} %", Fen::new(share.into()).plain_yuan()),
                Reward::Amount(amount) => format!("¥{}", amount.yuan()),
            },
            freeze_days: rule.freeze_days,
            from: rule.valid_from.shanghai(),
            to: rule.valid_to.map(Timestamp::shanghai),
            by: rule
                .ended_by
                .clone()
                .unwrap_or_else(|| rule.created_by.clone()),
            state,
            look,
            can_end: !ended,
        }
    }
}

/// `POST /admin/commissions/rules`
pub(in crate::web) async fn add(
    request: HttpRequest,
    state: web::Data<State>,
    member: Member,
    form: web::Form<RuleForm>,
) -> Result<HttpResponse, MemberFault> {
    member.check_form(&form.form_token)?;
    member.check_handles_money()?;
    let w = &crate::web::text::Tongue::of(&request).text().commissions;
    let (tenant, by, now) = (member.tenant_id(), member.by(), state.clock.now());
    let mut errors = Errors::default();
    let refused = StatusCode::UNPROCESSABLE_ENTITY;
    let Some(new) = read(&form, w, now, &mut errors) else {
        return render(&request, &state, &member, refused, "", form.0, errors).await;
    };
    let added = state
        .database
        .write("add a rule", Scope::Tenant(tenant), move |tx| {
            orders::add_rule(tx, tenant, &new, &by, now)
        })
        .await;
    match added {
        Ok(_) => return Ok(see_other("/admin/commissions?done=rule_added")),
        Err(AddRuleError::Share | AddRuleError::Amount) => errors.value = Some(w.wrong_value),
        Err(AddRuleError::FreezeDays) => errors.freeze_days = Some(w.wrong_freeze),
        Err(AddRuleError::Validity) => errors.validity = Some(w.wrong_validity),
        Err(AddRuleError::MoreThanAll) => errors.value = Some(w.more_than_all),
        Err(AddRuleError::TooMany | AddRuleError::NotFound) => errors.whole = Some(w.too_many),
        Err(AddRuleError::Db(fault)) => return Err(fault.into()),
    }
    render(&request, &state, &member, refused, "", form.0, errors).await
}

fn read(
    form: &RuleForm,
    w: &'static Commissions,
    now: Timestamp,
    errors: &mut Errors,
) -> Option<NewRule> {
    let key = match form.key.trim() {
        "" => None,
        text => {
            let key = ItemKey::parse(text).ok();
            if key.is_none() {
                errors.key = Some(w.wrong_key);
            }
            key
        }
    };
    let level = form
        .level
        .parse()
        .ok()
        .and_then(Level::from_number)
        .unwrap_or(Level::First);
    let number = Fen::parse_yuan(form.value.trim())
        .ok()
        .filter(|number| number.is_positive());
    let reward = match (form.kind.as_str(), number) {
        ("amount", Some(amount)) => Some(Reward::Amount(amount)),
        // hundredths of a percent are ten-thousandths of a whole
        (_, Some(percent)) => u16::try_from(percent.fen()).ok().map(Reward::Share),
        (_, None) => None,
    };
    if reward.is_none() {
        errors.value = Some(w.wrong_value);
    }
    let freeze_days = match form.freeze_days.trim() {
        "" => Some(0),
        text => text.parse().ok(),
    };
    if freeze_days.is_none() {
        errors.freeze_days = Some(w.wrong_freeze);
    }
    let mut day = |text: &str| match text.trim() {
        "" => None,
        text => {
            let day = Day::parse(text);
            if day.is_none() {
                errors.validity = Some(w.wrong_validity);
            }
            day
        }
    };
    let (from, to) = (day(&form.valid_from), day(&form.valid_to));
    if errors.any() {
        return None;
    }
    Some(NewRule {
        key,
        level,
        reward: reward?,
        freeze_days: freeze_days?,
        // a rule of today begins now
        valid_from: from.filter(|day| *day != now.day()).map(Day::start),
        valid_to: to.map(Day::end),
    })
}

#[derive(Deserialize)]
pub(in crate::web) struct EndForm {
    form_token: String,
}

/// `POST /admin/commissions/rules/{id}/end`
pub(in crate::web) async fn end(
    request: HttpRequest,
    state: web::Data<State>,
    member: Member,
    path: web::Path<String>,
    form: web::Form<EndForm>,
) -> Result<HttpResponse, MemberFault> {
    member.check_form(&form.form_token)?;
    member.check_handles_money()?;
    let Ok(id) = path.parse::<RuleId>() else {
        return Ok(not_found(&request));
    };
    let (tenant, by, now) = (member.tenant_id(), member.by(), state.clock.now());
    let ended = state
        .database
        .write("end a rule", Scope::Tenant(tenant), move |tx| {
            orders::end_rule(tx, tenant, id, &by, now)
        })
        .await;
    match ended {
        Ok(_) => Ok(see_other("/admin/commissions?done=rule_ended")),
        Err(AddRuleError::NotFound) => Ok(not_found(&request)),
        Err(AddRuleError::Db(fault)) => Err(fault.into()),
        Err(
            error @ (AddRuleError::Share
            | AddRuleError::Amount
            | AddRuleError::FreezeDays
            | AddRuleError::Validity
            | AddRuleError::MoreThanAll
            | AddRuleError::TooMany),
        ) => {
            tracing::error!(%error, "ending a rule failed as only making one can");
            Err(MemberFault::Unavailable)
        }
    }
}

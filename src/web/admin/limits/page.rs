//! The page of limits, whatever led to it.

use actix_web::HttpRequest;
use askama::Template;
use serde_json::Value as Json;

use super::form::{Form, field_text};
use crate::audit::{self, Entry, EventKind, Object};
use crate::basics::{TenantId, Timestamp};
use crate::db::{DbFault, Tx};
use crate::engine::{self, Language};
use crate::limits::rule::Unit;
use crate::limits::{self, LimitName, Policy, Preset, Standing, WhenDayIsFull};
use crate::payouts::{self, RailLimit};
use crate::reports::limit_effect::Effect;
use crate::reports::names::Names;
use crate::web::guard::Member;
use crate::web::page::Shell;
use crate::web::refusal::limit_number;
use crate::web::text::{LimitsText, Text};

/// How many changes the page shows.
const CHANGES_SHOWN: i64 = 10;

/// What is read for the page.
pub(super) struct Found {
    pub(super) policy: Policy,
    standings: Vec<Standing>,
    reached: Vec<RailLimit>,
    changes: Vec<Entry>,
    names: Names,
}

/// Reads what the page shows.
pub(super) fn find(tx: &mut Tx<'_>, tenant: TenantId, now: Timestamp) -> Result<Found, DbFault> {
    let policy = limits::load_policy(tx, tenant)?;
    let changes = audit::list_latest(
        tx,
        tenant,
        &Object::Tenant(tenant),
        EventKind::LimitsChanged,
        CHANGES_SHOWN,
    )?;
    let names = Names::load(
        tx,
        tenant,
        changes.iter().map(|entry| entry.actor_id.as_str()),
    )?;
    Ok(Found {
        standings: limits::standings(tx, tenant, None, &policy, now)?,
        reached: payouts::list_rail_limits(tx, tenant, now.day())?,
        policy,
        changes,
        names,
    })
}

/// What stands above the form.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Banner {
    Nothing,
    Saved,
    Unchanged,
    Wrong,
    Stale,
    NotSavedYet,
}

/// How much of a day's limit is used.
struct Used {
    text: String,
    left: String,
    percent: i64,
    class: &'static str,
}

/// One limit.
struct Field {
    name: &'static str,
    label: &'static str,
    help: &'static str,
    unit: &'static str,
    is_money: bool,
    text: String,
    error: Option<String>,
    /// What holds now, when the field holds something else.
    was: Option<String>,
    used: Option<Used>,
    cap: Option<String>,
    cap_rules: bool,
}

struct Group {
    title: &'static str,
    fields: Vec<Field>,
}

struct PresetLine {
    href: String,
    title: &'static str,
    what: &'static str,
    source: &'static str,
}

struct EffectLine {
    what: String,
    now: usize,
    then: usize,
}

struct EffectView {
    lines: Vec<EffectLine>,
    looked_at: String,
    is_cut: bool,
}

struct Reached {
    recipient: String,
    code: String,
    message: String,
    first_at: String,
    times: i64,
}

struct Change {
    head: String,
    facts: Vec<(&'static str, String)>,
}

#[derive(Template)]
#[template(path = "admin/limits/show.html")]
pub(super) struct LimitsPage {
    s: Shell,
    form_token: String,
    may_change: bool,
    banner: Banner,
    version: i64,
    groups: Vec<Group>,
    queues: bool,
    effect: Option<EffectView>,
    presets: Vec<PresetLine>,
    reached: Vec<Reached>,
    changes: Vec<Change>,
}

impl LimitsPage {
    /// The page with this form on it.
    pub(super) fn of(
        request: &HttpRequest,
        member: &Member,
        found: &Found,
        form: &Form,
        banner: Banner,
        effect: Option<&Effect>,
    ) -> Self {
        let s = Shell::of(request, member);
        let t = s.t;
        let group = |title, names: &[LimitName]| Group {
            title,
            fields: names
                .iter()
                .map(|name| field(*name, found, form, t))
                .collect(),
        };
        Self {
            form_token: member.form_token.as_str().to_owned(),
            may_change: member.who.role.handles_money(),
            banner,
            version: form.version,
            groups: vec![
                group(
                    t.limits.per_payout,
                    &[LimitName::TransferMin, LimitName::TransferMax],
                ),
                group(
                    t.limits.per_recipient,
                    &[LimitName::RecipientDayAmount, LimitName::RecipientDayCount],
                ),
                group(
                    t.limits.per_shop,
                    &[LimitName::TenantDayAmount, LimitName::TenantDayCount],
                ),
                group(
                    t.limits.review,
                    &[LimitName::ReviewAbove, LimitName::SecondReviewAbove],
                ),
            ],
            queues: form.when_day_is_full == WhenDayIsFull::Queue,
            effect: effect.map(|effect| view(effect, t)),
            presets: Preset::ALL
                .into_iter()
                .map(|it| preset(it, &t.limits))
                .collect(),
            reached: found
                .reached
                .iter()
                .map(|limit| reached(limit, s.tongue.into()))
                .collect(),
            changes: found
                .changes
                .iter()
                .map(|entry| change(entry, &found.names, t))
                .collect(),
            s,
        }
    }
}

fn field(name: LimitName, found: &Found, form: &Form, t: &Text) -> Field {
    let (own, cap) = (found.policy.own.get(name), found.policy.caps.get(name));
    let text = form.texts.get(&name).cloned().unwrap_or_default();
    let number = |number: Option<i64>| {
        number.map_or_else(
            || t.limits.none.to_owned(),
            |number| limit_number(name, number),
        )
    };
    let used = found
        .standings
        .iter()
        .find(|standing| standing.name == name)
        .and_then(used);
    let is_money = name.unit() == Unit::Fen;
    Field {
        name: name.as_str(),
        label: t.limit_names.of(name),
        help: help(name, &t.limits),
        unit: if is_money {
            t.limits.yuan
        } else {
            t.limits.payouts
        },
        is_money,
        was: (text.trim() != field_text(name, own)).then(|| number(own)),
        text,
        error: form.errors.get(&name).cloned(),
        used,
        cap: cap.map(|cap| limit_number(name, cap)),
        cap_rules: cap.is_some() && found.policy.in_force(name) != own,
    }
}

fn used(standing: &Standing) -> Option<Used> {
    let (used, left) = (standing.used?, standing.remaining?);
    let percent = if standing.limit > 0 {
        let share = i128::from(used).saturating_mul(100) / i128::from(standing.limit);
        i64::try_from(share.clamp(0, 100)).unwrap_or(100)
    } else {
        100
    };
    Some(Used {
        text: limit_number(standing.name, used),
        left: limit_number(standing.name, left),
        percent,
        class: match percent {
            100 => "bad",
            80.. => "warn",
            _ => "",
        },
    })
}

const fn help(name: LimitName, t: &LimitsText) -> &'static str {
    match name {
        LimitName::TransferMin => t.help_transfer_min,
        LimitName::TransferMax => t.help_transfer_max,
        LimitName::RecipientDayAmount => t.help_recipient_day_amount,
        LimitName::RecipientDayCount => t.help_recipient_day_count,
        LimitName::TenantDayAmount => t.help_tenant_day_amount,
        LimitName::TenantDayCount => t.help_tenant_day_count,
        LimitName::ReviewAbove => t.help_review_above,
        LimitName::SecondReviewAbove => t.help_second_review_above,
    }
}

fn preset(preset: Preset, t: &LimitsText) -> PresetLine {
    let (title, what, source) = match preset {
        Preset::Since2022 => (
            t.preset_since_2022,
            t.preset_since_2022_what,
            t.preset_since_2022_source,
        ),
        Preset::From2019 => (
            t.preset_from_2019,
            t.preset_from_2019_what,
            t.preset_from_2019_source,
        ),
        Preset::Until2018 => (
            t.preset_until_2018,
            t.preset_until_2018_what,
            t.preset_until_2018_source,
        ),
        Preset::Transfers2024 => (
            t.preset_transfers_2024,
            t.preset_transfers_2024_what,
            t.preset_transfers_2024_source,
        ),
    };
    PresetLine {
        href: format!("/admin/limits?preset={}#form", preset.as_str()),
        title,
        what,
        source,
    }
}

fn view(effect: &Effect, t: &Text) -> EffectView {
    let words = &t.limits;
    let mut lines = vec![EffectLine {
        what: words.effect_stopped.to_owned(),
        now: effect.now.all_stopped(),
        then: effect.then.all_stopped(),
    }];
    for name in LimitName::ALL {
        let count = |replay: &limits::Replay| replay.stopped.get(&name).copied().unwrap_or(0);
        let (now, then) = (count(&effect.now), count(&effect.then));
        if now > 0 || then > 0 {
            lines.push(EffectLine {
                what: format!("– {}", t.limit_names.of(name)),
                now,
                then,
            });
        }
    }
    lines.push(EffectLine {
        what: words.effect_one.to_owned(),
        now: effect.now.one_person,
        then: effect.then.one_person,
    });
    lines.push(EffectLine {
        what: words.effect_two.to_owned(),
        now: effect.now.two_people,
        then: effect.then.two_people,
    });
    EffectView {
        lines,
        looked_at: (words.looked_at)(effect.looked_at),
        is_cut: effect.is_cut,
    }
}

fn reached(limit: &RailLimit, language: Language) -> Reached {
    Reached {
        recipient: limit.scope.clone(),
        code: limit.code.clone(),
        message: engine::explain(&limit.code, language).message,
        first_at: limit.first_at.shanghai(),
        times: limit.times,
    }
}

/// A change of the past: who, when, and each number before and after.
fn change(entry: &Entry, names: &Names, t: &Text) -> Change {
    let who = match names.of(entry) {
        Some(name) => name,
        None if entry.actor_kind == "command_line" => t.payouts.by_command_line,
        None => t.payouts.by_member,
    };
    let mut facts = Vec::new();
    for name in LimitName::ALL {
        let Some([before, after]) = entry.details.get(name.as_str()).and_then(pair) else {
            continue;
        };
        let number = |value: &Json| match value.as_i64() {
            Some(number) => limit_number(name, number),
            None => t.limits.none.to_owned(),
        };
        facts.push((
            t.limit_names.of(name),
            format!("{} → {}", number(before), number(after)),
        ));
    }
    if let Some([before, after]) = entry.details.get("when_day_is_full").and_then(pair) {
        let choice = |value: &Json| match value.as_str().and_then(WhenDayIsFull::parse) {
            Some(WhenDayIsFull::Queue) => t.limits.queue,
            Some(WhenDayIsFull::Refuse) | None => t.limits.refuse,
        };
        facts.push((
            t.limits.when_full,
            format!("{} → {}", choice(before), choice(after)),
        ));
    }
    Change {
        head: (t.limits.changed_by)(who, &entry.at.shanghai()),
        facts,
    }
}

fn pair(value: &Json) -> Option<[&Json; 2]> {
    match value.as_array()?.as_slice() {
        [before, after] => Some([before, after]),
        _ => None,
    }
}

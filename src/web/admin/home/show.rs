//! `GET /admin`: how the shop stands, and what needs a person.

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, web};
use askama::Template;

use super::chart::{self, Column};
use super::needs::{Need, needs, shown};
use super::remembered::balances;
use super::steps::{Step, steps};
use crate::basics::{Day, Fen, TenantId, Timestamp};
use crate::channels::{self, Settings};
use crate::db::{DbFault, Scope, Tx};
use crate::engine;
use crate::limits::{self, LimitName, Policy, Standing};
use crate::outbox;
use crate::payouts::{self, DayTally, Lane, RailLimit, Status};
use crate::reports::standing::{self, Begun, OnTheWay};
use crate::web::State;
use crate::web::admin::lane_notice::{self, LaneNotice, Mend};
use crate::web::guard::{Member, MemberFault};
use crate::web::page::{Shell, html};
use crate::web::refusal::limit_number;
use crate::web::text::Text;

/// How many days the charts show.
const DAYS: i32 = 30;

/// A number with what it means.
struct Figure {
    icon: &'static str,
    label: &'static str,
    value: String,
    note: String,
    href: &'static str,
    /// How much of a day's limit is used.
    meter: Option<Meter>,
}

struct Meter {
    percent: i64,
    class: &'static str,
    label: &'static str,
}

/// One day of the charts' table.
struct DayLine {
    day: String,
    paid: i64,
    amount: String,
    failed: i64,
    called_off: i64,
}

#[derive(Template)]
#[template(path = "admin/home/show.html")]
struct HomePage {
    s: Shell,
    form_token: String,
    may_decide: bool,
    as_of: String,
    base: String,
    lane: Option<LaneNotice>,
    needs: Vec<Need>,
    steps: Vec<Step>,
    figures: Vec<Figure>,
    amounts: String,
    outcomes: String,
    days: Vec<DayLine>,
    has_days: bool,
}

/// What is read for the page, but for the balances.
struct Found {
    way: OnTheWay,
    days: Vec<DayTally>,
    policy: Policy,
    standings: Vec<Standing>,
    settings: Settings,
    checked: bool,
    lane: Option<Lane>,
    reached: Vec<RailLimit>,
    webhooks_in_trouble: usize,
    begun: Begun,
}

/// `GET /admin`
pub(in crate::web) async fn show(
    request: HttpRequest,
    state: web::Data<State>,
    member: Member,
) -> Result<HttpResponse, MemberFault> {
    let (tenant, now) = (member.tenant_id(), state.clock.now());
    let found = state
        .database
        .read(
            "the first page",
            Scope::Tenant(tenant),
            move |tx| -> Result<_, DbFault> { find(tx, tenant, now) },
        )
        .await?;
    let sums = balances(&state, tenant).await?;
    let s = Shell::of(&request, &member);
    let t = s.t;
    let may_decide = member.who.role.handles_money();
    let by_day = by_day(&found.days, now.day());
    let page = HomePage {
        form_token: member.form_token.as_str().to_owned(),
        may_decide,
        as_of: sums.at.shanghai(),
        base: state.public_url.as_str().trim_end_matches('/').to_owned(),
        lane: found
            .lane
            .as_ref()
            .map(|lane| LaneNotice::of(lane, &t.payouts)),
        needs: needs(
            &found.way,
            &found.settings,
            &found.reached,
            found.webhooks_in_trouble,
            may_decide,
            &t.home,
            now,
        ),
        steps: steps(
            found.begun,
            &found.settings,
            found.checked,
            found.policy.version > 1,
            &t.home,
        ),
        figures: figures(&found, &sums.balances, t, now.day()),
        amounts: amounts(&by_day, t),
        outcomes: outcomes(&by_day, t),
        has_days: by_day.iter().any(Sums::is_something),
        days: by_day
            .iter()
            .rev()
            .filter(|sums| sums.is_something())
            .map(Sums::line)
            .collect(),
        s,
    };
    Ok(html(StatusCode::OK, &page))
}

fn find(tx: &mut Tx<'_>, tenant: TenantId, now: Timestamp) -> Result<Found, DbFault> {
    let settings = channels::load_settings(tx, tenant)?;
    let certificate = settings.certificate.as_ref().map(|it| it.id);
    let check = engine::find_past_check(tx, tenant, settings.channel, certificate)?;
    let policy = limits::load_policy(tx, tenant)?;
    Ok(Found {
        way: standing::on_the_way(tx, tenant, now)?,
        days: standing::last_days(tx, tenant, now.day(), DAYS)?,
        standings: limits::standings(tx, tenant, None, &policy, now)?,
        policy,
        checked: check.is_some_and(|check| check.is_ok()),
        settings,
        lane: lane_notice::find_closed(tx, tenant)?,
        reached: payouts::list_rail_limits(tx, tenant, now.day())?,
        webhooks_in_trouble: outbox::list_endpoints(tx, tenant)?
            .iter()
            .filter(|endpoint| endpoint.is_in_trouble(now))
            .count(),
        begun: standing::begun(tx, tenant)?,
    })
}

/// What ended on one day.
#[derive(Clone, Copy)]
struct Sums {
    day: Day,
    paid: i64,
    amount: Fen,
    failed: i64,
    called_off: i64,
}

impl Sums {
    const fn none(day: Day) -> Self {
        Self {
            day,
            paid: 0,
            amount: Fen::ZERO,
            failed: 0,
            called_off: 0,
        }
    }

    fn add(&mut self, tally: &DayTally) {
        match tally.outcome {
            Status::Succeeded => {
                self.paid = self.paid.saturating_add(tally.payouts);
                self.amount = self.amount.plus(tally.amount).unwrap_or(self.amount);
            }
            Status::Failed => self.failed = self.failed.saturating_add(tally.payouts),
            Status::Rejected | Status::Cancelled => {
                self.called_off = self.called_off.saturating_add(tally.payouts);
            }
            Status::InReview | Status::Queued | Status::Processing | Status::AwaitingRecipient => {}
        }
    }

    const fn is_something(&self) -> bool {
        self.paid > 0 || self.failed > 0 || self.called_off > 0
    }

    fn line(&self) -> DayLine {
        DayLine {
            day: self.day.to_string(),
            paid: self.paid,
            amount: self.amount.yuan(),
            failed: self.failed,
            called_off: self.called_off,
        }
    }
}

/// The days of the charts, oldest first, those on which nothing ended too.
fn by_day(tallies: &[DayTally], today: Day) -> Vec<Sums> {
    let mut days: Vec<Sums> = (0..DAYS)
        .rev()
        .map(|ago| Sums::none(today.days_before(ago)))
        .collect();
    for tally in tallies {
        if let Some(sums) = days.iter_mut().find(|sums| sums.day == tally.day) {
            sums.add(tally);
        }
    }
    days
}

/// What ended from a day on.
fn since(tallies: &[DayTally], from: Day) -> Sums {
    let mut sums = Sums::none(from);
    for tally in tallies.iter().filter(|tally| tally.day >= from) {
        sums.add(tally);
    }
    sums
}

fn figures(found: &Found, balances: &standing::Balances, t: &Text, today: Day) -> Vec<Figure> {
    let w = &t.home;
    let (this_day, this_month) = (
        since(&found.days, today),
        since(&found.days, today.first_of_month()),
    );
    let money = |amount: Fen| format!("¥{}", amount.yuan());
    let way = &found.way;
    let (meter, limit_note) = day_limit(found, t);
    let plain = |icon, label, value, note: String, href| Figure {
        icon,
        label,
        value,
        note,
        href,
        meter: None,
    };
    let mut owed_note = (w.owed_pending)(&money(balances.pending));
    if balances.overdrawn > Fen::ZERO {
        owed_note.push_str(w.and);
        owed_note.push_str(&(w.owed_overdrawn)(&money(balances.overdrawn)));
    }
    vec![
        plain(
            "recipients",
            w.owed,
            money(balances.available),
            owed_note,
            "/admin/recipients",
        ),
        plain(
            "hourglass",
            w.held,
            money(balances.held),
            (w.held_note)(&shown(way.queued.saturating_add(way.blocked))),
            "/admin/payouts?status=queued",
        ),
        Figure {
            meter,
            ..plain(
                "payouts",
                w.paid_today,
                money(this_day.amount),
                format!("{} {limit_note}", (w.payouts)(this_day.paid)),
                "/admin/payouts?status=succeeded",
            )
        },
        plain(
            "payouts",
            w.paid_month,
            money(this_month.amount),
            (w.payouts)(this_month.paid),
            "/admin/payouts?status=succeeded",
        ),
        plain(
            "wait",
            w.in_review,
            shown(way.in_review),
            w.in_review_note.to_owned(),
            "/admin/payouts?status=in_review",
        ),
        plain(
            "question",
            w.in_doubt,
            shown(way.in_doubt),
            match way.in_doubt_since {
                Some(since) => (w.in_doubt_since)(&since.shanghai()),
                None => w.in_doubt_none.to_owned(),
            },
            "/admin/payouts?status=processing",
        ),
        plain(
            "refresh",
            w.blocked,
            shown(way.blocked),
            w.blocked_note.to_owned(),
            "/admin/payouts?status=queued",
        ),
        plain(
            "bad",
            w.failed_today,
            this_day.failed.to_string(),
            w.failed_note.to_owned(),
            "/admin/payouts?status=failed",
        ),
    ]
}

/// How far the day's amount is used, of the limit in force.
fn day_limit(found: &Found, t: &Text) -> (Option<Meter>, String) {
    let amount = found
        .standings
        .iter()
        .find(|standing| standing.name == LimitName::TenantDayAmount);
    let Some((limit, used)) = amount.and_then(|it| Some((it.limit, it.used?))) else {
        return (None, t.home.no_day_limit.to_owned());
    };
    let share = i128::from(used)
        .saturating_mul(100)
        .checked_div(i128::from(limit))
        .unwrap_or(100)
        .clamp(0, 100);
    let percent = i64::try_from(share).unwrap_or(100);
    let meter = Meter {
        percent,
        class: match percent {
            100.. => "bad",
            80..100 => "warn",
            _ => "",
        },
        label: t.limit_names.of(LimitName::TenantDayAmount),
    };
    let number = |number| limit_number(LimitName::TenantDayAmount, number);
    (
        Some(meter),
        (t.home.of_day_limit)(&number(used), &number(limit)),
    )
}

fn amounts(days: &[Sums], t: &Text) -> String {
    let columns: Vec<Column> = days
        .iter()
        .map(|sums| Column {
            day: sums.day,
            parts: vec![("good", sums.amount.fen())],
            title: format!(
                "{} ¥{} · {}",
                sums.day,
                sums.amount.yuan(),
                (t.home.payouts)(sums.paid)
            ),
        })
        .collect();
    chart::columns(&columns, t.home.chart_amounts, |fen| short_yuan(fen, t))
}

fn outcomes(days: &[Sums], t: &Text) -> String {
    let columns: Vec<Column> = days
        .iter()
        .map(|sums| Column {
            day: sums.day,
            parts: vec![
                ("good", sums.paid),
                ("bad", sums.failed),
                ("quiet", sums.called_off),
            ],
            title: format!(
                "{} {} {} · {} {} · {} {}",
                sums.day,
                t.status.succeeded,
                sums.paid,
                t.status.failed,
                sums.failed,
                t.home.called_off,
                sums.called_off
            ),
        })
        .collect();
    chart::columns(&columns, t.home.chart_outcomes, |number| number.to_string())
}

/// A round amount for an axis: `500`, `1.2万`, `3万`.
fn short_yuan(fen: i64, t: &Text) -> String {
    (t.home.axis_yuan)(fen / 100)
}

//! `zhanfu tenant limits`

use serde_json::{Value as Json, json};

use crate::app::Ground;
use crate::audit::By;
use crate::commands::args::LimitsArgs;
use crate::commands::output::{self, Refused};
use crate::db::{DbFault, Scope};
use crate::limits::rule::Unit;
use crate::limits::{self, LimitChange, LimitName, Policy, WhenDayIsFull};

/// Changes what is given and shows what holds.
pub(in crate::commands) fn run(ground: &Ground, args: &LimitsArgs) -> Result<(), Refused> {
    let tenant = output::tenant(&ground.database, &args.slug)?;
    let scope = Scope::Tenant(tenant.id);
    let policy = if args.set.is_empty() {
        let read = |tx: &mut crate::db::Tx<'_>| limits::load_policy(tx, tenant.id);
        let loaded = ground.database.read_blocking("limits", scope, read);
        loaded.map_err(|fault: DbFault| Refused::because(&fault))?
    } else {
        let wanted = read_change(&args.set)?;
        let now = ground.clock.now();
        ground
            .database
            .write_blocking("change limits", scope, |tx| {
                limits::change(tx, tenant.id, &wanted, &By::COMMAND_LINE, now)
            })
            .map_err(|fault| Refused::because(&fault))?
    };
    print(args, &policy);
    Ok(())
}

fn read_change(pairs: &[String]) -> Result<LimitChange, Refused> {
    let mut wanted = LimitChange::default();
    for pair in pairs {
        let (name, value) = pair
            .split_once('=')
            .ok_or_else(|| Refused(format!("--set {pair}: write NAME=VALUE")))?;
        if name == "when_day_is_full" {
            let choice = WhenDayIsFull::parse(value);
            wanted.when_day_is_full = Some(
                choice.ok_or_else(|| Refused(format!("--set {pair}: it is refuse or queue")))?,
            );
            continue;
        }
        let limit = LimitName::parse(name).ok_or_else(|| {
            let names: Vec<&str> = LimitName::ALL.iter().map(|name| name.as_str()).collect();
            Refused(format!(
                "--set {pair}: the limits are {} and when_day_is_full",
                names.join(", ")
            ))
        })?;
        let number = match value {
            "none" => None,
            digits => Some(digits.parse().map_err(|_| {
                Refused(format!(
                    "--set {pair}: it is a whole number of {}, or none",
                    unit(limit)
                ))
            })?),
        };
        wanted.numbers.push((limit, number));
    }
    Ok(wanted)
}

const fn unit(limit: LimitName) -> &'static str {
    match limit.unit() {
        Unit::Fen => "fen",
        Unit::Payouts => "payouts",
    }
}

fn print(args: &LimitsArgs, policy: &Policy) {
    if args.json {
        let all: Vec<Json> = LimitName::ALL
            .into_iter()
            .map(|name| {
                json!({
                    "name": name.as_str(),
                    "value": policy.own.get(name),
                    "platform_cap": policy.caps.get(name),
                })
            })
            .collect();
        output::json(&json!({
            "slug": args.slug,
            "limits": all,
            "when_day_is_full": policy.when_day_is_full.as_str(),
        }));
        return;
    }
    for name in LimitName::ALL {
        let show = |number: Option<i64>| {
            number.map_or("none".to_owned(), |n| format!("{n} {}", unit(name)))
        };
        let cap = policy
            .caps
            .get(name)
            .map(|cap| format!(" (the platform allows {cap})"));
        output::line(&format!(
            "{:<22} {}{}",
            name.as_str(),
            show(policy.own.get(name)),
            cap.unwrap_or_default()
        ));
    }
    output::line(&format!(
        "{:<22} {}",
        "when_day_is_full",
        policy.when_day_is_full.as_str()
    ));
}

//! The engine alone, with a queue before it.

use std::time::{Duration, Instant};

use super::end_to_end::{handshakes, open_payouts, recipients, wait_until_settled};
use crate::figures::{Bar, Report, count, median};
use crate::fixture::{Shops, prove};
use crate::load::{Kind, Load, LoadArgs};
use crate::pgbench::Pgbench;
use crate::postgres::Postgres;
use crate::rig::Rig;
use crate::service::Service;
use crate::{Args, Res};

const PATIENCE: Duration = Duration::from_mins(5);

pub(crate) fn measure(args: &Args, report: &mut Report) -> Res<()> {
    let rig = Rig::open(args)?;
    let postgres = Postgres::start()?;
    let wanted = Args {
        payouts: args.queue,
        sections: Vec::new(),
        role: None,
        directory: args.directory.clone(),
        ..*args
    };
    let recipients = recipients(&wanted, args.tenants);
    let pgbench = Pgbench::prepare(&rig, &postgres, args.tenants, recipients)?;
    let url = postgres.create("service")?;
    let ground = rig.ground(&url)?;
    let shops = Shops::open(&rig, &ground, args.tenants, recipients)?;
    let keys = shops.write_keys(&rig.directory.join("keys"))?;
    let (mut rates, mut yard, mut ratios) = (vec![], vec![], vec![]);
    for round in 1..=args.rounds {
        let yardstick = pgbench.run(args, args.payouts, false)?;
        let web = Service::start(&rig, &url, "web")?;
        let load = LoadArgs {
            address: web.address().to_owned(),
            kind: Kind::Withdraw,
            keys: keys.clone(),
            ids: None,
            recipients,
            tenants: args.tenants,
            posters: args.posters,
            requests: args.queue,
            run: format!("queue-{round}"),
            write_ids: None,
        };
        let posted = Load::prepare(&load)?.go()?.expect(201, args.queue)?;
        web.stop()?;
        println!(
            "  queued {} at {:.0}/s",
            open_payouts(&ground)?,
            count(args.queue) / posted.seconds
        );
        let (before, began) = (handshakes(&rig), Instant::now());
        let postgres_before = postgres.cpu()?;
        let simulator_before = crate::machine::cpu_of(std::process::id())?;
        let engine = Service::start(&rig, &url, "engine")?;
        wait_until_settled(&ground, PATIENCE)?;
        let rate = count(args.queue) / began.elapsed().as_secs_f64();
        let each = |time: Duration| time.as_secs_f64() * 1_000.0 / count(args.queue);
        println!(
            "  round {round}: drained at {rate:.0}/s, pgbench {yardstick:.0}/s; CPU for each: engine {:.3} ms, simulator {:.3} ms, \
             PostgreSQL {:.3} ms; {} handshakes",
            each(engine.cpu()?),
            each(crate::machine::cpu_of(std::process::id())?.saturating_sub(simulator_before)),
            each(postgres.cpu()?.saturating_sub(postgres_before)),
            handshakes(&rig).saturating_sub(before),
        );
        engine.stop()?;
        rates.push(rate);
        yard.push(yardstick);
        ratios.push(rate / yardstick);
    }
    prove(&rig, &ground)?;
    report.figure(
        "drain: pgbench, statement by statement",
        median(&yard),
        "payouts/s",
    );
    report.figure(
        format!("drain: the engine alone, a queue of {}", args.queue),
        median(&rates),
        "payouts/s",
    );
    report.bar(
        "drain: the engine alone / pgbench",
        median(&ratios),
        "",
        Bar::AtLeast(1.5),
    );
    Ok(())
}

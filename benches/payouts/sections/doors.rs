//! Single doors at 1, 8 and 64 connections, beside an empty handler on the same server.

use super::end_to_end::{EndToEnd, PATIENCE, recipients, wait_until_settled, warm_up};
use crate::figures::{Report, count};
use crate::load::{Kind, Load};
use crate::postgres::Postgres;
use crate::rig::Rig;
use crate::{Args, Res};

const CONNECTIONS: [usize; 3] = [1, 8, 64];

pub(crate) fn measure(args: &Args, report: &mut Report) -> Res<()> {
    let rig = Rig::open(args)?;
    let postgres = Postgres::start()?;
    // three runs of withdrawals, and what comes before them
    let of_each = recipients(args, args.tenants);
    let url = postgres.create("service")?;
    on(
        args,
        report,
        "PostgreSQL",
        EndToEnd::open(&rig, &url, args.tenants, of_each)?,
    )?;
    let url = rig.sqlite_url("service.db");
    on(
        args,
        report,
        "SQLite",
        EndToEnd::open(&rig, &url, args.tenants, of_each)?,
    )
}

fn on(args: &Args, report: &mut Report, name: &str, mut service: EndToEnd<'_>) -> Res<()> {
    warm_up(args, &mut service)?;
    let ids = service.rig.directory.join("ids");
    let mut load = service.load(Kind::Withdraw, args.posters, service.shops.keys.len() * 4);
    load.write_ids = Some(ids.clone());
    Load::prepare(&load)?.go()?.expect(201, load.requests)?;
    wait_until_settled(&service.ground, PATIENCE)?;
    for connections in CONNECTIONS {
        let mut empty = None;
        for (kind, what, status) in [
            (Kind::Health, "GET /healthz (empty)", 200),
            (Kind::Payout, "GET /payouts/{id}", 200),
            (Kind::Withdraw, "POST /withdrawals", 201),
        ] {
            let mut load = service.load(kind, connections, args.payouts);
            load.ids = Some(ids.clone());
            let cpu = service.service.cpu()?;
            let seen = Load::prepare(&load)?.go()?.expect(status, load.requests)?;
            let rate = count(load.requests) / seen.seconds;
            let cpu = service.service.cpu()?.saturating_sub(cpu).as_secs_f64() * 1e6;
            println!(
                "  {name}, {connections} connections, {what}: {rate:.0}/s, {:.2} ms median, {:.2} ms p99, {:.0} µs of the service",
                seen.median_ms,
                seen.p99_ms,
                cpu / count(load.requests)
            );
            let of_empty = *empty.get_or_insert(rate);
            report.figure(format!("{name}: {what} at {connections}"), rate, "/s");
            if kind != Kind::Health {
                report.figure(
                    format!("{name}: {what} at {connections} / empty"),
                    rate / of_empty,
                    "",
                );
            }
            wait_until_settled(&service.ground, PATIENCE)?;
        }
    }
    service.service.stop()
}

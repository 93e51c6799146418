//! Posted, paid over mutual TLS, settled: everything on the same cores.

use std::path::PathBuf;
use std::time::{Duration, Instant};

use zhanfu::app::Ground;
use zhanfu::db::{Scope, sql};

use super::sqlite_writer::SqliteWriter;
use crate::figures::{Bar, Report, count, median};
use crate::fixture::{Shops, prove};
use crate::load::{Kind, Load, LoadArgs, Seen};
use crate::pgbench::Pgbench;
use crate::postgres::Postgres;
use crate::rig::Rig;
use crate::service::Service;
use crate::{Args, Res, machine};

/// How long payouts may take to be settled after the last one was accepted.
pub(crate) const PATIENCE: Duration = Duration::from_mins(3);

/// Recipients of each shop: none of them comes near the limit of ten payouts a day.
pub(crate) fn recipients(args: &Args, tenants: usize) -> usize {
    let all = args.payouts.saturating_mul(args.rounds.saturating_add(2));
    let each = all.checked_div(tenants).unwrap_or(all);
    each.checked_div(8).unwrap_or(0).saturating_add(2)
}

/// A database with shops, and the service on it.
pub(crate) struct EndToEnd<'r> {
    pub(crate) rig: &'r Rig,
    pub(crate) ground: Ground,
    pub(crate) service: Service,
    pub(crate) shops: Shops,
    keys: PathBuf,
    runs: usize,
}

/// What one measurement saw.
pub(crate) struct Measured {
    /// Payouts a second, from the first request to the last settlement.
    pub(crate) rate: f64,
    /// The service's CPU for each, in milliseconds.
    pub(crate) cpu_ms: f64,
    simulator_ms: f64,
    load_ms: f64,
    posted: Seen,
    accepted_rate: f64,
}

impl<'r> EndToEnd<'r> {
    pub(crate) fn open(rig: &'r Rig, url: &str, tenants: usize, recipients: usize) -> Res<Self> {
        let ground = rig.ground(url)?;
        let shops = Shops::open(rig, &ground, tenants, recipients)?;
        let keys = shops.write_keys(&rig.directory.join("keys"))?;
        let service = Service::start(rig, url, "all")?;
        Ok(Self {
            rig,
            ground,
            service,
            shops,
            keys,
            runs: 0,
        })
    }

    /// What is to be posted: each time with keys of its own.
    pub(crate) fn load(&mut self, kind: Kind, posters: usize, requests: usize) -> LoadArgs {
        self.runs = self.runs.saturating_add(1);
        LoadArgs {
            address: self.service.address().to_owned(),
            kind,
            keys: self.keys.clone(),
            ids: None,
            recipients: self.shops.recipients,
            tenants: self.shops.keys.len(),
            posters,
            requests,
            run: format!("run-{}", self.runs),
            write_ids: None,
        }
    }

    /// Lets a load go and waits until the last payout is settled.
    pub(crate) fn measure(&self, load: &LoadArgs) -> Res<Measured> {
        let prepared = Load::prepare(load)?;
        let own = std::process::id();
        let (service, simulator) = (self.service.cpu()?, machine::cpu_of(own)?);
        let began = Instant::now();
        let posted = prepared.go()?.expect(201, load.requests)?;
        wait_until_settled(&self.ground, PATIENCE)?;
        let seconds = began.elapsed().as_secs_f64();
        let payouts = count(load.requests);
        let each = |later: Duration, earlier: Duration| {
            later.saturating_sub(earlier).as_secs_f64() * 1_000.0 / payouts
        };
        Ok(Measured {
            rate: payouts / seconds,
            cpu_ms: each(self.service.cpu()?, service),
            simulator_ms: each(machine::cpu_of(own)?, simulator),
            load_ms: posted.cpu_seconds * 1_000.0 / payouts,
            accepted_rate: payouts / posted.seconds,
            posted,
        })
    }
}

impl Measured {
    pub(crate) fn print(&self) {
        println!(
            "  {:.0} payouts/s ({:.0} accepted/s, {:.1} ms median, {:.1} ms p99); CPU for each: service {:.3} ms, simulator {:.3} ms, load {:.3} ms",
            self.rate,
            self.accepted_rate,
            self.posted.median_ms,
            self.posted.p99_ms,
            self.cpu_ms,
            self.simulator_ms,
            self.load_ms
        );
    }
}

#[derive(diesel::QueryableByName)]
struct Open {
    #[diesel(sql_type = diesel::sql_types::BigInt)]
    open: i64,
}

/// Payouts that are not final yet.
pub(crate) fn open_payouts(ground: &Ground) -> Res<i64> {
    let row: Option<Open> = ground.database.read_blocking(
        "open payouts",
        Scope::AcrossTenants,
        |tx| {
            sql("SELECT COUNT(*) AS open FROM payouts WHERE due_at IS NOT NULL AND step IN ('submit', 'inquire')")
                .find(tx)
        },
    )?;
    Ok(row.map_or(0, |row| row.open))
}

pub(crate) fn wait_until_settled(ground: &Ground, patience: Duration) -> Res<()> {
    let until = Instant::now() + patience;
    while open_payouts(ground)? > 0 {
        if Instant::now() > until {
            return Err(format!("{} payouts are still open", open_payouts(ground)?).into());
        }
        std::thread::sleep(Duration::from_millis(10));
    }
    Ok(())
}

/// Handshakes since the last time.
pub(crate) fn handshakes(rig: &Rig) -> u64 {
    let wire = rig.simulator.gateway().wire_counts();
    wire.full_handshakes.saturating_add(wire.resumed_handshakes)
}

pub(crate) fn postgres(args: &Args, report: &mut Report) -> Res<()> {
    let rig = Rig::open(args)?;
    let postgres = Postgres::start()?;
    let recipients = recipients(args, args.tenants);
    let pgbench = Pgbench::prepare(&rig, &postgres, args.tenants, recipients)?;
    let url = postgres.create("service")?;
    let mut service = EndToEnd::open(&rig, &url, args.tenants, recipients)?;
    warm_up(args, &mut service)?;
    pgbench.run(args, args.payouts / 4, false)?;
    let (mut rates, mut yard, mut ratios, mut cpu) = (vec![], vec![], vec![], vec![]);
    for round in 1..=args.rounds {
        let pgbench = pgbench.run(args, args.payouts, false)?;
        let before = (handshakes(&rig), postgres.cpu()?);
        let load = service.load(Kind::Withdraw, args.posters, args.payouts);
        let measured = service.measure(&load)?;
        measured.print();
        println!(
            "  round {round}: pgbench {pgbench:.0}/s; {} handshakes; PostgreSQL {:.3} ms for each",
            handshakes(&rig).saturating_sub(before.0),
            postgres.cpu()?.saturating_sub(before.1).as_secs_f64() * 1_000.0 / count(args.payouts)
        );
        rates.push(measured.rate);
        yard.push(pgbench);
        ratios.push(measured.rate / pgbench);
        cpu.push(measured.cpu_ms);
    }
    prove(&rig, &service.ground)?;
    service.service.stop()?;
    report.figure(
        "PostgreSQL: pgbench, statement by statement",
        median(&yard),
        "payouts/s",
    );
    report.figure("PostgreSQL: end to end", median(&rates), "payouts/s");
    report.bar(
        "PostgreSQL: end to end / pgbench",
        median(&ratios),
        "",
        Bar::AtLeast(0.65),
    );
    report.bar(
        "PostgreSQL: the service's CPU",
        median(&cpu),
        "ms/payout",
        Bar::AtMost(0.6),
    );
    Ok(())
}

/// Connections are made, statements prepared, caches filled.
pub(crate) fn warm_up(args: &Args, service: &mut EndToEnd<'_>) -> Res<()> {
    let requests = service.shops.keys.len().max(args.payouts / 4);
    let load = service.load(Kind::Withdraw, args.posters, requests);
    service.measure(&load)?;
    Ok(())
}

pub(crate) fn sqlite(args: &Args, report: &mut Report) -> Res<()> {
    let rig = Rig::open(args)?;
    let recipients = recipients(args, args.tenants);
    let writer = SqliteWriter::open(&rig, args.tenants, recipients)?;
    let url = rig.sqlite_url("service.db");
    let mut service = EndToEnd::open(&rig, &url, args.tenants, recipients)?;
    warm_up(args, &mut service)?;
    writer.run(args.payouts / 4)?;
    let (mut rates, mut yard, mut ratios, mut cpu) = (vec![], vec![], vec![], vec![]);
    for round in 1..=args.rounds {
        let one_writer = writer.run(args.payouts)?;
        let load = service.load(Kind::Withdraw, args.posters, args.payouts);
        let measured = service.measure(&load)?;
        measured.print();
        println!("  round {round}: one writer {one_writer:.0}/s");
        rates.push(measured.rate);
        yard.push(one_writer);
        ratios.push(measured.rate / one_writer);
        cpu.push(measured.cpu_ms);
    }
    prove(&rig, &service.ground)?;
    service.service.stop()?;
    report.figure(
        "SQLite: one writer, the same statements",
        median(&yard),
        "payouts/s",
    );
    report.figure("SQLite: end to end", median(&rates), "payouts/s");
    report.bar(
        "SQLite: end to end / one writer",
        median(&ratios),
        "",
        Bar::AtLeast(0.5),
    );
    report.figure("SQLite: the service's CPU", median(&cpu), "ms/payout");
    Ok(())
}

//! Many tenants with a certificate each: what an idle one costs, and what the first payout of a cold one does.

use std::time::Duration;

use super::end_to_end::{EndToEnd, PATIENCE, handshakes, wait_until_settled};
use crate::figures::{Bar, Report, count};
use crate::fixture::prove;
use crate::load::{Kind, Load};
use crate::postgres::Postgres;
use crate::rig::Rig;
use crate::{Args, Res, machine};

/// Unused connections are closed after twenty seconds.
const UNTIL_CONNECTIONS_ARE_CLOSED: Duration = Duration::from_secs(30);

/// A hundred tenants of the many, cold, one payout after the other.
const COLD: usize = 100;

pub(crate) fn measure(args: &Args, report: &mut Report) -> Res<()> {
    let rig = Rig::open(args)?;
    let postgres = Postgres::start()?;
    let url = postgres.create("service")?;
    let tenants = args.idle_tenants;
    let mut service = EndToEnd::open(&rig, &url, tenants, 2)?;
    println!("  {tenants} tenants stand ready");
    let once = |service: &mut EndToEnd<'_>, tenants: usize| -> Res<u64> {
        let before = handshakes(&rig);
        let mut load = service.load(Kind::Withdraw, 8.min(tenants), tenants);
        load.tenants = tenants;
        Load::prepare(&load)?.go()?.expect(201, tenants)?;
        wait_until_settled(&service.ground, PATIENCE)?;
        Ok(handshakes(&rig).saturating_sub(before))
    };
    // what the first payouts of a process need is there before anything is weighed
    let first = once(&mut service, COLD)?;
    let second = once(&mut service, COLD)?;
    report.bar(
        "handshakes of a cold tenant's first payout",
        count(usize::try_from(first)?) / count(COLD),
        "",
        Bar::AtMost(1.0),
    );
    report.bar(
        "handshakes of its later ones",
        count(usize::try_from(second)?) / count(COLD),
        "",
        Bar::AtMost(0.0),
    );
    std::thread::sleep(UNTIL_CONNECTIONS_ARE_CLOSED);
    let before = machine::resident_kib(service.service.pid())?;
    let all = once(&mut service, tenants)?;
    let busy = machine::resident_kib(service.service.pid())?;
    std::thread::sleep(UNTIL_CONNECTIONS_ARE_CLOSED);
    let after = machine::resident_kib(service.service.pid())?;
    println!(
        "  {before} KiB with {COLD} tenants used, {busy} KiB right after {tenants} more payouts ({all} handshakes), {after} KiB when idle"
    );
    report.figure(
        "the service's memory, all tenants used once",
        count(after),
        "KiB",
    );
    report.bar(
        "memory of an idle tenant",
        count(after.saturating_sub(before)) / count(tenants.saturating_sub(COLD)),
        "KiB",
        Bar::AtMost(16.0),
    );
    prove(&rig, &service.ground)?;
    service.service.stop()
}

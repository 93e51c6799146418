//! One busy tenant, whose every payout counts in the same row, beside the same load spread over many.

use super::end_to_end::{EndToEnd, recipients, warm_up};
use crate::figures::{Bar, Report, median};
use crate::fixture::{self, fill, prove};
use crate::load::Kind;
use crate::postgres::Postgres;
use crate::rig::Rig;
use crate::{Args, Res};

pub(crate) fn measure(args: &Args, report: &mut Report) -> Res<()> {
    let rig = Rig::open(args)?;
    let postgres = Postgres::start()?;
    let url = postgres.create("service")?;
    let few = recipients(args, args.spread);
    let mut service = EndToEnd::open(&rig, &url, args.spread, few)?;
    // the busy one has as many recipients as the others together, and may pay all of them
    let many = recipients(args, 1);
    let address = &service.ground.settings.database_url;
    let now = service.ground.clock.now();
    fixture::execute(
        address,
        &fill(few.saturating_add(1), many, "slug = 'shop-0'", now),
    )?;
    fixture::execute(
        address,
        "UPDATE limit_policies SET tenant_day_amount = 100000000000",
    )?;
    warm_up(args, &mut service)?;
    let (mut hot, mut spread, mut ratios) = (vec![], vec![], vec![]);
    for _ in 0..args.rounds {
        let load = service.load(Kind::Withdraw, args.posters, args.payouts);
        let over_many = service.measure(&load)?;
        over_many.print();
        let mut load = service.load(Kind::Withdraw, args.posters, args.payouts);
        (load.tenants, load.recipients) = (1, many);
        let of_one = service.measure(&load)?;
        of_one.print();
        hot.push(of_one.rate);
        spread.push(over_many.rate);
        ratios.push(of_one.rate / over_many.rate);
    }
    prove(&rig, &service.ground)?;
    service.service.stop()?;
    report.figure(
        format!("spread over {} tenants", args.spread),
        median(&spread),
        "payouts/s",
    );
    report.figure("one hot tenant", median(&hot), "payouts/s");
    report.bar(
        "one hot tenant / spread",
        median(&ratios),
        "",
        Bar::AtLeast(0.6),
    );
    Ok(())
}

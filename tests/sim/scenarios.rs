//! What can happen, one thing at a time: each rule of "what it does" in a world of its own.

use std::time::Duration;

use zhanfu::basics::{Fen, PayoutId};
use zhanfu::db::{Scope, sql};
use zhanfu::engine::partner_trade_no;
use zhanfu::findings::{self, Kind};
use zhanfu::payouts::{self, CancelError, LaneState, Payout, RejectError, Status, Verdict};
use zhanfu::simulator::Endpoint;
use zhanfu::simulator::faults::{Action, Booking, Rule};

use super::database::On;
use super::world::{API_KEY, Process, Shop, World, storefront};

fn block_on<T>(body: impl Future<Output = T>) -> T {
    tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()
        .unwrap()
        .block_on(body)
}

fn code(code: &str) -> Action {
    Action::Code {
        code: code.to_owned(),
        shape: None,
    }
}

/// Does all that is due now.
async fn work(process: &Process) {
    for _ in 0..200 {
        let stepped = process.engine.step().await.unwrap();
        if stepped.called == 0 && stepped.put_aside == 0 {
            return;
        }
    }
    panic!("there is no end to what is due");
}

/// Lets time pass in steps, and does what is due after each.
async fn pass(world: &World, process: &Process, step: Duration, steps: u32) {
    for _ in 0..steps {
        world.clock.advance(step);
        work(process).await;
    }
}

const MINUTE: Duration = Duration::from_mins(1);
const HOUR: Duration = Duration::from_hours(1);

impl World {
    fn payout(&self, shop: &Shop, id: PayoutId) -> Payout {
        self.in_tx(|tx| payouts::find(tx, shop.tenant, id).unwrap().unwrap())
    }

    fn status(&self, shop: &Shop, id: PayoutId) -> Status {
        self.payout(shop, id).status
    }

    fn lane(&self, shop: &Shop) -> Option<LaneState> {
        self.in_tx(|tx| payouts::find_lane(tx, shop.tenant).unwrap())
            .map(|lane| lane.state)
    }

    fn open_findings(&self, shop: &Shop) -> Vec<Kind> {
        let found = self.in_tx(|tx| findings::list_open(tx, shop.tenant).unwrap());
        found.into_iter().map(|finding| finding.kind).collect()
    }

    fn moved(&self, mchid: &str, id: PayoutId) -> usize {
        let now = self.now().as_millis();
        self.gateway
            .movements_of(mchid, &partner_trade_no(id), now)
            .len()
    }

    fn sent(&self, shop: &Shop, id: PayoutId) -> usize {
        let seen = self.gateway.requests_of(&shop.mchid, &partner_trade_no(id));
        seen.iter()
            .filter(|it| it.endpoint == Endpoint::Transfers)
            .count()
    }

    fn set_balance(&self, shop: &Shop, fen: i64) {
        self.gateway
            .change_merchant(&shop.mchid, |merchant| merchant.balance_fen = fen)
            .unwrap();
    }
}

#[test]
fn a_wrong_app_id_is_mended_and_the_same_payout_goes_on() {
    block_on(async {
        let world = World::open(On::Sqlite, 11, 1);
        let shop = &world.shops[0];
        world.configure_as(shop, &shop.mchid, "wxffffffffffffffff", API_KEY);
        let first = world.ask_for(shop, 0, 1_000);
        let second = world.ask_for(shop, 1, 1_000);
        let process = world.process(0);
        work(&process).await;
        assert_eq!(world.lane(shop), Some(LaneState::Settings));
        assert_eq!(world.status(shop, first), Status::Queued);
        let reason = world.payout(shop, first).reason_code.unwrap();
        assert!(
            ["PARAM_ERROR", "parameters_refused"].contains(&reason.as_str()),
            "with a code or with words only: {reason}"
        );
        world.clock.advance(MINUTE);
        world.configure(shop, API_KEY);
        world.remote.forget_bodies();
        work(&process).await;
        for id in [first, second] {
            assert_eq!(world.status(shop, id), Status::Succeeded);
            assert_eq!(world.moved(&shop.mchid, id), 1);
        }
        drop(process);
        world.close();
    });
}

#[test]
fn under_another_merchant_number_it_is_paid_only_when_the_former_one_confirms_that_it_was_not() {
    block_on(async {
        let world = World::open(On::Sqlite, 12, 2);
        let (shop, other) = (&world.shops[0], &world.shops[1]);
        world.set_balance(shop, 0);
        let id = world.ask_for(shop, 0, 1_000);
        let process = world.process(0);
        work(&process).await;
        assert_eq!(world.lane(shop), Some(LaneState::Balance));
        world.configure_as(shop, &other.mchid, &other.app_id, API_KEY);
        world.fill_balance(shop);
        world.remote.forget_bodies();
        world.clock.advance(MINUTE);
        work(&process).await;
        assert_eq!(world.status(shop, id), Status::Processing);
        assert_eq!(world.moved(&other.mchid, id), 0, "it is asked about first");
        pass(&world, &process, MINUTE, 15).await;
        assert_eq!(world.status(shop, id), Status::Succeeded);
        assert_eq!(
            (world.moved(&shop.mchid, id), world.moved(&other.mchid, id)),
            (0, 1)
        );
        drop(process);
        world.close();
    });
}

#[test]
fn one_frozen_payee_does_not_keep_a_shops_lane_closed() {
    block_on(async {
        let world = World::open(On::Sqlite, 13, 1);
        let shop = &world.shops[0];
        let rule = Rule::always(code("NO_AUTH"))
            .on(Endpoint::Transfers)
            .to(&format!("o-{}-0", shop.mchid))
            .booking(Booking::Never);
        world.gateway.set_fault(rule).unwrap();
        let frozen = world.ask_for(shop, 0, 1_000);
        let process = world.process(0);
        work(&process).await;
        assert_eq!(
            world.lane(shop),
            Some(LaneState::Settings),
            "it could be the settings"
        );
        let others: Vec<PayoutId> = (0..12)
            .map(|n| {
                world.clock.advance(Duration::from_secs(1));
                world.ask_for(shop, 1 + n % 3, 1_000)
            })
            .collect();
        pass(&world, &process, Duration::from_secs(10), 6).await;
        for id in others {
            assert_eq!(world.status(shop, id), Status::Succeeded);
        }
        assert_eq!(world.lane(shop), None);
        // it is tried again now and then, and closes nothing any more
        pass(&world, &process, MINUTE, 30).await;
        assert_eq!(world.lane(shop), None);
        assert_eq!(world.status(shop, frozen), Status::Queued);
        assert!(world.sent(shop, frozen) < 12, "with growing gaps");
        drop(process);
        world.close();
    });
}

#[test]
fn an_empty_account_makes_the_queue_wait_and_then_it_goes_on_in_order() {
    block_on(async {
        let world = World::open(On::Sqlite, 14, 1);
        let shop = &world.shops[0];
        world.set_balance(shop, 1_500);
        let ids: Vec<PayoutId> = (0..8)
            .map(|n| {
                world.clock.advance(Duration::from_millis(5));
                world.ask_for(shop, n % 4, 1_000)
            })
            .collect();
        let process = world.process(0);
        work(&process).await;
        assert_eq!(world.lane(shop), Some(LaneState::Balance));
        let sent = |ids: &[PayoutId]| ids.iter().map(|id| world.sent(shop, *id)).sum::<usize>();
        let before = sent(&ids);
        let mut probes = Vec::new();
        for second in 0..1_200 {
            world.clock.advance(Duration::from_secs(1));
            let sent_before = sent(&ids);
            work(&process).await;
            let new = sent(&ids) - sent_before;
            assert!(new <= 1, "one probe at a time");
            if new == 1 {
                probes.push(second);
            }
        }
        assert!(
            probes
                .windows(3)
                .all(|it| it[2] - it[1] > (it[1] - it[0]) * 11 / 10),
            "the gaps grow: {probes:?}"
        );
        assert!(sent(&ids) - before < 10, "{probes:?}");
        world.set_balance(shop, 100_000_000);
        world.fill_balance(shop);
        work(&process).await;
        assert_eq!(world.lane(shop), None);
        let book = world.gateway.book(world.now().as_millis());
        let order: Vec<String> = book
            .movements
            .iter()
            .map(|it| it.partner_trade_no.clone())
            .collect();
        let expected: Vec<String> = ids.iter().map(|id| partner_trade_no(*id)).collect();
        let mut sorted = order.clone();
        sorted.sort_by_key(|number| expected.iter().position(|it| it == number));
        assert_eq!(order, sorted, "in the order in which they were accepted");
        assert_eq!(order.len(), 8);
        drop(process);
        world.close();
    });
}

#[test]
fn two_engines_never_probe_a_closed_lane_at_once() {
    for on in [On::Sqlite, On::Postgres] {
        block_on(async {
            let world = World::open(on, 15, 1);
            let shop = &world.shops[0];
            world.set_balance(shop, 0);
            for n in 0..8 {
                world.ask_for(shop, n % 4, 1_000);
            }
            let (one, two) = (world.process(0), world.process(0));
            work(&one).await;
            let mut probes = 0;
            for _ in 0..30 {
                world.clock.advance(MINUTE);
                let (first, second) =
                    tokio::join!(one.engine.claim_some(8), two.engine.claim_some(8));
                let (first, second) = (first.unwrap().0, second.unwrap().0);
                let sending = |prepared: &[zhanfu::engine::Prepared]| {
                    prepared.iter().filter(|it| it.is_submission()).count()
                };
                assert!(sending(&first) + sending(&second) <= 1);
                probes += sending(&first) + sending(&second);
                for (process, prepared) in [(&one, first), (&two, second)] {
                    for it in prepared {
                        let answered = process.engine.call(it).await.unwrap();
                        process.engine.settle(vec![answered]).await;
                    }
                }
            }
            assert!(probes > 3);
            drop((one, two));
            world.close();
        });
    }
}

#[test]
fn a_limit_of_wechats_puts_off_to_the_next_day_and_past_the_window_people_decide() {
    block_on(async {
        let world = World::open(On::Sqlite, 16, 1);
        let shop = &world.shops[0];
        let rule = Rule::always(code("SENDNUM_LIMIT"))
            .on(Endpoint::Transfers)
            .to(&format!("o-{}-0", shop.mchid))
            .booking(Booking::Never);
        world.gateway.set_fault(rule).unwrap();
        let limited = world.ask_for(shop, 0, 1_000);
        let other = world.ask_for(shop, 1, 1_000);
        let process = world.process(0);
        work(&process).await;
        assert_eq!(world.status(shop, other), Status::Succeeded, "others go on");
        let payout = world.payout(shop, limited);
        assert_eq!(payout.status, Status::Queued);
        assert!(payout.not_before.unwrap() >= world.now().day().end());
        let shown = world
            .in_tx(|tx| payouts::list_rail_limits(tx, shop.tenant, world.now().day()).unwrap());
        assert_eq!(shown.len(), 1);
        assert_eq!(shown[0].code, "SENDNUM_LIMIT");
        pass(&world, &process, HOUR, 24).await;
        assert_eq!(
            world.sent(shop, limited),
            2,
            "the same number, the next day"
        );
        pass(&world, &process, HOUR, 24).await;
        let payout = world.payout(shop, limited);
        assert_eq!(
            world.sent(shop, limited),
            2,
            "past the window there are only questions"
        );
        assert_eq!(payout.status, Status::Processing);
        assert_eq!(payout.reason_code.as_deref(), Some("needs_decision"));
        let evidence = "资金流水 2026-11-23 至 2026-11-26 无此单";
        let decide = |person: usize| {
            world
                .database
                .write_blocking("decide", Scope::Tenant(shop.tenant), |tx| {
                    payouts::decide(
                        tx,
                        shop.tenant,
                        limited,
                        &Verdict::NotPaid,
                        evidence,
                        &shop.people[person],
                        world.now(),
                    )
                })
        };
        assert_eq!(decide(0).unwrap().status, Status::Processing);
        assert!(decide(0).is_err(), "two people");
        assert_eq!(decide(1).unwrap().status, Status::Failed);
        drop(process);
        world.examine_books();
        world.close();
    });
}

#[test]
fn too_many_calls_slow_one_shop_down_and_nobody_fails_for_it() {
    block_on(async {
        let world = World::open(On::Sqlite, 17, 2);
        let (shop, other) = (&world.shops[0], &world.shops[1]);
        world
            .gateway
            .change_merchant(&shop.mchid, |merchant| {
                merchant.limits.transfers_per_second = Some(10);
                merchant.limits.payee_day_count = 10_000;
            })
            .unwrap();
        world.lift_limits(shop);
        for n in 0..300 {
            world.ask_for(shop, n % 4, 100);
        }
        let process = world.process(0);
        let mut other_waited = 0;
        let mut rounds = 0;
        loop {
            world.clock.advance(Duration::from_millis(100));
            if rounds % 50 == 0 {
                world.ask_for(other, 0, 100);
            }
            process.engine.step().await.unwrap();
            let open: Vec<(usize, Payout)> = world
                .payouts()
                .into_iter()
                .filter(|(_, payout)| !payout.status.is_final())
                .collect();
            other_waited += open.iter().filter(|(shop, _)| *shop == 1).count();
            rounds += 1;
            if open.is_empty() {
                break;
            }
            assert!(rounds < 3_000, "{} are open", open.len());
        }
        assert_eq!(other_waited, 0, "the other shop waits for nobody");
        assert!(
            world
                .payouts()
                .iter()
                .all(|(_, payout)| payout.status == Status::Succeeded)
        );
        drop(process);
        world.close();
    });
}

#[test]
fn a_shop_with_a_long_queue_does_not_keep_the_others_waiting() {
    block_on(async {
        let world = World::open(On::Sqlite, 18, 12);
        world.lift_limits(&world.shops[0]);
        for n in 0..400 {
            world.ask_for(&world.shops[0], n % 4, 100);
        }
        let ids: Vec<PayoutId> = world.shops[1..]
            .iter()
            .map(|shop| world.ask_for(shop, 0, 100))
            .collect();
        let process = world.process(0);
        // the queue has taken all places that one shop may have, and its calls hang
        let (hanging, _) = process.engine.claim_some(64).await.unwrap();
        let (next, _) = process.engine.claim_some(64).await.unwrap();
        let mut claimed: Vec<PayoutId> = hanging
            .iter()
            .chain(&next)
            .map(zhanfu::engine::Prepared::payout)
            .collect();
        let (more, _) = process.engine.claim_some(64).await.unwrap();
        claimed.extend(more.iter().map(zhanfu::engine::Prepared::payout));
        for id in ids {
            assert!(
                claimed.contains(&id),
                "every other shop's is taken up at once"
            );
        }
        let of_the_first = claimed.len() - 11;
        assert!(
            of_the_first <= 12,
            "three quarters of 16 at the most: {of_the_first}"
        );
        drop((hanging, next, more, process));
        world.close();
    });
}

#[test]
fn a_payout_in_doubt_for_a_day_is_told_to_people_and_that_ends_with_the_answer() {
    block_on(async {
        let world = World::open(On::Sqlite, 19, 1);
        let shop = &world.shops[0];
        let lost = Rule::always(Action::Close).on(Endpoint::Transfers);
        world.gateway.set_fault(lost).unwrap();
        let mute = Rule::always(code("SYSTEMERROR")).on(Endpoint::GetTransferInfo);
        world.gateway.set_fault(mute).unwrap();
        let id = world.ask_for(shop, 0, 1_000);
        let process = world.process(0);
        work(&process).await;
        pass(&world, &process, HOUR, 23).await;
        assert_eq!(world.open_findings(shop), []);
        pass(&world, &process, HOUR, 9).await;
        assert_eq!(world.open_findings(shop), [Kind::InDoubtForADay]);
        assert_eq!(world.lane(shop), None, "it is told, and stops nothing");
        world.gateway.clear_faults();
        pass(&world, &process, HOUR, 9).await;
        assert_eq!(world.status(shop, id), Status::Succeeded);
        assert_eq!(world.open_findings(shop), []);
        drop(process);
        world.close();
    });
}

#[test]
fn what_was_refused_and_paid_all_the_same_is_found_the_day_after_and_stops_the_shop() {
    block_on(async {
        let world = World::open(On::Sqlite, 20, 2);
        let (shop, other) = (&world.shops[0], &world.shops[1]);
        let refused = Rule::always(code("V2_ACCOUNT_SIMPLE_BAN")).on(Endpoint::Transfers);
        world
            .gateway
            .set_fault(refused.of_merchant(&shop.mchid).booking(Booking::AsUsual))
            .unwrap();
        let unknown = Rule::always(code("NOT_FOUND")).on(Endpoint::GetTransferInfo);
        world
            .gateway
            .set_fault(unknown.of_merchant(&shop.mchid))
            .unwrap();
        let id = world.ask_for(shop, 0, 1_000);
        let process = world.process(0);
        work(&process).await;
        pass(&world, &process, MINUTE, 15).await;
        assert_eq!(world.status(shop, id), Status::Failed);
        world.gateway.clear_faults();
        pass(&world, &process, HOUR, 24).await;
        assert_eq!(
            world.open_findings(shop),
            [Kind::PaidThereFailedHere, Kind::AttemptsDiffer],
            "the rail's word, and with it our own record of it"
        );
        assert_eq!(world.lane(shop), Some(LaneState::Stopped));
        let later = world.ask_for(shop, 1, 1_000);
        let elsewhere = world.ask_for(other, 1, 1_000);
        work(&process).await;
        assert_eq!(
            world.status(shop, later),
            Status::Queued,
            "its money has stopped"
        );
        assert_eq!(world.status(other, elsewhere), Status::Succeeded);
        drop(process);
        world.close();
    });
}

#[test]
fn a_ledger_that_tells_something_else_is_found_the_day_after() {
    block_on(async {
        let world = World::open(On::Sqlite, 21, 1);
        let shop = &world.shops[0];
        let id = world.ask_for(shop, 0, 1_000);
        let process = world.process(0);
        work(&process).await;
        world.in_tx(|tx| {
            sql("UPDATE ledger_postings SET amount_fen = amount_fen + 1 WHERE source = $1 AND kind = 'payout_settled'")
                .bind(id.to_string())
                .execute(tx)
                .unwrap();
        });
        pass(&world, &process, HOUR, 24).await;
        assert_eq!(world.open_findings(shop), [Kind::LedgerDiffers]);
        assert_eq!(world.lane(shop), Some(LaneState::Stopped));
        drop(process);
        world.close();
    });
}

#[test]
fn after_a_backup_was_put_back_everything_is_asked_about_before_anything_is_paid() {
    for on in [On::Sqlite, On::Postgres] {
        block_on(async {
            let mut world = World::open(on, 22, 1);
            world.lift_limits(&world.shops[0]);
            let (paid, waiting) = {
                let shop = &world.shops[0];
                (world.ask_for(shop, 0, 1_000), world.ask_for(shop, 1, 1_000))
            };
            // above the review limit: it waits for a member
            let reviewed = world.ask_for(&world.shops[0], 2, 60_000);
            let process = world.process(0);
            process.engine.beat().await.unwrap();
            drop(process);
            world.back_up();
            let process = world.process(0);
            process.engine.beat().await.unwrap();
            world.freeze(&world.shops[0], waiting);
            world.review_kindly(&world.shops[0]);
            work(&process).await;
            for id in [paid, reviewed] {
                assert_eq!(world.status(&world.shops[0], id), Status::Succeeded);
            }
            drop(process);

            world.put_back();
            let shop = &world.shops[0];
            assert_eq!(
                world.status(shop, paid),
                Status::Queued,
                "it knows of nothing"
            );
            assert_eq!(world.status(shop, reviewed), Status::InReview);
            let process = world.process(0);
            assert!(process.engine.beat().await.unwrap(), "it is noticed");
            assert!(!process.engine.beat().await.unwrap(), "once");
            let new = world.ask_for(shop, 3, 1_000);
            for id in [paid, waiting] {
                let cancelled =
                    world
                        .database
                        .write_blocking("cancel", Scope::Tenant(shop.tenant), |tx| {
                            payouts::cancel(tx, shop.tenant, id, &storefront(), world.now())
                        });
                assert!(matches!(cancelled, Err(CancelError::NotCancellable(_))));
            }
            let rejected =
                world
                    .database
                    .write_blocking("reject", Scope::Tenant(shop.tenant), |tx| {
                        payouts::reject(
                            tx,
                            shop.tenant,
                            reviewed,
                            "again?",
                            &shop.people[0],
                            world.now(),
                        )
                    });
            assert!(matches!(rejected, Err(RejectError::NotInReview(_))));
            pass(&world, &process, MINUTE, 20).await;
            for id in [paid, reviewed] {
                assert_eq!(world.status(shop, id), Status::Succeeded);
                assert_eq!(world.moved(&shop.mchid, id), 1);
            }
            for id in [waiting, new] {
                assert_eq!(world.status(shop, id), Status::Queued);
                assert_eq!(world.moved(&shop.mchid, id), 0, "nothing is sent");
            }
            world.go_on();
            work(&process).await;
            for id in [waiting, new] {
                assert_eq!(world.status(shop, id), Status::Succeeded);
                assert_eq!(world.moved(&shop.mchid, id), 1);
            }
            drop(process);
            world.examine_the_end();
            world.close();
        });
    }
}

impl World {
    /// Keeps one payout from being sent for a while, as a busy engine would.
    fn freeze(&self, shop: &Shop, id: PayoutId) {
        let later = self.now().plus(HOUR);
        self.in_tx(|tx| {
            sql("UPDATE payouts SET due_at = $1 WHERE tenant_id = $2 AND id = $3")
                .bind(later)
                .bind(shop.tenant)
                .bind(id)
                .execute(tx)
                .unwrap();
        });
    }
}

#[test]
fn what_the_rail_has_put_off_is_not_given_back_on_its_word_alone() {
    block_on(async {
        let world = World::open(On::Sqlite, 23, 1);
        let shop = &world.shops[0];
        let id = world.ask_for(shop, 0, 1_000);
        let cancel = || {
            world
                .database
                .write_blocking("cancel", Scope::Tenant(shop.tenant), |tx| {
                    payouts::cancel(tx, shop.tenant, id, &storefront(), world.now())
                })
        };
        world.set_balance(shop, 0);
        let process = world.process(0);
        work(&process).await;
        assert_eq!(world.status(shop, id), Status::Queued);
        assert!(matches!(
            cancel(),
            Err(CancelError::NotCancellable(Status::Queued))
        ));
        let held = world.in_tx(|tx| {
            zhanfu::ledger::find_balance(tx, shop.tenant, &shop.recipients[0])
                .unwrap()
                .unwrap()
                .held
        });
        assert_eq!(held, Fen::new(1_000));
        drop(process);
        world.close();
    });
}

#[test]
fn the_figures_and_the_story_tell_what_was_done() {
    block_on(async {
        let world = World::open(On::Sqlite, 24, 1);
        let shop = &world.shops[0];
        let once = Rule::always(code("SYSTEMERROR"))
            .on(Endpoint::Transfers)
            .times(1)
            .booking(Booking::AsUsual);
        world.gateway.set_fault(once).unwrap();
        let made_up = Rule::always(code("MADE_UP_BY_SOMEBODY"))
            .on(Endpoint::GetTransferInfo)
            .times(1);
        world.gateway.set_fault(made_up).unwrap();
        let id = world.ask_for(shop, 0, 1_000);
        let process = world.process(0);
        work(&process).await;
        let now = world.now();
        let exposition = || {
            let watched = world.in_tx(|tx| zhanfu::engine::watch(tx, now).unwrap());
            process.engine.exposition(Some(&watched), now)
        };
        let text = exposition();
        for line in [
            "zhanfu_payout_in_doubt 1",
            "zhanfu_queue_due 0",
            "zhanfu_payouts_total{state=\"in_doubt\"} 1",
            "zhanfu_wechat_errors_total{code=\"SYSTEMERROR\"} 1",
            "zhanfu_lanes_closed 0",
            "zhanfu_findings_open 0",
        ] {
            assert!(text.contains(line), "{line} is not in\n{text}");
        }
        pass(&world, &process, Duration::from_secs(5), 4).await;
        let text = exposition();
        for line in [
            "zhanfu_payout_in_doubt 0",
            "zhanfu_payouts_total{state=\"succeeded\"} 1",
            "zhanfu_wechat_errors_total{code=\"UNLISTED\"} 1",
            "zhanfu_payout_send_seconds_count",
            "zhanfu_lease_lost_total 0",
            "zhanfu_fence_rejected_total 0",
        ] {
            assert!(text.contains(line), "{line} is not in\n{text}");
        }
        assert!(
            !text.contains("MADE_UP"),
            "WeChat Pay cannot make up labels"
        );
        let story = world.in_tx(|tx| zhanfu::reports::story::tell(tx, shop.tenant, id).unwrap());
        let parts: Vec<(&str, &str)> = story
            .iter()
            .map(|line| (line.part.as_str(), line.what.as_str()))
            .collect();
        let expected = [
            ("event", "payout.accepted"),
            ("event", "payout.submitted"),
            ("event", "payout.in_doubt"),
            ("call", "submission"),
            ("answer", "unknown"),
            ("posting", "payout_held"),
        ];
        for part in expected {
            assert!(parts.contains(&part), "{part:?} is not in {parts:?}");
        }
        let last = [
            ("event", "payout.succeeded"),
            ("call", "inquiry"),
            ("answer", "paid"),
            ("posting", "payout_settled"),
        ];
        for part in last {
            assert!(parts.contains(&part), "{part:?} is not in {parts:?}");
        }
        assert!(story.windows(2).all(|it| it[0].at <= it[1].at));
        drop(process);
        world.close();
    });
}

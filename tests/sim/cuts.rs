//! Every point between two commits, before and after every remote call, and every await is cut once: the process dies there, another one starts,
//! and everything has to end as if nothing had been (INV-21).

use std::future::Future;
use std::pin::pin;
use std::sync::Arc;
use std::task::Poll;
use std::time::Duration;

use zhanfu::simulator::Endpoint;
use zhanfu::simulator::faults::{Action, Booking, Rule};

use super::database::On;
use super::world::{Process, Striker, World};

/// One schedule with all that can become of a payout: paid at once, paid behind an error, refused, put off, sent again, reviewed.
fn schedule(on: On) -> World {
    let world = World::open(on, 1, 1);
    let shop = &world.shops[0];
    let code = |code: &str| Action::Code {
        code: code.to_owned(),
        shape: None,
    };
    let openid = |number: usize| format!("o-{}-{number}", shop.mchid);
    let rules = [
        (1, code("SYSTEMERROR"), Booking::AsUsual),
        (2, code("V2_ACCOUNT_SIMPLE_BAN"), Booking::Never),
        (3, code("SYSTEMERROR"), Booking::Never),
    ];
    for (number, action, booking) in rules {
        let once = if number == 2 { 9 } else { 1 };
        let rule = Rule::always(action)
            .on(Endpoint::Transfers)
            .to(&openid(number))
            .times(once)
            .booking(booking);
        world.gateway.set_fault(rule).unwrap();
    }
    for number in 0..4 {
        world.ask_for(shop, number, 1_000);
    }
    world.ask_for(shop, 0, 60_000);
    world
}

/// Lets a process work until everything is final, or until it is dead.
async fn work(world: &World, process: &Process) {
    for _ in 0..80 {
        world.review_kindly(&world.shops[0]);
        for _ in 0..20 {
            match process.engine.step().await {
                Ok(stepped) if stepped.called > 0 || stepped.put_aside > 0 => {}
                Ok(_) | Err(_) => break,
            }
        }
        let all_final = world
            .payouts()
            .iter()
            .all(|(_, payout)| payout.status.is_final());
        if process.striker.is_dead() || all_final {
            return;
        }
        world.clock.advance(Duration::from_secs(61));
    }
}

/// Another process takes over.
async fn finish(world: &World) {
    world.remote.let_live();
    world.clock.advance(Duration::from_secs(61));
    let process = world.process(0);
    work(world, &process).await;
    world.examine_the_end();
    let paid = world
        .payouts()
        .iter()
        .filter(|(_, payout)| payout.payment_no.is_some())
        .count();
    assert_eq!(paid, 4, "four of five are paid, the refused one is not");
}

fn block_on<T>(body: impl Future<Output = T>) -> T {
    tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .unwrap()
        .block_on(body)
}

/// How many points the schedule's life has.
fn count_points(on: On) -> u64 {
    block_on(async {
        let world = schedule(on);
        let process = world.process(0);
        world.remote.dies_with(process.striker.clone());
        work(&world, &process).await;
        let points = process.striker.points();
        world.examine_the_end();
        drop(process);
        world.close();
        points
    })
}

fn cut_everywhere(on: On) {
    let points = count_points(on);
    assert!(points > 60, "only {points} points");
    for point in 1..=points {
        block_on(async {
            let world = schedule(on);
            let process = world.process(0);
            let striker: Arc<Striker> = process.striker.clone();
            striker.cut_at(point);
            world.remote.dies_with(striker.clone());
            work(&world, &process).await;
            assert!(striker.is_dead(), "point {point} was not reached");
            world.examine();
            drop(process);
            finish(&world).await;
            world.close();
        });
    }
    eprintln!("{points} cuts on {on:?}: no law was broken");
}

#[test]
fn a_process_that_dies_at_any_point_leaves_nothing_wrong_on_sqlite() {
    cut_everywhere(On::Sqlite);
}

#[test]
fn a_process_that_dies_at_any_point_leaves_nothing_wrong_on_postgres() {
    cut_everywhere(On::Postgres);
}

/// Polls a future so many times at the most, and then drops it where it stands. Says how often it was polled, and whether it ended.
async fn poll_at_most(polls: u64, future: impl Future) -> (u64, bool) {
    let mut future = pin!(future);
    let mut polled = 0;
    std::future::poll_fn(|context| {
        if polled >= polls {
            return Poll::Ready((polled, false));
        }
        polled += 1;
        match future.as_mut().poll(context) {
            Poll::Ready(_) => Poll::Ready((polled, true)),
            Poll::Pending => Poll::Pending,
        }
    })
    .await
}

/// Drops the engine's round at each of its awaits in turn.
fn drop_everywhere(on: On) {
    let mut polls = 1;
    loop {
        let ended = block_on(async {
            let world = schedule(on);
            let process = world.process(0);
            let (_, ended) = poll_at_most(polls, work(&world, &process)).await;
            drop(process);
            // a transaction that was under way ends on its own thread, one way or the other
            finish(&world).await;
            world.close();
            ended
        });
        if ended {
            break;
        }
        polls += 1;
    }
    assert!(polls > 10, "only {polls} awaits");
    eprintln!("{polls} awaits on {on:?}: no law was broken");
}

#[test]
fn a_round_that_is_dropped_at_any_await_leaves_nothing_wrong_on_sqlite() {
    drop_everywhere(On::Sqlite);
}

#[test]
fn a_round_that_is_dropped_at_any_await_leaves_nothing_wrong_on_postgres() {
    drop_everywhere(On::Postgres);
}

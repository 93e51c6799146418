//! One run from one seed.

use std::time::Duration;

use zhanfu::engine::{Answered, Prepared};
use zhanfu::simulator::Endpoint;
use zhanfu::simulator::faults::{Action, Booking, Outcome, Rule};

use super::chance::Chance;
use super::database::On;
use super::remote::{Network, SimRemote};
use super::world::{Process, World};

/// A process and what it has in hand: lost when it dies.
struct Running {
    process: Process,
    prepared: Vec<Prepared>,
    answered: Vec<Answered>,
    /// It sleeps until then, with everything in hand.
    paused_until: Duration,
}

/// How one run is meant to go wrong.
struct Mischief {
    network: Network,
    database_permille: u32,
    crash_permille: u32,
    pause_permille: u32,
    people_permille: u32,
    clock_permille: u32,
    /// At which step a backup is made, and at which it is put back.
    put_back: Option<(usize, usize)>,
    rules: u64,
}

impl Mischief {
    /// Each class of faults is on in half of the runs, so that they meet in all combinations.
    fn draw(chance: &Chance) -> Self {
        let sometimes = |most: u64| {
            if chance.permille(500) {
                u32::try_from(chance.within(0..most)).unwrap()
            } else {
                0
            }
        };
        Self {
            network: Network {
                never_sent: sometimes(200),
                lost_request: sometimes(300),
                lost_answer: sometimes(300),
                doubled: sometimes(100),
                late: sometimes(1000),
            },
            database_permille: sometimes(100),
            crash_permille: sometimes(60),
            pause_permille: sometimes(12),
            people_permille: sometimes(120),
            clock_permille: sometimes(60),
            put_back: chance.permille(200).then(|| {
                let made = chance.index(120) + 20;
                (made, made + 20 + chance.index(120))
            }),
            rules: if chance.permille(700) {
                chance.within(1..6)
            } else {
                0
            },
        }
    }
}

/// What a run did, for the figures.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Figures {
    pub payouts: usize,
    pub steps: usize,
    pub crashes: usize,
    pub pauses: usize,
    pub claims: usize,
    pub calls: usize,
    pub settled: usize,
    pub put_back: usize,
}

impl std::ops::AddAssign for Figures {
    fn add_assign(&mut self, other: Self) {
        self.payouts += other.payouts;
        self.steps += other.steps;
        self.crashes += other.crashes;
        self.pauses += other.pauses;
        self.claims += other.claims;
        self.calls += other.calls;
        self.settled += other.settled;
        self.put_back += other.put_back;
    }
}

/// Runs a seed; panics when a law is broken.
pub(crate) async fn run(on: On, seed: u64) -> Figures {
    let chance = Chance::of(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15));
    let shops = chance.index(3) + 1;
    let mut world = World::open(on, seed, shops);
    let mischief = Mischief::draw(&chance);
    let mut figures = Figures::default();
    world.remote.set_network(mischief.network);
    set_rules(&world, &chance, mischief.rules);
    let engines = chance.index(4) + 1;
    let mut running = start_all(&world, engines, &mischief).await;
    let steps = 200 + chance.index(300);
    let mut usage = world.usage();
    for step in 0..steps {
        figures.steps += 1;
        act(&world, &chance, &mischief, &mut running, &mut figures).await;
        usage = world.examine_the_limits(&usage);
        if let Some((made, put_back)) = mischief.put_back {
            // nobody is connected while a backup is made or put back
            if step == made {
                running.clear();
                world.back_up();
                running = start_all(&world, engines, &mischief).await;
            } else if step == put_back && world.has_old_backup() {
                running.clear();
                world.put_back();
                figures.put_back += 1;
                running = start_all(&world, engines, &mischief).await;
                usage = world.usage();
            }
        }
        if step % 7 == 0 {
            world.examine();
        }
        if step % 40 == 0 {
            world.examine_books();
        }
    }
    world.examine();
    heal(&world, &mut running).await;
    figures.payouts = world.payouts().len();
    world.examine_the_end();
    drop(running);
    world.close();
    figures
}

async fn start_all(world: &World, engines: usize, mischief: &Mischief) -> Vec<Running> {
    let mut running = Vec::new();
    for _ in 0..engines {
        running.push(start(world, mischief.database_permille).await);
    }
    running
}

/// A process starts: nothing is claimed before its first beat.
async fn start(world: &World, database_permille: u32) -> Running {
    let process = world.process(database_permille);
    while process.engine.beat().await.is_err() {}
    Running {
        process,
        prepared: Vec::new(),
        answered: Vec::new(),
        paused_until: Duration::ZERO,
    }
}

/// WeChat's moods: each rule is in force for some of the calls.
fn set_rules(world: &World, chance: &Chance, rules: u64) {
    for _ in 0..rules {
        let shop = chance.one(&world.shops);
        let minutes = |most: u64| chance.within(1..most) * 60_000;
        let (endpoint, action, booking) = match chance.within(0..16) {
            0 => (Endpoint::Transfers, code("SYSTEMERROR"), Booking::AsUsual),
            1 => (Endpoint::Transfers, code("SYSTEMERROR"), Booking::Never),
            2 => (
                Endpoint::Transfers,
                code("NEVER_HEARD_OF"),
                Booking::AsUsual,
            ),
            3 => (
                Endpoint::Transfers,
                code("V2_ACCOUNT_SIMPLE_BAN"),
                Booking::Never,
            ),
            4 => (Endpoint::Transfers, code("MONEY_LIMIT"), Booking::Never),
            5 => (Endpoint::Transfers, code("FREQ_LIMIT"), Booking::Never),
            6 => (Endpoint::Transfers, code("NO_AUTH"), Booking::Never),
            7 => (Endpoint::Transfers, Action::Close, Booking::AsUsual),
            8 => (Endpoint::Transfers, Action::TruncatedXml, Booking::AsUsual),
            9 => (
                Endpoint::Transfers,
                Action::HttpStatus { status: 502 },
                Booking::AsUsual,
            ),
            10 => {
                let then = if chance.permille(500) {
                    Outcome::Success
                } else {
                    Outcome::Failure
                };
                (
                    Endpoint::Transfers,
                    Action::Accept {
                        ms: minutes(120),
                        then,
                    },
                    Booking::AsUsual,
                )
            }
            11 => (
                Endpoint::Transfers,
                Action::HideFor { ms: minutes(5) },
                Booking::AsUsual,
            ),
            12 => (
                Endpoint::GetTransferInfo,
                code("SYSTEMERROR"),
                Booking::AsUsual,
            ),
            13 => (
                Endpoint::GetTransferInfo,
                code("NOT_FOUND"),
                Booking::AsUsual,
            ),
            14 => (Endpoint::GetTransferInfo, Action::Garbage, Booking::AsUsual),
            _ => (Endpoint::Transfers, Action::DeliverTwice, Booking::AsUsual),
        };
        let mut rule = Rule::always(action)
            .on(endpoint)
            .of_merchant(&shop.mchid)
            .sometimes(u16::try_from(chance.within(500..6_000)).unwrap())
            .booking(booking);
        if endpoint == Endpoint::GetTransferInfo {
            // "no such order" about an order that exists: never for longer than the reference allows (§0 rule 5)
            rule = rule.times(chance.within(1..4));
        }
        world.gateway.set_fault(rule).unwrap();
    }
}

fn code(code: &str) -> Action {
    Action::Code {
        code: code.to_owned(),
        shape: None,
    }
}

/// One step of the world: somebody does something.
async fn act(
    world: &World,
    chance: &Chance,
    mischief: &Mischief,
    running: &mut [Running],
    figures: &mut Figures,
) {
    if chance.permille(mischief.people_permille) {
        meddle(world, chance);
    }
    match chance.within(0..20) {
        0 | 1 => {
            world.ask(chance.one(&world.shops));
        }
        2 => {
            let shop = chance.one(&world.shops);
            world.review(shop, chance);
        }
        3 => pass(world, chance.within(1..5)),
        4 if chance.permille(200) => pass(world, chance.within(30..900)),
        _ => {
            let index = chance.index(running.len());
            drive(world, chance, mischief, &mut running[index], figures).await;
        }
    }
    world.remote.deliver_wandering();
}

fn pass(world: &World, seconds: u64) {
    world.clock.advance(Duration::from_secs(seconds));
}

/// People change things at any time.
fn meddle(world: &World, chance: &Chance) {
    let shop = chance.one(&world.shops);
    match chance.within(0..8) {
        5 | 6 => world.change_limits(shop),
        7 => world.go_on(),
        0 => world.fumble_with_settings(shop),
        1 | 2 => world.move_balance(shop),
        3 => {
            let open: Vec<_> = world.payouts();
            if !open.is_empty() {
                let (number, payout) = chance.one(&open);
                world.cancel(&world.shops[*number], payout.id);
            }
        }
        _ => world.freeze_or_thaw(),
    }
}

/// One process does one thing: claims, calls, settles, or dies.
async fn drive(
    world: &World,
    chance: &Chance,
    mischief: &Mischief,
    running: &mut Running,
    figures: &mut Figures,
) {
    use zhanfu::basics::Clock as _;
    if world.clock.monotonic() < running.paused_until {
        return;
    }
    if chance.permille(mischief.clock_permille) {
        // somebody sets the machine's clock, a day wrong at the most; the database's time is looked at again now and then
        running.process.machine.step(chance.either_way(86_400_000));
        running.process.clock.set().unwrap();
    }
    if chance.permille(mischief.pause_permille) {
        // longer than a lease: what it has in hand is somebody else's when it wakes
        let pause = Duration::from_secs(chance.within(30..200));
        running.paused_until = world.clock.monotonic() + pause;
        figures.pauses += 1;
        return;
    }
    if chance.permille(mischief.crash_permille) {
        figures.crashes += 1;
        *running = start(world, mischief.database_permille).await;
        return;
    }
    let work = running.prepared.len() + running.answered.len();
    match chance.within(0..10) {
        0..4 if work < 12 => {
            if let Ok((prepared, _)) = running.process.engine.claim_some(chance.index(6) + 1).await
            {
                figures.claims += prepared.len();
                running.prepared.extend(prepared);
            }
        }
        0..8 if !running.prepared.is_empty() => {
            let index = chance.index(running.prepared.len());
            let prepared = running.prepared.swap_remove(index);
            call(world, running, prepared, figures).await;
        }
        _ if !running.answered.is_empty() => {
            let count = chance.index(running.answered.len()) + 1;
            let batch = running.answered.drain(..count).collect();
            figures.settled += count;
            running.process.engine.settle(batch).await;
        }
        _ => {
            running.process.engine.tidy().await;
            // one that fails is followed by another
            let _beaten = running.process.engine.beat().await;
        }
    }
}

async fn call(world: &World, running: &mut Running, prepared: Prepared, figures: &mut Figures) {
    let (payout, fence) = (prepared.payout(), prepared.fence());
    let is_submission = prepared.is_submission();
    if let Some(answered) = running.process.engine.call(prepared).await {
        figures.calls += 1;
        // INV-10: whoever sends, still holds the claim. A question may be overtaken by people, who decide or approve.
        assert!(
            !is_submission || world.fence(payout) == fence,
            "a request was sent with a claim that was lost"
        );
        running.answered.push(answered);
    }
}

/// Everything is mended, and everything comes to its end.
async fn heal(world: &World, running: &mut [Running]) {
    world.gateway.clear_faults();
    world.remote.set_network(Network::default());
    world.go_on();
    for shop in &world.shops {
        world
            .gateway
            .change_merchant(&shop.mchid, |merchant| merchant.balance_fen = 100_000_000)
            .unwrap();
        world.configure(shop, super::world::API_KEY);
        world.fill_balance(shop);
        world.lift_limits(shop);
    }
    for one in running.iter_mut() {
        one.process.striker.heal();
        one.paused_until = Duration::ZERO;
        one.prepared.clear();
        one.answered.clear();
    }
    world.clock.advance(SimRemote::WANDERS);
    world.remote.deliver_wandering();
    let calm = Chance::of(0);
    for round in 0..900_u64 {
        for shop in &world.shops {
            world.review(shop, &calm);
        }
        for one in running.iter_mut() {
            // what is due now is done now
            for _ in 0..50 {
                let stepped = one.process.engine.step().await.unwrap();
                if stepped.called == 0 && stepped.put_aside == 0 {
                    break;
                }
            }
        }
        let open = world
            .payouts()
            .iter()
            .filter(|(_, payout)| !payout.status.is_final())
            .count();
        if open == 0 && round > 3 {
            break;
        }
        // quickly at first, then in steps of hours, for up to thirty days
        let pause = if round < 60 {
            60
        } else if round < 200 {
            600
        } else {
            3_600
        };
        world.clock.advance(Duration::from_secs(pause));
    }
    // the day after, everything is asked about once more
    for _ in 0..40 {
        world.clock.advance(Duration::from_hours(1));
        for one in running.iter_mut() {
            while one.process.engine.step().await.unwrap().called > 0 {}
        }
    }
}

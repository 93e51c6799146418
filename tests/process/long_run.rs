//! Two engines and a web server on one PostgreSQL, killed at random under load, with WeChat Pay in a bad mood.

use zhanfu::basics::Clock as _;
use zhanfu::basics::clock::SystemClock;
use zhanfu::simulator::Endpoint;
use zhanfu::simulator::faults::{Action, Booking, Rule};

use crate::database::On;
use crate::stage::{Load, PATIENCE, Server, Stage, free_port, until};

/// The programs that are killed.
const PROGRAMS: [&str; 3] = ["engine-1", "engine-2", "web"];

/// What a run did.
#[derive(Default)]
struct Figures {
    seed: u64,
    payouts: usize,
    kills: [usize; 3],
    requests: u64,
    wrong_answers: u64,
    seconds: u64,
}

impl std::fmt::Display for Figures {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let [one, two, web] = self.kills;
        write!(
            f,
            "seed {}: {} payouts, each paid once; {} kills ({one} and {two} of the engines, {web} of the web server); {} requests at WeChat Pay, \
             {} of them disturbed; {} s",
            self.seed,
            self.payouts,
            one + two + web,
            self.requests,
            self.wrong_answers,
            self.seconds
        )
    }
}

/// Lost answers, lost requests, `SYSTEMERROR` with and without the money moved, answers after our timeout, requests that arrive late or twice: of each a
/// few in a hundred.
fn bad_mood(stage: &Stage) {
    let code = |booking| {
        Rule::always(Action::Code {
            code: "SYSTEMERROR".to_owned(),
            shape: None,
        })
        .booking(booking)
    };
    let transfers = [
        Rule::always(Action::Close),
        Rule::always(Action::Close).booking(Booking::Never),
        Rule::always(Action::Reset),
        Rule::always(Action::Delay { ms: 1_500 }),
        Rule::always(Action::ArriveLate { ms: 1_500 }),
        Rule::always(Action::DeliverTwice),
        Rule::always(Action::HttpStatus { status: 502 }),
        Rule::always(Action::HideFor { ms: 1_000 }),
        code(Booking::AsUsual),
        code(Booking::Never),
    ];
    let questions = [
        Rule::always(Action::Close),
        Rule::always(Action::HttpStatus { status: 502 }),
        code(Booking::AsUsual),
    ];
    let transfers = transfers
        .into_iter()
        .map(|rule| rule.on(Endpoint::Transfers));
    let questions = questions
        .into_iter()
        .map(|rule| rule.on(Endpoint::GetTransferInfo));
    for rule in transfers.chain(questions) {
        stage.simulator.set_fault(rule.sometimes(200)).unwrap();
    }
}

struct Programs<'s> {
    stage: &'s Stage,
    running: [Option<Server>; 3],
}

impl Programs<'_> {
    async fn start(&mut self, number: usize) {
        let role = if number == 2 { "web" } else { "engine" };
        let server = self.stage.serve(PROGRAMS[number], &["--role", role]).await;
        self.running[number] = Some(server);
    }

    async fn kill_and_start(&mut self, number: usize) {
        self.running[number].take().unwrap().kill();
        self.start(number).await;
    }
}

async fn run(payouts: usize, kills: usize, tenants: usize, seed: u64) -> Figures {
    let mut random = fastrand::Rng::with_seed(seed);
    let mut stage = Stage::on(On::Postgres).await;
    let listen = format!("127.0.0.1:{}", free_port());
    stage.set("LISTEN", &listen);
    let mut shops = Vec::new();
    for number in 0..tenants {
        shops.push(stage.shop(&format!("shop-{number}")).await);
    }
    bad_mood(&stage);
    let began = SystemClock.monotonic();
    let mut programs = Programs {
        stage: &stage,
        running: [const { None }; 3],
    };
    for number in 0..3 {
        programs.start(number).await;
    }
    let load = Load::of(&shops, &format!("http://{listen}"), payouts, 8);
    let mut figures = Figures {
        seed,
        payouts,
        ..Figures::default()
    };
    let share = payouts / kills;
    for kill in 0..kills {
        // a share of the load for each kill, which comes somewhere in the middle of it
        load.release(share);
        load.until_accepted(kill * share + random.usize(1..=share))
            .await;
        let (paid, wanted) = (stage.paid_at_wechat(), random.u64(0..=3));
        until("the engines go on", PATIENCE, async || {
            let stands_still = !stage.statuses()?.contains_key("queued");
            (stands_still || stage.paid_at_wechat() >= paid + wanted).then_some(())
        })
        .await;
        let number = random.usize(0..3);
        programs.kill_and_start(number).await;
        figures.kills[number] += 1;
    }
    load.finish().await;
    let statuses = stage.until_final(payouts).await;
    assert_eq!(statuses.get("succeeded"), Some(&payouts), "{statuses:?}");
    figures.seconds = SystemClock.monotonic().saturating_sub(began).as_secs();
    stage.judge(payouts).await;
    let book = stage.simulator.book();
    figures.requests = book.requests_total;
    let rules = stage.simulator.gateway().faults();
    figures.wrong_answers = rules.iter().map(|rule| rule.fired).sum();
    drop(programs);
    stage.strike();
    figures
}

#[tokio::test(flavor = "multi_thread")]
async fn a_dozen_kills_and_three_hundred_payouts_each_paid_once() {
    let figures = run(300, 12, 2, fastrand::u64(..)).await;
    eprintln!("{figures}");
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "ten minutes; the head of main.rs says how it is started"]
async fn a_hundred_kills_and_ten_thousand_payouts_each_paid_once() {
    let figures = run(10_000, 100, 8, fastrand::u64(..)).await;
    eprintln!("{figures}");
}

//! Which seeds are run.

use super::database::On;
use super::run::{Figures, run};

/// Seeds that have once shown a fault. They are run for ever.
const REGRESSIONS: &[u64] = &[
    // outcomes of an old claim and of a new one of the same payout, settled together: the old one moved the money
    4,
];

fn block_on<T>(body: impl Future<Output = T>) -> T {
    tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .unwrap()
        .block_on(body)
}

/// Runs seeds and says which one it was when a law breaks.
fn run_seeds(on: On, seeds: impl Iterator<Item = u64>) -> Figures {
    let mut figures = Figures::default();
    for seed in seeds {
        let result = std::panic::catch_unwind(|| block_on(run(on, seed)));
        match result {
            Ok(one) => figures += one,
            Err(cause) => {
                eprintln!(
                    "the seed was {seed} on {on:?}: SIM_SEED={seed} cargo test --test sim -- one --ignored --nocapture"
                );
                std::panic::resume_unwind(cause);
            }
        }
    }
    figures
}

#[expect(
    clippy::disallowed_methods,
    reason = "how many seeds are run is said from outside"
)]
fn number(name: &str) -> Option<u64> {
    std::env::var(name).ok().and_then(|text| text.parse().ok())
}

#[test]
fn the_laws_hold_for_a_hundred_seeds_on_sqlite() {
    run_seeds(On::Sqlite, 0..100);
}

#[test]
fn the_laws_hold_for_another_hundred_seeds_on_sqlite() {
    run_seeds(On::Sqlite, 1_000..1_100);
}

#[test]
fn the_laws_hold_for_some_seeds_on_postgres() {
    run_seeds(On::Postgres, 2_000..2_025);
}

#[test]
fn seeds_that_once_failed_pass() {
    for on in [On::Sqlite, On::Postgres] {
        run_seeds(on, REGRESSIONS.iter().copied());
    }
}

#[test]
fn the_same_seed_is_the_same_run() {
    let first = run_seeds(On::Sqlite, 7..8);
    let again = run_seeds(On::Sqlite, 7..8);
    assert_eq!(format!("{first:?}"), format!("{again:?}"));
}

#[test]
#[ignore = "as many as SIM_SEEDS says, on all cores"]
fn many() {
    let count = number("SIM_SEEDS").unwrap_or(1_000);
    let first = number("SIM_FIRST").unwrap_or(100_000);
    let threads = std::thread::available_parallelism().map_or(1, |cores| cores.get() as u64);
    let workers: Vec<_> = (0..threads)
        .map(|worker| {
            std::thread::spawn(move || {
                let mine = (first..first + count).filter(move |seed| seed % threads == worker);
                run_seeds(On::Sqlite, mine)
            })
        })
        .collect();
    let mut figures = Figures::default();
    for worker in workers {
        figures += worker.join().unwrap();
    }
    eprintln!("{count} seeds from {first}: {figures:?}; no law was broken");
}

#[test]
#[ignore = "the one that SIM_SEED names"]
fn one() {
    let seed = number("SIM_SEED").expect("SIM_SEED names the seed");
    for on in [On::Sqlite, On::Postgres] {
        eprintln!("{on:?}: {:?}", run_seeds(on, seed..=seed));
    }
}

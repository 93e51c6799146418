//! Do the laws hold when everything goes wrong at once?
//!
//! The real engine and rooms, with time, randomness, the remote side and the database's faults in our hands. Everything that happens in a run
//! follows from its seed: requests, lost and late answers, WeChat's moods, crashes, pauses, people who change things, and the order of it all.
//! Phase 1: faults on, only safety is asserted, after every step. Phase 2: everything heals, and everything has to end. At the end the simulator's own
//! book is the judge.
//!
//! ```text
//! cargo test --test sim                                   a few hundred seeds on SQLite, some on PostgreSQL
//! SIM_SEEDS=10000 cargo test --release --test sim -- many --ignored --nocapture
//! SIM_SEED=4711 cargo test --test sim -- one --ignored --nocapture
//! ```

#![allow(
    clippy::print_stderr,
    reason = "a simulation tells its seeds and its figures"
)]

#[cfg(test)]
#[expect(
    unreachable_pub,
    reason = "the harness is a module of several test binaries"
)]
#[path = "../harness/database.rs"]
mod database;

#[cfg(test)]
mod chance;
#[cfg(test)]
mod cuts;
#[cfg(test)]
mod laws;
#[cfg(test)]
mod people;
#[cfg(test)]
mod remote;
#[cfg(test)]
mod run;
#[cfg(test)]
mod scenarios;
#[cfg(test)]
mod seeds;
#[cfg(test)]
mod world;

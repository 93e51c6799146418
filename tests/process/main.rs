//! Does it hold with real processes? The real `zhanfu`, real files, real signals, a real PostgreSQL, and WeChat Pay's simulator over mutual TLS.
//!
//! Waiting is asking for something that can be seen, until it is there or the patience is over; nobody sleeps instead.
//!
//! ```text
//! cargo test --test process                                  all but the long run
//! cargo test --release --test process -- --ignored --nocapture a_hundred_kills
//!                                                            100 kills, 10,000 payouts; prints the figures
//! ```

#![allow(
    clippy::print_stderr,
    reason = "the long run tells its figures, and a failed one what the programs said"
)]

#[cfg(test)]
#[expect(
    unreachable_pub,
    dead_code,
    reason = "the harness is a module of several test binaries, and each uses its part of it"
)]
#[path = "../harness/database.rs"]
mod database;
#[cfg(test)]
mod stage;

#[cfg(test)]
mod answers;
#[cfg(test)]
mod beside;
#[cfg(test)]
mod database_dies;
#[cfg(test)]
mod killed;
#[cfg(test)]
mod long_run;
#[cfg(test)]
mod paused;
#[cfg(test)]
mod restored;
#[cfg(test)]
mod rotated;
#[cfg(test)]
mod stopping;
#[cfg(test)]
mod tls;
#[cfg(test)]
mod usage;
#[cfg(test)]
mod wrong_start;

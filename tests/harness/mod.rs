//! A house for one test: its own database, clock and WeChat Pay, reached through the doors.
//!
//! Nothing sleeps: a test moves the clock and lets the engine run step by step. When the test has passed, the house's
//! conscience looks whether the laws hold, so that no test passes and leaves a crooked house.

#![allow(
    dead_code,
    reason = "each test binary uses its own part of the harness"
)]
#![allow(
    unused_imports,
    reason = "each test binary uses its own part of the harness"
)]
#![allow(
    unreachable_pub,
    reason = "the harness is a module of several test binaries"
)]

mod answer;
mod conscience;
mod database;
mod house;
mod outside;
mod phone;
mod raw;
mod shop;
mod visitor;

pub use answer::Answer;
pub use database::On;
pub use house::{House, Plan};
pub use outside::{Arrival, Manner, Outside};
pub use phone::Phone;
pub use raw::raw;
pub use shop::{API_KEY, PASSWORD, Shop};
pub use visitor::{FormFile, Visitor, hidden, multipart_body};

/// Writes each test twice: on SQLite and on PostgreSQL.
#[macro_export]
macro_rules! on_both_databases {
    ($($(#[$meta:meta])* async fn $name:ident($house:ident) $body:block)+) => {$(
        async fn $name($house: &$crate::harness::House) $body

        mod $name {
            $(#[$meta])*
            #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn sqlite() {
                let house = $crate::harness::House::open($crate::harness::On::Sqlite).await;
                super::$name(&house).await;
                house.conscience().await;
            }

            $(#[$meta])*
            #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn postgres() {
                let house = $crate::harness::House::open($crate::harness::On::Postgres).await;
                super::$name(&house).await;
                house.conscience().await;
            }
        }
    )+};
}

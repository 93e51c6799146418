//! Zhanfu (站付) pays a shop's people through the shop's own WeChat Pay account.
//!
//! This page is the map. A floor knows itself and what is below it, and `tests/house` holds the house to that, line by line.
//!
//! ```text
//! src/
//! │   ── roof ──────────── puts the house together
//! ├── main.rs       reads the command line, nothing else
//! ├── lib.rs        this map
//! ├── commands/     the command line: one file a command; only here is printed, and only here the simulator is started
//! ├── app.rs        settings → database, vault, clock, wire, engine, web
//! ├── telemetry.rs  logs
//! ├── beat_file.rs  the last heartbeat, kept outside of the database
//! ├── config/       settings, from the environment and a file; nobody else reads either
//! │
//! │   ── floor 4 · doors ─ HTTP in, HTTP out
//! ├── web/          every door in one table; pages, the storefront's API, health; errors become statuses here
//! │
//! │   ── floor 3 · work ── several rooms in one transaction
//! ├── reports/      read-only questions that join rooms; may name any table, change none
//! ├── courier/      carries what the outbox owes, signed, to tenants' own servers
//! ├── engine/       claim → prepare → call → settle; asking, lanes, paces, housekeeping
//! │
//! │   ── floor 2 · rooms ─ plain synchronous code on a transaction
//! ├── batches/      批量付款: many payouts out of one file
//! ├── payouts/      付款单: what a payout is, and all that people can do with one
//! ├── orders/       订单: what is sold, and the rules by which it earns commissions
//! ├── commissions/  提成: earn, reverse, mature
//! ├── channels/     付款设置: a tenant's way to pay, in versions, with its certificate
//! ├── recipients/   收款人: who is paid
//! ├── people/       成员 and 平台运营: who signs in
//! ├── findings/     what does not fit together, until a person has looked
//! ├── idempotency/  the same call again gives the first answer
//! ├── ledger/       where every fen came from and went; `postings/` lists all that can happen to money
//! ├── limits/       限额: how much goes out on a day
//! ├── outbox/       webhooks we owe to tenants' own servers
//! ├── tenants/      站点: the shops, and their storefronts' keys
//! ├── audit/        审计记录: who did what to which thing, and when
//! │
//! │   ── floor 1 · tools ─ know words only
//! ├── rails/        the products that pay: what is sent, and which of three outcomes an answer is
//! ├── wire/         TLS to the world, one client certificate a tenant
//! ├── vault/        secrets at rest, each bound to its place
//! ├── db/           SQLite and PostgreSQL; the one way to begin a transaction
//! │
//! │   ── floor 0 · words ─ pure: no I/O, no async, no tables
//! ├── basics/       money, time, ids, names, secrets
//! │
//! │   ── annex, across the street
//! ├── manual/       prose: the laws with their tests, the life of a payout, decisions
//! └── simulator/    WeChat Pay as its documents describe it; shares no code with the house
//! ```
//!
//! # The laws
//!
//! What holds whatever happens, and what holds it up. `tests/sim` looks at them after every step of every run, `tests/process` after processes were
//! killed, and every test through the doors on its way out.
//!
//! 1. **Money moves at most once for a payout.** One number for its life, the same bytes for its life, written down and committed before the first
//!    byte leaves: only `engine::prepare` makes what can be sent, by committing it.
//! 2. **Nothing is released while in doubt.** An answer is paid, refused or unknown (`rails::outcome`); unknown keeps its hold and is asked about by the
//!    same number; a refusal is confirmed by asking before money goes back.
//! 3. **Who lost its claim changes nothing.** Every write of the engine names the fence of its claim.
//! 4. **The books balance.** A posting moves one amount from one account to another and cannot be built otherwise; the database refuses a balance that
//!    does not add up; `zhanfu ledger verify` proves it.
//! 5. **Limits hold.** Room is counted in the transaction that takes it, under a row lock, and what is in doubt counts.
//! 6. **A final payout never changes again.** A status is an enum, a transition is an update that checks the old one.
//! 7. **Tenants do not meet.** Every key begins with the tenant, every query is given one; those that see several are in files called
//!    `across_tenants.rs`.
//! 8. **Secrets stay.** They are sealed for their tenant, table, row, column and version, and have types that do not print.
//! 9. **Nothing happens unrecorded.** A change and its audit record are one transaction.
//! 10. **A backup that was put back pays nothing.** It only asks, until an operator says go.

// floor 0 · words
pub mod basics;

// floor 1 · tools
pub mod db;
pub mod rails;
pub mod vault;
pub mod wire;

// floor 2 · rooms
pub mod audit;
pub mod batches;
pub mod channels;
pub mod commissions;
pub mod findings;
pub mod idempotency;
pub mod ledger;
pub mod limits;
pub mod orders;
pub mod outbox;
pub mod payouts;
pub mod people;
pub mod recipients;
pub mod tenants;

// floor 3 · work
pub mod courier;
pub mod engine;
pub mod reports;

// floor 4 · doors
pub mod web;

// roof
pub mod app;
mod beat_file;
pub mod commands;
pub mod config;
pub mod telemetry;

// annex, across the street
pub mod manual;
#[cfg(feature = "sandbox")]
pub mod simulator;

//! Zhanfu (站付) pays a shop's people through the shop's own WeChat Pay account.

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
pub mod commands;
pub mod config;
pub mod telemetry;

// annex, across the street
#[cfg(feature = "sandbox")]
pub mod simulator;

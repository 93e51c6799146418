//! Can a person or a shop do it, and can no one else? Through the doors, on both databases.

#[path = "../harness/mod.rs"]
mod harness;

mod withdrawals;

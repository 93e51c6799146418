//! The database: SQLite by default, PostgreSQL in production, one code base for both.
//!
//! - **What it is:** pools of connections, the one way to begin a transaction, statements, faults.
//! - **What it promises:** a write is one transaction that commits whole or not at all; it is run again
//!   after a deadlock, a serialization failure, a busy file or a connection lost before COMMIT; SQLite writers
//!   queue fairly; whoever waits for a database thread never blocks the asynchronous ones.
//! - **What it does not do:** it knows no rule and no table of any room.
//! - **Who comes in:** every room with a table, and the doors, engine and commands to begin transactions.
//! - **Where to start:** [`tx`].

mod clock;
mod columns;
mod conn;
mod fault;
mod migrate;
mod pool;
mod sabotage;
pub mod schema;
mod sql;
mod tx;
mod url;

pub use clock::DatabaseClock;
pub use conn::{Backend, Conn};
pub use fault::DbFault;
pub use migrate::{MigrateFault, SchemaState};
pub use pool::{Database, OpenFault, PoolSizes};
pub use sabotage::{Point, Saboteur, Strike};
pub use sql::{Sql, Value, sql};
pub use tx::{Scope, Tx};
pub use url::{DatabaseUrl, UrlFault};

#[cfg(test)]
pub(crate) mod scratch;
#[cfg(test)]
mod tests;

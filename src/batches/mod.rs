//! Batches (批量付款): many payouts out of one file.
//!
//! - **What it is:** a file (XLSX or CSV) is read and checked line by line, approved as a whole, and turned into payouts one after the
//!   other.
//! - **What it promises:** each line becomes one payout or says why not; the same file is not taken twice; a line becomes its payout in one
//!   transaction, so pausing, a crash or a second engine changes nothing.
//! - **What it does not do:** it sends nothing: its payouts go the way of all payouts, limits and reviews included.
//! - **Who comes in:** the page 批量付款, the engine's clerk.
//! - **Where to start:** [`take`], then [`make_next`].

mod across_tenants;
mod approve;
mod check;
mod make;
mod model;
mod read;
mod store;
mod take;

pub use across_tenants::list_running;
pub use approve::{ApproveError, approve, discard, pause, resume};
pub use make::{Made, MakeError, Making, make_next};
pub use model::{Batch, BatchState, Line, LineFault, LineState, Progress};
pub use read::{FileFault, MOST_BYTES, MOST_LINES, RawLine, read};
pub use store::{find, list, list_lines, list_wrong, progress};
pub use take::{TakeError, take};

#[cfg(test)]
mod tests;

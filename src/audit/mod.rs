//! The audit log: who did what to which thing, and when.
//!
//! - **What it is:** one record for each change that a person may ask about, written in the change's own
//!   transaction.
//! - **What it promises:** no change without its record, no record without its change; the database itself refuses to
//!   change or delete one.
//! - **What it does not do:** it holds no secret, no full openid and no name of a recipient.
//! - **Who comes in:** every verb that changes something.
//! - **Where to start:** [`record`] and [`Event`].

mod event;
mod list;
mod record;

pub use event::{Actor, By, Event, EventKind, Object};
pub use list::{Doer, LogFilter, Record, list};
pub use record::{Entry, list_for_object, list_latest, record, record_all};

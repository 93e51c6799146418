//! What is measured.

pub(crate) mod calls;
pub(crate) mod doors;
pub(crate) mod drain;
pub(crate) mod end_to_end;
pub(crate) mod history;
pub(crate) mod hot;
pub(crate) mod memory;
mod sqlite_writer;

//! The port for what can go wrong with a database, owned by simulations. In production nobody stands here.

use diesel::result::{DatabaseErrorKind, Error as DieselError};

use super::DbFault;

/// Where a transaction can be struck.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Point {
    /// Before it begins.
    Begin,
    /// After its body, before COMMIT.
    Commit,
    /// After COMMIT, before the caller hears of it.
    Answer,
}

/// What strikes it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Strike {
    /// Deadlock, serialization failure, busy: it may be run again.
    Busy,
    /// The connection is gone, and so is the process: nothing is run again.
    Dead,
}

/// Somebody who strikes transactions.
pub trait Saboteur: Send + Sync {
    /// Whether and how the transaction of this name is struck at this point.
    fn strike(&self, transaction: &'static str, point: Point) -> Option<Strike>;
}

impl Strike {
    /// What the caller sees. After COMMIT nobody knows.
    pub(super) fn fault(self, point: Point) -> DbFault {
        let error =
            DieselError::DatabaseError(DatabaseErrorKind::Unknown, Box::new("struck".to_owned()));
        match (self, point) {
            (_, Point::Answer) => DbFault::CommitUnknown(error),
            (Strike::Busy, Point::Begin | Point::Commit) => DbFault::Busy(error),
            (Strike::Dead, Point::Begin | Point::Commit) => DbFault::Other(error),
        }
    }
}

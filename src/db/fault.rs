//! What can go wrong with a database, as far as anyone above needs to tell it apart.

use std::error::Error as StdError;

use diesel::result::{DatabaseErrorKind, Error as DieselError};

/// A fault of the machine, never of a rule. Doors answer it with a bland 503; [`DbFault::may_pass`] says whether
/// the same transaction may simply be run again.
#[derive(Debug, thiserror::Error)]
pub enum DbFault {
    /// Serialization failure, deadlock, a lock or a file that stayed busy: nothing was changed.
    #[error("the database is busy")]
    Busy(#[source] DieselError),
    /// The connection broke before COMMIT was sent: nothing was changed.
    #[error("the connection to the database was lost")]
    Lost(#[source] DieselError),
    /// The connection broke while COMMIT was under way: it may have been done.
    #[error("it is not known whether the change was committed")]
    CommitUnknown(#[source] DieselError),
    /// None of the pool's connections was to be had in time.
    #[error("no connection to the database could be had")]
    NoConnection(#[source] r2d2::Error),
    /// A constraint of the schema refused the change. Its name says which.
    #[error("the database refused the change by its rule {0}")]
    Constraint(String),
    /// A sum would not fit into 64 bits.
    #[error("a number does not fit into 64 bits")]
    OutOfRange,
    /// A row holds what the code cannot have written.
    #[error("a row of {table} holds what cannot be: {what}")]
    Damaged {
        /// The table.
        table: &'static str,
        /// What is wrong with it.
        what: &'static str,
    },
    /// Anything else.
    #[error("the database failed")]
    Other(#[source] DieselError),
    /// The thread that ran the transaction panicked; the transaction was rolled back.
    #[error("a transaction was stopped by a panic")]
    Panicked,
}

impl DbFault {
    /// Nothing was changed, and the same transaction may succeed when it is run again.
    pub const fn may_pass(&self) -> bool {
        match self {
            DbFault::Busy(_) | DbFault::Lost(_) => true,
            DbFault::CommitUnknown(_)
            | DbFault::NoConnection(_)
            | DbFault::Constraint(_)
            | DbFault::OutOfRange
            | DbFault::Damaged { .. }
            | DbFault::Other(_)
            | DbFault::Panicked => false,
        }
    }

    /// The same fault, met while COMMIT was under way: what broke the connection leaves the outcome open.
    pub(super) fn during_commit(self) -> Self {
        match self {
            DbFault::Lost(source) | DbFault::Other(source) => DbFault::CommitUnknown(source),
            DbFault::Busy(_)
            | DbFault::CommitUnknown(_)
            | DbFault::NoConnection(_)
            | DbFault::Constraint(_)
            | DbFault::OutOfRange
            | DbFault::Damaged { .. }
            | DbFault::Panicked => self,
        }
    }

    /// Whether the constraint of this name refused the change.
    ///
    /// PostgreSQL names the constraint; SQLite names it for a CHECK and lists `table.column, …` for a unique
    /// index, so both spellings are given.
    pub fn is_constraint(&self, name: &str, sqlite_columns: &str) -> bool {
        matches!(self, DbFault::Constraint(found) if found == name || found == sqlite_columns)
    }

    /// The fault inside an error of a verb, however deep it sits there.
    pub(super) fn within<E: StdError + 'static>(error: &E) -> Option<&DbFault> {
        let mut cause: Option<&(dyn StdError + 'static)> = Some(error);
        while let Some(error) = cause {
            if let Some(fault) = error.downcast_ref::<DbFault>() {
                return Some(fault);
            }
            cause = error.source();
        }
        None
    }
}

impl From<DieselError> for DbFault {
    fn from(error: DieselError) -> Self {
        let DieselError::DatabaseError(kind, info) = &error else {
            return DbFault::Other(error);
        };
        let message = info.message();
        if says_out_of_range(message) {
            return DbFault::OutOfRange;
        }
        match kind {
            DatabaseErrorKind::UniqueViolation
            | DatabaseErrorKind::CheckViolation
            | DatabaseErrorKind::ForeignKeyViolation
            | DatabaseErrorKind::NotNullViolation
            | DatabaseErrorKind::ExclusionViolation
            | DatabaseErrorKind::RestrictViolation => DbFault::Constraint(
                info.constraint_name()
                    .or_else(|| {
                        message
                            .rsplit_once("constraint failed: ")
                            .map(|(_, name)| name)
                    })
                    .unwrap_or(message)
                    .to_owned(),
            ),
            DatabaseErrorKind::SerializationFailure => DbFault::Busy(error),
            DatabaseErrorKind::ClosedConnection | DatabaseErrorKind::UnableToSendCommand => {
                DbFault::Lost(error)
            }
            DatabaseErrorKind::ReadOnlyTransaction => DbFault::Other(error),
            // what Diesel has no kind for, today or tomorrow
            DatabaseErrorKind::Unknown | _ if says_lost(message) => DbFault::Lost(error),
            DatabaseErrorKind::Unknown | _ if says_busy(message) => DbFault::Busy(error),
            DatabaseErrorKind::Unknown | _ => DbFault::Other(error),
        }
    }
}

/// Diesel has no kind of its own for a deadlock (40P01), a lock timeout (55P03) or SQLite's BUSY, so their
/// texts decide. PostgreSQL's are those of `lc_messages = C`, which libpq cannot set for an ordinary role; in
/// another language a deadlock is reported instead of retried, which is safe.
fn says_busy(message: &str) -> bool {
    [
        "deadlock detected",
        "canceling statement due to lock timeout",
        "database is locked",
        "database table is locked",
    ]
    .iter()
    .any(|text| message.contains(text))
}

/// PostgreSQL's 22003, and what becomes of a sum in SQLite: it turns into a fraction, which a strict table does not take.
fn says_out_of_range(message: &str) -> bool {
    [
        "bigint out of range",
        "cannot store REAL value in INTEGER column",
    ]
    .iter()
    .any(|text| message.contains(text))
}

/// The ways libpq says that the server went away.
fn says_lost(message: &str) -> bool {
    [
        "server closed the connection unexpectedly",
        "terminating connection",
        "no connection to the server",
        "could not receive data from server",
        "could not send data to server",
        "SSL connection has been closed unexpectedly",
    ]
    .iter()
    .any(|text| message.contains(text))
}

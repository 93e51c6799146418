//! Repeating is an answer, not an error.

/// What a verb that may be repeated did.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Done<T> {
    /// It did it.
    Now(T),
    /// It had been done before, and nothing changed.
    Already(T),
}

impl<T> Done<T> {
    /// What it was done to, whenever.
    pub fn into_inner(self) -> T {
        match self {
            Done::Now(it) | Done::Already(it) => it,
        }
    }
}

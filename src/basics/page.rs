//! How much of a list one answer holds.

/// The number of rows of one page of a list: 1 to 100.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PageSize(u8);

impl PageSize {
    /// What a caller gets who does not ask.
    pub const DEFAULT: PageSize = PageSize(20);
    /// The most that one answer holds, so that its cost is bounded.
    pub const MAX: u8 = 100;

    /// A size from 1 to [`PageSize::MAX`].
    pub const fn new(rows: u8) -> Option<Self> {
        if rows >= 1 && rows <= Self::MAX {
            Some(Self(rows))
        } else {
            None
        }
    }

    /// The number of rows.
    pub const fn rows(self) -> i64 {
        self.0 as i64
    }
}

/// One page of a list, and where the next one starts.
#[derive(Clone, Debug)]
pub struct Page<T, K> {
    /// The rows, newest first.
    pub rows: Vec<T>,
    /// The key of the last row when more follow.
    pub next: Option<K>,
}

impl<T, K> Page<T, K> {
    /// Makes a page of at most `size` rows from a query that asked for one row more than that.
    pub fn from_one_more(mut rows: Vec<T>, size: PageSize, key: impl Fn(&T) -> K) -> Self {
        let keep = usize::from(size.0);
        let more = rows.len() > keep;
        rows.truncate(keep);
        let next = if more { rows.last().map(key) } else { None };
        Self { rows, next }
    }
}

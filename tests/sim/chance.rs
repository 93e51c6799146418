//! All chance of a run comes from its seed.

use std::sync::{Arc, Mutex};

use zhanfu::basics::Randomness;

/// A source of chance. Clones draw from the same stream.
#[derive(Clone)]
pub(crate) struct Chance(Arc<Mutex<fastrand::Rng>>);

impl Chance {
    pub(crate) fn of(seed: u64) -> Self {
        Self(Arc::new(Mutex::new(fastrand::Rng::with_seed(seed))))
    }

    /// Another stream that also follows from the seed.
    pub(crate) fn fork(&self) -> Self {
        Self::of(self.draw(|rng| rng.u64(..)))
    }

    fn draw<T>(&self, body: impl FnOnce(&mut fastrand::Rng) -> T) -> T {
        body(&mut self.0.lock().unwrap())
    }

    /// True so many times of a thousand.
    pub(crate) fn permille(&self, chance: u32) -> bool {
        self.draw(|rng| rng.u32(..1000) < chance)
    }

    /// A number in a range.
    pub(crate) fn within(&self, range: std::ops::Range<u64>) -> u64 {
        self.draw(|rng| rng.u64(range))
    }

    /// A number that is at most so far from nothing, either way.
    pub(crate) fn either_way(&self, most: i64) -> i64 {
        self.draw(|rng| rng.i64(-most..=most))
    }

    /// One of these.
    pub(crate) fn one<'a, T>(&self, all: &'a [T]) -> &'a T {
        let index = self.within(0..u64::try_from(all.len()).unwrap());
        &all[usize::try_from(index).unwrap()]
    }

    /// An index below a length.
    pub(crate) fn index(&self, length: usize) -> usize {
        usize::try_from(self.within(0..u64::try_from(length).unwrap())).unwrap()
    }
}

impl Randomness for Chance {
    fn fill(&self, bytes: &mut [u8]) {
        self.draw(|rng| rng.fill(bytes));
    }
}

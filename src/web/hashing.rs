//! Password hashes are slow and large on purpose, so few are computed at once and few wait.

use std::sync::Arc;

use actix_web::web;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

/// How many are computed at once: each takes a core and 19 MiB for tens of milliseconds.
const AT_ONCE: usize = 2;

/// How many wait for their turn, less than two seconds' work. Whoever comes then is told to come again.
const WAITING: usize = 64;

/// The bound. Clones share it.
#[derive(Clone, Debug)]
pub(in crate::web) struct Hashing {
    room: Arc<Semaphore>,
    turns: Arc<Semaphore>,
}

/// A place in the queue.
#[derive(Debug)]
pub(in crate::web) struct Place {
    turns: Arc<Semaphore>,
    _room: OwnedSemaphorePermit,
}

/// The process is ending.
#[derive(Clone, Copy, Debug)]
pub(in crate::web) struct Stopped;

impl Hashing {
    /// A bound of its own.
    pub(in crate::web) fn new() -> Self {
        Self {
            room: Arc::new(Semaphore::new(AT_ONCE + WAITING)),
            turns: Arc::new(Semaphore::new(AT_ONCE)),
        }
    }

    /// A place, when there is one.
    pub(in crate::web) fn enter(&self) -> Option<Place> {
        let room = self.room.clone().try_acquire_owned().ok()?;
        Some(Place {
            turns: self.turns.clone(),
            _room: room,
        })
    }
}

impl Place {
    /// Computes when its turn comes, off the asynchronous threads.
    pub(in crate::web) async fn run<T: Send + 'static>(
        self,
        work: impl FnOnce() -> T + Send + 'static,
    ) -> Result<T, Stopped> {
        let turn = self
            .turns
            .clone()
            .acquire_owned()
            .await
            .map_err(|_| Stopped)?;
        web::block(move || {
            let result = work();
            drop(turn);
            result
        })
        .await
        .map_err(|_| Stopped)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_queue_is_bounded_and_places_come_back() {
        let hashing = Hashing::new();
        let places: Vec<_> = (0..AT_ONCE + WAITING)
            .map(|_| hashing.enter().unwrap())
            .collect();
        assert!(hashing.enter().is_none());
        drop(places);
        assert!(hashing.enter().is_some());
    }
}

//! The time of the database for everything that runs: leases and days are compared between machines.

use std::sync::Arc;
use std::time::Duration;

use tokio::sync::watch;

use super::output::Refused;
use crate::app::Ground;
use crate::basics::clock::SystemClock;
use crate::db::DatabaseClock;

/// How often the clock is set again. In between the machine's monotonic clock carries it on, whose drift in this time is nothing beside a
/// lease.
const SET_EVERY: Duration = Duration::from_secs(30);

/// From now on the present is the database's.
pub(super) fn set(ground: &mut Ground) -> Result<Arc<DatabaseClock>, Refused> {
    let clock = DatabaseClock::set_by(&ground.database, Arc::new(SystemClock))
        .map(Arc::new)
        .map_err(|fault| Refused::because(&fault))?;
    ground.clock = clock.clone();
    Ok(clock)
}

/// Sets the clock again and again until the end.
pub(super) async fn keep(clock: Arc<DatabaseClock>, mut stop: watch::Receiver<bool>) {
    while !*stop.borrow() {
        tokio::select! {
            () = tokio::time::sleep(SET_EVERY) => {}
            changed = stop.changed() => if changed.is_err() { return },
        }
        let clock = clock.clone();
        let set = tokio::task::spawn_blocking(move || clock.set()).await;
        if !matches!(set, Ok(Ok(()))) {
            tracing::warn!(?set, "the clock was not set by the database; it runs on");
        }
    }
}

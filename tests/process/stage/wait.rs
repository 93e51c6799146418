//! Waiting for what can be seen.

use std::time::Duration;

/// How long anything may take on a busy machine before the test calls it stuck.
pub(crate) const PATIENCE: Duration = Duration::from_mins(3);

/// How often one looks.
const LOOK_EVERY: Duration = Duration::from_millis(20);

/// Looks until `look` sees it.
#[track_caller]
pub(crate) fn until<T>(
    what: &str,
    patience: Duration,
    mut look: impl AsyncFnMut() -> Option<T>,
) -> impl Future<Output = T> {
    let place = std::panic::Location::caller();
    async move {
        let looking = async {
            loop {
                if let Some(seen) = look().await {
                    return seen;
                }
                tokio::time::sleep(LOOK_EVERY).await;
            }
        };
        tokio::time::timeout(patience, looking)
            .await
            .unwrap_or_else(|_| panic!("{place}: waited {patience:?} in vain: {what}"))
    }
}

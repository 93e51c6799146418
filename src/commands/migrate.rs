//! `zhanfu migrate`

use std::sync::Arc;

use super::output::{self, Refused};
use crate::basics::randomness::OsRandomness;
use crate::config::Settings;
use crate::db::{Database, PoolSizes};

/// Brings the database up to date.
pub(super) fn run(settings: &Settings) -> Result<(), Refused> {
    let database = Database::open(
        &settings.database_url,
        PoolSizes::default(),
        Arc::new(OsRandomness),
    )
    .map_err(|fault| Refused::because(&fault))?;
    let run = database
        .migrate()
        .map_err(|fault| Refused::because(&fault))?;
    if run.is_empty() {
        output::line("the database is up to date");
    } else {
        output::line(&format!("migrated: {}", run.join(", ")));
    }
    Ok(())
}

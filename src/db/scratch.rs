//! A fresh SQLite database for a unit test. The tests through the doors have a harness of their own.

use std::sync::Arc;

use super::{Database, DatabaseUrl, DbFault, PoolSizes, Scope, Tx, sql};
use crate::basics::randomness::{OsRandomness, bytes};
use crate::basics::{TenantId, Timestamp};

/// The instant at which unit tests take place: 2026-11-23, noon in Shanghai.
pub(crate) const NOON: Timestamp = Timestamp::from_seconds(1_795_406_400);

/// A new directory for one test.
pub(crate) fn directory() -> std::path::PathBuf {
    std::env::temp_dir().join(format!(
        "zhanfu-{}",
        uuid::Uuid::from_bytes(bytes(&OsRandomness))
    ))
}

/// A new database without a schema.
pub(crate) fn empty() -> Database {
    let url = DatabaseUrl::Sqlite(directory().join("zhanfu.db"));
    Database::open(&url, PoolSizes::default(), Arc::new(OsRandomness)).unwrap()
}

/// A new database with the schema.
pub(crate) fn migrated() -> Database {
    let database = empty();
    database.migrate().unwrap();
    database
}

impl Database {
    /// Runs `body` in a transaction that must not meet a fault of the machine.
    pub(crate) fn in_tx<T>(&self, mut body: impl FnMut(&mut Tx<'_>) -> T) -> T {
        self.write_blocking("test", Scope::AcrossTenants, |tx| {
            Ok::<_, DbFault>(body(tx))
        })
        .unwrap()
    }

    /// Makes a tenant without going through any room.
    pub(crate) fn tenant(&self, slug: &str) -> TenantId {
        self.in_tx(|tx| {
            let tenant: TenantId = tx.fresh_id(NOON);
            sql("INSERT INTO tenants VALUES ($1, $2, 'n', 'active', NULL, 0)")
                .bind(tenant)
                .bind(slug)
                .execute(tx)
                .unwrap();
            tenant
        })
    }
}

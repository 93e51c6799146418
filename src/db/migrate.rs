//! Bringing the schema up to date. The migrations are compiled in, one folder for each database.

use diesel::migration::{Migration, MigrationSource, MigrationVersion};
use diesel_migrations::{EmbeddedMigrations, MigrationHarness, embed_migrations};

use super::{Conn, Database, DbFault};

const POSTGRES: EmbeddedMigrations = embed_migrations!("migrations/postgres");
const SQLITE: EmbeddedMigrations = embed_migrations!("migrations/sqlite");

/// PostgreSQL's advisory lock while migrations run: two processes that start together take turns. The number is
/// "zhanfu" in ASCII.
const PG_LOCK: i64 = 0x7A_68_61_6E_66_75;

/// How the schema of the database fits this program.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SchemaState {
    /// It is the one this program was built with.
    Current,
    /// These migrations are still to be run, oldest first.
    Behind(Vec<String>),
    /// A newer program has migrated it; this is the newest migration that is unknown here.
    Ahead(String),
}

/// Why a migration failed.
#[derive(Debug, thiserror::Error)]
pub enum MigrateFault {
    /// No connection, or the bookkeeping of migrations cannot be read.
    #[error("the schema's state cannot be read")]
    Database(#[from] DbFault),
    /// A migration failed; its changes were rolled back.
    #[error("a migration failed: {0}")]
    Migration(String),
    /// The database was migrated by a newer program.
    #[error("the database is newer than this program (it has {0}); run the newer program")]
    Ahead(String),
}

impl Database {
    /// How the schema fits.
    pub fn schema_state(&self) -> Result<SchemaState, MigrateFault> {
        let mut conn = self.writers.pool.get().map_err(DbFault::NoConnection)?;
        match &mut *conn {
            Conn::Pg(pg) => state(pg, &POSTGRES),
            Conn::Sqlite(sqlite) => state(sqlite, &SQLITE),
        }
    }

    /// Whether any migration was ever run here.
    pub fn has_schema(&self) -> Result<bool, MigrateFault> {
        let mut conn = self.writers.pool.get().map_err(DbFault::NoConnection)?;
        let applied = match &mut *conn {
            Conn::Pg(pg) => pg.applied_migrations(),
            Conn::Sqlite(sqlite) => sqlite.applied_migrations(),
        };
        applied
            .map(|applied| !applied.is_empty())
            .map_err(|error| MigrateFault::Migration(error.to_string()))
    }

    /// Runs what is missing, one transaction for each migration, and says what was run.
    pub fn migrate(&self) -> Result<Vec<String>, MigrateFault> {
        use diesel::connection::SimpleConnection as _;
        if let SchemaState::Ahead(version) = self.schema_state()? {
            return Err(MigrateFault::Ahead(version));
        }
        let mut conn = self.writers.pool.get().map_err(DbFault::NoConnection)?;
        match &mut *conn {
            Conn::Pg(pg) => {
                pg.batch_execute(&format!("SELECT pg_advisory_lock({PG_LOCK})"))
                    .map_err(DbFault::from)?;
                let run = run(pg, POSTGRES);
                pg.batch_execute(&format!("SELECT pg_advisory_unlock({PG_LOCK})"))
                    .map_err(DbFault::from)?;
                run
            }
            Conn::Sqlite(sqlite) => run(sqlite, SQLITE),
        }
    }
}

fn state<DB, C>(conn: &mut C, source: &EmbeddedMigrations) -> Result<SchemaState, MigrateFault>
where
    DB: diesel::backend::Backend,
    C: MigrationHarness<DB>,
    EmbeddedMigrations: MigrationSource<DB>,
{
    let fault = |error: diesel::migration::Result<()>| {
        MigrateFault::Migration(error.err().map_or_else(String::new, |e| e.to_string()))
    };
    let applied = conn.applied_migrations().map_err(|e| fault(Err(e)))?;
    let known: Vec<Box<dyn Migration<DB>>> =
        MigrationSource::<DB>::migrations(source).map_err(|e| fault(Err(e)))?;
    let known: Vec<MigrationVersion<'static>> = known
        .iter()
        .map(|m| m.name().version().as_owned())
        .collect();
    if let Some(unknown) = applied.iter().find(|version| !known.contains(version)) {
        return Ok(SchemaState::Ahead(unknown.to_string()));
    }
    let mut missing: Vec<String> = known
        .iter()
        .filter(|version| !applied.contains(version))
        .map(ToString::to_string)
        .collect();
    missing.sort();
    Ok(if missing.is_empty() {
        SchemaState::Current
    } else {
        SchemaState::Behind(missing)
    })
}

fn run<DB, C>(conn: &mut C, source: EmbeddedMigrations) -> Result<Vec<String>, MigrateFault>
where
    DB: diesel::backend::Backend,
    C: MigrationHarness<DB>,
    EmbeddedMigrations: MigrationSource<DB>,
{
    conn.run_pending_migrations(source)
        .map(|versions| versions.iter().map(ToString::to_string).collect())
        .map_err(|error| MigrateFault::Migration(error.to_string()))
}

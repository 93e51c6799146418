//! A database for each test: a copy of one that was migrated once.

use std::path::PathBuf;
use std::sync::{Arc, OnceLock};

use diesel::connection::SimpleConnection as _;
use diesel::{Connection as _, PgConnection};
use zhanfu::basics::Id as _;
use zhanfu::basics::clock::{Clock as _, SystemClock};
use zhanfu::basics::ids::fresh;
use zhanfu::basics::randomness::OsRandomness;
use zhanfu::basics::{Randomness, Secret, TenantId};
use zhanfu::db::{Database, DatabaseUrl, PoolSizes};

/// Which database a test runs on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum On {
    Sqlite,
    Postgres,
}

/// Small pools: many tests run at once.
const POOLS: PoolSizes = PoolSizes {
    postgres: 6,
    postgres_engine: 3,
    sqlite_readers: 2,
};

/// A name that nobody else has.
pub fn fresh_name() -> String {
    let id: TenantId = fresh(SystemClock.now(), &OsRandomness);
    id.as_uuid().simple().to_string()
}

/// A directory of one test.
pub fn fresh_directory() -> PathBuf {
    // in memory where there is such a place: thousands of databases come and go
    let memory = PathBuf::from("/dev/shm");
    let place = if memory.is_dir() {
        memory
    } else {
        std::env::temp_dir()
    };
    let directory = place.join(format!("zhanfu-test-{}", fresh_name()));
    std::fs::create_dir_all(&directory).unwrap();
    directory
}

/// The address of a database with the schema and nothing in it.
pub fn fresh_url(on: On, directory: &std::path::Path) -> DatabaseUrl {
    match on {
        On::Sqlite => {
            let path = directory.join("zhanfu.db");
            std::fs::copy(sqlite_template(), &path).unwrap();
            DatabaseUrl::Sqlite(path)
        }
        On::Postgres => {
            let name = format!("t_{}", fresh_name());
            let template = postgres_template();
            admin(&format!("CREATE DATABASE {name} TEMPLATE {template}"));
            postgres_url(&name)
        }
    }
}

/// Opens a database for a test.
pub fn open(url: &DatabaseUrl) -> Database {
    open_with(url, Arc::new(OsRandomness))
}

/// Opens a database whose ids come from a source of the test's own.
pub fn open_with(url: &DatabaseUrl, random: Arc<dyn Randomness>) -> Database {
    Database::open(url, POOLS, random).unwrap()
}

fn sqlite_template() -> &'static PathBuf {
    static TEMPLATE: OnceLock<PathBuf> = OnceLock::new();
    TEMPLATE.get_or_init(|| {
        let path = fresh_directory().join("template.db");
        let database = open(&DatabaseUrl::Sqlite(path.clone()));
        database.migrate().unwrap();
        drop(database);
        // the file alone is the database: nothing is left in the write-ahead log
        let mut conn = diesel::SqliteConnection::establish(&path.to_string_lossy()).unwrap();
        conn.batch_execute("PRAGMA wal_checkpoint(TRUNCATE); PRAGMA journal_mode = DELETE;")
            .unwrap();
        path
    })
}

fn postgres_template() -> &'static str {
    static TEMPLATE: OnceLock<String> = OnceLock::new();
    TEMPLATE.get_or_init(|| {
        let name = format!("template_{}", fresh_name());
        admin(&format!("CREATE DATABASE {name}"));
        open(&postgres_url(&name)).migrate().unwrap();
        name
    })
}

#[expect(
    clippy::disallowed_methods,
    reason = "the address of the tests' server comes from outside"
)]
fn server() -> String {
    std::env::var("TEST_POSTGRES_URL").expect(
        "the tests need a PostgreSQL: eval \"$(tests/postgres.sh start)\" starts one and exports TEST_POSTGRES_URL",
    )
}

fn postgres_url(name: &str) -> DatabaseUrl {
    let server = server();
    let (base, _) = server.rsplit_once('/').unwrap();
    DatabaseUrl::Postgres(Secret::new(format!("{base}/{name}")))
}

/// Runs a statement as the server's owner. The template may still be in somebody's copy, so it is tried for a while.
fn admin(statement: &str) {
    let mut conn = PgConnection::establish(&server()).unwrap();
    for _ in 0..200 {
        match conn.batch_execute(statement) {
            Ok(()) => return,
            Err(error) if error.to_string().contains("being accessed by other users") => {
                std::thread::yield_now();
            }
            Err(error) => panic!("{statement}: {error}"),
        }
    }
    panic!("{statement}: the template stayed in use");
}

/// A copy of a database that nobody is connected to, in a directory of its own.
pub fn copy(on: On, from: &DatabaseUrl, directory: &std::path::Path) -> DatabaseUrl {
    match (on, from) {
        (On::Sqlite, DatabaseUrl::Sqlite(file)) => {
            let directory = directory.join(fresh_name());
            std::fs::create_dir_all(&directory).unwrap();
            let path = directory.join("zhanfu.db");
            std::fs::copy(file, &path).unwrap();
            DatabaseUrl::Sqlite(path)
        }
        (On::Postgres, DatabaseUrl::Postgres(address)) => {
            let template = address.expose().rsplit('/').next().unwrap().to_owned();
            let name = format!("t_{}", fresh_name());
            admin(&format!("CREATE DATABASE {name} TEMPLATE {template}"));
            postgres_url(&name)
        }
        _ => panic!("a copy is of the same kind"),
    }
}

/// Removes the database of a test that has passed.
pub fn remove(url: &DatabaseUrl) {
    if let DatabaseUrl::Postgres(address) = url {
        let name = address.expose().rsplit('/').next().unwrap().to_owned();
        admin(&format!("DROP DATABASE {name} WITH (FORCE)"));
    }
}

//! The rules of transactions, on SQLite; those of PostgreSQL are tried through the doors.

use diesel::connection::SimpleConnection as _;
use diesel::sql_types::BigInt;

use super::*;

#[derive(diesel::QueryableByName)]
struct Count {
    #[diesel(sql_type = BigInt)]
    n: i64,
}

#[derive(Debug, thiserror::Error)]
enum VerbError {
    #[error("no")]
    Refused,
    #[error("the database failed")]
    Db(#[from] DbFault),
}

fn with_table() -> Database {
    let database = scratch::empty();
    database
        .write_blocking("make", Scope::AcrossTenants, |tx| -> Result<(), DbFault> {
            Ok(tx.conn().batch_execute(
                "CREATE TABLE t (n INTEGER CONSTRAINT t_is_small CHECK (n < 100) UNIQUE)",
            )?)
        })
        .unwrap();
    database
}

fn count(database: &Database) -> i64 {
    database
        .read_blocking(
            "count",
            Scope::AcrossTenants,
            |tx| -> Result<i64, DbFault> {
                Ok(sql("SELECT COUNT(*) AS n FROM t").load::<Count>(tx)?[0].n)
            },
        )
        .unwrap()
}

#[test]
fn the_schema_is_made_and_then_current() {
    let database = scratch::empty();
    assert!(matches!(
        database.schema_state().unwrap(),
        SchemaState::Behind(_)
    ));
    assert!(!database.migrate().unwrap().is_empty());
    assert_eq!(database.schema_state().unwrap(), SchemaState::Current);
    assert!(database.migrate().unwrap().is_empty());
}

#[test]
fn a_schema_of_a_newer_program_is_seen_and_left_alone() {
    let database = scratch::empty();
    database.migrate().unwrap();
    database
        .write_blocking("newer", Scope::AcrossTenants, |tx| -> Result<(), DbFault> {
            Ok(tx.conn().batch_execute(
                "INSERT INTO __diesel_schema_migrations (version) VALUES ('29991231000000')",
            )?)
        })
        .unwrap();
    assert_eq!(
        database.schema_state().unwrap(),
        SchemaState::Ahead("29991231000000".into())
    );
    assert!(matches!(database.migrate(), Err(MigrateFault::Ahead(_))));
}

#[test]
fn a_refused_verb_leaves_nothing_behind() {
    let database = with_table();
    let refused = database.write_blocking("refuse", Scope::AcrossTenants, |tx| {
        sql("INSERT INTO t VALUES ($1)").bind(1_i64).execute(tx)?;
        Err::<(), _>(VerbError::Refused)
    });
    assert!(matches!(refused, Err(VerbError::Refused)));
    assert_eq!(count(&database), 0);
}

#[test]
fn a_panic_rolls_back_and_the_next_transaction_works() {
    let database = with_table();
    let stopped =
        database.write_blocking("panic", Scope::AcrossTenants, |tx| -> Result<(), DbFault> {
            sql("INSERT INTO t VALUES ($1)").bind(1_i64).execute(tx)?;
            panic!("on purpose");
        });
    assert!(matches!(stopped, Err(DbFault::Panicked)));
    assert_eq!(count(&database), 0);
}

#[test]
fn a_broken_rule_is_named() {
    let database = with_table();
    let broken = |n: i64| {
        database
            .write_blocking("break", Scope::AcrossTenants, move |tx| {
                sql("INSERT INTO t VALUES ($1), ($1)").bind(n).execute(tx)
            })
            .unwrap_err()
    };
    assert!(
        broken(100).is_constraint("t_is_small", ""),
        "{:?}",
        broken(100)
    );
    assert!(broken(1).is_constraint("t_n_key", "t.n"), "{:?}", broken(1));
}

#[test]
fn a_fault_that_may_pass_is_tried_again_and_found_inside_a_verbs_error() {
    let database = with_table();
    let mut runs = 0;
    let done = database.write_blocking("busy", Scope::AcrossTenants, |tx| {
        runs += 1;
        sql("INSERT INTO t VALUES ($1)").bind(1_i64).execute(tx)?;
        if runs < 3 {
            let busy = DbFault::Busy(diesel::result::Error::RollbackTransaction);
            return Err(VerbError::from(busy));
        }
        Ok(())
    });
    assert!(done.is_ok());
    assert_eq!((runs, count(&database)), (3, 1));
}

#[test]
fn rows_and_values_are_numbered_on() {
    let database = with_table();
    let changed = database
        .write_blocking("rows", Scope::AcrossTenants, |tx| {
            sql("INSERT INTO t VALUES ")
                .rows((1..=3_i64).map(|n| [n.into()]))
                .execute(tx)?;
            sql("WITH v(was, becomes) AS (VALUES ")
                .rows([[1_i64.into(), 11_i64.into()], [2_i64.into(), 12_i64.into()]])
                .push(") UPDATE t SET n = v.becomes FROM v WHERE t.n = v.was")
                .push_with(" AND v.was < ?", [2_i64.into()])
                .execute(tx)
        })
        .unwrap();
    assert_eq!(changed, 1);
}

#[test]
fn readers_cannot_write() {
    let database = with_table();
    let refused = database.read_blocking("write", Scope::AcrossTenants, |tx| {
        sql("INSERT INTO t VALUES (1)").execute(tx)
    });
    assert!(refused.is_err());
    assert_eq!(count(&database), 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn fifty_writers_at_once_meet_no_busy_database() {
    let database = with_table();
    let writers = (0..50_i64).map(|n| {
        let database = database.clone();
        tokio::spawn(async move {
            database
                .write("insert", Scope::AcrossTenants, move |tx| {
                    sql("INSERT INTO t VALUES ($1)").bind(n).execute(tx)
                })
                .await
        })
    });
    for writer in writers.collect::<Vec<_>>() {
        writer.await.unwrap().unwrap();
    }
    assert_eq!(count(&database), 50);
}

#[test]
fn addresses_are_parsed_and_passwords_hidden() {
    assert!(matches!(
        DatabaseUrl::parse("sqlite://data/zhanfu.db"),
        Ok(DatabaseUrl::Sqlite(_))
    ));
    assert_eq!(
        DatabaseUrl::parse("sqlite://").unwrap_err(),
        UrlFault::NoPath
    );
    assert_eq!(
        DatabaseUrl::parse("mysql://x").unwrap_err(),
        UrlFault::Scheme
    );
    assert_eq!(
        DatabaseUrl::parse("postgres://h/d?sslmode=on").unwrap_err(),
        UrlFault::UnknownSslMode
    );
    let strict = DatabaseUrl::parse("postgres://h/d?sslmode=verify-full");
    assert_eq!(strict.is_ok(), cfg!(feature = "postgres-tls"));
    #[cfg(not(feature = "postgres-tls"))]
    for mode in ["require", "verify-ca", "verify-full"] {
        let refused = DatabaseUrl::parse(&format!("postgres://h/d?sslmode={mode}")).unwrap_err();
        assert_eq!(refused, UrlFault::NoTls(mode.to_owned()));
        assert!(refused.to_string().contains("--features postgres-tls"));
    }
    let shown = DatabaseUrl::parse("postgres://u:canary@h/d").unwrap();
    assert!(!shown.without_password().contains("canary"));
    assert!(!format!("{shown:?}").contains("canary"));
}

//! What stops the start, and says so in one line that names it.

use std::fs;
use std::os::unix::fs::PermissionsExt as _;

use diesel::connection::SimpleConnection as _;
use diesel::{Connection as _, SqliteConnection};

use crate::database::On;
use crate::stage::{Stage, finish};

#[tokio::test(flavor = "multi_thread")]
async fn a_second_engine_on_one_sqlite_file_is_refused() {
    let stage = Stage::empty().await;
    let first = stage.serve("first", &[]).await;
    for args in [&["serve"][..], &["serve", "--role", "engine"]] {
        let said = stage.run(args).await.refused();
        assert!(said.contains("another engine works on"), "{said}");
        assert!(said.contains("--role web"), "{said}");
    }
    // another web server is welcome
    let web = stage.serve("web", &["--role", "web"]).await;
    // and when the first is gone, however it went, there is room for one again
    first.kill();
    let second = stage.serve("second", &["--role", "engine"]).await;
    drop((web, second));
    stage.strike();
}

/// Runs statements on a SQLite file by hand.
fn by_hand(stage: &Stage, statements: &str) {
    let file = stage.file("zhanfu.db");
    let mut conn = SqliteConnection::establish(&file.to_string_lossy()).unwrap();
    conn.batch_execute(statements).unwrap();
}

/// The migrations of SQLite, oldest first: version and statements.
fn migrations() -> Vec<(String, String)> {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("migrations/sqlite");
    let mut found: Vec<(String, String)> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| {
            let path = entry.unwrap().path();
            let name = path.file_name().unwrap().to_string_lossy().replace('-', "");
            let version = name.split('_').next().unwrap().to_owned();
            (version, fs::read_to_string(path.join("up.sql")).unwrap())
        })
        .collect();
    found.sort();
    found
}

#[tokio::test(flavor = "multi_thread")]
async fn an_older_schema_is_refused_until_it_is_migrated() {
    let stage = Stage::empty().await;
    let migrations = migrations();
    let (ground, statements) = &migrations[0];
    by_hand(
        &stage,
        &format!(
            "CREATE TABLE __diesel_schema_migrations (version VARCHAR(50) PRIMARY KEY NOT NULL, \
             run_on TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP); \
             INSERT INTO __diesel_schema_migrations (version) VALUES ('{ground}'); {statements}"
        ),
    );
    if let Some((missing, _)) = migrations.get(1) {
        for args in [&["serve"][..], &["ledger", "verify"]] {
            let said = stage.run(args).await.refused();
            assert!(said.contains("older than this program"), "{said}");
            assert!(
                said.contains(missing) && said.contains("zhanfu migrate"),
                "{said}"
            );
        }
    }
    let server = stage.serve("migrating", &["--migrate"]).await;
    server.kill();
    let done = stage.run(&["migrate"]).await.done();
    assert_eq!(done.stdout, "the database is up to date\n");
    stage.strike();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_newer_schema_is_refused_by_everybody() {
    let stage = Stage::empty().await;
    stage.run(&["migrate"]).await.done();
    by_hand(
        &stage,
        "INSERT INTO __diesel_schema_migrations (version) VALUES ('20991231000001')",
    );
    for args in [
        &["serve"][..],
        &["serve", "--migrate"],
        &["migrate"],
        &["ledger", "verify", "--json"],
    ] {
        let said = stage.run(args).await.refused();
        assert!(said.contains("newer than this program"), "{said}");
        assert!(said.contains("20991231000001"), "{said}");
    }
    stage.strike();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_wrong_master_key_is_refused_and_nothing_is_overwritten() {
    let stage = Stage::empty().await;
    stage.shop("tea").await;
    let path = stage.file("master.key");
    let shown = path.display().to_string();
    let right = fs::read(&path).unwrap();
    assert_eq!(
        fs::metadata(&path).unwrap().permissions().mode() & 0o777,
        0o600
    );
    let refused = async |what: &str| {
        let before = fs::read(&path).ok();
        let mut lines = Vec::new();
        for args in [&["serve"][..], &["check", "tea"]] {
            let said = stage.run(args).await.refused();
            assert!(said.contains(&shown), "{what}: {said}");
            lines.push(said);
        }
        assert_eq!(
            fs::read(&path).ok(),
            before,
            "{what}: nothing is overwritten"
        );
        lines.remove(0)
    };
    let put = |bytes: &[u8], mode: u32| {
        fs::write(&path, bytes).unwrap();
        fs::set_permissions(&path, fs::Permissions::from_mode(mode)).unwrap();
    };

    put(&right, 0o644);
    assert!(refused("world-readable").await.contains("chmod 600"));
    put(&right, 0o640);
    assert!(refused("readable by a group").await.contains("chmod 600"));
    fs::remove_file(&path).unwrap();
    assert!(refused("missing").await.contains("missing"));
    put(b"q8Gx6Y0pZ1k4mV3tB7nR2wS5uD9fH0jL1aC4eK6iM8o=\n", 0o600);
    assert!(refused("another").await.contains("not the one"));
    for example in [
        "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=",
        "MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE=",
        "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=",
    ] {
        put(example.as_bytes(), 0o600);
        let said = refused("an example").await;
        assert!(!said.contains(example), "the key is not shown: {said}");
    }
    put(b"", 0o600);
    assert!(refused("empty").await.contains("no key"));

    put(&right, 0o600);
    let server = stage.serve("right", &[]).await;
    server.kill();
    stage.strike();
}

#[tokio::test(flavor = "multi_thread")]
async fn an_unknown_or_malformed_setting_is_named() {
    let stage = Stage::empty().await;
    let refused = async |name: &str, value: &str| {
        let mut command = stage.program(&["serve"]);
        command.env(name, value);
        let said = finish(command, None).await.refused();
        assert!(said.starts_with(name), "{name}={value}: {said}");
        said
    };
    assert!(
        refused("ZHANFU_LISTN", "127.0.0.1:1")
            .await
            .contains("ZHANFU_LISTEN")
    );
    for (name, value) in [
        ("ZHANFU_DATABASE_URL", "mysql://db"),
        ("ZHANFU_DATABASE_URL", "sqlite://"),
        ("ZHANFU_LISTEN", "8080"),
        ("ZHANFU_PUBLIC_URL", "pay.example.com"),
        ("ZHANFU_PUBLIC_URL", "https://pay.example.com/shop"),
        ("ZHANFU_WECHAT_BASE_URL", "http://127.0.0.1:1"),
        ("ZHANFU_WECHAT_TIMEOUT", "10"),
        ("ZHANFU_WECHAT_TIMEOUT", "0s"),
        ("ZHANFU_RETRY_MIN", "soon"),
        ("ZHANFU_RETRY_MAX", "500ms"),
        ("ZHANFU_LEASE", "10s"),
        ("ZHANFU_ENGINE_CONCURRENCY", "0"),
        ("ZHANFU_ENGINE_CONCURRENCY", "99999"),
        ("ZHANFU_METRICS_LISTEN", "localhost"),
        ("ZHANFU_LOG", "=,="),
    ] {
        refused(name, value).await;
    }
    assert!(!stage.file("zhanfu.db").exists(), "nothing was begun");
    let missing = stage.file("not-there.pem").display().to_string();
    assert!(
        refused("ZHANFU_WECHAT_CA_FILE", &missing)
            .await
            .contains(&missing)
    );
    // the same in a file, whose names have no prefix
    let file = stage.write("zhanfu.toml", b"listen = \"127.0.0.1:0\"\nleas = \"60s\"\n");
    let mut command = stage.program(&["migrate"]);
    command.env("ZHANFU_CONFIG", &file);
    let said = finish(command, None).await.refused();
    assert!(
        said.starts_with("leas is no setting") && said.contains("lease"),
        "{said}"
    );
    stage.strike();
}

#[tokio::test(flavor = "multi_thread")]
async fn an_address_in_use_and_an_unreachable_database_are_named() {
    let taken = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let listen = taken.local_addr().unwrap().to_string();
    let stage = Stage::on(On::Sqlite).await.with("LISTEN", &listen);
    let said = stage.run(&["serve"]).await.refused();
    assert!(
        said.contains(&listen) && said.contains("ZHANFU_LISTEN"),
        "{said}"
    );
    // nobody listens there, and the password is not shown
    drop(taken);
    let stage = stage.with(
        "DATABASE_URL",
        &format!("postgres://zhanfu:canary-7f3@{listen}/zhanfu?connect_timeout=2"),
    );
    let said = stage.run(&["migrate"]).await.refused();
    assert!(said.contains(&listen), "{said}");
    assert!(!said.contains("canary-7f3"), "{said}");
    stage.strike();
}

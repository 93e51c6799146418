//! What `--json` prints: one object on stdout, with the fields of the contract.

use serde_json::{Value as Json, json};

use crate::database::On;
use crate::stage::{API_KEY, Load, PASSWORD, Stage};

/// The names of the fields of an object, sorted.
fn fields(object: &Json) -> Vec<&str> {
    let mut names: Vec<&str> = object
        .as_object()
        .unwrap_or_else(|| panic!("no object: {object}"))
        .keys()
        .map(String::as_str)
        .collect();
    names.sort_unstable();
    names
}

/// The fields of the contract are there; more may be.
#[track_caller]
fn has(object: &Json, wanted: &[&str]) {
    let there = fields(object);
    for name in wanted {
        assert!(there.contains(name), "{name} is missing in {object}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn every_command_prints_the_object_of_the_contract() {
    let stage = Stage::on(On::Sqlite).await;
    let made = stage.tenant("tea").await;
    has(&made, &["tenant_id", "slug", "name"]);
    assert_eq!(
        (&made["slug"], &made["name"]),
        (&json!("tea"), &json!("山间茶馆"))
    );

    tenant_without_settings(&stage).await;
    settings(&stage).await;
    limits(&stage).await;
    let key = stage
        .run(&["api-key", "create", "tea", "--name", "shop", "--json"])
        .await
        .done()
        .json();
    has(&key, &["key", "name", "created_at"]);
    assert_eq!(key["name"], "shop");

    let check = stage.run(&["check", "tea", "--json"]).await.done().json();
    has(&check, &["slug", "ok", "checks"]);
    assert_eq!(check["ok"], true, "{check}");
    for one in check["checks"].as_array().unwrap() {
        has(one, &["name", "ok", "detail", "remedy"]);
    }

    let books = stage
        .run(&["ledger", "verify", "--json"])
        .await
        .done()
        .json();
    has(&books, &["ok", "tenants", "problems"]);
    has(
        &books["tenants"][0],
        &["slug", "debit_fen", "credit_fen", "paid_fen"],
    );
    stage.strike();
}

async fn tenant_without_settings(stage: &Stage) {
    // nothing given shows what is there
    let empty = stage
        .run(&["tenant", "configure", "tea", "--json"])
        .await
        .done()
        .json();
    has(
        &empty,
        &["slug", "ready", "missing", "certificate", "warnings"],
    );
    assert_eq!(
        (&empty["ready"], &empty["certificate"]),
        (&json!(false), &Json::Null)
    );
    assert_eq!(
        empty["missing"],
        json!(["app_id", "mch_id", "api_key", "certificate"])
    );

    let check = stage.run(&["check", "tea", "--json"]).await;
    assert_eq!(check.code, Some(1), "{check:?}");
    has(&check.json(), &["slug", "ok", "checks"]);
}

async fn settings(stage: &Stage) {
    let shop = stage.shop_at_wechat("tea");
    let key_file = stage.write("key", API_KEY.as_bytes());
    let package = stage.simulator.package(&shop.mchid).unwrap();
    let zip = stage.write("cert.zip", &package.zip().unwrap());
    let configure = [
        "tenant",
        "configure",
        "tea",
        "--json",
        "--app-id",
        &shop.app_id,
    ];
    let more = [
        "--mch-id",
        &shop.mchid,
        "--api-key-file",
        &key_file,
        "--certificate",
        &zip,
    ];
    let args: Vec<&str> = configure.iter().chain(&more).copied().collect();
    let saved = stage.run(&args).await.done().json();
    assert_eq!(
        (&saved["ready"], &saved["missing"]),
        (&json!(true), &json!([]))
    );
    let certificate = &saved["certificate"];
    has(
        certificate,
        &[
            "serial",
            "merchant_id",
            "organization",
            "issuer",
            "not_before",
            "not_after",
            "fingerprint_sha256",
        ],
    );
    assert_eq!(certificate["merchant_id"], shop.mchid);
    assert!(saved["warnings"].is_array());
}

async fn limits(stage: &Stage) {
    let limits = stage
        .run(&[
            "tenant",
            "limits",
            "tea",
            "--set",
            "transfer_max=none",
            "review_above=70000",
            "--json",
        ])
        .await
        .done()
        .json();
    has(&limits, &["slug", "limits", "when_day_is_full"]);
    assert_eq!(limits["when_day_is_full"], "refuse");
    let names: Vec<&str> = limits["limits"]
        .as_array()
        .unwrap()
        .iter()
        .map(|limit| {
            has(limit, &["name", "value", "platform_cap"]);
            limit["name"].as_str().unwrap()
        })
        .collect();
    assert_eq!(
        names,
        [
            "transfer_min",
            "transfer_max",
            "recipient_day_amount",
            "recipient_day_count",
            "tenant_day_amount",
            "tenant_day_count",
            "review_above",
            "second_review_above",
        ]
    );
    assert_eq!(limits["limits"][1]["value"], Json::Null);
    assert_eq!(limits["limits"][6]["value"], 70_000);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_book_that_is_wrong_is_found_and_named() {
    let stage = Stage::on(On::Sqlite).await;
    let shop = stage.shop("tea").await;
    let server = stage.serve("server", &[]).await;
    Load::of(&[shop], &server.base, 5, 1).finish().await;
    stage.until_final(5).await;
    server.kill();
    stage.run(&["ledger", "verify"]).await.done();
    // somebody with a hand in the file takes a posting out
    let file = stage.file("zhanfu.db");
    {
        use diesel::Connection as _;
        use diesel::connection::SimpleConnection as _;
        let mut conn = diesel::SqliteConnection::establish(&file.to_string_lossy()).unwrap();
        conn.batch_execute(
            "DELETE FROM ledger_postings WHERE rowid = (SELECT MAX(rowid) FROM ledger_postings)",
        )
        .unwrap();
    }
    let ran = stage.run(&["ledger", "verify", "--json"]).await;
    assert_eq!(ran.code, Some(1), "{ran:?}");
    let said = ran.json();
    assert_eq!(said["ok"], false);
    assert!(
        said["problems"][0].as_str().unwrap().starts_with("tea: "),
        "{said}"
    );
    stage.strike();
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_refused_is_1_with_one_line_that_says_what_to_do() {
    let stage = Stage::on(On::Sqlite).await;
    stage.tenant("tea").await;
    for (args, part) in refusals(&stage) {
        let args: Vec<&str> = args.iter().map(String::as_str).collect();
        let said = stage.run(&args).await.refused();
        assert!(said.contains(part), "{args:?}: {said}");
        assert!(
            !said.contains("too short "),
            "{args:?} shows a secret: {said}"
        );
    }
    let after = stage
        .run(&["tenant", "configure", "tea", "--json"])
        .await
        .done()
        .json();
    assert_eq!(
        after["missing"],
        json!(["app_id", "mch_id", "api_key", "certificate"])
    );
    stage.strike();
}

/// Command lines that are refused, with a part of what is said.
fn refusals(stage: &Stage) -> Vec<(Vec<String>, &'static str)> {
    let password = stage.write("password", PASSWORD.as_bytes());
    let create = |slug: &'static str, name: &'static str, email: &'static str| {
        let args = [
            "tenant",
            "create",
            slug,
            "--name",
            name,
            "--owner-email",
            email,
            "--owner-password-file",
        ];
        let mut args: Vec<String> = args.map(str::to_owned).to_vec();
        args.push(password.clone());
        args
    };
    let wrong_key = stage.write("wrong-key", b"too short");
    let no_certificate = stage.write("no.zip", b"this is no certificate");
    [
        (create("tea", "t", "a@example.com"), "tea"),
        (create("Tea!", "t", "a@example.com"), "SLUG"),
        (create("fruit", "", "a@example.com"), "--name"),
        (create("fruit", "t", "nobody"), "--owner-email"),
    ]
    .into_iter()
    .chain(
        [
            ("tenant configure nobody", "zhanfu tenant create nobody"),
            ("tenant configure tea --app-id wx12", "--app-id"),
            ("tenant configure tea --mch-id 12", "--mch-id"),
            (
                "tenant configure tea --api-key-file /not/there",
                "/not/there",
            ),
            ("tenant limits tea --set transfer_max", "NAME=VALUE"),
            (
                "tenant limits tea --set transfer_max=many",
                "whole number of fen",
            ),
            ("tenant limits tea --set transfers=1", "transfer_min"),
            (
                "tenant limits tea --set when_day_is_full=maybe",
                "refuse or queue",
            ),
            ("tenant limits nobody", "zhanfu tenant create nobody"),
            (
                "api-key create nobody --name n",
                "zhanfu tenant create nobody",
            ),
            ("check nobody", "zhanfu tenant create nobody"),
        ]
        .map(|(line, part)| (line.split_whitespace().map(str::to_owned).collect(), part)),
    )
    .chain([
        (
            words(&["tenant", "configure", "tea", "--api-key-file", &wrong_key]),
            "--api-key-file",
        ),
        (
            words(&[
                "tenant",
                "configure",
                "tea",
                "--mch-id",
                "1900000109",
                "--certificate",
                &no_certificate,
            ]),
            "--certificate",
        ),
        (
            words(&[
                "tenant",
                "configure",
                "tea",
                "--certificate",
                &no_certificate,
            ]),
            "--mch-id",
        ),
    ])
    .collect()
}

fn words(args: &[&str]) -> Vec<String> {
    args.iter().map(|arg| (*arg).to_owned()).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn an_operator_is_made_once() {
    let stage = Stage::on(On::Sqlite).await;
    stage.tenant("tea").await;
    let password = stage.write("password", PASSWORD.as_bytes());
    let create = async |email: &str| {
        let args = [
            "operator",
            "create",
            "--json",
            "--password-file",
            &password,
            "--email",
            email,
        ];
        stage.run(&args).await
    };
    let made = create("ops@example.com").await.done().json();
    has(
        &made,
        &["operator_id", "email", "password_kept", "created_at"],
    );
    assert_eq!(
        (&made["email"], &made["password_kept"]),
        (&json!("ops@example.com"), &json!(false))
    );
    // who is a member somewhere keeps the password
    let made = create("Owner@tea.example.com").await.done().json();
    assert_eq!(made["password_kept"], true);
    let said = create("ops@example.com").await.refused();
    assert!(
        said.contains("ops@example.com is an operator already"),
        "{said}"
    );
    let said = create("nobody").await.refused();
    assert!(said.starts_with("--email"), "{said}");
    let audited = "SELECT COUNT(*) AS number FROM audit_events WHERE kind = 'operator.added'";
    assert_eq!(stage.number(audited), 2);
    assert_eq!(stage.number("SELECT COUNT(*) AS number FROM operators"), 2);
    stage.strike();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_dash_reads_the_secret_from_stdin() {
    let stage = Stage::on(On::Sqlite).await;
    let args = [
        "tenant",
        "create",
        "tea",
        "--name",
        "t",
        "--owner-email",
        "a@example.com",
    ];
    let args: Vec<&str> = args
        .iter()
        .chain(&["--owner-password-file", "-"])
        .copied()
        .collect();
    stage
        .run_with_stdin(&args, "a long enough word\n")
        .await
        .done();
    let ran = stage
        .run_with_stdin(
            &[
                "tenant",
                "configure",
                "tea",
                "--api-key-file",
                "-",
                "--json",
            ],
            API_KEY,
        )
        .await
        .done();
    assert_eq!(
        ran.json()["missing"],
        json!(["app_id", "mch_id", "certificate"])
    );
    stage.strike();
}

#[tokio::test(flavor = "multi_thread")]
async fn the_demo_run_once_pays_and_its_figures_agree() {
    let stage = Stage::empty().await;
    let directory = stage.file("demo").display().to_string();
    let ran = stage
        .run(&["demo", "--once", "--directory", &directory])
        .await
        .done();
    let last = ran.last_json();
    has(
        &last,
        &[
            "ok",
            "payouts",
            "paid_fen",
            "simulator_paid_fen",
            "ledger_paid_fen",
        ],
    );
    assert_eq!(last["ok"], true);
    assert!(last["payouts"].as_u64().unwrap() > 30, "{last}");
    assert!(last["paid_fen"].as_i64().unwrap() > 0);
    assert_eq!(last["paid_fen"], last["simulator_paid_fen"]);
    assert_eq!(last["paid_fen"], last["ledger_paid_fen"]);
    stage.strike();
}

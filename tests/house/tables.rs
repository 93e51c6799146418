//! Where tables are named: in the queries of their own room, and in `reports/`, which change nothing.
//!
//! A room keeps its queries in `store.rs`, and those that see more than one tenant in `across_tenants.rs`, so that they can be counted. Some rooms have
//! one more file of queries, which is listed here.

use std::collections::{BTreeMap, BTreeSet};

use super::source::{self, Source};

/// A room, its tables, and its files of queries beside `store.rs` and `across_tenants.rs`.
const OWNERS: &[(&str, &[&str], &[&str])] = &[
    ("db", &["__diesel_schema_migrations"], &[]),
    ("vault", &["master_keys", "data_keys"], &[]),
    ("audit", &["audit_events"], &["list.rs", "record.rs"]),
    ("tenants", &["tenants", "api_keys"], &[]),
    (
        "people",
        &[
            "people",
            "members",
            "operators",
            "sessions",
            "second_factors",
            "recovery_codes",
            "sign_in_tries",
            "known_browsers",
            "sign_ins",
            "invitations",
        ],
        &[],
    ),
    ("recipients", &["recipients", "recipient_openids"], &[]),
    (
        "channels",
        &[
            "channels",
            "certificates",
            "channel_secrets",
            "channel_versions",
            "channel_checks",
        ],
        // certificates and checks have many queries each
        &["credential.rs", "certificates.rs", "checks.rs"],
    ),
    ("limits", &["limit_policies", "limit_usage"], &[]),
    (
        "ledger",
        &["ledger_balances", "ledger_postings"],
        // the proof sums up what the store writes
        &["prove.rs"],
    ),
    ("commissions", &["commissions", "corrections"], &[]),
    (
        "orders",
        &[
            "orders",
            "order_commissions",
            "order_refunds",
            "commission_rules",
        ],
        &[],
    ),
    (
        "outbox",
        &["webhook_endpoints", "webhook_deliveries", "webhook_tries"],
        &[],
    ),
    (
        "payouts",
        &[
            "payouts",
            "approvals",
            "attempts",
            "decisions",
            "payout_lanes",
            "rail_limits",
            "payout_days",
        ],
        // a small thing with a small table each, and the one query that is put together from a filter
        &[
            "attempt.rs",
            "lane.rs",
            "rail_limit.rs",
            "list.rs",
            "tally.rs",
        ],
    ),
    ("batches", &["batches", "batch_lines"], &[]),
    ("findings", &["findings"], &[]),
    ("idempotency", &["idempotency_keys"], &[]),
    ("engine", &["heartbeat"], &["beat.rs"]),
];

/// The words before a table's name.
const BEFORE: [&str; 4] = ["FROM", "INTO", "UPDATE", "JOIN"];

#[test]
fn every_table_is_named_by_its_own_room_only() {
    super::nothing_is_wrong(&wrongly_named(&source::all()));
}

#[test]
fn a_table_named_elsewhere_is_named_with_file_and_line() {
    let wrong = |path: &str, text: &str| wrongly_named(&[Source::parse(path, text.to_owned())]);
    let query = "fn f() {\n sql(\"SELECT 1 FROM payouts \\\n JOIN attempts\"); }";
    let both = |file: &str| {
        ["payouts", "attempts"].map(|table| {
            format!("{file}:2: the table {table} is named outside of the queries of payouts")
        })
    };
    assert_eq!(wrong("src/engine/x.rs", query), both("src/engine/x.rs"));
    assert_eq!(
        wrong("src/payouts/withdraw.rs", query),
        both("src/payouts/withdraw.rs")
    );
    assert!(wrong("src/payouts/store.rs", query).is_empty());
    assert!(wrong("src/reports/x.rs", query).is_empty());
    assert_eq!(
        wrong(
            "src/people/store.rs",
            "use crate::db::schema::{people, tenants};"
        ),
        ["src/people/store.rs:1: the table tenants is named outside of the queries of tenants"]
    );
}

fn wrongly_named(sources: &[Source]) -> Vec<String> {
    let owners: BTreeMap<&str, (&str, &[&str])> = OWNERS
        .iter()
        .flat_map(|(room, tables, files)| tables.iter().map(|table| (*table, (*room, *files))))
        .collect();
    let mut wrong = Vec::new();
    for source in sources {
        let room = source.room().unwrap_or_default();
        for (line, table) in named(source, &owners) {
            let (owner, files) = owners[table.as_str()];
            let file = source.path.rsplit('/').next().unwrap();
            let is_query_file =
                file == "store.rs" || file == "across_tenants.rs" || files.contains(&file);
            if room == "reports" || source.is_a_test() || (room == owner && is_query_file) {
                continue;
            }
            wrong.push(format!(
                "{}:{line}: the table {table} is named outside of the queries of {owner}",
                source.path
            ));
        }
    }
    wrong
}

#[test]
fn reports_change_nothing() {
    let mut wrong = Vec::new();
    for source in source::all() {
        if source.room().as_deref() != Some("reports") {
            continue;
        }
        for (line, text) in &source.strings {
            for word in ["INSERT INTO ", "UPDATE ", "DELETE FROM "] {
                if text.contains(word) {
                    wrong.push(format!("{}:{line}: {word}in a report", source.path));
                }
            }
        }
    }
    super::nothing_is_wrong(&wrong);
}

#[test]
fn every_table_of_the_migrations_has_its_room() {
    let known: BTreeSet<&str> = OWNERS
        .iter()
        .flat_map(|(_, tables, _)| tables.iter().copied())
        .filter(|table| !table.starts_with("__"))
        .collect();
    let (sqlite, postgres) = (made_by("migrations/sqlite"), made_by("migrations/postgres"));
    assert_eq!(sqlite, postgres, "both databases have the same tables");
    let made: BTreeSet<&str> = sqlite.iter().map(String::as_str).collect();
    let mut wrong: Vec<String> = made
        .difference(&known)
        .map(|table| format!("the table {table} has no room in tests/house/tables.rs"))
        .collect();
    wrong.extend(
        known.difference(&made).map(|table| {
            format!("the table {table} is in tests/house/tables.rs and in no migration")
        }),
    );
    super::nothing_is_wrong(&wrong);
}

/// The tables that a folder of migrations makes.
fn made_by(folder: &str) -> BTreeSet<String> {
    let mut tables = BTreeSet::new();
    for path in source::list(folder, "sql") {
        if !path.ends_with("/up.sql") {
            continue;
        }
        let text = std::fs::read_to_string(source::root().join(&path)).unwrap();
        for line in text.lines() {
            let words: Vec<&str> = line.split([' ', '(']).collect();
            match words.as_slice() {
                ["CREATE", "TABLE", name, ..] => {
                    tables.insert((*name).to_owned());
                }
                ["DROP", "TABLE", name, ..] => {
                    tables.remove(name.trim_end_matches(';'));
                }
                // a table that is built anew under another name
                ["ALTER", "TABLE", old, "RENAME", "TO", new, ..] => {
                    tables.remove(*old);
                    tables.insert(new.trim_end_matches(';').to_owned());
                }
                _ => {}
            }
        }
    }
    tables
}

/// Tables that a file names: in SQL, or by Diesel's name for them.
fn named(source: &Source, owners: &BTreeMap<&str, (&str, &[&str])>) -> Vec<(usize, String)> {
    let mut found = Vec::new();
    for (line, text) in &source.strings {
        let words: Vec<&str> = text
            .split(|char: char| !(char.is_alphanumeric() || char == '_'))
            .filter(|word| !word.is_empty())
            .collect();
        for two in words.windows(2) {
            if BEFORE.contains(&two[0]) && owners.contains_key(two[1]) {
                found.push((*line, two[1].to_owned()));
            }
        }
    }
    // `use crate::db::schema::{…}` is where Diesel's tables come from
    let words: Vec<&str> = source
        .tokens
        .iter()
        .map(|token| token.text.as_str())
        .collect();
    for (at, four) in words.windows(3).enumerate() {
        if four != ["schema", ":", ":"] {
            continue;
        }
        for token in &source.tokens[at + 3..] {
            match token.text.as_str() {
                "{" | "," => {}
                table if owners.contains_key(table) => {
                    found.push((token.line, table.to_owned()));
                }
                _ => break,
            }
        }
    }
    found
}

//! The command line as the contract has it: every command explains itself, wrong usage is 2, and no secret is taken as an argument.

use std::process::Command;

use crate::stage::{finish, zhanfu_path};

/// Runs it with nothing in its environment: help needs no settings and no database.
async fn bare(args: &[String]) -> crate::stage::Ran {
    let mut command = Command::new(zhanfu_path());
    command.args(args).env_clear().current_dir("/");
    finish(command, None).await
}

/// Every command with its help, found by reading the help of the one above it.
async fn all_commands() -> Vec<(Vec<String>, String)> {
    let mut open = vec![Vec::new()];
    let mut found = Vec::new();
    while let Some(words) = open.pop() {
        let mut args = words.clone();
        args.push("--help".to_owned());
        let help = bare(&args).await.done().stdout;
        let below = help.lines().skip_while(|line| *line != "Commands:").skip(1);
        for line in below.take_while(|line| line.starts_with("  ")) {
            // long texts go on in the next line, further in
            let Some(name) = line
                .strip_prefix("  ")
                .filter(|rest| !rest.starts_with(' '))
                .and_then(|rest| rest.split_whitespace().next())
            else {
                continue;
            };
            if name != "help" {
                let mut deeper = words.clone();
                deeper.push(name.to_owned());
                open.push(deeper);
            }
        }
        found.push((words, help));
    }
    found.sort();
    found
}

#[tokio::test(flavor = "multi_thread")]
async fn every_command_explains_itself() {
    let commands = all_commands().await;
    let names: Vec<String> = commands.iter().map(|(words, _)| words.join(" ")).collect();
    for wanted in [
        "demo",
        "serve",
        "migrate",
        "simulator",
        "operator create",
        "tenant create",
        "tenant configure",
        "tenant limits",
        "api-key create",
        "check",
        "ledger verify",
        "vault rotate",
    ] {
        assert!(
            names.iter().any(|name| name == wanted),
            "{wanted}: {names:?}"
        );
    }
    for (words, help) in &commands {
        let shown = words.join(" ");
        assert!(help.contains("Usage:"), "{shown}: {help}");
        // one sentence on what it does, and one on each argument
        let first = help.lines().next().unwrap_or_default();
        assert!(
            first.chars().count() > 8 && !first.starts_with("Usage"),
            "{shown}: {first}"
        );
        let options = help.lines().skip_while(|line| *line != "Options:").skip(1);
        let options: Vec<&str> = options.collect();
        for (at, line) in options.iter().enumerate() {
            // the values that an option may have are told in a list
            let option = line.trim_start();
            if !option.starts_with('-') || option.starts_with("- ") {
                continue;
            }
            let told = line
                .trim_start()
                .split_once("  ")
                .is_some_and(|(_, text)| !text.trim().is_empty());
            let told_below = options
                .get(at + 1)
                .is_some_and(|next| next.starts_with("      ") && !next.trim().is_empty());
            assert!(told || told_below, "{shown}: {line}");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn wrong_usage_is_2_and_changes_nothing() {
    for (words, _) in all_commands().await {
        let mut args = words.clone();
        args.push("--no-such-option".to_owned());
        let ran = bare(&args).await.wrong_usage();
        assert!(ran.stderr.contains("--help"), "{words:?}: {ran:?}");
    }
    for line in [
        "",
        "no-such-command",
        "tenant",
        "tenant create",
        "tenant limits",
        "api-key create tea",
    ] {
        let args: Vec<String> = line.split_whitespace().map(str::to_owned).collect();
        bare(&args).await.wrong_usage();
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn no_secret_is_taken_as_an_argument() {
    // what is secret is read from a file or from stdin, and its option says so
    const SECRET: [&str; 5] = ["password", "secret", "key", "token", "code"];
    // whose values are public, or name a file
    const PUBLIC: [&str; 1] = ["--private-key"];
    for (words, help) in all_commands().await {
        for word in help
            .split_whitespace()
            .filter(|word| word.starts_with("--"))
        {
            let option = word.trim_matches(|char: char| !char.is_alphanumeric() && char != '-');
            let is_secret = SECRET.iter().any(|secret| option.contains(secret));
            assert!(
                !is_secret || option.ends_with("-file") || PUBLIC.contains(&option),
                "{words:?}: {option} would be seen in the list of processes"
            );
        }
    }
    for line in [
        "tenant create tea --name t --owner-email a@example.com --owner-password hunter2hunter2",
        "tenant configure tea --api-key 8934e7d15453e97507ef794cf7b0519d",
        "tenant configure tea --app-secret 8934e7d15453e97507ef794cf7b0519d",
        "operator create --email a@example.com --password hunter2hunter2",
    ] {
        let args: Vec<String> = line.split_whitespace().map(str::to_owned).collect();
        bare(&args).await.wrong_usage();
    }
}

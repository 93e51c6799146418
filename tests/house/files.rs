//! What files are like.

use super::source;

#[test]
fn every_source_file_says_first_what_it_is() {
    let mut wrong = Vec::new();
    for folder in ["src", "tests"] {
        for path in source::list(folder, "rs") {
            let text = std::fs::read_to_string(source::root().join(&path)).unwrap();
            if !text.starts_with("//! ") {
                wrong.push(format!("{path}:1: it begins with //! and what it is"));
            }
        }
    }
    super::nothing_is_wrong(&wrong);
}

#[test]
fn no_file_is_named_like_a_drawer() {
    const DRAWERS: [&str; 9] = [
        "utils", "util", "helpers", "helper", "common", "misc", "types", "manager", "service",
    ];
    let wrong: Vec<String> = source::list("src", "rs")
        .into_iter()
        .filter(|path| path.split(['/', '.']).any(|part| DRAWERS.contains(&part)))
        .map(|path| format!("{path}: a name that could hold anything"))
        .collect();
    super::nothing_is_wrong(&wrong);
}

#[test]
fn queries_that_see_more_than_one_tenant_are_where_they_can_be_counted() {
    // what such a file is called, and what calls itself so: nothing else says AcrossTenants in a room
    let mut wrong = Vec::new();
    for source in source::all() {
        let room = source.room().unwrap_or_default();
        let floor = super::rooms::find(&room).map_or(0, |room| room.floor);
        if floor != 2 || source.is_a_test() {
            continue;
        }
        for token in &source.tokens {
            if token.text == "write_blocking"
                || token.text == "read_blocking"
                || token.text == "AcrossTenants"
            {
                wrong.push(format!(
                    "{}:{}: rooms do not begin transactions",
                    source.path, token.line
                ));
            }
        }
    }
    super::nothing_is_wrong(&wrong);
}

//! The map at the top of `src/lib.rs`: a true picture of the tree.

use std::collections::BTreeSet;

use super::source::{self, Source};

#[test]
fn the_map_shows_every_room_and_no_other() {
    let lib = Source::read("src/lib.rs");
    let drawn: BTreeSet<&str> = lib
        .text
        .lines()
        .filter_map(|line| {
            line.strip_prefix("//! ├── ")
                .or_else(|| line.strip_prefix("//! └── "))
        })
        .filter_map(|line| line.split_whitespace().next())
        .map(|name| name.trim_end_matches('/').trim_end_matches(".rs"))
        .collect();
    let there: BTreeSet<String> = std::fs::read_dir(source::root().join("src"))
        .unwrap()
        .map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned())
        .map(|name| name.trim_end_matches(".rs").to_owned())
        .collect();
    let mut wrong = Vec::new();
    for name in &there {
        if !drawn.contains(name.as_str()) {
            wrong.push(format!("src/lib.rs: {name} is not on the map"));
        }
    }
    for name in drawn {
        if !there.contains(name) {
            wrong.push(format!(
                "src/lib.rs: the map shows {name}, which is not there"
            ));
        }
    }
    super::nothing_is_wrong(&wrong);
}

#[test]
fn the_modules_are_listed_from_the_ground_up() {
    let lib = Source::read("src/lib.rs");
    let listed: Vec<&str> = lib
        .text
        .lines()
        .filter_map(|line| line.strip_prefix("pub mod "))
        .map(|name| name.trim_end_matches(';'))
        .collect();
    let floors: Vec<u8> = listed
        .iter()
        .map(|name| {
            super::rooms::find(name)
                .unwrap_or_else(|| panic!("{name} is no room"))
                .floor
        })
        .map(|floor| if (5..9).contains(&floor) { 5 } else { floor })
        .collect();
    assert!(floors.is_sorted(), "{listed:?}: {floors:?}");
}

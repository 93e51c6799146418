//! The table of the laws names tests that exist.

use std::fs;

use super::nothing_is_wrong;
use super::source::root;

#[test]
fn every_test_that_the_laws_name_exists() {
    let laws = fs::read_to_string(root().join("src/manual/laws.md")).unwrap();
    let mut named = 0;
    let mut wrong = Vec::new();
    for (file, name) in laws
        .lines()
        .filter(|line| line.starts_with("| INV-") || line.starts_with("| outcomes"))
        .flat_map(|line| line.split('`'))
        .filter_map(|text| text.split_once(": "))
        .filter(|(file, _)| {
            std::path::Path::new(file)
                .extension()
                .is_some_and(|ending| ending == "rs")
        })
    {
        named += 1;
        let text = fs::read_to_string(root().join(file)).unwrap_or_default();
        if !text.contains(&format!("fn {name}(")) {
            wrong.push(format!("{file} has no test {name}"));
        }
    }
    assert!(named > 30, "only {named} tests are named");
    nothing_is_wrong(&wrong);
}

/// Each of the six rules that matter is broken by a patch in `tests/mutants`; a patch that no longer fits shows nothing.
#[test]
fn every_mutant_still_fits_the_source() {
    let mut wrong = Vec::new();
    let mut mutants = 0;
    for entry in fs::read_dir(root().join("tests/mutants")).unwrap() {
        let path = entry.unwrap().path();
        let text = fs::read_to_string(&path).unwrap();
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        let mut lines = text.lines();
        let file = lines
            .next()
            .and_then(|line| line.strip_prefix("file: "))
            .unwrap();
        let (_, rest) = text.split_once("---- find\n").unwrap();
        let (find, _) = rest.split_once("---- replace\n").unwrap();
        let source = fs::read_to_string(root().join(file)).unwrap_or_default();
        if source.matches(find.trim_end_matches('\n')).count() != 1 {
            wrong.push(format!("{name} does not fit {file} in one place"));
        }
        mutants += 1;
    }
    assert_eq!(mutants, 6);
    nothing_is_wrong(&wrong);
}

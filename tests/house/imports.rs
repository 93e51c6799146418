//! Who names whom: every `crate::…` and `super::…` of the source against the table.

use super::rooms;
use super::source::{self, Source, Token};

/// A path that was named, from the root of the crate.
#[derive(Debug, PartialEq, Eq)]
struct Named {
    line: usize,
    path: Vec<String>,
    in_a_test: bool,
}

#[test]
fn every_room_knows_only_those_that_it_may_know() {
    super::nothing_is_wrong(&wrong_imports(&source::all()));
}

#[test]
fn a_wrong_import_is_named_with_file_and_line() {
    let wrong = |path: &str, text: &str| wrong_imports(&[Source::parse(path, text.to_owned())]);
    assert_eq!(
        wrong(
            "src/ledger/x.rs",
            "use crate::basics::Fen;\nuse crate::{db, payouts::Payout};"
        ),
        ["src/ledger/x.rs:2: ledger may not know payouts::Payout"]
    );
    assert_eq!(
        wrong(
            "src/web/admin/x.rs",
            "fn f() { super::super::super::wire::x(); }"
        ),
        ["src/web/admin/x.rs:1: web may not know wire::x"]
    );
    assert_eq!(
        wrong("src/drawer/mod.rs", ""),
        ["src/drawer/mod.rs:1: drawer is no room of the table in tests/house/rooms.rs"]
    );
    // tests of a room stand on the rooms of its floor, and on none above
    assert!(wrong("src/people/tests.rs", "use crate::tenants;").is_empty());
    assert_eq!(wrong("src/people/tests.rs", "use crate::engine;").len(), 1);
}

fn wrong_imports(sources: &[Source]) -> Vec<String> {
    let mut wrong = Vec::new();
    for source in sources {
        let Some(name) = source.room() else { continue };
        let Some(room) = rooms::find(&name) else {
            wrong.push(format!(
                "{}:1: {name} is no room of the table in tests/house/rooms.rs",
                source.path
            ));
            continue;
        };
        for named in paths(source) {
            let may = if named.in_a_test {
                room.test_may_name(&named.path)
            } else {
                room.may_name(&named.path)
            };
            if !may {
                wrong.push(format!(
                    "{}:{}: {name} may not know {}",
                    source.path,
                    named.line,
                    named.path.join("::")
                ));
            }
        }
    }
    wrong
}

#[test]
fn the_executable_knows_the_command_line_and_nothing_else() {
    let main = Source::read("src/main.rs");
    let words: Vec<&str> = main
        .tokens
        .iter()
        .map(|token| token.text.as_str())
        .collect();
    let named: Vec<&str> = words
        .windows(4)
        .filter(|four| four[0] == "zhanfu" && four[1] == ":")
        .map(|four| four[3])
        .collect();
    assert_eq!(named, ["commands"]);
    let wrong: Vec<String> = source::all()
        .iter()
        .filter(|source| source.path != "src/main.rs")
        .flat_map(|source| {
            let named = |two: &&[Token]| two[0].text == "zhanfu" && two[1].text == ":";
            let lines = source.tokens.windows(2).filter(named);
            lines
                .map(|two| format!("{}:{}: say crate, not zhanfu", source.path, two[0].line))
                .collect::<Vec<_>>()
        })
        .collect();
    super::nothing_is_wrong(&wrong);
}

/// All paths that begin with `crate` or `super`.
fn paths(source: &Source) -> Vec<Named> {
    let mut reader = Reader {
        tokens: &source.tokens,
        at: 0,
        file: source.module(),
        inline: Vec::new(),
        depth: 0,
        test_file: source.is_a_test(),
        found: Vec::new(),
    };
    reader.run();
    reader.found
}

struct Reader<'s> {
    tokens: &'s [Token],
    at: usize,
    file: Vec<String>,
    /// Modules written inside of the file, with the depth of their braces.
    inline: Vec<(String, usize)>,
    depth: usize,
    test_file: bool,
    found: Vec<Named>,
}

impl Reader<'_> {
    fn word(&self, ahead: usize) -> &str {
        self.tokens
            .get(self.at + ahead)
            .map_or("", |token| token.text.as_str())
    }

    fn line(&self) -> usize {
        self.tokens.get(self.at).map_or(0, |token| token.line)
    }

    fn is_colons(&self, ahead: usize) -> bool {
        self.word(ahead) == ":" && self.word(ahead + 1) == ":"
    }

    fn module(&self) -> Vec<String> {
        let inline = self.inline.iter().map(|(name, _)| name.clone());
        self.file.iter().cloned().chain(inline).collect()
    }

    fn run(&mut self) {
        while self.at < self.tokens.len() {
            match self.word(0) {
                "{" => {
                    self.depth += 1;
                    self.at += 1;
                }
                "}" => {
                    self.depth -= 1;
                    let closed = |(_, depth): &(String, usize)| *depth > self.depth;
                    if self.inline.last().is_some_and(closed) {
                        self.inline.pop();
                    }
                    self.at += 1;
                }
                "mod" if self.word(2) == "{" => {
                    self.inline.push((self.word(1).to_owned(), self.depth + 1));
                    self.at += 2;
                }
                "crate" if self.is_colons(1) => {
                    self.at += 3;
                    self.tree(Vec::new());
                }
                "super" if self.is_colons(1) => {
                    let mut base = self.module();
                    while self.word(0) == "super" && self.is_colons(1) {
                        base.pop();
                        self.at += 3;
                    }
                    self.tree(base);
                }
                _ => self.at += 1,
            }
        }
    }

    /// One path, or a group of them, below `base`.
    fn tree(&mut self, mut base: Vec<String>) {
        loop {
            if self.word(0) == "{" {
                self.at += 1;
                while self.word(0) != "}" && self.at < self.tokens.len() {
                    if self.word(0) == "," {
                        self.at += 1;
                    } else {
                        self.tree(base.clone());
                    }
                }
                self.at += 1;
                return;
            }
            let line = self.line();
            if self.word(0) != "self" {
                base.push(self.word(0).to_owned());
            }
            self.at += 1;
            if self.is_colons(0) && (self.word(2) != "<") {
                self.at += 2;
                continue;
            }
            if self.word(0) == "as" {
                self.at += 2;
            }
            let in_a_test = self.test_file || self.inline.iter().any(|(name, _)| name == "tests");
            self.found.push(Named {
                line,
                path: base,
                in_a_test,
            });
            return;
        }
    }
}

#[test]
fn groups_and_parents_are_followed() {
    let text = "use crate::{a, b::{self, c as d}};\nuse super::super::e;\nmod tests { use super::f; fn g() { crate::h::i(); } }\n\
                fn j() { super::k::l(); }";
    let source = Source::parse("src/x/y/z.rs", text.to_owned());
    let found: Vec<(usize, String, bool)> = paths(&source)
        .iter()
        .map(|named| (named.line, named.path.join("::"), named.in_a_test))
        .collect();
    let expected = [
        (1, "a", false),
        (1, "b", false),
        (1, "b::c", false),
        (2, "x::e", false),
        (3, "x::y::z::f", true),
        (3, "h::i", true),
        (4, "x::y::k::l", false),
    ];
    assert_eq!(
        found,
        expected.map(|(line, path, test)| (line, path.to_owned(), test))
    );
}

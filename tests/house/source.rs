//! The source text, taken apart: code without comments and strings, and the strings for themselves.

use std::fs;
use std::path::{Path, PathBuf};

/// A file of the house.
pub(crate) struct Source {
    /// Its path from the root of the repository, with `/`.
    pub(crate) path: String,
    pub(crate) text: String,
    pub(crate) tokens: Vec<Token>,
    /// Every string literal with the line on which it begins; line continuations are blanks.
    pub(crate) strings: Vec<(usize, String)>,
}

/// A word or a sign of the code.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Token {
    pub(crate) line: usize,
    pub(crate) text: String,
}

impl Source {
    /// Reads a file.
    pub(crate) fn read(path: &str) -> Self {
        let text = fs::read_to_string(root().join(path)).unwrap();
        Self::parse(path, text)
    }

    /// Takes a text apart.
    pub(crate) fn parse(path: &str, text: String) -> Self {
        let mut lexer = Lexer {
            chars: text.chars().collect(),
            at: 0,
            line: 1,
            tokens: Vec::new(),
            strings: Vec::new(),
        };
        lexer.run();
        let Lexer {
            tokens, strings, ..
        } = lexer;
        Self {
            path: path.to_owned(),
            text,
            tokens,
            strings,
        }
    }

    /// The modules in which its items are, from the root of the crate: `src/engine/judge.rs` is `engine::judge`.
    pub(crate) fn module(&self) -> Vec<String> {
        let inside = self.path.trim_start_matches("src/").trim_end_matches(".rs");
        let mut parts: Vec<String> = inside.split('/').map(str::to_owned).collect();
        if matches!(
            parts.last().map(String::as_str),
            Some("mod" | "lib" | "main")
        ) {
            parts.pop();
        }
        parts
    }

    /// Its room; none for `lib.rs` and `main.rs`.
    pub(crate) fn room(&self) -> Option<String> {
        self.module().into_iter().next()
    }

    /// Whether it holds unit tests only.
    pub(crate) fn is_a_test(&self) -> bool {
        let parts: Vec<&str> = self.path.split('/').collect();
        parts.contains(&"tests")
            || self.path.ends_with("/tests.rs")
            || self.path == "src/db/scratch.rs"
    }
}

/// Every Rust file below `src`.
pub(crate) fn all() -> Vec<Source> {
    list("src", "rs")
        .iter()
        .map(|path| Source::read(path))
        .collect()
}

/// Every file below a folder with this ending, sorted.
pub(crate) fn list(folder: &str, ending: &str) -> Vec<String> {
    let mut found = Vec::new();
    let mut open = vec![root().join(folder)];
    while let Some(folder) = open.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                open.push(path);
            } else if path.extension().is_some_and(|it| it == ending) {
                found.push(shown(&path));
            }
        }
    }
    found.sort();
    found
}

/// The root of the repository.
pub(crate) fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn shown(path: &Path) -> String {
    let inside = path.strip_prefix(root()).unwrap();
    inside.to_string_lossy().replace('\\', "/")
}

struct Lexer {
    chars: Vec<char>,
    at: usize,
    line: usize,
    tokens: Vec<Token>,
    strings: Vec<(usize, String)>,
}

impl Lexer {
    fn peek(&self, ahead: usize) -> char {
        self.chars.get(self.at + ahead).copied().unwrap_or('\0')
    }

    fn next(&mut self) -> char {
        let char = self.peek(0);
        self.at += 1;
        if char == '\n' {
            self.line += 1;
        }
        char
    }

    fn run(&mut self) {
        while self.at < self.chars.len() {
            match (self.peek(0), self.peek(1)) {
                ('/', '/') => {
                    while self.at < self.chars.len() && self.peek(0) != '\n' {
                        self.next();
                    }
                }
                ('/', '*') => self.block_comment(),
                ('"', _) => self.string(),
                ('r', '"' | '#') if self.raw_string() => {}
                ('b', '"' | '\'') => {
                    self.next();
                }
                ('\'', _) => self.char_or_lifetime(),
                (first, _) if first.is_alphanumeric() || first == '_' => self.word(),
                (first, _) if first.is_whitespace() => {
                    self.next();
                }
                _ => {
                    let line = self.line;
                    let text = self.next().to_string();
                    self.tokens.push(Token { line, text });
                }
            }
        }
    }

    fn block_comment(&mut self) {
        let mut depth = 0;
        loop {
            match (self.peek(0), self.peek(1)) {
                ('/', '*') => {
                    depth += 1;
                    self.next();
                }
                ('*', '/') => {
                    depth -= 1;
                    self.next();
                }
                ('\0', _) => return,
                _ => {}
            }
            self.next();
            if depth == 0 {
                return;
            }
        }
    }

    fn word(&mut self) {
        let line = self.line;
        let mut text = String::new();
        while self.peek(0).is_alphanumeric() || self.peek(0) == '_' {
            text.push(self.next());
        }
        self.tokens.push(Token { line, text });
    }

    fn string(&mut self) {
        let line = self.line;
        self.next();
        let mut text = String::new();
        loop {
            match self.next() {
                '"' | '\0' => break,
                '\\' => {
                    if self.next() == '\n' {
                        while self.peek(0).is_whitespace() {
                            self.next();
                        }
                    }
                }
                char => text.push(char),
            }
        }
        self.strings.push((line, text));
    }

    /// False when it is no raw string but a word, like `r#type`.
    fn raw_string(&mut self) -> bool {
        let mut hashes = 0;
        while self.peek(1 + hashes) == '#' {
            hashes += 1;
        }
        if self.peek(1 + hashes) != '"' {
            self.word();
            return true;
        }
        let line = self.line;
        for _ in 0..hashes + 2 {
            self.next();
        }
        let mut text = String::new();
        loop {
            let char = self.next();
            let ends = char == '"' && (0..hashes).all(|number| self.peek(number) == '#');
            if ends || char == '\0' {
                break;
            }
            text.push(char);
        }
        for _ in 0..hashes {
            self.next();
        }
        self.strings.push((line, text));
        true
    }

    fn char_or_lifetime(&mut self) {
        self.next();
        if self.peek(0) == '\\' {
            self.next();
            self.next();
            while self.peek(0) != '\'' && self.peek(0) != '\0' {
                self.next();
            }
            self.next();
        } else if self.peek(1) == '\'' {
            self.next();
            self.next();
        } else {
            // a lifetime: its name is a word that nobody looks for
            while self.peek(0).is_alphanumeric() || self.peek(0) == '_' {
                self.next();
            }
        }
    }
}

#[test]
fn comments_and_strings_are_no_code() {
    let text = "// crate::a\n/* /* crate::b */ */ let x = 'y'; let q = '\\''; fn f<'a>() { \"crate::c \\\n   d\"; r#\"e\"f\"#; }";
    let source = Source::parse("src/x/y.rs", text.to_owned());
    assert!(source.tokens.iter().all(|token| token.text != "crate"));
    assert_eq!(
        source.strings,
        [(2, "crate::c d".to_owned()), (3, "e\"f".to_owned())]
    );
    assert_eq!(source.module(), ["x", "y"]);
}

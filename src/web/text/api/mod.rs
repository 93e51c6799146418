//! The words of the API's documentation, Chinese first and English second.
//!
//! `fields` and `operations` name what the code has; a test sees to it that nothing of the code is without words and no word
//! without its thing. `prose` and `webhooks` are the chapters around them. Between backticks stands what a developer types.

mod fields;
mod operations;
mod prose;
mod webhooks;

use super::Tongue;

pub(in crate::web) use fields::FIELDS;
pub(in crate::web) use operations::OPERATIONS;
pub(in crate::web) use prose::{FRAME, chapters};

/// A sentence in both languages.
#[derive(Clone, Copy, Debug)]
pub(in crate::web) struct Both {
    /// Simplified Chinese.
    pub(in crate::web) zh: &'static str,
    /// English.
    pub(in crate::web) en: &'static str,
}

impl Both {
    /// The sentence in one language.
    pub(in crate::web) const fn of(self, tongue: Tongue) -> &'static str {
        match tongue {
            Tongue::Chinese => self.zh,
            Tongue::English => self.en,
        }
    }
}

const fn both(zh: &'static str, en: &'static str) -> Both {
    Both { zh, en }
}

/// A chapter of the documentation.
pub(in crate::web) struct Chapter {
    /// Its anchor.
    pub(in crate::web) id: &'static str,
    /// Its title.
    pub(in crate::web) title: Both,
    /// What it says.
    pub(in crate::web) blocks: &'static [Block],
}

/// A piece of a chapter.
pub(in crate::web) enum Block {
    /// A paragraph.
    Text(Both),
    /// Points.
    Points(&'static [Both]),
    /// Rows of two columns: what is typed, and what it means.
    Rows(&'static [(&'static str, Both)]),
    /// What is typed or received, as it is.
    Sample(&'static str),
}

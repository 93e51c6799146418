//! The XML of `wechatpay-reference.md` §1.1: one root `xml`, one flat level of elements, UTF-8.
//!
//! The reader takes nothing else. An answer with a DOCTYPE, a second root, a repeated element, an attribute or
//! another encoding is not one of WeChat Pay's, and a refused answer is only a doubt, while a misread one can
//! be money. New elements are welcome (§1.1: they can be added any day).

mod read;
mod write;

use std::collections::BTreeMap;
use std::fmt;

pub use read::{XmlFault, read};
pub use write::{NotXmlText, write};

/// The largest document that is read.
pub const DOCUMENT_MOST_BYTES: usize = 64 * 1024;
/// The most elements below the root; WeChat Pay's answers have under twenty.
pub const ELEMENTS_MOST: usize = 100;
/// The longest value of one element.
pub const VALUE_MOST_BYTES: usize = 8 * 1024;
/// The longest name of an element.
pub const NAME_MOST_BYTES: usize = 64;

/// The values of one document by their names, unescaped.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Fields(BTreeMap<String, String>);

impl Fields {
    /// A value, empty ones included.
    pub fn get(&self, name: &str) -> Option<&str> {
        self.0.get(name).map(String::as_str)
    }

    /// A value that says something. WeChat Pay writes an empty element where it has nothing to say.
    pub fn filled(&self, name: &str) -> Option<&str> {
        self.get(name).filter(|value| !value.is_empty())
    }

    /// All of them, in the byte order of their names.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0
            .iter()
            .map(|(name, value)| (name.as_str(), value.as_str()))
    }
}

impl fmt::Debug for Fields {
    /// Names only: values name people.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_set().entries(self.0.keys()).finish()
    }
}

/// What a document of XML 1.0 may contain at all.
fn is_xml_char(c: char) -> bool {
    matches!(c, '\t' | '\n' | '\r' | '\u{20}'..='\u{D7FF}' | '\u{E000}'..='\u{FFFD}' | '\u{10000}'..)
}

#[cfg(test)]
mod tests;

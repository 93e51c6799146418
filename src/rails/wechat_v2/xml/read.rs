//! The reader: quick-xml's events behind a narrow gate.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

use quick_xml::events::{BytesDecl, BytesRef, BytesStart, Event};
use quick_xml::reader::Reader;

use super::{
    DOCUMENT_MOST_BYTES, ELEMENTS_MOST, Fields, NAME_MOST_BYTES, VALUE_MOST_BYTES, is_xml_char,
};

/// Why a document is not read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum XmlFault {
    /// Longer than [`DOCUMENT_MOST_BYTES`].
    #[error("longer than 64 KiB")]
    TooLong,
    /// Not UTF-8, or declared to be something else.
    #[error("not UTF-8")]
    Encoding,
    /// A character that XML 1.0 does not allow, a NUL for example.
    #[error("a character that XML does not allow")]
    Character,
    /// Not well formed.
    #[error("not well formed")]
    Malformed,
    /// A DOCTYPE, a processing instruction, a comment, an attribute, a name space or an entity of somebody's
    /// own.
    #[error("a part of XML that this protocol does not use")]
    Foreign,
    /// The root is not `xml`.
    #[error("the root is not xml")]
    Root,
    /// Elements within elements, or text between them.
    #[error("not one flat level of elements")]
    NotFlat,
    /// The same element twice.
    #[error("an element is repeated")]
    Repeated,
    /// More than [`ELEMENTS_MOST`] elements, or a name or value that is too long.
    #[error("too many or too long elements")]
    TooMuch,
    /// Something follows the root.
    #[error("something follows the root")]
    Trailing,
}

/// Reads one document.
pub fn read(bytes: &[u8]) -> Result<Fields, XmlFault> {
    if bytes.len() > DOCUMENT_MOST_BYTES {
        return Err(XmlFault::TooLong);
    }
    let text = std::str::from_utf8(bytes).map_err(|_| XmlFault::Encoding)?;
    let text = text.strip_prefix('\u{FEFF}').unwrap_or(text);
    if !text.chars().all(is_xml_char) {
        return Err(XmlFault::Character);
    }
    let mut reader = Reader::from_str(text);
    let mut walk = Walk::default();
    loop {
        let at_start = reader.buffer_position() == 0;
        match reader.read_event().map_err(|_| XmlFault::Malformed)? {
            Event::Decl(declaration) if at_start => check_declaration(&declaration)?,
            Event::Start(start) => walk.open(&start)?,
            Event::Empty(start) => {
                walk.open(&start)?;
                walk.close()?;
            }
            Event::End(_) => walk.close()?,
            Event::Text(text) => walk.text(&text.xml10_content())?,
            Event::CData(data) => walk.value(&data.xml10_content())?,
            Event::GeneralRef(reference) => {
                let c = resolve(&reference)?;
                walk.value(c.encode_utf8(&mut [0; 4]))?;
            }
            Event::Eof => return walk.end(),
            Event::Decl(_) | Event::Comment(_) | Event::PI(_) | Event::DocType(_) => {
                return Err(XmlFault::Foreign);
            }
        }
    }
}

/// Where the reader is.
#[derive(Default)]
enum Place {
    #[default]
    BeforeRoot,
    InRoot,
    InElement {
        name: String,
        value: String,
    },
    AfterRoot,
}

#[derive(Default)]
struct Walk {
    place: Place,
    fields: BTreeMap<String, String>,
}

impl Walk {
    fn open(&mut self, start: &BytesStart<'_>) -> Result<(), XmlFault> {
        let tag = start.name();
        let name: &str = tag.as_ref();
        if !start.attributes_raw().trim().is_empty() {
            return Err(XmlFault::Foreign);
        }
        match self.place {
            Place::BeforeRoot if name == "xml" => self.place = Place::InRoot,
            Place::BeforeRoot => return Err(XmlFault::Root),
            Place::InRoot => {
                check_name(name)?;
                if self.fields.len() >= ELEMENTS_MOST {
                    return Err(XmlFault::TooMuch);
                }
                self.place = Place::InElement {
                    name: name.to_owned(),
                    value: String::new(),
                };
            }
            Place::InElement { .. } => return Err(XmlFault::NotFlat),
            Place::AfterRoot => return Err(XmlFault::Trailing),
        }
        Ok(())
    }

    fn close(&mut self) -> Result<(), XmlFault> {
        match std::mem::replace(&mut self.place, Place::InRoot) {
            Place::InElement { name, value } => match self.fields.entry(name) {
                Entry::Vacant(free) => {
                    free.insert(value);
                }
                Entry::Occupied(_) => return Err(XmlFault::Repeated),
            },
            Place::InRoot => self.place = Place::AfterRoot,
            Place::BeforeRoot | Place::AfterRoot => return Err(XmlFault::Malformed),
        }
        Ok(())
    }

    /// Plain text: white space between elements is layout.
    fn text(&mut self, text: &str) -> Result<(), XmlFault> {
        let layout = text.chars().all(|c| matches!(c, ' ' | '\t' | '\r' | '\n'));
        match self.place {
            Place::InElement { .. } => self.value(text),
            Place::BeforeRoot | Place::InRoot | Place::AfterRoot if layout => Ok(()),
            Place::BeforeRoot => Err(XmlFault::Root),
            Place::InRoot => Err(XmlFault::NotFlat),
            Place::AfterRoot => Err(XmlFault::Trailing),
        }
    }

    /// Text that belongs to a value, however it was written.
    fn value(&mut self, text: &str) -> Result<(), XmlFault> {
        match &mut self.place {
            Place::InElement { value, .. } => {
                if value.len().saturating_add(text.len()) > VALUE_MOST_BYTES {
                    return Err(XmlFault::TooMuch);
                }
                value.push_str(text);
                Ok(())
            }
            Place::BeforeRoot => Err(XmlFault::Root),
            Place::InRoot => Err(XmlFault::NotFlat),
            Place::AfterRoot => Err(XmlFault::Trailing),
        }
    }

    fn end(self) -> Result<Fields, XmlFault> {
        match self.place {
            Place::AfterRoot => Ok(Fields(self.fields)),
            Place::BeforeRoot => Err(XmlFault::Root),
            Place::InRoot | Place::InElement { .. } => Err(XmlFault::Malformed),
        }
    }
}

/// `encoding` is the trap: bytes that are valid UTF-8 by accident and were meant as something else.
fn check_declaration(declaration: &BytesDecl<'_>) -> Result<(), XmlFault> {
    declaration.version().map_err(|_| XmlFault::Malformed)?;
    match declaration.encoding() {
        None => Ok(()),
        Some(Ok(name)) if name.eq_ignore_ascii_case("utf-8") => Ok(()),
        Some(_) => Err(XmlFault::Encoding),
    }
}

fn check_name(name: &str) -> Result<(), XmlFault> {
    if name.len() > NAME_MOST_BYTES {
        return Err(XmlFault::TooMuch);
    }
    let plain = name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_')
        && name.bytes().next().is_some_and(|b| !b.is_ascii_digit());
    // A colon would be a name space; everything else here no name that this protocol uses.
    if plain {
        Ok(())
    } else {
        Err(XmlFault::Foreign)
    }
}

/// The five entities that XML itself defines, and characters by number. There are no others without a DOCTYPE.
fn resolve(reference: &BytesRef<'_>) -> Result<char, XmlFault> {
    if let Some(c) = reference
        .resolve_char_ref()
        .map_err(|_| XmlFault::Malformed)?
    {
        return if is_xml_char(c) {
            Ok(c)
        } else {
            Err(XmlFault::Character)
        };
    }
    match reference.as_ref() {
        "lt" => Ok('<'),
        "gt" => Ok('>'),
        "amp" => Ok('&'),
        "apos" => Ok('\''),
        "quot" => Ok('"'),
        _ => Err(XmlFault::Foreign),
    }
}

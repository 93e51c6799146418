//! Reading a request body: one flat level under `<xml>`, strictly (reference §1.1).

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};
use thiserror::Error;

/// More elements than any v2 request has; a longer list is an attack, not an order.
const MAX_ELEMENTS: usize = 64;

/// Why a body is not a request.
#[derive(Debug, Error, PartialEq, Eq)]
pub(super) enum XmlFault {
    /// The parser gave up.
    #[error("the body is not well-formed XML")]
    NotWellFormed,
    /// A document type, a processing instruction or a comment.
    #[error("a document type, a comment or a processing instruction has no place in a request")]
    Forbidden,
    /// The root element has another name.
    #[error("the root element is not <xml>")]
    WrongRoot,
    /// An element inside a value.
    #[error("elements may not be nested")]
    Nested,
    /// An element with attributes.
    #[error("elements may not have attributes")]
    Attribute,
    /// Text beside the elements.
    #[error("there is text outside the elements")]
    StrayText,
    /// The same element twice.
    #[error("the element <{0}> occurs twice")]
    Duplicate(String),
    /// An entity other than the five predefined ones, or a forbidden character.
    #[error("an entity or a character is not allowed")]
    Character,
    /// Too many elements.
    #[error("more than {MAX_ELEMENTS} elements")]
    TooMany,
}

/// Where the reader stands.
enum Place {
    Before,
    Root,
    Value(String, String),
    After,
}

/// Reads the elements in the order of the body.
pub(super) fn read(body: &str) -> Result<Vec<(String, String)>, XmlFault> {
    let mut reader = Reader::from_str(body);
    let mut place = Place::Before;
    let mut elements: Vec<(String, String)> = Vec::with_capacity(16);
    loop {
        let event = reader.read_event().map_err(|_| XmlFault::NotWellFormed)?;
        place = match (event, place) {
            (Event::Eof, Place::After) => return Ok(elements),
            (Event::Start(start), Place::Before) => root(&start)?,
            (Event::Start(start), Place::Root) => {
                Place::Value(element(&start, &elements)?, String::new())
            }
            (Event::Empty(start), Place::Root) => {
                elements.push((element(&start, &elements)?, String::new()));
                Place::Root
            }
            (Event::End(_), Place::Value(name, value)) => {
                elements.push((name, value));
                Place::Root
            }
            (Event::End(_), Place::Root) => Place::After,
            (Event::Text(text), place) => put(place, &text.xml10_content())?,
            (Event::CData(text), Place::Value(name, value)) => {
                put(Place::Value(name, value), &text.xml10_content())?
            }
            (Event::GeneralRef(entity), Place::Value(name, mut value)) => {
                value.push(character(&entity)?);
                Place::Value(name, value)
            }
            (Event::Decl(_), Place::Before) => Place::Before,
            (Event::Start(_) | Event::Empty(_), Place::Value(..)) => return Err(XmlFault::Nested),
            (Event::Empty(start), Place::Before) => {
                root(&start)?;
                Place::After
            }
            (Event::DocType(_) | Event::Comment(_) | Event::PI(_), _) => {
                return Err(XmlFault::Forbidden);
            }
            (
                Event::Start(_)
                | Event::Empty(_)
                | Event::End(_)
                | Event::CData(_)
                | Event::GeneralRef(_)
                | Event::Decl(_)
                | Event::Eof,
                _,
            ) => return Err(XmlFault::NotWellFormed),
        };
    }
}

fn root(start: &BytesStart<'_>) -> Result<Place, XmlFault> {
    if !start.attributes_raw().trim().is_empty() {
        return Err(XmlFault::Attribute);
    }
    if start.name().as_ref() == "xml" {
        Ok(Place::Root)
    } else {
        Err(XmlFault::WrongRoot)
    }
}

fn element(start: &BytesStart<'_>, so_far: &[(String, String)]) -> Result<String, XmlFault> {
    if !start.attributes_raw().trim().is_empty() {
        return Err(XmlFault::Attribute);
    }
    if so_far.len() >= MAX_ELEMENTS {
        return Err(XmlFault::TooMany);
    }
    let name = start.name().as_ref().to_owned();
    if so_far.iter().any(|(known, _)| *known == name) {
        return Err(XmlFault::Duplicate(name));
    }
    Ok(name)
}

/// Text belongs into a value; between elements only white space may stand.
fn put(place: Place, text: &str) -> Result<Place, XmlFault> {
    if !text.chars().all(is_allowed) {
        return Err(XmlFault::Character);
    }
    match place {
        Place::Value(name, mut value) => {
            value.push_str(text);
            Ok(Place::Value(name, value))
        }
        Place::Before | Place::Root | Place::After => {
            if text.trim_matches([' ', '\t', '\r', '\n']).is_empty() {
                Ok(place)
            } else {
                Err(XmlFault::StrayText)
            }
        }
    }
}

fn character(entity: &quick_xml::events::BytesRef<'_>) -> Result<char, XmlFault> {
    let found = if entity.is_char_ref() {
        entity.resolve_char_ref().ok().flatten()
    } else {
        match &**entity {
            "amp" => Some('&'),
            "lt" => Some('<'),
            "gt" => Some('>'),
            "quot" => Some('"'),
            "apos" => Some('\''),
            _ => None,
        }
    };
    found.filter(|c| is_allowed(*c)).ok_or(XmlFault::Character)
}

/// The characters of XML 1.0.
fn is_allowed(c: char) -> bool {
    matches!(c, '\t' | '\n' | '\r' | ' '..='\u{fffd}' | '\u{10000}'..)
}

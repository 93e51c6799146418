//! What a file is, told by its first bytes and not by its name.

use std::borrow::Cow;
use std::fmt;

use encoding_rs::UTF_8;

use super::der::{Reader, tag};

/// What a file looks like that is no certificate package.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LooksLike {
    /// A page saved from a browser.
    WebPage,
    /// A picture.
    Image,
    /// A PDF document.
    Pdf,
    /// A program.
    Program,
    /// An archive that is not a ZIP.
    OtherArchive,
    /// An office document of the old kind.
    OfficeDocument,
    /// A key of SSH or PGP.
    ForeignKey,
    /// Text without a certificate in it.
    Text,
    /// Anything else.
    Unknown,
}

impl fmt::Display for LooksLike {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::WebPage => "a web page",
            Self::Image => "an image",
            Self::Pdf => "a PDF document",
            Self::Program => "a program",
            Self::OtherArchive => "an archive of another kind than ZIP",
            Self::OfficeDocument => "an office document",
            Self::ForeignKey => "an SSH or PGP key",
            Self::Text => "a text",
            Self::Unknown => "something else",
        })
    }
}

/// What a file is.
pub(super) enum Format<'a> {
    Empty,
    Zip,
    /// A p12, or a certificate or key without PEM around it.
    Der,
    /// A text with at least one PEM block; decoded, because Windows editors save UTF-16.
    Pem(Cow<'a, str>),
    Foreign(LooksLike),
}

/// The beginnings of other formats. The office one is also an old installer's.
const BEGINNINGS: [(&[u8], LooksLike); 14] = [
    (b"\x89PNG", LooksLike::Image),
    (b"\xff\xd8\xff", LooksLike::Image),
    (b"GIF8", LooksLike::Image),
    (b"RIFF", LooksLike::Image),
    (b"%PDF", LooksLike::Pdf),
    (b"MZ", LooksLike::Program),
    (b"\x7fELF", LooksLike::Program),
    (b"\xcf\xfa\xed\xfe", LooksLike::Program),
    (b"Rar!", LooksLike::OtherArchive),
    (b"7z\xbc\xaf", LooksLike::OtherArchive),
    (b"\x1f\x8b", LooksLike::OtherArchive),
    (b"BZh", LooksLike::OtherArchive),
    (b"\xfd7zXZ", LooksLike::OtherArchive),
    (b"\xd0\xcf\x11\xe0", LooksLike::OfficeDocument),
];

/// Tells the format.
pub(super) fn format(bytes: &[u8]) -> Format<'_> {
    if bytes.iter().all(u8::is_ascii_whitespace) {
        return Format::Empty;
    }
    if is_zip(bytes) {
        return Format::Zip;
    }
    if let Some((_, kind)) = BEGINNINGS
        .iter()
        .find(|(beginning, _)| bytes.starts_with(beginning))
    {
        return Format::Foreign(*kind);
    }
    // SEQUENCE with a long or indefinite length, or one that is just as long as the file: no text is
    if matches!(bytes, [0x30, 0x80..=0x84, ..]) || is_short_sequence(bytes) {
        return Format::Der;
    }
    // honours a byte order mark; what cannot be decoded is replaced and does no harm to base64 lines
    let (text, _, broken) = UTF_8.decode(bytes);
    if text.contains("-----BEGIN ") {
        return Format::Pem(text);
    }
    Format::Foreign(foreign_text(&text, broken))
}

/// A ZIP begins with an entry, or, when it is empty, with its end.
pub(super) fn is_zip(bytes: &[u8]) -> bool {
    bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"PK\x05\x06")
}

fn is_short_sequence(bytes: &[u8]) -> bool {
    let mut reader = Reader::new(bytes);
    reader.take(tag::SEQUENCE).is_ok() && reader.is_at_end()
}

/// An archive of any kind.
pub(super) fn is_archive(bytes: &[u8]) -> bool {
    matches!(
        format(bytes),
        Format::Zip | Format::Foreign(LooksLike::OtherArchive)
    )
}

fn foreign_text(text: &str, broken: bool) -> LooksLike {
    let beginning: String = text
        .trim_start()
        .chars()
        .take(512)
        .collect::<String>()
        .to_ascii_lowercase();
    if beginning.contains("<svg") {
        LooksLike::Image
    } else if beginning.starts_with("<!doctype html")
        || beginning.contains("<html")
        || beginning.starts_with("<?xml")
    {
        LooksLike::WebPage
    } else if beginning.starts_with("ssh-") || beginning.starts_with("putty-user-key-file") {
        LooksLike::ForeignKey
    } else if broken || text.contains('\0') {
        LooksLike::Unknown
    } else {
        LooksLike::Text
    }
}

//! The files of one upload, with a ZIP's entries in the ZIP's place.

use zeroize::Zeroizing;

use super::sniff::{self, Format};
use super::{CertificateFault, UploadedFile, zip};

/// The tool's folder holds four files, and that is what a person selects.
const MAX_FILES: usize = 4;
/// A p12 with its chain has about 4 KiB, a PEM file less.
pub(super) const MAX_FILE: usize = 64 * 1024;
/// All files together, and all that a ZIP inflates to.
pub(super) const MAX_TOTAL: usize = 256 * 1024;
/// File names in faults are cut to this many characters.
const MAX_SHOWN: usize = 60;

/// What the file's name says that it should hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Place {
    Certificate,
    Key,
    Unsaid,
}

/// Where a thing was found.
#[derive(Clone, Debug)]
pub(super) struct Source {
    /// The name's last part, for display.
    pub(super) file: String,
    pub(super) place: Place,
}

/// One file, or one entry of a ZIP.
pub(super) struct Part {
    pub(super) source: Source,
    pub(super) bytes: Zeroizing<Vec<u8>>,
}

impl Part {
    pub(super) fn new(name: &str, bytes: Zeroizing<Vec<u8>>) -> Self {
        let lower = name.to_lowercase();
        let place = match (lower.contains("cert"), lower.contains("key")) {
            (true, false) => Place::Certificate,
            (false, true) => Place::Key,
            (true, true) | (false, false) => Place::Unsaid,
        };
        let file = shown(name);
        Self {
            source: Source { file, place },
            bytes,
        }
    }
}

/// Checks the sizes and opens what is a ZIP.
pub(super) fn unpack(files: &[UploadedFile<'_>]) -> Result<Vec<Part>, CertificateFault> {
    if files.len() > MAX_FILES {
        return Err(CertificateFault::TooManyFiles { count: files.len() });
    }
    let mut total = 0_usize;
    for file in files {
        total = total.saturating_add(file.bytes.len());
        if total > MAX_TOTAL {
            let name = if files.len() == 1 {
                file.name
            } else {
                "the upload"
            };
            return Err(too_large(name, MAX_TOTAL));
        }
    }
    let mut parts = Vec::new();
    let mut any = false;
    for file in files {
        match sniff::format(file.bytes) {
            Format::Zip => parts.extend(zip::open(file.name, file.bytes)?),
            Format::Der | Format::Pem(_) if file.bytes.len() > MAX_FILE => {
                return Err(too_large(file.name, MAX_FILE));
            }
            Format::Empty => {
                parts.push(whole(file));
                continue;
            }
            Format::Der | Format::Pem(_) | Format::Foreign(_) => parts.push(whole(file)),
        }
        any = true;
    }
    if any {
        Ok(parts)
    } else {
        Err(CertificateFault::NothingUploaded)
    }
}

fn whole(file: &UploadedFile<'_>) -> Part {
    let base = file.name.rsplit(['/', '\\']).next().unwrap_or(file.name);
    Part::new(base, Zeroizing::new(file.bytes.to_vec()))
}

fn too_large(file: &str, limit: usize) -> CertificateFault {
    CertificateFault::TooLarge {
        file: shown(file),
        limit_kib: limit / 1024,
    }
}

/// A text of the uploader's, fit to be shown and logged: the last part of a path, without control characters, cut.
pub(super) fn shown(name: &str) -> String {
    let base = name.rsplit(['/', '\\']).next().unwrap_or(name);
    let clean = clean(base, MAX_SHOWN);
    if clean.is_empty() {
        "the file".to_owned()
    } else {
        clean
    }
}

/// Without characters that steer a terminal or turn the direction of writing, and at most `limit` long.
pub(super) fn clean(text: &str, limit: usize) -> String {
    let steers = |c: char| {
        c.is_control()
            || matches!(c, '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}')
    };
    let mut visible = text
        .trim()
        .chars()
        .map(|c| if steers(c) { '\u{fffd}' } else { c });
    let mut out: String = visible.by_ref().take(limit).collect();
    if visible.next().is_some() {
        out.push('…');
    }
    out
}

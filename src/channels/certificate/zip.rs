//! The certificate tool's ZIP, opened in memory. This file is the only one that knows the `zip` crate.
//!
//! Nothing is ever written to a disk, so a path in an entry's name means nothing; only its last part is read.

use std::io::{Cursor, Read};

use ::zip::{CompressionMethod, ZipArchive};
use encoding_rs::{GBK, UTF_8};
use zeroize::Zeroizing;

use super::part::{MAX_FILE, MAX_TOTAL, Part, shown};
use super::sniff;
use super::{CertificateFault, Damage};

/// The tool writes four entries; packed again on a Mac they are about twelve.
const MAX_ENTRIES: usize = 16;
/// Certificates and keys in PEM deflate to about two thirds; 100 is far beyond anything honest.
const MAX_RATIO: usize = 100;
/// The endings of what we look for. A certificate saved as `apiclient_cert.pem.txt` is found as well.
const WANTED: [&str; 8] = ["p12", "pfx", "pem", "key", "crt", "cer", "der", "csr"];
const ARCHIVES: [&str; 8] = ["zip", "rar", "7z", "gz", "tgz", "tar", "bz2", "xz"];

/// The entries that may hold a certificate or a key.
pub(super) fn open(file: &str, bytes: &[u8]) -> Result<Vec<Part>, CertificateFault> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|_| unreadable(file))?;
    if archive.len() > MAX_ENTRIES {
        return Err(CertificateFault::TooManyEntries { limit: MAX_ENTRIES });
    }
    if archive.has_duplicate_names() {
        return Err(CertificateFault::DuplicateEntry { file: shown(file) });
    }
    let (mut parts, mut names) = (Vec::new(), Vec::new());
    let mut room = MAX_TOTAL;
    for index in 0..archive.len() {
        let entry = archive.by_index_data(index).map_err(|_| unreadable(file))?;
        let name = decoded(entry.name_raw());
        let base = base_name(&name).to_owned();
        let refused = |fault: fn(String) -> CertificateFault| Err(fault(shown(&base)));
        if entry.encrypted() {
            return refused(|file| CertificateFault::EncryptedZip { file });
        }
        if is_special(entry.unix_mode()) {
            return refused(|file| CertificateFault::SymlinkEntry { file });
        }
        if entry.is_dir() || is_mac_litter(&name, &base) {
            continue;
        }
        if has_ending(&base, &ARCHIVES) {
            return refused(|file| CertificateFault::NestedArchive { file });
        }
        if !has_ending(&base, &WANTED) {
            continue;
        }
        if !matches!(
            entry.compression(),
            CompressionMethod::Stored | CompressionMethod::Deflated
        ) {
            return refused(|file| CertificateFault::UnsupportedCompression { file });
        }
        // Windows and Macs take names that differ in case for the same
        let known = base.to_lowercase();
        if names.contains(&known) {
            return Err(CertificateFault::DuplicateEntry { file: shown(file) });
        }
        names.push(known);
        let content = inflate(&mut archive, index, &base, room)?;
        room = room.saturating_sub(content.len());
        if sniff::is_archive(&content) {
            return refused(|file| CertificateFault::NestedArchive { file });
        }
        parts.push(Part::new(&base, content));
    }
    Ok(parts)
}

/// Inflates one entry and believes no declared size: what counts are the bytes that come out.
fn inflate(
    archive: &mut ZipArchive<Cursor<&[u8]>>,
    index: usize,
    base: &str,
    room: usize,
) -> Result<Zeroizing<Vec<u8>>, CertificateFault> {
    let entry = archive.by_index(index).map_err(|_| unreadable(base))?;
    let packed = usize::try_from(entry.compressed_size()).unwrap_or(usize::MAX);
    let limit = MAX_FILE.min(room);
    // all the room at once: a vector that grows leaves copies of a key behind
    let mut content = Zeroizing::new(Vec::with_capacity(limit.saturating_add(1)));
    entry
        .take(u64::try_from(limit).unwrap_or(u64::MAX).saturating_add(1))
        .read_to_end(&mut content)
        .map_err(|_| CertificateFault::Damaged {
            file: shown(base),
            detail: Damage::NotInflatable,
        })?;
    if content.len() > limit || content.len() > packed.saturating_mul(MAX_RATIO) {
        return Err(CertificateFault::Bomb);
    }
    Ok(content)
}

/// Names are UTF-8, or what a Chinese Windows writes without saying so.
fn decoded(raw: &[u8]) -> String {
    let encoding = if std::str::from_utf8(raw).is_ok() {
        UTF_8
    } else {
        GBK
    };
    encoding.decode_without_bom_handling(raw).0.into_owned()
}

fn base_name(name: &str) -> &str {
    name.rsplit(['/', '\\']).next().unwrap_or(name)
}

/// What the Finder adds: a shadow of every file, and the look of the window.
fn is_mac_litter(name: &str, base: &str) -> bool {
    name.split('/').any(|part| part == "__MACOSX") || base.starts_with("._") || base == ".DS_Store"
}

fn has_ending(base: &str, endings: &[&str]) -> bool {
    let lower = base.to_lowercase();
    lower.split('.').skip(1).any(|part| endings.contains(&part))
}

/// A mode that says neither “file” nor “directory”, nor leaves it open.
fn is_special(mode: Option<u32>) -> bool {
    const KIND: u32 = 0o170_000;
    !matches!(mode.unwrap_or(0) & KIND, 0 | 0o100_000 | 0o040_000)
}

fn unreadable(file: &str) -> CertificateFault {
    CertificateFault::Damaged {
        file: shown(file),
        detail: Damage::NoTableOfContents,
    }
}

//! PEM: DER in base64 between two lines, with anything around it.
//!
//! The label is read only to tell an encrypted key; what a block holds is told by its content ([`super::der_kind`]).

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use zeroize::{Zeroize, Zeroizing};

use super::Damage;

/// A certificate, its chain and a key are six blocks at the most; two more are forgiven.
const MAX_BLOCKS: usize = 8;
/// The standard says 64 characters; some tools write 76, some one long line of attributes.
const MAX_LINE: usize = 1024;
/// OpenSSL writes a few lines of attributes around each block.
const MAX_AROUND: usize = 4 * 1024;

/// What stopped the reading.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum PemFault {
    /// The file is not what it should be; the words say where.
    Damaged(Damage),
}

/// One block.
pub(super) enum Block {
    /// Its bytes, which are DER in every block that we know.
    Der(Zeroizing<Vec<u8>>),
    /// A key of the old style, encrypted with a passphrase (`Proc-Type: 4,ENCRYPTED`).
    Encrypted,
    /// An SSH or PGP key: not DER at all.
    Foreign,
}

/// Reads every block of a text.
pub(super) fn read(text: &str) -> Result<Vec<Block>, PemFault> {
    let mut blocks = Vec::new();
    let mut open: Option<Open> = None;
    let mut around = 0_usize;
    // Mac OS of old ended lines with CR alone, so both end a line here; the empty lines between do no harm
    for line in text.split(['\n', '\r']) {
        if line.len() > MAX_LINE {
            return Err(PemFault::Damaged(Damage::LongLine));
        }
        let line = line.trim();
        match (
            label(line, "-----BEGIN "),
            label(line, "-----END "),
            &mut open,
        ) {
            (Some(_), _, Some(_)) => {
                return Err(PemFault::Damaged(Damage::BlockInBlock));
            }
            (Some(label), _, None) => open = Some(Open::new(label)),
            (None, Some(label), Some(block)) if block.label == label => {
                if blocks.len() >= MAX_BLOCKS {
                    return Err(PemFault::Damaged(Damage::TooManyBlocks));
                }
                blocks.push(block.close()?);
                open = None;
            }
            (None, Some(_), _) => {
                return Err(PemFault::Damaged(Damage::OtherEnd));
            }
            (None, None, Some(block)) => block.line(line),
            (None, None, None) => around = around.saturating_add(line.len()),
        }
    }
    if open.is_some() {
        return Err(PemFault::Damaged(Damage::NoEnd));
    }
    if around > MAX_AROUND {
        return Err(PemFault::Damaged(Damage::TextAround));
    }
    Ok(blocks)
}

fn label<'a>(line: &'a str, beginning: &str) -> Option<&'a str> {
    line.strip_prefix(beginning)?.strip_suffix("-----")
}

/// A block that has begun.
struct Open<'a> {
    label: &'a str,
    base64: String,
    encrypted: bool,
}

impl<'a> Open<'a> {
    fn new(label: &'a str) -> Self {
        Self {
            label,
            // room for every line that a file of 64 KiB can have, so that no copy of a key stays behind
            base64: String::with_capacity(64 * 1024),
            encrypted: false,
        }
    }

    fn line(&mut self, line: &str) {
        if line.starts_with("Proc-Type:") {
            self.encrypted |= line.contains("ENCRYPTED");
        } else if !line.contains(':') {
            self.base64.push_str(line);
        }
    }

    fn close(&mut self) -> Result<Block, PemFault> {
        if self.encrypted {
            return Ok(Block::Encrypted);
        }
        if self.label.starts_with("OPENSSH ") || self.label.starts_with("PGP ") {
            return Ok(Block::Foreign);
        }
        STANDARD
            .decode(&self.base64)
            .map(|der| Block::Der(Zeroizing::new(der)))
            .map_err(|_| PemFault::Damaged(Damage::NotBase64))
    }
}

impl Drop for Open<'_> {
    fn drop(&mut self) {
        self.base64.zeroize();
    }
}

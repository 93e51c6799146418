//! Reading a form with files: bounded while it streams in, in memory, nothing on the disk.

use std::collections::BTreeMap;

use actix_multipart::{Field, Multipart};
use futures_util::StreamExt as _;

/// How much a form may hold.
#[derive(Clone, Copy, Debug)]
pub(super) struct Bounds {
    /// Bytes of all parts together.
    pub(super) bytes: usize,
    /// Files.
    pub(super) files: usize,
}

/// Fields besides files: a form of ours has a few.
const MOST_FIELDS: usize = 16;

/// The longest name of a file that is kept, in characters.
const LONGEST_NAME: usize = 255;

/// One file.
pub(super) struct File {
    /// Its name, without a path.
    pub(super) name: String,
    /// What is in it.
    pub(super) bytes: Vec<u8>,
}

/// What a form held.
#[derive(Default)]
pub(super) struct Upload {
    fields: BTreeMap<String, String>,
    /// The files that are not empty; a field without a chosen file sends an empty one.
    pub(super) files: Vec<File>,
}

/// Why a form is not read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub(super) enum UploadFault {
    /// More bytes than allowed.
    #[error("the upload is too large")]
    TooLarge,
    /// More parts than allowed.
    #[error("the upload has too many parts")]
    TooManyParts,
    /// Not a form with files, or it broke off.
    #[error("the upload cannot be read")]
    Malformed,
}

impl Upload {
    /// A field's text; empty when it did not come.
    pub(super) fn field(&self, name: &str) -> &str {
        self.fields.get(name).map_or("", String::as_str)
    }
}

/// Reads a form, or stops as soon as it is more than the bounds allow.
pub(super) async fn read(mut form: Multipart, bounds: Bounds) -> Result<Upload, UploadFault> {
    let mut upload = Upload::default();
    let mut left = bounds.bytes;
    let mut parts = 0_usize;
    while let Some(part) = form.next().await {
        let mut part = part.map_err(|error| {
            tracing::debug!(%error, "an upload cannot be read");
            UploadFault::Malformed
        })?;
        parts = parts.saturating_add(1);
        if parts > bounds.files.saturating_add(MOST_FIELDS) {
            return Err(UploadFault::TooManyParts);
        }
        let file_name = part
            .content_disposition()
            .and_then(|disposition| disposition.get_filename())
            .map(base_name);
        let field = part.name().unwrap_or_default().to_owned();
        let bytes = collect(&mut part, &mut left).await?;
        match file_name {
            Some(name) if !bytes.is_empty() => {
                if upload.files.len() >= bounds.files {
                    return Err(UploadFault::TooManyParts);
                }
                upload.files.push(File { name, bytes });
            }
            Some(_) => {}
            None => {
                let text = String::from_utf8(bytes).map_err(|_| UploadFault::Malformed)?;
                upload.fields.insert(field, text);
            }
        }
    }
    Ok(upload)
}

async fn collect(part: &mut Field, left: &mut usize) -> Result<Vec<u8>, UploadFault> {
    let mut bytes = Vec::new();
    while let Some(chunk) = part.next().await {
        let chunk = chunk.map_err(|_| UploadFault::Malformed)?;
        *left = left.checked_sub(chunk.len()).ok_or(UploadFault::TooLarge)?;
        bytes.extend_from_slice(&chunk);
    }
    Ok(bytes)
}

/// Some browsers send a whole path.
fn base_name(name: &str) -> String {
    let base = name.rsplit(['/', '\\']).next().unwrap_or_default();
    base.chars()
        .filter(|c| !c.is_control())
        .take(LONGEST_NAME)
        .collect()
}

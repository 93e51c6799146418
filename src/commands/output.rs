//! What commands print, and what they read.

#![expect(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "commands are what prints"
)]

use std::error::Error;
use std::io::Read as _;
use std::path::Path;

use serde_json::Value as Json;
use zeroize::Zeroizing;

use crate::basics::TenantSlug;
use crate::db::{Database, DbFault, Scope};
use crate::tenants::{self, Tenant};

/// What was asked for is refused, or failed: one sentence that says what to do.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
pub(super) struct Refused(pub(super) String);

impl Refused {
    /// A refusal in the words of an error and its causes.
    pub(super) fn because(error: &dyn Error) -> Self {
        let mut text = error.to_string();
        let mut cause = error.source();
        while let Some(error) = cause {
            let more = error.to_string();
            if !text.contains(&more) {
                text.push_str(": ");
                text.push_str(&more);
            }
            cause = error.source();
        }
        Self(text)
    }
}

/// One line on stdout.
pub(super) fn line(text: &str) {
    println!("{text}");
}

/// One JSON object on stdout.
pub(super) fn json(value: &Json) {
    println!("{value}");
}

/// One line on stderr.
pub(super) fn error(fault: &dyn Error) {
    eprintln!("error: {}", Refused::because(fault));
}

/// The tenant of a slug.
pub(super) fn tenant(database: &Database, slug: &str) -> Result<Tenant, Refused> {
    let parsed = TenantSlug::parse(slug).map_err(|fault| Refused(format!("{slug}: {fault}")))?;
    let found = database.read_blocking("tenant of a slug", Scope::AcrossTenants, |tx| {
        tenants::find_by_slug(tx, &parsed)
    });
    let found = found.map_err(|fault: DbFault| Refused::because(&fault))?;
    found.ok_or_else(|| {
        Refused(format!(
            "there is no tenant {slug}; make it with zhanfu tenant create {slug}"
        ))
    })
}

/// The longest file that is read: an upload of the settings page is smaller.
const MOST_BYTES: u64 = 1024 * 1024;

/// The bytes of a file, or of stdin when its name is `-`.
pub(super) fn read_bytes(path: &Path) -> Result<Zeroizing<Vec<u8>>, Refused> {
    let unreadable = |error| Refused(format!("{} cannot be read: {error}", path.display()));
    let mut bytes = Zeroizing::new(Vec::new());
    let limit = MOST_BYTES.saturating_add(1);
    let read = if path.as_os_str() == "-" {
        std::io::stdin().lock().take(limit).read_to_end(&mut bytes)
    } else {
        std::fs::File::open(path).and_then(|file| file.take(limit).read_to_end(&mut bytes))
    };
    let read = read.map_err(unreadable)?;
    if u64::try_from(read).unwrap_or(u64::MAX) > MOST_BYTES {
        return Err(Refused(format!("{} is larger than 1 MiB", path.display())));
    }
    Ok(bytes)
}

/// The text of a file, or of stdin, without blanks and line ends around it.
pub(super) fn read_text(path: &Path) -> Result<Zeroizing<String>, Refused> {
    let bytes = read_bytes(path)?;
    let text = std::str::from_utf8(&bytes)
        .map_err(|_| Refused(format!("{} is not a text in UTF-8", path.display())))?;
    Ok(Zeroizing::new(text.trim().to_owned()))
}

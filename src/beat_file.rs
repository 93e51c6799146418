//! The last heartbeat in a file beside what is not in the database.

use std::fs;
use std::io;
use std::path::PathBuf;

use crate::engine::{Beat, BeatMemory};

/// A file with one line: the database's name and the number of its last beat.
#[derive(Debug)]
pub(crate) struct BeatFile {
    path: PathBuf,
}

impl BeatFile {
    /// The file at a path; it need not exist yet.
    pub(crate) const fn at(path: PathBuf) -> Self {
        Self { path }
    }

    fn write(&self, beat: Beat) -> io::Result<()> {
        // several engines of one machine share the file, and none may write what another one is about to rename
        let mut name = self.path.as_os_str().to_owned();
        name.push(format!(".{}", std::process::id()));
        let new = PathBuf::from(name);
        fs::write(&new, format!("{} {}\n", hex::encode(beat.of), beat.number))?;
        // a process that dies here leaves the old file or the new one, never half of one
        fs::rename(new, &self.path)
    }
}

fn parse(text: &str) -> Option<Beat> {
    let (of, number) = text.trim().split_once(' ')?;
    Some(Beat {
        of: hex::decode(of).ok()?.try_into().ok()?,
        number: number.parse().ok()?,
    })
}

impl BeatMemory for BeatFile {
    fn last(&self) -> Option<Beat> {
        match fs::read_to_string(&self.path) {
            Ok(text) => {
                let beat = parse(&text);
                if beat.is_none() {
                    tracing::warn!(path = %self.path.display(), "the heartbeat file is unreadable and is begun anew");
                }
                beat
            }
            Err(error) if error.kind() == io::ErrorKind::NotFound => None,
            Err(error) => {
                tracing::warn!(path = %self.path.display(), %error, "the heartbeat file cannot be read");
                None
            }
        }
    }

    fn keep(&self, beat: Beat) {
        if let Err(error) = self.write(beat) {
            tracing::warn!(
                path = %self.path.display(), %error,
                "the heartbeat cannot be kept; should a backup be put back, say so with zhanfu lane restored"
            );
        }
    }
}

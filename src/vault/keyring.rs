//! The master keys: a file with one key a line, base64, newest first.

use std::fs::{self, OpenOptions};
use std::io::{self, Write as _};
use std::os::unix::fs::{OpenOptionsExt as _, PermissionsExt as _};
use std::path::Path;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use sha2::{Digest as _, Sha256};
use zeroize::Zeroizing;

use super::envelope::{decrypt, derive, encrypt};
use super::place::length_prefixed;
use crate::basics::{Randomness, Secret, TenantId, randomness};

/// The most keys a file may hold: more than a century of yearly rotation.
const MOST_KEYS: usize = 128;

/// Names a master key without telling anything about it.
pub(super) type MasterKeyId = [u8; 4];

/// Why a master key file is refused.
#[derive(Debug, thiserror::Error)]
pub enum KeyFileFault {
    /// It is not there.
    #[error("the master key file {0} is missing")]
    Missing(String),
    /// It cannot be read or written.
    #[error("the master key file {path} cannot be used: {source}")]
    Unusable {
        /// Its path.
        path: String,
        /// What the system says.
        #[source]
        source: io::Error,
    },
    /// Others than its owner may read it.
    #[error("the master key file {path} has mode {mode:04o}; others can read it: chmod 600 {path}")]
    TooOpen {
        /// Its path.
        path: String,
        /// Its mode.
        mode: u32,
    },
    /// A line is not a key.
    #[error("line {line} of the master key file {path} is not 32 random bytes in base64")]
    NotAKey {
        /// Its path.
        path: String,
        /// The number of the line, from 1.
        line: usize,
    },
    /// A key that nobody made at random.
    #[error(
        "line {line} of the master key file {path} is not random; make a key with: openssl rand -base64 32"
    )]
    NotRandom {
        /// Its path.
        path: String,
        /// The number of the line, from 1.
        line: usize,
    },
    /// No line at all, or far too many.
    #[error("the master key file {0} holds no key, or more than 128")]
    WrongCount(String),
}

struct MasterKey {
    id: MasterKeyId,
    key: Secret<[u8; 32]>,
}

/// The master keys of a file, newest first; there is at least one.
pub struct Keyring {
    newest: MasterKey,
    older: Vec<MasterKey>,
}

impl Keyring {
    /// Reads the file and refuses it when it is missing, readable by others, or not made of random keys.
    pub fn read(path: &Path) -> Result<Self, KeyFileFault> {
        let shown = || path.display().to_string();
        let unusable = |source: io::Error| {
            if source.kind() == io::ErrorKind::NotFound {
                KeyFileFault::Missing(shown())
            } else {
                KeyFileFault::Unusable {
                    path: shown(),
                    source,
                }
            }
        };
        let mode = fs::metadata(path).map_err(unusable)?.permissions().mode() & 0o7777;
        if mode & 0o077 != 0 {
            return Err(KeyFileFault::TooOpen {
                path: shown(),
                mode,
            });
        }
        let text = Zeroizing::new(fs::read_to_string(path).map_err(unusable)?);
        let mut keys = Vec::new();
        for (number, line) in text
            .lines()
            .enumerate()
            .filter(|(_, line)| !line.trim().is_empty())
        {
            let line_number = number.saturating_add(1);
            let key = parse(line.trim()).map_err(|fault| match fault {
                LineFault::NotAKey => KeyFileFault::NotAKey {
                    path: shown(),
                    line: line_number,
                },
                LineFault::NotRandom => KeyFileFault::NotRandom {
                    path: shown(),
                    line: line_number,
                },
            })?;
            keys.push(key);
        }
        if keys.len() > MOST_KEYS {
            return Err(KeyFileFault::WrongCount(shown()));
        }
        let mut keys = keys.into_iter();
        let newest = keys
            .next()
            .ok_or_else(|| KeyFileFault::WrongCount(shown()))?;
        Ok(Self {
            newest,
            older: keys.collect(),
        })
    }

    /// Makes a new file with one new key, mode 0600. A file that exists is never touched.
    pub fn make_file(path: &Path, random: &dyn Randomness) -> Result<(), KeyFileFault> {
        let unusable = |source| KeyFileFault::Unusable {
            path: path.display().to_string(),
            source,
        };
        if let Some(directory) = path.parent().filter(|d| !d.as_os_str().is_empty()) {
            fs::create_dir_all(directory).map_err(unusable)?;
        }
        let key = Zeroizing::new(randomness::bytes::<32>(random));
        let line = Zeroizing::new(format!("{}\n", STANDARD.encode(*key)));
        let made = OpenOptions::new()
            .write(true)
            .create_new(true)
            .mode(0o600)
            .open(path);
        match made {
            Ok(mut file) => file
                .write_all(line.as_bytes())
                .and_then(|()| file.sync_all())
                .map_err(unusable),
            // another process was first: its key is as good
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => Ok(()),
            Err(error) => Err(unusable(error)),
        }
    }

    /// The name of the newest key.
    pub(super) const fn newest_id(&self) -> MasterKeyId {
        self.newest.id
    }

    /// A key of its own for a purpose, from the newest master key.
    pub(super) fn derive(&self, purpose: &str) -> [u8; 32] {
        derive(
            self.newest.key.expose(),
            &[b"zhanfu purpose v1", purpose.as_bytes()],
        )
    }

    /// A text by which a key is known again: sealed by it, bound to its name.
    pub(super) fn proof(&self, random: &dyn Randomness) -> Vec<u8> {
        wrap_with(
            &self.newest,
            &[0; 32],
            &proof_context(self.newest.id),
            random,
        )
    }

    /// Whether the file holds the key that made this proof.
    pub(super) fn proves(&self, id: &[u8], proof: &[u8]) -> bool {
        self.find(id)
            .and_then(|key| unwrap_with(key, proof, &proof_context(key.id)))
            .is_some_and(|inside| inside.expose() == &[0; 32])
    }

    /// Wraps a tenant's data key under the newest master key.
    pub(super) fn wrap(
        &self,
        tenant: TenantId,
        version: i64,
        data_key: &Secret<[u8; 32]>,
        random: &dyn Randomness,
    ) -> (MasterKeyId, Vec<u8>) {
        let context = data_key_context(self.newest.id, tenant, version);
        (
            self.newest.id,
            wrap_with(&self.newest, data_key.expose(), &context, random),
        )
    }

    /// Unwraps a tenant's data key, when the file holds its master key.
    pub(super) fn unwrap(
        &self,
        tenant: TenantId,
        version: i64,
        id: &[u8],
        wrapped: &[u8],
    ) -> Option<Secret<[u8; 32]>> {
        let key = self.find(id)?;
        unwrap_with(key, wrapped, &data_key_context(key.id, tenant, version))
    }

    /// Whether the file holds the key of this name.
    pub(super) fn holds(&self, id: &[u8]) -> bool {
        self.find(id).is_some()
    }

    fn find(&self, id: &[u8]) -> Option<&MasterKey> {
        std::iter::once(&self.newest)
            .chain(&self.older)
            .find(|key| key.id == id)
    }
}

enum LineFault {
    NotAKey,
    NotRandom,
}

fn parse(line: &str) -> Result<MasterKey, LineFault> {
    let bytes = Zeroizing::new(STANDARD.decode(line).map_err(|_| LineFault::NotAKey)?);
    let key: [u8; 32] = bytes
        .as_slice()
        .try_into()
        .map_err(|_| LineFault::NotAKey)?;
    // 32 random bytes have fewer than 12 different values, or are all printable, about once in 10²⁰
    let different: std::collections::BTreeSet<u8> = key.iter().copied().collect();
    if different.len() < 12 || key.iter().all(|b| b.is_ascii_graphic() || *b == b' ') {
        return Err(LineFault::NotRandom);
    }
    let digest = Sha256::digest(length_prefixed(&[b"zhanfu master key id v1", &key]));
    let [a, b, c, d, ..] = <[u8; 32]>::from(digest);
    Ok(MasterKey {
        id: [a, b, c, d],
        key: Secret::new(key),
    })
}

fn wrap_with(
    key: &MasterKey,
    inside: &[u8; 32],
    context: &[u8],
    random: &dyn Randomness,
) -> Vec<u8> {
    let nonce: [u8; 12] = randomness::bytes(random);
    [
        nonce.as_slice(),
        &encrypt(key.key.expose(), &nonce, inside, context),
    ]
    .concat()
}

fn unwrap_with(key: &MasterKey, wrapped: &[u8], context: &[u8]) -> Option<Secret<[u8; 32]>> {
    let (nonce, ciphertext) = wrapped.split_first_chunk::<12>()?;
    let inside = Zeroizing::new(decrypt(key.key.expose(), nonce, ciphertext, context).ok()?);
    inside.as_slice().try_into().ok().map(Secret::new)
}

fn proof_context(id: MasterKeyId) -> Vec<u8> {
    length_prefixed(&[b"zhanfu master key proof v1", &id])
}

fn data_key_context(id: MasterKeyId, tenant: TenantId, version: i64) -> Vec<u8> {
    length_prefixed(&[
        b"zhanfu data key v1",
        tenant.as_bytes(),
        &version.to_be_bytes(),
        &id,
    ])
}

//! The format of a sealed secret.
//!
//! ```text
//! "ZF" | 1 | data key version (4) | nonce (12) | ciphertext and tag
//! ```
//! The key is HKDF-SHA256 of the tenant's data key with the table and column as its info, so that no two columns
//! share a key. Nonces are random: a tenant seals far fewer than 2³² secrets in one column.

use aes_gcm::aead::{Aead, KeyInit, Payload};
use aes_gcm::{Aes256Gcm, Nonce};
use hkdf::Hkdf;
use sha2::Sha256;
use zeroize::Zeroizing;

use super::place::{Place, length_prefixed};
use crate::basics::{Randomness, Secret, randomness};

const MAGIC: &[u8; 3] = b"ZF\x01";
const NONCE: usize = 12;

/// A sealed text that is damaged, cut, or not at home here. One error for all causes, on purpose.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Damaged;

/// Seals `plain` under the key of the place's column.
pub(super) fn seal(
    data_key: &Secret<[u8; 32]>,
    data_key_version: i64,
    place: &Place<'_>,
    plain: &[u8],
    random: &dyn Randomness,
) -> Vec<u8> {
    let nonce: [u8; NONCE] = randomness::bytes(random);
    let version = u32::try_from(data_key_version).unwrap_or(u32::MAX);
    let ciphertext = encrypt(
        &column_key(data_key, place),
        &nonce,
        plain,
        &place.associated_data(),
    );
    [
        MAGIC.as_slice(),
        &version.to_be_bytes(),
        &nonce,
        &ciphertext,
    ]
    .concat()
}

/// The version of the data key that a sealed text names.
pub(super) fn data_key_version(sealed: &[u8]) -> Result<i64, Damaged> {
    split(sealed).map(|(version, _, _)| i64::from(version))
}

/// Opens a sealed text at its place.
pub(super) fn open(
    data_key: &Secret<[u8; 32]>,
    place: &Place<'_>,
    sealed: &[u8],
) -> Result<Secret<Vec<u8>>, Damaged> {
    let (_, nonce, ciphertext) = split(sealed)?;
    decrypt(
        &column_key(data_key, place),
        nonce,
        ciphertext,
        &place.associated_data(),
    )
    .map(Secret::new)
}

fn split(sealed: &[u8]) -> Result<(u32, &[u8; NONCE], &[u8]), Damaged> {
    let rest = sealed.strip_prefix(MAGIC).ok_or(Damaged)?;
    let (version, rest) = rest.split_first_chunk::<4>().ok_or(Damaged)?;
    let (nonce, ciphertext) = rest.split_first_chunk::<NONCE>().ok_or(Damaged)?;
    Ok((u32::from_be_bytes(*version), nonce, ciphertext))
}

fn column_key(data_key: &Secret<[u8; 32]>, place: &Place<'_>) -> Zeroizing<[u8; 32]> {
    let parts: [&[u8]; 3] = [
        b"zhanfu field v1",
        place.table.as_bytes(),
        place.column.as_bytes(),
    ];
    Zeroizing::new(derive(data_key.expose(), &parts))
}

/// A key of its own for what the parts name, by HKDF-SHA256.
pub(super) fn derive(key: &[u8; 32], parts: &[&[u8]]) -> [u8; 32] {
    let mut derived = [0; 32];
    #[expect(
        clippy::expect_used,
        reason = "HKDF-SHA256 gives up to 8,160 bytes and 32 are asked for"
    )]
    Hkdf::<Sha256>::new(None, key)
        .expand(&length_prefixed(parts), &mut derived)
        .expect("32 bytes fit");
    derived
}

/// AES-256-GCM.
pub(super) fn encrypt(
    key: &[u8; 32],
    nonce: &[u8; NONCE],
    plain: &[u8],
    bound_to: &[u8],
) -> Vec<u8> {
    #[expect(clippy::expect_used, reason = "AES-GCM fails only beyond 64 GiB")]
    Aes256Gcm::new(key.into())
        .encrypt(
            &Nonce::from(*nonce),
            Payload {
                msg: plain,
                aad: bound_to,
            },
        )
        .expect("a secret is smaller than 64 GiB")
}

/// The inverse of [`encrypt`].
pub(super) fn decrypt(
    key: &[u8; 32],
    nonce: &[u8; NONCE],
    ciphertext: &[u8],
    bound_to: &[u8],
) -> Result<Vec<u8>, Damaged> {
    Aes256Gcm::new(key.into())
        .decrypt(
            &Nonce::from(*nonce),
            Payload {
                msg: ciphertext,
                aad: bound_to,
            },
        )
        .map_err(|_| Damaged)
}

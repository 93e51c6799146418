//! From the password to a key, an initial vector or a check (RFC 7292, appendix B).

use ring::digest::{self, Algorithm, Context, Digest};

/// What the bytes are for; the number goes into them, so that no two purposes share any.
#[derive(Clone, Copy, Debug)]
pub(super) enum Purpose {
    Key = 1,
    InitialVector = 2,
    Mac = 3,
}

/// The merchant number in the two spellings that p12 files want.
#[derive(Debug)]
pub(super) struct Password {
    /// UTF-16, big-endian, with a zero at the end: the old way.
    pub(super) wide: Vec<u8>,
    /// As it is: the way of PBES2.
    pub(super) plain: Vec<u8>,
}

impl Password {
    pub(super) fn new(text: &str) -> Self {
        let wide = text.encode_utf16().chain([0]);
        Self {
            wide: wide.flat_map(u16::to_be_bytes).collect(),
            plain: text.as_bytes().to_vec(),
        }
    }
}

/// As many bytes as wanted. The names in the comments are those of the standard.
pub(super) fn derive(
    digest: &'static Algorithm,
    password: &Password,
    salt: &[u8],
    purpose: Purpose,
    rounds: u64,
    length: usize,
) -> Vec<u8> {
    let block = digest.block_len();
    // D, then I = S || P
    let diversifier = vec![purpose as u8; block];
    let mut input = filled(salt, block);
    input.extend(filled(&password.wide, block));
    let mut out = Vec::with_capacity(length.saturating_add(digest.output_len()));
    loop {
        let hash = rounds_of(digest, &diversifier, &input, rounds);
        out.extend_from_slice(hash.as_ref());
        if out.len() >= length {
            out.truncate(length);
            return out;
        }
        // B
        let added: Vec<u8> = hash.as_ref().iter().copied().cycle().take(block).collect();
        for part in input.chunks_mut(block) {
            add_and_one_more(part, &added);
        }
    }
}

/// Repeated up to a whole number of blocks; nothing stays nothing.
fn filled(bytes: &[u8], block: usize) -> Vec<u8> {
    let length = bytes.len().div_ceil(block).saturating_mul(block);
    bytes.iter().copied().cycle().take(length).collect()
}

fn rounds_of(digest: &'static Algorithm, diversifier: &[u8], input: &[u8], rounds: u64) -> Digest {
    let mut first = Context::new(digest);
    first.update(diversifier);
    first.update(input);
    (1..rounds).fold(first.finish(), |hash, _| {
        digest::digest(digest, hash.as_ref())
    })
}

/// `part + added + 1`, both of one length, and what does not fit is dropped.
fn add_and_one_more(part: &mut [u8], added: &[u8]) {
    let mut carry = 1_u16;
    for (digit, other) in part.iter_mut().zip(added).rev() {
        let [high, low] = (u16::from(*digit) + u16::from(*other) + carry).to_be_bytes();
        *digit = low;
        carry = u16::from(high);
    }
}

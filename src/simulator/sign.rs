//! The v2 signature, MD5 only (reference §1.3, §1.4).

use md5::{Digest, Md5};

/// Signs parameters with an APIv2 key: drops `sign` and empty values, sorts by name in byte order,
/// joins as `name=value` with `&`, appends `&key=…`, and gives the MD5 in upper-case hexadecimal.
pub fn sign<'a>(parameters: impl IntoIterator<Item = (&'a str, &'a str)>, key: &str) -> String {
    let mut kept: Vec<_> = parameters
        .into_iter()
        .filter(|(name, value)| *name != "sign" && !value.is_empty())
        .collect();
    kept.sort_unstable();
    let mut digest = Md5::new();
    for (name, value) in kept {
        digest.update(name);
        digest.update("=");
        digest.update(value);
        digest.update("&");
    }
    digest.update("key=");
    digest.update(key);
    hex::encode_upper(digest.finalize())
}

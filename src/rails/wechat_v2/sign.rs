//! The signature of `wechatpay-reference.md` §1.3, with MD5 and nothing else: transfers and their inquiries take
//! no other digest, and a `sign_type` would be refused (§1.4).

use md5::{Digest, Md5};

use crate::basics::ApiKey;

/// The signature over the fields: 32 upper-case hexadecimal digits. A field `sign` and empty fields do not count,
/// and the order does not matter.
pub fn sign<'a>(fields: impl IntoIterator<Item = (&'a str, &'a str)>, key: &ApiKey) -> String {
    digest(fields, key.expose())
}

pub(super) fn digest<'a>(
    fields: impl IntoIterator<Item = (&'a str, &'a str)>,
    key: &str,
) -> String {
    let mut signed: Vec<(&str, &str)> = fields
        .into_iter()
        .filter(|(name, value)| *name != "sign" && !value.is_empty())
        .collect();
    // `str` compares by bytes, which is the ASCII order that is asked for.
    signed.sort_unstable();
    // The parts go into the digest one by one, so that no string with the key in it is left in memory.
    let mut md5 = Md5::new();
    for (name, value) in signed {
        md5.update(name);
        md5.update("=");
        md5.update(value);
        md5.update("&");
    }
    md5.update("key=");
    md5.update(key);
    hex::encode_upper(md5.finalize())
}

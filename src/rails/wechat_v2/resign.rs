//! The same request with another signature, for the case that the stored one was made with a wrong key.
//!
//! The remote side refused such a request (`SIGN_ERROR`) and so holds no order of this number. "Same number,
//! same parameters" (`wechatpay-reference.md` §2.4) is kept: the nonce stays too, and `sign` alone changes.

use super::sign::sign;
use super::transfer::Sent;
use super::xml;
use crate::rails::{Credential, RequestBytes, ResignError};

/// The request signed with the credential's key; the very same bytes when they already were.
pub(super) fn resign(
    stored: &RequestBytes,
    credential: &Credential,
) -> Result<RequestBytes, ResignError> {
    let fields = xml::read(stored.as_bytes()).map_err(|_| ResignError::NotOurs)?;
    let sent = Sent::of(&fields).ok_or(ResignError::NotOurs)?;
    if !sent.is_of(credential) {
        return Err(ResignError::OtherMerchant);
    }
    let old = fields.filled("sign").ok_or(ResignError::NotOurs)?;
    let new = sign(fields.iter(), &credential.api_key);
    let text = std::str::from_utf8(stored.as_bytes()).map_err(|_| ResignError::NotOurs)?;
    // From the end, where the signature stands: a description may contain anything.
    let (before, after) = text
        .rsplit_once(&format!("<sign>{old}</sign>"))
        .ok_or(ResignError::NotOurs)?;
    Ok(RequestBytes::stored(
        format!("{before}<sign>{new}</sign>{after}").into_bytes(),
    ))
}

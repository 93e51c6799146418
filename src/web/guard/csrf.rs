//! Against forged forms: the browser says where a request comes from, and the form carries a token of its session.
//!
//! Three layers: `SameSite=Lax` cookies, fetch metadata or the `Origin` header, and a token. Each would do in most browsers;
//! together they do in all of them.

use actix_web::HttpRequest;
use actix_web::http::header;
use hmac::{Hmac, KeyInit as _, Mac as _};
use sha2::Sha256;
use subtle::ConstantTimeEq as _;
use url::Url;

/// The token that a form carries: an HMAC of the browser's cookie, so it needs no memory and dies with the cookie.
#[derive(Clone, Debug)]
pub(in crate::web) struct FormToken(String);

impl FormToken {
    /// The token of the browser that holds this cookie.
    pub(in crate::web) fn of(key: &[u8; 32], cookie: &str) -> Self {
        #[expect(clippy::expect_used, reason = "HMAC takes keys of any length")]
        let mut mac = Hmac::<Sha256>::new_from_slice(key).expect("any key fits");
        mac.update(cookie.as_bytes());
        Self(hex::encode(mac.finalize().into_bytes()))
    }

    /// For the hidden field.
    pub(in crate::web) fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether a form brought this very token.
    pub(in crate::web) fn matches(&self, brought: &str) -> bool {
        self.0.as_bytes().ct_eq(brought.as_bytes()).into()
    }
}

/// Whether a request that changes something comes from a page of ours.
pub(in crate::web) fn same_origin(request: &HttpRequest, public_url: &Url) -> bool {
    let header = |name: &str| {
        request
            .headers()
            .get(name)
            .and_then(|value| value.to_str().ok())
    };
    match (header("sec-fetch-site"), header(header::ORIGIN.as_str())) {
        (Some(site), _) => site == "same-origin",
        // an old browser or a proxy that strips: then the origin has to be ours
        (None, Some(origin)) => origin == public_url.origin().ascii_serialization(),
        (None, None) => false,
    }
}

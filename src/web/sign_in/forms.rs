//! The form of somebody who is not signed in: its token belongs to a cookie that the page set.

use actix_web::HttpRequest;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

use crate::basics::randomness;
use crate::web::State;
use crate::web::guard::{FormToken, MemberFault, cookie_value, same_origin};

/// The cookie of a browser that is not signed in. It proves that a sign-in form came from our own page (login forgery).
pub(super) const fn visit_cookie_name(secure: bool) -> &'static str {
    if secure {
        "__Host-zhanfu-visit"
    } else {
        "zhanfu-visit"
    }
}

/// The browser's cookie, or a new one for it.
pub(super) fn visit(request: &HttpRequest, state: &State) -> Result<(String, bool), MemberFault> {
    match cookie_value(request, visit_cookie_name(state.is_secure()))? {
        Some(value) if value.len() == 43 => Ok((value, false)),
        _ => Ok((
            URL_SAFE_NO_PAD.encode(randomness::bytes::<32>(&*state.random)),
            true,
        )),
    }
}

/// Goes on only when the form came from our own page, and gives the cookie it came with.
pub(super) fn check(
    request: &HttpRequest,
    state: &State,
    brought: &str,
) -> Result<String, MemberFault> {
    if !same_origin(request, &state.public_url) {
        return Err(MemberFault::Forged);
    }
    let cookie = cookie_value(request, visit_cookie_name(state.is_secure()))?;
    cookie
        .filter(|cookie| FormToken::of(&state.form_key, cookie).matches(brought))
        .ok_or(MemberFault::Forged)
}

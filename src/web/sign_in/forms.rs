//! The form of somebody who is not signed in: its token belongs to a cookie that the page set.

use actix_web::{HttpRequest, HttpResponse};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

use crate::basics::randomness;
use crate::web::State;
use crate::web::guard::{FormToken, MemberFault, cookie, cookie_value, same_origin};

/// The cookie of a browser that is not signed in. It proves that a sign-in form came from our own page (login forgery).
pub(super) const fn visit_cookie_name(secure: bool) -> &'static str {
    if secure {
        "__Host-zhanfu-visit"
    } else {
        "zhanfu-visit"
    }
}

/// A browser that is not signed in.
pub(in crate::web) struct Visit {
    /// What its cookie holds.
    pub(in crate::web) cookie: String,
    is_new: bool,
}

impl Visit {
    /// The browser's cookie, or a new one for it.
    pub(in crate::web) fn of(request: &HttpRequest, state: &State) -> Result<Self, MemberFault> {
        match cookie_value(request, visit_cookie_name(state.is_secure()))? {
            Some(cookie) if cookie.len() == 43 => Ok(Self {
                cookie,
                is_new: false,
            }),
            Some(_) | None => Ok(Self {
                cookie: URL_SAFE_NO_PAD.encode(randomness::bytes::<32>(&*state.random)),
                is_new: true,
            }),
        }
    }

    /// The answer, with the cookie when it is new.
    pub(in crate::web) fn remembered(
        self,
        mut answer: HttpResponse,
        state: &State,
    ) -> Result<HttpResponse, MemberFault> {
        if self.is_new {
            let name = visit_cookie_name(state.is_secure());
            answer
                .add_cookie(&cookie(name, self.cookie, state.is_secure()))
                .map_err(|_| MemberFault::Unavailable)?;
        }
        Ok(answer)
    }
}

/// The token of this browser's forms.
pub(in crate::web) fn token(state: &State, visit: &str) -> String {
    FormToken::of(&state.form_key, visit).as_str().to_owned()
}

/// Goes on only when the form came from our own page, and gives the cookie it came with.
pub(in crate::web) fn check(
    request: &HttpRequest,
    state: &State,
    brought: &str,
) -> Result<String, MemberFault> {
    let cookie = cookie_value(request, visit_cookie_name(state.is_secure()))?
        .filter(|_| same_origin(request, &state.public_url))
        .filter(|cookie| FormToken::of(&state.form_key, cookie).matches(brought));
    if cookie.is_none() {
        tracing::warn!(target: "zhanfu::security", "a sign-in form that is not ours was refused");
    }
    cookie.ok_or(MemberFault::Forged)
}

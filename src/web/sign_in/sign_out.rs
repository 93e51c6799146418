//! Signing out, and the choice of language.

use actix_web::cookie::Cookie;
use actix_web::{HttpResponse, web};
use serde::Deserialize;

use crate::db::{DbFault, Scope};
use crate::people;
use crate::web::State;
use crate::web::guard::{Member, MemberFault, cookie, request_id, session_cookie_name};
use crate::web::page::see_other;
use crate::web::text::{COOKIE, Tongue};

#[derive(Deserialize)]
pub(in crate::web) struct SignOutForm {
    form_token: String,
}

/// `POST /sign-out`
pub(in crate::web) async fn sign_out(
    state: web::Data<State>,
    member: Member,
    form: web::Form<SignOutForm>,
) -> Result<HttpResponse, MemberFault> {
    member.check_form(&form.form_token)?;
    let (session, who, now) = (member.session, member.who, state.clock.now());
    let id = request_id();
    state
        .database
        .write(
            "sign out",
            Scope::Tenant(who.tenant),
            move |tx| -> Result<_, DbFault> {
                people::end_session(tx, &session, &who, Some(id.clone()), now)
            },
        )
        .await?;
    let mut answer = see_other("/sign-in");
    let mut gone = cookie(
        session_cookie_name(state.is_secure()),
        String::new(),
        state.is_secure(),
    );
    gone.make_removal();
    answer
        .add_cookie(&gone)
        .map_err(|_| MemberFault::Unavailable)?;
    Ok(answer)
}

#[derive(Deserialize)]
pub(in crate::web) struct Back {
    #[serde(default)]
    back: String,
}

/// `GET /language/{code}`: remembers the language and goes back to a page of ours.
pub(in crate::web) async fn choose_language(
    path: web::Path<String>,
    query: web::Query<Back>,
) -> HttpResponse {
    let tongue = Tongue::parse(&path).unwrap_or(Tongue::Chinese);
    // only a path of ours, never another host
    let back = Some(query.back.as_str())
        .filter(|back| back.starts_with('/') && !back.starts_with("//") && !back.contains('\\'))
        .unwrap_or("/admin");
    let mut answer = see_other(back);
    let mut cookie = Cookie::new(COOKIE, tongue.code());
    cookie.set_path("/");
    cookie.make_permanent();
    if answer.add_cookie(&cookie).is_err() {
        tracing::debug!("the language could not be remembered");
    }
    answer
}

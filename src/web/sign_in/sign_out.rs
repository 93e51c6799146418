//! Signing out.

use actix_web::{HttpResponse, web};
use serde::Deserialize;

use crate::db::{DbFault, Scope};
use crate::people;
use crate::web::State;
use crate::web::guard::{Member, MemberFault, cookie, request_id, session_cookie_name};
use crate::web::page::see_other;

#[derive(Deserialize)]
pub(in crate::web) struct SignOutForm {
    #[serde(default)]
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

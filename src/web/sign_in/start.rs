//! Beginning a session.

use actix_web::{HttpRequest, HttpResponse};

use super::attempt::{browser, browser_cookie_name};
use super::forms::visit_cookie_name;
use crate::basics::{PersonId, TenantId};
use crate::db::Scope;
use crate::people::{self, Proved, SignInError};
use crate::web::State;
use crate::web::guard::{MemberFault, client, cookie, request_id, session_cookie_name};
use crate::web::page::see_other;

/// Begins the session and sends the browser to the first page. The cookie of the visit ends, and with it every ticket.
pub(in crate::web) async fn start(
    request: &HttpRequest,
    state: &State,
    person: PersonId,
    tenant: TenantId,
    proved: Proved,
) -> Result<HttpResponse, MemberFault> {
    let (client, browser) = (client(request, state), browser(request, state)?);
    let (random, now, id) = (state.random.clone(), state.clock.now(), request_id());
    let begun = state
        .database
        .write("sign in", Scope::Tenant(tenant), move |tx| {
            let (from, id) = ((&client, browser.as_ref()), Some(id.clone()));
            people::sign_in(tx, tenant, person, proved, from, &*random, id, now)
        })
        .await;
    let begun = match begun {
        Ok(begun) => begun,
        Err(SignInError::NotAMember | SignInError::FactorNeeded) => {
            return Err(MemberFault::Forged);
        }
        Err(SignInError::Db(fault)) => return Err(fault.into()),
    };
    let secure = state.is_secure();
    let session = begun.session.expose().to_owned();
    let session = cookie(session_cookie_name(secure), session, secure);
    let browser = begun.browser.expose().to_owned();
    let mut browser = cookie(browser_cookie_name(secure), browser, secure);
    browser.make_permanent();
    let mut visit = cookie(visit_cookie_name(secure), String::new(), secure);
    visit.make_removal();
    let mut answer = see_other("/admin");
    for cookie in [session, browser, visit] {
        answer
            .add_cookie(&cookie)
            .map_err(|_| MemberFault::Unavailable)?;
    }
    Ok(answer)
}

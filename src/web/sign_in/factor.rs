//! The second factor, after the password.

use actix_web::http::{StatusCode, header};
use actix_web::{HttpRequest, HttpResponse, web};
use askama::Template;
use serde::Deserialize;

use super::attempt::{browser, give_back, take_from_address};
use super::begin::proceed;
use super::forms;
use super::ticket::{self, Stage};
use crate::basics::PersonId;
use crate::db::{DbFault, Scope};
use crate::people::second_factor::TypedCode;
use crate::people::{self, FactorChecked, Proved};
use crate::web::State;
use crate::web::guard::{MemberFault, client, request_id};
use crate::web::page::{Shell, html};

#[derive(Deserialize)]
pub(in crate::web) struct FactorForm {
    #[serde(default)]
    form_token: String,
    #[serde(default)]
    ticket: String,
    #[serde(default)]
    code: String,
}

#[derive(Template)]
#[template(path = "sign_in/factor.html")]
struct FactorPage {
    s: Shell,
    form_token: String,
    ticket: String,
    wrong: Option<String>,
}

/// Asks for the code of somebody whose password was right.
pub(in crate::web) fn ask(
    request: &HttpRequest,
    state: &State,
    visit: &str,
    person: PersonId,
) -> HttpResponse {
    let now = state.clock.now();
    let page = FactorPage {
        s: Shell::open(request),
        form_token: forms::token(state, visit),
        ticket: ticket::issue(&state.form_key, visit, Stage::Factor, person, now),
        wrong: None,
    };
    html(StatusCode::OK, &page)
}

/// `POST /sign-in/factor`
pub(in crate::web) async fn factor(
    request: HttpRequest,
    state: web::Data<State>,
    form: web::Form<FactorForm>,
) -> Result<HttpResponse, MemberFault> {
    let form = form.into_inner();
    let visit = forms::check(&request, &state, &form.form_token)?;
    let now = state.clock.now();
    let redeemed = ticket::redeem(&state.form_key, &visit, &form.ticket, now);
    let Some((Stage::Factor, person)) = redeemed else {
        tracing::warn!(target: "zhanfu::security", "a second step came without its first");
        return Err(MemberFault::Forged);
    };
    let checked = match take_from_address(&request, &state) {
        Ok(()) => check(&request, &state, person, &form.code).await?,
        Err(wait) => FactorChecked::In(wait),
    };
    let s = Shell::open(&request);
    let words = &s.t.sign_in;
    let (status, wrong) = match checked {
        FactorChecked::Right => {
            give_back(&request, &state);
            let memberships = state
                .database
                .read(
                    "memberships",
                    Scope::AcrossTenants,
                    move |tx| -> Result<_, DbFault> { people::list_memberships(tx, person) },
                )
                .await?;
            let proved = Proved::PasswordAndFactor;
            return proceed(&request, &state, &visit, person, &memberships, proved).await;
        }
        FactorChecked::Wrong => {
            tracing::warn!(target: "zhanfu::security", "a second factor was refused");
            (StatusCode::UNAUTHORIZED, words.wrong_code.to_owned())
        }
        FactorChecked::In(wait) => (
            StatusCode::TOO_MANY_REQUESTS,
            (words.wait)(wait.as_secs().max(1)),
        ),
    };
    let page = FactorPage {
        s,
        form_token: forms::token(&state, &visit),
        ticket: form.ticket,
        wrong: Some(wrong),
    };
    let mut answer = html(status, &page);
    if let FactorChecked::In(wait) = checked {
        let seconds = wait.as_secs().max(1);
        answer
            .headers_mut()
            .insert(header::RETRY_AFTER, seconds.into());
    }
    Ok(answer)
}

async fn check(
    request: &HttpRequest,
    state: &State,
    person: PersonId,
    code: &str,
) -> Result<FactorChecked, MemberFault> {
    let (vault, now, id) = (state.vault.clone(), state.clock.now(), request_id());
    let (browser, client) = (browser(request, state)?, client(request, state));
    let typed = TypedCode::parse(code);
    Ok(state
        .database
        .write("second factor", Scope::AcrossTenants, move |tx| {
            let id = Some(id.clone());
            let (typed, browser) = (typed.as_ref(), browser.as_ref());
            people::check_factor(tx, &vault, person, typed, browser, &client, id, now)
        })
        .await?)
}

//! The page on which one signs in.

use std::time::Duration;

use actix_web::http::{StatusCode, header};
use actix_web::{HttpRequest, HttpResponse, web};
use askama::Template;

use super::forms;
use crate::web::State;
use crate::web::guard::MemberFault;
use crate::web::page::{Shell, html};

/// When somebody who found all places taken may come again: by then the queue has been worked off.
const BUSY_SECONDS: u64 = 2;

#[derive(Template)]
#[template(path = "sign_in/show.html")]
struct SignInPage {
    s: Shell,
    form_token: String,
    email: String,
    wrong: Option<String>,
    /// Below what went wrong.
    next: Option<&'static str>,
}

/// `GET /sign-in`
pub(in crate::web) async fn show(
    request: HttpRequest,
    state: web::Data<State>,
) -> Result<HttpResponse, MemberFault> {
    render(&request, &state, StatusCode::OK, "", None, None)
}

/// The page with what went wrong.
pub(super) fn again(
    request: &HttpRequest,
    state: &State,
    status: StatusCode,
    email: &str,
    wrong: String,
) -> Result<HttpResponse, MemberFault> {
    let next = Shell::open(request).t.sign_in.wrong_next;
    render(request, state, status, email, Some(wrong), Some(next))
}

/// The page for somebody who has to wait.
pub(super) fn wait(
    request: &HttpRequest,
    state: &State,
    email: &str,
    wait: Duration,
) -> Result<HttpResponse, MemberFault> {
    // a part of a second is a second: nobody is told to come too early
    let seconds = wait
        .as_secs()
        .saturating_add(u64::from(wait.subsec_nanos() > 0));
    let sentence = (Shell::open(request).t.sign_in.wait)(seconds);
    later(request, state, email, seconds, sentence)
}

/// The page for somebody who found all places taken.
pub(super) fn busy(
    request: &HttpRequest,
    state: &State,
    email: &str,
) -> Result<HttpResponse, MemberFault> {
    let sentence = Shell::open(request).t.sign_in.busy.to_owned();
    later(request, state, email, BUSY_SECONDS, sentence)
}

fn later(
    request: &HttpRequest,
    state: &State,
    email: &str,
    seconds: u64,
    sentence: String,
) -> Result<HttpResponse, MemberFault> {
    let status = StatusCode::TOO_MANY_REQUESTS;
    let mut answer = render(request, state, status, email, Some(sentence), None)?;
    answer
        .headers_mut()
        .insert(header::RETRY_AFTER, seconds.into());
    Ok(answer)
}

fn render(
    request: &HttpRequest,
    state: &State,
    status: StatusCode,
    email: &str,
    wrong: Option<String>,
    next: Option<&'static str>,
) -> Result<HttpResponse, MemberFault> {
    let visit = forms::Visit::of(request, state)?;
    let page = SignInPage {
        s: Shell::open(request),
        form_token: forms::token(state, &visit.cookie),
        email: email.to_owned(),
        wrong,
        next,
    };
    visit.remembered(html(status, &page), state)
}

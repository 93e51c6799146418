//! The page on which one signs in.

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, web};
use askama::Template;

use super::forms::{visit, visit_cookie_name};
use crate::web::State;
use crate::web::guard::{FormToken, MemberFault, cookie};
use crate::web::page::{Shell, html};

#[derive(Template)]
#[template(path = "sign_in/show.html")]
struct SignInPage {
    s: Shell,
    form_token: String,
    email: String,
    wrong: Option<&'static str>,
}

/// `GET /sign-in`
pub(in crate::web) async fn show(
    request: HttpRequest,
    state: web::Data<State>,
) -> Result<HttpResponse, MemberFault> {
    render(&request, &state, StatusCode::OK, String::new(), None)
}

/// The page, perhaps with what went wrong.
pub(super) fn render(
    request: &HttpRequest,
    state: &State,
    status: StatusCode,
    email: String,
    wrong: Option<&'static str>,
) -> Result<HttpResponse, MemberFault> {
    let (value, is_new) = visit(request, state)?;
    let form_token = FormToken::of(&state.form_key, &value).as_str().to_owned();
    let page = SignInPage {
        s: Shell::open(request),
        form_token,
        email,
        wrong,
    };
    let mut answer = html(status, &page);
    if is_new {
        let name = visit_cookie_name(state.is_secure());
        if answer
            .add_cookie(&cookie(name, value, state.is_secure()))
            .is_err()
        {
            return Err(MemberFault::Unavailable);
        }
    }
    Ok(answer)
}

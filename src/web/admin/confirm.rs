//! Confirming that it is them, before something that matters.

use actix_web::http::{StatusCode, header};
use actix_web::{HttpRequest, HttpResponse, web};
use serde::Deserialize;

use crate::web::State;
use crate::web::choices::Back;
use crate::web::guard::{ConfirmPage, Member, MemberFault, Proven};
use crate::web::page::{Shell, html, see_other};

#[derive(Deserialize)]
pub(in crate::web) struct ConfirmForm {
    #[serde(default)]
    form_token: String,
    #[serde(default)]
    proof: String,
    #[serde(flatten)]
    back: Back,
}

/// `GET /admin/confirm?back=…`
pub(in crate::web) async fn show(
    request: HttpRequest,
    member: Member,
    back: web::Query<Back>,
) -> Result<HttpResponse, MemberFault> {
    Ok(render(&request, &member, &back, Proven::NotAsked))
}

/// `POST /admin/confirm`
pub(in crate::web) async fn confirm(
    request: HttpRequest,
    state: web::Data<State>,
    mut member: Member,
    form: web::Form<ConfirmForm>,
) -> Result<HttpResponse, MemberFault> {
    member.check_form(&form.form_token)?;
    match member.prove(&request, &state, Some(&form.proof)).await? {
        Proven::Yes => Ok(see_other(form.back.path())),
        proven @ (Proven::NotAsked | Proven::Wrong | Proven::Wait(_)) => {
            Ok(render(&request, &member, &form.back, proven))
        }
    }
}

fn render(request: &HttpRequest, member: &Member, back: &Back, proven: Proven) -> HttpResponse {
    let s = Shell::of(request, member);
    let has_factor = member.who.has_factor;
    let page = ConfirmPage {
        wrong: ConfirmPage::wrong(&s, has_factor, proven),
        s,
        action: "/admin/confirm".to_owned(),
        form_token: member.form_token.as_str().to_owned(),
        kept: Vec::new(),
        back: Some(back.path().to_owned()),
        has_factor,
    };
    match proven {
        Proven::Yes | Proven::NotAsked => html(StatusCode::OK, &page),
        Proven::Wrong => html(StatusCode::UNAUTHORIZED, &page),
        Proven::Wait(seconds) => {
            let mut answer = html(StatusCode::TOO_MANY_REQUESTS, &page);
            answer
                .headers_mut()
                .insert(header::RETRY_AFTER, seconds.into());
            answer
        }
    }
}

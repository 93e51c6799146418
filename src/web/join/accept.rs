//! Becoming a member.

use actix_web::http::{StatusCode, header};
use actix_web::{HttpRequest, HttpResponse, web};
use serde::Deserialize;

use super::show::{gone, open, render};
use crate::db::Scope;
use crate::people::invitations::{
    AcceptError, Accepted, Invitation, InvitationToken, Joins, accept as accept_invitation,
};
use crate::people::{Password, Proved};
use crate::tenants::Tenant;
use crate::web::State;
use crate::web::admin::account::sentence;
use crate::web::guard::{MemberFault, request_id};
use crate::web::page::Shell;
use crate::web::sign_in::{Attempt, ask_factor, check_form, check_password, start};

#[derive(Deserialize)]
pub(in crate::web) struct JoinForm {
    #[serde(default)]
    form_token: String,
    #[serde(default)]
    token: String,
    #[serde(default)]
    password: String,
    #[serde(default)]
    again: String,
}

/// `POST /join`
pub(in crate::web) async fn accept(
    request: HttpRequest,
    state: web::Data<State>,
    form: web::Form<JoinForm>,
) -> Result<HttpResponse, MemberFault> {
    let visit = check_form(&request, &state, &form.form_token)?;
    let Some((token, invitation, tenant)) = open(&state, &form.token).await? else {
        return Ok(gone(&request));
    };
    let asked = (&token, &invitation, &tenant);
    if invitation.is_known {
        accept_known(&request, &state, &visit, &form, asked).await
    } else {
        accept_new(&request, &state, &form, asked).await
    }
}

type Asked<'a> = (&'a InvitationToken, &'a Invitation, &'a Tenant);

/// Somebody new chooses a password, and is in.
async fn accept_new(
    request: &HttpRequest,
    state: &State,
    form: &JoinForm,
    asked: Asked<'_>,
) -> Result<HttpResponse, MemberFault> {
    let (token, invitation, tenant) = asked;
    let s = Shell::open(request);
    let refused = StatusCode::UNPROCESSABLE_ENTITY;
    let known = [
        invitation.email.as_str(),
        &tenant.name,
        tenant.slug.as_str(),
    ];
    let password = match Password::chosen(&form.password, &known) {
        Ok(password) => password,
        Err(fault) => {
            let wrong = sentence(&s.t.account, fault).to_owned();
            return render(request, state, refused, asked, Some(wrong), None);
        }
    };
    if form.password != form.again {
        let wrong = Some(s.t.join.not_the_same);
        return render(request, state, refused, asked, None, wrong);
    }
    let place = state.hashing.enter().ok_or(MemberFault::Busy)?;
    let random = state.random.clone();
    let hash = place
        .run(move || password.hash(&*random))
        .await
        .map_err(|_| MemberFault::Unavailable)?;
    match join(state, token.clone(), Joins::New(hash)).await {
        Ok(accepted) => {
            let proved = Proved::Password;
            start(request, state, accepted.person, accepted.tenant, proved).await
        }
        Err(AcceptError::NotOpen | AcceptError::Changed) => Ok(gone(request)),
        Err(AcceptError::Db(fault)) => Err(fault.into()),
    }
}

/// A known person gives their password, and the second factor where they have one.
async fn accept_known(
    request: &HttpRequest,
    state: &State,
    visit: &str,
    form: &JoinForm,
    asked: Asked<'_>,
) -> Result<HttpResponse, MemberFault> {
    let (token, invitation, _) = asked;
    let s = Shell::open(request);
    let email = invitation.email.as_str();
    let attempt = check_password(request, state, email, &form.password).await?;
    let (status, wrong, wait) = match attempt {
        Attempt::Right(candidate) => {
            let joins = Joins::Known(candidate.person);
            return match join(state, token.clone(), joins).await {
                Ok(_) if candidate.has_factor => {
                    Ok(ask_factor(request, state, visit, candidate.person))
                }
                Ok(accepted) => {
                    let proved = Proved::Password;
                    start(request, state, accepted.person, accepted.tenant, proved).await
                }
                Err(AcceptError::NotOpen | AcceptError::Changed) => Ok(gone(request)),
                Err(AcceptError::Db(fault)) => Err(fault.into()),
            };
        }
        Attempt::Wrong => (StatusCode::UNAUTHORIZED, s.t.join.wrong.to_owned(), None),
        Attempt::TooLong => {
            let sentence = s.t.sign_in.too_long.to_owned();
            (StatusCode::BAD_REQUEST, sentence, None)
        }
        Attempt::Wait(wait) => {
            let seconds = wait.as_secs().max(1);
            let sentence = (s.t.sign_in.wait)(seconds);
            (StatusCode::TOO_MANY_REQUESTS, sentence, Some(seconds))
        }
        Attempt::Busy => return Err(MemberFault::Busy),
    };
    let mut answer = render(request, state, status, asked, Some(wrong), None)?;
    if let Some(seconds) = wait {
        answer
            .headers_mut()
            .insert(header::RETRY_AFTER, seconds.into());
    }
    Ok(answer)
}

async fn join(
    state: &State,
    token: InvitationToken,
    joins: Joins,
) -> Result<Accepted, AcceptError> {
    let (now, id) = (state.clock.now(), request_id());
    state
        .database
        .write("accept an invitation", Scope::AcrossTenants, move |tx| {
            accept_invitation(tx, &token, &joins, Some(id.clone()), now)
        })
        .await
}

//! Turning one's own second factor on and off.

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, web};
use askama::Template;
use serde::Deserialize;

use super::sessions::TokenForm;
use crate::db::Scope;
use crate::people::second_factor::{
    self, BeginError, ConfirmError, RecoveryCode, RenewError, TypedCode,
};
use crate::people::{self, Proved, SessionToken};
use crate::web::State;
use crate::web::guard::{KeptForm, Member, MemberFault, Proof};
use crate::web::page::{Shell, html, see_other};
use crate::web::qr;
use crate::web::text::Account;

#[derive(Template)]
#[template(path = "admin/account/enrol.html")]
struct EnrolPage {
    s: Shell,
    w: &'static Account,
    picture: String,
    seed: String,
    wrong: Option<String>,
}

#[derive(Template)]
#[template(path = "admin/account/codes.html")]
struct CodesPage {
    s: Shell,
    w: &'static Account,
    codes: Vec<String>,
}

#[derive(Deserialize)]
pub(in crate::web) struct CodeForm {
    #[serde(default)]
    form_token: String,
    #[serde(default)]
    code: String,
}

/// `POST /admin/account/second-factor/begin`
pub(in crate::web) async fn begin(
    request: HttpRequest,
    state: web::Data<State>,
    mut member: Member,
    form: KeptForm<TokenForm>,
) -> Result<HttpResponse, MemberFault> {
    member.check_form(&form.form.form_token)?;
    member
        .check_fresh(&request, &state, Proof::of(&form))
        .await?;
    let (vault, random, person) = (state.vault.clone(), state.random.clone(), member.who.person);
    let now = state.clock.now();
    let begun = state
        .database
        .write("begin a second factor", Scope::AcrossTenants, move |tx| {
            second_factor::begin(tx, &vault, person, &*random, now)
        })
        .await;
    match begun {
        Ok(()) => Ok(see_other("/admin/account/second-factor")),
        Err(BeginError::AlreadyOn) => Ok(see_other("/admin/account")),
        Err(BeginError::Vault(fault)) => Err(fault.into()),
        Err(BeginError::Db(fault)) => Err(fault.into()),
    }
}

/// `GET /admin/account/second-factor`
pub(in crate::web) async fn enrol(
    request: HttpRequest,
    state: web::Data<State>,
    member: Member,
) -> Result<HttpResponse, MemberFault> {
    if !member.is_fresh(&state) {
        return Ok(see_other(
            "/admin/confirm?back=/admin/account/second-factor",
        ));
    }
    render(&request, &state, &member, StatusCode::OK, None).await
}

/// `POST /admin/account/second-factor`
pub(in crate::web) async fn confirm(
    request: HttpRequest,
    state: web::Data<State>,
    mut member: Member,
    form: web::Form<CodeForm>,
) -> Result<HttpResponse, MemberFault> {
    member.check_form(&form.form_token)?;
    if !member.is_fresh(&state) {
        return Ok(see_other(
            "/admin/confirm?back=/admin/account/second-factor",
        ));
    }
    let w = &Shell::open(&request).t.account;
    let refused = StatusCode::UNPROCESSABLE_ENTITY;
    let Some(typed) = TypedCode::parse(&form.code) else {
        let wrong = Some(w.wrong_code.to_owned());
        return render(&request, &state, &member, refused, wrong).await;
    };
    match confirm_seed(&state, &member, typed).await {
        Ok((codes, Some(session))) => {
            member.renewed(&request, &state, session);
            Ok(show_codes(&request, &member, &codes))
        }
        Ok((_, None)) => Err(MemberFault::SignedOut),
        Err(ConfirmError::NotBegun) => Ok(see_other("/admin/account?done=again")),
        Err(ConfirmError::WrongCode) => {
            let wrong = Some(w.wrong_code.to_owned());
            render(&request, &state, &member, refused, wrong).await
        }
        Err(ConfirmError::Vault(fault)) => Err(fault.into()),
        Err(ConfirmError::Db(fault)) => Err(fault.into()),
    }
}

async fn confirm_seed(
    state: &State,
    member: &Member,
    typed: TypedCode,
) -> Result<(Vec<RecoveryCode>, Option<SessionToken>), ConfirmError> {
    let (vault, random, now) = (state.vault.clone(), state.random.clone(), state.clock.now());
    let (person, session, by) = (member.who.person, member.session.clone(), member.by());
    state
        .database
        .write("confirm a second factor", Scope::AcrossTenants, move |tx| {
            let codes =
                second_factor::confirm_seed(tx, &vault, person, &typed, &*random, &by, now)?;
            let proved = Proved::PasswordAndFactor;
            let session = people::renew_session(tx, &session, proved, &*random, now)?;
            Ok((codes, session))
        })
        .await
}

/// `POST /admin/account/second-factor/off`
pub(in crate::web) async fn turn_off(
    request: HttpRequest,
    state: web::Data<State>,
    mut member: Member,
    form: KeptForm<TokenForm>,
) -> Result<HttpResponse, MemberFault> {
    member.check_form(&form.form.form_token)?;
    member
        .check_fresh(&request, &state, Proof::of(&form))
        .await?;
    let (person, by, now) = (member.who.person, member.by(), state.clock.now());
    state
        .database
        .write(
            "turn a second factor off",
            Scope::AcrossTenants,
            move |tx| second_factor::turn_off(tx, person, &by, now),
        )
        .await?;
    Ok(see_other("/admin/account?done=off"))
}

/// `POST /admin/account/recovery-codes`
pub(in crate::web) async fn renew_codes(
    request: HttpRequest,
    state: web::Data<State>,
    mut member: Member,
    form: KeptForm<TokenForm>,
) -> Result<HttpResponse, MemberFault> {
    member.check_form(&form.form.form_token)?;
    member
        .check_fresh(&request, &state, Proof::of(&form))
        .await?;
    let (random, person, by) = (state.random.clone(), member.who.person, member.by());
    let now = state.clock.now();
    let renewed = state
        .database
        .write("new recovery codes", Scope::AcrossTenants, move |tx| {
            second_factor::renew_codes(tx, person, &*random, &by, now)
        })
        .await;
    match renewed {
        Ok(codes) => Ok(show_codes(&request, &member, &codes)),
        Err(RenewError::Off) => Ok(see_other("/admin/account")),
        Err(RenewError::Db(fault)) => Err(fault.into()),
    }
}

async fn render(
    request: &HttpRequest,
    state: &State,
    member: &Member,
    status: StatusCode,
    wrong: Option<String>,
) -> Result<HttpResponse, MemberFault> {
    let (vault, person) = (state.vault.clone(), member.who.person);
    let seed = state
        .database
        .read("a seed that waits", Scope::AcrossTenants, move |tx| {
            second_factor::pending_seed(tx, &vault, person)
        })
        .await?;
    let Some(seed) = seed else {
        return Ok(see_other("/admin/account"));
    };
    let s = Shell::of(request, member);
    let w = &s.t.account;
    let page = EnrolPage {
        w,
        picture: qr::svg(seed.address(&member.who.email).expose(), w.enrol_qr).unwrap_or_default(),
        seed: seed.text().expose().clone(),
        wrong,
        s,
    };
    Ok(html(status, &page))
}

fn show_codes(request: &HttpRequest, member: &Member, codes: &[RecoveryCode]) -> HttpResponse {
    let s = Shell::of(request, member);
    let page = CodesPage {
        w: &s.t.account,
        codes: codes
            .iter()
            .map(|code| code.text().expose().clone())
            .collect(),
        s,
    };
    html(StatusCode::OK, &page)
}

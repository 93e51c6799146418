//! The page of one's own account.

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, web};
use askama::Template;
use serde::Deserialize;

use super::password::Errors;
use crate::basics::SessionId;
use crate::db::{DbFault, Scope, Tx};
use crate::people::account::{OpenSession, list_sessions};
use crate::people::second_factor::{self, Standing};
use crate::people::{self, PastSignIn, SignInOutcome};
use crate::tenants;
use crate::web::State;
use crate::web::admin::members::role_name;
use crate::web::device;
use crate::web::guard::{Member, MemberFault};
use crate::web::page::{Shell, html};
use crate::web::text::Account;

/// How many sign-ins the page shows.
const SIGN_INS: i64 = 50;

/// From here on the page asks for new recovery codes.
const FEW_CODES: i64 = 3;

struct SessionLine {
    id: SessionId,
    device: String,
    site: String,
    address: String,
    seen: String,
    is_this: bool,
}

impl SessionLine {
    fn of(w: &'static Account, session: OpenSession, site: String, this: SessionId) -> Self {
        Self {
            id: session.id,
            device: device::name(&session.user_agent, w),
            site,
            address: session.address,
            seen: session.last_seen_at.shanghai(),
            is_this: session.id == this,
        }
    }
}

struct SignInLine {
    at: String,
    outcome: &'static str,
    look: &'static str,
    device: String,
    address: String,
}

impl SignInLine {
    fn of(w: &'static Account, past: &PastSignIn) -> Self {
        let (outcome, look) = match past.outcome {
            SignInOutcome::SignedIn => (w.signed_in, "good"),
            SignInOutcome::WrongPassword => (w.wrong_password, "bad"),
            SignInOutcome::WrongCode => (w.wrong_factor, "bad"),
        };
        Self {
            at: past.at.shanghai(),
            outcome,
            look,
            device: device::name(&past.user_agent, w),
            address: past.address.clone(),
        }
    }
}

struct FactorFacts {
    since: String,
    codes_left: i64,
    few: bool,
}

#[derive(Template)]
#[template(path = "admin/account/show.html")]
struct AccountPage {
    s: Shell,
    w: &'static Account,
    done: Option<&'static str>,
    email: String,
    site: String,
    role: &'static str,
    factor: Option<FactorFacts>,
    has_factor: bool,
    asks_proof: bool,
    errors: Errors,
    sessions: Vec<SessionLine>,
    sign_ins: Vec<SignInLine>,
}

#[derive(Deserialize)]
pub(in crate::web) struct Query {
    #[serde(default)]
    done: String,
}

/// `GET /admin/account`
pub(in crate::web) async fn show(
    request: HttpRequest,
    state: web::Data<State>,
    member: Member,
    query: web::Query<Query>,
) -> Result<HttpResponse, MemberFault> {
    let status = StatusCode::OK;
    render(
        &request,
        &state,
        &member,
        status,
        &query.done,
        Errors::default(),
    )
    .await
}

/// The page, with what is wrong with the password.
pub(super) async fn render(
    request: &HttpRequest,
    state: &State,
    member: &Member,
    status: StatusCode,
    done: &str,
    errors: Errors,
) -> Result<HttpResponse, MemberFault> {
    let s = Shell::of(request, member);
    let w = &s.t.account;
    let (person, this, now) = (member.who.person, member.who.session, state.clock.now());
    let (standing, sessions, sign_ins) = state
        .database
        .read(
            "own account",
            Scope::AcrossTenants,
            move |tx| -> Result<_, DbFault> {
                let sessions = list_sessions(tx, person, now)?;
                Ok((
                    second_factor::standing(tx, person)?,
                    with_sites(tx, sessions)?,
                    people::list_sign_ins(tx, person, SIGN_INS)?,
                ))
            },
        )
        .await?;
    let factor = match standing {
        Standing::Off | Standing::Begun => None,
        Standing::On { since, codes_left } => Some(FactorFacts {
            since: since.shanghai(),
            codes_left,
            few: codes_left <= FEW_CODES,
        }),
    };
    let page = AccountPage {
        w,
        done: match done {
            "password" => Some(w.done_password),
            "off" => Some(w.done_off),
            "session" => Some(w.done_session),
            "others" => Some(w.done_others),
            "again" => Some(w.begin_again),
            _ => None,
        },
        email: member.who.email.to_string(),
        site: member.tenant.name.clone(),
        role: role_name(&s.t.members, member.who.role),
        has_factor: member.who.has_factor,
        asks_proof: member.who.has_factor && !member.is_fresh(state),
        factor,
        errors,
        sessions: sessions
            .into_iter()
            .map(|(session, site)| SessionLine::of(w, session, site, this))
            .collect(),
        sign_ins: sign_ins
            .iter()
            .map(|past| SignInLine::of(w, past))
            .collect(),
        s,
    };
    Ok(html(status, &page))
}

/// Each session with the name of its tenant.
fn with_sites(
    tx: &mut Tx<'_>,
    sessions: Vec<OpenSession>,
) -> Result<Vec<(OpenSession, String)>, DbFault> {
    sessions
        .into_iter()
        .map(|session| {
            let site = tenants::load(tx, session.tenant_id)?.name;
            Ok((session, site))
        })
        .collect()
}

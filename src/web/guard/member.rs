//! The members' guard: a session cookie, and a form of that session.

use std::fmt;
use std::future::Future;
use std::pin::Pin;

use actix_web::cookie::{Cookie, SameSite};
use actix_web::dev::Payload;
use actix_web::http::{Method, StatusCode, header};
use actix_web::{FromRequest, HttpMessage as _, HttpRequest, HttpResponse, ResponseError, web};

use super::confirm::NotFresh;
use super::csrf::{FormToken, same_origin};
use super::request_id;
use crate::audit::By;
use crate::basics::TenantId;
use crate::db::{DbFault, Scope};
use crate::people::{self, Role, SeenAgain, SessionToken, SignedIn};
use crate::tenants::{self, Tenant};
use crate::vault::VaultFault;
use crate::web::State;

/// A member who is signed in, with the tenant in which they act.
#[derive(Clone, Debug)]
pub(in crate::web) struct Member {
    /// Who.
    pub(in crate::web) who: SignedIn,
    /// Their tenant.
    pub(in crate::web) tenant: Tenant,
    /// The token that their forms carry.
    pub(in crate::web) form_token: FormToken,
    /// Their session.
    pub(in crate::web) session: SessionToken,
}

impl Member {
    /// The tenant's id.
    pub(in crate::web) const fn tenant_id(&self) -> TenantId {
        self.who.tenant
    }

    /// The member as somebody who does something.
    pub(in crate::web) fn by(&self) -> By {
        self.who.by(Some(request_id()))
    }

    /// Goes on only when the form carries this session's token.
    pub(in crate::web) fn check_form(&self, brought: &str) -> Result<(), MemberFault> {
        if self.form_token.matches(brought) {
            Ok(())
        } else {
            tracing::warn!(target: "zhanfu::security", "a form of another session was refused");
            Err(MemberFault::Forged)
        }
    }

    /// Goes on only for the roles that handle money.
    pub(in crate::web) const fn check_handles_money(&self) -> Result<(), MemberFault> {
        if self.who.role.handles_money() {
            Ok(())
        } else {
            Err(MemberFault::Role(self.who.role))
        }
    }
}

/// Why nobody gets in.
#[derive(Clone, Debug)]
pub(in crate::web) enum MemberFault {
    /// Nobody is signed in, or no longer.
    SignedOut,
    /// The request does not come from a page of ours, or its form is not of this session.
    Forged,
    /// The role does not allow it.
    Role(Role),
    /// The member has not proved lately that it is them.
    NotFresh(NotFresh),
    /// Too many passwords are being checked.
    Busy,
    /// The browser sent the cookie twice.
    TwoCookies,
    /// The database is out of reach.
    Unavailable,
    /// A fault of ours.
    Broken,
}

impl fmt::Display for MemberFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            MemberFault::SignedOut => "nobody is signed in",
            MemberFault::Forged => "the form is not of this session",
            MemberFault::Role(role) => {
                return write!(f, "the role {} does not allow it", role.as_str());
            }
            MemberFault::NotFresh(_) => "the member has not proved lately that it is them",
            MemberFault::Busy => "too many passwords are being checked",
            MemberFault::TwoCookies => "the session cookie came twice",
            MemberFault::Unavailable => "the database is out of reach",
            MemberFault::Broken => "something went wrong here",
        })
    }
}

impl ResponseError for MemberFault {
    fn status_code(&self) -> StatusCode {
        match self {
            MemberFault::SignedOut => StatusCode::SEE_OTHER,
            MemberFault::Forged | MemberFault::Role(_) => StatusCode::FORBIDDEN,
            MemberFault::NotFresh(page) => page.status(),
            MemberFault::Busy => StatusCode::TOO_MANY_REQUESTS,
            MemberFault::TwoCookies => StatusCode::BAD_REQUEST,
            MemberFault::Unavailable => StatusCode::SERVICE_UNAVAILABLE,
            MemberFault::Broken => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }

    fn error_response(&self) -> HttpResponse {
        match self {
            MemberFault::SignedOut => HttpResponse::SeeOther()
                .insert_header((header::LOCATION, "/sign-in"))
                .finish(),
            MemberFault::NotFresh(page) => page.answer(),
            MemberFault::Forged
            | MemberFault::Role(_)
            | MemberFault::Busy
            | MemberFault::TwoCookies
            | MemberFault::Unavailable
            | MemberFault::Broken => crate::web::page::fault(self),
        }
    }
}

impl From<DbFault> for MemberFault {
    fn from(fault: DbFault) -> Self {
        match &fault {
            DbFault::Busy(_)
            | DbFault::Lost(_)
            | DbFault::CommitUnknown(_)
            | DbFault::NoConnection(_) => {
                tracing::warn!(error = ?fault, "the database is out of reach");
                MemberFault::Unavailable
            }
            DbFault::Constraint(_)
            | DbFault::OutOfRange
            | DbFault::Damaged { .. }
            | DbFault::Other(_)
            | DbFault::Panicked => {
                tracing::error!(error = ?fault, "the database failed");
                MemberFault::Broken
            }
        }
    }
}

impl From<VaultFault> for MemberFault {
    fn from(fault: VaultFault) -> Self {
        match fault {
            VaultFault::Db(fault) => fault.into(),
            VaultFault::Damaged { .. } | VaultFault::NoDataKey => {
                tracing::error!(error = ?fault, "the vault failed");
                MemberFault::Broken
            }
        }
    }
}

/// The session's token from now on; the door sends it to the browser.
#[derive(Clone, Debug)]
pub(super) struct RenewedSession(pub(super) SessionToken);

/// The cookie that holds a session. The prefix makes browsers refuse it from a neighbour's host or without TLS.
pub(in crate::web) const fn session_cookie_name(secure: bool) -> &'static str {
    if secure { "__Host-zhanfu" } else { "zhanfu" }
}

/// A cookie that only our own pages get back.
pub(in crate::web) fn cookie(name: &'static str, value: String, secure: bool) -> Cookie<'static> {
    Cookie::build(name, value)
        .path("/")
        .http_only(true)
        .secure(secure)
        .same_site(SameSite::Lax)
        .finish()
}

/// The value of a cookie that came once.
pub(in crate::web) fn cookie_value(
    request: &HttpRequest,
    name: &str,
) -> Result<Option<String>, MemberFault> {
    let Ok(cookies) = request.cookies() else {
        return Ok(None);
    };
    let mut values = cookies.iter().filter(|cookie| cookie.name() == name);
    match (values.next(), values.next()) {
        (None, _) => Ok(None),
        (Some(one), None) => Ok(Some(one.value().to_owned())),
        (Some(_), Some(_)) => Err(MemberFault::TwoCookies),
    }
}

impl FromRequest for Member {
    type Error = MemberFault;
    type Future = Pin<Box<dyn Future<Output = Result<Self, MemberFault>>>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        // the door has let them in already
        if let Some(member) = request.extensions().get::<Member>() {
            let member = member.clone();
            return Box::pin(async move { Ok(member) });
        }
        let prepared = prepare(request);
        Box::pin(async move {
            let (state, session) = prepared?;
            let (this, now) = (session.clone(), state.clock.now());
            let found = state
                .database
                .read(
                    "who is signed in",
                    Scope::AcrossTenants,
                    move |tx| -> Result<_, DbFault> {
                        let Some((who, seen)) = people::find_session(tx, &this, now)? else {
                            return Ok(None);
                        };
                        let tenant = tenants::load(tx, who.tenant)?;
                        Ok(Some((who, tenant, seen)))
                    },
                )
                .await?;
            let (who, tenant, seen) = found.ok_or(MemberFault::SignedOut)?;
            if seen == SeenAgain::Write {
                let this = session.clone();
                state
                    .database
                    .write(
                        "session seen",
                        Scope::AcrossTenants,
                        move |tx| -> Result<_, DbFault> { people::touch_session(tx, &this, now) },
                    )
                    .await?;
            }
            tracing::Span::current().record("tenant", tracing::field::display(who.tenant));
            let form_token = FormToken::of(&state.form_key, session.expose());
            Ok(Self {
                who,
                tenant,
                form_token,
                session,
            })
        })
    }
}

fn prepare(request: &HttpRequest) -> Result<(web::Data<State>, SessionToken), MemberFault> {
    let state = request
        .app_data::<web::Data<State>>()
        .cloned()
        .ok_or(MemberFault::Unavailable)?;
    let changes = !matches!(*request.method(), Method::GET | Method::HEAD);
    if changes && !same_origin(request, &state.public_url) {
        tracing::warn!(target: "zhanfu::security", "a request from another origin was refused");
        return Err(MemberFault::Forged);
    }
    let cookie = cookie_value(request, session_cookie_name(state.is_secure()))?;
    let session = cookie
        .as_deref()
        .and_then(SessionToken::parse)
        .ok_or(MemberFault::SignedOut)?;
    Ok((state, session))
}

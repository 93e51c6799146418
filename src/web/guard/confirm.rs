//! The guard of sensitive deeds: the member has proved within the last five minutes that it is them.
//!
//! The rule (`people::confirm`): who has a second factor gives a code of it, who has none gives the password again; what was
//! given to sign in counts as well. A handler needs one line, after [`Member::check_form`] and before its verb:
//!
//! ```text
//! async fn save(request, state, mut member: Member, form: KeptForm<LimitsForm>) -> Result<HttpResponse, MemberFault> {
//!     member.check_form(&form.form.form_token)?;
//!     if raises(&form.form) {
//!         member.check_fresh(&request, &state, Proof::of(&form)).await?;
//!     }
//! ```
//!
//! A member who is not fresh gets a page (403) that keeps the form's fields, asks for the code or the password in a field `proof`,
//! and sends all of it to the same door: there the same line sees the proof. A form that must not be kept (secrets, files) shows
//! the field itself, by `{% include "parts/proof.html" %}` while [`Member::is_fresh`] says no, and passes what was typed by
//! [`Proof::typed`]; when that is not enough, the page sends the member to `/admin/confirm` and back to `back`.
//!
//! After a proof the session has a new token: a handler that goes on to render a page takes the form token of `member` after this
//! line, and the cookie is set by the door.

use actix_web::http::{StatusCode, header};
use actix_web::{HttpMessage as _, HttpRequest, HttpResponse};
use askama::Template;

use super::member::{Member, MemberFault, RenewedSession};
use super::{FormToken, KeptForm, request_id};
use crate::db::Scope;
use crate::people::second_factor::TypedCode;
use crate::people::{self, Confirmed, Password, SessionToken};
use crate::web::State;
use crate::web::page::Shell;

/// The field of a form in which the code or the password stands.
const FIELD: &str = "proof";

/// What a member brought to prove that it is them.
#[derive(Clone, Copy, Debug)]
pub(in crate::web) struct Proof<'a> {
    typed: Option<&'a str>,
    kept: &'a [(String, String)],
    back: Option<&'a str>,
}

impl<'a> Proof<'a> {
    /// A form that is kept while the member is asked.
    pub(in crate::web) fn of<T>(form: &'a KeptForm<T>) -> Self {
        Self::of_fields(form.fields())
    }

    /// The fields of a form, which are kept while the member is asked.
    pub(in crate::web) fn of_fields(fields: &'a [(String, String)]) -> Self {
        let typed = fields
            .iter()
            .find(|(name, _)| name == FIELD)
            .map(|(_, value)| value.as_str());
        Self {
            typed,
            kept: fields,
            back: None,
        }
    }

    /// What was typed into the field of a form that is not kept; `back` is where the member begins again.
    pub(in crate::web) const fn typed(typed: Option<&'a str>, back: &'a str) -> Self {
        Self {
            typed,
            kept: &[],
            back: Some(back),
        }
    }
}

/// What came of a proof.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::web) enum Proven {
    /// It is them.
    Yes,
    /// Nothing was typed.
    NotAsked,
    /// It is wrong.
    Wrong,
    /// Too many were wrong; so many seconds have to pass.
    Wait(u64),
}

/// The page that asks.
#[derive(Template)]
#[template(path = "admin/confirm.html")]
pub(in crate::web) struct ConfirmPage {
    /// The frame.
    pub(in crate::web) s: Shell,
    /// Where the form goes.
    pub(in crate::web) action: String,
    /// The token of the form.
    pub(in crate::web) form_token: String,
    /// The fields that are kept.
    pub(in crate::web) kept: Vec<(String, String)>,
    /// Where the member goes afterwards, when nothing is kept.
    pub(in crate::web) back: Option<String>,
    /// Whether a code is asked for, or the password.
    pub(in crate::web) has_factor: bool,
    /// What went wrong.
    pub(in crate::web) wrong: Option<String>,
}

impl ConfirmPage {
    /// The sentence about what went wrong.
    pub(in crate::web) fn wrong(s: &Shell, has_factor: bool, proven: Proven) -> Option<String> {
        let words = &s.t.confirm;
        match proven {
            Proven::Yes | Proven::NotAsked => None,
            Proven::Wrong if has_factor => Some(words.wrong_code.to_owned()),
            Proven::Wrong => Some(words.wrong_password.to_owned()),
            Proven::Wait(seconds) => Some((s.t.sign_in.wait)(seconds)),
        }
    }
}

impl Member {
    /// Whether the member has proved within the last five minutes that it is them.
    pub(in crate::web) fn is_fresh(&self, state: &State) -> bool {
        self.who.is_fresh(state.clock.now())
    }

    /// Goes on only when the member has proved within the last five minutes that it is them, or does so now.
    pub(in crate::web) async fn check_fresh(
        &mut self,
        request: &HttpRequest,
        state: &State,
        proof: Proof<'_>,
    ) -> Result<(), MemberFault> {
        if self.is_fresh(state) {
            return Ok(());
        }
        let proven = self.prove(request, state, proof.typed).await?;
        if proven == Proven::Yes {
            return Ok(());
        }
        let s = Shell::of(request, self);
        let kept = proof
            .kept
            .iter()
            .filter(|(name, _)| name != FIELD && name != "form_token")
            .cloned()
            .collect();
        let has_factor = self.who.has_factor;
        let page = ConfirmPage {
            wrong: ConfirmPage::wrong(&s, has_factor, proven),
            s,
            action: match proof.back {
                Some(_) => "/admin/confirm".to_owned(),
                None => request.path().to_owned(),
            },
            form_token: self.form_token.as_str().to_owned(),
            kept,
            back: proof.back.map(str::to_owned),
            has_factor,
        };
        Err(MemberFault::NotFresh(NotFresh::new(proven, &page)))
    }

    /// Checks what was typed. When it is right, the session is fresh and has a new token.
    pub(in crate::web) async fn prove(
        &mut self,
        request: &HttpRequest,
        state: &State,
        typed: Option<&str>,
    ) -> Result<Proven, MemberFault> {
        let Some(typed) = typed.filter(|text| !text.trim().is_empty()) else {
            return Ok(Proven::NotAsked);
        };
        let confirmed = if self.who.has_factor {
            self.prove_by_code(state, typed).await?
        } else {
            self.prove_by_password(state, typed).await?
        };
        match confirmed {
            Confirmed::Now(session) => {
                self.renewed(request, state, session);
                Ok(Proven::Yes)
            }
            Confirmed::Wrong => {
                tracing::warn!(target: "zhanfu::security", "a confirmation was refused");
                Ok(Proven::Wrong)
            }
            Confirmed::In(wait) => Ok(Proven::Wait(wait.as_secs().max(1))),
            Confirmed::SignedOut => Err(MemberFault::SignedOut),
        }
    }

    /// Goes on under the session's new token, and sends it to the browser.
    pub(in crate::web) fn renewed(
        &mut self,
        request: &HttpRequest,
        state: &State,
        session: SessionToken,
    ) {
        self.form_token = FormToken::of(&state.form_key, session.expose());
        self.session = session.clone();
        self.who.proved_at = Some(state.clock.now());
        let mut extensions = request.extensions_mut();
        extensions.insert(self.clone());
        extensions.insert(RenewedSession(session));
    }

    async fn prove_by_code(&self, state: &State, typed: &str) -> Result<Confirmed, MemberFault> {
        let (vault, random, now) = (state.vault.clone(), state.random.clone(), state.clock.now());
        let (session, who, id) = (self.session.clone(), self.who.clone(), request_id());
        let typed = TypedCode::parse(typed);
        Ok(state
            .database
            .write("confirm by a code", Scope::AcrossTenants, move |tx| {
                people::confirm_by_code(
                    tx,
                    &vault,
                    &session,
                    &who,
                    typed.as_ref(),
                    &*random,
                    Some(id.clone()),
                    now,
                )
            })
            .await?)
    }

    async fn prove_by_password(
        &self,
        state: &State,
        typed: &str,
    ) -> Result<Confirmed, MemberFault> {
        let Ok(password) = Password::typed(typed) else {
            return Ok(Confirmed::Wrong);
        };
        let place = state.hashing.enter().ok_or(MemberFault::Busy)?;
        let (who, now) = (self.who.clone(), state.clock.now());
        let begun = state
            .database
            .write("confirm by the password", Scope::AcrossTenants, move |tx| {
                people::begin_by_password(tx, &who, now)
            })
            .await?;
        let hash = match begun {
            Ok(hash) => hash,
            Err(wait) => return Ok(Confirmed::In(wait)),
        };
        let is_right = place
            .run(move || password.matches(&hash))
            .await
            .map_err(|_| MemberFault::Unavailable)?;
        let (session, who, id) = (self.session.clone(), self.who.clone(), request_id());
        let random = state.random.clone();
        Ok(state
            .database
            .write(
                "confirmed by the password",
                Scope::AcrossTenants,
                move |tx| {
                    let id = Some(id.clone());
                    people::confirm_by_password(tx, &session, &who, is_right, &*random, id, now)
                },
            )
            .await?)
    }
}

/// The page that asks, ready to be sent.
#[derive(Clone, Debug)]
pub(in crate::web) struct NotFresh {
    proven: Proven,
    page: String,
}

impl NotFresh {
    fn new(proven: Proven, page: &ConfirmPage) -> Self {
        let page = page.render().unwrap_or_else(|error| {
            tracing::error!(%error, "a page could not be rendered");
            String::new()
        });
        Self { proven, page }
    }

    /// Nothing was proved: 403. Wrongly: 401. Too often: 429.
    pub(in crate::web) const fn status(&self) -> StatusCode {
        match self.proven {
            Proven::Yes | Proven::NotAsked => StatusCode::FORBIDDEN,
            Proven::Wrong => StatusCode::UNAUTHORIZED,
            Proven::Wait(_) => StatusCode::TOO_MANY_REQUESTS,
        }
    }

    /// The answer.
    pub(in crate::web) fn answer(&self) -> HttpResponse {
        let mut answer = HttpResponse::build(self.status());
        if let Proven::Wait(seconds) = self.proven {
            answer.insert_header((header::RETRY_AFTER, seconds.to_string()));
        }
        answer
            .content_type("text/html; charset=utf-8")
            .body(self.page.clone())
    }
}

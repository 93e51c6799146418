//! Corrections of balances: one member asks, another one decides.

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, web};
use serde::Deserialize;

use super::recipient::{Place, render};
use crate::basics::{CorrectionId, Fen, RecipientId};
use crate::commissions::{self, CorrectError, Correction, CorrectionState, CorrectionVerdict};
use crate::db::Scope;
use crate::web::State;
use crate::web::guard::{Member, MemberFault};
use crate::web::page::{not_found, see_other};
use crate::web::text::{Commissions, Tongue};

/// The form of a correction, as it was sent.
#[derive(Clone, Debug, Default, Deserialize)]
pub(in crate::web) struct CorrectionForm {
    #[serde(default)]
    form_token: String,
    #[serde(default)]
    pub(super) direction: String,
    #[serde(default)]
    pub(super) amount: String,
    #[serde(default)]
    pub(super) reason: String,
}

/// What is wrong with it, field by field.
#[derive(Clone, Debug, Default)]
pub(super) struct CorrectionErrors {
    pub(super) amount: Option<&'static str>,
    pub(super) reason: Option<&'static str>,
}

/// One correction as pages show it.
pub(super) struct CorrectionLine {
    pub(super) id: CorrectionId,
    pub(super) recipient: RecipientId,
    pub(super) amount: String,
    pub(super) reason: String,
    pub(super) asked_at: String,
    pub(super) asked_by: String,
    pub(super) decided_at: Option<String>,
    pub(super) decided_by: Option<String>,
    pub(super) state: &'static str,
    pub(super) look: &'static str,
    pub(super) waits: bool,
    pub(super) is_own: bool,
}

/// Corrections as pages show them.
pub(super) fn lines(
    w: &'static Commissions,
    corrections: Vec<Correction>,
    member: &Member,
) -> Vec<CorrectionLine> {
    corrections
        .into_iter()
        .map(|one| {
            let (state, look) = match one.state {
                CorrectionState::Asked => (w.waits, "warn"),
                CorrectionState::Approved => (w.approved, "good"),
                CorrectionState::Rejected => (w.rejected, ""),
            };
            CorrectionLine {
                id: one.id,
                recipient: one.recipient,
                amount: signed(one.amount),
                reason: one.reason,
                asked_at: one.asked_at.shanghai(),
                asked_by: one.asked_by,
                decided_at: one.decided_at.map(crate::basics::Timestamp::shanghai),
                decided_by: one.decided_by,
                state,
                look,
                waits: one.state == CorrectionState::Asked,
                is_own: one.asked_by_person == member.who.person,
            }
        })
        .collect()
}

fn signed(amount: Fen) -> String {
    if amount.is_positive() {
        format!("+{}", amount.yuan())
    } else {
        amount.yuan()
    }
}

/// `POST /admin/recipients/{id}/corrections`
pub(in crate::web) async fn ask(
    request: HttpRequest,
    state: web::Data<State>,
    member: Member,
    path: web::Path<String>,
    form: web::Form<CorrectionForm>,
) -> Result<HttpResponse, MemberFault> {
    member.check_form(&form.form_token)?;
    member.check_handles_money()?;
    let w = &Tongue::of(&request).text().commissions;
    let Ok(recipient) = RecipientId::parse(&path) else {
        return Ok(not_found(&request));
    };
    let place = Place {
        recipient: path.into_inner(),
        before: None,
        done: String::new(),
    };
    let refused = StatusCode::UNPROCESSABLE_ENTITY;
    let mut errors = CorrectionErrors::default();
    let amount = Fen::parse_yuan(form.amount.trim()).ok();
    let amount = amount.filter(|amount| amount.is_positive());
    let signed = match (form.direction.as_str(), amount) {
        ("down", Some(amount)) => Fen::ZERO.minus(amount).ok(),
        (_, amount) => amount,
    };
    let Some(amount) = signed else {
        errors.amount = Some(w.wrong_amount);
        return render(&request, &state, &member, refused, place, form.0, errors).await;
    };
    let (tenant, by, now) = (member.tenant_id(), member.by(), state.clock.now());
    let (who, reason) = (recipient.clone(), form.reason.clone());
    let asked = state
        .database
        .write("ask for a correction", Scope::Tenant(tenant), move |tx| {
            commissions::ask_correction(tx, tenant, &who, amount, &reason, &by, now)
        })
        .await;
    match asked {
        Ok(_) => {
            return Ok(see_other(&format!(
                "/admin/recipients/{recipient}?done=correction_asked"
            )));
        }
        Err(CorrectError::Nothing | CorrectError::TooLarge) => {
            errors.amount = Some(w.wrong_amount);
        }
        Err(CorrectError::Reason) => errors.reason = Some(w.wrong_reason),
        Err(CorrectError::UnknownRecipient(_) | CorrectError::NotFound) => {
            return Ok(not_found(&request));
        }
        Err(CorrectError::NotAPerson | CorrectError::OwnRequest | CorrectError::Decided(_)) => {
            return Err(MemberFault::Role(member.who.role));
        }
        Err(CorrectError::Db(fault)) => return Err(fault.into()),
    }
    render(&request, &state, &member, refused, place, form.0, errors).await
}

#[derive(Deserialize)]
pub(in crate::web) struct DecideForm {
    form_token: String,
    verdict: String,
}

/// `POST /admin/corrections/{id}/decide`
pub(in crate::web) async fn decide(
    request: HttpRequest,
    state: web::Data<State>,
    member: Member,
    path: web::Path<String>,
    form: web::Form<DecideForm>,
) -> Result<HttpResponse, MemberFault> {
    member.check_form(&form.form_token)?;
    member.check_handles_money()?;
    let Ok(id) = path.parse::<CorrectionId>() else {
        return Ok(not_found(&request));
    };
    let (verdict, done) = if form.verdict == "approve" {
        (CorrectionVerdict::Approve, "correction_approved")
    } else {
        (CorrectionVerdict::Reject, "correction_rejected")
    };
    let (tenant, by, now) = (member.tenant_id(), member.by(), state.clock.now());
    let decided = state
        .database
        .write(
            "decide about a correction",
            Scope::Tenant(tenant),
            move |tx| commissions::decide_correction(tx, tenant, id, verdict, &by, now),
        )
        .await;
    match decided {
        Ok(_) => Ok(see_other(&format!("/admin/commissions?done={done}"))),
        Err(CorrectError::Decided(_)) => Ok(see_other(
            "/admin/commissions?done=correction_decided_before",
        )),
        Err(CorrectError::NotFound | CorrectError::UnknownRecipient(_)) => Ok(not_found(&request)),
        Err(CorrectError::OwnRequest | CorrectError::NotAPerson) => {
            Err(MemberFault::Role(member.who.role))
        }
        Err(error @ (CorrectError::Nothing | CorrectError::Reason | CorrectError::TooLarge)) => {
            tracing::error!(%error, "a correction could not be decided");
            Err(MemberFault::Unavailable)
        }
        Err(CorrectError::Db(fault)) => Err(fault.into()),
    }
}

//! One recipient: the balance, the statement, the corrections.

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, web};
use askama::Template;
use serde::Deserialize;

use super::corrections::{CorrectionErrors, CorrectionForm, CorrectionLine, lines};
use super::show::notice;
use crate::basics::page::PageSize;
use crate::basics::{Fen, PostingId, RecipientId, mask};
use crate::commissions;
use crate::db::{DbFault, Scope};
use crate::ledger::{self, Balance, Entry};
use crate::recipients;
use crate::web::State;
use crate::web::guard::{Member, MemberFault};
use crate::web::page::{Shell, html, not_found};
use crate::web::text::Commissions;

struct EntryLine {
    at: String,
    what: &'static str,
    look: &'static str,
    change: String,
    after: String,
    source: String,
}

#[derive(Template)]
#[template(path = "admin/commissions/recipient.html")]
struct RecipientPage {
    s: Shell,
    w: &'static Commissions,
    done: Option<&'static str>,
    id: RecipientId,
    openid: String,
    since: String,
    available: String,
    pending: String,
    held: String,
    paid: String,
    entries: Vec<EntryLine>,
    is_first: bool,
    next: Option<PostingId>,
    may_change: bool,
    form: CorrectionForm,
    errors: CorrectionErrors,
    corrections: Vec<CorrectionLine>,
}

#[derive(Deserialize)]
pub(in crate::web) struct Query {
    #[serde(default)]
    done: String,
    #[serde(default)]
    before: String,
}

/// `GET /admin/recipients/{id}`
pub(in crate::web) async fn show(
    request: HttpRequest,
    state: web::Data<State>,
    member: Member,
    path: web::Path<String>,
    query: web::Query<Query>,
) -> Result<HttpResponse, MemberFault> {
    let at = Place {
        recipient: path.into_inner(),
        before: query.before.parse().ok(),
        done: query.into_inner().done,
    };
    render(
        &request,
        &state,
        &member,
        StatusCode::OK,
        at,
        CorrectionForm::default(),
        CorrectionErrors::default(),
    )
    .await
}

/// Whose page, from where on, and what was done a moment ago.
pub(super) struct Place {
    pub(super) recipient: String,
    pub(super) before: Option<PostingId>,
    pub(super) done: String,
}

/// The page, with a form as it was sent and what is wrong with it.
pub(super) async fn render(
    request: &HttpRequest,
    state: &State,
    member: &Member,
    status: StatusCode,
    place: Place,
    form: CorrectionForm,
    errors: CorrectionErrors,
) -> Result<HttpResponse, MemberFault> {
    let Ok(id) = RecipientId::parse(&place.recipient) else {
        return Ok(not_found(request));
    };
    let (tenant, now, before) = (member.tenant_id(), state.clock.now(), place.before);
    let wanted = id.clone();
    let found = state
        .database
        .read(
            "a recipient's statement",
            Scope::Tenant(tenant),
            move |tx| -> Result<_, DbFault> {
                let Some(recipient) = recipients::find(tx, tenant, &wanted)? else {
                    return Ok(None);
                };
                let balance = ledger::find_balance(tx, tenant, &wanted)?.unwrap_or_default();
                // what is due counts as available, though no worker has moved it yet
                let due = commissions::due_amount(tx, tenant, &wanted, now)?;
                let entries = ledger::list_entries(tx, tenant, &wanted, before, PageSize::DEFAULT)?;
                let corrections =
                    commissions::list_corrections(tx, tenant, &wanted, None, PageSize::DEFAULT)?;
                Ok(Some((recipient, balance, due, entries, corrections)))
            },
        )
        .await?;
    let Some((recipient, balance, due, entries, corrections)) = found else {
        return Ok(not_found(request));
    };
    let s = Shell::of(request, member);
    let w = &s.t.commissions;
    let Balance {
        available,
        pending,
        held,
        paid,
        ..
    } = balance;
    let page = RecipientPage {
        w,
        done: notice(w, &place.done),
        openid: mask::openid(recipient.openid.as_str()),
        since: recipient.created_at.shanghai(),
        available: available.plus(due).unwrap_or(available).yuan(),
        pending: pending.minus(due).unwrap_or(pending).yuan(),
        held: held.yuan(),
        paid: paid.yuan(),
        entries: entries.rows.iter().map(|entry| line(w, entry)).collect(),
        is_first: place.before.is_none(),
        next: entries.next,
        may_change: member.who.role.handles_money(),
        form,
        errors,
        corrections: lines(w, corrections.rows, member),
        id,
        s,
    };
    Ok(html(status, &page))
}

/// An entry in words, and what it did to what can be withdrawn.
fn line(w: &'static Commissions, entry: &Entry) -> EntryLine {
    let (what, look) = match entry.kind.as_str() {
        "commission_earned" => (w.earned, "good"),
        "commission_matured" => (w.matured, "info"),
        "commission_reversed" => (w.reversed, "warn"),
        "commission_reduced" => (w.reduced, "warn"),
        "balance_corrected" => (w.corrected, "warn"),
        "payout_held" => (w.payout_held, "info"),
        "payout_released" => (w.payout_released, "bad"),
        "payout_settled" => (w.payout_settled, "good"),
        _ => ("—", ""),
    };
    let sign = if entry.credit_account == "available" || entry.debit_account == "commission_cost" {
        "+"
    } else if entry.debit_account == "available" || entry.credit_account == "commission_cost" {
        "−"
    } else {
        ""
    };
    EntryLine {
        at: entry.posted_at.shanghai(),
        what,
        look,
        change: format!("{sign}{}", entry.amount_fen.yuan()),
        after: Fen::yuan(entry.available_after_fen),
        source: entry.source.clone(),
    }
}

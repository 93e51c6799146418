//! `POST /admin/payouts/review`: what somebody is about to approve or reject, with its number and total, before it is done.

use std::collections::BTreeSet;

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, web};
use askama::Template;

use super::line::{Line, Reader};
use crate::basics::{Fen, PayoutId};
use crate::db::{DbFault, Scope};
use crate::payouts::{self, Fingerprint, Payout, Status};
use crate::web::State;
use crate::web::admin::fields::Fields;
use crate::web::guard::{Member, MemberFault};
use crate::web::page::{self, Refusal, Shell, html};
use crate::web::text::Payouts;

/// How many payouts are decided about at once: a page's worth.
pub(super) const AT_ONCE: usize = 100;

/// What is to be done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Deed {
    /// Approve.
    Approve,
    /// Reject.
    Reject,
}

/// What a form names: a deed and payouts, each once.
pub(super) struct Chosen {
    deed: Deed,
    ids: Vec<PayoutId>,
}

impl Chosen {
    /// Reads the buttons of the list: those of one line, or those of all that is ticked. What is no id of ours is nothing of the tenant's.
    fn read(fields: &Fields) -> Option<Self> {
        let (deed, ids) = match (fields.get("approve"), fields.get("reject")) {
            (Some(id), _) => (Deed::Approve, vec![id]),
            (None, Some(id)) => (Deed::Reject, vec![id]),
            (None, None) => {
                let deed = match fields.get("deed")? {
                    "approve" => Deed::Approve,
                    "reject" => Deed::Reject,
                    _ => return None,
                };
                (deed, fields.all("id").collect())
            }
        };
        Some(Self {
            deed,
            ids: read_ids(ids)?,
        })
    }
}

/// Ids, each once; none when one of them is none, or when there are too many.
pub(super) fn read_ids<'a>(texts: impl IntoIterator<Item = &'a str>) -> Option<Vec<PayoutId>> {
    let ids: Option<BTreeSet<PayoutId>> = texts.into_iter().map(|text| text.parse().ok()).collect();
    ids.map(|ids| ids.into_iter().collect())
        .filter(|ids: &Vec<PayoutId>| ids.len() <= AT_ONCE)
}

struct Excluded {
    line: Line,
    why: &'static str,
}

#[derive(Template)]
#[template(path = "admin/payouts/review.html")]
struct ReviewPage {
    s: Shell,
    form_token: String,
    approving: bool,
    lines: Vec<Line>,
    excluded: Vec<Excluded>,
    count: usize,
    total: String,
    capitals: String,
    seen: String,
}

/// `POST /admin/payouts/review`
pub(in crate::web) async fn show(
    request: HttpRequest,
    state: web::Data<State>,
    member: Member,
    fields: Fields,
) -> Result<HttpResponse, MemberFault> {
    member.check_form(fields.text("form_token"))?;
    let Some(chosen) = Chosen::read(&fields) else {
        return Ok(page::not_found(&request));
    };
    let (tenant, person, ids) = (member.tenant_id(), member.who.person, chosen.ids);
    let wanted = ids.len();
    let found = state
        .database
        .read(
            "payouts to review",
            Scope::Tenant(tenant),
            move |tx| -> Result<_, DbFault> {
                let mut found = Vec::with_capacity(ids.len());
                for payout in payouts::list_all(tx, tenant, &ids)? {
                    let given = payouts::approvals_given(tx, tenant, payout.id)?;
                    found.push((payout, given.contains(&person)));
                }
                Ok(found)
            },
        )
        .await?;
    if found.len() != wanted {
        return Ok(page::not_found(&request));
    }
    let s = Shell::of(&request, &member).with_path("/admin/payouts");
    let reader = Reader {
        t: s.t,
        language: s.tongue.into(),
        now: state.clock.now(),
    };
    let (mut included, mut excluded) = (Vec::new(), Vec::new());
    for (payout, approved) in found {
        match why_not(&payout, approved, chosen.deed, &s.t.payouts) {
            None => included.push(payout),
            Some(why) => excluded.push(Excluded {
                line: Line::of(&payout, reader),
                why,
            }),
        }
    }
    if included.is_empty() && excluded.is_empty() {
        return Ok(nothing(&request, &member, &s.t.payouts));
    }
    let total = total(&included);
    let page = ReviewPage {
        form_token: member.form_token.as_str().to_owned(),
        approving: chosen.deed == Deed::Approve,
        count: included.len(),
        total: total.yuan(),
        capitals: total.capitals(),
        seen: Fingerprint::of_all(tenant, &included).to_string(),
        lines: included
            .iter()
            .map(|payout| Line::of(payout, reader))
            .collect(),
        excluded,
        s,
    };
    Ok(html(StatusCode::OK, &page))
}

/// Why this person cannot do this to this payout.
fn why_not(payout: &Payout, approved: bool, deed: Deed, t: &Payouts) -> Option<&'static str> {
    if payout.status != Status::InReview {
        return Some(t.excluded_status);
    }
    match deed {
        Deed::Reject => None,
        Deed::Approve => approved.then_some(t.excluded_approved),
    }
}

/// The sum. A hundred amounts that the ledger holds do not overflow; should they, the greatest number is shown and not a small one.
pub(super) fn total(payouts: &[Payout]) -> Fen {
    Fen::sum(payouts.iter().map(|payout| payout.amount)).unwrap_or(Fen::new(i64::MAX))
}

fn nothing(request: &HttpRequest, member: &Member, t: &Payouts) -> HttpResponse {
    let refusal = Refusal {
        title: t.nothing_chosen_title,
        sentence: t.nothing_chosen,
        next: "",
        back: "/admin/payouts?status=in_review",
        back_label: t.back,
    };
    page::refused(request, member, StatusCode::UNPROCESSABLE_ENTITY, &refusal)
}

//! Two people decide about a payout that the rail no longer answers for.
//!
//! WeChat Pay answers for 30 days. Whoever is in doubt then has only the fund statement. So the money moves by two different people's word, and each
//! says what they looked at.

use serde_json::json;

use super::give_back::give_back;
use super::model::{NoSuchWay, Payout, Status};
use super::store;
use super::tally::count_ended;
use super::tell::tell;
use crate::audit::{self, By, Event, EventKind, Object};
use crate::basics::{PayoutId, PersonId, TenantId, Timestamp};
use crate::db::{DbFault, Tx};
use crate::ledger::postings::payout_settled;
use crate::ledger::{self, PostError};
use crate::outbox::Kind;

/// What somebody says became of a payout.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// It was paid; the statement names this payment.
    Paid {
        /// WeChat Pay's number of it.
        payment_no: String,
    },
    /// It was not paid.
    NotPaid,
}

impl Verdict {
    const fn as_str(&self) -> &'static str {
        match self {
            Verdict::Paid { .. } => "paid",
            Verdict::NotPaid => "not_paid",
        }
    }

    fn payment_no(&self) -> Option<&str> {
        match self {
            Verdict::Paid { payment_no } => Some(payment_no),
            Verdict::NotPaid => None,
        }
    }
}

/// Why a word is not taken.
#[derive(Debug, thiserror::Error)]
pub enum DecideError {
    /// The tenant has no such payout.
    #[error("there is no such payout")]
    NotFound,
    /// The rail can still be asked, so nobody decides.
    #[error("the payout does not wait for a decision")]
    NotNeeded,
    /// Only people decide.
    #[error("only a member can decide")]
    NotAPerson,
    /// This person has said it already; the second word has to be another person's.
    #[error("the same person cannot decide twice")]
    SamePerson,
    /// The other person said something else. Nothing is decided until both withdraw to the statement and agree.
    #[error("the two words contradict each other")]
    Contradiction,
    /// Evidence of 10 to 500 characters is needed, and a payment number where it was paid.
    #[error(
        "say in 10 to 500 characters what you looked at, and the payment number when it was paid"
    )]
    NoEvidence,
    /// A way that no payout may go.
    #[error(transparent)]
    NoSuchWay(#[from] NoSuchWay),
    /// The database failed.
    #[error("the database failed")]
    Db(#[from] DbFault),
}

/// Takes one person's word. With the second, which has to agree, the payout ends.
pub fn decide(
    tx: &mut Tx<'_>,
    tenant: TenantId,
    id: PayoutId,
    verdict: &Verdict,
    evidence: &str,
    by: &By,
    now: Timestamp,
) -> Result<Payout, DecideError> {
    let person = by.person().ok_or(DecideError::NotAPerson)?;
    let evidence = evidence.trim();
    let named = verdict
        .payment_no()
        .is_none_or(|number| (1..=64).contains(&number.len()));
    if !(10..=500).contains(&evidence.chars().count()) || !named {
        return Err(DecideError::NoEvidence);
    }
    let mut payout = store::find_locked(tx, tenant, id)?.ok_or(DecideError::NotFound)?;
    let seen_fence = payout.work.fence;
    if !payout.needs_decision() {
        return Err(DecideError::NotNeeded);
    }
    let others = store::list_decisions(tx, tenant, id)?;
    if others.iter().any(|other| other.person == person) {
        return Err(DecideError::SamePerson);
    }
    let said = (
        verdict.as_str().to_owned(),
        verdict.payment_no().map(str::to_owned),
    );
    if others
        .iter()
        .any(|other| (other.verdict.clone(), other.payment_no.clone()) != said)
    {
        return Err(DecideError::Contradiction);
    }
    store::insert_decision(tx, tenant, id, person, &said, evidence, now)?;
    let event = Event {
        kind: EventKind::PayoutDecided,
        object: Object::Payout(id),
        details: json!({ "verdict": said.0, "payment_no": said.1, "evidence": evidence }),
    };
    audit::record(tx, tenant, event, by, now)?;
    if others.is_empty() {
        return Ok(payout);
    }
    // a question under way finds its fence gone
    payout.work.fence = payout.work.fence.saturating_add(1);
    match verdict {
        Verdict::Paid { payment_no } => {
            payout.finish(Status::Succeeded, now)?;
            payout.payment_no = Some(payment_no.clone());
            payout.reason_code = None;
            let saved = store::save(tx, tenant, &payout, seen_fence)?;
            tell(tx, tenant, &payout, Kind::PayoutSucceeded, saved, now)?;
            settle(tx, tenant, &payout, now)?;
        }
        Verdict::NotPaid => {
            payout.finish(Status::Failed, now)?;
            payout.reason_code = Some("decided_not_paid".to_owned());
            let saved = store::save(tx, tenant, &payout, seen_fence)?;
            tell(tx, tenant, &payout, Kind::PayoutFailed, saved, now)?;
            give_back(tx, tenant, &payout, now)?;
        }
    }
    count_ended(tx, &[(tenant, &payout)])?;
    Ok(payout)
}

/// One person's word, as people read it.
#[derive(Clone, Debug)]
pub struct Decision {
    /// Whose.
    pub person: PersonId,
    /// What.
    pub verdict: Verdict,
    /// What the person has looked at.
    pub evidence: String,
    /// When.
    pub at: Timestamp,
}

/// What has been said so far.
pub fn decisions_given(
    tx: &mut Tx<'_>,
    tenant: TenantId,
    id: PayoutId,
) -> Result<Vec<Decision>, DbFault> {
    let rows = store::list_decisions(tx, tenant, id)?;
    let decision = |row: store::DecisionRow| Decision {
        person: row.person,
        verdict: row
            .payment_no
            .map_or(Verdict::NotPaid, |payment_no| Verdict::Paid { payment_no }),
        evidence: row.evidence,
        at: row.at,
    };
    Ok(rows.into_iter().map(decision).collect())
}

fn settle(
    tx: &mut Tx<'_>,
    tenant: TenantId,
    payout: &Payout,
    now: Timestamp,
) -> Result<(), DbFault> {
    let posting = payout_settled(
        &payout.id,
        &payout.recipient,
        payout.amount,
        payout.kind.source(),
    );
    ledger::post(tx, tenant, posting, now)
        .map(|_| ())
        .map_err(|error| match error {
            PostError::Db(fault) => fault,
            PostError::NoAccounts | PostError::Overflow(_) => DbFault::Damaged {
                table: "ledger_balances",
                what: "a hold that cannot be settled",
            },
        })
}

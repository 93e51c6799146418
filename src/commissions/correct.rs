//! A correction of a balance by hand: one member asks with a reason, another one decides.

use serde_json::json;

use super::store;
use crate::audit::{self, Actor, By, Event, EventKind, Object};
use crate::basics::stored_names;
use crate::basics::{CorrectionId, Fen, PersonId, RecipientId, TenantId, Timestamp};
use crate::db::{DbFault, Tx};
use crate::ledger::postings::{Direction, balance_corrected};
use crate::ledger::{self, PostError};

/// The longest reason, in characters.
pub const LONGEST_REASON: usize = 200;

stored_names! {
    /// Where a correction stands.
    CorrectionState {
        /// It waits for another member.
        Asked = "asked",
        /// It was made.
        Approved = "approved",
        /// It was not made.
        Rejected = "rejected",
    }
}

/// One correction.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Correction {
    /// Its id.
    pub id: CorrectionId,
    /// Whose balance.
    pub recipient: RecipientId,
    /// How much is added; negative when it is taken away.
    pub amount: Fen,
    /// Why.
    pub reason: String,
    /// Where it stands.
    pub state: CorrectionState,
    /// When it was asked for.
    pub asked_at: Timestamp,
    /// By whom.
    pub asked_by: String,
    /// The person who asked, who cannot decide.
    pub asked_by_person: PersonId,
    /// When it was decided.
    pub decided_at: Option<Timestamp>,
    /// By whom.
    pub decided_by: Option<String>,
}

/// What the other member says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CorrectionVerdict {
    /// It is made.
    Approve,
    /// It is not made.
    Reject,
}

/// Why a correction is not asked for, or not decided.
#[derive(Debug, thiserror::Error)]
pub enum CorrectError {
    /// The tenant has no such recipient.
    #[error("there is no recipient {0}")]
    UnknownRecipient(RecipientId),
    /// It would correct nothing.
    #[error("a correction adds or takes away at least 1 fen")]
    Nothing,
    /// There is no reason, or a very long one.
    #[error("a reason has 1 to {LONGEST_REASON} characters, without control characters")]
    Reason,
    /// The tenant has no such correction.
    #[error("there is no such correction")]
    NotFound,
    /// It was decided before.
    #[error("the correction is {} already", .0.as_str())]
    Decided(CorrectionState),
    /// Only people correct balances.
    #[error("only a member can correct a balance")]
    NotAPerson,
    /// Whoever asked cannot decide.
    #[error("whoever asks for a correction cannot decide about it; ask another member")]
    OwnRequest,
    /// The balance would not fit into 64 bits of fen.
    #[error("the balance would become too large")]
    TooLarge,
    /// The database failed.
    #[error("the database failed")]
    Db(#[from] DbFault),
}

/// Asks for a correction. No money moves before another member has agreed.
pub fn ask_correction(
    tx: &mut Tx<'_>,
    tenant: TenantId,
    recipient: &RecipientId,
    amount: Fen,
    reason: &str,
    by: &By,
    now: Timestamp,
) -> Result<Correction, CorrectError> {
    let person = person(by)?;
    let reason = reason.trim();
    if amount == Fen::ZERO {
        return Err(CorrectError::Nothing);
    }
    if !(1..=LONGEST_REASON).contains(&reason.chars().count())
        || reason.chars().any(char::is_control)
    {
        return Err(CorrectError::Reason);
    }
    if ledger::find_balance(tx, tenant, recipient)?.is_none() {
        return Err(CorrectError::UnknownRecipient(recipient.clone()));
    }
    let correction = Correction {
        id: tx.fresh_id(now),
        recipient: recipient.clone(),
        amount,
        reason: reason.to_owned(),
        state: CorrectionState::Asked,
        asked_at: now,
        asked_by: by.text().to_owned(),
        asked_by_person: person,
        decided_at: None,
        decided_by: None,
    };
    store::insert_correction(tx, tenant, &correction)?;
    record(tx, tenant, EventKind::CorrectionAsked, &correction, by, now)?;
    Ok(correction)
}

/// Decides about a correction that another member asked for.
pub fn decide_correction(
    tx: &mut Tx<'_>,
    tenant: TenantId,
    id: CorrectionId,
    verdict: CorrectionVerdict,
    by: &By,
    now: Timestamp,
) -> Result<Correction, CorrectError> {
    let person = person(by)?;
    let asked = store::find_correction(tx, tenant, id)?.ok_or(CorrectError::NotFound)?;
    if asked.state != CorrectionState::Asked {
        return Err(CorrectError::Decided(asked.state));
    }
    if asked.asked_by_person == person {
        return Err(CorrectError::OwnRequest);
    }
    let (state, kind) = match verdict {
        CorrectionVerdict::Approve => (CorrectionState::Approved, EventKind::CorrectionApproved),
        CorrectionVerdict::Reject => (CorrectionState::Rejected, EventKind::CorrectionRejected),
    };
    let decided = Correction {
        state,
        decided_at: Some(now),
        decided_by: Some(by.text().to_owned()),
        ..asked
    };
    if !store::mark_decided(tx, tenant, &decided)? {
        // somebody else was faster
        return decide_correction(tx, tenant, id, verdict, by, now);
    }
    if verdict == CorrectionVerdict::Approve {
        post(tx, tenant, &decided, now)?;
    }
    record(tx, tenant, kind, &decided, by, now)?;
    Ok(decided)
}

fn post(
    tx: &mut Tx<'_>,
    tenant: TenantId,
    correction: &Correction,
    now: Timestamp,
) -> Result<(), CorrectError> {
    let (amount, direction) = if correction.amount.is_positive() {
        (correction.amount, Direction::Up)
    } else {
        let amount = Fen::ZERO.minus(correction.amount);
        (amount.map_err(|_| CorrectError::TooLarge)?, Direction::Down)
    };
    let posting = balance_corrected(&correction.id, &correction.recipient, amount, direction);
    ledger::post(tx, tenant, posting, now).map_err(|error| match error {
        PostError::Overflow(_) => CorrectError::TooLarge,
        PostError::NoAccounts => CorrectError::UnknownRecipient(correction.recipient.clone()),
        PostError::Db(fault) => CorrectError::Db(fault),
    })?;
    Ok(())
}

fn person(by: &By) -> Result<PersonId, CorrectError> {
    match by.actor {
        Actor::Member { person, .. } => Ok(person),
        Actor::Storefront(_) | Actor::Engine | Actor::CommandLine | Actor::Visitor => {
            Err(CorrectError::NotAPerson)
        }
    }
}

fn record(
    tx: &mut Tx<'_>,
    tenant: TenantId,
    kind: EventKind,
    correction: &Correction,
    by: &By,
    now: Timestamp,
) -> Result<(), DbFault> {
    let event = Event {
        kind,
        object: Object::Recipient(correction.recipient.clone()),
        details: json!({
            "correction": correction.id,
            "amount_fen": correction.amount,
            "reason": correction.reason,
        }),
    };
    audit::record(tx, tenant, event, by, now)
}

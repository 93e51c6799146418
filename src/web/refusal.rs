//! What members are told when a verb says no: the pages' counterpart of `problem`.
//!
//! One match for each verb, no wildcard: a new way to fail does not compile until it has its sentence.

use actix_web::http::StatusCode;

use super::guard::MemberFault;
use super::text::Text;
use crate::basics::Fen;
use crate::db::DbFault;
use crate::findings::ResolveError;
use crate::limits::LimitExceeded;
use crate::limits::rule::{LimitName, Unit};
use crate::payouts::model::NoSuchWay;
use crate::payouts::{
    ApproveError, AskNowError, CancelError, DecideError, HurryError, RejectError, Status,
};
use crate::web::admin::badge;

/// A verb's no.
pub(super) enum No {
    /// There is no such thing here; another tenant's neither.
    NotFound,
    /// The rules say no.
    Rules(StatusCode, String),
    /// The machine is unwell.
    Fault(MemberFault),
}

impl From<DbFault> for No {
    fn from(fault: DbFault) -> Self {
        No::Fault(fault.into())
    }
}

/// A verb's error as a no for people.
pub(super) trait Refuse {
    /// In these words.
    fn no(self, t: &Text) -> No;
}

fn conflict(sentence: impl Into<String>) -> No {
    No::Rules(StatusCode::CONFLICT, sentence.into())
}

fn standing(sentence: &str, status: Status, t: &Text) -> No {
    conflict(format!("{sentence} {}", badge::word(status, &t.status)))
}

fn broken(way: NoSuchWay) -> No {
    tracing::error!(%way, "a payout went a way that it cannot go");
    No::Fault(MemberFault::Broken)
}

/// A limit's number as people read it.
pub(super) fn limit_number(name: LimitName, number: i64) -> String {
    match name.unit() {
        Unit::Fen => format!("¥{}", Fen::new(number).yuan()),
        Unit::Payouts => number.to_string(),
    }
}

/// Which limit, and what it leaves.
pub(super) fn limit_sentence(exceeded: &LimitExceeded, t: &Text) -> String {
    let left = limit_number(exceeded.name, exceeded.remaining);
    let which = (t.payouts.limit_left)(t.limit_names.of(exceeded.name), &left);
    format!("{} {which}", t.payouts.refused_limit)
}

impl Refuse for ApproveError {
    fn no(self, t: &Text) -> No {
        match self {
            ApproveError::NotFound => No::NotFound,
            ApproveError::NotInReview(status) => {
                standing(t.payouts.refused_not_in_review, status, t)
            }
            ApproveError::NotAPerson => No::Fault(MemberFault::Broken),
            ApproveError::Changed => conflict(t.payouts.changed),
            ApproveError::SamePerson => No::Rules(
                StatusCode::FORBIDDEN,
                t.payouts.refused_same_person.to_owned(),
            ),
            ApproveError::LimitExceeded(exceeded) => conflict(limit_sentence(&exceeded, t)),
            ApproveError::NoSuchWay(way) => broken(way),
            ApproveError::Db(fault) => fault.into(),
        }
    }
}

impl Refuse for RejectError {
    fn no(self, t: &Text) -> No {
        match self {
            RejectError::NotFound => No::NotFound,
            RejectError::NotInReview(status) => {
                standing(t.payouts.refused_not_in_review, status, t)
            }
            RejectError::NotAPerson => No::Fault(MemberFault::Broken),
            RejectError::NoReason => No::Rules(
                StatusCode::UNPROCESSABLE_ENTITY,
                t.payouts.reason_missing.to_owned(),
            ),
            RejectError::NoSuchWay(way) => broken(way),
            RejectError::Db(fault) => fault.into(),
        }
    }
}

impl Refuse for CancelError {
    fn no(self, t: &Text) -> No {
        match self {
            CancelError::NotFound => No::NotFound,
            CancelError::NotCancellable(status) => {
                standing(t.payouts.refused_not_cancellable, status, t)
            }
            CancelError::NoSuchWay(way) => broken(way),
            CancelError::Db(fault) => fault.into(),
        }
    }
}

impl Refuse for AskNowError {
    fn no(self, t: &Text) -> No {
        match self {
            AskNowError::NotFound => No::NotFound,
            AskNowError::NothingToAsk(status) => {
                standing(t.payouts.refused_nothing_to_ask, status, t)
            }
            AskNowError::UnderWay => conflict(t.payouts.refused_under_way),
            AskNowError::Db(fault) => fault.into(),
        }
    }
}

impl Refuse for HurryError {
    fn no(self, t: &Text) -> No {
        match self {
            HurryError::NotFound => No::NotFound,
            HurryError::NotWaiting(status) => standing(t.payouts.refused_not_waiting, status, t),
            HurryError::LaneClosed(_) => conflict(t.payouts.refused_lane),
            HurryError::Db(fault) => fault.into(),
        }
    }
}

impl Refuse for ResolveError {
    fn no(self, t: &Text) -> No {
        match self {
            ResolveError::NotFound => No::NotFound,
            ResolveError::NoResolution => No::Rules(
                StatusCode::UNPROCESSABLE_ENTITY,
                t.findings.wrong_resolution.to_owned(),
            ),
            ResolveError::Db(fault) => fault.into(),
        }
    }
}

impl Refuse for DecideError {
    fn no(self, t: &Text) -> No {
        match self {
            DecideError::NotFound => No::NotFound,
            DecideError::NotNeeded => conflict(t.payouts.refused_decide_not_needed),
            DecideError::NotAPerson => No::Fault(MemberFault::Broken),
            DecideError::SamePerson => No::Rules(
                StatusCode::FORBIDDEN,
                t.payouts.refused_decide_same.to_owned(),
            ),
            DecideError::Contradiction => conflict(t.payouts.refused_decide_contradiction),
            DecideError::NoEvidence => No::Rules(
                StatusCode::UNPROCESSABLE_ENTITY,
                t.payouts.refused_decide_evidence.to_owned(),
            ),
            DecideError::NoSuchWay(way) => broken(way),
            DecideError::Db(fault) => fault.into(),
        }
    }
}

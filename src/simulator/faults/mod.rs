//! Faults on demand: by rule, or by the openid of the payee.
//!
//! # Two halves of a fault
//!
//! An [`Action`] says what the client gets to see. [`Booking`] says whether the request is really
//! carried out: `as_usual` (the money moves when nothing speaks against it) or `never`. Left out,
//! a code and an HTTP status are `never`, everything else is `as_usual`.
//!
//! A request that is wrong in itself (certificate, XML, signature, parameters, other parameters
//! under a known number) keeps its own refusal: an action that puts a code or an outcome in its
//! place does not hide it.
//!
//! # By openid
//!
//! `oSIM-<FAULT>-<anything>`, where `<FAULT>` is `[ONCE_][QUERY_][PAID_|UNPAID_]NAME[_NUMBER]`:
//!
//! - `ONCE_`: only the first such request of each order number, later ones are answered honestly;
//! - `QUERY_`: the query (gettransferinfo) instead of the transfer;
//! - `PAID_` / `UNPAID_`: the booking, where it should not be the usual one;
//! - `NAME`: one of [`catalogue`], or any code of [`DOCUMENTED`](super::codes::DOCUMENTED);
//! - `NUMBER`: milliseconds, bytes or a status, where the name takes one.
//!
//! `oSIM-NOTENOUGH-7`, `oSIM-ONCE_PAID_SYSTEMERROR-7`, `oSIM-DELAY_20000-7`, `oSIM-QUERY_NOT_FOUND-7`.
//! An openid that begins with `oSIM-` and names no fault is refused with `OPENID_ERROR`.
//!
//! # By rule
//!
//! A [`Rule`] matches on call, merchant, openid and number, leaves the first `skip` matches alone,
//! and fires at most `times` times, each time with `chance_per_10000`. The first rule that fires
//! wins; a rule goes before an openid.

mod action;
mod by_openid;
mod distort;
mod rule;

pub use action::{Action, Booking, EchoElement, Outcome, Shape};
pub use by_openid::catalogue;
pub use rule::{Rule, RuleFault, RuleId, RuleState};

pub(super) use by_openid::{Asked, ask};
pub(super) use distort::{distort_bytes, distort_elements};
pub(super) use rule::{Rules, Subject};

/// A fault that has been chosen for one request.
#[derive(Debug, Clone)]
pub(super) struct Fault {
    pub(super) action: Action,
    pub(super) booking: Booking,
}

//! The judgement of one request: checked in itself, then carried out.

mod form;
mod identify;
mod inquiry;
mod transfer;

use std::borrow::Cow;
use std::net::IpAddr;

use super::arrival::{Elements, Endpoint};
use super::book::Digest;
use super::certificates::CertificateInfo;
use super::codes::{self, Code};
use super::faults::{Action, Booking, Fault, Shape};
use super::order::OrderKey;
use super::state::State;

/// A refusal on its way to the client.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Refused {
    pub(super) code: Cow<'static, str>,
    pub(super) text: Cow<'static, str>,
    /// Its shape; by code and seed when none.
    pub(super) shape: Option<Shape>,
}

impl Refused {
    pub(super) fn plain(code: Code) -> Self {
        Self {
            code: code.name.into(),
            text: code.text.into(),
            shape: None,
        }
    }

    /// The code with a text that says more than usual.
    pub(super) fn with(code: Code, text: impl Into<Cow<'static, str>>) -> Self {
        Self {
            code: code.name.into(),
            text: text.into(),
            shape: None,
        }
    }
}

/// One request that has passed the front.
#[derive(Debug)]
pub(super) struct Case<'a> {
    pub(super) endpoint: Endpoint,
    pub(super) certificate: &'a CertificateInfo,
    pub(super) source: Option<IpAddr>,
    pub(super) elements: Result<Elements, Refused>,
    pub(super) digest: Digest,
}

impl Case<'_> {
    /// The merchant number, as far as it can be read.
    pub(super) fn mchid(&self) -> Option<&str> {
        self.element(self.endpoint.merchant_element())
    }

    /// The order number, as far as it can be read.
    pub(super) fn number(&self) -> Option<&str> {
        self.element("partner_trade_no")
    }

    pub(super) fn element(&self, name: &str) -> Option<&str> {
        self.elements.as_ref().ok()?.get(name)
    }
}

/// What the judge has decided.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Ruling {
    Refused(Refused),
    /// A fault asked for it: in order, but not carried out.
    NotCarriedOut,
    /// It has not reached the judge yet; the book notes it once more when it does.
    HeldBack,
    /// Accepted, and its end is not known yet.
    Pending,
    /// Paid now or before.
    Paid(OrderKey),
    /// The query's answer is this order.
    Found(OrderKey),
}

/// A ruling and its effect.
#[derive(Debug)]
pub(super) struct Ruled {
    pub(super) ruling: Ruling,
    /// Whether this request made money move.
    pub(super) booked: bool,
}

/// Judges a request; a fault may keep it from being carried out or change how it is.
pub(super) fn judge(
    state: &mut State,
    case: &Case<'_>,
    fault: Option<&Fault>,
    now_ms: i64,
) -> Ruled {
    let ruled = match case.endpoint {
        Endpoint::Transfers => judge_transfer(state, case, fault, now_ms),
        Endpoint::GetTransferInfo => inquiry::judge(state, case, now_ms).map(|ruling| Ruled {
            ruling,
            booked: false,
        }),
    };
    ruled.unwrap_or_else(|refused| Ruled {
        ruling: Ruling::Refused(refused),
        booked: false,
    })
}

fn judge_transfer(
    state: &mut State,
    case: &Case<'_>,
    fault: Option<&Fault>,
    now_ms: i64,
) -> Result<Ruled, Refused> {
    let draft = transfer::check(state, case, now_ms)?;
    if fault.is_some_and(|fault| fault.booking == Booking::Never) {
        return Ok(Ruled {
            ruling: Ruling::NotCarriedOut,
            booked: false,
        });
    }
    transfer::carry_out(state, &draft, fault.map(|fault| &fault.action), now_ms)
}

impl Ruled {
    /// What the book says about it.
    pub(super) fn label(&self) -> Cow<'static, str> {
        match &self.ruling {
            Ruling::Refused(refused) => refused.code.clone(),
            Ruling::NotCarriedOut => "NOT_CARRIED_OUT".into(),
            Ruling::HeldBack => "HELD_BACK".into(),
            Ruling::Pending => "PROCESSING".into(),
            Ruling::Paid(_) => "SUCCESS".into(),
            Ruling::Found(_) => "FOUND".into(),
        }
    }

    /// The refusal a fault with a code puts in the place of what was ruled; a request that is
    /// wrong in itself keeps its own.
    pub(super) fn overruled(&self, action: &Action) -> Option<Refused> {
        let Action::Code { code, shape } = action else {
            return None;
        };
        match &self.ruling {
            Ruling::Refused(own) if identify::is_about_the_request(&own.code) => None,
            Ruling::Refused(_)
            | Ruling::NotCarriedOut
            | Ruling::HeldBack
            | Ruling::Pending
            | Ruling::Paid(_)
            | Ruling::Found(_) => Some(Refused {
                code: code.clone().into(),
                text: codes::find(code)
                    .map_or("系统异常", |known| known.text)
                    .into(),
                shape: *shape,
            }),
        }
    }
}

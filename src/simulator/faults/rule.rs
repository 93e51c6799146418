//! Faults by rule.

use serde::{Deserialize, Serialize};
use thiserror::Error;

use super::action::Stage;
use super::{Action, Booking, Fault};
use crate::simulator::arrival::Endpoint;
use crate::simulator::chance::Chance;

/// Rules in force at once; each is looked at for every request.
const MAX_RULES: usize = 10_000;
/// Longest delay: longer than any retry window worth testing in one go.
const MAX_DELAY_MS: u64 = 30 * 86_400_000;
/// Longest body the simulator makes: it is held in memory.
const MAX_BODY_BYTES: usize = 64 * 1024 * 1024;

/// When which fault happens.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Rule {
    /// Only this call.
    #[serde(default)]
    pub endpoint: Option<Endpoint>,
    /// Only this merchant.
    #[serde(default)]
    pub mchid: Option<String>,
    /// Only this payee (a query's payee is that of its order).
    #[serde(default)]
    pub openid: Option<String>,
    /// Only this order number.
    #[serde(default)]
    pub partner_trade_no: Option<String>,
    /// Matching requests left alone at first.
    #[serde(default)]
    pub skip: u64,
    /// How often it fires; none means always.
    #[serde(default)]
    pub times: Option<u64>,
    /// How likely it fires, in ten-thousandths; none means surely.
    #[serde(default)]
    pub chance_per_10000: Option<u16>,
    /// Whether the request is carried out; none means as usual for the action.
    #[serde(default)]
    pub booking: Option<Booking>,
    /// What happens.
    pub action: Action,
}

impl Rule {
    /// A rule that fires for every request of both calls.
    pub fn always(action: Action) -> Self {
        Self {
            endpoint: None,
            mchid: None,
            openid: None,
            partner_trade_no: None,
            skip: 0,
            times: None,
            chance_per_10000: None,
            booking: None,
            action,
        }
    }

    /// Only this call.
    #[must_use]
    pub fn on(mut self, endpoint: Endpoint) -> Self {
        self.endpoint = Some(endpoint);
        self
    }

    /// Only this merchant.
    #[must_use]
    pub fn of_merchant(mut self, mchid: &str) -> Self {
        self.mchid = Some(mchid.to_owned());
        self
    }

    /// Only this payee.
    #[must_use]
    pub fn to(mut self, openid: &str) -> Self {
        self.openid = Some(openid.to_owned());
        self
    }

    /// Only this order number.
    #[must_use]
    pub fn number(mut self, partner_trade_no: &str) -> Self {
        self.partner_trade_no = Some(partner_trade_no.to_owned());
        self
    }

    /// Only the first `times` matches.
    #[must_use]
    pub fn times(mut self, times: u64) -> Self {
        self.times = Some(times);
        self
    }

    /// Only from the match after the first `skip` ones.
    #[must_use]
    pub fn after(mut self, skip: u64) -> Self {
        self.skip = skip;
        self
    }

    /// Only so many times out of 10 000, drawn from the seed.
    #[must_use]
    pub fn sometimes(mut self, chance_per_10000: u16) -> Self {
        self.chance_per_10000 = Some(chance_per_10000);
        self
    }

    /// Whether the request is carried out.
    #[must_use]
    pub fn booking(mut self, booking: Booking) -> Self {
        self.booking = Some(booking);
        self
    }

    fn check(&self) -> Result<(), RuleFault> {
        let names_body = self.openid.is_some() || self.partner_trade_no.is_some();
        let names_head = self.endpoint.is_some() || self.mchid.is_some();
        match self.action.stage() {
            Stage::Connection if names_body || names_head => return Err(RuleFault::TooEarly),
            Stage::Head if names_body => return Err(RuleFault::TooEarly),
            Stage::Connection | Stage::Head | Stage::Request => {}
        }
        if self.chance_per_10000.is_some_and(|chance| chance > 10_000) {
            return Err(RuleFault::Chance);
        }
        if matches!(self.action, Action::HttpStatus { status } if !(400..600).contains(&status)) {
            return Err(RuleFault::Status);
        }
        if matches!(self.action, Action::Oversized { bytes } if bytes > MAX_BODY_BYTES) {
            return Err(RuleFault::Body);
        }
        let ms = match self.action {
            Action::Delay { ms }
            | Action::ArriveLate { ms }
            | Action::Accept { ms, .. }
            | Action::HideFor { ms } => ms,
            Action::Trickle { every_ms } => every_ms,
            Action::Code { .. }
            | Action::HttpStatus { .. }
            | Action::Html
            | Action::EmptyBody
            | Action::Garbage
            | Action::TruncatedXml
            | Action::Doctype
            | Action::DuplicateElement
            | Action::OtherEncoding
            | Action::Oversized { .. }
            | Action::WrongEcho { .. }
            | Action::MissingElement { .. }
            | Action::UnknownStatus
            | Action::FullWidthTime
            | Action::CutAnswer { .. }
            | Action::Close
            | Action::Reset
            | Action::DeliverTwice
            | Action::CloseUnread
            | Action::ResetMidRequest { .. }
            | Action::RefuseHandshake => 0,
        };
        if ms > MAX_DELAY_MS {
            Err(RuleFault::Delay)
        } else {
            Ok(())
        }
    }
}

/// Why a rule is refused.
#[derive(Debug, Error, PartialEq, Eq)]
pub enum RuleFault {
    /// The action happens before the matched facts are known.
    #[error("this action happens before the request is read and cannot match on its content")]
    TooEarly,
    /// Not a chance.
    #[error("chance_per_10000 is at most 10000")]
    Chance,
    /// Not a failure status.
    #[error("status is 400 to 599")]
    Status,
    /// Too long a body.
    #[error("bytes is at most {MAX_BODY_BYTES}")]
    Body,
    /// Too long a time.
    #[error("a time is at most {MAX_DELAY_MS} ms")]
    Delay,
    /// Too many rules.
    #[error("at most {MAX_RULES} rules")]
    TooMany,
}

/// Names a rule that is in force.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
pub struct RuleId(pub u64);

/// A rule in force and what has become of it.
#[derive(Debug, Clone, Serialize)]
pub struct RuleState {
    /// Its id.
    pub id: RuleId,
    /// The rule.
    pub rule: Rule,
    /// How many requests it matched.
    pub matched: u64,
    /// How often it fired.
    pub fired: u64,
}

/// What is known about a request when a rule is asked.
#[derive(Debug, Clone, Copy, Default)]
pub(in crate::simulator) struct Subject<'a> {
    pub(in crate::simulator) endpoint: Option<Endpoint>,
    pub(in crate::simulator) mchid: Option<&'a str>,
    pub(in crate::simulator) openid: Option<&'a str>,
    pub(in crate::simulator) number: Option<&'a str>,
    /// How many requests of this number came before.
    pub(in crate::simulator) turn: u32,
}

/// The rules in force, in the order in which they were set.
#[derive(Debug, Default)]
pub(in crate::simulator) struct Rules {
    states: Vec<RuleState>,
    next_id: u64,
}

impl Rules {
    pub(in crate::simulator) fn add(&mut self, rule: Rule) -> Result<RuleId, RuleFault> {
        rule.check()?;
        if self.states.len() >= MAX_RULES {
            return Err(RuleFault::TooMany);
        }
        self.next_id += 1;
        let id = RuleId(self.next_id);
        self.states.push(RuleState {
            id,
            rule,
            matched: 0,
            fired: 0,
        });
        Ok(id)
    }

    pub(in crate::simulator) fn remove(&mut self, id: RuleId) -> bool {
        let before = self.states.len();
        self.states.retain(|state| state.id != id);
        self.states.len() < before
    }

    pub(in crate::simulator) fn clear(&mut self) {
        self.states.clear();
    }

    pub(in crate::simulator) fn list(&self) -> Vec<RuleState> {
        self.states.clone()
    }

    pub(in crate::simulator) fn for_connection(&mut self, seed: u64) -> Option<Fault> {
        self.choose(Stage::Connection, &Subject::default(), seed)
    }

    pub(in crate::simulator) fn for_head(
        &mut self,
        subject: &Subject<'_>,
        seed: u64,
    ) -> Option<Fault> {
        self.choose(Stage::Head, subject, seed)
    }

    pub(in crate::simulator) fn for_request(
        &mut self,
        subject: &Subject<'_>,
        seed: u64,
    ) -> Option<Fault> {
        self.choose(Stage::Request, subject, seed)
    }

    fn choose(&mut self, stage: Stage, subject: &Subject<'_>, seed: u64) -> Option<Fault> {
        let fitting = self
            .states
            .iter_mut()
            .filter(|s| s.rule.action.stage() == stage && s.matches(subject));
        for state in fitting {
            if state.fires(subject, stage, seed) {
                let action = state.rule.action.clone();
                let booking = state.rule.booking.unwrap_or_else(|| action.usual_booking());
                return Some(Fault { action, booking });
            }
        }
        None
    }
}

impl RuleState {
    fn matches(&self, subject: &Subject<'_>) -> bool {
        fn fits(wanted: Option<&String>, found: Option<&str>) -> bool {
            wanted.is_none_or(|wanted| found == Some(wanted.as_str()))
        }
        let rule = &self.rule;
        (rule.endpoint.is_none() || rule.endpoint == subject.endpoint)
            && fits(rule.mchid.as_ref(), subject.mchid)
            && fits(rule.openid.as_ref(), subject.openid)
            && fits(rule.partner_trade_no.as_ref(), subject.number)
    }

    fn fires(&mut self, subject: &Subject<'_>, stage: Stage, seed: u64) -> bool {
        self.matched += 1;
        if self.matched <= self.rule.skip {
            return false;
        }
        if self.rule.times.is_some_and(|times| self.fired >= times) {
            return false;
        }
        if let Some(chance) = self.rule.chance_per_10000 {
            let names = [
                subject.endpoint.map_or("rule", Endpoint::path),
                subject.mchid.unwrap_or_default(),
                subject.number.unwrap_or_default(),
            ];
            let turn = match stage {
                Stage::Connection | Stage::Head => self.matched,
                Stage::Request => u64::from(subject.turn),
            };
            let mut draw = Chance::of(seed ^ self.id.0, &names, turn);
            if draw.below(10_000) >= usize::from(chance) {
                return false;
            }
        }
        self.fired += 1;
        true
    }
}

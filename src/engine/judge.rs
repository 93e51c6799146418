//! What an answer leads to. Pure: a payout and an answer go in, the payout as it is from now on and what else follows come out.
//!
//! The rules are those of `laws.md` §1 and `wechatpay-reference.md` §2.5 and §3.4:
//!
//! - a definite refusal releases money only after it was confirmed by asking: `FAILED`, or "no such order" twice, spaced;
//! - what is not known keeps its hold and is asked for by the same number;
//! - "no such order" twice, spaced, lets the same bytes go out again, while WeChat's window for that is open;
//! - past the window there are only questions, and when nobody answers them any more, people decide.

use std::time::Duration;

use super::pace::{ANSWERED_FOR, Paces, recheck_at, window_end};
use crate::basics::{Randomness, Timestamp};
use crate::findings::Kind;
use crate::payouts::model::{NEEDS_DECISION, NoSuchWay};
use crate::payouts::{Payout, Status, Step};
use crate::rails::{Doubt, Inquiry, Outcome, Payment};

/// The suspicion about a payout that another merchant number had refused, before the settings changed: when asking confirms that nothing of it
/// is there, it is written anew for the present one.
pub(super) const MERCHANT_CHANGED: &str = "merchant_changed";

/// A refusal by name of one payee, not of the settings.
const PAYEE_NOT_LISTED: &str = "RECV_ACCOUNT_NOT_ALLOWED";

/// How often the rail may not know a payout that was paid before it is reported: its answers can lag.
const UNKNOWN_THERE: i64 = 3;

/// What follows for the money.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Effect {
    /// The money has left: settle the hold.
    Paid,
    /// Nothing was paid, for certain: release the hold.
    Failed {
        /// Whether an order existed at the rail, so that its limits may have counted it: then the room is not given back.
        existed_at_rail: bool,
    },
    /// It waits to be sent again; nothing of it exists at the rail.
    PutOff,
    /// It became doubtful.
    InDoubt,
    /// Nothing that anyone has to be told.
    Waits,
    /// The rail contradicts what we have settled.
    Contradicted(Kind),
}

/// What follows for others than this payout.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Trouble {
    /// Nothing.
    None,
    /// The tenant's settings stand in the way of every payout.
    Settings(String),
    /// The merchant's account is empty.
    Balance(String),
    /// We call too often.
    TooFast,
    /// The rail's limit of a day is reached.
    DayReached(String),
}

/// What a call has shown about the lane it was sent through.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Shown {
    /// Settings and balance are good: it was paid.
    AllGood,
    /// The settings are good: the rail has judged the payout itself.
    SettingsGood,
    /// Nothing.
    Nothing,
}

/// A ruling on one answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Ruling {
    pub(super) effect: Effect,
    pub(super) trouble: Trouble,
    pub(super) shown: Shown,
}

impl From<Effect> for Ruling {
    fn from(effect: Effect) -> Self {
        Self {
            effect,
            trouble: Trouble::None,
            shown: Shown::Nothing,
        }
    }
}

/// The payout as it was before its claim said "may have been sent": what holds again when nothing was sent after all.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Before {
    pub(super) submitted_at: Option<Timestamp>,
    pub(super) last_sent_at: Option<Timestamp>,
    pub(super) may_have_been_sent: bool,
    /// Since it was first sent, another payout of the tenant was paid.
    pub(super) others_passed: bool,
}

impl Before {
    /// What holds before a claim.
    pub(super) const fn of(payout: &Payout) -> Self {
        Self {
            submitted_at: payout.submitted_at,
            last_sent_at: payout.work.last_sent_at,
            may_have_been_sent: payout.work.may_have_been_sent,
            others_passed: false,
        }
    }
}

/// Who judges, and when.
#[derive(Clone, Copy)]
pub(super) struct Court<'a> {
    pub(super) paces: &'a Paces,
    pub(super) random: &'a dyn Randomness,
    pub(super) now: Timestamp,
}

impl Court<'_> {
    /// Judges the outcome of a submission.
    pub(super) fn submission(
        &self,
        payout: &mut Payout,
        before: Before,
        outcome: &Outcome,
    ) -> Result<Ruling, NoSuchWay> {
        match outcome {
            Outcome::Paid(payment) => {
                let effect = self.paid(payout, payment)?;
                Ok(Ruling {
                    shown: Shown::AllGood,
                    ..effect.into()
                })
            }
            Outcome::NotSent(unsent) => {
                payout.submitted_at = before.submitted_at;
                payout.work.last_sent_at = before.last_sent_at;
                payout.work.may_have_been_sent = before.may_have_been_sent;
                let code = unsent.code();
                let effect = send_again(payout, before, code, self.retry_at(payout))?;
                // our own certificate that cannot be used is the tenant's settings, like one that WeChat refuses
                let trouble = if code == "certificate_unusable" {
                    Trouble::Settings(code.to_owned())
                } else {
                    Trouble::None
                };
                Ok(Ruling {
                    trouble,
                    ..effect.into()
                })
            }
            Outcome::PutOff(answer) => self.put_off(payout, before, &answer.code),
            Outcome::Held(answer) => self.held(payout, before, &answer.code),
            Outcome::Refused(answer) => {
                payout.go(Status::Processing)?;
                payout.reason_code = Some(answer.code.clone());
                payout.work.suspected_code = Some(answer.code.clone());
                ask_anew(payout, self.now.plus(self.paces.confirm_after));
                Ok(Ruling {
                    shown: Shown::SettingsGood,
                    ..Effect::InDoubt.into()
                })
            }
            Outcome::Unknown(doubt) => {
                payout.go(Status::Processing)?;
                payout.reason_code = Some(doubt.code().to_owned());
                payout.work.suspected_code = None;
                ask_anew(payout, self.first_question_at());
                let effect = match doubt {
                    Doubt::Mismatch(_) => Effect::Contradicted(Kind::RecordDiffers),
                    Doubt::NotAsked(_)
                    | Doubt::NoAnswer(_)
                    | Doubt::BadAnswer(_)
                    | Doubt::Status(_)
                    | Doubt::Unreadable(_)
                    | Doubt::Missing(_)
                    | Doubt::Contradiction
                    | Doubt::Code(_)
                    | Doubt::Words(_) => Effect::InDoubt,
                };
                Ok(effect.into())
            }
        }
    }

    /// Settings stand in the way. The lane waits for the tenant, and in it the payout goes behind those that wait or come meanwhile: a refusal
    /// that is meant for this payee alone must not be the probe for ever. Settings by which others are paid meanwhile are not wrong: then it
    /// waits alone.
    fn held(&self, payout: &mut Payout, before: Before, code: &str) -> Result<Ruling, NoSuchWay> {
        let at = self.retry_at(payout);
        let effect = self.not_accepted(payout, before, code, at)?;
        let trouble = if before.others_passed || code == PAYEE_NOT_LISTED {
            Trouble::None
        } else {
            Trouble::Settings(code.to_owned())
        };
        Ok(Ruling {
            trouble,
            ..effect.into()
        })
    }

    /// Judges the answer to a question.
    pub(super) fn inquiry(
        &self,
        payout: &mut Payout,
        before: Before,
        inquiry: &Inquiry,
    ) -> Result<Ruling, NoSuchWay> {
        let effect = match inquiry {
            Inquiry::Paid(payment) => self.paid(payout, payment)?,
            Inquiry::Failed { .. } => {
                let code = payout.work.suspected_code.clone();
                self.failed(payout, &code.unwrap_or_else(|| "failed_at_rail".to_owned()))?;
                Effect::Failed {
                    existed_at_rail: true,
                }
            }
            Inquiry::Processing => {
                payout.work.not_found_times = 0;
                payout.work.not_found_at = None;
                self.ask_again(payout);
                Effect::Waits
            }
            Inquiry::NotFound => self.not_found(payout)?,
            Inquiry::Held(_) => {
                self.ask_again(payout);
                if payout.work.suspected_code.as_deref() == Some(MERCHANT_CHANGED) {
                    // nobody can ask as the former merchant any more
                    payout.reason_code = Some(NEEDS_DECISION.to_owned());
                }
                Effect::Waits
            }
            Inquiry::Unanswered(doubt) => {
                self.ask_again(payout);
                if matches!(doubt, Doubt::Mismatch(_)) {
                    Effect::Contradicted(Kind::RecordDiffers)
                } else {
                    Effect::Waits
                }
            }
        };
        Ok(Ruling {
            trouble: trouble(inquiry, before),
            ..effect.into()
        })
    }

    /// Judges the answer to the second question about a final payout. Its status never changes; what contradicts it is found.
    pub(super) fn recheck(&self, payout: &mut Payout, before: Before, inquiry: &Inquiry) -> Ruling {
        let was_paid = payout.status == Status::Succeeded;
        let effect = match (inquiry, was_paid) {
            (Inquiry::Paid(_), true) | (Inquiry::Failed { .. } | Inquiry::NotFound, false) => {
                payout.work.next = None;
                Effect::Waits
            }
            (Inquiry::Paid(_), false) => {
                payout.work.next = None;
                Effect::Contradicted(Kind::PaidThereFailedHere)
            }
            (Inquiry::Failed { .. }, true) => {
                payout.work.next = None;
                Effect::Contradicted(Kind::PaidHereFailedThere)
            }
            (Inquiry::NotFound, true) => {
                payout.work.not_found_times = payout.work.not_found_times.saturating_add(1);
                if payout.work.not_found_times < UNKNOWN_THERE {
                    self.recheck_again(payout);
                    Effect::Waits
                } else {
                    payout.work.next = None;
                    Effect::Contradicted(Kind::PaidHereUnknownThere)
                }
            }
            (Inquiry::Unanswered(Doubt::Mismatch(_)), _) => {
                payout.work.next = None;
                Effect::Contradicted(Kind::RecordDiffers)
            }
            (Inquiry::Processing | Inquiry::Held(_) | Inquiry::Unanswered(_), _) => {
                self.recheck_again(payout);
                Effect::Waits
            }
        };
        Ruling {
            trouble: trouble(inquiry, before),
            ..effect.into()
        }
    }

    /// Asks a second time tomorrow, as long as the rail answers at all.
    fn recheck_again(&self, payout: &mut Payout) {
        let answered = self.since_last_sent(payout) < ANSWERED_FOR;
        payout.work.next = answered.then(|| (Step::Recheck, recheck_at(self.now, self.random)));
    }

    fn paid(&self, payout: &mut Payout, payment: &Payment) -> Result<Effect, NoSuchWay> {
        leave_review(payout)?;
        payout.finish(Status::Succeeded, self.now)?;
        // what a database that was put back has lost
        let sent = payment.paid_at.unwrap_or(self.now).min(self.now);
        payout.submitted_at = payout.submitted_at.or(Some(sent));
        payout.reason_code = None;
        payout.payment_no.clone_from(&payment.payment_no);
        payout.work.not_found_times = 0;
        payout.work.next = Some((Step::Recheck, recheck_at(self.now, self.random)));
        Ok(Effect::Paid)
    }

    fn failed(&self, payout: &mut Payout, code: &str) -> Result<(), NoSuchWay> {
        leave_review(payout)?;
        payout.finish(Status::Failed, self.now)?;
        payout.reason_code = Some(code.to_owned());
        payout.work.next = Some((Step::Recheck, recheck_at(self.now, self.random)));
        Ok(())
    }

    /// A limit of the rail. Each kind waits for something else.
    fn put_off(
        &self,
        payout: &mut Payout,
        before: Before,
        code: &str,
    ) -> Result<Ruling, NoSuchWay> {
        let (at, trouble, shown) = match code {
            "NOTENOUGH" => {
                // the lane waits for the balance; in it, the payout keeps its place
                (
                    payout.created_at,
                    Trouble::Balance(code.to_owned()),
                    Shown::SettingsGood,
                )
            }
            "FREQ_LIMIT" => (self.retry_at(payout), Trouble::TooFast, Shown::Nothing),
            // limits by day, the rail's own and the payee's
            _ => {
                let tomorrow = self
                    .now
                    .day()
                    .end()
                    .plus(self.paces.retry_pause(0, self.random));
                (
                    tomorrow,
                    Trouble::DayReached(code.to_owned()),
                    Shown::SettingsGood,
                )
            }
        };
        let effect = self.not_accepted(payout, before, code, at)?;
        Ok(Ruling {
            effect,
            trouble,
            shown,
        })
    }

    /// The rail says that it did not accept this submission. Was an earlier one in doubt, that does not answer what became of
    /// it: then we go on asking.
    fn not_accepted(
        &self,
        payout: &mut Payout,
        before: Before,
        code: &str,
        at: Timestamp,
    ) -> Result<Effect, NoSuchWay> {
        if before.may_have_been_sent {
            payout.reason_code = Some(code.to_owned());
            ask_anew(payout, self.first_question_at());
            return Ok(Effect::Waits);
        }
        payout.work.may_have_been_sent = false;
        send_again(payout, before, code, at)
    }

    fn not_found(&self, payout: &mut Payout) -> Result<Effect, NoSuchWay> {
        let since_sent = self.since_last_sent(payout);
        let spaced = payout
            .work
            .not_found_at
            .is_none_or(|last| self.now.since(last) >= self.paces.confirm_after);
        if since_sent < self.paces.confirm_after || !spaced {
            self.ask_again(payout);
            return Ok(Effect::Waits);
        }
        payout.work.not_found_times = payout.work.not_found_times.saturating_add(1);
        payout.work.not_found_at = Some(self.now);
        if payout.work.not_found_times < 2 {
            payout.work.tries = payout.work.tries.saturating_add(1);
            payout.work.next = Some((Step::Inquire, self.now.plus(self.paces.confirm_after)));
            return Ok(Effect::Waits);
        }
        if payout.submitted_at.is_none() {
            return self.never_sent(payout);
        }
        if payout.work.suspected_code.as_deref() == Some(MERCHANT_CHANGED) {
            write_anew(payout);
            payout.work.suspected_code = None;
            payout.queue(self.now)?;
            return Ok(Effect::PutOff);
        }
        if let Some(code) = payout.work.suspected_code.clone() {
            self.failed(payout, &code)?;
            return Ok(Effect::Failed {
                existed_at_rail: false,
            });
        }
        if self.may_send_again(payout) {
            payout.work.tries = 0;
            payout.work.next = Some((Step::Submit, self.now.plus(Duration::from_secs(1))));
        } else {
            payout.reason_code = Some(NEEDS_DECISION.to_owned());
            self.ask_again(payout);
        }
        Ok(Effect::Waits)
    }

    /// An older database was put back, and this was asked about first: nothing of it is there, so it waits as it did before.
    fn never_sent(&self, payout: &mut Payout) -> Result<Effect, NoSuchWay> {
        payout.work.may_have_been_sent = false;
        payout.work.last_sent_at = None;
        payout.work.tries = 0;
        payout.work.not_found_times = 0;
        payout.work.not_found_at = None;
        if payout.status == Status::InReview {
            payout.work.next = None;
            return Ok(Effect::Waits);
        }
        let planned = payout.planned_on.start();
        payout.not_before = (planned > self.now).then_some(planned);
        payout.queue(planned.max(self.now))?;
        Ok(Effect::Waits)
    }

    /// Whether WeChat's window for sending the same number again is still open, and stays open for as long as a claim made now may take to
    /// send.
    pub(super) fn may_send_again(&self, payout: &Payout) -> bool {
        let sent_by = self.now.plus(self.paces.lease);
        payout
            .submitted_at
            .is_none_or(|first| sent_by < window_end(first))
    }

    fn ask_again(&self, payout: &mut Payout) {
        let since_sent = self.since_last_sent(payout);
        let mut pause = self
            .paces
            .question_pause(payout.work.tries, since_sent, self.random);
        if payout.work.suspected_code.is_some() || payout.work.not_found_times > 0 {
            // a refusal is confirmed, or a resend decided, by answers that lie apart
            pause = pause.max(self.paces.confirm_after);
        }
        if since_sent >= ANSWERED_FOR {
            payout.reason_code = Some(NEEDS_DECISION.to_owned());
        }
        payout.work.tries = payout.work.tries.saturating_add(1);
        payout.work.next = Some((Step::Inquire, self.now.plus(pause)));
    }

    fn first_question_at(&self) -> Timestamp {
        self.now
            .plus(self.paces.question_pause(0, Duration::ZERO, self.random))
    }

    fn retry_at(&self, payout: &Payout) -> Timestamp {
        self.now
            .plus(self.paces.retry_pause(payout.work.tries, self.random))
    }

    fn since_last_sent(&self, payout: &Payout) -> Duration {
        payout
            .work
            .last_sent_at
            .map_or(Duration::ZERO, |sent| self.now.since(sent))
    }
}

/// A payout that waits for approval is known to the rail: its approval was lost with the database that was put back.
fn leave_review(payout: &mut Payout) -> Result<(), NoSuchWay> {
    if payout.status == Status::InReview {
        payout.go(Status::Queued)?;
        payout.go(Status::Processing)?;
    }
    Ok(())
}

/// What an answer to a question says about the tenant.
fn trouble(inquiry: &Inquiry, before: Before) -> Trouble {
    match inquiry {
        Inquiry::Unanswered(doubt) if doubt.code() == "FREQ_LIMIT" => Trouble::TooFast,
        Inquiry::Held(answer) if !before.others_passed => Trouble::Settings(answer.code.clone()),
        Inquiry::Paid(_)
        | Inquiry::Failed { .. }
        | Inquiry::Processing
        | Inquiry::NotFound
        | Inquiry::Held(_)
        | Inquiry::Unanswered(_) => Trouble::None,
    }
}

/// Forgets the bytes that provably led to nothing: the next submission is written with the settings in force then, under the same number.
pub(super) fn write_anew(payout: &mut Payout) {
    payout.sent_with = None;
    payout.work.request_attempt = None;
}

/// The same bytes go out again at `at`.
fn send_again(
    payout: &mut Payout,
    before: Before,
    code: &str,
    at: Timestamp,
) -> Result<Effect, NoSuchWay> {
    payout.reason_code = Some(code.to_owned());
    payout.work.tries = payout.work.tries.saturating_add(1);
    if before.may_have_been_sent {
        payout.work.next = Some((Step::Submit, at));
        return Ok(Effect::Waits);
    }
    payout.queue(at)?;
    payout.not_before = (at > payout.created_at).then_some(at);
    Ok(Effect::PutOff)
}

/// Asking starts over, because something was sent.
fn ask_anew(payout: &mut Payout, at: Timestamp) {
    payout.work.tries = 0;
    payout.work.not_found_times = 0;
    payout.work.not_found_at = None;
    payout.work.next = Some((Step::Inquire, at));
}

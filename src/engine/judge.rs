//! What an answer leads to. Pure: a payout and an answer go in, the payout as it is from now on comes out.
//!
//! The rules are those of `laws.md` §1 and `wechatpay-reference.md` §2.5 and §3.4:
//!
//! - a definite refusal releases money only after it was confirmed by asking: `FAILED`, or "no such order" twice, spaced;
//! - what is not known keeps its hold and is asked for by the same number;
//! - "no such order" twice, spaced, lets the same bytes go out again, while WeChat's window for that is open;
//! - past the window there are only questions.

use super::pace::{ANSWERED_FOR, Paces, window_end};
use crate::basics::{Randomness, Timestamp};
use crate::payouts::model::NoSuchWay;
use crate::payouts::{Payout, Status, Step};
use crate::rails::{Inquiry, Outcome, Payment};

/// What a verdict does besides changing the payout.
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
}

/// The payout as it was before its claim said "may have been sent": what holds again when nothing was sent after all.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Before {
    pub(super) submitted_at: Option<Timestamp>,
    pub(super) last_sent_at: Option<Timestamp>,
    pub(super) may_have_been_sent: bool,
}

impl Before {
    /// What holds before a claim.
    pub(super) const fn of(payout: &Payout) -> Self {
        Self {
            submitted_at: payout.submitted_at,
            last_sent_at: payout.work.last_sent_at,
            may_have_been_sent: payout.work.may_have_been_sent,
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

/// When a limit of the rail is worth another try.
enum TryAgain {
    /// After a pause: too many calls, or no money in the merchant's account.
    Later,
    /// On the next day: a limit by day.
    Tomorrow,
}

fn try_again(code: &str) -> TryAgain {
    match code {
        "FREQ_LIMIT" | "NOTENOUGH" => TryAgain::Later,
        _ => TryAgain::Tomorrow,
    }
}

impl Court<'_> {
    /// Judges the outcome of a submission.
    pub(super) fn submission(
        &self,
        payout: &mut Payout,
        before: Before,
        outcome: &Outcome,
    ) -> Result<Effect, NoSuchWay> {
        match outcome {
            Outcome::Paid(payment) => self.paid(payout, payment),
            Outcome::NotSent(unsent) => {
                payout.submitted_at = before.submitted_at;
                payout.work.last_sent_at = before.last_sent_at;
                payout.work.may_have_been_sent = before.may_have_been_sent;
                let at = self
                    .now
                    .plus(self.paces.retry_pause(payout.work.tries, self.random));
                send_again(payout, before, unsent.code(), at)
            }
            Outcome::PutOff(answer) => {
                let at = match try_again(&answer.code) {
                    TryAgain::Later => self
                        .now
                        .plus(self.paces.retry_pause(payout.work.tries, self.random)),
                    TryAgain::Tomorrow => self
                        .now
                        .day()
                        .end()
                        .plus(self.paces.retry_pause(0, self.random)),
                };
                self.not_accepted(payout, before, &answer.code, at)
            }
            Outcome::Held(answer) => {
                let at = self
                    .now
                    .plus(self.paces.retry_pause(payout.work.tries, self.random));
                self.not_accepted(payout, before, &answer.code, at)
            }
            Outcome::Refused(answer) => {
                payout.go(Status::Processing)?;
                payout.reason_code = Some(answer.code.clone());
                payout.work.suspected_code = Some(answer.code.clone());
                ask_anew(payout, self.now.plus(self.paces.confirm_after));
                Ok(Effect::InDoubt)
            }
            Outcome::Unknown(doubt) => {
                payout.go(Status::Processing)?;
                payout.reason_code = Some(doubt.code().to_owned());
                payout.work.suspected_code = None;
                let pause = self
                    .paces
                    .question_pause(0, std::time::Duration::ZERO, self.random);
                ask_anew(payout, self.now.plus(pause));
                Ok(Effect::InDoubt)
            }
        }
    }

    /// Judges the answer to a question.
    pub(super) fn inquiry(
        &self,
        payout: &mut Payout,
        inquiry: &Inquiry,
    ) -> Result<Effect, NoSuchWay> {
        match inquiry {
            Inquiry::Paid(payment) => self.paid(payout, payment),
            Inquiry::Failed { .. } => {
                let code = payout.work.suspected_code.clone();
                self.failed(payout, &code.unwrap_or_else(|| "failed_at_rail".to_owned()))?;
                Ok(Effect::Failed {
                    existed_at_rail: true,
                })
            }
            Inquiry::Processing => {
                payout.work.not_found_times = 0;
                payout.work.not_found_at = None;
                self.ask_again(payout);
                Ok(Effect::Waits)
            }
            Inquiry::NotFound => self.not_found(payout),
            Inquiry::Held(_) | Inquiry::Unanswered(_) => {
                self.ask_again(payout);
                Ok(Effect::Waits)
            }
        }
    }

    fn paid(&self, payout: &mut Payout, payment: &Payment) -> Result<Effect, NoSuchWay> {
        payout.finish(Status::Succeeded, self.now)?;
        payout.reason_code = None;
        payout.payment_no.clone_from(&payment.payment_no);
        Ok(Effect::Paid)
    }

    fn failed(&self, payout: &mut Payout, code: &str) -> Result<(), NoSuchWay> {
        payout.finish(Status::Failed, self.now)?;
        payout.reason_code = Some(code.to_owned());
        Ok(())
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
            let pause = self
                .paces
                .question_pause(0, std::time::Duration::ZERO, self.random);
            ask_anew(payout, self.now.plus(pause));
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
        if let Some(code) = payout.work.suspected_code.clone() {
            self.failed(payout, &code)?;
            return Ok(Effect::Failed {
                existed_at_rail: false,
            });
        }
        if self.may_send_again(payout) {
            payout.work.tries = 0;
            payout.work.next = Some((
                Step::Submit,
                self.now.plus(std::time::Duration::from_secs(1)),
            ));
        } else {
            payout.reason_code = Some("needs_decision".to_owned());
            self.ask_again(payout);
        }
        Ok(Effect::Waits)
    }

    /// Whether WeChat's window for sending the same number again is still open.
    pub(super) fn may_send_again(&self, payout: &Payout) -> bool {
        payout
            .submitted_at
            .is_none_or(|first| self.now < window_end(first))
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
            payout.reason_code = Some("needs_decision".to_owned());
        }
        payout.work.tries = payout.work.tries.saturating_add(1);
        payout.work.next = Some((Step::Inquire, self.now.plus(pause)));
    }

    fn since_last_sent(&self, payout: &Payout) -> std::time::Duration {
        payout
            .work
            .last_sent_at
            .map_or(std::time::Duration::ZERO, |sent| self.now.since(sent))
    }
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
    payout.not_before = Some(at);
    Ok(Effect::PutOff)
}

/// Asking starts over, because something was sent.
fn ask_anew(payout: &mut Payout, at: Timestamp) {
    payout.work.tries = 0;
    payout.work.not_found_times = 0;
    payout.work.not_found_at = None;
    payout.work.next = Some((Step::Inquire, at));
}

//! The rules of judging answers (`laws.md` §1, `wechatpay-reference.md` §2.5 and §3.4).

use std::time::Duration;

use super::judge::{Before, Court, Effect, Shown, Trouble};
use super::pace::{ANSWERED_FOR, Paces, window_end};
use super::rates::Ceilings;
use crate::basics::ids::fresh;
use crate::basics::randomness::OsRandomness;
use crate::basics::{Description, Fen, OpenId, RecipientId, Timestamp};
use crate::db::scratch::NOON;
use crate::findings::Kind as FindingKind;
use crate::payouts::{Kind, Payout, Status, Step, Work};
use crate::rails::{Answer, Doubt, Inquiry, Outcome, Payment, Unsent};
use crate::wire::{MaybeSent, NeverSent};

const PACES: Paces = Paces {
    retry_min: Duration::from_secs(15),
    retry_max: Duration::from_mins(30),
    confirm_after: Duration::from_mins(5),
    lease: Duration::from_mins(1),
    call_timeout: Duration::from_secs(10),
    ceilings: Ceilings::DOCUMENTED,
};

/// What a question knows of before: nobody else was paid since.
const ALONE: Before = Before {
    submitted_at: None,
    last_sent_at: None,
    may_have_been_sent: true,
    others_passed: false,
};

fn court(now: Timestamp) -> Court<'static> {
    Court {
        paces: &PACES,
        random: &OsRandomness,
        now,
    }
}

/// A payout that was accepted at noon and waits to be sent.
pub(super) fn queued() -> Payout {
    Payout {
        id: fresh(NOON, &OsRandomness),
        kind: Kind::Withdrawal,
        recipient: RecipientId::parse("u1").unwrap(),
        external_id: None,
        openid: OpenId::parse("o1").unwrap(),
        checks_name: false,
        amount: Fen::new(100),
        description: Description::parse("提现").unwrap(),
        status: Status::Queued,
        reason_code: None,
        not_before: None,
        planned_on: NOON.day(),
        approvals_needed: 0,
        rail: "wechat_v2".to_owned(),
        sent_with: None,
        payment_no: None,
        created_at: NOON,
        submitted_at: None,
        finished_at: None,
        work: Work {
            next: Some((Step::Submit, NOON)),
            fence: 0,
            attempts: 0,
            tries: 0,
            last_sent_at: None,
            may_have_been_sent: false,
            request_attempt: None,
            suspected_code: None,
            not_found_times: 0,
            not_found_at: None,
        },
    }
}

/// The payout as its claim leaves it, and what was before.
fn sent(mut payout: Payout, at: Timestamp) -> (Payout, Before) {
    let before = Before::of(&payout);
    payout.go(Status::Processing).unwrap();
    payout.submitted_at = payout.submitted_at.or(Some(at));
    payout.work.last_sent_at = Some(at);
    payout.work.may_have_been_sent = true;
    payout.work.suspected_code = None;
    payout.work.next = Some((Step::Inquire, at.plus(PACES.lease)));
    (payout, before)
}

fn answer(code: &str) -> Answer {
    Answer {
        code: code.to_owned(),
        text: String::new(),
    }
}

fn paid() -> Payment {
    Payment {
        payment_no: Some("1010".to_owned()),
        paid_at: None,
    }
}

fn nothing_heard() -> Doubt {
    Doubt::NoAnswer(MaybeSent::Timeout)
}

fn due(payout: &Payout) -> (Step, Timestamp) {
    payout.work.next.expect("a time at which it goes on")
}

#[test]
fn paid_ends_at_once_and_is_asked_about_once_more_the_day_after() {
    let (mut payout, before) = sent(queued(), NOON);
    let ruling = court(NOON)
        .submission(&mut payout, before, &Outcome::Paid(paid()))
        .unwrap();
    assert_eq!(
        (ruling.effect, ruling.shown),
        (Effect::Paid, Shown::AllGood)
    );
    assert_eq!(
        (payout.status, payout.finished_at),
        (Status::Succeeded, Some(NOON))
    );
    let (step, at) = due(&payout);
    assert_eq!(step, Step::Recheck);
    assert_eq!(at.day(), NOON.day().next());
}

#[test]
fn what_provably_was_not_sent_waits_in_the_queue_as_if_nothing_had_been() {
    let (mut payout, before) = sent(queued(), NOON);
    let unsent = Outcome::NotSent(Unsent::Wire(NeverSent::ConnectTimeout));
    let ruling = court(NOON)
        .submission(&mut payout, before, &unsent)
        .unwrap();
    assert_eq!(ruling.effect, Effect::PutOff);
    assert_eq!((payout.status, payout.submitted_at), (Status::Queued, None));
    assert!(payout.can_be_cancelled());
    assert_eq!(due(&payout).0, Step::Submit);
}

#[test]
fn an_unknown_answer_keeps_the_hold_and_is_asked_about_soon() {
    let (mut payout, before) = sent(queued(), NOON);
    let unknown = Outcome::Unknown(nothing_heard());
    let ruling = court(NOON)
        .submission(&mut payout, before, &unknown)
        .unwrap();
    assert_eq!(ruling.effect, Effect::InDoubt);
    assert_eq!(payout.status, Status::Processing);
    assert!(!payout.can_be_cancelled());
    let (step, at) = due(&payout);
    assert_eq!(step, Step::Inquire);
    assert!(at.since(NOON) <= Duration::from_secs(3));
}

#[test]
fn a_refusal_releases_only_after_no_such_order_twice_spaced() {
    let (mut payout, before) = sent(queued(), NOON);
    let refused = Outcome::Refused(answer("OPENID_ERROR"));
    let ruling = court(NOON)
        .submission(&mut payout, before, &refused)
        .unwrap();
    assert_eq!(ruling.effect, Effect::InDoubt);
    let early = NOON.plus(Duration::from_secs(10));
    assert_eq!(
        court(early)
            .inquiry(&mut payout, ALONE, &Inquiry::NotFound)
            .unwrap()
            .effect,
        Effect::Waits
    );
    assert_eq!(payout.work.not_found_times, 0, "too early to count");
    let first = NOON.plus(PACES.confirm_after);
    assert_eq!(
        court(first)
            .inquiry(&mut payout, ALONE, &Inquiry::NotFound)
            .unwrap()
            .effect,
        Effect::Waits
    );
    let hasty = first.plus(Duration::from_secs(1));
    assert_eq!(
        court(hasty)
            .inquiry(&mut payout, ALONE, &Inquiry::NotFound)
            .unwrap()
            .effect,
        Effect::Waits
    );
    assert_eq!(payout.work.not_found_times, 1, "too close to count");
    let second = first.plus(PACES.confirm_after);
    let ruling = court(second)
        .inquiry(&mut payout, ALONE, &Inquiry::NotFound)
        .unwrap();
    assert_eq!(
        ruling.effect,
        Effect::Failed {
            existed_at_rail: false
        }
    );
    assert_eq!(payout.status, Status::Failed);
    assert_eq!(payout.reason_code.as_deref(), Some("OPENID_ERROR"));
}

#[test]
fn failed_by_the_rails_own_word_releases_at_once() {
    let (mut payout, before) = sent(queued(), NOON);
    let unknown = Outcome::Unknown(nothing_heard());
    court(NOON)
        .submission(&mut payout, before, &unknown)
        .unwrap();
    let failed = Inquiry::Failed {
        reason: String::new(),
    };
    let ruling = court(NOON).inquiry(&mut payout, ALONE, &failed).unwrap();
    assert_eq!(
        ruling.effect,
        Effect::Failed {
            existed_at_rail: true
        }
    );
}

#[test]
fn what_is_in_doubt_is_sent_again_inside_wechats_window_and_never_after_it() {
    let doubtful = || {
        let (mut payout, before) = sent(queued(), NOON);
        court(NOON)
            .submission(&mut payout, before, &Outcome::Unknown(nothing_heard()))
            .unwrap();
        payout
    };
    let ask_twice = |payout: &mut Payout, from: Timestamp| {
        court(from)
            .inquiry(payout, ALONE, &Inquiry::NotFound)
            .unwrap();
        court(from.plus(PACES.confirm_after))
            .inquiry(payout, ALONE, &Inquiry::NotFound)
            .unwrap();
    };
    let mut inside = doubtful();
    ask_twice(&mut inside, NOON.plus(PACES.confirm_after));
    assert_eq!(
        (inside.status, due(&inside).0),
        (Status::Processing, Step::Submit)
    );

    let mut outside = doubtful();
    ask_twice(&mut outside, window_end(NOON));
    assert_eq!(
        (outside.status, due(&outside).0),
        (Status::Processing, Step::Inquire)
    );
    assert_eq!(outside.reason_code.as_deref(), Some("needs_decision"));
}

#[test]
fn the_window_closes_with_the_shanghai_day_after_the_first_send() {
    let late = Timestamp::parse_rfc3339("2026-11-23T23:59:59+08:00").unwrap();
    let early = Timestamp::parse_rfc3339("2026-11-23T00:00:00+08:00").unwrap();
    let end = Timestamp::parse_rfc3339("2026-11-25T00:00:00+08:00").unwrap();
    assert_eq!((window_end(late), window_end(early)), (end, end));
}

#[test]
fn limits_wait_for_what_they_are_limits_of() {
    let put_off = |code: &str| {
        let (mut payout, before) = sent(queued(), NOON);
        let outcome = Outcome::PutOff(answer(code));
        let ruling = court(NOON)
            .submission(&mut payout, before, &outcome)
            .unwrap();
        assert_eq!(
            (ruling.effect, payout.status),
            (Effect::PutOff, Status::Queued)
        );
        assert_eq!(payout.reason_code.as_deref(), Some(code));
        (ruling.trouble, due(&payout).1)
    };
    let (trouble, at) = put_off("NOTENOUGH");
    assert_eq!(
        (trouble, at),
        (Trouble::Balance("NOTENOUGH".into()), NOON),
        "it keeps its place"
    );
    let (trouble, at) = put_off("SENDNUM_LIMIT");
    assert_eq!(trouble, Trouble::DayReached("SENDNUM_LIMIT".into()));
    assert_eq!(at.day(), NOON.day().next());
    let (trouble, at) = put_off("FREQ_LIMIT");
    assert_eq!(trouble, Trouble::TooFast);
    assert!(at.since(NOON) <= Duration::from_secs(19));
}

#[test]
fn wrong_settings_close_the_lane_and_the_payout_goes_behind_those_that_wait() {
    let (mut payout, before) = sent(queued(), NOON);
    let later = NOON.plus(Duration::from_secs(9));
    let held = Outcome::Held(answer("SIGN_ERROR"));
    let ruling = court(later).submission(&mut payout, before, &held).unwrap();
    assert_eq!(ruling.trouble, Trouble::Settings("SIGN_ERROR".into()));
    let (step, at) = due(&payout);
    assert_eq!(step, Step::Submit);
    assert!(at > later, "who comes meanwhile is the next probe");
    assert_eq!(payout.status, Status::Queued);
}

#[test]
fn what_the_rail_has_seen_is_not_cancelled_on_its_word_alone() {
    for outcome in [
        Outcome::PutOff(answer("NOTENOUGH")),
        Outcome::PutOff(answer("SENDNUM_LIMIT")),
        Outcome::Held(answer("NO_AUTH")),
    ] {
        let (mut payout, before) = sent(queued(), NOON);
        court(NOON)
            .submission(&mut payout, before, &outcome)
            .unwrap();
        assert_eq!(payout.status, Status::Queued);
        assert!(!payout.can_be_cancelled(), "{outcome:?}");
    }
}

#[test]
fn settings_by_which_others_are_paid_are_not_wrong() {
    let passed = |before: Before| Before {
        others_passed: true,
        ..before
    };
    let (mut payout, before) = sent(queued(), NOON);
    let held = Outcome::Held(answer("NO_AUTH"));
    let ruling = court(NOON)
        .submission(&mut payout, passed(before), &held)
        .unwrap();
    assert_eq!(ruling.trouble, Trouble::None);
    assert!(due(&payout).1 > NOON, "it waits alone, longer each time");

    let (mut payout, before) = sent(queued(), NOON);
    let by_name = Outcome::Held(answer("RECV_ACCOUNT_NOT_ALLOWED"));
    let ruling = court(NOON)
        .submission(&mut payout, before, &by_name)
        .unwrap();
    assert_eq!(ruling.trouble, Trouble::None);

    let refused = Inquiry::Held(answer("CA_ERROR"));
    let ruling = court(NOON).inquiry(&mut payout, before, &refused).unwrap();
    assert_eq!(ruling.trouble, Trouble::Settings("CA_ERROR".into()));
    let ruling = court(NOON)
        .inquiry(&mut payout, passed(before), &refused)
        .unwrap();
    assert_eq!(ruling.trouble, Trouble::None);
}

#[test]
fn after_a_doubt_no_later_refusal_or_limit_takes_the_doubt_away() {
    for outcome in [
        Outcome::PutOff(answer("NOTENOUGH")),
        Outcome::PutOff(answer("MONEY_LIMIT")),
        Outcome::Held(answer("SIGN_ERROR")),
        Outcome::NotSent(Unsent::Wire(NeverSent::ConnectTimeout)),
    ] {
        let (mut payout, before) = sent(queued(), NOON);
        court(NOON)
            .submission(&mut payout, before, &Outcome::Unknown(nothing_heard()))
            .unwrap();
        let (mut payout, before) = sent(payout, NOON.plus(Duration::from_mins(20)));
        court(NOON.plus(Duration::from_mins(20)))
            .submission(&mut payout, before, &outcome)
            .unwrap();
        assert_eq!(payout.status, Status::Processing, "{outcome:?}");
        assert!(
            payout.work.may_have_been_sent && !payout.can_be_cancelled(),
            "{outcome:?}"
        );
    }
}

#[test]
fn an_answer_about_another_payment_is_found_and_not_believed() {
    let (mut payout, before) = sent(queued(), NOON);
    let mismatch = Outcome::Unknown(Doubt::Mismatch("partner_trade_no"));
    let ruling = court(NOON)
        .submission(&mut payout, before, &mismatch)
        .unwrap();
    assert_eq!(
        ruling.effect,
        Effect::Contradicted(FindingKind::RecordDiffers)
    );
    assert_eq!(payout.status, Status::Processing);
}

#[test]
fn when_nobody_answers_any_more_people_decide() {
    let (mut payout, before) = sent(queued(), NOON);
    court(NOON)
        .submission(&mut payout, before, &Outcome::Unknown(nothing_heard()))
        .unwrap();
    let late = NOON.plus(ANSWERED_FOR);
    let ruling = court(late)
        .inquiry(&mut payout, ALONE, &Inquiry::Unanswered(nothing_heard()))
        .unwrap();
    assert_eq!(ruling.effect, Effect::Waits);
    assert_eq!(payout.reason_code.as_deref(), Some("needs_decision"));
    assert_eq!(payout.status, Status::Processing);
}

#[test]
fn a_second_question_finds_what_contradicts_and_changes_nothing() {
    let ended = |status: Status| {
        let (mut payout, _) = sent(queued(), NOON);
        payout.finish(status, NOON).unwrap();
        payout.work.next = Some((Step::Recheck, NOON));
        payout
    };
    let failed = Inquiry::Failed {
        reason: String::new(),
    };
    let mismatch = Inquiry::Unanswered(Doubt::Mismatch("payment_amount"));
    for (status, inquiry, effect) in [
        (Status::Succeeded, Inquiry::Paid(paid()), Effect::Waits),
        (Status::Failed, Inquiry::NotFound, Effect::Waits),
        (Status::Failed, failed.clone(), Effect::Waits),
        (
            Status::Failed,
            Inquiry::Paid(paid()),
            Effect::Contradicted(FindingKind::PaidThereFailedHere),
        ),
        (
            Status::Succeeded,
            failed,
            Effect::Contradicted(FindingKind::PaidHereFailedThere),
        ),
        (
            Status::Succeeded,
            mismatch,
            Effect::Contradicted(FindingKind::RecordDiffers),
        ),
    ] {
        let mut payout = ended(status);
        let ruling = court(NOON).recheck(&mut payout, ALONE, &inquiry);
        assert_eq!(
            (ruling.effect, payout.status),
            (effect, status),
            "{inquiry:?}"
        );
        assert_eq!(payout.work.next, None, "{inquiry:?}");
    }
    let mut unknown = ended(Status::Succeeded);
    let effects: Vec<Effect> = (0..3)
        .map(|_| {
            court(NOON)
                .recheck(&mut unknown, ALONE, &Inquiry::NotFound)
                .effect
        })
        .collect();
    let found = Effect::Contradicted(FindingKind::PaidHereUnknownThere);
    assert_eq!(
        effects,
        [Effect::Waits, Effect::Waits, found],
        "its answers can lag"
    );
}

/// Nine answers to a submission and nine to a question.
fn answers() -> ([Outcome; 9], [Inquiry; 9]) {
    let submissions = [
        Outcome::Paid(paid()),
        Outcome::Refused(answer("OPENID_ERROR")),
        Outcome::Refused(answer("NAME_MISMATCH")),
        Outcome::PutOff(answer("NOTENOUGH")),
        Outcome::PutOff(answer("MONEY_LIMIT")),
        Outcome::Held(answer("SIGN_ERROR")),
        Outcome::Unknown(nothing_heard()),
        Outcome::Unknown(Doubt::Code(answer("SYSTEMERROR"))),
        Outcome::NotSent(Unsent::Wire(NeverSent::ConnectTimeout)),
    ];
    let inquiries = [
        Inquiry::Paid(paid()),
        Inquiry::Failed {
            reason: String::new(),
        },
        Inquiry::Processing,
        Inquiry::NotFound,
        Inquiry::NotFound,
        Inquiry::Held(answer("CA_ERROR")),
        Inquiry::Unanswered(nothing_heard()),
        Inquiry::Unanswered(Doubt::Code(answer("SYSTEMERROR"))),
        Inquiry::Unanswered(Doubt::Mismatch("openid")),
    ];
    (submissions, inquiries)
}

/// INV-03, exhaustively: over all sequences of five answers, money is released only by the rail's own `FAILED`, or when the last submission
/// was definitely refused, nothing before it was in doubt since, and two spaced "no such order" came after it.
#[test]
fn no_sequence_of_answers_releases_money_while_anything_is_in_doubt() {
    const LENGTH: u32 = 5;
    let (submissions, inquiries) = answers();
    let mut released = 0_u32;
    for sequence in 0..9_usize.pow(LENGTH) {
        let mut payout = queued();
        let mut refused_last = false;
        let mut not_found_since = 0;
        let mut failed_by_rail = false;
        let mut digits = sequence;
        for _ in 0..LENGTH {
            let choice = digits % 9;
            digits /= 9;
            let Some((step, at)) = payout.work.next else {
                break;
            };
            if payout.status.is_final() {
                break;
            }
            // every call takes place when it is due, and not before
            let now = at.max(NOON);
            let effect = match step {
                Step::Submit => {
                    let (claimed, before) = sent(payout, now);
                    payout = claimed;
                    let outcome = &submissions[choice];
                    refused_last = matches!(outcome, Outcome::Refused(_));
                    not_found_since = 0;
                    court(now)
                        .submission(&mut payout, before, outcome)
                        .unwrap()
                        .effect
                }
                Step::Inquire | Step::Recheck => {
                    let inquiry = &inquiries[choice];
                    match inquiry {
                        Inquiry::NotFound => not_found_since += 1,
                        Inquiry::Processing => not_found_since = 0,
                        Inquiry::Failed { .. } => failed_by_rail = true,
                        Inquiry::Paid(_) | Inquiry::Held(_) | Inquiry::Unanswered(_) => {}
                    }
                    court(now)
                        .inquiry(&mut payout, ALONE, inquiry)
                        .unwrap()
                        .effect
                }
            };
            if matches!(effect, Effect::Failed { .. }) {
                released += 1;
                assert!(
                    failed_by_rail || (refused_last && not_found_since >= 2),
                    "sequence {sequence} released money in doubt"
                );
            }
            let is_released = payout.status == Status::Failed;
            assert_eq!(
                is_released,
                matches!(effect, Effect::Failed { .. }),
                "sequence {sequence}"
            );
        }
    }
    assert!(released > 1_000, "the walk meets releases: {released}");
}

/// INV-08: every status and every event. A payout goes a way of the contract or stays; what is final absorbs everything.
#[test]
fn every_event_in_every_status_leads_along_the_ways_of_the_contract_or_nowhere() {
    let (submissions, inquiries) = answers();
    let standing = |status: Status| {
        let (mut payout, before) = sent(queued(), NOON);
        payout.status = status;
        payout.finished_at = status.is_final().then_some(NOON);
        (payout, before)
    };
    let legal = |from: Status, to: Status| {
        // what waits for approval may be known to the rail after an older database was put back: then it goes two ways at once
        let leaves_review = from == Status::InReview
            && matches!(to, Status::Succeeded | Status::Failed)
            && Status::InReview.may_become(Status::Queued)
            && Status::Queued.may_become(Status::Processing);
        from == to || from.may_become(to) || leaves_review
    };
    let mut pairs = 0;
    for from in Status::ALL.iter().copied() {
        for outcome in &submissions {
            let (mut payout, before) = standing(from);
            let ruling = court(NOON).submission(&mut payout, before, outcome);
            pairs += 1;
            // only what was claimed is sent, and that is processing
            if from == Status::Processing {
                assert!(legal(from, payout.status), "{from:?} {outcome:?}");
            } else if ruling.is_ok() {
                assert!(!from.is_final(), "{from:?} {outcome:?}");
            }
        }
        for inquiry in &inquiries {
            let (mut payout, _) = standing(from);
            let ruling = court(NOON.plus(PACES.confirm_after)).inquiry(&mut payout, ALONE, inquiry);
            pairs += 1;
            if ruling.is_ok() {
                assert!(legal(from, payout.status), "{from:?} {inquiry:?}");
            }
            if from.is_final() {
                assert_eq!(payout.status, from, "{inquiry:?}");
            }
            let (mut payout, _) = standing(from);
            let ruling = court(NOON).recheck(&mut payout, ALONE, inquiry);
            pairs += 1;
            assert_eq!(payout.status, from, "{inquiry:?}");
            let moves_money = matches!(ruling.effect, Effect::Paid | Effect::Failed { .. });
            assert!(!moves_money, "{from:?} {inquiry:?}");
        }
    }
    assert_eq!(pairs, 8 * 27);
}

/// INV-08: seven answers to questions about one payout, in all 5,040 orders. One of them says that it was paid; whenever it comes, the payout
/// ends paid, once, and never in another way.
#[test]
fn seven_answers_in_any_order_end_in_the_same_state() {
    let answers = [
        Inquiry::Paid(paid()),
        Inquiry::Processing,
        Inquiry::NotFound,
        Inquiry::Held(answer("SIGN_ERROR")),
        Inquiry::Unanswered(nothing_heard()),
        Inquiry::Unanswered(Doubt::Code(answer("SYSTEMERROR"))),
        Inquiry::Unanswered(Doubt::Status(502)),
    ];
    let mut orders = 0;
    permute(&mut [0, 1, 2, 3, 4, 5, 6], 7, &mut |order| {
        orders += 1;
        let (mut payout, before) = sent(queued(), NOON);
        let mut effects = vec![
            court(NOON)
                .submission(&mut payout, before, &Outcome::Unknown(nothing_heard()))
                .unwrap()
                .effect,
        ];
        for index in order {
            let now = due(&payout).1;
            if payout.status.is_final() {
                effects.push(
                    court(now)
                        .recheck(&mut payout, ALONE, &answers[*index])
                        .effect,
                );
                payout.work.next = payout.work.next.or(Some((Step::Recheck, now)));
            } else {
                assert_eq!(due(&payout).0, Step::Inquire, "{order:?}");
                let inquiry = &answers[*index];
                effects.push(
                    court(now)
                        .inquiry(&mut payout, ALONE, inquiry)
                        .unwrap()
                        .effect,
                );
            }
        }
        let paid = effects.iter().filter(|it| **it == Effect::Paid).count();
        assert_eq!((payout.status, paid), (Status::Succeeded, 1), "{order:?}");
        assert_eq!(payout.payment_no.as_deref(), Some("1010"), "{order:?}");
        assert!(
            !effects.iter().any(|it| matches!(it, Effect::Failed { .. })),
            "{order:?}"
        );
    });
    assert_eq!(orders, 5_040);
}

/// Heap's algorithm.
fn permute(items: &mut [usize], length: usize, visit: &mut impl FnMut(&[usize])) {
    if length <= 1 {
        visit(items);
        return;
    }
    for index in 0..length {
        permute(items, length - 1, visit);
        items.swap(if length.is_multiple_of(2) { index } else { 0 }, length - 1);
    }
}

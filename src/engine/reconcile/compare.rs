//! Whether a payout, its postings and its attempts tell the same. Pure.

use crate::findings::Kind;
use crate::ledger::{Movement, PostingKind};
use crate::payouts::{Payout, Status, Words};

/// What our own books say about one payout besides itself.
#[derive(Clone, Debug, Default)]
pub(in crate::engine) struct Record {
    /// Its postings.
    pub(super) movements: Vec<Movement>,
    /// What its attempts, and people, have said.
    pub(super) words: Words,
}

/// The first difference, if there is one.
pub(in crate::engine) fn compare(payout: &Payout, record: &Record) -> Option<Kind> {
    if !ledger_fits(payout, &record.movements) {
        return Some(Kind::LedgerDiffers);
    }
    if attempts_fit(payout, record.words) {
        None
    } else {
        Some(Kind::AttemptsDiffer)
    }
}

/// Its money was held once, and it was settled or released as it ended, and nothing else was moved.
fn ledger_fits(payout: &Payout, movements: &[Movement]) -> bool {
    let expected: &[PostingKind] = match payout.status {
        Status::InReview | Status::Queued | Status::Processing | Status::AwaitingRecipient => {
            &[PostingKind::PayoutHeld]
        }
        Status::Succeeded => &[PostingKind::PayoutHeld, PostingKind::PayoutSettled],
        Status::Failed | Status::Rejected | Status::Cancelled => {
            &[PostingKind::PayoutHeld, PostingKind::PayoutReleased]
        }
    };
    movements.len() == expected.len()
        && expected
            .iter()
            .all(|kind| movements.iter().any(|it| it.kind == kind.as_str()))
        && movements
            .iter()
            .all(|it| it.amount == payout.amount && it.recipient == payout.recipient)
}

/// Paid is what an attempt or two people have said; what ended unpaid, nobody has.
fn attempts_fit(payout: &Payout, words: Words) -> bool {
    match payout.status {
        Status::Succeeded => words.said_paid || words.decided,
        Status::Failed | Status::Rejected | Status::Cancelled => !words.said_paid,
        // an answer that came too late for its claim is asked for again
        Status::InReview | Status::Queued | Status::Processing | Status::AwaitingRecipient => true,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::basics::{Fen, RecipientId};
    use crate::engine::tests::queued;

    fn moved(kind: PostingKind) -> Movement {
        Movement {
            kind: kind.as_str().to_owned(),
            amount: Fen::new(100),
            recipient: RecipientId::parse("u1").unwrap(),
        }
    }

    fn record(kinds: &[PostingKind], said_paid: bool) -> Record {
        Record {
            movements: kinds.iter().copied().map(moved).collect(),
            words: Words {
                said_paid,
                decided: false,
            },
        }
    }

    fn ended(status: Status) -> Payout {
        Payout { status, ..queued() }
    }

    #[test]
    fn every_status_has_one_set_of_postings_that_fits_it() {
        use PostingKind::{
            PayoutHeld as Held, PayoutReleased as Released, PayoutSettled as Settled,
        };
        let sets: [&[PostingKind]; 6] = [
            &[],
            &[Held],
            &[Settled],
            &[Held, Settled],
            &[Held, Released],
            &[Held, Settled, Released],
        ];
        for status in Status::ALL {
            let payout = ended(*status);
            let said_paid = *status == Status::Succeeded;
            let fitting: Vec<usize> = (0..sets.len())
                .filter(|set| compare(&payout, &record(sets[*set], said_paid)).is_none())
                .collect();
            let expected = match status {
                Status::Succeeded => 3,
                Status::Failed | Status::Rejected | Status::Cancelled => 4,
                Status::InReview
                | Status::Queued
                | Status::Processing
                | Status::AwaitingRecipient => 1,
            };
            assert_eq!(fitting, [expected], "{status:?}");
        }
    }

    #[test]
    fn another_amount_or_recipient_in_the_ledger_is_found() {
        let kinds = [PostingKind::PayoutHeld, PostingKind::PayoutSettled];
        let payout = ended(Status::Succeeded);
        let mut other_amount = record(&kinds, true);
        other_amount.movements[1].amount = Fen::new(101);
        assert_eq!(compare(&payout, &other_amount), Some(Kind::LedgerDiffers));
        let mut other_recipient = record(&kinds, true);
        other_recipient.movements[0].recipient = RecipientId::parse("u2").unwrap();
        assert_eq!(
            compare(&payout, &other_recipient),
            Some(Kind::LedgerDiffers)
        );
    }

    #[test]
    fn paid_without_anybodys_word_and_unpaid_against_it_are_found() {
        let settled = [PostingKind::PayoutHeld, PostingKind::PayoutSettled];
        let released = [PostingKind::PayoutHeld, PostingKind::PayoutReleased];
        let succeeded = ended(Status::Succeeded);
        assert_eq!(
            compare(&succeeded, &record(&settled, false)),
            Some(Kind::AttemptsDiffer)
        );
        let mut decided = record(&settled, false);
        decided.words.decided = true;
        assert_eq!(compare(&succeeded, &decided), None);
        assert_eq!(
            compare(&ended(Status::Failed), &record(&released, true)),
            Some(Kind::AttemptsDiffer)
        );
    }
}

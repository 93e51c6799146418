//! The rules of the book.

use super::postings::{
    Maturity, Source, commission_earned, commission_matured, commission_reversed, payout_held,
    payout_released, payout_settled,
};
use super::*;
use crate::basics::ids::fresh;
use crate::basics::page::PageSize;
use crate::basics::randomness::OsRandomness;
use crate::basics::{CommissionId, Fen, PayoutId, RecipientId, TenantId};
use crate::db::scratch::{self, NOON};
use crate::db::{Database, sql};

struct Book {
    database: Database,
    tenant: TenantId,
    recipient: RecipientId,
}

fn book() -> Book {
    let database = scratch::migrated();
    let tenant = database.tenant("tea");
    let recipient = RecipientId::parse("u1").unwrap();
    database.in_tx(|tx| open_accounts(tx, tenant, &recipient).unwrap());
    Book {
        database,
        tenant,
        recipient,
    }
}

impl Book {
    fn post(&self, posting: &Posting) -> Result<Balance, PostError> {
        self.database
            .in_tx(|tx| post(tx, self.tenant, posting.clone(), NOON))
    }

    fn earned(&self, id: &str, amount: i64, maturity: Maturity) -> Balance {
        let id = CommissionId::parse(id).unwrap();
        self.post(&commission_earned(
            &id,
            &self.recipient,
            Fen::new(amount),
            maturity,
        ))
        .unwrap()
    }

    fn proof(&self) -> Proof {
        self.database.in_tx(|tx| prove(tx, self.tenant).unwrap())
    }
}

fn payout() -> PayoutId {
    fresh(NOON, &OsRandomness)
}

#[test]
fn a_withdrawal_goes_from_available_to_held_to_paid() {
    let book = book();
    book.earned("c1", 1_000, Maturity::Available);
    let id = payout();
    let held = book
        .post(&payout_held(
            &id,
            &book.recipient,
            Fen::new(300),
            Source::Balance,
        ))
        .unwrap();
    assert_eq!(
        (held.available, held.held, held.paid),
        (Fen::new(700), Fen::new(300), Fen::ZERO)
    );
    let paid = book
        .post(&payout_settled(
            &id,
            &book.recipient,
            Fen::new(300),
            Source::Balance,
        ))
        .unwrap();
    assert_eq!(
        (paid.available, paid.held, paid.paid),
        (Fen::new(700), Fen::ZERO, Fen::new(300))
    );
    let proof = book.proof();
    assert_eq!(proof.problems, Vec::<String>::new());
    assert_eq!(proof.debit, proof.credit);
    assert_eq!(proof.paid, Fen::new(300));
}

#[test]
fn a_released_payout_leaves_the_balance_as_it_was() {
    let book = book();
    let before = book.earned("c1", 1_000, Maturity::Available);
    let id = payout();
    book.post(&payout_held(
        &id,
        &book.recipient,
        Fen::new(300),
        Source::Balance,
    ))
    .unwrap();
    let after = book
        .post(&payout_released(
            &id,
            &book.recipient,
            Fen::new(300),
            Source::Balance,
        ))
        .unwrap();
    assert_eq!(after, before);
}

#[test]
fn a_direct_payout_does_not_touch_the_balance() {
    let book = book();
    let before = book.earned("c1", 1_000, Maturity::Available);
    let id = payout();
    book.post(&payout_held(
        &id,
        &book.recipient,
        Fen::new(300),
        Source::Direct,
    ))
    .unwrap();
    let after = book
        .post(&payout_settled(
            &id,
            &book.recipient,
            Fen::new(300),
            Source::Direct,
        ))
        .unwrap();
    assert_eq!((after.available, after.paid), (before.available, Fen::ZERO));
    assert_eq!(
        (after.direct_cost, after.direct_paid),
        (Fen::new(300), Fen::new(300))
    );
    assert_eq!(book.proof().paid, Fen::new(300));
}

#[test]
fn a_reversal_after_the_withdrawal_leaves_less_than_nothing_and_later_commissions_fill_it() {
    let book = book();
    book.earned("c1", 1_000, Maturity::Available);
    let id = payout();
    book.post(&payout_held(
        &id,
        &book.recipient,
        Fen::new(1_000),
        Source::Balance,
    ))
    .unwrap();
    let c1 = CommissionId::parse("c1").unwrap();
    let reversed = book
        .post(&commission_reversed(
            &c1,
            &book.recipient,
            Fen::new(1_000),
            Maturity::Available,
        ))
        .unwrap();
    assert_eq!(reversed.available, Fen::new(-1_000));
    assert_eq!(
        book.earned("c2", 1_500, Maturity::Available).available,
        Fen::new(500)
    );
    assert_eq!(book.proof().problems, Vec::<String>::new());
}

#[test]
fn pending_money_matures() {
    let book = book();
    let earned = book.earned("c1", 1_000, Maturity::Pending);
    assert_eq!(
        (earned.pending, earned.available),
        (Fen::new(1_000), Fen::ZERO)
    );
    let c1 = CommissionId::parse("c1").unwrap();
    let mature = book
        .post(&commission_matured(&c1, &book.recipient, Fen::new(1_000)))
        .unwrap();
    assert_eq!(
        (mature.pending, mature.available),
        (Fen::ZERO, Fen::new(1_000))
    );
}

#[test]
fn the_same_event_is_posted_once() {
    let book = book();
    book.earned("c1", 1_000, Maturity::Available);
    let id = payout();
    let hold = payout_held(&id, &book.recipient, Fen::new(300), Source::Balance);
    book.post(&hold).unwrap();
    let again =
        book.database
            .write_blocking("again", crate::db::Scope::Tenant(book.tenant), |tx| {
                post(tx, book.tenant, hold.clone(), NOON)
            });
    let Err(PostError::Db(fault)) = again else {
        panic!("posted twice")
    };
    assert!(fault.is_constraint(
        "ledger_postings_happen_once",
        "ledger_postings.tenant_id, ledger_postings.source, ledger_postings.kind"
    ));
    assert_eq!(book.proof().problems, Vec::<String>::new());
}

#[test]
fn more_than_is_held_cannot_be_settled() {
    let book = book();
    book.earned("c1", 1_000, Maturity::Available);
    let settle = payout_settled(&payout(), &book.recipient, Fen::new(1), Source::Balance);
    let refused = book
        .database
        .write_blocking("x", crate::db::Scope::Tenant(book.tenant), |tx| {
            post(tx, book.tenant, settle.clone(), NOON)
        });
    let Err(PostError::Db(fault)) = refused else {
        panic!("settled what was not held")
    };
    assert!(fault.is_constraint(
        "ledger_balances_are_not_negative",
        "ledger_balances_are_not_negative"
    ));
}

#[test]
fn several_movements_of_several_recipients_are_posted_at_once() {
    let book = book();
    let other = RecipientId::parse("u2").unwrap();
    let balances = book.database.in_tx(|tx| {
        open_accounts(tx, book.tenant, &other).unwrap();
        let earn = |commission: &str, recipient: &RecipientId, amount| {
            let commission = CommissionId::parse(commission).unwrap();
            (
                book.tenant,
                commission_earned(
                    &commission,
                    recipient,
                    Fen::new(amount),
                    Maturity::Available,
                ),
            )
        };
        let all = vec![
            earn("a", &book.recipient, 10),
            earn("b", &other, 20),
            earn("c", &book.recipient, 30),
        ];
        post_all(tx, all, NOON).unwrap()
    });
    assert_eq!(balances.len(), 2);
    let page = book.database.in_tx(|tx| {
        list_entries(tx, book.tenant, &book.recipient, None, PageSize::DEFAULT).unwrap()
    });
    let mut available: Vec<i64> = page
        .rows
        .iter()
        .map(|e| e.available_after_fen.fen())
        .collect();
    available.sort_unstable();
    assert_eq!(available, [10, 40]);
    assert_eq!(book.proof().problems, Vec::<String>::new());
}

#[test]
fn nobody_without_accounts_gets_money() {
    let book = book();
    let stranger = RecipientId::parse("stranger").unwrap();
    let id = CommissionId::parse("c1").unwrap();
    let posting = commission_earned(&id, &stranger, Fen::new(1), Maturity::Available);
    assert!(matches!(book.post(&posting), Err(PostError::NoAccounts)));
}

#[test]
fn the_proof_finds_a_crooked_book() {
    let book = book();
    book.earned("c1", 1_000, Maturity::Available);
    book.database.in_tx(|tx| {
        sql("UPDATE ledger_balances SET available_fen = 2000, commission_cost_fen = 2000")
            .execute(tx)
            .unwrap();
    });
    let problems = book.proof().problems;
    assert_eq!(problems.len(), 3, "{problems:?}");
    assert!(problems[2].contains("u1"));
}

#[test]
fn the_database_refuses_a_balance_that_does_not_add_up() {
    let book = book();
    book.earned("c1", 1_000, Maturity::Available);
    let refused = book
        .database
        .write_blocking("x", crate::db::Scope::Tenant(book.tenant), |tx| {
            sql("UPDATE ledger_balances SET available_fen = 2000").execute(tx)
        });
    assert!(
        refused
            .unwrap_err()
            .is_constraint("ledger_balances_balance", "ledger_balances_balance")
    );
}

//! The house's conscience: the laws that hold after every test, whatever it did.

use std::collections::BTreeMap;

use zhanfu::basics::Fen;
use zhanfu::db::{DbFault, Scope};
use zhanfu::reports::books;

use super::House;

/// The books are right, nothing was paid twice, and what we say was paid is what WeChat Pay has paid.
pub fn examine(house: &House) {
    let books = house
        .ground
        .database
        .read_snapshot_blocking(
            "conscience",
            Scope::AcrossTenants,
            |tx| -> Result<_, DbFault> { books::prove_all(tx) },
        )
        .unwrap();
    let mut ours = Fen::ZERO;
    for book in &books {
        assert!(
            book.proof.problems.is_empty(),
            "{}: {:?}",
            book.slug,
            book.proof.problems
        );
        ours = ours.plus(book.proof.paid).unwrap();
    }
    let theirs = house.simulator.book();
    let mut times: BTreeMap<(&str, &str), usize> = BTreeMap::new();
    for movement in &theirs.movements {
        *times
            .entry((&movement.mchid, &movement.partner_trade_no))
            .or_default() += 1;
    }
    assert!(
        times.values().all(|times| *times == 1),
        "paid twice: {times:?}"
    );
    let moved: i64 = theirs
        .movements
        .iter()
        .map(|movement| movement.amount_fen)
        .sum();
    // what is still in doubt may have been paid there and not be known here; the reverse would be a lie
    assert!(
        ours.fen() <= moved,
        "we say that {ours} were paid, WeChat Pay has paid {moved} fen"
    );
}

//! The laws, as they are looked at from outside (`laws.md` §6).

use std::collections::BTreeMap;

use zhanfu::db::{DbFault, Scope};
use zhanfu::engine::partner_trade_no;
use zhanfu::limits::{self, LimitName};
use zhanfu::payouts::{Payout, Status};
use zhanfu::reports::books;

use super::world::World;

impl World {
    /// What holds at every moment, whatever goes wrong.
    pub(crate) fn examine(&self) {
        let now = self.now().as_millis();
        for (number, payout) in self.payouts() {
            let shop = &self.shops[number];
            let trade_no = partner_trade_no(payout.id);
            let moved = self.gateway.movements_of(&shop.mchid, &trade_no, now);
            // INV-01: money moves at most once for a payout
            assert!(
                moved.len() <= 1,
                "{trade_no} was paid {} times",
                moved.len()
            );
            if let [movement] = moved.as_slice() {
                // INV-03: what was paid is never released, rejected or cancelled
                assert!(
                    !matches!(
                        payout.status,
                        Status::Failed | Status::Rejected | Status::Cancelled | Status::InReview
                    ),
                    "{trade_no} was paid and is {}",
                    payout.status.as_str()
                );
                assert_eq!(movement.amount_fen, payout.amount.fen(), "{trade_no}");
                assert_eq!(movement.openid, payout.openid.as_str(), "{trade_no}");
            } else {
                // INV-02: what we call paid was paid
                assert_ne!(payout.status, Status::Succeeded, "{trade_no} was not paid");
            }
            // INV-11: what is not final has a time at which it goes on, or waits for people
            let waits_for_people = payout.status == Status::InReview;
            assert!(
                payout.status.is_final() || waits_for_people || payout.work.next.is_some(),
                "{trade_no} is forgotten"
            );
        }
    }

    /// What holds at every moment and takes longer to look at: the books (INV-05) and the limits (INV-06).
    pub(crate) fn examine_books(&self) {
        let books = self
            .database
            .read_snapshot_blocking("books", Scope::AcrossTenants, books::prove_all)
            .map_err(|fault: DbFault| fault)
            .unwrap();
        for book in books {
            assert!(
                book.proof.problems.is_empty(),
                "{}: {:?}",
                book.slug,
                book.proof.problems
            );
        }
        let mut used: BTreeMap<(usize, zhanfu::basics::Day), i64> = BTreeMap::new();
        for (shop, payout) in self.payouts() {
            if counts(&payout) {
                *used.entry((shop, payout.planned_on)).or_default() += payout.amount.fen();
            }
        }
        for ((number, day), amount) in used {
            let shop = &self.shops[number];
            let (limit, counted) = self.in_tx(|tx| {
                let policy = limits::load_policy(tx, shop.tenant).unwrap();
                let standings =
                    limits::standings(tx, shop.tenant, None, &policy, day.start()).unwrap();
                let standing = standings
                    .iter()
                    .find(|it| it.name == LimitName::TenantDayAmount)
                    .unwrap();
                (standing.limit, standing.used.unwrap())
            });
            assert!(
                amount <= counted,
                "{day}: {amount} fen are out, {counted} are counted"
            );
            assert!(counted <= limit, "{day}: {counted} of {limit}");
        }
    }

    /// What holds when everything has healed and come to rest.
    pub(crate) fn examine_the_end(&self) {
        self.examine();
        self.examine_books();
        for (number, payout) in self.payouts() {
            let trade_no = partner_trade_no(payout.id);
            // beyond WeChat's window nothing is sent any more: what was never paid then waits for people, and only that
            let waits_for_people = payout.reason_code.as_deref() == Some("needs_decision");
            let tenant = self.shops[number].tenant;
            let lane = self.in_tx(|tx| zhanfu::payouts::find_lane(tx, tenant).unwrap());
            assert!(
                payout.status.is_final() || waits_for_people,
                "{trade_no} of shop {number} is {} ({:?}) and does not end: {:?}; the lane is {lane:?}",
                payout.status.as_str(),
                payout.reason_code,
                payout.work
            );
            let moved = self.gateway.movements_of(
                &self.shops[number].mchid,
                &trade_no,
                self.now().as_millis(),
            );
            assert_eq!(
                payout.status == Status::Succeeded,
                moved.len() == 1,
                "{trade_no}"
            );
        }
        let findings: usize = self
            .shops
            .iter()
            .map(|shop| {
                self.in_tx(|tx| zhanfu::findings::list_open(tx, shop.tenant).unwrap().len())
            })
            .sum();
        assert_eq!(findings, 0, "nothing here lies, so nothing may be found");
    }
}

/// Whether a payout takes room in the limits.
fn counts(payout: &Payout) -> bool {
    match payout.status {
        Status::InReview
        | Status::Queued
        | Status::Processing
        | Status::AwaitingRecipient
        | Status::Succeeded => true,
        Status::Failed | Status::Rejected | Status::Cancelled => false,
    }
}

//! The laws, as they are looked at from outside (`laws.md` §6).

use std::collections::BTreeMap;

use zhanfu::audit::By;
use zhanfu::basics::TenantId;
use zhanfu::db::{DbFault, Scope, sql};
use zhanfu::engine::{partner_trade_no, reconcile_some};
use zhanfu::findings;
use zhanfu::limits::{self, LimitName};
use zhanfu::payouts::{self, Payout, Status};
use zhanfu::reports::books;

use super::world::{Shop, World};

/// By shop, day and scope: the amount and the number of payouts.
pub(crate) type Usage = BTreeMap<(usize, i64, String), (i64, i64)>;

#[derive(diesel::QueryableByName)]
struct UsageRow {
    #[diesel(sql_type = diesel::sql_types::Binary)]
    tenant_id: TenantId,
    #[diesel(sql_type = diesel::sql_types::BigInt)]
    day: i64,
    #[diesel(sql_type = diesel::sql_types::Text)]
    scope: String,
    #[diesel(sql_type = diesel::sql_types::BigInt)]
    amount_fen: i64,
    #[diesel(sql_type = diesel::sql_types::BigInt)]
    payouts: i64,
}

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
                // INV-03: what was paid is never released, rejected or cancelled. A database that was put back may have lost an approval, and
                // then knows that it has to ask.
                let lost_its_approval =
                    payout.status == Status::InReview && payout.work.may_have_been_sent;
                assert!(
                    lost_its_approval
                        || !matches!(
                            payout.status,
                            Status::Failed
                                | Status::Rejected
                                | Status::Cancelled
                                | Status::InReview
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

    /// What holds at every moment and takes longer to look at: the books (INV-05) and the counters (INV-07).
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
        self.examine_the_counters();
    }

    /// INV-07: what a day's counters say is what the payouts say that count on that day, for the tenant and for each recipient.
    fn examine_the_counters(&self) {
        let mut used: Usage = BTreeMap::new();
        for (number, payout) in self.payouts() {
            if self.takes_room(&self.shops[number], &payout) {
                for scope in ["", payout.recipient.as_str()] {
                    let key = (
                        number,
                        i64::from(payout.planned_on.number()),
                        scope.to_owned(),
                    );
                    let (amount, payouts) = used.entry(key).or_default();
                    *amount += payout.amount.fen();
                    *payouts += 1;
                }
            }
        }
        let mut counted = self.usage();
        counted.retain(|_, numbers| *numbers != (0, 0));
        assert_eq!(counted, used, "counters on the left, payouts on the right");
    }

    /// Whether a payout takes room in the limits: not when it ends unpaid, except where the rail has an order that failed and may count it.
    fn takes_room(&self, shop: &Shop, payout: &Payout) -> bool {
        match payout.status {
            Status::InReview
            | Status::Queued
            | Status::Processing
            | Status::AwaitingRecipient
            | Status::Succeeded => true,
            Status::Failed => self.in_tx(|tx| {
                let attempts = payouts::list_attempts(tx, shop.tenant, payout.id).unwrap();
                // the last question before the end: a second one, the day after, is none
                let last = attempts
                    .iter()
                    .rfind(|it| it.finished_at == payout.finished_at);
                last.is_some_and(|it| it.outcome.as_deref() == Some("failed"))
            }),
            Status::Rejected | Status::Cancelled => false,
        }
    }

    /// What all counters say.
    pub(crate) fn usage(&self) -> Usage {
        let rows = self.in_tx(|tx| {
            sql("SELECT tenant_id, day, scope, amount_fen, payouts FROM limit_usage")
                .load::<UsageRow>(tx)
                .unwrap()
        });
        rows.into_iter()
            .map(|row| {
                let shop = self
                    .shops
                    .iter()
                    .position(|shop| shop.tenant == row.tenant_id)
                    .unwrap();
                ((shop, row.day, row.scope), (row.amount_fen, row.payouts))
            })
            .collect()
    }

    /// INV-06: whatever was counted since `before` is within the limits that are in force now. Nothing else changes limits in between.
    pub(crate) fn examine_the_limits(&self, before: &Usage) -> Usage {
        let after = self.usage();
        let changed = after
            .iter()
            .filter(|(key, numbers)| before.get(key) != Some(numbers));
        for (key, (amount, payouts)) in changed {
            let (amount_before, payouts_before) = before.get(key).copied().unwrap_or_default();
            let (shop, day, scope) = key;
            let policy =
                self.in_tx(|tx| limits::load_policy(tx, self.shops[*shop].tenant).unwrap());
            let (amount_name, count_name) = if scope.is_empty() {
                (LimitName::TenantDayAmount, LimitName::TenantDayCount)
            } else {
                (LimitName::RecipientDayAmount, LimitName::RecipientDayCount)
            };
            for (name, before, now) in [
                (amount_name, amount_before, *amount),
                (count_name, payouts_before, *payouts),
            ] {
                let limit = policy.in_force(name).unwrap_or(i64::MAX);
                assert!(
                    now <= before || now <= limit,
                    "{day} {scope}: {now} of {limit} {}",
                    name.as_str()
                );
            }
        }
        after
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
        for shop in &self.shops {
            let findings = self.in_tx(|tx| findings::list_open(tx, shop.tenant).unwrap());
            // nothing here lies, so nothing may be found; what has not been answered for a day is told
            for finding in findings {
                assert_eq!(finding.kind, findings::Kind::InDoubtForADay, "{finding:?}");
                let payout =
                    self.in_tx(|tx| payouts::find(tx, shop.tenant, finding.payout).unwrap());
                assert_eq!(payout.unwrap().status, Status::Processing, "{finding:?}");
            }
            self.compare_everything(shop);
        }
    }

    /// The ledger, the attempts and the payouts tell the same.
    fn compare_everything(&self, shop: &Shop) {
        let now = self.now();
        let mut before = None;
        loop {
            let examined = self.in_tx(|tx| {
                reconcile_some(tx, shop.tenant, before, &By::COMMAND_LINE, now).unwrap()
            });
            assert_eq!(examined.new, 0, "{examined:?}");
            before = examined.next;
            if before.is_none() {
                break;
            }
        }
    }
}

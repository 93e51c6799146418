//! The rules of payouts.

use std::time::Duration;

use super::model::NoSuchWay;
use super::*;
use crate::audit::{Actor, By};
use crate::basics::ids::fresh;
use crate::basics::page::PageSize;
use crate::basics::randomness::OsRandomness;
use crate::basics::{
    ApiKeyId, CommissionId, Description, Done, ExternalId, Fen, MemberId, OpenId, PersonId,
    RecipientId, TenantId, Timestamp,
};
use crate::db::scratch::{self, NOON};
use crate::db::{Database, Scope, sql};
use crate::ledger::postings::{Maturity, commission_earned};
use crate::ledger::{self, Balance};
use crate::limits::{self, LimitChange, LimitName, Policy, WhenDayIsFull};

struct Shop {
    database: Database,
    tenant: TenantId,
}

fn u1() -> RecipientId {
    RecipientId::parse("u1").unwrap()
}

fn storefront() -> By {
    By {
        actor: Actor::Storefront(fresh::<ApiKeyId>(NOON, &OsRandomness)),
        name: "shop".to_owned(),
        request: None,
    }
}

/// A shop whose recipient has earned 1,000.00 yuan.
fn shop() -> Shop {
    let database = scratch::migrated();
    let tenant = database.tenant("tea");
    database.in_tx(|tx| {
        limits::insert_defaults(tx, tenant).unwrap();
        sql("INSERT INTO recipients VALUES ($1, 'u1', 'o1', NULL, 1, 0, 0)")
            .bind(tenant)
            .execute(tx)
            .unwrap();
        ledger::open_accounts(tx, tenant, &u1()).unwrap();
        let id = CommissionId::parse("c1").unwrap();
        let earned = commission_earned(&id, &u1(), Fen::new(100_000), Maturity::Available);
        ledger::post(tx, tenant, earned, NOON).unwrap();
    });
    Shop { database, tenant }
}

fn request(fen: i64) -> Request {
    Request {
        recipient: u1(),
        openid: OpenId::parse("o1").unwrap(),
        checks_name: false,
        amount: Fen::new(fen),
        description: Description::parse("提现").unwrap(),
        external_id: None,
        rail: "wechat_v2",
    }
}

impl Shop {
    fn policy(&self) -> Policy {
        self.database
            .in_tx(|tx| limits::load_policy(tx, self.tenant).unwrap())
    }

    fn set(&self, name: LimitName, number: Option<i64>) {
        let wanted = LimitChange {
            numbers: vec![(name, number)],
            ..LimitChange::default()
        };
        self.database
            .in_tx(|tx| limits::change(tx, self.tenant, &wanted, &By::COMMAND_LINE, NOON).unwrap());
    }

    fn asks(&self, request: &Request, at: Timestamp) -> Result<Payout, AcceptError> {
        let policy = self.policy();
        self.database
            .write_blocking("ask", Scope::Tenant(self.tenant), |tx| {
                withdraw(
                    tx,
                    self.tenant,
                    request,
                    &policy,
                    |_| Ok(0),
                    &storefront(),
                    at,
                )
            })
    }

    fn pays(&self, fen: i64) -> Result<Payout, AcceptError> {
        let policy = self.policy();
        self.database
            .write_blocking("pay", Scope::Tenant(self.tenant), |tx| {
                pay_directly(tx, self.tenant, &request(fen), &policy, &storefront(), NOON)
            })
    }

    fn person(&self, email: &str) -> By {
        let person: PersonId = fresh(NOON, &OsRandomness);
        self.database.in_tx(|tx| {
            sql("INSERT INTO people VALUES ($1, $2, 'x', 0, NULL)")
                .bind(person)
                .bind(email)
                .execute(tx)
                .unwrap();
        });
        let member: MemberId = fresh(NOON, &OsRandomness);
        By {
            actor: Actor::Member { person, member },
            name: email.to_owned(),
            request: None,
        }
    }

    fn approves(
        &self,
        payout: &Payout,
        by: &By,
        at: Timestamp,
    ) -> Result<Done<Payout>, ApproveError> {
        let policy = self.policy();
        self.database
            .write_blocking("approve", Scope::Tenant(self.tenant), |tx| {
                approve(tx, self.tenant, payout.id, None, &policy, by, at)
            })
    }

    fn rejects(&self, payout: &Payout, reason: &str, by: &By) -> Result<Done<Payout>, RejectError> {
        self.database
            .write_blocking("reject", Scope::Tenant(self.tenant), |tx| {
                reject(tx, self.tenant, payout.id, reason, by, NOON)
            })
    }

    fn cancels(&self, payout: &Payout) -> Result<Done<Payout>, CancelError> {
        self.database
            .write_blocking("cancel", Scope::Tenant(self.tenant), |tx| {
                cancel(tx, self.tenant, payout.id, &storefront(), NOON)
            })
    }

    fn balance(&self) -> Balance {
        self.database.in_tx(|tx| {
            ledger::find_balance(tx, self.tenant, &u1())
                .unwrap()
                .unwrap()
        })
    }

    fn used_today(&self) -> i64 {
        let policy = self.policy();
        self.database.in_tx(|tx| {
            let all = limits::standings(tx, self.tenant, None, &policy, NOON).unwrap();
            all.iter()
                .find(|s| s.name == LimitName::TenantDayAmount)
                .unwrap()
                .used
                .unwrap()
        })
    }
}

#[test]
fn only_the_ways_of_the_contract_lead_from_one_status_to_another() {
    use Status::{
        AwaitingRecipient as A, Cancelled as C, Failed as F, InReview as R, Processing as P,
        Queued as Q, Rejected as J, Succeeded as S,
    };
    let ways = [
        (R, Q),
        (R, J),
        (R, C),
        (Q, P),
        (Q, C),
        (Q, F),
        (P, S),
        (P, F),
        (P, Q),
        (P, A),
        (A, S),
        (A, F),
        (A, C),
    ];
    for from in Status::ALL {
        for to in Status::ALL {
            assert_eq!(
                from.may_become(*to),
                ways.contains(&(*from, *to)),
                "{from:?} to {to:?}"
            );
        }
    }
}

#[test]
fn a_final_payout_never_changes_again() {
    let shop = shop();
    let payout = shop.asks(&request(1_000), NOON).unwrap();
    for last in Status::ALL.iter().filter(|status| status.is_final()) {
        for next in Status::ALL {
            let mut ended = Payout {
                status: *last,
                ..payout.clone()
            };
            assert_eq!(
                ended.go(*next),
                Err(NoSuchWay {
                    from: *last,
                    to: *next
                })
            );
            assert_eq!(ended.status, *last);
        }
    }
}

#[test]
fn accepting_a_withdrawal_holds_its_money_and_its_room() {
    let shop = shop();
    let payout = shop.asks(&request(1_000), NOON).unwrap();
    assert_eq!(payout.status, Status::Queued);
    assert_eq!(payout.work.next, Some((Step::Submit, NOON)));
    assert_eq!(
        (shop.balance().available, shop.balance().held),
        (Fen::new(99_000), Fen::new(1_000))
    );
    assert_eq!(shop.used_today(), 1_000);
    let found = shop
        .database
        .in_tx(|tx| find(tx, shop.tenant, payout.id).unwrap());
    assert_eq!(found, Some(payout));
}

#[test]
fn a_withdrawal_beyond_the_balance_is_refused_and_leaves_nothing_behind() {
    let shop = shop();
    shop.set(LimitName::RecipientDayAmount, None);
    shop.asks(&request(60_000), NOON).unwrap();
    let refused = shop.asks(&request(40_001), NOON).unwrap_err();
    let AcceptError::InsufficientBalance { available, wanted } = refused else {
        panic!("{refused}")
    };
    assert_eq!((available, wanted), (Fen::new(40_000), Fen::new(40_001)));
    assert_eq!(shop.balance().held, Fen::new(60_000));
    assert_eq!(shop.used_today(), 60_000);
}

#[test]
fn a_direct_payout_needs_no_balance() {
    let shop = shop();
    let payout = shop.pays(2_000).unwrap();
    assert_eq!(payout.kind, Kind::Direct);
    assert_eq!(
        (shop.balance().available, shop.balance().direct_held),
        (Fen::new(100_000), Fen::new(2_000))
    );
}

#[test]
fn a_limit_refuses_a_payout_and_leaves_nothing_behind() {
    let shop = shop();
    shop.set(LimitName::TransferMax, Some(999));
    let refused = shop.asks(&request(1_000), NOON).unwrap_err();
    assert!(matches!(refused, AcceptError::LimitExceeded(it) if it.name == LimitName::TransferMax));
    assert_eq!(shop.balance().held, Fen::ZERO);
    assert_eq!(shop.used_today(), 0);
}

#[test]
fn a_full_day_queues_for_the_next_when_the_tenant_chose_so() {
    let shop = shop();
    shop.set(LimitName::TenantDayAmount, Some(1_000));
    let wanted = LimitChange {
        when_day_is_full: Some(WhenDayIsFull::Queue),
        ..LimitChange::default()
    };
    shop.database
        .in_tx(|tx| limits::change(tx, shop.tenant, &wanted, &By::COMMAND_LINE, NOON).unwrap());
    shop.asks(&request(600), NOON).unwrap();
    let later = shop.asks(&request(600), NOON).unwrap();
    let tomorrow = NOON.day().end();
    assert_eq!(later.not_before, Some(tomorrow));
    assert_eq!(later.work.next, Some((Step::Submit, tomorrow)));
    assert_eq!(
        later.reason_code.as_deref(),
        Some("limit_tenant_day_amount")
    );
    let found = shop
        .database
        .in_tx(|tx| find(tx, shop.tenant, later.id).unwrap());
    assert_eq!(found, Some(later));
}

#[test]
fn the_storefronts_own_number_belongs_to_one_payout_for_ever() {
    let shop = shop();
    let numbered = Request {
        external_id: Some(ExternalId::parse("w-1").unwrap()),
        ..request(1_000)
    };
    let first = shop.asks(&numbered, NOON).unwrap();
    shop.cancels(&first).unwrap();
    assert!(matches!(
        shop.asks(&numbered, NOON),
        Err(AcceptError::ExternalIdTaken { .. })
    ));
    assert_eq!(shop.balance().held, Fen::ZERO);
}

#[test]
fn above_the_limit_a_payout_waits_for_a_member_and_then_goes_on() {
    let shop = shop();
    let payout = shop.asks(&request(50_001), NOON).unwrap();
    assert_eq!((payout.status, payout.work.next), (Status::InReview, None));
    let lin = shop.person("lin@example.com");
    let approved = shop.approves(&payout, &lin, NOON).unwrap().into_inner();
    assert_eq!(
        (approved.status, approved.work.next),
        (Status::Queued, Some((Step::Submit, NOON)))
    );
    assert!(matches!(
        shop.approves(&payout, &lin, NOON),
        Ok(Done::Already(_))
    ));
    let late = shop.rejects(&payout, "too late", &lin);
    assert!(matches!(
        late,
        Err(RejectError::NotInReview(Status::Queued))
    ));
}

#[test]
fn above_the_second_limit_two_different_people_have_to_approve() {
    let shop = shop();
    shop.set(LimitName::SecondReviewAbove, Some(60_000));
    let payout = shop.asks(&request(70_000), NOON).unwrap();
    let (lin, wang) = (
        shop.person("lin@example.com"),
        shop.person("wang@example.com"),
    );
    assert_eq!(
        shop.approves(&payout, &lin, NOON)
            .unwrap()
            .into_inner()
            .status,
        Status::InReview
    );
    assert!(matches!(
        shop.approves(&payout, &lin, NOON),
        Err(ApproveError::SamePerson)
    ));
    let Actor::Member { person, .. } = lin.actor else {
        unreachable!()
    };
    let other_membership = By {
        actor: Actor::Member {
            person,
            member: fresh(NOON, &OsRandomness),
        },
        name: "lin".to_owned(),
        request: None,
    };
    let again = shop.approves(&payout, &other_membership, NOON);
    assert!(
        matches!(again, Err(ApproveError::SamePerson)),
        "the person counts, not the membership"
    );
    assert_eq!(
        shop.approves(&payout, &wang, NOON)
            .unwrap()
            .into_inner()
            .status,
        Status::Queued
    );
}

#[test]
fn only_people_approve_and_reject() {
    let shop = shop();
    let payout = shop.asks(&request(50_001), NOON).unwrap();
    assert!(matches!(
        shop.approves(&payout, &storefront(), NOON),
        Err(ApproveError::NotAPerson)
    ));
    assert!(matches!(
        shop.rejects(&payout, "no", &By::ENGINE),
        Err(RejectError::NotAPerson)
    ));
}

#[test]
fn a_rejected_payout_gives_its_money_and_its_room_back() {
    let shop = shop();
    let payout = shop.asks(&request(50_001), NOON).unwrap();
    let lin = shop.person("lin@example.com");
    assert!(matches!(
        shop.rejects(&payout, "  ", &lin),
        Err(RejectError::NoReason)
    ));
    let rejected = shop
        .rejects(&payout, "unknown order", &lin)
        .unwrap()
        .into_inner();
    assert_eq!(
        (rejected.status, rejected.finished_at),
        (Status::Rejected, Some(NOON))
    );
    assert_eq!(shop.balance().available, Fen::new(100_000));
    assert_eq!(shop.used_today(), 0);
    assert!(matches!(
        shop.rejects(&payout, "again", &lin),
        Ok(Done::Already(_))
    ));
    assert!(matches!(
        shop.approves(&payout, &lin, NOON),
        Err(ApproveError::NotInReview(_))
    ));
}

#[test]
fn what_waited_for_approval_over_midnight_counts_on_the_day_it_is_approved() {
    let shop = shop();
    let yesterday = NOON.minus(Duration::from_hours(24));
    let payout = shop.asks(&request(60_000), yesterday).unwrap();
    assert_eq!(shop.used_today(), 0);
    let lin = shop.person("lin@example.com");
    shop.set(LimitName::TenantDayAmount, Some(59_999));
    assert!(matches!(
        shop.approves(&payout, &lin, NOON),
        Err(ApproveError::LimitExceeded(_))
    ));
    shop.set(LimitName::TenantDayAmount, Some(60_000));
    let approved = shop.approves(&payout, &lin, NOON).unwrap().into_inner();
    assert_eq!(approved.planned_on, NOON.day());
    assert_eq!(shop.used_today(), 60_000);
}

#[test]
fn a_payout_is_cancelled_only_while_nothing_of_it_can_have_been_sent() {
    let shop = shop();
    for fen in [1_000, 50_001] {
        let payout = shop.asks(&request(fen), NOON).unwrap();
        assert_eq!(
            shop.cancels(&payout).unwrap().into_inner().status,
            Status::Cancelled
        );
        assert!(matches!(shop.cancels(&payout), Ok(Done::Already(_))));
    }
    assert_eq!(shop.balance().available, Fen::new(100_000));
    assert_eq!(shop.used_today(), 0);

    let payout = shop.asks(&request(1_000), NOON).unwrap();
    let mut sent = payout.clone();
    sent.go(Status::Processing).unwrap();
    sent.work.may_have_been_sent = true;
    sent.work.next = Some((Step::Inquire, NOON));
    shop.database
        .in_tx(|tx| store::save(tx, shop.tenant, &sent, 0).unwrap());
    assert!(matches!(
        shop.cancels(&payout),
        Err(CancelError::NotCancellable(Status::Processing))
    ));
    assert_eq!(shop.balance().held, Fen::new(1_000));
}

#[test]
fn another_tenants_payout_is_not_there() {
    let shop = shop();
    let payout = shop.asks(&request(1_000), NOON).unwrap();
    let other = shop.database.tenant("fruit");
    shop.database.in_tx(|tx| {
        assert_eq!(find(tx, other, payout.id).unwrap(), None);
        assert!(matches!(
            cancel(tx, other, payout.id, &storefront(), NOON),
            Err(CancelError::NotFound)
        ));
        let page = list(tx, other, &Filter::default(), None, PageSize::DEFAULT).unwrap();
        assert!(page.rows.is_empty());
    });
}

#[test]
fn lists_are_newest_first_filtered_and_paged() {
    let shop = shop();
    let at = |second| NOON.plus(Duration::from_secs(second));
    let ids: Vec<_> = (0..5)
        .map(|n| shop.asks(&request(100), at(n)).unwrap().id)
        .collect();
    shop.database.in_tx(|tx| {
        let two = PageSize::new(2).unwrap();
        let first = list(tx, shop.tenant, &Filter::default(), None, two).unwrap();
        assert_eq!(
            first.rows.iter().map(|p| p.id).collect::<Vec<_>>(),
            [ids[4], ids[3]]
        );
        let second = list(tx, shop.tenant, &Filter::default(), first.next, two).unwrap();
        assert_eq!(
            second.rows.iter().map(|p| p.id).collect::<Vec<_>>(),
            [ids[2], ids[1]]
        );
        let filter = Filter {
            created_from: Some(at(1)),
            created_to: Some(at(3)),
            status: Some(Status::Queued),
            recipient: Some(u1()),
            ..Filter::default()
        };
        let some = list(tx, shop.tenant, &filter, None, two).unwrap();
        assert_eq!(
            some.rows.iter().map(|p| p.id).collect::<Vec<_>>(),
            [ids[2], ids[1]]
        );
        assert_eq!(some.next, None);
    });
}

#[test]
fn the_engine_finds_due_payouts_tenant_by_tenant() {
    let shop = shop();
    let payout = shop.asks(&request(100), NOON).unwrap();
    shop.asks(&request(100), NOON.plus(Duration::from_secs(9)))
        .unwrap();
    shop.database.in_tx(|tx| {
        let found = find_due_tenants(tx, None, NOON, 10).unwrap();
        let due = DueTenant {
            tenant: shop.tenant,
            inquiries: false,
            sending: Sending::Yes,
            rechecks: false,
            most: i64::MAX,
        };
        assert_eq!((found.due, found.last), (vec![due], None));
        let early = find_due_tenants(tx, None, NOON.minus(Duration::from_secs(1)), 10).unwrap();
        assert!(early.due.is_empty());
        let past = find_due_tenants(tx, Some(shop.tenant), NOON, 10).unwrap();
        assert!(past.due.is_empty());
        let locked = lock_due(
            tx,
            &[Quota {
                tenant: shop.tenant,
                step: Step::Submit,
                most: 5,
            }],
            NOON,
        )
        .unwrap();
        assert_eq!(
            locked.iter().map(|(_, p)| p.id).collect::<Vec<_>>(),
            [payout.id]
        );
    });
}

#[test]
fn the_engine_sees_few_due_payouts_at_one_look_and_many_by_going_round() {
    let shop = shop();
    for _ in 0..3 {
        shop.asks(&request(100), NOON).unwrap();
    }
    shop.database.in_tx(|tx| {
        let due = DueTenant {
            tenant: shop.tenant,
            inquiries: false,
            sending: Sending::Yes,
            rechecks: false,
            most: 3,
        };
        assert_eq!(find_due_first(tx, NOON, 3).unwrap(), Some(vec![due]));
        assert_eq!(find_due_first(tx, NOON, 2).unwrap(), None);
        let early = NOON.minus(Duration::from_secs(1));
        assert_eq!(find_due_first(tx, early, 2).unwrap(), Some(vec![]));
    });
}

#[test]
fn a_write_with_an_old_fence_changes_nothing() {
    let shop = shop();
    let payout = shop.asks(&request(100), NOON).unwrap();
    let mut claimed = payout.clone();
    claimed.work.fence = 1;
    shop.database.in_tx(|tx| {
        assert_eq!(
            save_all(tx, &[(shop.tenant, &claimed, 0)])
                .unwrap()
                .into_keys()
                .collect::<Vec<_>>(),
            [(payout.id, 1)]
        );
        assert!(
            save_all(tx, &[(shop.tenant, &payout, 0)])
                .unwrap()
                .is_empty()
        );
        assert_eq!(
            find(tx, shop.tenant, payout.id).unwrap(),
            Some(claimed.clone())
        );
    });
}

//! The rules of limits.

use super::*;
use crate::audit::By;
use crate::basics::{Fen, RecipientId, TenantId, Timestamp};
use crate::db::scratch::{self, NOON};
use crate::db::{Database, Scope};

struct Shop {
    database: Database,
    tenant: TenantId,
}

fn shop() -> Shop {
    let database = scratch::migrated();
    let tenant = database.tenant("tea");
    database.in_tx(|tx| insert_defaults(tx, tenant).unwrap());
    Shop { database, tenant }
}

fn someone(id: &str) -> RecipientId {
    RecipientId::parse(id).unwrap()
}

impl Shop {
    fn set(&self, name: LimitName, number: Option<i64>) {
        let wanted = LimitChange {
            numbers: vec![(name, number)],
            ..LimitChange::default()
        };
        self.database
            .in_tx(|tx| change(tx, self.tenant, &wanted, &By::COMMAND_LINE, NOON).unwrap());
    }

    fn queue_when_full(&self) {
        let wanted = LimitChange {
            when_day_is_full: Some(WhenDayIsFull::Queue),
            ..LimitChange::default()
        };
        self.database
            .in_tx(|tx| change(tx, self.tenant, &wanted, &By::COMMAND_LINE, NOON).unwrap());
    }

    fn asks(&self, who: &str, fen: i64, at: Timestamp) -> Result<Planned, LimitExceeded> {
        let planned = self
            .database
            .write_blocking("ask", Scope::Tenant(self.tenant), |tx| {
                let policy = load_policy(tx, self.tenant)?;
                plan(tx, self.tenant, &someone(who), Fen::new(fen), &policy, at)
            });
        match planned {
            Ok(planned) => Ok(planned),
            Err(ReserveError::Exceeded(exceeded)) => Err(exceeded),
            Err(ReserveError::Db(fault)) => panic!("{fault}"),
        }
    }

    fn used(&self, name: LimitName) -> i64 {
        self.database.in_tx(|tx| {
            let policy = load_policy(tx, self.tenant).unwrap();
            let all = standings(tx, self.tenant, Some(&someone("u1")), &policy, NOON).unwrap();
            all.iter()
                .find(|s| s.name == name)
                .and_then(|s| s.used)
                .unwrap()
        })
    }
}

#[test]
fn a_new_tenant_has_the_limits_of_the_contract() {
    let shop = shop();
    let policy = shop
        .database
        .in_tx(|tx| load_policy(tx, shop.tenant).unwrap());
    assert_eq!(policy.own, Limits::DEFAULTS);
    assert_eq!(policy.in_force(LimitName::TransferMin), Some(30));
    assert_eq!(policy.in_force(LimitName::TenantDayCount), None);
    assert_eq!(policy.when_day_is_full, WhenDayIsFull::Refuse);
}

#[test]
fn each_limit_lets_its_own_number_through_and_nothing_beyond() {
    for (name, at_limit, beyond) in [
        (LimitName::TransferMin, 30, 29),
        (LimitName::TransferMax, 1_000, 1_001),
        (LimitName::RecipientDayAmount, 1_000, 1_001),
        (LimitName::TenantDayAmount, 1_000, 1_001),
    ] {
        let shop = shop();
        shop.set(name, Some(at_limit));
        assert_eq!(shop.asks("u1", beyond, NOON).unwrap_err().name, name);
        assert!(shop.asks("u1", at_limit, NOON).is_ok(), "{name:?}");
    }
}

#[test]
fn counts_are_limited_for_the_recipient_and_for_the_tenant() {
    let shop = shop();
    shop.set(LimitName::RecipientDayCount, Some(2));
    shop.set(LimitName::TenantDayCount, Some(3));
    assert!(shop.asks("u1", 100, NOON).is_ok());
    assert!(shop.asks("u1", 100, NOON).is_ok());
    assert_eq!(
        shop.asks("u1", 100, NOON).unwrap_err().name,
        LimitName::RecipientDayCount
    );
    assert!(shop.asks("u2", 100, NOON).is_ok());
    assert_eq!(
        shop.asks("u3", 100, NOON).unwrap_err().name,
        LimitName::TenantDayCount
    );
}

#[test]
fn a_refusal_says_what_is_used_what_is_left_and_when_it_starts_anew() {
    let shop = shop();
    shop.set(LimitName::RecipientDayAmount, Some(1_000));
    shop.asks("u1", 700, NOON).unwrap();
    let refusal = shop.asks("u1", 301, NOON).unwrap_err();
    assert_eq!(
        (refusal.limit, refusal.used, refusal.remaining),
        (1_000, 700, 300)
    );
    assert_eq!(refusal.resets_at, Some(NOON.day().end()));
    assert_eq!(
        shop.used(LimitName::RecipientDayAmount),
        700,
        "a refusal counts nothing"
    );
}

#[test]
fn zero_lets_none_pass_and_none_switches_a_limit_off() {
    let shop = shop();
    shop.set(LimitName::TenantDayAmount, Some(0));
    assert_eq!(
        shop.asks("u1", 100, NOON).unwrap_err().name,
        LimitName::TenantDayAmount
    );
    shop.set(LimitName::TenantDayAmount, None);
    assert!(shop.asks("u1", 100, NOON).is_ok());
    shop.set(LimitName::TransferMax, Some(0));
    assert_eq!(
        shop.asks("u1", 100, NOON).unwrap_err().name,
        LimitName::TransferMax
    );
}

#[test]
fn the_stricter_one_of_the_tenants_limit_and_the_platforms_cap_holds() {
    let caps = Limits::default()
        .with(LimitName::TransferMin, Some(100))
        .with(LimitName::TransferMax, Some(400))
        .with(LimitName::TenantDayCount, Some(5));
    let policy = Policy {
        own: Limits::DEFAULTS,
        caps,
        when_day_is_full: WhenDayIsFull::Refuse,
        version: 1,
    };
    assert_eq!(policy.in_force(LimitName::TransferMin), Some(100));
    assert_eq!(policy.in_force(LimitName::TransferMax), Some(400));
    assert_eq!(policy.in_force(LimitName::TenantDayCount), Some(5));
    assert_eq!(policy.in_force(LimitName::RecipientDayCount), Some(10));
}

#[test]
fn review_begins_above_the_limit_and_two_people_above_the_second_one() {
    let own = Limits::DEFAULTS.with(LimitName::SecondReviewAbove, Some(100_000));
    let policy = Policy {
        own,
        caps: Limits::default(),
        when_day_is_full: WhenDayIsFull::Refuse,
        version: 1,
    };
    let needed = |fen| policy.approvals_needed(Fen::new(fen));
    assert_eq!(
        (
            needed(50_000),
            needed(50_001),
            needed(100_000),
            needed(100_001)
        ),
        (0, 1, 1, 2)
    );
    let all = Policy {
        own: own.with(LimitName::ReviewAbove, Some(0)),
        ..policy
    };
    assert_eq!(all.approvals_needed(Fen::new(1)), 1);
}

#[test]
fn a_full_day_queues_for_the_next_day_with_room_when_the_tenant_chose_so() {
    let shop = shop();
    shop.set(LimitName::TenantDayAmount, Some(1_000));
    shop.queue_when_full();
    assert_eq!(shop.asks("u1", 1_000, NOON).unwrap().waits_for, None);
    let tomorrow = shop.asks("u1", 600, NOON).unwrap();
    assert_eq!(tomorrow.waits_for, Some(LimitName::TenantDayAmount));
    assert_eq!(tomorrow.day, NOON.day().next());
    assert_eq!(tomorrow.not_before(), Some(NOON.day().end()));
    assert_eq!(
        shop.asks("u2", 600, NOON).unwrap().day,
        NOON.day().next().next()
    );
    assert_eq!(shop.asks("u2", 400, NOON).unwrap().day, NOON.day().next());
    assert_eq!(
        shop.asks("u1", 1_001, NOON).unwrap_err().name,
        LimitName::TenantDayAmount
    );
    assert_eq!(shop.used(LimitName::TenantDayAmount), 1_000);
}

#[test]
fn the_queue_is_not_endless() {
    let shop = shop();
    shop.set(LimitName::TenantDayCount, Some(1));
    shop.queue_when_full();
    for _ in 0..=30 {
        shop.asks("u1", 100, NOON).unwrap();
    }
    assert_eq!(
        shop.asks("u1", 100, NOON).unwrap_err().name,
        LimitName::TenantDayCount
    );
}

#[test]
fn room_that_is_given_back_is_room() {
    let shop = shop();
    shop.set(LimitName::TenantDayAmount, Some(1_000));
    shop.asks("u1", 1_000, NOON).unwrap();
    shop.database.in_tx(|tx| {
        release(tx, shop.tenant, &someone("u1"), Fen::new(1_000), NOON.day()).unwrap();
    });
    assert!(shop.asks("u1", 1_000, NOON).is_ok());
}

#[test]
fn a_payout_moves_to_the_day_on_which_it_is_sent_or_stays_where_it_was() {
    let shop = shop();
    shop.set(LimitName::TenantDayAmount, Some(1_000));
    let (today, tomorrow) = (NOON.day(), NOON.day().next());
    shop.asks("u1", 600, NOON).unwrap();
    let move_it = |from, to| {
        shop.database.in_tx(|tx| {
            let policy = load_policy(tx, shop.tenant).unwrap();
            move_to_day(
                tx,
                shop.tenant,
                &someone("u1"),
                Fen::new(600),
                &policy,
                from,
                to,
            )
            .is_ok()
        })
    };
    assert!(move_it(today, tomorrow));
    assert_eq!(shop.used(LimitName::TenantDayAmount), 0);
    shop.asks("u1", 500, NOON).unwrap();
    assert!(!move_it(tomorrow, today), "today has no room for it");
    assert_eq!(shop.used(LimitName::TenantDayAmount), 500);
    assert!(
        shop.asks("u1", 1_000, tomorrow.start()).is_err(),
        "tomorrow still holds it"
    );
}

#[test]
fn a_change_from_an_outdated_page_is_noticed() {
    let shop = shop();
    let stale = LimitChange {
        numbers: vec![(LimitName::TransferMax, Some(1))],
        seen_version: Some(1),
        ..LimitChange::default()
    };
    shop.set(LimitName::TransferMax, Some(900));
    let result = shop
        .database
        .in_tx(|tx| change(tx, shop.tenant, &stale, &By::COMMAND_LINE, NOON));
    assert!(matches!(result, Err(ChangeError::Changed)));
}

#[test]
fn limits_that_no_payout_could_pass_and_negative_ones_are_refused() {
    let shop = shop();
    let tries = |name, number| {
        let wanted = LimitChange {
            numbers: vec![(name, Some(number))],
            ..LimitChange::default()
        };
        shop.database
            .in_tx(|tx| change(tx, shop.tenant, &wanted, &By::COMMAND_LINE, NOON))
    };
    assert!(matches!(
        tries(LimitName::TransferMin, 600_000),
        Err(ChangeError::MinAboveMax { .. })
    ));
    assert!(matches!(
        tries(LimitName::TenantDayCount, -1),
        Err(ChangeError::Negative(_))
    ));
}

#[tokio::test(flavor = "multi_thread")]
async fn sixty_four_requesters_at_once_never_pass_a_limit_together() {
    let shop = shop();
    shop.set(LimitName::TenantDayAmount, Some(1_000));
    shop.set(LimitName::TransferMin, None);
    let (database, tenant) = (shop.database.clone(), shop.tenant);
    let all = (0..64).map(|number| {
        let database = database.clone();
        tokio::spawn(async move {
            database
                .write("ask", Scope::Tenant(tenant), move |tx| {
                    let policy = load_policy(tx, tenant)?;
                    let who = someone(&format!("u{number}"));
                    plan(tx, tenant, &who, Fen::new(30), &policy, NOON)
                })
                .await
                .is_ok()
        })
    });
    let mut passed = 0;
    for one in all.collect::<Vec<_>>() {
        passed += i64::from(one.await.unwrap());
    }
    assert_eq!(passed, 1_000 / 30);
    assert_eq!(shop.used(LimitName::TenantDayAmount), 990);
}

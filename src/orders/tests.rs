//! The rules of rules, orders and refunds.

use std::time::Duration;

use proptest::prelude::*;

use super::*;
use crate::audit::By;
use crate::basics::{Done, Fen, ItemKey, OrderId, RecipientId, RefundId, TenantId};
use crate::commissions;
use crate::db::scratch::{self, NOON};
use crate::db::{Database, sql};
use crate::ledger::{self, Balance};

const DAY: Duration = Duration::from_hours(24);

struct Shop {
    database: Database,
    tenant: TenantId,
}

fn who(id: &str) -> RecipientId {
    RecipientId::parse(id).unwrap()
}

fn shop() -> Shop {
    let database = scratch::migrated();
    let tenant = database.tenant("tea");
    database.in_tx(|tx| {
        for id in ["u1", "u2"] {
            sql(
                "INSERT INTO recipients (tenant_id, id, openid, version, created_at, updated_at) \
                 VALUES ($1, $2, 'o1', 1, 0, 0)",
            )
            .bind(tenant)
            .bind(id)
            .execute(tx)
            .unwrap();
            ledger::open_accounts(tx, tenant, &who(id)).unwrap();
        }
    });
    Shop { database, tenant }
}

fn rule(level: Level, reward: Reward) -> NewRule {
    NewRule {
        key: None,
        level,
        reward,
        freeze_days: 0,
        valid_from: None,
        valid_to: None,
    }
}

fn order(id: &str, fen: i64, promoters: &[&str]) -> NewOrder {
    NewOrder {
        id: OrderId::parse(id).unwrap(),
        amount: Fen::new(fen),
        buyer: None,
        promoters: promoters.iter().map(|id| who(id)).collect(),
        items: Vec::new(),
        paid_at: NOON,
    }
}

fn item(key: &str, fen: i64) -> Item {
    Item {
        key: Some(ItemKey::parse(key).unwrap()),
        amount: Fen::new(fen),
    }
}

impl Shop {
    fn rules(&self, new: &NewRule) -> Result<Rule, AddRuleError> {
        self.database
            .in_tx(|tx| add_rule(tx, self.tenant, new, &By::COMMAND_LINE, NOON))
    }

    fn sells(&self, new: &NewOrder) -> Result<Done<Order>, RecordError> {
        self.database
            .in_tx(|tx| record(tx, self.tenant, new, &By::COMMAND_LINE, NOON))
    }

    fn refunds(&self, order: &str, id: &str, fen: i64) -> Result<Done<Refund>, RefundError> {
        let (order, id) = (OrderId::parse(order).unwrap(), RefundId::parse(id).unwrap());
        self.database.in_tx(|tx| {
            refund(
                tx,
                self.tenant,
                &order,
                &id,
                Fen::new(fen),
                &By::COMMAND_LINE,
                NOON,
            )
        })
    }

    fn balance(&self, id: &str) -> Balance {
        self.database.in_tx(|tx| {
            ledger::find_balance(tx, self.tenant, &who(id))
                .unwrap()
                .unwrap()
        })
    }

    fn available(&self, id: &str) -> i64 {
        self.balance(id).available.fen()
    }
}

#[test]
fn promoters_of_both_levels_earn_their_shares_rounded_down() {
    let shop = shop();
    shop.rules(&rule(Level::First, Reward::Share(1_050)))
        .unwrap();
    shop.rules(&rule(Level::Second, Reward::Share(333)))
        .unwrap();
    let told = shop.sells(&order("o1", 9_999, &["u1", "u2"])).unwrap();
    // 9,999 × 10.50 % = 1,049.895 and × 3.33 % = 332.9667
    assert_eq!((shop.available("u1"), shop.available("u2")), (1_049, 332));
    assert_eq!(told.into_inner().commission, Fen::new(1_381));
}

#[test]
fn the_same_order_again_earns_nothing_and_another_one_is_refused() {
    let shop = shop();
    shop.rules(&rule(Level::First, Reward::Share(1_000)))
        .unwrap();
    assert!(matches!(
        shop.sells(&order("o1", 5_000, &["u1"])),
        Ok(Done::Now(_))
    ));
    assert!(matches!(
        shop.sells(&order("o1", 5_000, &["u1"])),
        Ok(Done::Already(_))
    ));
    assert!(matches!(
        shop.sells(&order("o1", 5_001, &["u1"])),
        Err(RecordError::Conflict(_))
    ));
    assert_eq!(shop.available("u1"), 500);
}

#[test]
fn an_item_has_its_own_rule_before_the_one_for_everything() {
    let shop = shop();
    shop.rules(&rule(Level::First, Reward::Share(500))).unwrap();
    let tea = NewRule {
        key: ItemKey::parse("tea").ok(),
        ..rule(Level::First, Reward::Amount(Fen::new(300)))
    };
    shop.rules(&tea).unwrap();
    let new = NewOrder {
        items: vec![item("tea", 2_000), item("cup", 1_000), item("tea", 200)],
        ..order("o1", 4_000, &["u1"])
    };
    shop.sells(&new).unwrap();
    // tea 300, cup 50, cheap tea no more than its price; what the items leave over earns nothing
    assert_eq!(shop.available("u1"), 300 + 50 + 200);
}

#[test]
fn a_rule_is_for_the_orders_paid_while_it_is_in_force() {
    let shop = shop();
    shop.rules(&rule(Level::First, Reward::Share(1_000)))
        .unwrap();
    let later = NewRule {
        valid_from: Some(NOON.plus(DAY)),
        ..rule(Level::First, Reward::Share(2_000))
    };
    shop.rules(&later).unwrap();
    shop.sells(&order("o1", 1_000, &["u1"])).unwrap();
    assert_eq!(shop.available("u1"), 100);
    let tomorrow = NewOrder {
        paid_at: NOON.plus(DAY),
        ..order("o2", 1_000, &["u1"])
    };
    shop.sells(&tomorrow).unwrap();
    assert_eq!(
        shop.balance("u1").pending,
        Fen::new(200),
        "it is not tomorrow yet"
    );
    let before = NewOrder {
        paid_at: NOON.minus(DAY),
        ..order("o3", 1_000, &["u1"])
    };
    assert_eq!(
        shop.sells(&before).unwrap().into_inner().commission,
        Fen::ZERO,
        "no rule was in force yesterday"
    );
}

#[test]
fn frozen_commissions_wait_for_their_day() {
    let shop = shop();
    let frozen = NewRule {
        freeze_days: 7,
        ..rule(Level::First, Reward::Share(1_000))
    };
    shop.rules(&frozen).unwrap();
    shop.sells(&order("o1", 1_000, &["u1"])).unwrap();
    assert_eq!(shop.balance("u1").pending, Fen::new(100));
    shop.database
        .in_tx(|tx| commissions::mature_due(tx, NOON.plus(7 * DAY)).unwrap());
    assert_eq!(shop.available("u1"), 100);
}

#[test]
fn an_ended_rule_earns_nothing() {
    let shop = shop();
    let made = shop
        .rules(&rule(Level::First, Reward::Share(1_000)))
        .unwrap();
    shop.database.in_tx(|tx| {
        end_rule(tx, shop.tenant, made.id, &By::COMMAND_LINE, NOON).unwrap();
        assert!(matches!(
            end_rule(tx, shop.tenant, made.id, &By::COMMAND_LINE, NOON),
            Err(AddRuleError::NotFound)
        ));
    });
    shop.sells(&order("o1", 1_000, &["u1"])).unwrap();
    assert_eq!(shop.available("u1"), 0);
}

#[test]
fn rules_that_make_no_sense_are_refused() {
    let shop = shop();
    let tries = |new: NewRule| shop.rules(&new).unwrap_err();
    let first = |reward| rule(Level::First, reward);
    assert!(matches!(
        tries(first(Reward::Share(0))),
        AddRuleError::Share
    ));
    assert!(matches!(
        tries(first(Reward::Share(10_001))),
        AddRuleError::Share
    ));
    assert!(matches!(
        tries(first(Reward::Amount(Fen::ZERO))),
        AddRuleError::Amount
    ));
    let too_long = NewRule {
        freeze_days: 366,
        ..first(Reward::Share(1))
    };
    assert!(matches!(tries(too_long), AddRuleError::FreezeDays));
    let backwards = NewRule {
        valid_to: Some(NOON),
        ..first(Reward::Share(1))
    };
    assert!(matches!(tries(backwards), AddRuleError::Validity));
    shop.rules(&first(Reward::Share(9_000))).unwrap();
    let second = rule(Level::Second, Reward::Share(1_001));
    assert!(matches!(tries(second), AddRuleError::MoreThanAll));
}

#[test]
fn orders_that_make_no_sense_are_refused() {
    let shop = shop();
    let tries = |new: NewOrder| shop.sells(&new).unwrap_err();
    assert!(matches!(
        tries(order("o1", 1, &["u1", "u2", "u3"])),
        RecordError::TooManyPromoters
    ));
    assert!(matches!(
        tries(order("o1", 1, &["u1", "u1"])),
        RecordError::SamePromoterTwice
    ));
    let dear = NewOrder {
        items: vec![item("tea", 2), item("cup", i64::MAX)],
        ..order("o1", 3, &["u1"])
    };
    assert!(matches!(tries(dear), RecordError::ItemsExceedOrder));
    shop.rules(&rule(Level::First, Reward::Share(1_000)))
        .unwrap();
    assert!(matches!(
        tries(order("o1", 100, &["nobody"])),
        RecordError::Earn(commissions::EarnError::UnknownRecipient(_))
    ));
}

#[test]
fn a_refund_takes_back_in_proportion_and_a_whole_one_takes_everything() {
    let shop = shop();
    shop.rules(&rule(Level::First, Reward::Share(1_000)))
        .unwrap();
    shop.rules(&rule(Level::Second, Reward::Share(500)))
        .unwrap();
    shop.sells(&order("o1", 1_001, &["u1", "u2"])).unwrap();
    assert_eq!((shop.available("u1"), shop.available("u2")), (100, 50));
    // a third: 150 × 333 / 1,001 = 49.9
    let first = shop.refunds("o1", "r1", 333).unwrap().into_inner();
    assert_eq!(first.reversed, Fen::new(49));
    assert_eq!((shop.available("u1"), shop.available("u2")), (67, 34));
    assert!(matches!(
        shop.refunds("o1", "r1", 333),
        Ok(Done::Already(_))
    ));
    assert!(matches!(
        shop.refunds("o1", "r1", 334),
        Err(RefundError::Conflict(_))
    ));
    assert!(matches!(
        shop.refunds("o1", "r2", 669),
        Err(RefundError::TooMuch { left }) if left == Fen::new(668)
    ));
    shop.refunds("o1", "r2", 668).unwrap();
    assert_eq!((shop.available("u1"), shop.available("u2")), (0, 0));
    assert!(matches!(
        shop.refunds("o2", "r1", 1),
        Err(RefundError::NotFound)
    ));
}

#[test]
fn what_was_withdrawn_leaves_the_balance_below_zero_after_a_refund() {
    let shop = shop();
    shop.rules(&rule(Level::First, Reward::Share(1_000)))
        .unwrap();
    shop.sells(&order("o1", 1_000, &["u1"])).unwrap();
    shop.database.in_tx(|tx| {
        let payout = tx.fresh_id(NOON);
        let hold = ledger::postings::payout_held(
            &payout,
            &who("u1"),
            Fen::new(100),
            ledger::postings::Source::Balance,
        );
        ledger::post(tx, shop.tenant, hold, NOON).unwrap();
    });
    shop.refunds("o1", "r1", 1_000).unwrap();
    assert_eq!(shop.available("u1"), -100);
}

#[test]
fn what_the_storefront_reversed_itself_is_not_taken_back_twice() {
    let shop = shop();
    shop.rules(&rule(Level::First, Reward::Share(1_000)))
        .unwrap();
    shop.rules(&rule(Level::Second, Reward::Share(1_000)))
        .unwrap();
    shop.sells(&order("o1", 1_000, &["u1", "u2"])).unwrap();
    shop.database.in_tx(|tx| {
        let id = OrderId::parse("o1").unwrap();
        let [first, _] = list_earned(tx, shop.tenant, &id)
            .unwrap()
            .try_into()
            .unwrap();
        commissions::reverse(
            tx,
            shop.tenant,
            &first.commission,
            None,
            &By::COMMAND_LINE,
            NOON,
        )
        .unwrap();
    });
    let told = shop.refunds("o1", "r1", 1_000).unwrap().into_inner();
    assert_eq!(told.reversed, Fen::new(100));
    assert_eq!((shop.available("u1"), shop.available("u2")), (0, 0));
}

proptest! {
    #[test]
    fn parts_sum_up_to_the_whole_and_none_exceeds_its_weight(
        weights in prop::collection::vec(0_i64..1_000_000, 1..12),
        permille in 0_i64..=1_000,
    ) {
        let weights: Vec<Fen> = weights.into_iter().map(Fen::new).collect();
        let all = Fen::sum(weights.iter().copied()).unwrap();
        let amount = all.part_rounded_down(Fen::new(permille), Fen::new(1_000));
        let parts = amount.split_by_largest_remainder(&weights);
        prop_assert_eq!(Fen::sum(parts.iter().copied()).unwrap(), amount);
        for (part, weight) in parts.iter().zip(&weights) {
            prop_assert!(part <= weight);
        }
    }
}

proptest! {
    // each case has a database of its own
    #![proptest_config(ProptestConfig::with_cases(16))]

    #[test]
    fn refunds_in_any_pieces_take_back_everything_in_the_end(
        pieces in prop::collection::vec(1_i64..5_000, 1..5),
        shares in (1_u16..5_000, 1_u16..5_000),
    ) {
        let shop = shop();
        shop.rules(&rule(Level::First, Reward::Share(shares.0))).unwrap();
        shop.rules(&rule(Level::Second, Reward::Share(shares.1))).unwrap();
        let whole: i64 = pieces.iter().sum();
        shop.sells(&order("o1", whole, &["u1", "u2"])).unwrap();
        for (number, piece) in pieces.iter().enumerate() {
            let (before1, before2) = (shop.available("u1"), shop.available("u2"));
            shop.refunds("o1", &format!("r{number}"), *piece).unwrap();
            prop_assert!(shop.available("u1") <= before1 && shop.available("u2") <= before2);
            prop_assert!(shop.available("u1") >= 0 && shop.available("u2") >= 0);
        }
        prop_assert_eq!((shop.available("u1"), shop.available("u2")), (0, 0));
    }
}

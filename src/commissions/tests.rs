//! The rules of commissions.

use std::time::Duration;

use super::*;
use crate::audit::By;
use crate::basics::{CommissionId, Done, Fen, RecipientId, TenantId, Timestamp};
use crate::db::scratch::{self, NOON};
use crate::db::{Database, sql};
use crate::ledger::{self, Balance};

struct Shop {
    database: Database,
    tenant: TenantId,
}

const DAY: Duration = Duration::from_hours(24);

fn u1() -> RecipientId {
    RecipientId::parse("u1").unwrap()
}

fn c(text: &str) -> CommissionId {
    CommissionId::parse(text).unwrap()
}

fn shop() -> Shop {
    let database = scratch::migrated();
    let tenant = database.tenant("tea");
    database.in_tx(|tx| {
        sql("INSERT INTO recipients VALUES ($1, 'u1', 'o1', NULL, 1, 0, 0)")
            .bind(tenant)
            .execute(tx)
            .unwrap();
        ledger::open_accounts(tx, tenant, &u1()).unwrap();
    });
    Shop { database, tenant }
}

fn of(id: &str, fen: i64, available_at: Option<Timestamp>) -> NewCommission {
    NewCommission {
        id: c(id),
        recipient: u1(),
        amount: Fen::new(fen),
        order_no: None,
        description: None,
        available_at,
    }
}

impl Shop {
    fn earns(&self, new: &NewCommission, at: Timestamp) -> Result<Done<Commission>, EarnError> {
        self.database
            .in_tx(|tx| earn(tx, self.tenant, new, &By::COMMAND_LINE, at))
    }

    fn reverses(&self, id: &str) -> Result<Done<Commission>, ReverseError> {
        self.database
            .in_tx(|tx| reverse(tx, self.tenant, &c(id), None, &By::COMMAND_LINE, NOON))
    }

    fn balance(&self) -> Balance {
        self.database.in_tx(|tx| {
            ledger::find_balance(tx, self.tenant, &u1())
                .unwrap()
                .unwrap()
        })
    }
}

#[test]
fn the_same_commission_told_again_is_the_first_answer() {
    let shop = shop();
    let Done::Now(first) = shop.earns(&of("c1", 500, None), NOON).unwrap() else {
        panic!("not new")
    };
    let again = shop.earns(&of("c1", 500, None), NOON.plus(DAY)).unwrap();
    assert_eq!(again, Done::Already(first));
    assert_eq!(shop.balance().available, Fen::new(500));
}

#[test]
fn another_commission_under_the_same_id_is_a_conflict() {
    let shop = shop();
    shop.earns(&of("c1", 500, None), NOON).unwrap();
    for other in [of("c1", 501, None), of("c1", 500, Some(NOON))] {
        assert!(matches!(
            shop.earns(&other, NOON),
            Err(EarnError::Conflict(_))
        ));
    }
    assert_eq!(shop.balance().available, Fen::new(500));
}

#[test]
fn a_commission_of_a_later_day_waits_and_then_matures_once() {
    let shop = shop();
    shop.earns(&of("c1", 500, Some(NOON.plus(DAY))), NOON)
        .unwrap();
    assert_eq!(
        (shop.balance().pending, shop.balance().available),
        (Fen::new(500), Fen::ZERO)
    );
    let matured = |at| shop.database.in_tx(|tx| mature_due(tx, at).unwrap());
    assert_eq!(matured(NOON), 0);
    let due = shop
        .database
        .in_tx(|tx| due_amount(tx, shop.tenant, &u1(), NOON.plus(DAY)).unwrap());
    assert_eq!(due, Fen::new(500));
    assert_eq!(matured(NOON.plus(DAY)), 1);
    assert_eq!(matured(NOON.plus(DAY)), 0);
    assert_eq!(
        (shop.balance().pending, shop.balance().available),
        (Fen::ZERO, Fen::new(500))
    );
}

#[test]
fn one_recipients_commissions_mature_without_the_worker() {
    let shop = shop();
    shop.earns(&of("c1", 500, Some(NOON.plus(DAY))), NOON)
        .unwrap();
    shop.earns(&of("c2", 100, Some(NOON.plus(DAY).plus(DAY))), NOON)
        .unwrap();
    let matured = shop
        .database
        .in_tx(|tx| mature_of_recipient(tx, shop.tenant, &u1(), NOON.plus(DAY)).unwrap());
    assert_eq!(matured, 1);
    assert_eq!(
        (shop.balance().pending, shop.balance().available),
        (Fen::new(100), Fen::new(500))
    );
}

#[test]
fn a_commission_is_taken_back_once_wherever_its_money_stands() {
    let shop = shop();
    shop.earns(&of("waits", 500, Some(NOON.plus(DAY))), NOON)
        .unwrap();
    shop.earns(&of("ready", 300, None), NOON).unwrap();
    assert!(matches!(shop.reverses("waits").unwrap(), Done::Now(_)));
    assert!(matches!(shop.reverses("ready").unwrap(), Done::Now(_)));
    assert!(matches!(shop.reverses("ready").unwrap(), Done::Already(_)));
    assert!(matches!(
        shop.reverses("unknown"),
        Err(ReverseError::NotFound)
    ));
    let balance = shop.balance();
    assert_eq!(
        (balance.pending, balance.available, balance.commission_cost),
        Default::default()
    );
    let matured = shop
        .database
        .in_tx(|tx| mature_due(tx, NOON.plus(DAY)).unwrap());
    assert_eq!(matured, 0, "what was taken back does not mature");
}

fn reduces(shop: &Shop, id: &str, fen: i64, cause: &str) -> Fen {
    shop.database.in_tx(|tx| {
        reduce(
            tx,
            shop.tenant,
            &c(id),
            Fen::new(fen),
            cause,
            &By::COMMAND_LINE,
            NOON,
        )
        .unwrap()
    })
}

#[test]
fn a_part_can_be_taken_back_and_what_is_left_matures_or_is_reversed() {
    let shop = shop();
    shop.earns(&of("c1", 1_000, Some(NOON.plus(DAY))), NOON)
        .unwrap();
    assert_eq!(reduces(&shop, "c1", 300, "r1"), Fen::new(300));
    assert_eq!(shop.balance().pending, Fen::new(700));
    shop.database.in_tx(|tx| {
        assert_eq!(
            due_amount(tx, shop.tenant, &u1(), NOON.plus(DAY)).unwrap(),
            Fen::new(700)
        );
        mature_due(tx, NOON.plus(DAY)).unwrap();
    });
    assert_eq!(
        (shop.balance().pending, shop.balance().available),
        (Fen::ZERO, Fen::new(700))
    );
    // more than is left takes what is left
    assert_eq!(reduces(&shop, "c1", 5_000, "r2"), Fen::new(700));
    assert_eq!(shop.balance().available, Fen::ZERO);
    assert_eq!(reduces(&shop, "c1", 1, "r3"), Fen::ZERO);
}

fn member(shop: &Shop, number: u8) -> By {
    use crate::audit::Actor;
    use crate::basics::Id as _;
    let person = crate::basics::PersonId::from_uuid(uuid::Uuid::from_bytes([number; 16]));
    let member = crate::basics::MemberId::from_uuid(uuid::Uuid::from_bytes([number; 16]));
    shop.database.in_tx(|tx| {
        sql(
            "INSERT INTO people (id, email, password_hash, created_at) VALUES ($1, $2, '', 0) \
             ON CONFLICT DO NOTHING",
        )
        .bind(person)
        .bind(format!("m{number}@example.com"))
        .execute(tx)
        .unwrap();
    });
    By {
        actor: Actor::Member { person, member },
        name: format!("m{number}@example.com"),
        request: None,
    }
}

#[test]
fn a_correction_needs_a_reason_and_another_member() {
    let shop = shop();
    let (lin, wang) = (member(&shop, 1), member(&shop, 2));
    let asks = |fen: i64, reason: &str, by: &By| {
        shop.database
            .in_tx(|tx| ask_correction(tx, shop.tenant, &u1(), Fen::new(fen), reason, by, NOON))
    };
    assert!(matches!(asks(0, "x", &lin), Err(CorrectError::Nothing)));
    assert!(matches!(asks(1, " ", &lin), Err(CorrectError::Reason)));
    assert!(matches!(
        asks(1, "x", &By::COMMAND_LINE),
        Err(CorrectError::NotAPerson)
    ));
    let asked = asks(-500, "账目有误", &lin).unwrap();
    assert_eq!(shop.balance().available, Fen::ZERO, "nothing moves yet");
    let decides = |by: &By, verdict| {
        shop.database
            .in_tx(|tx| decide_correction(tx, shop.tenant, asked.id, verdict, by, NOON))
    };
    assert!(matches!(
        decides(&lin, CorrectionVerdict::Approve),
        Err(CorrectError::OwnRequest)
    ));
    decides(&wang, CorrectionVerdict::Approve).unwrap();
    assert_eq!(shop.balance().available, Fen::new(-500));
    assert!(matches!(
        decides(&wang, CorrectionVerdict::Reject),
        Err(CorrectError::Decided(CorrectionState::Approved))
    ));
    assert_eq!(shop.balance().available, Fen::new(-500));
}

#[test]
fn a_commission_of_nobody_is_refused() {
    let shop = shop();
    let nobody = NewCommission {
        recipient: RecipientId::parse("nobody").unwrap(),
        ..of("c1", 100, None)
    };
    assert!(matches!(
        shop.earns(&nobody, NOON),
        Err(EarnError::UnknownRecipient(_))
    ));
}

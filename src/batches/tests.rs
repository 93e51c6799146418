//! The rules of batches.

use super::*;
use crate::audit::{Actor, By};
use crate::basics::{BatchId, Done, Fen, Id as _, MemberId, PersonId, RecipientId, TenantId};
use crate::db::scratch::{self, NOON};
use crate::db::{Database, sql};
use crate::limits::{self, LimitChange, LimitName};
use crate::payouts::Status;
use crate::{ledger, payouts};

const HEADER: &str = "收款人编号,金额(元),备注,外部单号\n";

struct Shop {
    database: Database,
    tenant: TenantId,
    lin: By,
    wang: By,
}

fn member(database: &Database, number: u8) -> By {
    let person = PersonId::from_uuid(uuid::Uuid::from_bytes([number; 16]));
    let member = MemberId::from_uuid(uuid::Uuid::from_bytes([number; 16]));
    database.in_tx(|tx| {
        sql("INSERT INTO people (id, email, password_hash, created_at) VALUES ($1, $2, '', 0)")
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

fn shop() -> Shop {
    let database = scratch::migrated();
    let tenant = database.tenant("tea");
    let (lin, wang) = (member(&database, 1), member(&database, 2));
    database.in_tx(|tx| {
        limits::insert_defaults(tx, tenant).unwrap();
        for id in ["u1", "u2"] {
            sql(
                "INSERT INTO recipients (tenant_id, id, openid, version, created_at, updated_at) \
                 VALUES ($1, $2, 'o1', 1, 0, 0)",
            )
            .bind(tenant)
            .bind(id)
            .execute(tx)
            .unwrap();
            ledger::open_accounts(tx, tenant, &RecipientId::parse(id).unwrap()).unwrap();
        }
    });
    Shop {
        database,
        tenant,
        lin,
        wang,
    }
}

impl Shop {
    fn takes(&self, text: &str) -> Done<Batch> {
        let raw = read(text.as_bytes()).unwrap();
        self.database.in_tx(|tx| {
            let policy = limits::load_policy(tx, self.tenant).unwrap();
            take(
                tx,
                self.tenant,
                "pay.csv",
                text.as_bytes(),
                &raw,
                &policy,
                &self.lin,
                NOON,
            )
            .unwrap()
        })
    }

    fn approves(&self, batch: &Batch, by: &By) -> Result<Batch, ApproveError> {
        let shown = (batch.good_lines, batch.good);
        self.database
            .in_tx(|tx| approve(tx, self.tenant, batch.id, shown, by, NOON))
    }

    /// One line of the clerk's work, in a transaction that is given up when the line is refused.
    fn makes(&self, batch: BatchId, making: Making) -> Result<Made, MakeError> {
        self.database
            .write_blocking("make", crate::db::Scope::Tenant(self.tenant), |tx| {
                let policy = limits::load_policy(tx, self.tenant)?;
                make_next(tx, self.tenant, batch, making, &policy, NOON)
            })
    }

    fn runs(&self, batch: BatchId) {
        loop {
            match self.makes(batch, Making::Next) {
                Ok(Made::Line) => {}
                Ok(Made::Done | Made::NotRunning) => return,
                Err(MakeError::Refused { line, fault }) => {
                    self.makes(batch, Making::Refuse(line, fault)).unwrap();
                }
                Err(error) => panic!("{error:?}"),
            }
        }
    }

    fn lines(&self, batch: BatchId) -> Vec<Line> {
        self.database
            .in_tx(|tx| list_lines(tx, self.tenant, batch, 0, 100).unwrap())
    }

    fn set(&self, name: LimitName, number: Option<i64>) {
        let wanted = LimitChange {
            numbers: vec![(name, number)],
            ..LimitChange::default()
        };
        self.database.in_tx(|tx| {
            limits::change(tx, self.tenant, &wanted, &By::COMMAND_LINE, NOON).unwrap();
        });
    }
}

#[test]
fn each_line_is_checked_and_says_what_is_wrong() {
    let shop = shop();
    let text = format!(
        "{HEADER}u1,12.50,奖励,p1\nu9,1,,\n收款人,1,,\nu1,abc,,\nu1,0.29,,\nu1,5000.01,,\nu2,1,,p2\nu2,1,,p2\nu2,2,,a b\n,1,,\n"
    );
    let batch = shop.takes(&text).into_inner();
    let faults: Vec<_> = shop.lines(batch.id).iter().map(|line| line.fault).collect();
    assert_eq!(
        faults,
        [
            None,
            Some(LineFault::UnknownRecipient),
            Some(LineFault::RecipientId),
            Some(LineFault::Amount),
            Some(LineFault::TransferMin),
            Some(LineFault::TransferMax),
            Some(LineFault::ExternalIdTwice),
            Some(LineFault::ExternalIdTwice),
            Some(LineFault::ExternalId),
            Some(LineFault::RecipientId),
        ]
    );
    assert_eq!(
        (batch.lines, batch.good_lines, batch.good),
        (10, 1, Fen::new(1_250))
    );
    assert_eq!(
        shop.lines(batch.id)[3].number,
        5,
        "lines have the file's numbers"
    );
}

#[test]
fn the_same_file_again_is_the_same_batch_until_it_is_discarded() {
    let shop = shop();
    let text = format!("{HEADER}u1,1,,\n");
    let first = shop.takes(&text).into_inner();
    assert!(matches!(shop.takes(&text), Done::Already(batch) if batch.id == first.id));
    shop.database
        .in_tx(|tx| discard(tx, shop.tenant, first.id, &shop.lin, NOON).unwrap());
    assert!(matches!(shop.takes(&text), Done::Now(batch) if batch.id != first.id));
}

#[test]
fn an_approved_batch_becomes_payouts_line_by_line_and_ends() {
    let shop = shop();
    let batch = shop
        .takes(&format!("{HEADER}u1,1.5,,p1\nu2,2,谢谢,\nu9,1,,\n"))
        .into_inner();
    assert!(matches!(
        shop.makes(batch.id, Making::Next),
        Ok(Made::NotRunning)
    ));
    shop.approves(&batch, &shop.wang).unwrap();
    shop.runs(batch.id);
    let progress = shop
        .database
        .in_tx(|tx| progress(tx, shop.tenant, batch.id).unwrap());
    assert_eq!(
        (
            progress.made,
            progress.made_amount,
            progress.wrong,
            progress.waiting
        ),
        (2, Fen::new(350), 1, 0)
    );
    let done = shop
        .database
        .in_tx(|tx| find(tx, shop.tenant, batch.id).unwrap().unwrap());
    assert_eq!(
        (done.state, done.finished_at),
        (BatchState::Done, Some(NOON))
    );
    for line in shop.lines(batch.id).iter().take(2) {
        let payout = shop.database.in_tx(|tx| {
            payouts::find(tx, shop.tenant, line.payout.unwrap())
                .unwrap()
                .unwrap()
        });
        assert_eq!(payout.amount, line.amount);
        assert_eq!(payout.status, Status::Queued);
    }
}

#[test]
fn what_was_shown_is_what_is_approved_and_only_once() {
    let shop = shop();
    let batch = shop.takes(&format!("{HEADER}u1,1,,\n")).into_inner();
    let other = Batch {
        good: Fen::new(101),
        ..batch.clone()
    };
    assert!(matches!(
        shop.approves(&other, &shop.wang),
        Err(ApproveError::Changed)
    ));
    shop.approves(&batch, &shop.wang).unwrap();
    assert!(matches!(
        shop.approves(&batch, &shop.wang),
        Err(ApproveError::NotNow(BatchState::Running))
    ));
    let empty = shop.takes(&format!("{HEADER}u9,1,,\n")).into_inner();
    assert!(matches!(
        shop.approves(&empty, &shop.wang),
        Err(ApproveError::NothingToPay)
    ));
}

#[test]
fn a_paused_batch_makes_nothing_and_goes_on_where_it_was() {
    let shop = shop();
    let batch = shop
        .takes(&format!("{HEADER}u1,1,,\nu2,1,,\n"))
        .into_inner();
    shop.approves(&batch, &shop.wang).unwrap();
    assert!(matches!(shop.makes(batch.id, Making::Next), Ok(Made::Line)));
    shop.database
        .in_tx(|tx| pause(tx, shop.tenant, batch.id, &shop.lin, NOON).unwrap());
    assert!(matches!(
        shop.makes(batch.id, Making::Next),
        Ok(Made::NotRunning)
    ));
    shop.database
        .in_tx(|tx| resume(tx, shop.tenant, batch.id, &shop.lin, NOON).unwrap());
    shop.runs(batch.id);
    let made = shop.lines(batch.id);
    assert!(made.iter().all(|line| line.state == LineState::Made));
}

#[test]
fn a_line_that_the_limits_refuse_holds_nothing_and_the_others_go_on() {
    let shop = shop();
    shop.set(LimitName::RecipientDayCount, Some(1));
    let batch = shop
        .takes(&format!("{HEADER}u1,1,,\nu1,2,,\nu2,3,,\n"))
        .into_inner();
    shop.approves(&batch, &shop.wang).unwrap();
    shop.runs(batch.id);
    let states: Vec<_> = shop
        .lines(batch.id)
        .iter()
        .map(|line| (line.state, line.fault))
        .collect();
    assert_eq!(
        states,
        [
            (LineState::Made, None),
            (LineState::Refused, Some(LineFault::LimitExceeded)),
            (LineState::Made, None)
        ]
    );
    let balance = shop.database.in_tx(|tx| {
        ledger::find_balance(tx, shop.tenant, &RecipientId::parse("u1").unwrap())
            .unwrap()
            .unwrap()
    });
    assert_eq!(
        balance.direct_held,
        Fen::new(100),
        "the refused line holds nothing"
    );
}

#[test]
fn the_approval_of_a_batch_is_one_persons_approval_of_its_payouts() {
    let shop = shop();
    shop.set(LimitName::ReviewAbove, Some(100));
    shop.set(LimitName::SecondReviewAbove, Some(200));
    let batch = shop
        .takes(&format!("{HEADER}u1,1,,\nu1,2,,\nu2,3,,\n"))
        .into_inner();
    shop.approves(&batch, &shop.wang).unwrap();
    shop.runs(batch.id);
    let statuses: Vec<_> = shop
        .lines(batch.id)
        .iter()
        .map(|line| {
            shop.database.in_tx(|tx| {
                payouts::find(tx, shop.tenant, line.payout.unwrap())
                    .unwrap()
                    .unwrap()
                    .status
            })
        })
        .collect();
    assert_eq!(statuses, [Status::Queued, Status::Queued, Status::InReview]);
}

#[test]
fn files_are_read_in_the_encodings_that_people_have() {
    let text = "收款人编号;金额(元);备注\nu1;12.50;谢谢\n";
    let (gbk, _, _) = encoding_rs::GB18030.encode(text);
    let with_mark = format!("\u{feff}{text}");
    for bytes in [text.as_bytes(), &gbk, with_mark.as_bytes()] {
        let lines = read(bytes).unwrap();
        assert_eq!(
            (lines[0].recipient.as_str(), lines[0].amount.as_str()),
            ("u1", "12.50")
        );
        assert_eq!(lines[0].description, "谢谢");
    }
}

#[test]
fn a_table_is_read_like_text() {
    let mut book = rust_xlsxwriter::Workbook::new();
    let sheet = book.add_worksheet();
    for (column, name) in ["外部单号", "金额(元)", "收款人编号"]
        .into_iter()
        .enumerate()
    {
        sheet
            .write_string(0, u16::try_from(column).unwrap(), name)
            .unwrap();
    }
    sheet.write_string(1, 0, "0001").unwrap();
    sheet.write_number(1, 1, 12.5).unwrap();
    sheet.write_string(1, 2, "u1").unwrap();
    sheet.write_number(3, 1, 1234.56).unwrap();
    sheet.write_string(3, 2, "u2").unwrap();
    let lines = read(&book.save_to_buffer().unwrap()).unwrap();
    assert_eq!(
        lines,
        [
            RawLine {
                number: 2,
                recipient: "u1".into(),
                amount: "12.5".into(),
                description: String::new(),
                external_id: "0001".into(),
            },
            RawLine {
                number: 4,
                recipient: "u2".into(),
                amount: "1234.56".into(),
                ..RawLine::default()
            }
        ]
    );
}

#[test]
fn files_that_are_none_are_refused_by_name() {
    assert_eq!(read(b""), Err(FileFault::Empty));
    assert_eq!(read(&vec![b'a'; MOST_BYTES + 1]), Err(FileFault::TooLarge));
    assert_eq!(read(b"\x00\x01binary"), Err(FileFault::Unknown));
    assert_eq!(read(b"PK\x03\x04nonsense"), Err(FileFault::Damaged));
    assert_eq!(
        read("a,b\n1,2\n".as_bytes()),
        Err(FileFault::NoColumn("收款人编号"))
    );
    assert_eq!(
        read("收款人编号,备注\nu1,x\n".as_bytes()),
        Err(FileFault::NoColumn("金额(元)"))
    );
    assert_eq!(read(HEADER.as_bytes()), Err(FileFault::NoLines));
    let many = format!("{HEADER}{}", "u1,1,,\n".repeat(MOST_LINES + 1));
    assert_eq!(read(many.as_bytes()), Err(FileFault::TooManyLines));
}

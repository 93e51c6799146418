//! `zhanfu ledger verify`

use std::process::ExitCode;

use serde_json::{Value as Json, json};

use super::args::LedgerCommand;
use super::output::{self, Refused};
use crate::app::Ground;
use crate::db::{DbFault, Scope};
use crate::reports::books::{self, Book};

/// Proves the books of all tenants on one snapshot; exit 1 when one is wrong.
pub(super) fn run(ground: &Ground, command: &LedgerCommand) -> Result<ExitCode, Refused> {
    let LedgerCommand::Verify { json } = command;
    let books = ground
        .database
        .read_snapshot_blocking("prove the books", Scope::AcrossTenants, books::prove_all)
        .map_err(|fault: DbFault| Refused::because(&fault))?;
    let problems: Vec<String> = books.iter().flat_map(problems).collect();
    if *json {
        let tenants: Vec<Json> = books
            .iter()
            .map(|book| {
                json!({
                    "slug": book.slug,
                    "debit_fen": book.proof.debit,
                    "credit_fen": book.proof.credit,
                    "paid_fen": book.proof.paid,
                })
            })
            .collect();
        output::json(
            &json!({ "ok": problems.is_empty(), "tenants": tenants, "problems": problems }),
        );
    } else {
        for book in &books {
            let (debit, credit) = (book.proof.debit.yuan(), book.proof.credit.yuan());
            let paid = book.proof.paid.yuan();
            output::line(&format!(
                "{:<20} debit {debit:>16}  credit {credit:>16}  paid {paid:>16}",
                book.slug.as_str()
            ));
        }
        for problem in &problems {
            output::line(&format!("WRONG {problem}"));
        }
        output::line(if problems.is_empty() {
            "the books are right"
        } else {
            "the books are WRONG"
        });
    }
    Ok(if problems.is_empty() {
        ExitCode::SUCCESS
    } else {
        ExitCode::from(1)
    })
}

fn problems(book: &Book) -> Vec<String> {
    book.proof
        .problems
        .iter()
        .map(|problem| format!("{}: {problem}", book.slug))
        .collect()
}

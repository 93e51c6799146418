//! Proving one tenant's book: every balance is the sum of its postings, and debits equal credits.

use diesel::QueryableByName;
use diesel::sql_types::{BigInt, Nullable, Text};

use super::Account;
use crate::basics::{Fen, TenantId};
use crate::db::{DbFault, Tx, sql};

/// What a proof found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Proof {
    /// The sum of all debits.
    pub debit: Fen,
    /// The sum of all credits.
    pub credit: Fen,
    /// What the paid accounts hold: what left through WeChat Pay.
    pub paid: Fen,
    /// What is wrong, a sentence each. Empty when the book is right.
    pub problems: Vec<String>,
}

#[derive(QueryableByName)]
struct Moved {
    #[diesel(sql_type = Text)]
    account: String,
    #[diesel(sql_type = BigInt)]
    debit: Fen,
    #[diesel(sql_type = BigInt)]
    credit: Fen,
    #[diesel(sql_type = BigInt)]
    held: Fen,
}

#[derive(QueryableByName)]
struct Crooked {
    #[diesel(sql_type = Nullable<Text>)]
    recipient_id: Option<String>,
}

/// More crooked recipients than this are counted, not named.
const NAMED: i64 = 20;

/// Proves the book. It reads everything, so it is for commands and for the night.
pub fn prove(tx: &mut Tx<'_>, tenant: TenantId) -> Result<Proof, DbFault> {
    let mut proof = Proof::default();
    for account in Account::ALL {
        let moved = moved(tx, tenant, account)?;
        proof.debit = add(proof.debit, moved.debit)?;
        proof.credit = add(proof.credit, moved.credit)?;
        let (plus, minus) = if account.grows_by_debit() {
            (moved.debit, moved.credit)
        } else {
            (moved.credit, moved.debit)
        };
        if plus.minus(minus).ok() != Some(moved.held) {
            proof.problems.push(format!(
                "the balances of {account} sum up to {}, their postings to {} - {}",
                moved.held, plus, minus
            ));
        }
        if matches!(account, Account::Paid | Account::DirectPaid) {
            proof.paid = add(proof.paid, moved.held)?;
        }
    }
    if proof.debit != proof.credit {
        proof.problems.push(format!(
            "debits are {}, credits {}",
            proof.debit, proof.credit
        ));
    }
    for recipient in crooked(tx, tenant)? {
        proof.problems.push(format!(
            "the balance of recipient {recipient} is not the sum of its postings"
        ));
    }
    Ok(proof)
}

fn add(a: Fen, b: Fen) -> Result<Fen, DbFault> {
    a.plus(b).map_err(|_| DbFault::Damaged {
        table: "ledger_postings",
        what: "sums beyond 64 bits",
    })
}

fn moved(tx: &mut Tx<'_>, tenant: TenantId, account: Account) -> Result<Moved, DbFault> {
    let row: Option<Moved> = sql(format!(
        "SELECT $1 AS account, \
         (SELECT CAST(COALESCE(SUM(amount_fen), 0) AS BIGINT) FROM ledger_postings \
          WHERE tenant_id = $2 AND debit_account = $1) AS debit, \
         (SELECT CAST(COALESCE(SUM(amount_fen), 0) AS BIGINT) FROM ledger_postings \
          WHERE tenant_id = $2 AND credit_account = $1) AS credit, \
         (SELECT CAST(COALESCE(SUM({account}_fen), 0) AS BIGINT) FROM ledger_balances \
          WHERE tenant_id = $2) AS held"
    ))
    .bind(account.as_str())
    .bind(tenant)
    .find(tx)?;
    let row = row.ok_or(DbFault::Damaged {
        table: "ledger_balances",
        what: "no sum",
    })?;
    debug_assert_eq!(row.account, account.as_str());
    Ok(row)
}

/// The recipients whose own accounts do not fit their own postings.
fn crooked(tx: &mut Tx<'_>, tenant: TenantId) -> Result<Vec<String>, DbFault> {
    let sums: Vec<String> = Account::ALL
        .into_iter()
        .map(|account| {
            let (plus, minus) = if account.grows_by_debit() {
                ("debit_account", "credit_account")
            } else {
                ("credit_account", "debit_account")
            };
            format!(
                "SUM(CASE WHEN {plus} = '{account}' THEN amount_fen WHEN {minus} = '{account}' THEN -amount_fen \
                 ELSE 0 END) AS {account}"
            )
        })
        .collect();
    let differs: Vec<String> = Account::ALL
        .into_iter()
        .map(|account| format!("COALESCE(b.{account}_fen, 0) <> COALESCE(p.{account}, 0)"))
        .collect();
    let rows: Vec<Crooked> = sql(format!(
        "SELECT COALESCE(b.recipient_id, p.recipient_id) AS recipient_id FROM \
         (SELECT * FROM ledger_balances WHERE tenant_id = $1) b FULL JOIN \
         (SELECT recipient_id, {} FROM ledger_postings WHERE tenant_id = $1 GROUP BY recipient_id) p \
         ON p.recipient_id = b.recipient_id WHERE {} ORDER BY 1 LIMIT $2",
        sums.join(", "),
        differs.join(" OR ")
    ))
    .bind(tenant)
    .bind(NAMED)
    .load(tx)?;
    Ok(rows
        .into_iter()
        .filter_map(|row| row.recipient_id)
        .collect())
}

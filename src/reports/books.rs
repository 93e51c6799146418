//! Proving the books of all tenants: the ledger by itself, and the ledger against the payouts.

use diesel::QueryableByName;
use diesel::sql_types::BigInt;

use crate::basics::{Fen, TenantId, TenantSlug};
use crate::db::{DbFault, Tx, sql};
use crate::ledger::{self, Proof};
use crate::tenants;

/// One tenant's book.
#[derive(Clone, Debug)]
pub struct Book {
    /// The tenant.
    pub slug: TenantSlug,
    /// What the proof found.
    pub proof: Proof,
}

/// Proves every tenant's book.
pub fn prove_all(tx: &mut Tx<'_>) -> Result<Vec<Book>, DbFault> {
    tenants::list(tx)?
        .into_iter()
        .map(|tenant| {
            Ok(Book {
                proof: prove(tx, tenant.id)?,
                slug: tenant.slug,
            })
        })
        .collect()
}

/// Proves one tenant's book.
pub fn prove(tx: &mut Tx<'_>, tenant: TenantId) -> Result<Proof, DbFault> {
    let mut proof = ledger::prove(tx, tenant)?;
    let payouts = sums(tx, tenant)?;
    for (what, of_payouts, of_ledger) in [
        ("paid out", payouts.paid, payouts.ledger_paid),
        ("held", payouts.open, payouts.ledger_held),
    ] {
        if of_payouts != of_ledger {
            proof.problems.push(format!(
                "the payouts say that {of_payouts} are {what}, the ledger says {of_ledger}"
            ));
        }
    }
    if (payouts.ended, payouts.paid) != (payouts.counted, payouts.counted_paid) {
        proof.problems.push(format!(
            "{} payouts have ended with {} paid out, and by day {} with {} are counted",
            payouts.ended, payouts.paid, payouts.counted, payouts.counted_paid
        ));
    }
    Ok(proof)
}

#[derive(QueryableByName)]
struct Sums {
    #[diesel(sql_type = BigInt)]
    paid: Fen,
    #[diesel(sql_type = BigInt)]
    open: Fen,
    #[diesel(sql_type = BigInt)]
    ledger_paid: Fen,
    #[diesel(sql_type = BigInt)]
    ledger_held: Fen,
    #[diesel(sql_type = BigInt)]
    ended: i64,
    #[diesel(sql_type = BigInt)]
    counted: i64,
    #[diesel(sql_type = BigInt)]
    counted_paid: Fen,
}

fn sums(tx: &mut Tx<'_>, tenant: TenantId) -> Result<Sums, DbFault> {
    let found: Option<Sums> = sql("SELECT \
         (SELECT CAST(COALESCE(SUM(amount_fen), 0) AS BIGINT) FROM payouts \
          WHERE tenant_id = $1 AND status = 'succeeded') AS paid, \
         (SELECT CAST(COALESCE(SUM(amount_fen), 0) AS BIGINT) FROM payouts \
          WHERE tenant_id = $1 AND finished_at IS NULL) AS open, \
         (SELECT CAST(COALESCE(SUM(paid_fen + direct_paid_fen), 0) AS BIGINT) FROM ledger_balances \
          WHERE tenant_id = $1) AS ledger_paid, \
         (SELECT CAST(COALESCE(SUM(held_fen + direct_held_fen), 0) AS BIGINT) FROM ledger_balances \
          WHERE tenant_id = $1) AS ledger_held, \
         (SELECT COUNT(*) FROM payouts WHERE tenant_id = $1 AND finished_at IS NOT NULL) AS ended, \
         (SELECT CAST(COALESCE(SUM(payouts), 0) AS BIGINT) FROM payout_days WHERE tenant_id = $1) AS counted, \
         (SELECT CAST(COALESCE(SUM(amount_fen), 0) AS BIGINT) FROM payout_days \
          WHERE tenant_id = $1 AND outcome = 'succeeded') AS counted_paid")
    .bind(tenant)
    .find(tx)?;
    found.ok_or(DbFault::Damaged {
        table: "ledger_balances",
        what: "no sum",
    })
}

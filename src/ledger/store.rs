//! Writing postings with their balances, and reading them back.

use std::collections::BTreeMap;

use diesel::QueryableByName;
use diesel::sql_types::{BigInt, Binary, Text};

use super::{Account, Balance, Posting};
use crate::basics::money::FenOverflow;
use crate::basics::page::{Page, PageSize};
use crate::basics::{Fen, PostingId, RecipientId, TenantId, Timestamp};
use crate::db::{DbFault, Tx, Value, sql};

/// Why nothing is posted.
#[derive(Debug, thiserror::Error)]
pub enum PostError {
    /// A balance would not fit into 64 bits of fen.
    #[error(transparent)]
    Overflow(#[from] FenOverflow),
    /// A recipient has no accounts.
    #[error("a recipient has no accounts")]
    NoAccounts,
    /// The database failed.
    #[error("the database failed")]
    Db(#[from] DbFault),
}

/// Opens a new recipient's accounts, all empty.
pub fn open_accounts(
    tx: &mut Tx<'_>,
    tenant: TenantId,
    recipient: &RecipientId,
) -> Result<(), DbFault> {
    sql(
        "INSERT INTO ledger_balances (tenant_id, recipient_id, commission_cost_fen, pending_fen, \
         available_fen, held_fen, paid_fen, direct_cost_fen, direct_held_fen, direct_paid_fen) \
         VALUES ($1, $2, 0, 0, 0, 0, 0, 0, 0, 0) ON CONFLICT DO NOTHING",
    )
    .bind(tenant)
    .bind(recipient)
    .execute(tx)?;
    Ok(())
}

#[derive(QueryableByName)]
struct BalanceRow {
    #[diesel(sql_type = Binary)]
    tenant_id: TenantId,
    #[diesel(sql_type = Text)]
    recipient_id: RecipientId,
    #[diesel(sql_type = BigInt)]
    commission_cost_fen: Fen,
    #[diesel(sql_type = BigInt)]
    pending_fen: Fen,
    #[diesel(sql_type = BigInt)]
    available_fen: Fen,
    #[diesel(sql_type = BigInt)]
    held_fen: Fen,
    #[diesel(sql_type = BigInt)]
    paid_fen: Fen,
    #[diesel(sql_type = BigInt)]
    direct_cost_fen: Fen,
    #[diesel(sql_type = BigInt)]
    direct_held_fen: Fen,
    #[diesel(sql_type = BigInt)]
    direct_paid_fen: Fen,
}

impl BalanceRow {
    const fn balance(&self) -> Balance {
        Balance {
            commission_cost: self.commission_cost_fen,
            pending: self.pending_fen,
            available: self.available_fen,
            held: self.held_fen,
            paid: self.paid_fen,
            direct_cost: self.direct_cost_fen,
            direct_held: self.direct_held_fen,
            direct_paid: self.direct_paid_fen,
        }
    }
}

/// What a recipient's accounts hold.
pub fn find_balance(
    tx: &mut Tx<'_>,
    tenant: TenantId,
    recipient: &RecipientId,
) -> Result<Option<Balance>, DbFault> {
    let row: Option<BalanceRow> =
        sql("SELECT * FROM ledger_balances WHERE tenant_id = $1 AND recipient_id = $2")
            .bind(tenant)
            .bind(recipient)
            .find(tx)?;
    Ok(row.map(|row| row.balance()))
}

/// Posts one movement and gives the balance after it.
pub fn post(
    tx: &mut Tx<'_>,
    tenant: TenantId,
    posting: Posting,
    now: Timestamp,
) -> Result<Balance, PostError> {
    let balances = post_all(tx, vec![(tenant, posting)], now)?;
    balances.into_values().next().ok_or(PostError::NoAccounts)
}

type Owner = (TenantId, RecipientId);

/// Posts movements of several recipients and tenants in two statements, and gives the balances after them.
pub fn post_all(
    tx: &mut Tx<'_>,
    postings: Vec<(TenantId, Posting)>,
    now: Timestamp,
) -> Result<BTreeMap<Owner, Balance>, PostError> {
    if postings.is_empty() {
        return Ok(BTreeMap::new());
    }
    let mut changes: BTreeMap<Owner, [Fen; 8]> = BTreeMap::new();
    for (tenant, posting) in &postings {
        let change = changes
            .entry((*tenant, posting.recipient.clone()))
            .or_default();
        for (sum, account) in change.iter_mut().zip(Account::ALL) {
            *sum = sum.plus(posting.change_of(account))?;
        }
    }
    let after = change_balances(tx, &changes).map_err(|fault| match fault {
        DbFault::OutOfRange => PostError::Overflow(FenOverflow),
        DbFault::Busy(_)
        | DbFault::Lost(_)
        | DbFault::CommitUnknown(_)
        | DbFault::NoConnection(_)
        | DbFault::Constraint(_)
        | DbFault::Damaged { .. }
        | DbFault::Other(_)
        | DbFault::Panicked => PostError::Db(fault),
    })?;
    if after.len() != changes.len() {
        return Err(PostError::NoAccounts);
    }
    insert(tx, postings, &changes, &after, now)?;
    Ok(after)
}

fn change_balances(
    tx: &mut Tx<'_>,
    changes: &BTreeMap<Owner, [Fen; 8]>,
) -> Result<BTreeMap<Owner, Balance>, DbFault> {
    let rows = changes.iter().map(|((tenant, recipient), change)| {
        let [
            cost,
            pending,
            available,
            held,
            paid,
            direct_cost,
            direct_held,
            direct_paid,
        ] = change.map(Value::from);
        [
            (*tenant).into(),
            recipient.into(),
            cost,
            pending,
            available,
            held,
            paid,
            direct_cost,
            direct_held,
            direct_paid,
        ]
    });
    let rows: Vec<BalanceRow> = sql(
        "WITH change (of_tenant, of_recipient, cost, pending, available, held, paid, direct_cost, \
         direct_held, direct_paid) AS (VALUES ",
    )
    .joined_rows(rows)
    .push(
        ") UPDATE ledger_balances SET \
         commission_cost_fen = commission_cost_fen + change.cost, \
         pending_fen = pending_fen + change.pending, \
         available_fen = available_fen + change.available, \
         held_fen = held_fen + change.held, \
         paid_fen = paid_fen + change.paid, \
         direct_cost_fen = direct_cost_fen + change.direct_cost, \
         direct_held_fen = direct_held_fen + change.direct_held, \
         direct_paid_fen = direct_paid_fen + change.direct_paid \
         FROM change WHERE tenant_id = change.of_tenant AND recipient_id = change.of_recipient \
         RETURNING tenant_id, recipient_id, commission_cost_fen, pending_fen, available_fen, held_fen, \
         paid_fen, direct_cost_fen, direct_held_fen, direct_paid_fen",
    )
    .load(tx)?;
    Ok(rows
        .into_iter()
        .map(|row| {
            let balance = row.balance();
            ((row.tenant_id, row.recipient_id), balance)
        })
        .collect())
}

/// Writes the postings, each with what was available after it.
fn insert(
    tx: &mut Tx<'_>,
    postings: Vec<(TenantId, Posting)>,
    changes: &BTreeMap<Owner, [Fen; 8]>,
    after: &BTreeMap<Owner, Balance>,
    now: Timestamp,
) -> Result<(), PostError> {
    let mut available: BTreeMap<Owner, Fen> = BTreeMap::new();
    for (owner, balance) in after {
        let change = changes
            .get(owner)
            .map_or(Fen::ZERO, |[_, _, available, ..]| *available);
        available.insert(owner.clone(), balance.available.minus(change)?);
    }
    let mut rows = Vec::with_capacity(postings.len());
    for (tenant, posting) in postings {
        let owner = (tenant, posting.recipient.clone());
        let before = available.get(&owner).copied().unwrap_or_default();
        let available_after = before.plus(posting.change_of(Account::Available))?;
        available.insert(owner, available_after);
        rows.push([
            tenant.into(),
            tx.fresh_id::<PostingId>(now).into(),
            (&posting.recipient).into(),
            posting.kind.as_str().into(),
            posting.debit.as_str().into(),
            posting.credit.as_str().into(),
            posting.amount.into(),
            available_after.into(),
            posting.source.into(),
            now.into(),
        ]);
    }
    sql("INSERT INTO ledger_postings (tenant_id, id, recipient_id, kind, debit_account, credit_account, \
         amount_fen, available_after_fen, source, posted_at) VALUES ")
    .rows(rows)
    .execute(tx)?;
    Ok(())
}

/// One posting, as its recipient reads it.
#[derive(Clone, Debug, QueryableByName)]
pub struct Entry {
    /// Its id.
    #[diesel(sql_type = Binary)]
    pub id: PostingId,
    /// The name of its kind.
    #[diesel(sql_type = Text)]
    pub kind: String,
    /// The account it took from, by name.
    #[diesel(sql_type = Text)]
    pub debit_account: String,
    /// The account it gave to, by name.
    #[diesel(sql_type = Text)]
    pub credit_account: String,
    /// How much.
    #[diesel(sql_type = BigInt)]
    pub amount_fen: Fen,
    /// What was available after it.
    #[diesel(sql_type = BigInt)]
    pub available_after_fen: Fen,
    /// The commission or payout.
    #[diesel(sql_type = Text)]
    pub source: String,
    /// When.
    #[diesel(sql_type = BigInt)]
    pub posted_at: Timestamp,
}

/// A recipient's postings, newest first.
pub fn list_entries(
    tx: &mut Tx<'_>,
    tenant: TenantId,
    recipient: &RecipientId,
    before: Option<PostingId>,
    size: PageSize,
) -> Result<Page<Entry, PostingId>, DbFault> {
    let mut query = sql(
        "SELECT id, kind, debit_account, credit_account, amount_fen, available_after_fen, source, posted_at \
         FROM ledger_postings WHERE ",
    )
    .push_with("tenant_id = ? AND recipient_id = ?", [tenant.into(), recipient.into()]);
    if let Some(before) = before {
        query = query.push_with(" AND id < ?", [before.into()]);
    }
    let one_more = size.rows().saturating_add(1);
    let rows = query
        .push_with(" ORDER BY id DESC LIMIT ?", [one_more.into()])
        .load(tx)?;
    Ok(Page::from_one_more(rows, size, |entry: &Entry| entry.id))
}

/// What a posting moved, for comparisons.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Movement {
    /// The name of its kind.
    pub kind: String,
    /// How much.
    pub amount: Fen,
    /// Whose money.
    pub recipient: RecipientId,
}

#[derive(QueryableByName)]
struct MovementRow {
    #[diesel(sql_type = Text)]
    source: String,
    #[diesel(sql_type = Text)]
    kind: String,
    #[diesel(sql_type = BigInt)]
    amount_fen: Fen,
    #[diesel(sql_type = Text)]
    recipient_id: RecipientId,
}

/// The postings of some sources, each with its source.
pub fn list_movements(
    tx: &mut Tx<'_>,
    sources: &[(TenantId, String)],
) -> Result<Vec<(String, Movement)>, DbFault> {
    if sources.is_empty() {
        return Ok(Vec::new());
    }
    let rows = sources
        .iter()
        .map(|(tenant, source)| [(*tenant).into(), source.as_str().into()]);
    let rows: Vec<MovementRow> = sql(
        "SELECT source, kind, amount_fen, recipient_id FROM ledger_postings WHERE (tenant_id, source) IN (VALUES ",
    )
    .rows(rows)
    .push(")")
    .load(tx)?;
    Ok(rows
        .into_iter()
        .map(|row| {
            let movement = Movement {
                kind: row.kind,
                amount: row.amount_fen,
                recipient: row.recipient_id,
            };
            (row.source, movement)
        })
        .collect())
}

//! The queries of one tenant's batches.

use diesel::QueryableByName;
use diesel::sql_types::{BigInt, Binary, Nullable, Text};

use super::model::{Approved, Batch, BatchState, Line, LineFault, LineState, Progress};
use crate::basics::page::{Page, PageSize};
use crate::basics::{BatchId, Fen, MemberId, PayoutId, PersonId, TenantId, Timestamp};
use crate::db::{Backend, DbFault, Tx, sql};

const COLUMNS: &str = "id, file_name, state, lines, good_lines, good_fen, created_at, created_by, \
     created_by_person, approved_at, approved_by, approved_by_person, approved_by_member, started_at, finished_at";

/// How many lines one statement inserts: each has eight values, and PostgreSQL takes 65,535.
const LINES_AT_ONCE: usize = 500;

fn damaged(what: &'static str) -> DbFault {
    DbFault::Damaged {
        table: "batches",
        what,
    }
}

#[derive(QueryableByName)]
struct Row {
    #[diesel(sql_type = Binary)]
    id: BatchId,
    #[diesel(sql_type = Text)]
    file_name: String,
    #[diesel(sql_type = Text)]
    state: String,
    #[diesel(sql_type = BigInt)]
    lines: i64,
    #[diesel(sql_type = BigInt)]
    good_lines: i64,
    #[diesel(sql_type = BigInt)]
    good_fen: Fen,
    #[diesel(sql_type = BigInt)]
    created_at: Timestamp,
    #[diesel(sql_type = Text)]
    created_by: String,
    #[diesel(sql_type = Binary)]
    created_by_person: PersonId,
    #[diesel(sql_type = Nullable<BigInt>)]
    approved_at: Option<Timestamp>,
    #[diesel(sql_type = Nullable<Text>)]
    approved_by: Option<String>,
    #[diesel(sql_type = Nullable<Binary>)]
    approved_by_person: Option<PersonId>,
    #[diesel(sql_type = Nullable<Binary>)]
    approved_by_member: Option<MemberId>,
    #[diesel(sql_type = Nullable<BigInt>)]
    started_at: Option<Timestamp>,
    #[diesel(sql_type = Nullable<BigInt>)]
    finished_at: Option<Timestamp>,
}

impl Row {
    fn into_batch(self) -> Result<Batch, DbFault> {
        let approved = match (
            self.approved_at,
            self.approved_by,
            self.approved_by_person,
            self.approved_by_member,
        ) {
            (Some(at), Some(by), Some(person), Some(member)) => Some(Approved {
                at,
                by,
                person,
                member,
            }),
            _ => None,
        };
        Ok(Batch {
            id: self.id,
            file_name: self.file_name,
            state: BatchState::parse(&self.state).ok_or(damaged("unknown state"))?,
            lines: self.lines,
            good_lines: self.good_lines,
            good: self.good_fen,
            created_at: self.created_at,
            created_by: self.created_by,
            created_by_person: self.created_by_person,
            approved,
            started_at: self.started_at,
            finished_at: self.finished_at,
        })
    }
}

/// The batch, when the tenant has one of this id.
pub fn find(tx: &mut Tx<'_>, tenant: TenantId, id: BatchId) -> Result<Option<Batch>, DbFault> {
    let row: Option<Row> = sql(format!(
        "SELECT {COLUMNS} FROM batches WHERE tenant_id = $1 AND id = $2"
    ))
    .bind(tenant)
    .bind(id)
    .find(tx)?;
    row.map(Row::into_batch).transpose()
}

/// The same, and nobody else works on it until the transaction ends.
pub(super) fn find_locked(
    tx: &mut Tx<'_>,
    tenant: TenantId,
    id: BatchId,
) -> Result<Option<Batch>, DbFault> {
    if tx.backend() == Backend::Postgres {
        sql("SELECT 1 FROM batches WHERE tenant_id = $1 AND id = $2 FOR UPDATE")
            .bind(tenant)
            .bind(id)
            .execute(tx)?;
    }
    find(tx, tenant, id)
}

pub(super) fn find_by_file(
    tx: &mut Tx<'_>,
    tenant: TenantId,
    digest: &[u8; 32],
) -> Result<Option<Batch>, DbFault> {
    let row: Option<Row> = sql(format!(
        "SELECT {COLUMNS} FROM batches WHERE tenant_id = $1 AND file_sha256 = $2 AND state <> 'discarded'"
    ))
    .bind(tenant)
    .bind(digest.to_vec())
    .find(tx)?;
    row.map(Row::into_batch).transpose()
}

/// The batches, newest first.
pub fn list(
    tx: &mut Tx<'_>,
    tenant: TenantId,
    before: Option<BatchId>,
    size: PageSize,
) -> Result<Page<Batch, BatchId>, DbFault> {
    let mut query = sql(format!("SELECT {COLUMNS} FROM batches WHERE "))
        .push_with("tenant_id = ?", [tenant.into()]);
    if let Some(before) = before {
        query = query.push_with(" AND id < ?", [before.into()]);
    }
    let rows: Vec<Row> = query
        .push_with(
            " ORDER BY id DESC LIMIT ?",
            [size.rows().saturating_add(1).into()],
        )
        .load(tx)?;
    let rows = rows
        .into_iter()
        .map(Row::into_batch)
        .collect::<Result<_, _>>()?;
    Ok(Page::from_one_more(rows, size, |batch: &Batch| batch.id))
}

/// Whether the file was new.
pub(super) fn insert(
    tx: &mut Tx<'_>,
    tenant: TenantId,
    batch: &Batch,
    digest: &[u8; 32],
) -> Result<bool, DbFault> {
    let rows = sql(
        "INSERT INTO batches (tenant_id, id, file_name, file_sha256, state, lines, good_lines, good_fen, \
         created_at, created_by, created_by_person) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) \
         ON CONFLICT DO NOTHING",
    )
    .bind(tenant)
    .bind(batch.id)
    .bind(batch.file_name.as_str())
    .bind(digest.to_vec())
    .bind(batch.state.as_str())
    .bind(batch.lines)
    .bind(batch.good_lines)
    .bind(batch.good)
    .bind(batch.created_at)
    .bind(batch.created_by.as_str())
    .bind(batch.created_by_person)
    .execute(tx)?;
    Ok(rows == 1)
}

/// Whether it still was in the state `from`.
pub(super) fn update(
    tx: &mut Tx<'_>,
    tenant: TenantId,
    from: BatchState,
    batch: &Batch,
) -> Result<bool, DbFault> {
    let approved = batch.approved.as_ref();
    let rows = sql(
        "UPDATE batches SET state = $4, approved_at = $5, approved_by = $6, approved_by_person = $7, \
         approved_by_member = $8, started_at = $9, finished_at = $10 \
         WHERE tenant_id = $1 AND id = $2 AND state = $3",
    )
    .bind(tenant)
    .bind(batch.id)
    .bind(from.as_str())
    .bind(batch.state.as_str())
    .bind(approved.map(|approved| approved.at))
    .bind(approved.map(|approved| approved.by.as_str()))
    .bind(approved.map(|approved| approved.person))
    .bind(approved.map(|approved| approved.member))
    .bind(batch.started_at)
    .bind(batch.finished_at)
    .execute(tx)?;
    Ok(rows == 1)
}

pub(super) fn insert_lines(
    tx: &mut Tx<'_>,
    tenant: TenantId,
    batch: BatchId,
    lines: &[Line],
) -> Result<(), DbFault> {
    for some in lines.chunks(LINES_AT_ONCE) {
        let rows = some.iter().map(|line| {
            [
                tenant.into(),
                batch.into(),
                line.number.into(),
                line.recipient.as_str().into(),
                line.amount.into(),
                line.description.as_str().into(),
                line.external_id.clone().into(),
                line.state.as_str().into(),
                line.fault.map(|fault| fault.as_str().to_owned()).into(),
            ]
        });
        sql(
            "INSERT INTO batch_lines (tenant_id, batch_id, line, recipient_id, amount_fen, description, \
             external_id, state, fault) VALUES ",
        )
        .rows(rows)
        .execute(tx)?;
    }
    Ok(())
}

#[derive(QueryableByName)]
struct LineRow {
    #[diesel(sql_type = BigInt)]
    line: i64,
    #[diesel(sql_type = Text)]
    recipient_id: String,
    #[diesel(sql_type = BigInt)]
    amount_fen: Fen,
    #[diesel(sql_type = Text)]
    description: String,
    #[diesel(sql_type = Nullable<Text>)]
    external_id: Option<String>,
    #[diesel(sql_type = Text)]
    state: String,
    #[diesel(sql_type = Nullable<Text>)]
    fault: Option<String>,
    #[diesel(sql_type = Nullable<Binary>)]
    payout_id: Option<PayoutId>,
}

impl LineRow {
    fn into_line(self) -> Result<Line, DbFault> {
        Ok(Line {
            number: self.line,
            recipient: self.recipient_id,
            amount: self.amount_fen,
            description: self.description,
            external_id: self.external_id,
            state: LineState::parse(&self.state).ok_or(damaged("unknown state of a line"))?,
            fault: self
                .fault
                .map(|text| LineFault::parse(&text).ok_or(damaged("unknown fault of a line")))
                .transpose()?,
            payout: self.payout_id,
        })
    }
}

const LINE_COLUMNS: &str =
    "line, recipient_id, amount_fen, description, external_id, state, fault, payout_id";

/// The lines behind `after`, in their order.
pub fn list_lines(
    tx: &mut Tx<'_>,
    tenant: TenantId,
    batch: BatchId,
    after: i64,
    most: i64,
) -> Result<Vec<Line>, DbFault> {
    let rows: Vec<LineRow> = sql(format!(
        "SELECT {LINE_COLUMNS} FROM batch_lines WHERE tenant_id = $1 AND batch_id = $2 AND line > $3 \
         ORDER BY line LIMIT $4"
    ))
    .bind(tenant)
    .bind(batch)
    .bind(after)
    .bind(most)
    .load(tx)?;
    rows.into_iter().map(LineRow::into_line).collect()
}

/// The first lines with which something is wrong, in their order.
pub fn list_wrong(
    tx: &mut Tx<'_>,
    tenant: TenantId,
    batch: BatchId,
    most: i64,
) -> Result<Vec<Line>, DbFault> {
    let rows: Vec<LineRow> = sql(format!(
        "SELECT {LINE_COLUMNS} FROM batch_lines WHERE tenant_id = $1 AND batch_id = $2 \
         AND state IN ('wrong', 'refused') ORDER BY line LIMIT $3"
    ))
    .bind(tenant)
    .bind(batch)
    .bind(most)
    .load(tx)?;
    rows.into_iter().map(LineRow::into_line).collect()
}

pub(super) fn next_waiting(
    tx: &mut Tx<'_>,
    tenant: TenantId,
    batch: BatchId,
) -> Result<Option<Line>, DbFault> {
    let row: Option<LineRow> = sql(format!(
        "SELECT {LINE_COLUMNS} FROM batch_lines WHERE tenant_id = $1 AND batch_id = $2 AND state = 'waiting' \
         ORDER BY line LIMIT 1"
    ))
    .bind(tenant)
    .bind(batch)
    .find(tx)?;
    row.map(LineRow::into_line).transpose()
}

pub(super) fn mark_made(
    tx: &mut Tx<'_>,
    tenant: TenantId,
    batch: BatchId,
    line: i64,
    payout: PayoutId,
) -> Result<(), DbFault> {
    let rows = sql("UPDATE batch_lines SET state = 'made', payout_id = $4 \
         WHERE tenant_id = $1 AND batch_id = $2 AND line = $3 AND state = 'waiting'")
    .bind(tenant)
    .bind(batch)
    .bind(line)
    .bind(payout)
    .execute(tx)?;
    if rows == 1 {
        Ok(())
    } else {
        // the batch is locked, so nobody can have come between
        Err(damaged("a waiting line was not waiting"))
    }
}

pub(super) fn mark_refused(
    tx: &mut Tx<'_>,
    tenant: TenantId,
    batch: BatchId,
    line: i64,
    fault: LineFault,
) -> Result<(), DbFault> {
    sql("UPDATE batch_lines SET state = 'refused', fault = $4 \
         WHERE tenant_id = $1 AND batch_id = $2 AND line = $3 AND state = 'waiting'")
    .bind(tenant)
    .bind(batch)
    .bind(line)
    .bind(fault.as_str())
    .execute(tx)?;
    Ok(())
}

#[derive(QueryableByName)]
struct Count {
    #[diesel(sql_type = Text)]
    state: String,
    #[diesel(sql_type = BigInt)]
    lines: i64,
    #[diesel(sql_type = BigInt)]
    fen: Fen,
}

/// How far a batch is. It counts the lines of one file, which are bounded.
pub fn progress(tx: &mut Tx<'_>, tenant: TenantId, batch: BatchId) -> Result<Progress, DbFault> {
    let counts: Vec<Count> = sql(
        "SELECT state, COUNT(*) AS lines, CAST(COALESCE(SUM(amount_fen), 0) AS BIGINT) AS fen \
         FROM batch_lines WHERE tenant_id = $1 AND batch_id = $2 GROUP BY state",
    )
    .bind(tenant)
    .bind(batch)
    .load(tx)?;
    let mut progress = Progress::default();
    for count in counts {
        match LineState::parse(&count.state) {
            Some(LineState::Waiting) => progress.waiting = count.lines,
            Some(LineState::Made) => {
                progress.made = count.lines;
                progress.made_amount = count.fen;
            }
            Some(LineState::Refused) => progress.refused = count.lines,
            Some(LineState::Wrong) => progress.wrong = count.lines,
            None => return Err(damaged("unknown state of a line")),
        }
    }
    Ok(progress)
}

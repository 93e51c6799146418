//! Attempts (请求记录): the remote calls made for a payout.

use diesel::QueryableByName;
use diesel::sql_types::{BigInt, Binary, Nullable, Text};

use super::model::Payout;
use crate::basics::{PayoutId, TenantId, Timestamp};
use crate::db::{DbFault, Tx, sql};

/// What an attempt did.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AttemptKind {
    /// It sent the payout's request.
    Submission,
    /// It asked what became of it.
    Inquiry,
}

impl AttemptKind {
    /// Its name in the database.
    pub const fn as_str(self) -> &'static str {
        match self {
            AttemptKind::Submission => "submission",
            AttemptKind::Inquiry => "inquiry",
        }
    }
}

impl AttemptKind {
    /// The kind of a stored name.
    pub fn parse(text: &str) -> Option<Self> {
        [AttemptKind::Submission, AttemptKind::Inquiry]
            .into_iter()
            .find(|kind| kind.as_str() == text)
    }
}

/// An attempt that is about to be made: written down and committed before the first byte leaves.
#[derive(Clone, Debug)]
pub struct NewAttempt {
    /// For which payout.
    pub payout: PayoutId,
    /// Its number within the payout, from 1.
    pub number: i64,
    /// What it does.
    pub kind: AttemptKind,
    /// The fence of its claim.
    pub fence: i64,
    /// The channel's version whose credential it uses.
    pub channel_version: i64,
    /// The sealed bytes, when this attempt is the one that keeps them.
    pub sealed_request: Option<Vec<u8>>,
    /// SHA-256 of the bytes that are sent; of submissions only.
    pub request_sha256: Option<[u8; 32]>,
}

/// How an attempt ended.
#[derive(Clone, Debug)]
pub struct FinishedAttempt {
    /// For which payout.
    pub payout: PayoutId,
    /// Its number.
    pub number: i64,
    /// The class of its outcome.
    pub outcome: &'static str,
    /// The HTTP status, when there was an answer.
    pub http_status: Option<u16>,
    /// The rail's code, when there was one.
    pub code: Option<String>,
    /// The answer without what identifies a person.
    pub answer: Option<String>,
}

/// An attempt, as people read it.
#[derive(Clone, Debug, QueryableByName)]
pub struct Attempt {
    /// Its number within the payout.
    #[diesel(sql_type = BigInt)]
    pub number: i64,
    /// What it did, by name.
    #[diesel(sql_type = Text)]
    pub kind: String,
    /// The channel's version whose credential it used.
    #[diesel(sql_type = BigInt)]
    pub channel_version: i64,
    /// When it was written down.
    #[diesel(sql_type = BigInt)]
    pub prepared_at: Timestamp,
    /// When its end was known; never for one whose process died.
    #[diesel(sql_type = Nullable<BigInt>)]
    pub finished_at: Option<Timestamp>,
    /// The class of its outcome.
    #[diesel(sql_type = Nullable<Text>)]
    pub outcome: Option<String>,
    /// The HTTP status, when there was an answer.
    #[diesel(sql_type = Nullable<BigInt>)]
    pub http_status: Option<i64>,
    /// The rail's code, when there was one.
    #[diesel(sql_type = Nullable<Text>)]
    pub code: Option<String>,
    /// The answer without what identifies a person.
    #[diesel(sql_type = Nullable<Text>)]
    pub answer: Option<String>,
}

/// The most attempts that are read at once; the schedule makes about a hundred in 30 days.
const MOST: i64 = 500;

/// A payout's attempts, oldest first.
pub fn list_attempts(
    tx: &mut Tx<'_>,
    tenant: TenantId,
    payout: PayoutId,
) -> Result<Vec<Attempt>, DbFault> {
    sql("SELECT number, kind, channel_version, prepared_at, finished_at, outcome, http_status, code, answer \
         FROM attempts WHERE tenant_id = $1 AND payout_id = $2 ORDER BY number LIMIT $3")
    .bind(tenant)
    .bind(payout)
    .bind(MOST)
    .load(tx)
}

#[derive(QueryableByName)]
struct OpenRow {
    #[diesel(sql_type = BigInt)]
    open: i64,
}

/// Whether the payout's last attempt has not come back yet. One whose process died counts until its lease is over, which is when the
/// payout is due again.
pub(super) fn is_under_way(
    tx: &mut Tx<'_>,
    tenant: TenantId,
    payout: &Payout,
) -> Result<bool, DbFault> {
    let row: Option<OpenRow> = sql("SELECT COUNT(*) AS open FROM attempts \
         WHERE tenant_id = $1 AND payout_id = $2 AND number = $3 AND finished_at IS NULL")
    .bind(tenant)
    .bind(payout.id)
    .bind(payout.work.attempts)
    .find(tx)?;
    Ok(row.is_some_and(|row| row.open > 0))
}

#[derive(QueryableByName)]
struct RequestRow {
    #[diesel(sql_type = Nullable<Binary>)]
    sealed_request: Option<Vec<u8>>,
}

#[derive(QueryableByName)]
struct KeptRow {
    #[diesel(sql_type = BigInt)]
    number: i64,
    #[diesel(sql_type = Binary)]
    sealed_request: Vec<u8>,
}

/// How many requests of one payout are read at once. There is one, and another for each time that it was signed anew.
const KEPT_MOST: i64 = 10;

/// The requests that a payout's attempts keep, sealed, by the attempt's number.
pub fn list_requests(
    tx: &mut Tx<'_>,
    tenant: TenantId,
    payout: PayoutId,
) -> Result<Vec<(i64, Vec<u8>)>, DbFault> {
    let rows: Vec<KeptRow> = sql(
        "SELECT number, sealed_request FROM attempts WHERE tenant_id = $1 \
         AND payout_id = $2 AND sealed_request IS NOT NULL ORDER BY number LIMIT $3",
    )
    .bind(tenant)
    .bind(payout)
    .bind(KEPT_MOST)
    .load(tx)?;
    Ok(rows
        .into_iter()
        .map(|row| (row.number, row.sealed_request))
        .collect())
}

/// The sealed bytes that an attempt keeps.
pub fn load_request(
    tx: &mut Tx<'_>,
    tenant: TenantId,
    payout: PayoutId,
    number: i64,
) -> Result<Vec<u8>, DbFault> {
    let row: Option<RequestRow> = sql("SELECT sealed_request FROM attempts \
         WHERE tenant_id = $1 AND payout_id = $2 AND number = $3")
    .bind(tenant)
    .bind(payout)
    .bind(number)
    .find(tx)?;
    row.and_then(|row| row.sealed_request)
        .ok_or(DbFault::Damaged {
            table: "attempts",
            what: "a request without its bytes",
        })
}

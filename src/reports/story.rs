//! One payout's whole story in one query: what people and the engine did, every call with its answer, and every movement of its money.

use diesel::QueryableByName;
use diesel::sql_types::{BigInt, Nullable, Text};

use crate::basics::{Fen, PayoutId, TenantId, Timestamp};
use crate::db::{DbFault, Tx, sql};

/// One line of the story.
#[derive(Clone, Debug, PartialEq, Eq, QueryableByName)]
pub struct Line {
    /// When.
    #[diesel(sql_type = BigInt)]
    pub at: Timestamp,
    /// `event`, `call`, `answer` or `posting`.
    #[diesel(sql_type = Text)]
    pub part: String,
    /// What: an event's kind, what a call did, how it ended, what a posting was.
    #[diesel(sql_type = Text)]
    pub what: String,
    /// Who, of an event.
    #[diesel(sql_type = Nullable<Text>)]
    pub who: Option<String>,
    /// The number of a call, or of the call that was answered.
    #[diesel(sql_type = Nullable<BigInt>)]
    pub number: Option<i64>,
    /// The rail's code, or a word of ours.
    #[diesel(sql_type = Nullable<Text>)]
    pub code: Option<String>,
    /// How much was moved, by a posting.
    #[diesel(sql_type = Nullable<BigInt>)]
    pub amount_fen: Option<Fen>,
    /// An event's facts as JSON, an answer without what identifies a person, a posting's accounts.
    #[diesel(sql_type = Nullable<Text>)]
    pub details: Option<String>,
}

/// The most lines that are read at once; the schedule makes about two hundred in 30 days.
const MOST: i64 = 1_000;

/// The story, oldest first. Lines of one instant stand in the order in which they follow from each other.
pub fn tell(tx: &mut Tx<'_>, tenant: TenantId, payout: PayoutId) -> Result<Vec<Line>, DbFault> {
    sql("SELECT at, part, what, who, number, code, amount_fen, details FROM ( \
         SELECT at, 1 AS place, 'event' AS part, kind AS what, actor_kind AS who, CAST(NULL AS BIGINT) AS number, \
           CAST(NULL AS TEXT) AS code, CAST(NULL AS BIGINT) AS amount_fen, details, id AS tie \
         FROM audit_events WHERE tenant_id = $1 AND object_id = $2 AND object_kind = 'payout' \
         UNION ALL \
         SELECT prepared_at, 2, 'call', kind, NULL, number, NULL, NULL, NULL, payout_id \
         FROM attempts WHERE tenant_id = $3 AND payout_id = $4 \
         UNION ALL \
         SELECT finished_at, 3, 'answer', COALESCE(outcome, ''), NULL, number, code, NULL, answer, payout_id \
         FROM attempts WHERE tenant_id = $5 AND payout_id = $6 AND finished_at IS NOT NULL \
         UNION ALL \
         SELECT posted_at, 4, 'posting', kind, NULL, NULL, NULL, amount_fen, \
           debit_account || ' -> ' || credit_account, id \
         FROM ledger_postings WHERE tenant_id = $7 AND source = $8) AS story \
         ORDER BY at, place, number, tie LIMIT $9")
    .bind(tenant)
    .bind(payout.to_string())
    .bind(tenant)
    .bind(payout)
    .bind(tenant)
    .bind(payout)
    .bind(tenant)
    .bind(payout.to_string())
    .bind(MOST)
    .load(tx)
}

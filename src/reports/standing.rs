//! How a shop stands: the figures of its first page. Each costs the same in any shop: counters, or counts that stop at a bound.
//!
//! [`balances`] alone adds up a row for each recipient; who asks often remembers the answer.

use diesel::QueryableByName;
use diesel::sql_types::{BigInt, Nullable};

use crate::basics::{Day, Fen, TenantId, Timestamp};
use crate::db::{DbFault, Tx, sql};
use crate::payouts::{self, DayTally};

/// How far payouts are counted.
pub const COUNTED: i64 = 1_000;

/// How long a payout may be in doubt before somebody should look.
const LONG_DOUBT_MINUTES: u64 = 10;

/// What the shop owes its recipients and holds for them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, QueryableByName)]
pub struct Balances {
    /// What recipients can withdraw.
    #[diesel(sql_type = BigInt)]
    pub available: Fen,
    /// What they can withdraw later.
    #[diesel(sql_type = BigInt)]
    pub pending: Fen,
    /// What is held for payouts on their way, withdrawals and direct ones.
    #[diesel(sql_type = BigInt)]
    pub held: Fen,
    /// What recipients owe the shop, because commissions were taken back after they were paid.
    #[diesel(sql_type = BigInt)]
    pub overdrawn: Fen,
}

/// Adds up the balances of all recipients.
pub fn balances(tx: &mut Tx<'_>, tenant: TenantId) -> Result<Balances, DbFault> {
    let found: Option<Balances> = sql("SELECT \
         CAST(COALESCE(SUM(CASE WHEN available_fen > 0 THEN available_fen END), 0) AS BIGINT) AS available, \
         CAST(COALESCE(SUM(pending_fen), 0) AS BIGINT) AS pending, \
         CAST(COALESCE(SUM(held_fen + direct_held_fen), 0) AS BIGINT) AS held, \
         CAST(COALESCE(SUM(CASE WHEN available_fen < 0 THEN -available_fen END), 0) AS BIGINT) AS overdrawn \
         FROM ledger_balances WHERE tenant_id = $1")
    .bind(tenant)
    .find(tx)?;
    found.ok_or(DbFault::Damaged {
        table: "ledger_balances",
        what: "no sum",
    })
}

/// Payouts that are on their way, each counted up to [`COUNTED`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OnTheWay {
    /// Wait for a member.
    pub in_review: i64,
    /// Wait to be sent, and nothing is the matter.
    pub queued: i64,
    /// Wait because something is the matter: a limit, a refusal for now.
    pub blocked: i64,
    /// Sent, and the outcome is not known.
    pub in_doubt: i64,
    /// Of these, for long.
    pub long_in_doubt: i64,
    /// When the first of them was sent.
    pub in_doubt_since: Option<Timestamp>,
    /// Only people can find out.
    pub undecided: i64,
    /// Differences that nobody has looked into.
    pub findings: i64,
}

#[derive(QueryableByName)]
struct Row {
    #[diesel(sql_type = BigInt)]
    in_review: i64,
    #[diesel(sql_type = BigInt)]
    queued: i64,
    #[diesel(sql_type = BigInt)]
    blocked: i64,
    #[diesel(sql_type = BigInt)]
    in_doubt: i64,
    #[diesel(sql_type = BigInt)]
    long_in_doubt: i64,
    #[diesel(sql_type = Nullable<BigInt>)]
    in_doubt_since: Option<Timestamp>,
    #[diesel(sql_type = BigInt)]
    undecided: i64,
    #[diesel(sql_type = BigInt)]
    findings: i64,
}

/// Counts what is on its way.
pub fn on_the_way(tx: &mut Tx<'_>, tenant: TenantId, now: Timestamp) -> Result<OnTheWay, DbFault> {
    let minute = std::time::Duration::from_mins(1);
    let long_ago = now.minus(std::time::Duration::from_mins(LONG_DOUBT_MINUTES));
    let open = |status: &str, columns: &str| {
        format!(
            "SELECT * FROM (SELECT {columns} FROM payouts WHERE tenant_id = $1 AND kind = 'withdrawal' \
             AND status = '{status}' LIMIT $2) AS w UNION ALL \
             SELECT * FROM (SELECT {columns} FROM payouts WHERE tenant_id = $1 AND kind = 'direct' \
             AND status = '{status}' LIMIT $2) AS d"
        )
    };
    let queued = open("queued", "reason_code");
    let processing = open("processing", "reason_code, submitted_at, last_sent_at");
    let text = format!(
        "WITH queued AS ({queued}), processing AS ({processing}), \
         doubtful AS (SELECT submitted_at FROM processing WHERE reason_code IS NOT NULL OR last_sent_at IS NULL \
           OR last_sent_at < $3) \
         SELECT (SELECT COUNT(*) FROM (SELECT 1 AS one FROM payouts WHERE tenant_id = $1 AND status = 'in_review' \
           LIMIT $2) AS r) AS in_review, \
         (SELECT COUNT(*) FROM queued WHERE reason_code IS NULL) AS queued, \
         (SELECT COUNT(*) FROM queued WHERE reason_code IS NOT NULL) AS blocked, \
         (SELECT COUNT(*) FROM doubtful) AS in_doubt, \
         (SELECT COUNT(*) FROM doubtful WHERE submitted_at < $4) AS long_in_doubt, \
         (SELECT MIN(submitted_at) FROM doubtful) AS in_doubt_since, \
         (SELECT COUNT(*) FROM (SELECT 1 AS one FROM payouts WHERE tenant_id = $1 AND reason_code = 'needs_decision' \
           LIMIT $2) AS u) AS undecided, \
         (SELECT COUNT(*) FROM (SELECT 1 AS one FROM findings WHERE tenant_id = $1 AND resolved_at IS NULL \
           LIMIT $2) AS f) AS findings"
    );
    let row: Option<Row> = sql(text)
        .bind(tenant)
        .bind(COUNTED)
        .bind(now.minus(minute))
        .bind(long_ago)
        .find(tx)?;
    let row = row.ok_or(DbFault::Damaged {
        table: "payouts",
        what: "no count",
    })?;
    Ok(OnTheWay {
        in_review: row.in_review,
        queued: row.queued,
        blocked: row.blocked,
        in_doubt: row.in_doubt,
        long_in_doubt: row.long_in_doubt,
        in_doubt_since: row.in_doubt_since,
        undecided: row.undecided,
        findings: row.findings,
    })
}

/// What ended on the last days, one entry for each day and outcome that there is.
pub fn last_days(
    tx: &mut Tx<'_>,
    tenant: TenantId,
    today: Day,
    days: i32,
) -> Result<Vec<DayTally>, DbFault> {
    let month = today.first_of_month();
    let from = today.days_before(days.saturating_sub(1)).min(month);
    payouts::list_days(tx, tenant, from)
}

#[derive(QueryableByName)]
struct BegunRow {
    #[diesel(sql_type = BigInt)]
    keys: i64,
    #[diesel(sql_type = BigInt)]
    recipients: i64,
    #[diesel(sql_type = BigInt)]
    paid: i64,
}

/// How far a new shop has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Begun {
    /// It has a storefront key that lives.
    pub has_key: bool,
    /// It knows a recipient.
    pub has_recipient: bool,
    /// It has paid somebody.
    pub has_paid: bool,
}

/// Looks how far a new shop has come.
pub fn begun(tx: &mut Tx<'_>, tenant: TenantId) -> Result<Begun, DbFault> {
    let row: Option<BegunRow> = sql(
        "SELECT (SELECT COUNT(*) FROM (SELECT 1 AS one FROM api_keys WHERE tenant_id = $1 AND revoked_at IS NULL \
           LIMIT 1) AS k) AS keys, \
         (SELECT COUNT(*) FROM (SELECT 1 AS one FROM recipients WHERE tenant_id = $1 LIMIT 1) AS r) AS recipients, \
         (SELECT COUNT(*) FROM (SELECT 1 AS one FROM payout_days WHERE tenant_id = $1 AND outcome = 'succeeded' \
           LIMIT 1) AS p) AS paid",
    )
    .bind(tenant)
    .find(tx)?;
    let row = row.ok_or(DbFault::Damaged {
        table: "tenants",
        what: "no count",
    })?;
    Ok(Begun {
        has_key: row.keys > 0,
        has_recipient: row.recipients > 0,
        has_paid: row.paid > 0,
    })
}

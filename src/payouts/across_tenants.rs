//! The engine's queries. They see the payouts of all tenants, and only the engine calls them.

use std::collections::BTreeMap;
use std::time::Duration;

use diesel::QueryableByName;
use diesel::sql_types::{BigInt, Binary, Nullable};

use super::attempt::{FinishedAttempt, NewAttempt};
use super::lane::platform;
use super::model::{Payout, Step};
use super::store::{COLUMNS, Row, Saved, SavedColumns};
use crate::basics::{PayoutId, TenantId, Timestamp};
use crate::db::{Backend, DbFault, Tx, Value, sql};
use crate::outbox::HAS_LISTENERS;

#[derive(Clone, Copy, QueryableByName)]
struct WalkRow {
    #[diesel(sql_type = Binary)]
    tenant_id: TenantId,
    #[diesel(sql_type = BigInt)]
    inquiries: i64,
    #[diesel(sql_type = BigInt)]
    submissions: i64,
    #[diesel(sql_type = BigInt)]
    rechecks: i64,
    #[diesel(sql_type = Nullable<BigInt>)]
    closed: Option<i64>,
    #[diesel(sql_type = Nullable<BigInt>)]
    probe_at: Option<Timestamp>,
}

/// Whether a tenant's due payouts may be sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sending {
    /// None is due, or the lane is closed.
    No,
    /// One, to see whether the trouble is over.
    Probe,
    /// All of them.
    Yes,
}

/// What is due at one tenant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DueTenant {
    /// The tenant.
    pub tenant: TenantId,
    /// Questions.
    pub inquiries: bool,
    /// Submissions.
    pub sending: Sending,
    /// Second questions about final payouts.
    pub rechecks: bool,
    /// No more than so many are due, as far as is known.
    pub most: i64,
}

/// What a walk over the tenants with open work found.
#[derive(Clone, Debug)]
pub struct DueTenants {
    /// The tenants with work that is due and may be done, in the order of the walk.
    pub due: Vec<DueTenant>,
    /// The last tenant that the walk came by; none when it reached the end.
    pub last: Option<TenantId>,
}

/// What has been due longest, at most `most` payouts of it, tenant by tenant. None when more is due: then one tenant's many may stand before
/// another's few, and [`find_due_tenants`] has to go round.
pub fn find_due_first(
    tx: &mut Tx<'_>,
    now: Timestamp,
    most: i64,
) -> Result<Option<Vec<DueTenant>>, DbFault> {
    let rows: Vec<WalkRow> = sql(
        "WITH first AS (SELECT tenant_id, step FROM payouts WHERE due_at IS NOT NULL AND due_at <= $1 \
           ORDER BY due_at LIMIT $2) \
         SELECT first.tenant_id, \
           COUNT(CASE WHEN first.step = 'inquire' THEN 1 END) AS inquiries, \
           COUNT(CASE WHEN first.step = 'submit' THEN 1 END) AS submissions, \
           COUNT(CASE WHEN first.step = 'recheck' THEN 1 END) AS rechecks, \
           CAST(CASE WHEN lane.tenant_id IS NOT NULL OR platform.tenant_id IS NOT NULL THEN 1 END AS BIGINT) AS closed, \
           CASE WHEN platform.tenant_id IS NULL THEN lane.probe_at END AS probe_at \
         FROM first LEFT JOIN payout_lanes lane ON lane.tenant_id = first.tenant_id \
           LEFT JOIN payout_lanes platform ON platform.tenant_id = $3 \
         GROUP BY first.tenant_id, lane.tenant_id, lane.probe_at, platform.tenant_id ORDER BY first.tenant_id",
    )
    .bind(now)
    .bind(most.saturating_add(1))
    .bind(platform())
    .load(tx)?;
    let all = rows
        .iter()
        .fold(0_i64, |sum, row| sum.saturating_add(row.all()));
    Ok((all <= most).then(|| {
        let due = rows.iter().map(|row| row.counted(row.due(now)));
        due.filter(DueTenant::has_work).collect()
    }))
}

impl DueTenant {
    /// Something may be done.
    fn has_work(&self) -> bool {
        self.inquiries || self.rechecks || self.sending != Sending::No
    }
}

/// Walks over the tenants that have open work, from the one after `after` on, at most `steps` of them. Each step is a few looks into
/// the index, however many payouts the tenant has, so one tenant with a million does not slow the walk, and a closed lane costs nothing.
pub fn find_due_tenants(
    tx: &mut Tx<'_>,
    after: Option<TenantId>,
    now: Timestamp,
    steps: i64,
) -> Result<DueTenants, DbFault> {
    let rows: Vec<WalkRow> = sql(
        "WITH RECURSIVE walk (tenant_id, step) AS ( \
           SELECT (SELECT tenant_id FROM payouts WHERE due_at IS NOT NULL AND tenant_id > $1 \
                   ORDER BY tenant_id LIMIT 1), 1 \
           UNION ALL \
           SELECT (SELECT tenant_id FROM payouts WHERE due_at IS NOT NULL AND tenant_id > walk.tenant_id \
                   ORDER BY tenant_id LIMIT 1), step + 1 \
           FROM walk WHERE walk.tenant_id IS NOT NULL AND step < $2) \
         SELECT walk.tenant_id, \
           CAST(CASE WHEN EXISTS (SELECT 1 FROM payouts p WHERE p.due_at IS NOT NULL \
             AND p.tenant_id = walk.tenant_id AND p.step = 'inquire' AND p.due_at <= $3) THEN 1 ELSE 0 END AS BIGINT) \
             AS inquiries, \
           CAST(CASE WHEN EXISTS (SELECT 1 FROM payouts p WHERE p.due_at IS NOT NULL \
             AND p.tenant_id = walk.tenant_id AND p.step = 'submit' AND p.due_at <= $3) THEN 1 ELSE 0 END AS BIGINT) \
             AS submissions, \
           CAST(CASE WHEN EXISTS (SELECT 1 FROM payouts p WHERE p.due_at IS NOT NULL \
             AND p.tenant_id = walk.tenant_id AND p.step = 'recheck' AND p.due_at <= $3) THEN 1 ELSE 0 END AS BIGINT) \
             AS rechecks, \
           CAST(CASE WHEN lane.tenant_id IS NOT NULL OR platform.tenant_id IS NOT NULL THEN 1 END AS BIGINT) AS closed, \
           CASE WHEN platform.tenant_id IS NULL THEN lane.probe_at END AS probe_at \
         FROM walk LEFT JOIN payout_lanes lane ON lane.tenant_id = walk.tenant_id \
           LEFT JOIN payout_lanes platform ON platform.tenant_id = $4 \
         WHERE walk.tenant_id IS NOT NULL ORDER BY walk.tenant_id",
    )
    .bind(after.unwrap_or_else(platform))
    .bind(steps)
    .bind(now)
    .bind(platform())
    .load(tx)?;
    let reached_the_end = i64::try_from(rows.len()).unwrap_or(i64::MAX) < steps;
    let last = if reached_the_end {
        None
    } else {
        rows.last().map(|row| row.tenant_id)
    };
    let due = rows.into_iter().map(|row| row.due(now));
    let due = due.filter(DueTenant::has_work).collect();
    Ok(DueTenants { due, last })
}

impl WalkRow {
    /// How many payouts it stands for, when it counts them.
    const fn all(&self) -> i64 {
        self.inquiries
            .saturating_add(self.submissions)
            .saturating_add(self.rechecks)
    }

    /// The same, when the row counts.
    const fn counted(&self, due: DueTenant) -> DueTenant {
        let sending = match due.sending {
            Sending::No => 0,
            Sending::Probe => 1,
            Sending::Yes => self.submissions,
        };
        let most = self
            .inquiries
            .saturating_add(self.rechecks)
            .saturating_add(sending);
        DueTenant { most, ..due }
    }

    fn due(&self, now: Timestamp) -> DueTenant {
        let sending = match (self.submissions, self.closed, self.probe_at) {
            (0, _, _) | (_, Some(_), None) => Sending::No,
            (_, None, _) => Sending::Yes,
            (_, Some(_), Some(probe_at)) if probe_at <= now => Sending::Probe,
            (_, Some(_), Some(_)) => Sending::No,
        };
        DueTenant {
            tenant: self.tenant_id,
            inquiries: self.inquiries > 0,
            sending,
            rechecks: self.rechecks > 0,
            most: i64::MAX,
        }
    }
}

#[derive(QueryableByName)]
struct OwnedRow {
    #[diesel(sql_type = Binary)]
    tenant_id: TenantId,
    #[diesel(embed)]
    row: Row,
}

fn collect(rows: Vec<OwnedRow>) -> Result<Vec<(TenantId, Payout)>, DbFault> {
    rows.into_iter()
        .map(|owned| Ok((owned.tenant_id, owned.row.into_payout()?)))
        .collect()
}

/// So many payouts of one tenant with one step.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Quota {
    /// The tenant.
    pub tenant: TenantId,
    /// The step.
    pub step: Step,
    /// How many at the most.
    pub most: i64,
}

/// Between two calls for one number WeChat Pay wants a second (`wechatpay-reference.md` §2). Pauses are longer; this is for a lane that
/// people open right behind a refusal.
const BETWEEN_SENDS: Duration = Duration::from_secs(1);

impl Quota {
    fn values(&self) -> [Value; 3] {
        [
            self.tenant.into(),
            self.step.as_str().into(),
            self.most.into(),
        ]
    }
}

/// Locks due payouts, the longest due first, within the quotas. What another engine has locked is left to it.
pub fn lock_due(
    tx: &mut Tx<'_>,
    quotas: &[Quota],
    now: Timestamp,
) -> Result<Vec<(TenantId, Payout)>, DbFault> {
    if quotas.is_empty() {
        return Ok(Vec::new());
    }
    let query = sql(format!(
        "SELECT tenant_id, {COLUMNS} FROM payouts WHERE (tenant_id, id) IN ("
    ));
    let sent_before = now.minus(BETWEEN_SENDS);
    let query = match tx.backend() {
        // one text for every number of tenants that is the same power of two, and so one plan
        Backend::Postgres => query
            .push("SELECT due.tenant_id, due.id FROM (VALUES ")
            .joined_rows(quotas.iter().map(Quota::values))
            .push_with(
                ") AS quota (of_tenant, step, most) CROSS JOIN LATERAL (SELECT tenant_id, id FROM payouts \
                 WHERE due_at IS NOT NULL AND tenant_id = quota.of_tenant AND step = quota.step AND due_at <= ? \
                 AND (last_sent_at IS NULL OR last_sent_at <= ?) ORDER BY due_at LIMIT quota.most) AS due",
                [now.into(), sent_before.into()],
            ),
        // SQLite joins nothing with a limit
        Backend::Sqlite => quotas
            .iter()
            .enumerate()
            .fold(query, |query, (number, quota)| {
                let union = if number == 0 { "" } else { " UNION ALL " };
                let [tenant, step, most] = quota.values();
                query.push(union).push_with(
                    "SELECT * FROM (SELECT tenant_id, id FROM payouts WHERE due_at IS NOT NULL AND tenant_id = ? \
                     AND step = ? AND due_at <= ? AND (last_sent_at IS NULL OR last_sent_at <= ?) ORDER BY due_at \
                     LIMIT ?) AS due",
                    [tenant, step, now.into(), sent_before.into(), most],
                )
            }),
    };
    let skip_locked = tx.conn().for_update_skip_locked();
    let rows = query
        .push_with(
            ") AND due_at IS NOT NULL AND due_at <= ? ORDER BY tenant_id, id",
            [now.into()],
        )
        .push(skip_locked)
        .load(tx)?;
    collect(rows)
}

#[derive(QueryableByName)]
struct SavedRow {
    #[diesel(sql_type = Binary)]
    id: PayoutId,
    #[diesel(sql_type = BigInt)]
    fence: i64,
    #[diesel(embed)]
    saved: SavedColumns,
}

/// Writes what can change of payouts, each only when its fence is still the one it was read with. Gives what was written, by id
/// and new fence: outcomes of an old claim and of a new one may come in together, and only one of them counts.
pub fn save_all(
    tx: &mut Tx<'_>,
    payouts: &[(TenantId, &Payout, i64)],
) -> Result<BTreeMap<(PayoutId, i64), Saved>, DbFault> {
    if payouts.is_empty() {
        return Ok(BTreeMap::new());
    }
    let rows = payouts
        .iter()
        .map(|(tenant, payout, seen_fence)| -> [Value; 25] {
            let sent_with = payout.sent_with.as_ref();
            [
                (*tenant).into(),
                payout.id.into(),
                (*seen_fence).into(),
                payout.status.as_str().into(),
                payout.reason_code.clone().into(),
                payout.not_before.into(),
                payout.planned_on.into(),
                sent_with.map(|it| it.channel).into(),
                sent_with.map(|it| it.version).into(),
                sent_with.map(|it| &it.app_id).into(),
                sent_with.map(|it| &it.merchant_number).into(),
                payout.payment_no.clone().into(),
                payout.submitted_at.into(),
                payout.finished_at.into(),
                payout.work.next.map(|(step, _)| step.as_str()).into(),
                payout.work.next.map(|(_, due_at)| due_at).into(),
                payout.work.fence.into(),
                payout.work.attempts.into(),
                payout.work.tries.into(),
                payout.work.last_sent_at.into(),
                payout.work.may_have_been_sent.into(),
                payout.work.request_attempt.into(),
                payout.work.suspected_code.clone().into(),
                payout.work.not_found_times.into(),
                payout.work.not_found_at.into(),
            ]
        });
    let saved: Vec<SavedRow> = sql(
        "WITH new (of_tenant, of_id, seen_fence, status, reason_code, not_before, planned_on, channel_id, \
         channel_version, app_id, merchant_number, payment_no, submitted_at, finished_at, step, due_at, fence, \
         attempts, tries, last_sent_at, may_have_been_sent, request_attempt, suspected_code, not_found_times, \
         not_found_at) AS (VALUES ",
    )
    .joined_rows(rows)
    .push(
        ") UPDATE payouts SET status = new.status, reason_code = new.reason_code, \
         not_before = new.not_before, planned_on = new.planned_on, channel_id = new.channel_id, \
         channel_version = new.channel_version, app_id = new.app_id, \
         merchant_number = new.merchant_number, payment_no = new.payment_no, \
         submitted_at = new.submitted_at, finished_at = new.finished_at, step = new.step, \
         due_at = new.due_at, fence = new.fence, attempts = new.attempts, tries = new.tries, \
         last_sent_at = new.last_sent_at, may_have_been_sent = new.may_have_been_sent, \
         request_attempt = new.request_attempt, suspected_code = new.suspected_code, \
         not_found_times = new.not_found_times, not_found_at = new.not_found_at, changes = payouts.changes + 1 \
         FROM new WHERE payouts.tenant_id = new.of_tenant AND payouts.id = new.of_id \
         AND payouts.fence = new.seen_fence RETURNING payouts.id, payouts.fence, payouts.changes, ",
    )
    .push(HAS_LISTENERS)
    .load(tx)?;
    Ok(saved
        .into_iter()
        .map(|row| ((row.id, row.fence), row.saved.into()))
        .collect())
}

/// Writes attempts down before they are made.
pub fn insert_attempts(
    tx: &mut Tx<'_>,
    attempts: Vec<(TenantId, NewAttempt)>,
    now: Timestamp,
) -> Result<(), DbFault> {
    if attempts.is_empty() {
        return Ok(());
    }
    let rows = attempts.into_iter().map(|(tenant, attempt)| {
        [
            tenant.into(),
            attempt.payout.into(),
            attempt.number.into(),
            attempt.kind.as_str().into(),
            attempt.fence.into(),
            attempt.channel_version.into(),
            attempt.sealed_request.into(),
            attempt.request_sha256.map(|digest| digest.to_vec()).into(),
            now.into(),
        ]
    });
    sql("INSERT INTO attempts (tenant_id, payout_id, number, kind, fence, channel_version, sealed_request, \
         request_sha256, prepared_at) VALUES ")
    .rows(rows)
    .execute(tx)?;
    Ok(())
}

/// Writes down how attempts ended.
pub fn finish_attempts(
    tx: &mut Tx<'_>,
    attempts: Vec<(TenantId, FinishedAttempt)>,
    now: Timestamp,
) -> Result<(), DbFault> {
    if attempts.is_empty() {
        return Ok(());
    }
    let rows = attempts.into_iter().map(|(tenant, attempt)| {
        [
            tenant.into(),
            attempt.payout.into(),
            attempt.number.into(),
            now.into(),
            attempt.outcome.into(),
            attempt.http_status.map(i64::from).into(),
            attempt.code.into(),
            attempt.answer.into(),
        ]
    });
    sql("WITH ended (of_tenant, of_payout, of_number, at, outcome, http_status, code, answer) AS (VALUES ")
        .joined_rows(rows)
        .push(
            ") UPDATE attempts SET finished_at = ended.at, outcome = ended.outcome, \
             http_status = ended.http_status, code = ended.code, answer = ended.answer FROM ended \
             WHERE tenant_id = ended.of_tenant AND payout_id = ended.of_payout AND number = ended.of_number",
        )
        .execute(tx)?;
    Ok(())
}

/// What the database calls unsent may have been sent after all: it is asked about before anything else, and until then nobody gives its money
/// back. Gives how many payouts that are.
pub fn doubt_all(tx: &mut Tx<'_>, now: Timestamp) -> Result<usize, DbFault> {
    sql("UPDATE payouts SET step = 'inquire', due_at = $1, may_have_been_sent = TRUE, \
         last_sent_at = COALESCE(last_sent_at, $2), not_found_times = 0, not_found_at = NULL, tries = 0, \
         fence = fence + 1 WHERE finished_at IS NULL AND (step = 'submit' OR status = 'in_review')")
    .bind(now)
    .bind(now)
    .execute(tx)
}

/// What has been said about a payout's payment.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Words {
    /// The answer to an attempt said that it was paid.
    pub said_paid: bool,
    /// Two people decided.
    pub decided: bool,
}

#[derive(QueryableByName)]
struct WordsRow {
    #[diesel(sql_type = Binary)]
    payout_id: PayoutId,
    #[diesel(sql_type = BigInt)]
    decided: i64,
}

/// What attempts and people have said about the payment of some payouts. One of which nothing was said is not in it.
pub fn list_words(
    tx: &mut Tx<'_>,
    of: &[(TenantId, PayoutId)],
) -> Result<BTreeMap<PayoutId, Words>, DbFault> {
    if of.is_empty() {
        return Ok(BTreeMap::new());
    }
    let rows = || {
        of.iter()
            .map(|(tenant, id)| [Value::from(*tenant), (*id).into()])
    };
    let found: Vec<WordsRow> = sql(
        "SELECT payout_id, CAST(0 AS BIGINT) AS decided FROM attempts \
         WHERE outcome = 'paid' AND (tenant_id, payout_id) IN (VALUES ",
    )
    .rows(rows())
    .push(") UNION SELECT payout_id, CAST(1 AS BIGINT) FROM decisions WHERE (tenant_id, payout_id) IN (VALUES ")
    .rows(rows())
    .push(")")
    .load(tx)?;
    let mut words: BTreeMap<PayoutId, Words> = BTreeMap::new();
    for row in found {
        let said = words.entry(row.payout_id).or_default();
        said.decided |= row.decided == 1;
        said.said_paid |= row.decided == 0;
    }
    Ok(words)
}

/// How much work there is, for the metrics.
#[derive(Clone, Copy, Debug, QueryableByName)]
pub struct Figures {
    /// Payouts that are due.
    #[diesel(sql_type = BigInt)]
    pub due: i64,
    /// Payouts whose outcome is not known.
    #[diesel(sql_type = BigInt)]
    pub in_doubt: i64,
    /// The first submission of the oldest of them.
    #[diesel(sql_type = Nullable<BigInt>)]
    pub oldest_in_doubt: Option<Timestamp>,
    /// Tenants whose payouts are not sent.
    #[diesel(sql_type = BigInt)]
    pub lanes_closed: i64,
}

/// Counts open work. Its cost grows with the open payouts, not with history.
pub fn figures(tx: &mut Tx<'_>, now: Timestamp) -> Result<Figures, DbFault> {
    let found: Option<Figures> = sql("SELECT COUNT(CASE WHEN due_at <= $1 THEN 1 END) AS due, \
         COUNT(CASE WHEN status = 'processing' THEN 1 END) AS in_doubt, \
         MIN(CASE WHEN status = 'processing' THEN submitted_at END) AS oldest_in_doubt, \
         (SELECT COUNT(*) FROM payout_lanes) AS lanes_closed \
         FROM payouts WHERE due_at IS NOT NULL")
    .bind(now)
    .find(tx)?;
    found.ok_or(DbFault::Damaged {
        table: "payouts",
        what: "no count",
    })
}

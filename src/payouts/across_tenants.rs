//! The engine's queries. They see the payouts of all tenants, and only the engine calls them.

use diesel::QueryableByName;
use diesel::sql_types::{BigInt, Binary, Nullable};

use super::attempt::{FinishedAttempt, NewAttempt};
use super::model::Payout;
use super::store::{COLUMNS, Row};
use crate::basics::{Id as _, PayoutId, TenantId, Timestamp};
use crate::db::{DbFault, Tx, Value, sql};

#[derive(QueryableByName)]
struct WalkRow {
    #[diesel(sql_type = Binary)]
    tenant_id: TenantId,
    #[diesel(sql_type = BigInt)]
    due: i64,
}

/// What a walk over the tenants with open work found.
#[derive(Clone, Debug)]
pub struct DueTenants {
    /// The tenants with work that is due, in the order of the walk.
    pub due: Vec<TenantId>,
    /// The last tenant that the walk came by; none when it reached the end.
    pub last: Option<TenantId>,
}

/// Walks over the tenants that have open work, from the one after `after` on, at most `steps` of them. Each step is one look into
/// the index, however many payouts the tenant has, so one tenant with a million does not slow the walk.
pub fn find_due_tenants(
    tx: &mut Tx<'_>,
    after: Option<TenantId>,
    now: Timestamp,
    steps: i64,
) -> Result<DueTenants, DbFault> {
    let after = after.unwrap_or_else(|| TenantId::from_uuid(uuid::Uuid::nil()));
    let rows: Vec<WalkRow> = sql(
        "WITH RECURSIVE walk (tenant_id, step) AS ( \
           SELECT (SELECT tenant_id FROM payouts WHERE due_at IS NOT NULL AND tenant_id > $1 \
                   ORDER BY tenant_id LIMIT 1), 1 \
           UNION ALL \
           SELECT (SELECT tenant_id FROM payouts WHERE due_at IS NOT NULL AND tenant_id > walk.tenant_id \
                   ORDER BY tenant_id LIMIT 1), step + 1 \
           FROM walk WHERE walk.tenant_id IS NOT NULL AND step < $2) \
         SELECT tenant_id, CAST(CASE WHEN EXISTS (SELECT 1 FROM payouts p WHERE p.due_at IS NOT NULL \
           AND p.tenant_id = walk.tenant_id AND p.due_at <= $3) THEN 1 ELSE 0 END AS BIGINT) AS due \
         FROM walk WHERE tenant_id IS NOT NULL ORDER BY tenant_id",
    )
    .bind(after)
    .bind(steps)
    .bind(now)
    .load(tx)?;
    let reached_the_end = i64::try_from(rows.len()).unwrap_or(i64::MAX) < steps;
    Ok(DueTenants {
        last: if reached_the_end {
            None
        } else {
            rows.last().map(|row| row.tenant_id)
        },
        due: rows
            .into_iter()
            .filter(|row| row.due == 1)
            .map(|row| row.tenant_id)
            .collect(),
    })
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

/// Locks due payouts, the longest due first, at most so many of each tenant. What another engine has locked is left to it.
pub fn lock_due(
    tx: &mut Tx<'_>,
    quotas: &[(TenantId, i64)],
    now: Timestamp,
) -> Result<Vec<(TenantId, Payout)>, DbFault> {
    if quotas.is_empty() {
        return Ok(Vec::new());
    }
    let skip_locked = tx.conn().for_update_skip_locked();
    let mut query = sql(format!(
        "SELECT tenant_id, {COLUMNS} FROM payouts WHERE (tenant_id, id) IN ("
    ));
    for (number, (tenant, quota)) in quotas.iter().enumerate() {
        let union = if number == 0 { "" } else { " UNION ALL " };
        query = query.push(union).push_with(
            "SELECT * FROM (SELECT tenant_id, id FROM payouts WHERE due_at IS NOT NULL AND tenant_id = ? \
             AND due_at <= ? ORDER BY due_at LIMIT ?) AS due",
            [(*tenant).into(), now.into(), (*quota).into()],
        );
    }
    let rows = query
        .push_with(
            ") AND due_at IS NOT NULL AND due_at <= ? ORDER BY tenant_id, id",
            [now.into()],
        )
        .push(skip_locked)
        .load(tx)?;
    collect(rows)
}

/// Locks payouts whose calls have ended, in one order for everybody.
pub fn lock_to_settle(
    tx: &mut Tx<'_>,
    ids: &[(TenantId, PayoutId)],
) -> Result<Vec<(TenantId, Payout)>, DbFault> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let for_update = match tx.backend() {
        crate::db::Backend::Postgres => " FOR UPDATE",
        crate::db::Backend::Sqlite => "",
    };
    let rows = sql(format!(
        "SELECT tenant_id, {COLUMNS} FROM payouts WHERE (tenant_id, id) IN (VALUES "
    ))
    .rows(
        ids.iter()
            .map(|(tenant, id)| [(*tenant).into(), (*id).into()]),
    )
    .push(") ORDER BY tenant_id, id")
    .push(for_update)
    .load(tx)?;
    collect(rows)
}

#[derive(QueryableByName)]
struct SavedRow {
    #[diesel(sql_type = Binary)]
    id: PayoutId,
}

/// Writes what can change of payouts, each only when its fence is still the one it was read with. Gives the ids that were
/// written.
pub fn save_all(
    tx: &mut Tx<'_>,
    payouts: &[(TenantId, &Payout, i64)],
) -> Result<Vec<PayoutId>, DbFault> {
    if payouts.is_empty() {
        return Ok(Vec::new());
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
    .rows(rows)
    .push(
        ") UPDATE payouts SET status = new.status, reason_code = new.reason_code, \
         not_before = new.not_before, planned_on = new.planned_on, channel_id = new.channel_id, \
         channel_version = new.channel_version, app_id = new.app_id, \
         merchant_number = new.merchant_number, payment_no = new.payment_no, \
         submitted_at = new.submitted_at, finished_at = new.finished_at, step = new.step, \
         due_at = new.due_at, fence = new.fence, attempts = new.attempts, tries = new.tries, \
         last_sent_at = new.last_sent_at, may_have_been_sent = new.may_have_been_sent, \
         request_attempt = new.request_attempt, suspected_code = new.suspected_code, \
         not_found_times = new.not_found_times, not_found_at = new.not_found_at \
         FROM new WHERE payouts.tenant_id = new.of_tenant AND payouts.id = new.of_id \
         AND payouts.fence = new.seen_fence RETURNING id",
    )
    .load(tx)?;
    Ok(saved.into_iter().map(|row| row.id).collect())
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
        .rows(rows)
        .push(
            ") UPDATE attempts SET finished_at = ended.at, outcome = ended.outcome, \
             http_status = ended.http_status, code = ended.code, answer = ended.answer FROM ended \
             WHERE tenant_id = ended.of_tenant AND payout_id = ended.of_payout AND number = ended.of_number",
        )
        .execute(tx)?;
    Ok(())
}

/// Makes the tenant's waiting payouts with one of these reasons due at once, because what they waited for has changed.
pub fn wake_tenant(
    tx: &mut Tx<'_>,
    tenant: TenantId,
    reasons: &[&str],
    now: Timestamp,
) -> Result<usize, DbFault> {
    let Some((first, others)) = reasons.split_first() else {
        return Ok(0);
    };
    let mut query = sql("UPDATE payouts SET due_at = ").push_with(
        "?, tries = 0, not_before = NULL WHERE due_at > ? AND tenant_id = ? AND status = 'queued' \
             AND reason_code IN (?",
        [now.into(), now.into(), tenant.into(), (*first).into()],
    );
    for reason in others {
        query = query.push_with(", ?", [(*reason).into()]);
    }
    query.push(")").execute(tx)
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
}

/// Counts open work. Its cost grows with the open payouts, not with history.
pub fn figures(tx: &mut Tx<'_>, now: Timestamp) -> Result<Figures, DbFault> {
    let found: Option<Figures> = sql("SELECT COUNT(CASE WHEN due_at <= $1 THEN 1 END) AS due, \
         COUNT(CASE WHEN status = 'processing' THEN 1 END) AS in_doubt, \
         MIN(CASE WHEN status = 'processing' THEN submitted_at END) AS oldest_in_doubt \
         FROM payouts WHERE due_at IS NOT NULL")
    .bind(now)
    .find(tx)?;
    found.ok_or(DbFault::Damaged {
        table: "payouts",
        what: "no count",
    })
}

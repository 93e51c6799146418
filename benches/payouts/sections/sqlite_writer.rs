//! The yardstick on SQLite: one writer, the same rows in three transactions, statement by statement, `synchronous = FULL`.

use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Instant;

use zhanfu::app::Ground;
use zhanfu::basics::{TenantId, Timestamp};
use zhanfu::db::{DbFault, Scope, Sql, Tx, sql};

use crate::Res;
use crate::figures::count;
use crate::fixture::Shops;
use crate::rig::Rig;

/// A SQLite file with shops, and the statements of a payout.
pub(crate) struct SqliteWriter {
    ground: Ground,
    tenants: Vec<TenantId>,
    recipients: usize,
    written: AtomicU64,
}

/// One payout, as far as its statements need to know it.
struct One {
    tenant: TenantId,
    recipient: String,
    number: i64,
    now: Timestamp,
}

/// What the answer of the API and that of the rail are about as long as.
const ANSWER: &str = "{\"id\":\"019b1a6e-0000-7000-8000-000000000000\",\"kind\":\"withdrawal\",\"recipient_id\":\"r1\",\
     \"external_id\":null,\"amount_fen\":100,\"description\":\"提现\",\"status\":\"queued\",\"reason\":null,\"not_before\":null,\
     \"rail\":\"wechat_v2\",\"partner_trade_no\":\"019b1a6e000070008000000000000000\",\"payment_no\":null,\
     \"created_at\":\"2026-11-23T00:00:00.000Z\",\"submitted_at\":null,\"finished_at\":null}";

impl SqliteWriter {
    pub(crate) fn open(rig: &Rig, tenants: usize, recipients: usize) -> Res<Self> {
        let ground = rig.ground(&rig.sqlite_url("one-writer.db"))?;
        let shops = Shops::open(rig, &ground, tenants, recipients)?;
        Ok(Self {
            ground,
            tenants: shops.tenants,
            recipients,
            written: AtomicU64::new(0),
        })
    }

    /// Payouts a second.
    pub(crate) fn run(&self, payouts: usize) -> Res<f64> {
        let began = Instant::now();
        for _ in 0..payouts {
            let number = self.written.fetch_add(1, Ordering::Relaxed);
            self.write(&self.one(usize::try_from(number)?)?)?;
        }
        Ok(count(payouts) / began.elapsed().as_secs_f64())
    }

    fn one(&self, number: usize) -> Res<One> {
        let turn = |of: usize| number.checked_rem(of).unwrap_or(0);
        let round = number.checked_div(self.tenants.len()).unwrap_or(0);
        let recipient = round
            .checked_rem(self.recipients)
            .unwrap_or(0)
            .saturating_add(1);
        Ok(One {
            tenant: *self
                .tenants
                .get(turn(self.tenants.len()))
                .ok_or("no tenants")?,
            recipient: format!("r{recipient}"),
            number: i64::try_from(number)?,
            now: self.ground.clock.now(),
        })
    }

    fn write(&self, one: &One) -> Result<(), DbFault> {
        for (name, statements) in [
            ("accept", accept as fn(&One) -> Vec<Sql>),
            ("claim", claim),
            ("settle", settle),
        ] {
            let body = |tx: &mut Tx<'_>| {
                for statement in statements(one) {
                    statement.execute(tx)?;
                }
                Ok::<_, DbFault>(())
            };
            self.ground
                .database
                .write_blocking(name, Scope::AcrossTenants, body)?;
        }
        Ok(())
    }
}

impl One {
    /// An id of a table's own: sixteen bytes that sort by age.
    fn id(&self, of: i64) -> Vec<u8> {
        let mut id = self.number.to_be_bytes().to_vec();
        id.extend(of.to_be_bytes());
        id
    }

    fn text(&self) -> String {
        format!("019b1a6e-0000-7000-8000-{:012}", self.number)
    }
}

const SETTINGS: &str = "SELECT c.id, c.version, v.app_id, v.merchant_number, x.not_before, x.not_after FROM channels c \
     JOIN channel_versions v ON v.tenant_id = c.tenant_id AND v.channel_id = c.id AND v.version = c.version \
     JOIN certificates x ON x.tenant_id = c.tenant_id AND x.id = v.certificate_id \
     WHERE c.tenant_id = $1 AND c.rail = 'wechat_v2'";

const AUDIT: &str = "INSERT INTO audit_events (tenant_id, id, at, actor_kind, actor_id, kind, object_kind, object_id, request_id, \
     details) VALUES ($1, $2, $3, $4, $5, $6, 'payout', $7, $8, $9)";

const POSTING: &str = "INSERT INTO ledger_postings (tenant_id, id, recipient_id, kind, debit_account, credit_account, amount_fen, \
     available_after_fen, source, posted_at) VALUES ($1, $2, $3, $4, $5, $6, 100, 0, $7, $8)";

const USAGE: &str = "INSERT INTO limit_usage (tenant_id, day, scope, amount_fen, payouts) VALUES ($1, 20261123, $2, 100, 1) \
     ON CONFLICT (tenant_id, day, scope) DO UPDATE SET amount_fen = limit_usage.amount_fen + excluded.amount_fen, \
     payouts = limit_usage.payouts + excluded.payouts";

fn audit(one: &One, number: i64, kind: &'static str, details: &'static str) -> Sql {
    sql(AUDIT)
        .bind(one.tenant)
        .bind(one.id(number))
        .bind(one.now)
        .bind("storefront")
        .bind("019b1a6e-1234-7000-8000-000000000000")
        .bind(kind)
        .bind(one.text())
        .bind("019b1a6e-4321-7000-8000-000000000000")
        .bind(details)
}

fn posting(
    one: &One,
    number: i64,
    kind: &'static str,
    from: &'static str,
    to: &'static str,
) -> Sql {
    sql(POSTING)
        .bind(one.tenant)
        .bind(one.id(number))
        .bind(one.recipient.as_str())
        .bind(kind)
        .bind(from)
        .bind(to)
        .bind(one.text())
        .bind(one.now)
}

fn accept(one: &One) -> Vec<Sql> {
    let of_tenant = |text: &'static str| sql(text).bind(one.tenant);
    vec![
        of_tenant("SELECT a.tenant_id, a.id, t.state, t.suspended_reason FROM api_keys a JOIN tenants t ON t.id = a.tenant_id \
             WHERE a.tenant_id = $1 AND a.revoked_at IS NULL"),
        of_tenant("SELECT fingerprint, status, body FROM idempotency_keys WHERE tenant_id = $1 \
             AND route = 'POST /withdrawals' AND key = $2")
            .bind(one.text()),
        of_tenant(SETTINGS),
        of_tenant("SELECT openid, sealed_name FROM recipients WHERE tenant_id = $1 AND id = $2")
            .bind(one.recipient.as_str()),
        of_tenant("SELECT * FROM limit_policies WHERE tenant_id = $1"),
        of_tenant("UPDATE ledger_balances SET available_fen = available_fen - 100, held_fen = held_fen + 100 \
             WHERE tenant_id = $1 AND recipient_id = $2 RETURNING available_fen, held_fen")
            .bind(one.recipient.as_str()),
        posting(one, 1, "payout_held", "available", "held"),
        of_tenant("INSERT INTO payouts (tenant_id, id, kind, recipient_id, openid, checks_name, amount_fen, description, status, \
             planned_on, approvals_needed, rail, created_at, step, due_at, fence, attempts, tries, may_have_been_sent, \
             not_found_times) VALUES ($1, $2, 'withdrawal', $3, 'o-shop-1', FALSE, 100, '提现', 'queued', 20261123, 0, \
             'wechat_v2', $4, 'submit', $4, 0, 0, 0, FALSE, 0)")
            .bind(one.id(0))
            .bind(one.recipient.as_str())
            .bind(one.now),
        audit(one, 1, "payout.accepted", "{\"kind\":\"withdrawal\",\"recipient\":\"r1\",\"amount_fen\":100,\"status\":\"queued\"}"),
        of_tenant(USAGE).bind(one.recipient.as_str()),
        of_tenant(USAGE).bind(""),
        of_tenant("INSERT INTO idempotency_keys (tenant_id, route, key, fingerprint, status, body, created_at) \
             VALUES ($1, 'POST /withdrawals', $2, $3, 201, $4, $5) ON CONFLICT DO NOTHING")
            .bind(one.text())
            .bind(vec![7_u8; 32])
            .bind(ANSWER)
            .bind(one.now),
    ]
}

fn claim(one: &One) -> Vec<Sql> {
    let of_payout = |text: &'static str| sql(text).bind(one.tenant).bind(one.id(0));
    vec![
        of_payout("SELECT * FROM payouts WHERE tenant_id = $1 AND id = $2"),
        sql(SETTINGS).bind(one.tenant),
        of_payout("UPDATE payouts SET status = 'processing', fence = 1, attempts = 1, submitted_at = $3, last_sent_at = $3, \
             may_have_been_sent = TRUE, request_attempt = 1, channel_id = $1, channel_version = 2, \
             app_id = 'wx0000000000000000', merchant_number = '1900000000', step = 'inquire', due_at = $3 + 60000 \
             WHERE tenant_id = $1 AND id = $2 AND fence = 0")
            .bind(one.now),
        of_payout("INSERT INTO attempts (tenant_id, payout_id, number, kind, fence, channel_version, sealed_request, \
             request_sha256, prepared_at) VALUES ($1, $2, 1, 'submission', 1, 2, $3, $4, $5)")
            .bind(vec![7_u8; 580])
            .bind(vec![7_u8; 32])
            .bind(one.now),
        audit(one, 2, "payout.submitted", "{\"number\":\"019b1a6e000070008000000000000000\"}"),
    ]
}

fn settle(one: &One) -> Vec<Sql> {
    let of_payout = |text: &'static str| sql(text).bind(one.tenant).bind(one.id(0));
    vec![
        of_payout("UPDATE payouts SET status = 'succeeded', payment_no = '1010020261123000000000000001', finished_at = $3, \
             step = 'recheck', due_at = $3 + 86400000 WHERE tenant_id = $1 AND id = $2 AND fence = 1")
            .bind(one.now),
        of_payout("UPDATE attempts SET finished_at = $3, outcome = 'paid', http_status = 200, answer = $4 \
             WHERE tenant_id = $1 AND payout_id = $2 AND number = 1")
            .bind(one.now)
            .bind(ANSWER),
        sql("UPDATE ledger_balances SET held_fen = held_fen - 100, paid_fen = paid_fen + 100 \
             WHERE tenant_id = $1 AND recipient_id = $2")
            .bind(one.tenant)
            .bind(one.recipient.as_str()),
        posting(one, 2, "payout_settled", "held", "paid"),
        audit(one, 3, "payout.succeeded", "{\"payment_no\":\"1010020261123000000000000001\"}"),
    ]
}

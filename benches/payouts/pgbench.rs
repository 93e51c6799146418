//! The yardstick: the same rows in the same tables with the same indexes, in three transactions, statement by statement, by `pgbench`.
//!
//! Its database has the service's own migrations. Its statements are what a payout needs when each is asked for by itself: whose key, was it asked
//! before, are the settings complete, who is it, which limits; then balance, posting, payout, audit, counters, answer. Then the claim, and then the
//! outcome. There is no HTTP, no TLS, no signature and no sealing in it.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::atomic::{AtomicU64, Ordering};

use zhanfu::app::Ground;

use crate::fixture::{ALL, execute, fill};
use crate::postgres::Postgres;
use crate::rig::Rig;
use crate::{Args, Res};

/// A database for pgbench, and its script.
pub(crate) struct Pgbench {
    url: String,
    script: PathBuf,
    tenants: usize,
    recipients: usize,
    runs: AtomicU64,
}

impl Pgbench {
    pub(crate) fn prepare(
        rig: &Rig,
        postgres: &Postgres,
        tenants: usize,
        recipients: usize,
    ) -> Res<Self> {
        let url = postgres.create("pgbench")?;
        let ground = Ground::open(
            zhanfu::config::Settings::from_variables(&rig.variables(&url))?,
            zhanfu::app::Schema::Migrate,
        )?;
        let now = ground.clock.now();
        execute(
            &ground.settings.database_url,
            &seed(tenants, now.as_millis()),
        )?;
        execute(
            &ground.settings.database_url,
            &fill(1, recipients, ALL, now),
        )?;
        let script = rig.directory.join("payout.pgbench");
        std::fs::write(&script, SCRIPT)?;
        let pgbench = Self {
            url,
            script,
            tenants,
            recipients,
            runs: AtomicU64::new(0),
        };
        Ok(pgbench)
    }

    /// Payouts a second. `one_tenant` lets all of them go through the first tenant.
    pub(crate) fn run(&self, args: &Args, payouts: usize, one_tenant: bool) -> Res<f64> {
        let run = self.runs.fetch_add(1, Ordering::Relaxed);
        let each = payouts.checked_div(args.posters).unwrap_or(1).max(1);
        let tenants = if one_tenant { 1 } else { self.tenants };
        let output = Command::new(program())
            .args(["-n", "-M", "prepared", "-j", "2"])
            .args(["-c", &args.posters.to_string()])
            .args(["-t", &each.to_string()])
            .arg("-D")
            .arg(format!("tenants={tenants}"))
            .arg("-D")
            .arg(format!("recipients={}", self.recipients))
            .arg("-D")
            .arg(format!("n={}", run.saturating_mul(100_000_000)))
            .arg("-f")
            .arg(&self.script)
            .arg(&self.url)
            .output()?;
        let text = String::from_utf8_lossy(&output.stdout);
        let tps = text
            .lines()
            .find_map(|line| line.strip_prefix("tps = "))
            .and_then(|rest| rest.split(' ').next())
            .and_then(|tps| tps.parse().ok());
        tps.filter(|_| output.status.success()).ok_or_else(|| {
            format!("pgbench: {text}{}", String::from_utf8_lossy(&output.stderr)).into()
        })
    }
}

/// Debian keeps it beside the server.
fn program() -> PathBuf {
    let beside = std::fs::read_dir("/usr/lib/postgresql")
        .into_iter()
        .flatten()
        .flatten()
        .map(|version| version.path().join("bin/pgbench"))
        .filter(|path| path.is_file())
        .max();
    beside.unwrap_or_else(|| Path::new("pgbench").to_owned())
}

/// The id of tenant `t` is its number in eight bytes, and eight bytes of nothing.
fn seed(tenants: usize, now: i64) -> String {
    let id = r"int8send(t) || '\x0000000000000000'::bytea";
    let every = format!("FROM generate_series(1, {tenants}) AS t");
    let until = now.saturating_mul(2);
    let mut text = String::new();
    for statement in [
        format!(
            "INSERT INTO tenants (id, slug, name, state, created_at) SELECT {id}, 'shop-' || t, 'shop', 'active', {now} {every}"
        ),
        format!(
            "INSERT INTO api_keys (tenant_id, id, name, key_hash, tail, created_at, created_by) \
             SELECT {id}, {id}, 'storefront', sha256(int8send(t)), '…', {now}, 'bench' {every}"
        ),
        format!(
            "INSERT INTO channels (tenant_id, id, rail, version, created_at) SELECT {id}, {id}, 'wechat_v2', 2, {now} {every}"
        ),
        format!(
            "INSERT INTO certificates (tenant_id, id, channel_id, merchant_number, serial, subject, organization, \
             organizational_unit, issuer, not_before, not_after, fingerprint_sha256, key_bits, chain, sealed_key, uploaded_at, \
             uploaded_by) SELECT {id}, {id}, {id}, '1900000000', 'ab', 'cn', 'o', 'ou', 'issuer', 0, {until}, 'ab', 2048, \
             decode(repeat('ab', 1100), 'hex'), decode(repeat('ab', 1250), 'hex'), {now}, 'bench' {every}"
        ),
        format!(
            "INSERT INTO channel_versions (tenant_id, channel_id, version, app_id, merchant_number, api_key_version, \
             certificate_id, created_at, created_by) SELECT {id}, {id}, 2, 'wx0000000000000000', '1900000000', 1, {id}, {now}, \
             'bench' {every}"
        ),
        format!(
            "INSERT INTO limit_policies (tenant_id, transfer_min, transfer_max, recipient_day_amount, recipient_day_count, \
             tenant_day_amount, review_above, when_day_is_full, version) \
             SELECT {id}, 30, 500000, 500000, 10, 10000000, 50000, 'refuse', 1 {every}"
        ),
    ] {
        // writing into a String cannot fail
        let _written = writeln!(text, "{statement};");
    }
    text
}

const SCRIPT: &str = r#"\set n :n + 1
\set t random(1, :tenants)
\set r random(1, :recipients)
-- whose key
SELECT a.tenant_id, a.id, t.state, t.suspended_reason FROM api_keys a JOIN tenants t ON t.id = a.tenant_id WHERE a.key_hash = sha256(int8send(:t)) AND a.revoked_at IS NULL;
-- accept
BEGIN;
SELECT fingerprint, status, body FROM idempotency_keys WHERE tenant_id = int8send(:t) || '\x0000000000000000'::bytea AND route = 'POST /withdrawals' AND key = concat('bench-', :client_id::text, '-', :n::text);
SELECT c.id, c.version, v.app_id, v.merchant_number, x.not_before, x.not_after FROM channels c JOIN channel_versions v ON v.tenant_id = c.tenant_id AND v.channel_id = c.id AND v.version = c.version JOIN certificates x ON x.tenant_id = c.tenant_id AND x.id = v.certificate_id WHERE c.tenant_id = int8send(:t) || '\x0000000000000000'::bytea AND c.rail = 'wechat_v2';
SELECT openid, sealed_name FROM recipients WHERE tenant_id = int8send(:t) || '\x0000000000000000'::bytea AND id = concat('r', :r::text);
SELECT * FROM limit_policies WHERE tenant_id = int8send(:t) || '\x0000000000000000'::bytea;
UPDATE ledger_balances SET available_fen = available_fen - 100, held_fen = held_fen + 100 WHERE tenant_id = int8send(:t) || '\x0000000000000000'::bytea AND recipient_id = concat('r', :r::text) RETURNING available_fen, held_fen;
INSERT INTO ledger_postings (tenant_id, id, recipient_id, kind, debit_account, credit_account, amount_fen, available_after_fen, source, posted_at) VALUES (int8send(:t) || '\x0000000000000000'::bytea, int8send(2 * :n) || int8send(:client_id), concat('r', :r::text), 'payout_held', 'available', 'held', 100, 0, concat('019b1a6e-0000-7000-8000-', :client_id::text, '-', :n::text), 1795442400000 + :n);
INSERT INTO payouts (tenant_id, id, kind, recipient_id, openid, checks_name, amount_fen, description, status, planned_on, approvals_needed, rail, created_at, step, due_at, fence, attempts, tries, may_have_been_sent, not_found_times) VALUES (int8send(:t) || '\x0000000000000000'::bytea, int8send(:n) || int8send(:client_id), 'withdrawal', concat('r', :r::text), concat('o-shop-', :t::text, '-', :r::text), FALSE, 100, '提现', 'queued', 20261123, 0, 'wechat_v2', 1795442400000 + :n, 'submit', 1795442400000 + :n, 0, 0, 0, FALSE, 0);
INSERT INTO audit_events (tenant_id, id, at, actor_kind, actor_id, kind, object_kind, object_id, request_id, details) VALUES (int8send(:t) || '\x0000000000000000'::bytea, int8send(3 * :n) || int8send(:client_id), 1795442400000 + :n, 'storefront', '019b1a6e-1234-7000-8000-000000000000', 'payout.accepted', 'payout', concat('019b1a6e-0000-7000-8000-', :client_id::text, '-', :n::text), '019b1a6e-4321-7000-8000-000000000000', '{"kind":"withdrawal","recipient":"r1","amount_fen":100,"status":"queued"}');
INSERT INTO limit_usage (tenant_id, day, scope, amount_fen, payouts) VALUES (int8send(:t) || '\x0000000000000000'::bytea, 20261123, concat('r', :r::text), 100, 1) ON CONFLICT (tenant_id, day, scope) DO UPDATE SET amount_fen = limit_usage.amount_fen + excluded.amount_fen, payouts = limit_usage.payouts + excluded.payouts RETURNING amount_fen, payouts;
INSERT INTO limit_usage (tenant_id, day, scope, amount_fen, payouts) VALUES (int8send(:t) || '\x0000000000000000'::bytea, 20261123, '', 100, 1) ON CONFLICT (tenant_id, day, scope) DO UPDATE SET amount_fen = limit_usage.amount_fen + excluded.amount_fen, payouts = limit_usage.payouts + excluded.payouts RETURNING amount_fen, payouts;
INSERT INTO idempotency_keys (tenant_id, route, key, fingerprint, status, body, created_at) VALUES (int8send(:t) || '\x0000000000000000'::bytea, 'POST /withdrawals', concat('bench-', :client_id::text, '-', :n::text), sha256(int8send(:n)), 201, repeat('{"id":"019b1a6e", ', 20), 1795442400000 + :n) ON CONFLICT DO NOTHING;
COMMIT;
-- claim
BEGIN;
SELECT * FROM payouts WHERE tenant_id = int8send(:t) || '\x0000000000000000'::bytea AND id = int8send(:n) || int8send(:client_id) AND due_at <= 1795442400000 + :n FOR UPDATE SKIP LOCKED;
SELECT c.id, c.version, v.app_id, v.merchant_number, x.not_before, x.not_after FROM channels c JOIN channel_versions v ON v.tenant_id = c.tenant_id AND v.channel_id = c.id AND v.version = c.version JOIN certificates x ON x.tenant_id = c.tenant_id AND x.id = v.certificate_id WHERE c.tenant_id = int8send(:t) || '\x0000000000000000'::bytea AND c.rail = 'wechat_v2';
UPDATE payouts SET status = 'processing', fence = fence + 1, attempts = 1, submitted_at = 1795442400000 + :n, last_sent_at = 1795442400000 + :n, may_have_been_sent = TRUE, request_attempt = 1, channel_id = int8send(:t) || '\x0000000000000000'::bytea, channel_version = 2, app_id = 'wx0000000000000000', merchant_number = '1900000000', step = 'inquire', due_at = 1795442460000 + :n WHERE tenant_id = int8send(:t) || '\x0000000000000000'::bytea AND id = int8send(:n) || int8send(:client_id) AND fence = 0;
INSERT INTO attempts (tenant_id, payout_id, number, kind, fence, channel_version, sealed_request, request_sha256, prepared_at) VALUES (int8send(:t) || '\x0000000000000000'::bytea, int8send(:n) || int8send(:client_id), 1, 'submission', 1, 2, decode(repeat('ab', 580), 'hex'), sha256(int8send(:n)), 1795442400000 + :n);
INSERT INTO audit_events (tenant_id, id, at, actor_kind, actor_id, kind, object_kind, object_id, details) VALUES (int8send(:t) || '\x0000000000000000'::bytea, int8send(3 * :n + 1) || int8send(:client_id), 1795442400000 + :n, 'engine', '', 'payout.submitted', 'payout', concat('019b1a6e-0000-7000-8000-', :client_id::text, '-', :n::text), '{"number":"019b1a6e000070008000000000000000"}');
COMMIT;
-- settle
BEGIN;
UPDATE payouts SET status = 'succeeded', payment_no = '1010020261123000000000000001', finished_at = 1795442400000 + :n, step = 'recheck', due_at = 1795528800000 + :n WHERE tenant_id = int8send(:t) || '\x0000000000000000'::bytea AND id = int8send(:n) || int8send(:client_id) AND fence = 1;
UPDATE attempts SET finished_at = 1795442400000 + :n, outcome = 'paid', http_status = 200, answer = repeat('<return_code>SUCCESS', 20) WHERE tenant_id = int8send(:t) || '\x0000000000000000'::bytea AND payout_id = int8send(:n) || int8send(:client_id) AND number = 1;
UPDATE ledger_balances SET held_fen = held_fen - 100, paid_fen = paid_fen + 100 WHERE tenant_id = int8send(:t) || '\x0000000000000000'::bytea AND recipient_id = concat('r', :r::text);
INSERT INTO ledger_postings (tenant_id, id, recipient_id, kind, debit_account, credit_account, amount_fen, available_after_fen, source, posted_at) VALUES (int8send(:t) || '\x0000000000000000'::bytea, int8send(2 * :n + 1) || int8send(:client_id), concat('r', :r::text), 'payout_settled', 'held', 'paid', 100, 0, concat('019b1a6e-0000-7000-8000-', :client_id::text, '-', :n::text), 1795442400000 + :n);
INSERT INTO audit_events (tenant_id, id, at, actor_kind, actor_id, kind, object_kind, object_id, details) VALUES (int8send(:t) || '\x0000000000000000'::bytea, int8send(3 * :n + 2) || int8send(:client_id), 1795442400000 + :n, 'engine', '', 'payout.succeeded', 'payout', concat('019b1a6e-0000-7000-8000-', :client_id::text, '-', :n::text), '{"payment_no":"1010020261123000000000000001"}');
COMMIT;
"#;

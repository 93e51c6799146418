//! A claim, a limit check and a balance, with nothing behind them and with millions of payouts behind them.
//!
//! Both databases have the same shops and recipients, and the same is done in both in turns; what differs is what lies behind.

use std::sync::Arc;
use std::time::Instant;

use tokio::runtime::Runtime;
use zhanfu::app::Ground;
use zhanfu::audit::By;
use zhanfu::basics::{Description, Fen, OpenId, RecipientId, TenantId, Timestamp};
use zhanfu::channels::WECHAT_V2;
use zhanfu::db::{DatabaseUrl, DbFault, Scope};
use zhanfu::engine::Engine;
use zhanfu::payouts::{self, Request};
use zhanfu::{ledger, limits};

use crate::figures::{Bar, Report, median};
use crate::fixture::{Shops, execute};
use crate::postgres::Postgres;
use crate::rig::Rig;
use crate::{Args, Res};

const TENANTS: usize = 100;
const RECIPIENTS: usize = 200;

/// Payouts of one claim.
const CLAIM: usize = 32;

/// How often each thing is done in each database.
const TURNS: usize = 300;

/// Payouts that are put behind at once.
const CHUNK: usize = 250_000;

pub(crate) fn measure(args: &Args, report: &mut Report) -> Res<()> {
    {
        let rig = Rig::open(args)?;
        let postgres = Postgres::start()?;
        let (empty, full) = (postgres.create("empty_one")?, postgres.create("full_one")?);
        compare(args, report, &rig, "PostgreSQL", &empty, &full)?;
    }
    let rig = Rig::open(args)?;
    let (empty, full) = (rig.sqlite_url("empty.db"), rig.sqlite_url("full.db"));
    compare(args, report, &rig, "SQLite", &empty, &full)
}

fn compare(
    args: &Args,
    report: &mut Report,
    rig: &Rig,
    name: &str,
    empty: &str,
    full: &str,
) -> Res<()> {
    let mut sides = [Side::open(rig, empty)?, Side::open(rig, full)?];
    let [_, full] = &sides;
    let began = Instant::now();
    full.put_behind(args.history)?;
    println!(
        "  {name}: {} payouts were put behind in {:.0} s",
        args.history,
        began.elapsed().as_secs_f64()
    );
    for side in &sides {
        side.tidy()?;
    }
    let mut times = [Times::default(), Times::default()];
    for turn in 0..TURNS {
        for (side, times) in sides.iter_mut().zip(&mut times) {
            side.turn(&rig.runtime, turn, times)?;
        }
    }
    let [empty, full] = &times;
    for (what, empty, full) in [
        ("a balance", &empty.balance, &full.balance),
        ("a limit check", &empty.limit, &full.limit),
        ("accepting a withdrawal", &empty.accept, &full.accept),
        ("a claim of 32", &empty.claim, &full.claim),
    ] {
        let (empty, full) = (median(empty), median(full));
        println!("  {name}, {what}: {empty:.0} µs empty, {full:.0} µs with history");
        let name = format!("{name}: {what}, {} payouts behind it / none", args.history);
        report.bar(name, full / empty, "", Bar::AtMost(1.1));
    }
    Ok(())
}

/// Microseconds.
#[derive(Default)]
struct Times {
    balance: Vec<f64>,
    limit: Vec<f64>,
    accept: Vec<f64>,
    claim: Vec<f64>,
}

struct Side {
    ground: Ground,
    engine: Arc<Engine>,
    shops: Shops,
    asked: usize,
}

fn micros(since: Instant) -> f64 {
    since.elapsed().as_secs_f64() * 1e6
}

impl Side {
    fn open(rig: &Rig, url: &str) -> Res<Self> {
        let ground = rig.ground(url)?;
        let shops = Shops::open(rig, &ground, TENANTS, RECIPIENTS)?;
        let policies =
            "UPDATE limit_policies SET recipient_day_count = NULL, recipient_day_amount = NULL";
        execute(&ground.settings.database_url, policies)?;
        let engine = ground.engine()?;
        Ok(Self {
            ground,
            engine,
            shops,
            asked: 0,
        })
    }

    /// One of everything.
    fn turn(&mut self, runtime: &Runtime, turn: usize, times: &mut Times) -> Res<()> {
        let (tenant, recipient) = self.somebody(turn)?;
        let database = &self.ground.database;
        let now = self.ground.clock.now();
        times.balance.push(
            database.read_blocking("balance", Scope::Tenant(tenant), |tx| {
                let began = Instant::now();
                ledger::find_balance(tx, tenant, &recipient)?;
                Ok::<_, DbFault>(micros(began))
            })?,
        );
        let policy = database.read_blocking("policy", Scope::Tenant(tenant), |tx| {
            limits::load_policy(tx, tenant)
        })?;
        let time = database.write_blocking("limit", Scope::Tenant(tenant), |tx| {
            let began = Instant::now();
            limits::plan(tx, tenant, &recipient, Fen::new(100), &policy, now)?;
            let took = micros(began);
            limits::release(tx, tenant, &recipient, Fen::new(100), now.day())?;
            Ok::<_, limits::ReserveError>(took)
        })?;
        times.limit.push(time);
        for _ in 0..CLAIM {
            self.asked = self.asked.saturating_add(1);
            let (tenant, recipient) = self.somebody(self.asked)?;
            times.accept.push(self.accept(tenant, &recipient, now)?);
        }
        let began = Instant::now();
        let (prepared, _) = runtime.block_on(self.engine.claim_some(CLAIM))?;
        times.claim.push(micros(began));
        if prepared.len() == CLAIM {
            Ok(())
        } else {
            Err(format!("{} were claimed instead of {CLAIM}", prepared.len()).into())
        }
    }

    fn somebody(&self, number: usize) -> Res<(TenantId, RecipientId)> {
        let tenant = number.checked_rem(TENANTS).unwrap_or(0);
        // 7,919 is prime: everybody comes up
        let recipient = number
            .wrapping_mul(7_919)
            .checked_rem(RECIPIENTS)
            .unwrap_or(0);
        let recipient = RecipientId::parse(&format!("r{}", recipient.saturating_add(1)))?;
        Ok((
            *self.shops.tenants.get(tenant).ok_or("no tenants")?,
            recipient,
        ))
    }

    fn accept(&self, tenant: TenantId, recipient: &RecipientId, now: Timestamp) -> Res<f64> {
        let request = Request {
            recipient: recipient.clone(),
            openid: OpenId::parse("o-1")?,
            checks_name: false,
            amount: Fen::new(100),
            description: Description::parse("提现")?,
            external_id: None,
            rail: WECHAT_V2,
        };
        let database = &self.ground.database;
        let began = Instant::now();
        database.write_blocking("accept", Scope::Tenant(tenant), |tx| {
            let policy = limits::load_policy(tx, tenant)?;
            payouts::withdraw(
                tx,
                tenant,
                &request,
                &policy,
                |_| Ok(0),
                &By::COMMAND_LINE,
                now,
            )
        })?;
        Ok(micros(began))
    }

    /// Payouts of days long gone, with all that belongs to them: attempt, postings, audit, counters, kept answer.
    fn put_behind(&self, payouts: usize) -> Res<()> {
        let mut done = 0_usize;
        while done < payouts {
            let last = payouts.min(done.saturating_add(CHUNK));
            let statements = history(
                done.saturating_add(1),
                last,
                &self.ground.settings.database_url,
            );
            execute(&self.ground.settings.database_url, &statements)?;
            done = last;
        }
        Ok(())
    }

    /// What a database does for itself at night.
    fn tidy(&self) -> Res<()> {
        match &self.ground.settings.database_url {
            url @ DatabaseUrl::Postgres(_) => {
                execute(url, "VACUUM ANALYZE")?;
                execute(url, "CHECKPOINT")
            }
            url @ DatabaseUrl::Sqlite(_) => {
                execute(url, "PRAGMA wal_checkpoint(TRUNCATE); PRAGMA optimize;")
            }
        }
    }
}

/// One day has so many payouts of the past.
const A_DAY: usize = 10_000;

fn history(first: usize, last: usize, url: &DatabaseUrl) -> String {
    // an id that sorts by age, like ours
    let (id, bytes) = match url {
        DatabaseUrl::Postgres(_) => (
            r"int8send(i) || '\x0000000000000000'::bytea",
            "decode(repeat('ab', 32), 'hex')",
        ),
        DatabaseUrl::Sqlite(_) => (
            "unhex(printf('%016x0000000000000000', i))",
            "randomblob(32)",
        ),
    };
    let text = match url {
        DatabaseUrl::Postgres(_) => "'019b0000-0000-7000-8000-' || lpad(i::text, 12, '0')",
        DatabaseUrl::Sqlite(_) => "printf('019b0000-0000-7000-8000-%012d', i)",
    };
    let day = format!("20200101 + i / {A_DAY}");
    let who = format!("'r' || (1 + (i / {TENANTS}) % {RECIPIENTS})");
    let from = format!("FROM n JOIN t ON t.number = i % {TENANTS}");
    let with = format!(
        "WITH RECURSIVE n (i) AS (SELECT {first} UNION ALL SELECT i + 1 FROM n WHERE i < {last}), \
         t (id, number) AS (SELECT id, ROW_NUMBER() OVER (ORDER BY slug) - 1 FROM tenants)"
    );
    let mut statements = vec![
        format!(
            "INSERT INTO payouts (tenant_id, id, kind, recipient_id, openid, checks_name, amount_fen, description, status, planned_on, \
             approvals_needed, rail, app_id, merchant_number, payment_no, created_at, submitted_at, finished_at, fence, attempts, \
             tries, last_sent_at, may_have_been_sent, request_attempt, not_found_times) {with} \
             SELECT t.id, {id}, 'withdrawal', {who}, 'o-1', FALSE, 100, '提现', 'succeeded', {day}, 0, 'wechat_v2', \
             'wx0000000000000000', '1900000000', '101002020' || i, i, i, i, 1, 1, 0, i, TRUE, 1, 0 {from}"
        ),
        format!(
            "INSERT INTO attempts (tenant_id, payout_id, number, kind, fence, channel_version, request_sha256, prepared_at, \
             finished_at, outcome, http_status) {with} \
             SELECT t.id, {id}, 1, 'submission', 1, 2, {bytes}, i, i, 'paid', 200 {from}"
        ),
        format!(
            "INSERT INTO idempotency_keys (tenant_id, route, key, fingerprint, status, body, created_at) {with} \
             SELECT t.id, 'POST /withdrawals', 'past-' || i, {bytes}, 201, '{{}}', i {from}"
        ),
        format!(
            "INSERT INTO limit_usage (tenant_id, day, scope, amount_fen, payouts) {with} \
             SELECT t.id, {day}, {who}, 100, 1 {from} WHERE TRUE ON CONFLICT DO NOTHING"
        ),
    ];
    for (kind, debit, credit) in [
        ("payout_held", "available", "held"),
        ("payout_settled", "held", "paid"),
    ] {
        statements.push(format!(
            "INSERT INTO ledger_postings (tenant_id, id, recipient_id, kind, debit_account, credit_account, amount_fen, \
             available_after_fen, source, posted_at) {with} \
             SELECT t.id, RANDOM_ID, {who}, '{kind}', '{debit}', '{credit}', 100, 0, {text}, i {from}"
        ));
    }
    statements.push(format!(
        "INSERT INTO audit_events (tenant_id, id, at, actor_kind, actor_id, kind, object_kind, object_id, details) {with} \
         SELECT t.id, RANDOM_ID, i, 'engine', '', 'payout.succeeded', 'payout', {text}, '{{}}' {from}"
    ));
    statements.push(String::new());
    statements.join(";\n")
}

//! Shops with certificates, and recipients with money.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use diesel::connection::SimpleConnection as _;
use diesel::{Connection as _, PgConnection, SqliteConnection};
use zhanfu::app::Ground;
use zhanfu::audit::By;
use zhanfu::basics::{ApiKey, AppId, MerchantNumber, TenantId, TenantSlug, Timestamp};
use zhanfu::channels::certificate::{self, UploadedFile};
use zhanfu::channels::{self, SettingsChange};
use zhanfu::db::{DatabaseUrl, DbFault, Scope};
use zhanfu::simulator::{Limits, Merchant};
use zhanfu::tenants::{self, NewTenant, TenantName};
use zhanfu::{limits, reports};

use crate::Res;
use crate::rig::Rig;

/// What every recipient has to begin with, in fen.
const EARNED_FEN: i64 = 100_000_000;

const API_KEY: &str = "192006250b4c09247ec02edce69f6a2d";

/// Shops that are ready to pay.
pub(crate) struct Shops {
    pub(crate) tenants: Vec<TenantId>,
    pub(crate) keys: Vec<String>,
    /// Recipients of each: r1, r2, …
    pub(crate) recipients: usize,
}

impl Shops {
    /// Opens shops by the verbs that the commands use; only the recipients' money is put there in bulk.
    pub(crate) fn open(rig: &Rig, ground: &Ground, count: usize, recipients: usize) -> Res<Self> {
        let mut shops = Self {
            tenants: Vec::with_capacity(count),
            keys: Vec::with_capacity(count),
            recipients,
        };
        for number in 0..count {
            let (tenant, key) = open_one(rig, ground, number)?;
            shops.tenants.push(tenant);
            shops.keys.push(key);
        }
        execute(
            &ground.settings.database_url,
            &fill(1, recipients, ALL, ground.clock.now()),
        )?;
        Ok(shops)
    }

    /// The storefront keys in a file, for the process that posts.
    pub(crate) fn write_keys(&self, path: &Path) -> Res<PathBuf> {
        std::fs::write(path, self.keys.join("\n"))?;
        Ok(path.to_owned())
    }
}

/// The merchant number of a shop.
pub(crate) fn merchant_number(number: usize) -> String {
    format!("{}", 1_900_000_000_usize.saturating_add(number))
}

fn open_one(rig: &Rig, ground: &Ground, number: usize) -> Res<(TenantId, String)> {
    let (by, now) = (By::COMMAND_LINE, ground.clock.now());
    let mchid = merchant_number(number);
    let app_id = format!("wx{number:016x}");
    if rig.simulator.gateway().merchant(&mchid).is_none() {
        let mut merchant = Merchant::new(&mchid, &app_id, API_KEY);
        merchant.limits = Limits::none();
        merchant.balance_fen = i64::MAX / 4;
        rig.simulator.add_merchant(merchant)?;
    }
    let package = rig.simulator.package(&mchid)?;
    let files = [
        UploadedFile {
            name: "apiclient_cert.pem",
            bytes: package.certificate_pem.as_bytes(),
        },
        UploadedFile {
            name: "apiclient_key.pem",
            bytes: package.private_key_pem.as_bytes(),
        },
    ];
    let merchant = MerchantNumber::parse(&mchid)?;
    let change = SettingsChange {
        app_id: Some(AppId::parse(&app_id)?),
        merchant_number: Some(merchant.clone()),
        api_key: Some(ApiKey::parse(API_KEY)?),
        certificate: Some(certificate::read(&files, &merchant, now)?),
        ..SettingsChange::default()
    };
    let new = NewTenant {
        slug: TenantSlug::parse(&format!("shop-{number}"))?,
        name: TenantName::parse("店").ok_or("a name")?,
    };
    let name = TenantName::parse("storefront").ok_or("a name")?;
    let opened = ground
        .database
        .write_blocking("a shop", Scope::AcrossTenants, |tx| {
            let damaged = |()| DbFault::Damaged {
                table: "tenants",
                what: "a shop of the benchmark",
            };
            let tenant = tenants::create(tx, &new, &by, now).map_err(|_| damaged(()))?;
            limits::insert_defaults(tx, tenant)?;
            channels::open_channel(tx, tenant, &by, now)?;
            let (_, key) = tenants::create_api_key(tx, tenant, &name, &by, &*ground.random, now)?;
            channels::save(tx, &ground.vault, tenant, &change, &by, now)
                .map_err(|_| damaged(()))?;
            Ok::<_, DbFault>((tenant, key.expose().clone()))
        })?;
    Ok(opened)
}

/// Every tenant, for [`fill`].
pub(crate) const ALL: &str = "TRUE";

/// Recipients with balances, and the commissions and postings that explain them, for the tenants that a condition names.
pub(crate) fn fill(first: usize, last: usize, tenants: &str, now: Timestamp) -> String {
    let now = now.as_millis();
    let people = format!(
        "WITH RECURSIVE n (i) AS (SELECT {first} UNION ALL SELECT i + 1 FROM n WHERE i < {last})"
    );
    let mut text = String::new();
    let statements = [
        format!(
            "INSERT INTO recipients (tenant_id, id, openid, version, created_at, updated_at) {people} \
             SELECT tenants.id, 'r' || i, 'o-' || tenants.slug || '-' || i, 1, {now}, {now} FROM tenants CROSS JOIN n WHERE {tenants}"
        ),
        format!(
            "INSERT INTO commissions (tenant_id, id, recipient_id, amount_fen, available_at, state, created_at) {people} \
             SELECT tenants.id, 'c' || i, 'r' || i, {EARNED_FEN}, {now}, 'available', {now} FROM tenants CROSS JOIN n WHERE {tenants}"
        ),
        format!(
            "INSERT INTO ledger_balances (tenant_id, recipient_id, commission_cost_fen, pending_fen, available_fen, held_fen, \
             paid_fen, direct_cost_fen, direct_held_fen, direct_paid_fen) {people} \
             SELECT tenants.id, 'r' || i, {EARNED_FEN}, 0, {EARNED_FEN}, 0, 0, 0, 0, 0 FROM tenants CROSS JOIN n WHERE {tenants}"
        ),
        format!(
            "INSERT INTO ledger_postings (tenant_id, id, recipient_id, kind, debit_account, credit_account, amount_fen, \
             available_after_fen, source, posted_at) {people} \
             SELECT tenants.id, RANDOM_ID, 'r' || i, 'commission_earned', 'commission_cost', 'available', {EARNED_FEN}, \
             {EARNED_FEN}, 'c' || i, {now} FROM tenants CROSS JOIN n WHERE {tenants}"
        ),
    ];
    for statement in statements {
        // writing into a String cannot fail
        let _written = writeln!(text, "{statement};");
    }
    text
}

/// Runs statements on either database. `RANDOM_ID` stands for sixteen random bytes.
pub(crate) fn execute(url: &DatabaseUrl, statements: &str) -> Res<()> {
    match url {
        DatabaseUrl::Postgres(url) => {
            let statements = statements.replace("RANDOM_ID", "uuid_send(gen_random_uuid())");
            PgConnection::establish(url.expose())?.batch_execute(&statements)?;
        }
        DatabaseUrl::Sqlite(path) => {
            let statements = statements.replace("RANDOM_ID", "randomblob(16)");
            let mut conn = SqliteConnection::establish(&path.to_string_lossy())?;
            conn.batch_execute("PRAGMA busy_timeout = 5000")?;
            conn.batch_execute(&statements)?;
        }
    }
    Ok(())
}

/// Whether the simulator's book, the payouts and the ledger agree; gives what was paid, in fen.
pub(crate) fn prove(rig: &Rig, ground: &Ground) -> Res<i64> {
    let books = ground.database.read_snapshot_blocking(
        "prove the books",
        Scope::AcrossTenants,
        reports::books::prove_all,
    )?;
    let problems: Vec<&String> = books.iter().flat_map(|book| &book.proof.problems).collect();
    if let Some(problem) = problems.first() {
        return Err(format!("the books are wrong: {problem}").into());
    }
    let by_ledger: i64 = books.iter().map(|book| book.proof.paid.fen()).sum();
    let totals = rig
        .simulator
        .gateway()
        .totals(ground.clock.now().as_millis());
    let by_simulator: i64 = totals.iter().map(|merchant| merchant.paid_fen).sum();
    println!("  paid: {by_ledger} fen by the ledger, {by_simulator} fen by the simulator");
    if by_ledger == by_simulator {
        Ok(by_ledger)
    } else {
        Err("the ledger and the simulator do not agree".into())
    }
}

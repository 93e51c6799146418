//! `zhanfu vault rotate`, killed in the middle and run again, beside a server that goes on paying.

use std::fs;
use std::process::Stdio;
use std::sync::Arc;
use std::time::Duration;

use diesel::connection::SimpleConnection as _;
use diesel::{Connection as _, PgConnection};
use zhanfu::basics::clock::SystemClock;
use zhanfu::basics::randomness::OsRandomness;
use zhanfu::basics::{Clock as _, TenantId};
use zhanfu::db::{Scope, sql};
use zhanfu::vault::{Keyring, Place, Vault, VaultFault};

use crate::database::On;
use crate::stage::{Load, PATIENCE, Stage, address, finish, until};

/// Tenants with a secret, beside those who pay.
const TENANTS: i64 = 250;

const UNDER_THE_OLD: &str = "SELECT COUNT(*) AS number FROM data_keys WHERE master_key_id = \
     (SELECT id FROM master_keys ORDER BY first_used_at LIMIT 1)";

const MASTER_KEYS: &str = "SELECT COUNT(*) AS number FROM master_keys";

/// Makes tenants with a sealed secret each.
fn tenants_with_secrets(stage: &Stage) -> Vec<(TenantId, Vec<u8>)> {
    let vault = open_vault(stage);
    let now = SystemClock.now();
    stage
        .database()
        .write_blocking("tenants", Scope::AcrossTenants, |tx| {
            (0..TENANTS)
                .map(|number| {
                    let tenant: TenantId = tx.fresh_id(now);
                    sql("INSERT INTO tenants (id, slug, name, state, created_at) VALUES ($1, $2, 'n', 'active', $3)")
                        .bind(tenant)
                        .bind(format!("quiet-{number}"))
                        .bind(now)
                        .execute(tx)?;
                    Ok::<_, VaultFault>((tenant, vault.seal(tx, &place(tenant), b"secret", now)?))
                })
                .collect()
        })
        .unwrap()
}

fn place(tenant: TenantId) -> Place<'static> {
    Place {
        tenant,
        table: "channel_secrets",
        column: "api_key",
        row: "c",
        version: 1,
    }
}

fn open_vault(stage: &Stage) -> Vault {
    let path = stage.file("master.key");
    Vault::start(
        stage.database(),
        &path,
        Arc::new(OsRandomness),
        SystemClock.now(),
    )
    .unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn killed_in_the_middle_it_goes_on_where_it_was_and_the_server_pays_on() {
    let stage = Stage::on(On::Postgres).await;
    let (first, second) = (stage.shop("tea").await, stage.shop("fruit").await);
    let secrets = tenants_with_secrets(&stage);
    let server = stage.serve("server", &[]).await;
    // the server has opened the first shop's secrets, and not the second's
    Load::of(&[first], &server.base, 5, 1).finish().await;
    stage.until_final(5).await;

    let file = stage.file("master.key");
    let older = fs::read(&file).unwrap();
    fs::remove_file(&file).unwrap();
    Keyring::make_file(&file, &OsRandomness).unwrap();
    let newest = fs::read(&file).unwrap();
    fs::write(&file, [newest.clone(), older].concat()).unwrap();

    // somebody holds a late row, so that the command stands in the middle of its work
    let all = stage.number(UNDER_THE_OLD);
    assert!(all > TENANTS);
    let mut holding = PgConnection::establish(&address(&stage.url)).unwrap();
    holding
        .batch_execute(
            "BEGIN; SELECT 1 FROM data_keys WHERE tenant_id = (SELECT tenant_id FROM data_keys \
             ORDER BY tenant_id OFFSET 120 LIMIT 1) FOR UPDATE",
        )
        .unwrap();
    let mut rotating = stage
        .program(&["vault", "rotate"])
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let left = until("a part is re-sealed", PATIENCE, async || {
        let left = stage.number(
            "SELECT COUNT(*) AS number FROM data_keys WHERE master_key_id <> \
             (SELECT id FROM master_keys ORDER BY first_used_at DESC LIMIT 1)",
        );
        (left < all && stage.number(MASTER_KEYS) == 2).then_some(left)
    })
    .await;
    rotating.kill().unwrap();
    rotating.wait().unwrap();
    holding.batch_execute("ROLLBACK").unwrap();
    assert!(left > 0 && left < all, "{left} of {all} are left");

    let again = stage
        .run(&["vault", "rotate", "--json"])
        .await
        .done()
        .json();
    let expected = serde_json::json!({ "ok": true, "resealed": left, "failed": 0, "retired": 1 });
    assert_eq!(again, expected);
    assert_eq!(stage.number(MASTER_KEYS), 1);
    // the old key may go
    fs::write(&file, newest).unwrap();
    let vault = open_vault(&stage);
    stage
        .database()
        .write_blocking("open all", Scope::AcrossTenants, |tx| {
            for (tenant, sealed) in &secrets {
                let plain = vault.open(tx, &place(*tenant), sealed)?;
                assert_eq!(plain.expose(), b"secret");
            }
            Ok::<_, VaultFault>(())
        })
        .unwrap();
    // the server, which began with the old key, opens what was re-sealed meanwhile
    Load::of(&[second], &server.base, 5, 1).finish().await;
    stage.until_final(10).await;
    let ended = server.terminate(Duration::from_secs(25)).await;
    assert!(ended.success());
    let server = stage.serve("after", &[]).await;
    stage.judge(10).await;
    server.kill();
    // nothing is left to do
    let nothing = finish(stage.program(&["vault", "rotate"]), None)
        .await
        .done();
    assert!(nothing.stdout.starts_with("0 data keys"), "{nothing:?}");
    stage.strike();
}

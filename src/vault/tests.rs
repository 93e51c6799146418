//! The rules of the vault.

use std::fs;
use std::os::unix::fs::PermissionsExt as _;
use std::path::PathBuf;

use super::*;
use crate::basics::Id as _;
use crate::basics::randomness::OsRandomness;
use crate::db::scratch::{self, NOON};
use crate::db::{Database, Scope, sql};

struct House {
    database: Database,
    key_file: PathBuf,
}

fn house() -> House {
    let database = scratch::migrated();
    House {
        database,
        key_file: scratch::directory().join("master.key"),
    }
}

impl House {
    fn start(&self) -> Result<Vault, StartFault> {
        Vault::start(&self.database, &self.key_file, Arc::new(OsRandomness), NOON)
    }

    fn tenant(&self, slug: &str) -> TenantId {
        self.database.tenant(slug)
    }

    fn in_tx<T>(&self, body: impl Fn(&mut Tx<'_>) -> Result<T, VaultFault>) -> T {
        self.database
            .write_blocking("test", Scope::AcrossTenants, body)
            .unwrap()
    }

    fn seal(&self, vault: &Vault, place: Place<'_>, plain: &[u8]) -> Vec<u8> {
        self.in_tx(|tx| vault.seal(tx, &place, plain, NOON))
    }

    fn opens(&self, vault: &Vault, place: Place<'_>, sealed: &[u8]) -> Option<Vec<u8>> {
        self.in_tx(|tx| match vault.open(tx, &place, sealed) {
            Ok(plain) => Ok(Some(plain.expose().clone())),
            Err(VaultFault::Damaged { .. }) => Ok(None),
            Err(fault) => Err(fault),
        })
    }
}

fn place(tenant: TenantId) -> Place<'static> {
    Place {
        tenant,
        table: "channel_secrets",
        column: "api_key",
        row: "c1",
        version: 3,
    }
}

#[test]
fn what_was_sealed_opens_at_its_place_and_after_a_restart() {
    let house = house();
    let vault = house.start().unwrap();
    let here = place(house.tenant("a"));
    let sealed = house.seal(&vault, here, b"secret");
    assert_eq!(
        house.opens(&vault, here, &sealed).as_deref(),
        Some(&b"secret"[..])
    );
    let again = house.start().unwrap();
    assert_eq!(
        house.opens(&again, here, &sealed).as_deref(),
        Some(&b"secret"[..])
    );
    assert!(!sealed.windows(6).any(|w| w == b"secret"));
}

#[test]
fn a_secret_moved_to_any_other_place_does_not_open() {
    let house = house();
    let vault = house.start().unwrap();
    let (a, b) = (house.tenant("a"), house.tenant("b"));
    let here = place(a);
    let sealed = house.seal(&vault, here, b"secret");
    house.seal(&vault, place(b), b"so that b has a data key");
    for elsewhere in [
        Place { tenant: b, ..here },
        Place {
            table: "certificates",
            ..here
        },
        Place {
            column: "app_secret",
            ..here
        },
        Place { row: "c2", ..here },
        Place { version: 4, ..here },
    ] {
        assert_eq!(
            house.opens(&vault, elsewhere, &sealed),
            None,
            "{elsewhere:?}"
        );
    }
}

#[test]
fn a_secret_with_any_byte_changed_cut_or_added_does_not_open() {
    let house = house();
    let vault = house.start().unwrap();
    let here = place(house.tenant("a"));
    let sealed = house.seal(&vault, here, b"secret");
    for index in 0..sealed.len() {
        let mut changed = sealed.clone();
        changed[index] ^= 1;
        assert_eq!(
            house.opens(&vault, here, &changed),
            None,
            "byte {index} flipped"
        );
        assert_eq!(
            house.opens(&vault, here, &sealed[..index]),
            None,
            "cut to {index}"
        );
    }
    assert_eq!(
        house.opens(&vault, here, &[&sealed[..], &[0]].concat()),
        None
    );
}

#[test]
fn the_same_text_seals_differently_each_time() {
    let house = house();
    let vault = house.start().unwrap();
    let here = place(house.tenant("a"));
    assert_ne!(
        house.seal(&vault, here, b"x"),
        house.seal(&vault, here, b"x")
    );
}

#[test]
fn the_master_key_file_is_made_once_with_mode_0600() {
    let house = house();
    house.start().unwrap();
    let made = fs::read(&house.key_file).unwrap();
    assert_eq!(
        fs::metadata(&house.key_file).unwrap().permissions().mode() & 0o777,
        0o600
    );
    house.start().unwrap();
    assert_eq!(fs::read(&house.key_file).unwrap(), made);
}

#[test]
fn a_readable_wrong_or_missing_master_key_stops_the_start_and_changes_nothing() {
    let house = house();
    house.start().unwrap();
    let right = fs::read(&house.key_file).unwrap();

    fs::set_permissions(&house.key_file, fs::Permissions::from_mode(0o644)).unwrap();
    assert!(matches!(
        house.start(),
        Err(StartFault::File(KeyFileFault::TooOpen { .. }))
    ));
    assert_eq!(fs::read(&house.key_file).unwrap(), right);

    fs::remove_file(&house.key_file).unwrap();
    assert!(matches!(house.start(), Err(StartFault::Lost(_))));
    assert!(!house.key_file.exists());

    Keyring::make_file(&house.key_file, &OsRandomness).unwrap();
    let wrong = fs::read(&house.key_file).unwrap();
    assert!(matches!(house.start(), Err(StartFault::Wrong(_))));
    assert_eq!(fs::read(&house.key_file).unwrap(), wrong);

    // the new key above the old one is how a rotation begins
    fs::write(&house.key_file, [wrong, right].concat()).unwrap();
    assert!(house.start().is_ok());
}

#[test]
fn keys_that_nobody_made_at_random_are_refused() {
    let house = house();
    for weak in [
        "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=",
        "MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE=",
        "c2hvcnQ=",
        "not base64",
    ] {
        fs::create_dir_all(house.key_file.parent().unwrap()).unwrap();
        fs::write(&house.key_file, weak).unwrap();
        fs::set_permissions(&house.key_file, fs::Permissions::from_mode(0o600)).unwrap();
        let fault = house.start().err().expect("refused");
        assert!(matches!(fault, StartFault::File(_)), "{weak}: {fault}");
        assert!(!fault.to_string().contains(weak), "a fault shows the key");
    }
}

#[test]
fn ids_of_tenants_take_part_in_the_wrapping() {
    let house = house();
    let vault = house.start().unwrap();
    let (a, b) = (house.tenant("a"), house.tenant("b"));
    let sealed = house.seal(&vault, place(a), b"secret");
    // b gets a's wrapped data key: it must not open for b
    house.in_tx(|tx| {
        sql(
            "INSERT INTO data_keys SELECT $1, version, master_key_id, wrapped, created_at \
             FROM data_keys WHERE tenant_id = $2",
        )
        .bind(b)
        .bind(a)
        .execute(tx)?;
        Ok(())
    });
    let fresh = house.start().unwrap();
    let opened = house
        .database
        .write_blocking("test", Scope::AcrossTenants, |tx| {
            fresh.open(tx, &place(b), &sealed)
        });
    assert!(matches!(opened, Err(VaultFault::NoDataKey)));
    assert_ne!(a.as_uuid(), b.as_uuid());
}

/// Puts a new master key above those that are there.
fn add_master_key(house: &House) {
    let older = fs::read(&house.key_file).unwrap();
    fs::remove_file(&house.key_file).unwrap();
    Keyring::make_file(&house.key_file, &OsRandomness).unwrap();
    let newest = fs::read(&house.key_file).unwrap();
    fs::write(&house.key_file, [newest, older].concat()).unwrap();
}

/// Takes all lines but the first out of the file.
fn keep_newest_master_key(house: &House) {
    let text = fs::read_to_string(&house.key_file).unwrap();
    fs::write(&house.key_file, text.lines().next().unwrap()).unwrap();
}

fn reseal_all(house: &House, vault: &Vault, batch: i64) -> Resealed {
    let mut all = Resealed::default();
    loop {
        let after = all.last;
        let some = house.in_tx(|tx| vault.reseal_some(tx, after, batch));
        all.done += some.done;
        all.failed += some.failed;
        all.last = some.last;
        if some.last.is_none() {
            return all;
        }
    }
}

#[test]
fn rotation_reseals_everything_and_old_master_keys_may_go() {
    let house = house();
    let vault = house.start().unwrap();
    let places: Vec<Place<'_>> = (0..7)
        .map(|number| place(house.tenant(&format!("t{number}"))))
        .collect();
    let sealed: Vec<Vec<u8>> = places
        .iter()
        .map(|place| house.seal(&vault, *place, b"secret"))
        .collect();
    add_master_key(&house);
    let rotating = house.start().unwrap();
    let all = reseal_all(&house, &rotating, 3);
    assert_eq!((all.done, all.failed), (7, 0));
    assert_eq!(reseal_all(&house, &rotating, 3).done, 0, "once is enough");
    assert_eq!(house.in_tx(|tx| Ok(rotating.retire_master_keys(tx)?)), 1);
    keep_newest_master_key(&house);
    let after = house.start().unwrap();
    for (place, sealed) in places.iter().zip(&sealed) {
        assert_eq!(
            house.opens(&after, *place, sealed).as_deref(),
            Some(&b"secret"[..])
        );
    }
}

#[test]
fn a_vault_that_was_open_before_a_rotation_goes_on() {
    let house = house();
    let (a, b, c) = (house.tenant("a"), house.tenant("b"), house.tenant("c"));
    let vault = house.start().unwrap();
    let of_a = house.seal(&vault, place(a), b"a's");
    // another process, which has not opened a's data key yet
    let elsewhere = house.start().unwrap();
    let of_b = house.seal(&elsewhere, place(b), b"b's");
    add_master_key(&house);
    let rotating = house.start().unwrap();
    reseal_all(&house, &rotating, 50);
    house.in_tx(|tx| Ok(rotating.retire_master_keys(tx)?));
    keep_newest_master_key(&house);
    assert_eq!(
        house.opens(&elsewhere, place(a), &of_a).as_deref(),
        Some(&b"a's"[..])
    );
    assert_eq!(
        house.opens(&vault, place(b), &of_b).as_deref(),
        Some(&b"b's"[..])
    );
    // a first secret is sealed under the master key of today
    let third = house.start().unwrap();
    let of_c = house.seal(&elsewhere, place(c), b"c's");
    assert_eq!(
        house.opens(&third, place(c), &of_c).as_deref(),
        Some(&b"c's"[..])
    );
}

#[test]
fn a_data_key_that_does_not_open_is_left_as_it_is_and_counted() {
    let house = house();
    let vault = house.start().unwrap();
    let (a, b) = (house.tenant("a"), house.tenant("b"));
    house.seal(&vault, place(a), b"a's");
    house.seal(&vault, place(b), b"b's");
    house.in_tx(|tx| {
        sql("UPDATE data_keys SET wrapped = $1 WHERE tenant_id = $2")
            .bind(vec![0_u8; 60])
            .bind(a)
            .execute(tx)?;
        Ok(())
    });
    add_master_key(&house);
    let rotating = house.start().unwrap();
    let all = reseal_all(&house, &rotating, 50);
    assert_eq!((all.done, all.failed), (1, 1));
    // its master key is still named, so that nobody lets go of it
    assert_eq!(house.in_tx(|tx| Ok(rotating.retire_master_keys(tx)?)), 0);
}

//! The rules of second factors.

use std::time::Duration;

use totp_rs::{Algorithm, Builder};

use super::*;
use crate::audit::By;
use crate::basics::randomness::OsRandomness;
use crate::basics::{EmailAddress, PersonId, Timestamp};
use crate::db::Tx;
use crate::db::scratch::{self, NOON};
use crate::people::{Password, Role, add_member, find_candidate};
use crate::vault::Vault;

fn vault(database: &crate::db::Database) -> Vault {
    let path = scratch::directory().join("master.key");
    std::fs::create_dir_all(path.parent().unwrap()).unwrap();
    Vault::start(database, &path, std::sync::Arc::new(OsRandomness), NOON).unwrap()
}

fn person(tx: &mut Tx<'_>, tenant: crate::basics::TenantId, email: &str) -> PersonId {
    let email = EmailAddress::parse(email).unwrap();
    let hash = Password::chosen("correct horse battery", &[])
        .unwrap()
        .hash(&OsRandomness);
    let by = By::COMMAND_LINE;
    add_member(tx, tenant, &email, &hash, Role::Owner, &by, NOON).unwrap();
    find_candidate(tx, &email, None).unwrap().unwrap().person
}

/// What a phone would show.
fn code(seed: &Seed, at: Timestamp) -> TypedCode {
    let totp = Builder::new()
        .with_algorithm(Algorithm::SHA1)
        .with_secret(<[u8; 20]>::try_from(seed.expose()).unwrap())
        .build()
        .unwrap();
    let seconds = u64::try_from(at.as_millis()).unwrap() / 1000;
    TypedCode::parse(&totp.generate(seconds).to_string()).unwrap()
}

#[test]
fn a_second_factor_counts_from_its_first_code_and_each_code_once() {
    let database = scratch::migrated();
    let (tenant, vault) = (database.tenant("tea"), vault(&database));
    database.in_tx(|tx| {
        let lin = person(tx, tenant, "lin@example.com");
        begin(tx, &vault, lin, &OsRandomness, NOON).unwrap();
        assert_eq!(standing(tx, lin).unwrap(), Standing::Begun);
        assert!(!has_one(tx, lin).unwrap());
        let seed = pending_seed(tx, &vault, lin).unwrap().unwrap();
        let first = code(&seed, NOON);
        assert_eq!(check(tx, &vault, lin, &first, NOON).unwrap(), Checked::Off);
        let by = By::COMMAND_LINE;
        let codes = confirm_seed(tx, &vault, lin, &first, &OsRandomness, &by, NOON).unwrap();
        assert_eq!(codes.len(), RECOVERY_CODES);
        assert_eq!(
            check(tx, &vault, lin, &first, NOON).unwrap(),
            Checked::Wrong,
            "the code that confirmed is used up"
        );
        let later = NOON.plus(Duration::from_secs(30));
        let second = code(&seed, later);
        assert_eq!(
            check(tx, &vault, lin, &second, later).unwrap(),
            Checked::OfTheMoment
        );
        assert_eq!(
            check(tx, &vault, lin, &second, later).unwrap(),
            Checked::Wrong
        );
        let recovery = TypedCode::parse(codes[3].text().expose()).unwrap();
        assert_eq!(
            check(tx, &vault, lin, &recovery, later).unwrap(),
            Checked::Recovery { left: 9 }
        );
        assert_eq!(
            check(tx, &vault, lin, &recovery, later).unwrap(),
            Checked::Wrong
        );
        assert!(matches!(
            begin(tx, &vault, lin, &OsRandomness, later),
            Err(BeginError::AlreadyOn)
        ));
        let renewed = renew_codes(tx, lin, &OsRandomness, &by, later).unwrap();
        let old = TypedCode::parse(codes[4].text().expose()).unwrap();
        assert_eq!(check(tx, &vault, lin, &old, later).unwrap(), Checked::Wrong);
        let new = TypedCode::parse(renewed[0].text().expose()).unwrap();
        assert!(check(tx, &vault, lin, &new, later).unwrap().is_right());
        turn_off(tx, lin, &by, later).unwrap();
        assert_eq!(standing(tx, lin).unwrap(), Standing::Off);
    });
}

#[test]
fn a_seed_opens_for_its_person_only() {
    let database = scratch::migrated();
    let (tenant, vault) = (database.tenant("tea"), vault(&database));
    database.in_tx(|tx| {
        let lin = person(tx, tenant, "lin@example.com");
        let wang = person(tx, tenant, "wang@example.com");
        begin(tx, &vault, lin, &OsRandomness, NOON).unwrap();
        begin(tx, &vault, wang, &OsRandomness, NOON).unwrap();
        crate::db::sql(
            "UPDATE second_factors SET sealed_seed = (SELECT sealed_seed FROM second_factors WHERE person_id = $1), \
             version = (SELECT version FROM second_factors WHERE person_id = $1) WHERE person_id = $2",
        )
        .bind(lin)
        .bind(wang)
        .execute(tx)
        .unwrap();
        assert!(pending_seed(tx, &vault, lin).is_ok());
        assert!(pending_seed(tx, &vault, wang).is_err());
    });
}

#[test]
fn a_seed_that_waited_too_long_is_handed_out_anew() {
    let database = scratch::migrated();
    let (tenant, vault) = (database.tenant("tea"), vault(&database));
    database.in_tx(|tx| {
        let lin = person(tx, tenant, "lin@example.com");
        begin(tx, &vault, lin, &OsRandomness, NOON).unwrap();
        let seed = pending_seed(tx, &vault, lin).unwrap().unwrap();
        let later = NOON.plus(Duration::from_mins(30));
        let typed = code(&seed, later);
        let by = By::COMMAND_LINE;
        let late = confirm_seed(tx, &vault, lin, &typed, &OsRandomness, &by, later);
        assert!(matches!(late, Err(ConfirmError::NotBegun)));
        begin(tx, &vault, lin, &OsRandomness, later).unwrap();
        let again = confirm_seed(tx, &vault, lin, &typed, &OsRandomness, &by, later);
        assert!(matches!(again, Err(ConfirmError::WrongCode)));
    });
}

//! The rules of passwords and sessions.

use super::*;
use crate::audit::By;
use crate::basics::randomness::OsRandomness;
use crate::basics::{EmailAddress, TenantId, TenantSlug, Timestamp};
use crate::db::Tx;
use crate::db::scratch::{self, NOON};
use crate::tenants::{self, NewTenant, TenantName};

fn shop(tx: &mut Tx<'_>, slug: &str) -> TenantId {
    let new = NewTenant {
        slug: TenantSlug::parse(slug).unwrap(),
        name: TenantName::parse(slug).unwrap(),
    };
    tenants::create(tx, &new, &By::COMMAND_LINE, NOON).unwrap()
}

fn lin() -> EmailAddress {
    EmailAddress::parse("lin@example.com").unwrap()
}

#[test]
fn a_password_matches_its_own_hash_only() {
    let hash = Password::chosen("correct horse", &[])
        .unwrap()
        .hash(&OsRandomness);
    assert!(Password::typed("correct horse").unwrap().matches(&hash));
    assert!(!Password::typed("correct horsf").unwrap().matches(&hash));
    assert!(
        !Password::typed("correct horse")
            .unwrap()
            .matches(&unknown_person_hash())
    );
}

#[test]
fn every_byte_of_a_long_password_counts() {
    let long = "abcd".repeat(50);
    let hash = Password::chosen(&long, &[]).unwrap().hash(&OsRandomness);
    assert!(
        !Password::typed(&long.replace("dabcd", "dabcx"))
            .unwrap()
            .matches(&hash)
    );
}

#[test]
fn short_long_and_common_passwords_are_refused() {
    assert_eq!(
        Password::chosen("seven77", &[]).unwrap_err(),
        PasswordFault::TooShort
    );
    assert_eq!(
        Password::chosen("Password1", &[]).unwrap_err(),
        PasswordFault::TooCommon
    );
    for text in ["88888888", "11112222", "WoAiNi1314", "qq123456", "1qaz2wsx"] {
        assert_eq!(
            Password::chosen(text, &[]).unwrap_err(),
            PasswordFault::TooCommon,
            "{text}"
        );
    }
    assert_eq!(
        Password::typed(&"x".repeat(257)).unwrap_err(),
        PasswordFault::TooLong
    );
}

#[test]
fn what_everybody_knows_is_no_password() {
    let known = [
        "lin.xiaoming@example.com",
        "Spring Tea House",
        "1900000109",
        "",
    ];
    for text in [
        "Lin.Xiaoming@example.com",
        "lin.xiaoming",
        "spring tea house",
        "1900000109",
    ] {
        assert_eq!(
            Password::chosen(text, &known).unwrap_err(),
            PasswordFault::Known,
            "{text}"
        );
    }
    assert!(Password::chosen("spring tea house 7", &known).is_ok());
}

#[test]
fn one_person_may_own_several_shops_and_keeps_the_first_password() {
    let database = scratch::migrated();
    database.in_tx(|tx| {
        let (tea, fruit) = (shop(tx, "tea"), shop(tx, "fruit"));
        let first = Password::chosen("the first one", &[])
            .unwrap()
            .hash(&OsRandomness);
        let second = Password::chosen("the second one", &[])
            .unwrap()
            .hash(&OsRandomness);
        add_member(
            tx,
            tea,
            &lin(),
            &first,
            Role::Owner,
            &By::COMMAND_LINE,
            NOON,
        )
        .unwrap();
        add_member(
            tx,
            fruit,
            &lin(),
            &second,
            Role::Finance,
            &By::COMMAND_LINE,
            NOON,
        )
        .unwrap();
        let again = add_member(
            tx,
            tea,
            &lin(),
            &first,
            Role::Viewer,
            &By::COMMAND_LINE,
            NOON,
        );
        assert!(matches!(again, Err(AddMemberError::Already(_))));

        let candidate = find_candidate(tx, &lin(), None).unwrap().unwrap();
        assert_eq!(candidate.memberships.len(), 2);
        assert!(
            Password::typed("the first one")
                .unwrap()
                .matches(&candidate.hash)
        );
    });
}

#[test]
fn a_session_ends_when_idle_when_old_and_when_signed_out() {
    let database = scratch::migrated();
    let (tenant, token) = database.in_tx(|tx| {
        let tenant = shop(tx, "tea");
        let hash = Password::chosen("correct horse", &[])
            .unwrap()
            .hash(&OsRandomness);
        add_member(
            tx,
            tenant,
            &lin(),
            &hash,
            Role::Owner,
            &By::COMMAND_LINE,
            NOON,
        )
        .unwrap();
        let person = find_candidate(tx, &lin(), None).unwrap().unwrap().person;
        let client = Client::default();
        (
            tenant,
            sign_in(
                tx,
                tenant,
                person,
                Proved::Password,
                (&client, None),
                &OsRandomness,
                None,
                NOON,
            )
            .unwrap()
            .session,
        )
    });
    let found = |at: Timestamp| {
        database.in_tx(|tx| {
            find_session(tx, &token, at)
                .unwrap()
                .map(|(who, seen)| (who.tenant, seen))
        })
    };
    let second = std::time::Duration::from_secs(1);
    assert_eq!(found(NOON), Some((tenant, SeenAgain::Lately)));
    let just_in_time = NOON.plus(SESSION_IDLE).minus(second);
    assert_eq!(found(just_in_time), Some((tenant, SeenAgain::Write)));
    assert_eq!(found(NOON.plus(SESSION_IDLE)), None);

    let mut at = NOON;
    while at < NOON.plus(SESSION_ABSOLUTE) {
        database.in_tx(|tx| touch_session(tx, &token, at).unwrap());
        at = at.plus(SESSION_IDLE).minus(second);
    }
    database.in_tx(|tx| {
        touch_session(tx, &token, NOON.plus(SESSION_ABSOLUTE)).unwrap();
    });
    assert_eq!(found(NOON.plus(SESSION_ABSOLUTE)), None);

    database.in_tx(|tx| {
        touch_session(tx, &token, NOON).unwrap();
        let (who, _) = find_session(tx, &token, NOON).unwrap().unwrap();
        end_session(tx, &token, &who, None, NOON).unwrap();
    });
    assert_eq!(found(NOON), None);
}

#[test]
fn a_token_is_not_kept_and_not_guessed() {
    assert!(SessionToken::parse("short").is_none());
    assert!(SessionToken::parse(&"!".repeat(43)).is_none());
    let token = SessionToken::fresh(&OsRandomness);
    assert_eq!(
        SessionToken::parse(token.expose()).unwrap().hash(),
        token.hash()
    );
    assert!(!format!("{token:?}").contains(token.expose()));
}

//! The rules of invitations.

use std::time::Duration;

use super::*;
use crate::audit::By;
use crate::basics::randomness::OsRandomness;
use crate::basics::{EmailAddress, Id as _, PersonId};
use crate::db::Tx;
use crate::db::scratch::{self, NOON};
use crate::people::password::PasswordHash;
use crate::people::{Password, find_candidate};

fn hash(text: &str) -> PasswordHash {
    Password::chosen(text, &[]).unwrap().hash(&OsRandomness)
}

fn lin() -> EmailAddress {
    EmailAddress::parse("lin@example.com").unwrap()
}

fn invited(tx: &mut Tx<'_>, tenant: TenantId) -> InvitationToken {
    let by = By::COMMAND_LINE;
    invite(tx, tenant, &lin(), Role::Staff, &OsRandomness, &by, NOON).unwrap()
}

#[test]
fn an_invitation_makes_a_member_once() {
    let database = scratch::migrated();
    let (tea, rice) = (database.tenant("tea"), database.tenant("rice"));
    database.in_tx(|tx| {
        let token = invited(tx, tea);
        let seen = find_invitation(tx, &token, NOON).unwrap().unwrap();
        assert!(!seen.is_known);
        let joins = Joins::New(hash("my own password"));
        let accepted = accept(tx, &token, &joins, None, NOON).unwrap();
        assert_eq!(accepted.tenant, tea);
        let again = accept(tx, &token, &joins, None, NOON);
        assert!(matches!(again, Err(AcceptError::NotOpen)));
        let lin = find_candidate(tx, &lin(), None).unwrap().unwrap();
        assert_eq!(lin.memberships.len(), 1);
        assert_eq!(lin.memberships[0].role, Role::Staff);

        // the second shop: the person keeps the password that they have
        let token = invited(tx, rice);
        assert!(find_invitation(tx, &token, NOON).unwrap().unwrap().is_known);
        let stolen = accept(
            tx,
            &token,
            &Joins::New(hash("another password")),
            None,
            NOON,
        );
        assert!(matches!(stolen, Err(AcceptError::Changed)));
    });
    database.in_tx(|tx| {
        let token = invited(tx, rice);
        let stranger = Joins::Known(PersonId::from_uuid(uuid::Uuid::nil()));
        let refused = accept(tx, &token, &stranger, None, NOON);
        assert!(matches!(refused, Err(AcceptError::Changed)));
    });
    database.in_tx(|tx| {
        let token = invited(tx, rice);
        let person = find_candidate(tx, &lin(), None).unwrap().unwrap().person;
        accept(tx, &token, &Joins::Known(person), None, NOON).unwrap();
        let by = By::COMMAND_LINE;
        let member = invite(tx, rice, &lin(), Role::Owner, &OsRandomness, &by, NOON);
        assert!(matches!(member, Err(InviteError::Already(_))));
    });
}

#[test]
fn an_invitation_ends_by_time_by_hand_and_by_its_successor() {
    let database = scratch::migrated();
    let (tea, rice) = (database.tenant("tea"), database.tenant("rice"));
    let by = By::COMMAND_LINE;
    database.in_tx(|tx| {
        let first = invited(tx, tea);
        let second = invited(tx, tea);
        assert!(find_invitation(tx, &first, NOON).unwrap().is_none());
        let last_moment = NOON.plus(INVITATION_LASTS).minus(Duration::from_millis(1));
        assert!(find_invitation(tx, &second, last_moment).unwrap().is_some());
        let over = NOON.plus(INVITATION_LASTS);
        assert!(find_invitation(tx, &second, over).unwrap().is_none());
        let open = list_invitations(tx, tea, NOON).unwrap();
        assert_eq!(open.len(), 1);
        assert!(!withdraw(tx, rice, open[0].id, &by, NOON).unwrap());
        assert!(withdraw(tx, tea, open[0].id, &by, NOON).unwrap());
        assert!(!withdraw(tx, tea, open[0].id, &by, NOON).unwrap());
        assert!(find_invitation(tx, &second, NOON).unwrap().is_none());
        let refused = accept(
            tx,
            &second,
            &Joins::New(hash("my own password")),
            None,
            NOON,
        );
        assert!(matches!(refused, Err(AcceptError::NotOpen)));
    });
}

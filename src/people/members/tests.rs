//! The rules of members.

use super::*;
use crate::audit::By;
use crate::basics::randomness::OsRandomness;
use crate::basics::{Done, EmailAddress, Id as _, PersonId};
use crate::db::scratch::{self, NOON};
use crate::people::{Password, add_member};

fn member(tx: &mut Tx<'_>, tenant: TenantId, email: &str, role: Role) -> MemberId {
    let email = EmailAddress::parse(email).unwrap();
    let hash = Password::chosen("correct horse battery", &[])
        .unwrap()
        .hash(&OsRandomness);
    add_member(tx, tenant, &email, &hash, role, &By::COMMAND_LINE, NOON).unwrap()
}

#[test]
fn the_last_owner_stays_an_owner() {
    let database = scratch::migrated();
    let tenant = database.tenant("tea");
    let by = By::COMMAND_LINE;
    database.in_tx(|tx| {
        let lin = member(tx, tenant, "lin@example.com", Role::Owner);
        let wang = member(tx, tenant, "wang@example.com", Role::Staff);
        for role in [Role::Finance, Role::Staff, Role::Viewer] {
            let refused = change_role(tx, tenant, lin, role, &by, NOON);
            assert!(matches!(refused, Err(MemberError::LastOwner)));
        }
        let refused = disable(tx, tenant, lin, &by, NOON);
        assert!(matches!(refused, Err(MemberError::LastOwner)));
        change_role(tx, tenant, wang, Role::Owner, &by, NOON).unwrap();
        assert_eq!(disable(tx, tenant, lin, &by, NOON).unwrap(), Done::Now(()));
        // a disabled owner does not count
        let refused = change_role(tx, tenant, wang, Role::Staff, &by, NOON);
        assert!(matches!(refused, Err(MemberError::LastOwner)));
        assert_eq!(enable(tx, tenant, lin, &by, NOON).unwrap(), Done::Now(()));
        assert_eq!(
            change_role(tx, tenant, wang, Role::Staff, &by, NOON).unwrap(),
            Done::Now(())
        );
        assert_eq!(
            change_role(tx, tenant, wang, Role::Staff, &by, NOON).unwrap(),
            Done::Already(())
        );
    });
}

#[test]
fn another_tenants_member_is_not_there() {
    let database = scratch::migrated();
    let (tea, rice) = (database.tenant("tea"), database.tenant("rice"));
    let by = By::COMMAND_LINE;
    database.in_tx(|tx| {
        let lin = member(tx, tea, "lin@example.com", Role::Owner);
        member(tx, rice, "wang@example.com", Role::Owner);
        let not_found = |result: Result<Done<()>, MemberError>| {
            assert!(matches!(result, Err(MemberError::NotFound)));
        };
        not_found(change_role(tx, rice, lin, Role::Viewer, &by, NOON));
        not_found(disable(tx, rice, lin, &by, NOON));
        not_found(enable(tx, rice, lin, &by, NOON));
        let ended = end_sessions(tx, rice, lin, &by, NOON);
        assert!(matches!(ended, Err(MemberError::NotFound)));
        assert_eq!(list(tx, rice, NOON).unwrap().len(), 1);
    });
}

#[test]
fn nobody_disables_themselves() {
    let database = scratch::migrated();
    let tenant = database.tenant("tea");
    database.in_tx(|tx| {
        let lin = member(tx, tenant, "lin@example.com", Role::Owner);
        member(tx, tenant, "wang@example.com", Role::Owner);
        let person = find(tx, tenant, lin, NOON).unwrap().unwrap().person;
        let by = By {
            actor: crate::audit::Actor::Member {
                person,
                member: lin,
            },
            ..By::COMMAND_LINE
        };
        let refused = disable(tx, tenant, lin, &by, NOON);
        assert!(matches!(refused, Err(MemberError::Oneself)));
        let stranger = PersonId::from_uuid(uuid::Uuid::nil());
        assert!(
            names(tx, tenant)
                .unwrap()
                .iter()
                .all(|(id, _)| *id != stranger)
        );
    });
}

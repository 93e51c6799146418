//! Accepting an invitation.

use serde_json::json;

use super::{InvitationToken, across_tenants, store};
use crate::audit::{self, Actor, By, Event, EventKind, Object};
use crate::basics::{MemberId, PersonId, TenantId, Timestamp};
use crate::db::{DbFault, Tx};
use crate::people::across_tenants as persons;
use crate::people::password::PasswordHash;

/// Who accepts.
#[derive(Clone, Debug)]
pub enum Joins {
    /// Somebody new, with the password that they chose.
    New(PasswordHash),
    /// A known person, whose password was checked.
    Known(PersonId),
}

/// Why it is not accepted.
#[derive(Debug, thiserror::Error)]
pub enum AcceptError {
    /// It is used, withdrawn, too old, or never was.
    #[error("the invitation is no longer good; ask for a new one")]
    NotOpen,
    /// Meanwhile the address is a known person's, or the other way round.
    #[error("the invitation was opened as somebody else")]
    Changed,
    /// The database failed.
    #[error("the database failed")]
    Db(#[from] DbFault),
}

/// Somebody who has become a member.
#[derive(Clone, Copy, Debug)]
pub struct Accepted {
    /// Of which tenant.
    pub tenant: TenantId,
    /// Which person.
    pub person: PersonId,
}

/// Makes the invited a member. The link is used up.
pub fn accept(
    tx: &mut Tx<'_>,
    token: &InvitationToken,
    joins: &Joins,
    request: Option<String>,
    now: Timestamp,
) -> Result<Accepted, AcceptError> {
    let invitation = across_tenants::find(tx, token, now)?.ok_or(AcceptError::NotOpen)?;
    let tenant = invitation.tenant;
    if !store::use_up(tx, tenant, invitation.id, now)? {
        return Err(AcceptError::NotOpen);
    }
    let known = persons::find_person(tx, &invitation.email)?.map(|(person, _)| person);
    let person = match (joins, known) {
        (Joins::Known(person), Some(known)) if *person == known => known,
        (Joins::New(hash), None) => {
            let fresh: PersonId = tx.fresh_id(now);
            let person = persons::find_or_insert_person(tx, fresh, &invitation.email, hash, now)?;
            // somebody else made the person in between, or disabled it: it has another password than this one
            if person != fresh {
                return Err(AcceptError::Changed);
            }
            person
        }
        (Joins::Known(_), _) | (Joins::New(_), Some(_)) => return Err(AcceptError::Changed),
    };
    let member: MemberId = tx.fresh_id(now);
    if !persons::insert_member(tx, tenant, member, person, invitation.role, now)? {
        return Err(AcceptError::NotOpen);
    }
    let event = Event {
        kind: EventKind::MemberAdded,
        object: Object::Member(member),
        details: json!({
            "email": invitation.email,
            "role": invitation.role.as_str(),
            "by_invitation": true,
        }),
    };
    let by = By {
        actor: Actor::Member { person, member },
        name: invitation.email.to_string(),
        request,
    };
    audit::record(tx, tenant, event, &by, now)?;
    Ok(Accepted { tenant, person })
}

//! Making somebody a member of a tenant.

use serde_json::json;

use super::across_tenants;
use super::model::Role;
use super::password::PasswordHash;
use crate::audit::{self, By, Event, EventKind, Object};
use crate::basics::{EmailAddress, MemberId, PersonId, TenantId, Timestamp};
use crate::db::{DbFault, Tx};

/// Why somebody does not become a member.
#[derive(Debug, thiserror::Error)]
pub enum AddMemberError {
    /// The person is a member of this tenant already.
    #[error("{0} is a member of this tenant already")]
    Already(EmailAddress),
    /// The database failed.
    #[error("the database failed")]
    Db(#[from] DbFault),
}

/// Makes the person of this address a member. A person who is known (as the owner of another shop, say) keeps the
/// password they have: `hash` is for somebody new.
pub fn add_member(
    tx: &mut Tx<'_>,
    tenant: TenantId,
    email: &EmailAddress,
    hash: &PasswordHash,
    role: Role,
    by: &By,
    now: Timestamp,
) -> Result<MemberId, AddMemberError> {
    let fresh: PersonId = tx.fresh_id(now);
    let person = across_tenants::find_or_insert_person(tx, fresh, email, hash, now)?;
    let member: MemberId = tx.fresh_id(now);
    if !across_tenants::insert_member(tx, tenant, member, person, role, now)? {
        return Err(AddMemberError::Already(email.clone()));
    }
    let event = Event {
        kind: EventKind::MemberAdded,
        object: Object::Member(member),
        details: json!({ "email": email, "role": role.as_str(), "person": person }),
    };
    audit::record(tx, tenant, event, by, now)?;
    Ok(member)
}

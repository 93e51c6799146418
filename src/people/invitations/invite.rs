//! Inviting somebody.

use serde_json::json;

use super::{INVITATION_LASTS, InvitationToken, store};
use crate::audit::{self, By, Event, EventKind, Object};
use crate::basics::{EmailAddress, InvitationId, Randomness, TenantId, Timestamp};
use crate::db::{DbFault, Tx};
use crate::people::members::{self, MOST_MEMBERS};
use crate::people::model::Role;

/// Why nobody is invited.
#[derive(Debug, thiserror::Error)]
pub enum InviteError {
    /// The person is a member already, perhaps a disabled one.
    #[error("{0} is a member of this tenant already")]
    Already(EmailAddress),
    /// The tenant is full.
    #[error("a tenant has at most {MOST_MEMBERS} members and open invitations")]
    Full,
    /// The database failed.
    #[error("the database failed")]
    Db(#[from] DbFault),
}

/// Invites somebody and gives the token for the link, for the only time. An open invitation of the same address is void from then
/// on.
pub fn invite(
    tx: &mut Tx<'_>,
    tenant: TenantId,
    email: &EmailAddress,
    role: Role,
    random: &dyn Randomness,
    by: &By,
    now: Timestamp,
) -> Result<InvitationToken, InviteError> {
    members::lock(tx, tenant)?;
    if store::is_member(tx, tenant, email)? {
        return Err(InviteError::Already(email.clone()));
    }
    store::withdraw_of(tx, tenant, email, now)?;
    let places = members::count(tx, tenant)?.saturating_add(store::count_open(tx, tenant, now)?);
    if places >= MOST_MEMBERS {
        return Err(InviteError::Full);
    }
    let token = InvitationToken::fresh(random);
    let id: InvitationId = tx.fresh_id(now);
    let until = now.plus(INVITATION_LASTS);
    store::insert(tx, tenant, id, &token, email, role, by, (now, until))?;
    let event = Event {
        kind: EventKind::MemberInvited,
        object: Object::Tenant(tenant),
        details: json!({ "email": email, "role": role.as_str(), "expires_at": until }),
    };
    audit::record(tx, tenant, event, by, now)?;
    Ok(token)
}

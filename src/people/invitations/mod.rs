//! Invitations: a link that makes somebody a member, once. There is no mail server: the owner hands the link over.

mod accept;
mod across_tenants;
mod invite;
mod store;
mod withdraw;

use std::time::Duration;

use super::model::Role;
use super::token::tokens;
use crate::basics::{EmailAddress, InvitationId, TenantId, Timestamp};

pub use accept::{AcceptError, Accepted, Joins, accept};
pub use across_tenants::find as find_invitation;
pub use invite::{InviteError, invite};
pub use store::{OpenInvitation, list_open as list_invitations};
pub use withdraw::withdraw;

/// For how long an invitation is good.
pub const INVITATION_LASTS: Duration = Duration::from_hours(72);

tokens! {
    /// What the link holds. The database holds only its hash.
    InvitationToken;
}

/// An invitation that is open.
#[derive(Clone, Debug)]
pub struct Invitation {
    /// Which.
    pub id: InvitationId,
    /// To become a member of which tenant.
    pub tenant: TenantId,
    /// Who is invited.
    pub email: EmailAddress,
    /// In which role.
    pub role: Role,
    /// Until when it is good.
    pub expires_at: Timestamp,
    /// Whether the address is a known person's, who has a password already.
    pub is_known: bool,
}

#[cfg(test)]
mod tests;

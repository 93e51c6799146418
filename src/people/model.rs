//! What a person is to a tenant.

use crate::basics::{MemberId, TenantId};

/// What a member may do, from most to least.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Role {
    /// Everything, members included.
    Owner,
    /// Settings of money: channel, limits, approvals.
    Finance,
    /// Daily work: looks at everything of the shop and approves nothing.
    Staff,
    /// Looks only.
    Viewer,
}

impl Role {
    /// Its name in the database.
    pub const fn as_str(self) -> &'static str {
        match self {
            Role::Owner => "owner",
            Role::Finance => "finance",
            Role::Staff => "staff",
            Role::Viewer => "viewer",
        }
    }

    /// The role of a stored name.
    pub fn parse(text: &str) -> Option<Self> {
        [Role::Owner, Role::Finance, Role::Staff, Role::Viewer]
            .into_iter()
            .find(|role| role.as_str() == text)
    }

    /// May change settings of money and decide about payouts.
    pub const fn handles_money(self) -> bool {
        match self {
            Role::Owner | Role::Finance => true,
            Role::Staff | Role::Viewer => false,
        }
    }
}

/// One membership of a person.
#[derive(Clone, Debug)]
pub struct Membership {
    /// The tenant.
    pub tenant: TenantId,
    /// The membership.
    pub member: MemberId,
    /// What the member may do.
    pub role: Role,
}
